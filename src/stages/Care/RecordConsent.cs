using System.ComponentModel.DataAnnotations;
using Homeward.Care.Model;
using Homeward.Foundations.Access;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Care;

/// <summary>Records a written consent: what, to whom, for what, until when. No service depends on it.</summary>
/// <remarks>The consent of a person recorded as suspected of harming the child is refused (R-46; 28 CFR 94.115).</remarks>
public static class RecordConsent
{
    /// <summary>Reasonably time-limited, as 34 USC 12291(b)(2) asks: never longer than this. House rule.</summary>
    private const int DaysMax = 180;

    /// <param name="SignerSuspected">Whether whoever signed is suspected of harming the child.</param>
    public sealed record Request(
        CarePlanId Id, [Required, MaxLength(2000)] string What, [Required, MaxLength(400)] string ToWhom,
        [Required, MaxLength(400)] string Purpose, DateTimeOffset SignedAt, DateTimeOffset ExpiresAt, bool SignerSuspected);
    public sealed record Receipt(CarePlanId Id, Guid Consent);

    internal sealed class Handler(Room room) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var plan = await PlanOf.FindAsync(act, request.Id, cancel);
            if (plan is null) return PlanOf.Missing;
            if (request.SignerSuspected)
                return Problem.Of("signer-suspected", "Whoever is suspected of harming the child cannot consent for it.", "Ask another guardian, or the minor where the law allows.");
            if (request.ExpiresAt <= request.SignedAt || request.ExpiresAt > request.SignedAt.AddDays(DaysMax))
                return Problem.Invalid("consent-term", "A consent ends after it was signed and within 180 days.", "Enter when it ends.");
            var id = act.Ids.Next();
            act.Db.Add(new ConsentRelease
            {
                Id = id, Plan = plan.Id, SignedAt = request.SignedAt, ExpiresAt = request.ExpiresAt, By = act.Actor.Id,
                Terms = await room.SealAsync(act, Room.Government, plan.Victim.Value, $"consent/{StrongId.Text(id)}",
                    $"{request.What}\n{request.ToWhom}\n{request.Purpose}", cancel),
            });
            act.Trace("consent", id, "recorded");
            return new Receipt(plan.Id, id);
        }
    }
}

/// <summary>Withdraws a consent: it acts at once.</summary>
public static class WithdrawConsent
{
    public sealed record Request(Guid Id);
    public sealed record Receipt(CarePlanId Plan);

    public sealed class Handler : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var consent = await act.Db.Set<ConsentRelease>().SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            if (consent is null || await PlanOf.FindAsync(act, consent.Plan, cancel) is null) return PlanOf.Missing;
            consent.WithdrawnAt ??= act.Now;
            act.Trace("consent", consent.Id, "withdrawn");
            return new Receipt(consent.Plan);
        }
    }
}
