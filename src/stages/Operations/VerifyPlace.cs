using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Work;
using Homeward.Kernel;
using Homeward.Operations.Model;

namespace Homeward.Operations;

/// <summary>Verifies the place again before the operation goes. A source that disagrees stops it at once.</summary>
public static class VerifyPlace
{
    public sealed record Request(OperationId Id, [Required] PlaceSource Source);

    /// <param name="Disputed">The source disagrees: nothing goes until the operation is moved to the place that is meant.</param>
    public sealed record Receipt(OperationId Id, bool Disputed);

    internal sealed class Handler(OperationBook book) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var operation = await OperationBook.FindAsync(act, request.Id, cancel);
            if (operation is null) return OperationBook.Missing;
            if (operation.State is not (OperationState.Planned or OperationState.Approved))
                return Problem.Conflict("not-to-verify", $"This operation is {operation.State}.", "");
            if (PlaceRules.Fault(request.Source) is { } fault) return fault;
            operation.BasisText = book.SealJson(operation.Id, "basis", book.SourcesOf(operation).Append(request.Source).ToList());
            if (request.Source.Says is { } says && PlaceRules.Disagree(book.PlaceOf(operation), says))
            {
                operation.PlaceDisputed = true;
                OperationBook.LapseApproval(act, operation);
                act.Trace("operation", operation.Id.Value, "place-disputed");
                Notices.Leave(act, new NoticeTo(Role.Coordinator, TaskForce: operation.TaskForce), "place-disputed", operation.Link);
                return new Receipt(operation.Id, Disputed: true);
            }
            (operation.VerifiedAt, operation.VerifiedBy, operation.Revision) = (act.Now, act.Actor.Id, act.Ids.Next());
            act.Trace("operation", operation.Id.Value, $"place-verified;basis={request.Source.Kind}");
            await book.ProveVerifiedAsync(act, operation, $"{request.Source.Kind}: {request.Source.Reference}", cancel);
            return new Receipt(operation.Id, operation.PlaceDisputed);
        }
    }
}
