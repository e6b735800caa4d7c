using System.ComponentModel.DataAnnotations;
using Homeward.Care.Model;
using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Care;

/// <summary>Tells a victim of services and offers them (R-71, 34 USC 20141): in their language, with their answer.</summary>
/// <remarks>The proof that leaves the room is the fact, the time and the answer; which services were named stays here.</remarks>
public static class OfferServices
{
    /// <param name="Services">Codes: medical, shelter, counselling, legal, advocate, benefits, other.</param>
    /// <param name="OfferedAt">When it happened; now, when left out.</param>
    public sealed record Request(
        CarePlanId Id, [Required, MinLength(1)] IReadOnlyList<string> Services, [Required, MaxLength(60)] string Language,
        ServiceAnswer Answer, DateTimeOffset? OfferedAt = null, EvidenceGrade Grade = EvidenceGrade.SelfAttested);
    public sealed record Receipt(CarePlanId Id);

    public static IReadOnlyList<string> Known { get; } = ["medical", "shelter", "counselling", "legal", "advocate", "benefits", "other"];

    public sealed class Handler(DutyBook duties) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var plan = await PlanOf.FindAsync(act, request.Id, cancel);
            if (plan is null) return PlanOf.Missing;
            var offeredAt = request.OfferedAt ?? act.Now;
            if (offeredAt > act.Now) return Problem.Invalid("offered-in-future", "The offer lies in the future.", "Enter when it was made.");
            if (request.Services.Except(Known).FirstOrDefault() is { } unknown)
                return Problem.Invalid("service-unknown", $"\"{unknown}\" is no service known here.", $"Known: {string.Join(", ", Known)}.");
            act.Db.Add(new ServiceOffer
            {
                Id = act.Ids.Next(), Plan = plan.Id, Services = string.Join('\n', request.Services), Language = request.Language,
                Answer = request.Answer, OfferedAt = offeredAt, By = act.Actor.Id,
            });
            (plan.Answer, plan.OfferedAt, plan.Revision) = (request.Answer, offeredAt, act.Ids.Next());
            await PlanOf.ProveAsync(act, duties, plan, "offer-services", offeredAt, request.Grade,
                $"Services offered; answer: {request.Answer}; language: {request.Language}.", cancel);
            act.Trace("care-plan", plan.Id.Value, "services-offered");
            return new Receipt(plan.Id);
        }
    }
}
