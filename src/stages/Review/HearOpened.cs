using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Foundations.Work;
using Homeward.Intake;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>Whoever opens the original in Intake has opened the report: the duty to report abuse runs from there as well .</summary>
internal sealed class HearOpened(DutyBook duties) : IListen<ReportOpened>
{
    public async Task HearAsync(ReportOpened happened, Act act, CancellationToken cancel)
    {
        var item = await act.Db.Set<QueueItem>().SingleOrDefaultAsync(row => row.Id == happened.Report, cancel);
        if (item is null || item.OpenedAt is not null) return;
        (item.OpenedAt, item.OpenedBy, item.Revision) = (happened.At, happened.By, act.Ids.Next());
        if (item.AbuseKey is not { } key) return;
        await duties.StartAsync(act, AbuseDuty.Rule, key, "report", item.Id.Value, new DutyOwner(Role.Analyst, User: happened.By), happened.At, cancel);
        item.AbuseDutyStarted = true;
    }
}
