using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Intake;
using Homeward.Review.Triage;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review.Deciding;

/// <summary>Opens reports for reading, one chosen or the next of a list: leased, traced, and with the duties that the first opening starts.</summary>
internal sealed class Opening(DutyBook duties)
{
    /// <summary>So many that others have open are passed over; nobody works among more.</summary>
    private const int LookedAtMax = 200;

    /// <summary>The caller made sure that nobody else has it open.</summary>
    public async Task<OpenReport.Receipt> OpenAsync(Act act, QueueItem item, string list, CancellationToken cancel)
    {
        (item.LeasedBy, item.LeasedUntil, item.Revision) = (act.Actor.Id, act.Now + OpenReport.Lease, act.Ids.Next());
        (item.OpenedAt, item.OpenedBy) = (item.OpenedAt ?? act.Now, item.OpenedBy ?? act.Actor.Id);
        act.Trace("report", item.Id.Value, "opened");

        Duty? duty = null;
        if (item.AbuseKey is { } key)
        {
            duty = await duties.StartAsync(act, AbuseDuty.Rule, key, "report", item.Id.Value,
                new DutyOwner(act.Actor.Role, User: act.Actor.Id), item.OpenedAt.Value, cancel);
            item.AbuseDutyStarted = true;
        }
        if (item.ImminentClaimed && act.Actor.Role == Role.Supervisor)
            await duties.ProveAsync(act, "alert-imminent", $"report/{item.Number}", act.Now, EvidenceGrade.Document,
                "Opened by the duty officer; the trace holds the opening.", cancel);
        var matches = await act.Db.Set<MatchProposal>().AsNoTracking()
            .Where(match => match.ReportId == item.Id && (match.State == MatchState.Open || match.State == MatchState.Unsure
                || match.State == MatchState.AwaitsSecond || match.State == MatchState.AwaitsReader || match.State == MatchState.Disputed))
            .OrderByDescending(match => match.Weight).ThenBy(match => match.Id).Select(match => match.Id).ToListAsync(cancel);
        return new OpenReport.Receipt(item.Id, item.LeasedUntil.Value, matches, duty?.Id, list);
    }

    /// <summary>Opens the next report of a list behind a place; what others have open is passed over.</summary>
    /// <returns>Null when the list ends there.</returns>
    public async Task<OpenReport.Receipt?> OpenNextAsync(Act act, QueuePlace behind, QueueFilter list, CancellationToken cancel)
    {
        var waiting = (list with { State = QueueState.Waiting, Mine = null }).Apply(act.Seen(act.Db.Set<QueueItem>()), act.Actor.Id, act.Now);
        var next = (await QueueOrder.AfterAsync(waiting, behind, LookedAtMax, cancel)).Find(item => !item.IsLeasedToAnother(act.Actor.Id, act.Now));
        return next is null ? null : await OpenAsync(act, next, list.Address(), cancel);
    }
}
