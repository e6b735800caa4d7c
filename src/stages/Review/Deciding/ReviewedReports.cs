using Homeward.Foundations.Access;
using Homeward.Foundations.People;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Intake;
using Homeward.Review.Casework;
using Homeward.Review.Matching;
using Homeward.Review.Model;
using Homeward.Review.NoNexus;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review.Deciding;

/// <summary>What Review says when reports are to be purged, what it lets go of, and what it looks for afterwards .</summary>
/// <remarks>A lead outlives its reports: that it rested on one, which and since when stays; where in it goes.</remarks>
internal sealed class ReviewedReports(CaseworkOfReports casework) : IReportUse
{
    public async Task<IReadOnlyList<ReportStanding>> StandingsAsync(
        HomewardDb db, IReadOnlyDictionary<ReportId, string> reports, DateTimeOffset now, CancellationToken cancel)
    {
        var ids = reports.Keys.ToList();
        var items = await db.Set<QueueItem>().AsNoTracking().Where(row => ids.Contains(row.Id))
            .Select(row => new Stands(row.Id, row.State, row.Nexus, row.DecidedAt, row.LeasedUntil)).ToListAsync(cancel);
        var matches = (await db.Set<MatchProposal>().AsNoTracking().Where(row => ids.Contains(row.ReportId))
            .Select(row => new { row.Id, row.ReportId, row.State, row.Child, row.DecidedAt }).ToListAsync(cancel)).ToLookup(row => row.ReportId);
        var leads = (await db.Set<LeadEvidence>().AsNoTracking().Where(row => row.Report != null && ids.Contains(row.Report.Value))
            .Join(db.Set<Lead>(), row => row.Lead, lead => lead.Id, (row, lead) => new { Report = row.Report!.Value, lead.Id, lead.State, lead.EndedAt, lead.Child })
            .ToListAsync(cancel)).ToLookup(row => row.Report);
        var work = await CaseworkOfReports.OfAsync(db, ids, leads.SelectMany(group => group).Distinct().ToLookup(row => row.Id, row => row.Report), cancel);
        var subjects = ids.Select(id => id.Value).Concat(matches.SelectMany(group => group).Select(match => match.Id.Value)).ToList();
        var reading = (await db.Set<SecondReading>().AsNoTracking().Where(row => row.State == ReadingState.Waiting && subjects.Contains(row.SubjectId))
            .Select(row => row.SubjectId).ToListAsync(cancel)).ToHashSet();

        var packed = await PackageBook.WaitingAsync(db, ids, cancel);

        return [.. items.Select(item =>
        {
            var (mine, led) = (matches[item.Id].ToList(), leads[item.Id].ToList());
            var stays = led.Exists(lead => lead.State == LeadState.Open) ? "open-lead"
                : item.LeasedUntil > now ? "under-review"
                : reading.Contains(item.Id.Value) || mine.Exists(match => reading.Contains(match.Id.Value)) ? "second-reading"
                : packed.Contains(item.Id) ? "package-waits"
                : work.Stays.TryGetValue(item.Id, out var open) ? open
                : mine.Exists(match => match.State is MatchState.AwaitsSecond or MatchState.AwaitsReader or MatchState.Disputed or MatchState.Unsure) ? "under-review"
                : item.State switch { QueueState.Parked => "parked", QueueState.Waiting => "unreviewed", _ => null };
            var children = mine.Select(match => match.Child).Concat(led.Select(lead => lead.Child).OfType<PersonRecordId>()).Distinct().ToList();
            var (end, since) = EndOf(item, led.Max(lead => lead.EndedAt),
                mine.Where(match => match.State == MatchState.Confirmed).Max(match => match.DecidedAt));
            if (since is not null && work.EndedAt.TryGetValue(item.Id, out var endedAt) && endedAt > since) since = endedAt;
            return new ReportStanding(item.Id, since is null ? null : end, since, stays, children);
        })];
    }

    public async Task<IReadOnlyList<ReportId>> NoNexusAsync(HomewardDb db, DateTimeOffset before, Guid after, int max, CancellationToken cancel) =>
        (await NoNexus(db, before, after, max).ToListAsync(cancel)).ConvertAll(ReportId.From);

    /// <remarks>By its own small index: plain SQL says the index's filter in its very words, and knows an order of ids. In which state each is, the judgement asks: SQLite would go by that.</remarks>
    internal static IQueryable<Guid> NoNexus(HomewardDb db, DateTimeOffset before, Guid after, int max) => db.Database.SqlQuery<Guid>($"""
        SELECT id AS "Value" FROM queue_items
        WHERE nexus = 'NoneProposed' AND decided_at IS NOT NULL AND decided_at < {db.Stored(before)} AND id > {db.Stored(after)} ORDER BY id LIMIT {max}
        """);

    public async Task ForgetAsync(Act act, IReadOnlyCollection<ReportId> reports, CancellationToken cancel)
    {
        var db = act.Db;
        await casework.ForgetAsync(act, reports, cancel);
        var matches = await db.Set<MatchProposal>().Where(row => reports.Contains(row.ReportId)).Select(row => row.Id).ToListAsync(cancel);
        var subjects = reports.Select(id => id.Value).Concat(matches.Select(id => id.Value)).ToList();
        await db.Set<MatchDecision>().Where(row => matches.Contains(row.Match)).ExecuteDeleteAsync(cancel);
        await db.Set<SecondReading>().Where(row => subjects.Contains(row.SubjectId)).ExecuteDeleteAsync(cancel);
        await db.Set<LeadEvidence>().Where(row => row.Report != null && reports.Contains(row.Report.Value)).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Match, (MatchId?)null).SetProperty(row => row.Path, (string?)null), cancel);
        await db.Set<MatchProposal>().Where(row => reports.Contains(row.ReportId)).ExecuteDeleteAsync(cancel);
        await PackageBook.ForgetAsync(db, reports, cancel);
        await db.Set<HandOverReport>().Where(row => reports.Contains(row.Report)).ExecuteDeleteAsync(cancel);
        await db.Set<QueueItem>().Where(row => reports.Contains(row.Id)).ExecuteDeleteAsync(cancel);
    }

    public async Task<IReadOnlyList<PurgeFinding>> FindLeftAsync(HomewardDb db, IReadOnlyCollection<ReportId> reports, CancellationToken cancel)
    {
        var subjects = reports.Select(id => id.Value).ToList();
        return
        [
            new("queue_items", await db.Set<QueueItem>().CountAsync(row => reports.Contains(row.Id), cancel)),
            new("match_proposals", await db.Set<MatchProposal>().CountAsync(row => reports.Contains(row.ReportId), cancel)),
            new("match_decisions without a proposal", await db.Set<MatchDecision>().CountAsync(
                row => !db.Set<MatchProposal>().Any(match => match.Id == row.Match), cancel)),
            new("second_readings", await db.Set<SecondReading>().CountAsync(row => subjects.Contains(row.SubjectId), cancel)),
            new("hand_over_reports", await db.Set<HandOverReport>().CountAsync(row => reports.Contains(row.Report), cancel)),
            new("lead_evidence: match or place in a report", await db.Set<LeadEvidence>().CountAsync(
                row => row.Report != null && reports.Contains(row.Report.Value) && (row.Match != null || row.Path != null), cancel)),
            new("nexus_packages: content", await PackageBook.CountLeftAsync(db, reports, cancel)),
            .. await casework.FindLeftAsync(db, reports, cancel),
        ];
    }

    /// <summary>Of an item of the queue, what its report's staying hangs on: a look at the retention of a hundred thousand reads no more.</summary>
    private sealed record Stands(ReportId Id, QueueState State, Nexus Nexus, DateTimeOffset? DecidedAt, DateTimeOffset? LeasedUntil);

    /// <summary>A lead, or two people's yes, is the longest that a report can come to.</summary>
    private static (ReportEnd End, DateTimeOffset? Since) EndOf(Stands item, DateTimeOffset? leadEndedAt, DateTimeOffset? confirmedAt) =>
        (leadEndedAt ?? confirmedAt) is { } led ? (ReportEnd.Led, led)
        : (item is { State: QueueState.Dismissed, Nexus: Nexus.NoneProposed } ? ReportEnd.NoNexus : ReportEnd.SetAside, item.DecidedAt);
}

/// <summary>The purged are no longer found.</summary>
internal sealed class HearPurged(MatchIndex index) : IListen<ReportsPurged>
{
    public Task HearAsync(ReportsPurged happened, Act act, CancellationToken cancel)
    {
        index.Remove(happened.Reports);
        return Task.CompletedTask;
    }
}
