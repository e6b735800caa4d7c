using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Foundations.Duties;

/// <summary>One duty: what it asks, of whom, by when, and how it was proved (R-68 to R-74).</summary>
public static class ShowDuty
{
    public sealed record Request(DutyId Id);

    /// <param name="Proof">The words of the proof, or the reason for setting aside. Null when there are none, or when they are Care's.</param>
    /// <param name="ProofIsWithCare">The words are behind the wall: only that there is proof, of what grade and when, leaves it.</param>
    public sealed record Page(
        DutyId Id, string Rule, string SubjectType, Guid SubjectId, Role OwedBy, string? Office, string? TaskForce,
        DateTimeOffset StartsAt, DateTimeOffset DueAt, DutyState State, DateTimeOffset? MetAt, DateTimeOffset? EnteredAt,
        EvidenceGrade? Grade, string? ProvedBy, string? Proof, bool ProofIsWithCare, int Escalations, DateTimeOffset? EscalatedAt);

    public sealed class Handler(Envelope envelope) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (await ProtectedDuties.FindAsync(act, request.Id, cancel) is not { } duty) return Problem.Missing("There is no such duty for you.");
            var writer = duty.ProvedBy is { } by
                ? await act.Db.Set<User>().Where(user => user.Id == by).Select(user => new { user.Name, user.Role }).SingleOrDefaultAsync(cancel)
                : null;
            var name = duty.ProvedBy is null ? null : writer?.Name ?? "Homeward";
            // What Care wrote is Care's; what somebody else wrote of a duty that Care owes is open to whoever sees the duty.
            var behindWall = duty.Proof is not null && writer?.Role is Role.VictimSpecialist or Role.Advocate && act.Actor.Role != writer.Role;
            var proof = duty.Proof is null || behindWall ? null : envelope.OpenText($"duty/{duty.Id}", duty.Proof);
            act.Trace("duty", duty.Id.Value, $"rule={duty.Rule};proof={(proof is null ? "not-shown" : "shown")}");
            return new Page(duty.Id, duty.Rule, duty.SubjectType, duty.SubjectId, duty.OwedBy, duty.OfficeCode, duty.TaskForce,
                duty.StartsAt, duty.DueAt, duty.State, duty.MetAt, duty.EnteredAt, duty.Grade, name, proof, behindWall,
                duty.Escalations, duty.EscalatedAt);
        }
    }
}
