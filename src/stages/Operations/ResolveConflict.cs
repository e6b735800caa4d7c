using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Work;
using Homeward.Kernel;
using Homeward.Operations.Model;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Operations;

/// <summary>The desk has checked that both contacts are assigned, and gives each the other's: whom to call, never the case .</summary>
public static class ReleaseContacts
{
    public sealed record Request(Guid Conflict);
    public sealed record Receipt(Guid Conflict);

    internal sealed class Handler : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var found = await ConflictParties.FindAsync(act, request.Conflict, cancel);
            if (found is not { } parties) return ConflictParties.Missing;
            var (conflict, one, other) = parties;
            if (conflict.State == ConflictState.Lapsed) return ConflictParties.Over;
            foreach (var side in new[] { one, other })
                if (!await ConflictParties.IsAssignedAsync(act.Db, side, act.Now, cancel))
                    return Problem.Of("not-assigned", "One of the contacts is not assigned to its operation, or no longer works here.",
                        "Ask its task force for the one who is.");
            if (conflict.ReleasedAt is not null) return new Receipt(conflict.Id);
            (conflict.ReleasedBy, conflict.ReleasedAt, conflict.Revision) = (act.Actor.Id, act.Now, act.Ids.Next());
            act.Trace("conflict", conflict.Id, "contacts-released");
            foreach (var side in new[] { one, other })
                Notices.Leave(act, new NoticeTo(Role.Coordinator, TaskForce: side.TaskForce), "event-contacts", $"/operations/{side.Operation}");
            return new Receipt(conflict.Id);
        }
    }
}

/// <summary>One party says what it agreed with the other. The conflict is settled when both have said so .</summary>
public static class ResolveConflict
{
    /// <param name="Agreement">What was agreed, with whom. Sealed.</param>
    public sealed record Request(Guid Conflict, [Required, MinLength(3), MaxLength(4000)] string Agreement);

    /// <param name="Settled">False while the other party has not yet said so.</param>
    public sealed record Receipt(Guid Conflict, bool Settled, OperationId Operation);

    internal sealed class Handler(Envelope envelope) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var found = await ConflictParties.FindAsync(act, request.Conflict, cancel);
            if (found is not { } parties) return ConflictParties.Missing;
            var (conflict, one, other) = parties;
            if (!act.Covers(one) && !act.Covers(other)) return ConflictParties.Missing;
            if (conflict.State != ConflictState.Open) return ConflictParties.Over;
            if (conflict.ReleasedAt is null)
                return Problem.Of("contacts-not-released", "The desk has not yet given the contacts.", "Wait for the desk; it was told.");
            // Where both operations are of one task force, a person speaks for one of them: nobody agrees with oneself.
            var isOfBoth = act.Covers(one) && act.Covers(other);
            if (isOfBoth && (conflict.OneAgreedBy == act.Actor.Id || conflict.OtherAgreedBy == act.Actor.Id))
                return Problem.Of("agreed-already", "You agreed for one of the two operations; the other is somebody else's to agree for.",
                    "Ask another coordinator of the task force; or a supervisor decides.");
            var speaksForOne = isOfBoth ? conflict.OneAgreedAt is null : act.Covers(one);
            if (speaksForOne) (conflict.OneAgreedBy, conflict.OneAgreedAt) = (act.Actor.Id, act.Now);
            else (conflict.OtherAgreedBy, conflict.OtherAgreedAt) = (act.Actor.Id, act.Now);
            var earlier = conflict.Agreement is null ? "" : envelope.OpenText($"conflict/{StrongId.Text(conflict.Id)}", conflict.Agreement) + "\n\n";
            conflict.Agreement = envelope.SealText($"conflict/{StrongId.Text(conflict.Id)}", $"{earlier}{act.Actor.Name}: {request.Agreement}");
            conflict.Revision = act.Ids.Next();
            var settled = conflict is { OneAgreedAt: not null, OtherAgreedAt: not null };
            if (settled) ConflictParties.End(act, conflict, ConflictState.Settled, one, other);
            act.Trace("conflict", conflict.Id, settled ? "settled" : "one-party-agreed");
            return new Receipt(conflict.Id, settled, speaksForOne ? one.Operation : other.Operation);
        }
    }
}

/// <summary>A named supervisor decides over an open conflict, with a reason that both parties are told to ask for .</summary>
public static class OverrideConflict
{
    public sealed record Request(Guid Conflict, [Required, MinLength(10), MaxLength(4000)] string Reason);
    public sealed record Receipt(Guid Conflict);

    internal sealed class Handler(Envelope envelope) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var found = await ConflictParties.FindAsync(act, request.Conflict, cancel);
            if (found is not { } parties) return ConflictParties.Missing;
            var (conflict, one, other) = parties;
            if (conflict.State != ConflictState.Open) return ConflictParties.Over;
            (conflict.OverriddenBy, conflict.Agreement) =
                (act.Actor.Id, envelope.SealText($"conflict/{StrongId.Text(conflict.Id)}", $"{act.Actor.Name}: {request.Reason}"));
            ConflictParties.End(act, conflict, ConflictState.Overridden, one, other);
            act.Trace("conflict", conflict.Id, "overridden");
            return new Receipt(conflict.Id);
        }
    }
}
