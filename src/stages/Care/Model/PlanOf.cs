using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Care.Model;

/// <summary>Finds the plan that an act is about, and closes the duty that the act proves.</summary>
internal static class PlanOf
{
    public static Problem Missing => Problem.Missing("There is no such plan in your room.");

    public static async Task<CarePlan?> FindAsync(Act act, CarePlanId id, CancellationToken cancel)
    {
        var plan = await act.Db.Set<CarePlan>().SingleOrDefaultAsync(row => row.Id == id, cancel);
        return plan is not null && act.Covers(plan) ? plan : null;
    }

    /// <summary>Proves the duty about this victim that the rule started with the finding; nothing when there is none open.</summary>
    public static async Task ProveAsync(
        Act act, DutyBook duties, CarePlan plan, string rule, DateTimeOffset metAt, EvidenceGrade grade, string proof, CancellationToken cancel)
    {
        var finding = plan.Finding.Value;
        var open = await act.Db.Set<Duty>()
            .Where(duty => duty.SubjectId == finding && duty.Rule == rule && duty.State == DutyState.Open).ToListAsync(cancel);
        foreach (var duty in open) Ensure.That(duties.Prove(act, duty, metAt, grade, proof).IsDone);
    }
}
