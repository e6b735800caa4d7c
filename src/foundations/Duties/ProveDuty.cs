using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Kernel;

namespace Homeward.Foundations.Duties;

/// <summary>Closes a duty with its proof: who was reached, when, how, under which reference .</summary>
public static class ProveDuty
{
    /// <param name="MetAt">When it happened; now, when left out.</param>
    public sealed record Request(
        DutyId Id, DateTimeOffset? MetAt, EvidenceGrade Grade, [Required, MaxLength(4000)] string Proof);

    public sealed class Handler(DutyBook duties) : IHandle<Request, Done>
    {
        public async Task<Result<Done>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (await ProtectedDuties.FindAsync(act, request.Id, cancel) is not { } duty) return Problem.Missing("There is no such duty for you.");
            if (!MayProve(act.Actor, duty)) return Problem.Forbidden($"This is owed by somebody else: {duty.OwedBy.Title()}.");
            return duties.Prove(act, duty, request.MetAt ?? act.Now, request.Grade, request.Proof);
        }

        /// <summary>Whoever owes it, by role or by name; within a task force its coordinator and its investigators for each other; a supervisor or the nation for anybody.</summary>
        private static bool MayProve(Actor actor, Duty duty) =>
            duty.AssignedTo == actor.Id || duty.OwedBy == actor.Role || actor.Role is Role.Supervisor or Role.National
            || (actor.Role is Role.Coordinator or Role.Officer && duty.OwedBy is Role.Coordinator or Role.Officer);
    }
}

/// <summary>Sets a duty aside with a reason; a supervisor's act, counted apart from what was met.</summary>
public static class WaiveDuty
{
    public sealed record Request(DutyId Id, [Required, MinLength(10), MaxLength(4000)] string Reason);

    public sealed class Handler(Sealing.Envelope envelope) : IHandle<Request, Done>
    {
        public async Task<Result<Done>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (await ProtectedDuties.FindAsync(act, request.Id, cancel) is not { } duty) return Problem.Missing("There is no such duty for you.");
            if (duty.State != DutyState.Open) return Problem.Conflict("duty-closed", "This duty is already closed.", "");
            (duty.State, duty.EnteredAt, duty.ProvedBy) = (DutyState.Waived, act.Now, act.Actor.Id);
            duty.Proof = envelope.SealText($"duty/{duty.Id}", request.Reason);
            duty.Revision = act.Ids.Next();
            act.Trace("duty", duty.Id.Value, $"rule={duty.Rule};waived");
            return Done.Value;
        }
    }
}
