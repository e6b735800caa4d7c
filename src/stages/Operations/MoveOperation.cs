using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Places;
using Homeward.Foundations.Rules;
using Homeward.Kernel;
using Homeward.Operations.Model;
using Homeward.Referral;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Operations;

/// <summary>Moves an operation in time or place: its approval lapses, its events are checked again, whoever met it is told (T-52).</summary>
public static class MoveOperation
{
    /// <param name="Place">Null leaves it where it is; a new one needs its sources and must be verified again.</param>
    public sealed record Request(
        OperationId Id, [Required] DateTimeOffset? From, [Required] DateTimeOffset? To, PlaceQuery? Place = null, IReadOnlyList<PlaceSource>? Sources = null,
        PlaceSource? Source = null)
    {
        // Computed at each call: a copy by "with" would otherwise carry the sources of its original.
        internal IReadOnlyList<PlaceSource> AllSources => [.. Sources ?? [], .. Source is null ? Array.Empty<PlaceSource>() : [Source]];
    }
    public sealed record Receipt(OperationId Id, int Version);

    internal sealed class Handler(OperationBook book, RuleBook rules) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var operation = await OperationBook.FindAsync(act, request.Id, cancel);
            if (operation is null) return OperationBook.Missing;
            if (operation.State is not (OperationState.Planned or OperationState.Approved))
                return Problem.Conflict("not-to-move", $"This operation is {operation.State}.", "");
            var (from, to) = (Instants.Truncate(request.From!.Value), Instants.Truncate(request.To!.Value));
            if (PlanOperation.WindowFault(from, to) is { } fault) return fault;
            var place = request.Place ?? book.PlaceOf(operation);
            if (request.Place is not null && PlaceRules.Fault(place, request.AllSources) is { } basis) return basis;
            if (!PlaceRules.Locate(place, from).TryGet(out var located, out var problem)) return problem;

            await book.EndDutiesAsync(act, operation, "The operation was moved.", cancel);
            OperationBook.LapseApproval(act, operation);
            operation.Version++;
            (operation.PlannedFrom, operation.PlannedTo, operation.MovedBy) = (from, to, act.Actor.Id);
            if (request.Place is not null)
            {
                operation.Place = book.SealJson(operation.Id, "place", place);
                (operation.Basis, operation.BasisText) = (request.AllSources[0].Kind, book.SealJson(operation.Id, "basis", request.AllSources));
                (operation.VerifiedAt, operation.VerifiedBy, operation.PlaceDisputed) = (null, null, false);
            }
            await book.StartVerifyClockAsync(act, operation, rules.Span(OperationBook.VerifyRule, from), cancel);
            if (GoStops.IsVerified(operation, rules, from)) await book.ProveVerifiedAsync(act, operation, "Verified before the move; the place is the same.", cancel);
            await RefileAsync(act, operation, located, cancel);
            act.Trace("operation", operation.Id.Value, $"moved;version={operation.Version}");
            return new Receipt(operation.Id, operation.Version);
        }

        private static async Task RefileAsync(Act act, Operation operation, (GeoPoint At, double AroundKm) located, CancellationToken cancel)
        {
            var events = await act.Db.Set<DeconflictionEvent>().AsTracking().Where(row => row.Operation == operation.Id && !row.Withdrawn)
                .OrderBy(row => row.Type).ToListAsync(cancel);
            foreach (var planned in events)
            {
                await EventDesk.LapseAsync(act, planned, cancel);
                var type = EventTypes.Shipped.On(planned.Type, operation.PlannedFrom);
                Ensure.That(type is not null);
                (planned.Latitude, planned.Longitude) = (located.At.Latitude, located.At.Longitude);
                (planned.RadiusKm, planned.MarginMinutes) = (type.RadiusKm + located.AroundKm, type.MarginMinutes);
                (planned.From, planned.To, planned.Version) = (operation.PlannedFrom, operation.PlannedTo, operation.Version);
                // The regional answer was given for another time or place.
                (planned.System, planned.RegionalNumber, planned.RegionalAnswer, planned.RegionalAt) = (null, null, null, null);
                await EventDesk.FileAsync(act, planned, subjects: null, cancel);
            }
        }
    }
}

/// <summary>Calls an operation off: its referrals wait for their task force again, its events are withdrawn, whoever met it is told.</summary>
public static class CallOff
{
    public sealed record Request(OperationId Id, [Required, MinLength(3), MaxLength(4000)] string Reason);
    public sealed record Receipt(OperationId Id);

    internal sealed class Handler(OperationBook book, IReferral referrals) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var operation = await OperationBook.FindAsync(act, request.Id, cancel);
            if (operation is null) return OperationBook.Missing;
            if (operation.State is not (OperationState.Planned or OperationState.Approved))
                return Problem.Conflict("not-to-call-off", $"This operation is {operation.State}.", "One that runs is closed.");
            (operation.State, operation.CalledOffAt, operation.Revision) = (OperationState.CalledOff, act.Now, act.Ids.Next());
            operation.AfterAction = book.Seal(operation.Id, "after", request.Reason);
            await book.EndDutiesAsync(act, operation, "The operation was called off.", cancel);
            foreach (var referral in await act.Db.Set<OperationLead>().AsNoTracking().Where(row => row.Operation == operation.Id)
                .Select(row => row.Referral).Distinct().ToListAsync(cancel))
                await referrals.LetGoAsync(act, referral, cancel);
            foreach (var planned in await act.Db.Set<DeconflictionEvent>().AsTracking().Where(row => row.Operation == operation.Id && !row.Withdrawn).ToListAsync(cancel))
            {
                await EventDesk.LapseAsync(act, planned, cancel);
                (planned.Withdrawn, planned.CheckOwed, planned.Revision) = (true, false, act.Ids.Next());
            }
            act.Trace("operation", operation.Id.Value, "called-off");
            return new Receipt(operation.Id);
        }
    }
}
