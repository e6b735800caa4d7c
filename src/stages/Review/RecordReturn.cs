using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Kernel;
using Homeward.Review.Casework;

namespace Homeward.Review;

/// <summary>What came back: when, what kinds of records, under which hash or number, whole or in part. The records themselves never come into the house.</summary>
public static class RecordReturn
{
    /// <param name="Reference">The hash or the number of what came: without it an item cannot be told from another.</param>
    public sealed record Request(
        LegalRequestId Id, [Required] DateTimeOffset? HappenedAt, ReturnOutcome Outcome, [MaxLength(8)] IReadOnlyList<RecordKind>? Records = null,
        [MaxLength(200)] string? Reference = null, [MaxLength(4000)] string? Note = null);

    internal sealed class Handler(RequestBook book) : IHandle<Request, RequestMoved>
    {
        public async Task<Result<RequestMoved>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (!(await RequestBook.FindAsync(act, request.Id, cancel)).TryGet(out var row, out var problem)) return problem;
            if (row.State != LegalRequestState.Served)
                return Problem.Conflict("not-served", "Only a request that was served can be answered.", "Record first when and how it was served.");
            if (request.Outcome is ReturnOutcome.Complete or ReturnOutcome.Partial && string.IsNullOrWhiteSpace(request.Reference))
                return Problem.Invalid("reference-missing", "What came has a hash or a number, and it is not entered.", "Enter the hash of the item, or the holder's number.");
            var (rule, at) = (ProcessRules.Of(row), request.HappenedAt!.Value.ToUniversalTime());
            var detail = new StepDetail(Outcome: request.Outcome, Records: request.Records, Reference: request.Reference, Note: request.Note);
            if (rule.After(request.Outcome) is var to && to != row.State)
                return await book.MoveAsync(act, row, to, RequestStepKind.Returned, at, detail, cancel);
            // In part, or kept and confirmed: the clock runs on.
            if (await RequestBook.FaultOfTimeAsync(act, row, at, cancel) is { } fault) return fault;
            await book.WriteAsync(act, row, RequestStepKind.Returned, at, detail, cancel);
            return RequestMoved.Of(row);
        }
    }
}

/// <summary>Closes a request that was not answered, with the reason: taken back, followed by other process, no longer needed. Until then it stays open, whatever becomes of its lead.</summary>
public static class WithdrawRequest
{
    public sealed record Request(LegalRequestId Id, [Required, MinLength(3), MaxLength(4000)] string Reason);

    internal sealed class Handler(RequestBook book) : IHandle<Request, RequestMoved>
    {
        public async Task<Result<RequestMoved>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (!(await RequestBook.FindAsync(act, request.Id, cancel)).TryGet(out var row, out var problem)) return problem;
            if (!row.IsOpen) return Problem.Conflict("request-ended", "This request is not open any more.", "Read it as it is now.");
            return await book.MoveAsync(act, row, LegalRequestState.Withdrawn, RequestStepKind.Withdrawn, act.Now, new(Note: request.Reason), cancel);
        }
    }
}
