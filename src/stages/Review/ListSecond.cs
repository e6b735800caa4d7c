using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Intake;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>What waits for me as the second person: yeses of others, noes that the house drew for me, and for supervisors what is disputed.</summary>
public static class ListSecond
{
    /// <summary>Of each kind; what is decided makes room for what comes behind it.</summary>
    public const int RowsMax = 200;

    public sealed record Request;
    public sealed record Confirmation(MatchId Match, string ReportNumber, bool Imminent);
    public sealed record Reading(ReadingId Id, MatchId? Match, ReportId? Report, DateTimeOffset DrawnAt);
    public sealed record Dispute(MatchId Match, string ReportNumber);

    /// <param name="Confirmations">Matches that one person holds for the child, the most pressing first.</param>
    public sealed record Page(IReadOnlyList<Confirmation> Confirmations, IReadOnlyList<Reading> Readings, IReadOnlyList<Dispute> Disputes);

    internal sealed class Handler : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var confirmations = await (
                from match in SecondsFor(act.Db, act.Actor)
                join item in act.Db.Set<QueueItem>() on match.ReportId equals item.Id
                orderby item.Risk descending, match.Id
                select new Confirmation(match.Id, match.ReportNumber, item.ImminentClaimed)).Take(RowsMax).ToListAsync(cancel);
            var readings = await ReadingsFor(act.Db, act.Actor).OrderBy(row => row.DrawnAt).ThenBy(row => row.Id).Take(RowsMax).ToListAsync(cancel);
            var disputes = act.Actor.Role != Role.Supervisor ? [] : await DisputesFor(act.Db, act.Actor).OrderBy(match => match.Id).Take(RowsMax)
                .Select(match => new Dispute(match.Id, match.ReportNumber)).ToListAsync(cancel);
            foreach (var reading in readings) act.Trace("second-reading", reading.Id.Value, "listed");
            return new Page(
                confirmations,
                [.. readings.Select(row => new Reading(row.Id,
                    row.Subject == ReadingSubject.Match ? MatchId.From(row.SubjectId) : null,
                    row.Subject == ReadingSubject.Report ? ReportId.From(row.SubjectId) : null, row.DrawnAt))],
                disputes);
        }
    }

    /// <summary>Matches that wait for a second person who may be this one.</summary>
    internal static IQueryable<MatchProposal> SecondsFor(HomewardDb db, Actor actor) => db.Set<MatchProposal>().AsNoTracking()
        .Where(match => match.State == MatchState.AwaitsSecond
            && !db.Set<MatchDecision>().Any(decision => decision.Match == match.Id && decision.By == actor.Id && decision.ClosedAt == null));

    internal static IQueryable<SecondReading> ReadingsFor(HomewardDb db, Actor actor) => db.Set<SecondReading>().AsNoTracking()
        .Where(row => row.State == ReadingState.Waiting
            && (row.AssignedTo == actor.Id || (row.AssignedTo == null && actor.Role == Role.Supervisor && row.FirstReader != actor.Id)));

    internal static IQueryable<MatchProposal> DisputesFor(HomewardDb db, Actor actor) => db.Set<MatchProposal>().AsNoTracking()
        .Where(match => match.State == MatchState.Disputed
            && !db.Set<MatchDecision>().Any(decision => decision.Match == match.Id && decision.By == actor.Id && decision.ClosedAt == null));
}

/// <summary>What waits in Review for the person who looks.</summary>
internal sealed class WaitingInReview : IWaiting
{
    public string Stage => "review";

    public async Task<IReadOnlyList<WaitingRow>> ForAsync(Actor actor, HomewardDb db, DateTimeOffset now, CancellationToken cancel)
    {
        var rows = new List<WaitingRow>();
        if (actor.Role is Role.Supervisor or Role.National)
            await AddAsync("Decide, as the second person, on a change of the ranking rules", "/review/rules",
                db.Set<RuleVersion>().Where(row => row.State == RuleVersionState.Proposed && row.Author != actor.Id));
        if (actor.Role is not (Role.Analyst or Role.Supervisor)) return rows;
        await AddAsync("A report that claims imminent danger, not reviewed", "/review?imminent=true",
            db.Set<QueueItem>().Where(item => item.State == QueueState.Waiting && item.ImminentClaimed && item.OpenedAt == null), critical: true);
        await AddAsync("Confirm, as the second person, who a child is", "/review/second", ListSecond.SecondsFor(db, actor));
        await AddAsync("Read a no again", "/review/second", ListSecond.ReadingsFor(db, actor));
        if (actor.Role == Role.Supervisor) await AddAsync("Settle a disagreement", "/review/second", ListSecond.DisputesFor(db, actor));
        await AddAsync("Reports above the referral threshold", "/review",
            db.Set<QueueItem>().Where(item => item.State == QueueState.Waiting && item.AboveThreshold));
        await AddAsync("Hand over a package of reports of no nexus", "/review/packages", db.Set<NexusPackage>().Where(row => row.State == NexusPackageState.Waiting));
        return rows;

        async Task AddAsync<TRow>(string what, string link, IQueryable<TRow> waiting, bool critical = false)
        {
            var count = await QueueCount.OfAsync(waiting, cancel);
            if (count.Number > 0)
                rows.Add(new WaitingRow(what, link, Critical: critical, Count: count.Number, Note: count.IsMore ? $"{count}; counted no further" : null));
        }
    }
}
