using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Foundations.Rules;
using Homeward.Foundations.Work;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Review.Deciding;
using Homeward.Review.Triage;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>Opens a report for reading: for 20 minutes it is the reader's, so that no two people work on one.</summary>
/// <remarks>
/// the first opening of a report that claims the abuse of an identifiable child starts the duty to report it, one
/// for each child, incident and place. R-22: a supervisor who opens a report that claims imminent danger has answered the alert.
/// </remarks>
public static class OpenReport
{
    internal static readonly TimeSpan Lease = TimeSpan.FromMinutes(20);

    /// <param name="List">The filter of the list from which it was opened, as it stands in addresses: the next one is taken from there, too.</param>
    public sealed record Request(ReportId Id, [MaxLength(QueueFilter.AddressMax)] string? List = null);

    /// <param name="Matches">Undecided matches, best first.</param>
    /// <param name="ReportAbuse">The duty that this opening started, or that already ran; null when the report makes none.</param>
    public sealed record Receipt(ReportId Id, DateTimeOffset LeasedUntil, IReadOnlyList<MatchId> Matches, DutyId? ReportAbuse, string List);

    internal sealed class Handler(Opening opening) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var item = await act.Db.Set<QueueItem>().SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            if (item is null || !act.Covers(item)) return Problem.Missing("There is no such report for you.");
            if (item.IsLeasedToAnother(act.Actor.Id, act.Now)) return BeingRead(item);
            return await opening.OpenAsync(act, item, QueueFilter.Read(request.List).Address(), cancel);
        }
    }

    internal static Problem BeingRead(QueueItem item) => Problem.Conflict(
        "being-read", $"Somebody else has report {item.Number} open until {item.LeasedUntil:HH:mm} UTC.", "Take the next one.");
}

/// <summary>The duty to report abuse does not wait for somebody to open a report of the first priority .</summary>
internal sealed class StartUnopened(DutyBook duties, RuleBook rules) : ISchedule
{
    private const int ReportsMax = 500;

    public string Name => "review-start-abuse-duties";
    public TimeSpan Every => TimeSpan.FromMinutes(15);

    public async Task<Turn> RunAsync(Act act, CancellationToken cancel)
    {
        var wait = rules.Span("report-abuse-latest-start", act.Now);
        var before = act.Now - wait;
        var unopened = await act.Db.Set<QueueItem>()
            .Where(item => item.Priority == 1 && item.AbuseKey != null && item.OpenedAt == null && !item.AbuseDutyStarted && item.ReceivedAt <= before)
            .OrderBy(item => item.ReceivedAt).ThenBy(item => item.Id).Take(ReportsMax).ToListAsync(cancel);
        foreach (var item in unopened)
        {
            await duties.StartAsync(act, AbuseDuty.Rule, item.AbuseKey!, "report", item.Id.Value, new DutyOwner(Role.Supervisor),
                item.ReceivedAt + wait, cancel);
            (item.AbuseDutyStarted, item.Revision) = (true, act.Ids.Next());
        }
        return Turns.After(unopened.Count, ReportsMax);
    }
}

internal static class AbuseDuty
{
    public const string Rule = "report-abuse";
}
