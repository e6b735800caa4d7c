using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Review.Deciding;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>Sets reports aside that lead nowhere, one or many with one reason.</summary>
/// <remarks>
/// in bulk, reports above the referral threshold are refused and named; one alone is taken and gets a blind second
/// reader. Of the rest 2 in 100 get one by lot. Nobody's quick no buries a child.
/// </remarks>
public static class DismissReports
{
    private const int ReportsMax = 1_000;

    public sealed record Request(
        [Required, MinLength(1), MaxLength(ReportsMax)] IReadOnlyList<ReportId> Reports, [Required, MinLength(3), MaxLength(4000)] string Reason);

    /// <param name="Refused">Above the referral threshold, or open at somebody else's: not dismissed.</param>
    /// <param name="SecondReadings">How many of the dismissed are read again by another.</param>
    public sealed record Receipt(int Dismissed, IReadOnlyList<ReportId> Refused, int SecondReadings);

    internal sealed class Handler(Readers readers, Envelope envelope) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var ids = request.Reports.Distinct().ToList();
            var items = await act.Seen(act.Db.Set<QueueItem>()).Where(row => ids.Contains(row.Id)).OrderBy(row => row.Id).ToListAsync(cancel);
            if (items.Count == 0) return Problem.Missing("There are no such reports for you.");
            var undecided = (await act.Db.Set<MatchProposal>().Where(match => ids.Contains(match.ReportId)
                && (match.State == MatchState.Open || match.State == MatchState.Unsure || match.State == MatchState.AwaitsSecond
                    || match.State == MatchState.AwaitsReader || match.State == MatchState.Disputed)).ToListAsync(cancel)).ToLookup(match => match.ReportId);
            var (dismissed, readings, refused) = (0, 0, new List<ReportId>());
            foreach (var item in items)
            {
                // What another person has begun to decide is not swept away.
                if (item.State == QueueState.Dismissed || item.IsLeasedToAnother(act.Actor.Id, act.Now)
                    || (item.AboveThreshold && ids.Count > 1) || undecided[item.Id].Any(match => match.State is not (MatchState.Open or MatchState.Unsure)))
                {
                    refused.Add(item.Id);
                    continue;
                }
                SetAside(act, envelope, item, QueueState.Dismissed, request.Reason);
                foreach (var match in undecided[item.Id])
                    (match.State, match.DecidedAt, match.Revision) = (MatchState.Dismissed, act.Now, act.Ids.Next());
                item.OpenMatches = 0;
                dismissed++;
                if (await ReadAgainAsync(act, readers, item, cancel)) readings++;
            }
            return new Receipt(dismissed, refused, readings);
        }
    }

    internal static void SetAside(Act act, Envelope envelope, QueueItem item, QueueState state, string reason)
    {
        (item.State, item.DecidedAt, item.DecidedBy) = (state, act.Now, act.Actor.Id);
        (item.LeasedBy, item.LeasedUntil, item.Revision) = (null, null, act.Ids.Next());
        item.Reason = envelope.SealText($"queue/{item.Id}", reason);
        act.Trace("report", item.Id.Value, $"state={state}");
    }

    internal static async Task<bool> ReadAgainAsync(Act act, Readers readers, QueueItem item, CancellationToken cancel)
    {
        if (!item.AboveThreshold && !readers.IsDrawn(item.Id.Value, act.Now)) return false;
        await readers.DrawAsync(act, ReadingSubject.Report, item.Id.Value,
            item.AboveThreshold ? ReadingCause.AboveThreshold : ReadingCause.Lot, act.Actor.Id, cancel);
        return true;
    }
}

/// <summary>Puts a report aside for later, with a reason. Above the referral threshold that, too, is read by another .</summary>
public static class ParkReport
{
    public sealed record Request(ReportId Id, [Required, MinLength(3), MaxLength(4000)] string Reason);

    internal sealed class Handler(Readers readers, Envelope envelope) : IHandle<Request, Done>
    {
        public async Task<Result<Done>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var item = await act.Db.Set<QueueItem>().SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            if (item is null || !act.Covers(item)) return Problem.Missing("There is no such report for you.");
            if (item.IsLeasedToAnother(act.Actor.Id, act.Now)) return OpenReport.BeingRead(item);
            if (item.State == QueueState.Parked) return Done.Value;
            DismissReports.SetAside(act, envelope, item, QueueState.Parked, request.Reason);
            if (item.AboveThreshold) await DismissReports.ReadAgainAsync(act, readers, item, cancel);
            return Done.Value;
        }
    }
}

/// <summary>Takes a dismissal or a park back: the report waits again.</summary>
public static class ReopenReport
{
    public sealed record Request(ReportId Id);

    internal sealed class Handler : IHandle<Request, Done>
    {
        public async Task<Result<Done>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var item = await act.Db.Set<QueueItem>().SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            if (item is null || !act.Covers(item)) return Problem.Missing("There is no such report for you.");
            await WaitAgainAsync(act, item, cancel);
            return Done.Value;
        }
    }

    /// <summary>The report waits again, and matches that fell only with it are open again.</summary>
    internal static async Task WaitAgainAsync(Act act, QueueItem item, CancellationToken cancel)
    {
        if (item.State == QueueState.Dismissed)
        {
            var fell = await act.Db.Set<MatchProposal>().Where(match => match.ReportId == item.Id && match.State == MatchState.Dismissed
                && match.DecidedAt == item.DecidedAt
                && !act.Db.Set<MatchDecision>().Any(decision => decision.Match == match.Id && decision.ClosedAt == null)).ToListAsync(cancel);
            foreach (var match in fell) (match.State, match.DecidedAt, match.Revision) = (MatchState.Open, null, act.Ids.Next());
            item.OpenMatches = fell.Count;
        }
        (item.State, item.DecidedAt, item.DecidedBy, item.Revision) = (QueueState.Waiting, null, null, act.Ids.Next());
        act.Trace("report", item.Id.Value, "reopened");
    }
}
