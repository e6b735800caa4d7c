using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Review.Deciding;
using Homeward.Review.Triage;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>Sets reports aside that lead nowhere, one or many with one reason.</summary>
/// <remarks>
/// in bulk, reports above the referral threshold are refused and named; one alone is taken and gets a blind second
/// reader. Of the rest 2 in 100 get one by lot. Nobody's quick no buries a child.
/// </remarks>
public static class DismissReports
{
    internal const int ReportsMax = 1_000;

    /// <param name="GoesOn">Open the next report of the list at once: who reads hundreds a morning does not go by way of the queue.</param>
    /// <param name="List">The filter of that list, as it stands in addresses.</param>
    public sealed record Request(
        [Required, MinLength(1), MaxLength(ReportsMax)] IReadOnlyList<ReportId> Reports, [Required, MinLength(3), MaxLength(4000)] string Reason,
        bool GoesOn = false, [MaxLength(QueueFilter.AddressMax)] string? List = null);

    /// <param name="Refused">Above the referral threshold, or open at somebody else's: not dismissed.</param>
    /// <param name="SecondReadings">How many of the dismissed are read again by another.</param>
    /// <param name="Next">The report that is open now.</param>
    /// <param name="Last">The one that was dismissed, to take it back.</param>
    /// <param name="Why">Why the one that was asked for was not dismissed.</param>
    public sealed record Receipt(
        int Dismissed, IReadOnlyList<ReportId> Refused, int SecondReadings, ReportId? Next = null, ReportId? Last = null, string List = "", AsideBar? Why = null);

    internal sealed class Handler(SettingAside aside, Opening opening) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var chosen = await SettingAside.ChosenAsync(act, request.Reports, cancel);
            if (chosen.Count == 0) return Problem.Missing("There are no such reports for you.");
            var places = chosen.ConvertAll(one => QueuePlace.Of(one.Item));
            var (isBulk, readings, refused) = (SettingAside.IsBulk(AsideKind.Dismiss, request.Reports), 0, new List<ReportId>());
            AsideBar? why = null;
            foreach (var one in chosen)
            {
                if (one.WhyNot(AsideKind.Dismiss, isBulk, act) is { } bar)
                {
                    refused.Add(one.Item.Id);
                    why ??= bar;
                    continue;
                }
                if (await aside.DismissAsync(act, one, request.Reason, cancel)) readings++;
            }
            var receipt = new Receipt(chosen.Count - refused.Count, refused, readings);
            if (!request.GoesOn || chosen.Count != 1) return receipt;
            var list = QueueFilter.Read(request.List);
            var next = await opening.OpenNextAsync(act, places[0], list, cancel);
            return receipt with { Next = next?.Id, Last = refused.Count == 0 ? chosen[0].Item.Id : null, List = list.Address(), Why = why };
        }
    }
}

/// <summary>Puts several reports aside for later with one reason; what lies above the referral threshold is parked alone and read by another .</summary>
public static class ParkReports
{
    public sealed record Request(
        [Required, MinLength(1), MaxLength(DismissReports.ReportsMax)] IReadOnlyList<ReportId> Reports, [Required, MinLength(3), MaxLength(4000)] string Reason);

    /// <param name="Refused">Above the referral threshold, parked already, or at work at somebody else's: not parked.</param>
    public sealed record Receipt(int Parked, IReadOnlyList<ReportId> Refused);

    internal sealed class Handler(SettingAside aside) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var chosen = await SettingAside.ChosenAsync(act, request.Reports, cancel);
            if (chosen.Count == 0) return Problem.Missing("There are no such reports for you.");
            var isBulk = SettingAside.IsBulk(AsideKind.Park, request.Reports);
            var refused = chosen.Where(one => one.WhyNot(AsideKind.Park, isBulk, act) is not null).Select(one => one.Item.Id).ToList();
            foreach (var one in chosen.Where(one => !refused.Contains(one.Item.Id))) aside.Set(act, one.Item, QueueState.Parked, request.Reason);
            return new Receipt(chosen.Count - refused.Count, refused);
        }
    }
}

/// <summary>Puts a report aside for later, with a reason. Above the referral threshold that, too, is read by another .</summary>
public static class ParkReport
{
    /// <param name="GoesOn">Open the next report of the list at once.</param>
    /// <param name="List">The filter of that list, as it stands in addresses.</param>
    public sealed record Request(
        ReportId Id, [Required, MinLength(3), MaxLength(4000)] string Reason, bool GoesOn = false, [MaxLength(QueueFilter.AddressMax)] string? List = null);

    /// <param name="Next">The report that is open now.</param>
    public sealed record Receipt(ReportId Id, ReportId? Next = null, string List = "");

    internal sealed class Handler(SettingAside aside, Opening opening) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var item = await act.Db.Set<QueueItem>().SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            if (item is null || !act.Covers(item)) return Problem.Missing("There is no such report for you.");
            if (item.IsLeasedToAnother(act.Actor.Id, act.Now)) return OpenReport.BeingRead(item);
            if (item.State == QueueState.Decided) return ReopenReport.IsDecided(item);
            var place = QueuePlace.Of(item);
            if (item.State != QueueState.Parked)
            {
                aside.Set(act, item, QueueState.Parked, request.Reason);
                if (item.AboveThreshold) await aside.ReadAgainAsync(act, item, cancel);
            }
            if (!request.GoesOn) return new Receipt(item.Id);
            var list = QueueFilter.Read(request.List);
            return new Receipt(item.Id, (await opening.OpenNextAsync(act, place, list, cancel))?.Id, list.Address());
        }
    }
}

/// <summary>Takes a dismissal or a park back: the report waits again.</summary>
public static class ReopenReport
{
    public sealed record Request(ReportId Id, [MaxLength(QueueFilter.AddressMax)] string? List = null);
    public sealed record Receipt(ReportId Id, string List);

    internal sealed class Handler : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var item = await act.Db.Set<QueueItem>().SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            if (item is null || !act.Covers(item)) return Problem.Missing("There is no such report for you.");
            if (item.State == QueueState.Decided) return IsDecided(item);
            await WaitAgainAsync(act, item, cancel);
            return new Receipt(item.Id, QueueFilter.Read(request.List).Address());
        }
    }

    /// <summary>A page that is older than the decision is no reason to forget it.</summary>
    internal static Problem IsDecided(QueueItem item) => Problem.Conflict(
        "decided", $"Report {item.Number} was decided on meanwhile. Nothing was changed.", "Look at it again; where the decision was wrong, undo it on its match.");

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
        (item.AssignedTo, item.NexusWay, item.NexusTo) = (null, null, null);
        act.Trace("report", item.Id.Value, "reopened");
    }
}
