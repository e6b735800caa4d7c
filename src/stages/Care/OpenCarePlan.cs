using System.ComponentModel.DataAnnotations;
using Homeward.Care.Model;
using Homeward.Foundations.Access;
using Homeward.Kernel;
using Homeward.Outcomes;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Care;

/// <summary>The office's victim specialist takes a victim on: the plan is theirs from now on.</summary>
public static class OpenCarePlan
{
    public sealed record Request([Required] FactId Finding);
    public sealed record Receipt(CarePlanId Id);

    public sealed class Handler : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var need = await act.Db.Set<CareNeed>().SingleOrDefaultAsync(row => row.Finding == request.Finding, cancel);
            if (need is null || !act.Covers(need)) return Problem.Missing("There is no such victim at your office.");
            if (need.Plan is { } there) return new Receipt(there);
            var plan = new CarePlan
            {
                Id = act.Ids.Next<CarePlanId>(), Finding = need.Finding, Victim = need.Victim, IsChild = need.IsChild,
                OfficeCode = need.OfficeCode, TaskForce = need.TaskForce, AgencyOri = need.AgencyOri, AssignedTo = act.Actor.Id,
                OpenedAt = act.Now, Revision = act.Ids.Next(),
            };
            (need.Plan, need.AssignedTo) = (plan.Id, act.Actor.Id);
            act.Db.Add(plan);
            act.Trace("care-plan", plan.Id.Value, "opened");
            return new Receipt(plan.Id);
        }
    }
}
