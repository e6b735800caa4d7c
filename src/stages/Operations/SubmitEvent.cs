using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Kernel;
using Homeward.Operations.Model;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Operations;

/// <summary>Hands an operation's event to deconfliction (R-26). The answer is "received": what it meets is told by notice, later.</summary>
/// <remarks>Handing it in again, with other subjects, checks it again.</remarks>
public static class SubmitEvent
{
    /// <summary>All that a submitter is told at once.</summary>
    public const string Received = "received";

    /// <param name="Type">Kind of event, as <see cref="EventTypes"/> lists them: <c>search-warrant</c>.</param>
    /// <param name="Subjects">Phones, accounts and persons; only keyed hashes of them are kept.</param>
    public sealed record Request(
        OperationId Operation, [Required, MaxLength(40)] string Type, IReadOnlyList<EventSubjectLine>? Subjects = null);

    public sealed record Receipt(Guid Event, OperationId Operation, string Answer);

    internal sealed class Handler(OperationBook book, EventDesk desk) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var operation = await OperationBook.FindAsync(act, request.Operation, cancel);
            if (operation is null) return OperationBook.Missing;
            if (operation.State is not (OperationState.Planned or OperationState.Approved))
                return Problem.Conflict("not-to-submit", $"This operation is {operation.State}.", "");
            if (EventTypes.Shipped.On(request.Type, operation.PlannedFrom) is not { } type)
                return Problem.Invalid("no-such-event", $"\"{request.Type}\" is no kind of event.",
                    $"Known: {string.Join(", ", EventTypes.Shipped.All.Select(one => one.Code))}.");
            if (!PlaceRules.Locate(book.PlaceOf(operation), operation.PlannedFrom).TryGet(out var located, out var problem)) return problem;
            var planned = await act.Db.Set<DeconflictionEvent>().AsTracking()
                .SingleOrDefaultAsync(row => row.Operation == operation.Id && row.Type == request.Type, cancel);
            if (planned is null)
            {
                planned = new DeconflictionEvent
                {
                    Id = act.Ids.Next(), Operation = operation.Id, OfficeCode = operation.OfficeCode, TaskForce = operation.TaskForce,
                    AssignedTo = operation.AssignedTo, Contact = act.Actor.Id, Type = type.Code, Latitude = located.At.Latitude,
                    Longitude = located.At.Longitude, RadiusKm = type.RadiusKm + located.AroundKm, MarginMinutes = type.MarginMinutes,
                    From = operation.PlannedFrom, To = operation.PlannedTo, Version = operation.Version, Withdrawn = false, CheckOwed = true,
                    SubmittedAt = act.Now, Revision = act.Ids.Next(),
                };
                act.Db.Add(planned);
            }
            await EventDesk.FileAsync(act, planned, desk.KeysOf(request.Subjects ?? []), cancel);
            act.Trace("deconfliction-event", planned.Id, $"received;type={type.Code};version={planned.Version}");
            return new Receipt(planned.Id, operation.Id, Received);
        }
    }
}

/// <summary>Records what the regional system answered, with its event number: without it Homeward has only checked its own events (R-77).</summary>
public static class RecordRegionalCheck
{
    public sealed record Request(Guid Event, RegionalSystem System, [Required, MaxLength(60)] string Number, RegionalAnswer Answer);

    /// <param name="AtDesk">Recorded by the desk, which does not see the operation.</param>
    public sealed record Receipt(OperationId Operation, bool AtDesk);

    internal sealed class Handler : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var planned = await act.Db.Set<DeconflictionEvent>().AsTracking().SingleOrDefaultAsync(row => row.Id == request.Event, cancel);
            if (planned is null || !act.Covers(planned)) return Problem.Missing("There is no such event for you.");
            if (planned.Withdrawn) return Problem.Conflict("event-withdrawn", "This event was called off.", "");
            (planned.System, planned.RegionalNumber, planned.RegionalAnswer, planned.RegionalAt) =
                (request.System, request.Number, request.Answer, act.Now);
            planned.Revision = act.Ids.Next();
            act.Trace("deconfliction-event", planned.Id, $"regional={request.System};answer={request.Answer}");
            return new Receipt(planned.Operation, act.Actor.Role == Role.Deconfliction);
        }
    }
}
