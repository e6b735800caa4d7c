using System.ComponentModel.DataAnnotations;
using Homeward.Care.Model;
using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Care;

/// <summary>Records a notice that a victim is owed: rights, arrest, hearing, release (VRRA, CVRA; R-47).</summary>
public static class GiveNotice
{
    public static IReadOnlyList<string> Kinds { get; } =
        ["rights", "investigation-status", "arrest", "charges", "hearing", "release-or-detention", "plea-or-verdict", "sentence"];

    /// <param name="Channel">How, in a way that is safe for the victim: in-person, phone, mail, through-advocate.</param>
    public sealed record Request(
        CarePlanId Id, [Required] string Kind, [Required, MaxLength(40)] string Channel, DateTimeOffset? GivenAt = null);
    public sealed record Receipt(CarePlanId Id);

    public sealed class Handler : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var plan = await PlanOf.FindAsync(act, request.Id, cancel);
            if (plan is null) return PlanOf.Missing;
            if (!Kinds.Contains(request.Kind))
                return Problem.Invalid("notice-unknown", $"\"{request.Kind}\" is no notice known here.", $"Known: {string.Join(", ", Kinds)}.");
            var id = act.Ids.Next();
            act.Db.Add(new VictimNotice
            {
                Id = id, Plan = plan.Id, Kind = request.Kind, Channel = request.Channel, GivenAt = request.GivenAt ?? act.Now, By = act.Actor.Id,
            });
            act.Trace("care-notice", id, "given");
            return new Receipt(plan.Id);
        }
    }
}

/// <summary>Records that HHS was told of a foreign-born minor within 24 hours of discovery (22 USC 7105(b)(1); R-73).</summary>
public static class NotifyHhs
{
    /// <param name="Reference">HHS's own number.</param>
    public sealed record Request(
        CarePlanId Id, [Required, MaxLength(80)] string Reference, DateTimeOffset? ToldAt = null, EvidenceGrade Grade = EvidenceGrade.Document);
    public sealed record Receipt(CarePlanId Id);

    public sealed class Handler(DutyBook duties) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var plan = await PlanOf.FindAsync(act, request.Id, cancel);
            if (plan is null) return PlanOf.Missing;
            await PlanOf.ProveAsync(act, duties, plan, "notify-hhs", request.ToldAt ?? act.Now, request.Grade,
                $"HHS told; reference {request.Reference}.", cancel);
            act.Trace("care-plan", plan.Id.Value, "hhs-told");
            return new Receipt(plan.Id);
        }
    }
}
