using Homeward.Foundations.Access;
using Homeward.Foundations.Work;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Foundations.Duties;

/// <summary>Raises what was not done in time: to the supervisor, then to the national unit. It never closes anything.</summary>
internal sealed class EscalateDuties : ISchedule
{
    private static readonly TimeSpan _betweenSteps = TimeSpan.FromHours(12);
    private const int StepsMax = 2;
    private const int AtOnce = 500;

    public string Name => "escalate-duties";
    public TimeSpan Every => TimeSpan.FromMinutes(30);

    public async Task<Turn> RunAsync(Act act, CancellationToken cancel)
    {
        var since = act.Now - _betweenSteps;
        var lapsed = await act.Db.Set<Duty>()
            .Where(duty => duty.State == DutyState.Open && duty.DueAt < act.Now && duty.Escalations < StepsMax)
            .Where(duty => duty.EscalatedAt == null || duty.EscalatedAt < since)
            .OrderBy(duty => duty.DueAt).ThenBy(duty => duty.Id).Take(AtOnce).ToListAsync(cancel);
        foreach (var duty in lapsed)
        {
            duty.Escalations++;
            duty.EscalatedAt = act.Now;
            duty.Revision = act.Ids.Next();
            act.Trace("duty", duty.Id.Value, $"rule={duty.Rule};escalated={duty.Escalations}");
        }
        return Turns.After(lapsed.Count, AtOnce);
    }
}
