using System.ComponentModel.DataAnnotations;
using Homeward.Care.Model;
using Homeward.Foundations.Access;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Care;

/// <summary>Adds a note in the government room. It may be discoverable: the page says so before the first word.</summary>
public static class WriteCareNote
{
    public sealed record Request(CarePlanId Id, [Required, MaxLength(20000)] string Text);
    public sealed record Receipt(CarePlanId Id);

    internal sealed class Handler(Room room) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var plan = await PlanOf.FindAsync(act, request.Id, cancel);
            if (plan is null) return PlanOf.Missing;
            var id = act.Ids.Next();
            act.Db.Add(new CareNote
            {
                Id = id, Plan = plan.Id, By = act.Actor.Id, At = act.Now,
                Text = await room.SealAsync(act, Room.Government, plan.Victim.Value, $"note/{StrongId.Text(id)}", request.Text, cancel),
            });
            act.Trace("care-note", id, "written");
            return new Receipt(plan.Id);
        }
    }
}

/// <summary>Writes the safety plan. Two who write at once see each other's text.</summary>
public static class WriteSafetyPlan
{
    /// <param name="Revision">The plan's revision that the writer saw.</param>
    public sealed record Request(CarePlanId Id, Guid Revision, [Required, MaxLength(20000)] string Text);
    public sealed record Receipt(CarePlanId Id, Guid Revision);

    internal sealed class Handler(Room room) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var plan = await PlanOf.FindAsync(act, request.Id, cancel);
            if (plan is null) return PlanOf.Missing;
            var name = $"safety/{plan.Id}";
            if (plan.Revision != request.Revision)
            {
                var theirs = plan.SafetyPlan is { } text
                    ? await room.OpenAsync(act.Db, Room.Government, plan.Victim.Value, name, text, cancel) ?? "" : "";
                return Problem.Conflict("changed-meanwhile", "Somebody changed this plan while you wrote.",
                    "Both texts are below. Join them, then send again from the plan's page.")
                    with { Details = new Dictionary<string, string> { ["yours"] = request.Text, ["theirs"] = theirs } };
            }
            plan.SafetyPlan = await room.SealAsync(act, Room.Government, plan.Victim.Value, name, request.Text, cancel);
            plan.Revision = act.Ids.Next();
            act.Trace("care-plan", plan.Id.Value, "safety-plan");
            return new Receipt(plan.Id, plan.Revision);
        }
    }
}
