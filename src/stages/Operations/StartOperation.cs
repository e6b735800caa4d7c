using Homeward.Foundations.Access;
using Homeward.Foundations.Rules;
using Homeward.Kernel;
using Homeward.Operations.Model;

namespace Homeward.Operations;

/// <summary>The operation begins in the field. Its local day decides the window, not the day of typing .</summary>
/// <remarks>What may have changed since the approval is looked at once more: place, conflicts.</remarks>
public static class StartOperation
{
    /// <param name="At">When it really began; now, when left out.</param>
    public sealed record Request(OperationId Id, DateTimeOffset? At = null);
    public sealed record Receipt(OperationId Id, DateTimeOffset StartedAt);

    internal sealed class Handler(RuleBook rules) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var operation = await OperationBook.FindAsync(act, request.Id, cancel);
            if (operation is null) return OperationBook.Missing;
            if (operation.State != OperationState.Approved)
                return operation.State == OperationState.Planned
                    ? Problem.Of("not-approved", "This operation is not approved.", "Have it approved, or in an emergency by a supervisor with a reason.")
                    : Problem.Conflict("not-to-start", $"This operation is {operation.State}.", "");
            var at = request.At is { } said ? Instants.Truncate(said) : act.Now;
            if (at > act.Now) return Problem.Invalid("at-in-future", "The beginning lies in the future.", "Enter it when it has begun.");
            if (operation.Exigency is null)
            {
                if (!GoStops.IsVerified(operation, rules, at))
                    return Problem.Of("place-not-verified", "The place was not verified within 48 hours before.", "Verify it again.");
                var stops = await GoStops.DeconflictionStopsAsync(act, operation, cancel);
                if (stops.Count > 0) return Problem.Of(stops[0].Code, string.Join(' ', stops.Select(stop => stop.What)), "Settle it first.");
            }
            (operation.State, operation.StartedAt, operation.Revision) = (OperationState.Running, at, act.Ids.Next());
            act.Trace("operation", operation.Id.Value, "started");
            act.Tell(new OperationStarted(operation.Id));
            return new Receipt(operation.Id, at);
        }
    }
}
