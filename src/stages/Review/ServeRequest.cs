using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Places;
using Homeward.Foundations.Sealing;
using Homeward.Kernel;
using Homeward.Review.Casework;

namespace Homeward.Review;

/// <summary>A draft lies before a judge now.</summary>
public static class ApplyForProcess
{
    /// <param name="HappenedAt">When it was handed in.</param>
    public sealed record Request(LegalRequestId Id, [Required] DateTimeOffset? HappenedAt, [MaxLength(200)] string? Reference = null, [MaxLength(4000)] string? Note = null);

    internal sealed class Handler(RequestBook book) : IHandle<Request, RequestMoved>
    {
        public async Task<Result<RequestMoved>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (!(await RequestBook.FindAsync(act, request.Id, cancel)).TryGet(out var row, out var problem)) return problem;
            return await book.MoveAsync(
                act, row, LegalRequestState.Applied, RequestStepKind.Applied, request.HappenedAt!.Value.ToUniversalTime(), new(Reference: request.Reference, Note: request.Note), cancel);
        }
    }
}

/// <summary>What the judge said. A grant starts the clock within which it is served or executed.</summary>
public static class RecordRuling
{
    public sealed record Request(
        LegalRequestId Id, RulingKind Ruling, [Required] DateTimeOffset? HappenedAt, [MaxLength(200)] string? Reference = null, [MaxLength(4000)] string? Note = null);

    internal sealed class Handler(RequestBook book) : IHandle<Request, RequestMoved>
    {
        public async Task<Result<RequestMoved>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (!(await RequestBook.FindAsync(act, request.Id, cancel)).TryGet(out var row, out var problem)) return problem;
            var (to, step) = request.Ruling == RulingKind.Granted
                ? (LegalRequestState.Granted, RequestStepKind.Granted)
                : (LegalRequestState.Denied, RequestStepKind.Denied);
            return await book.MoveAsync(act, row, to, step, request.HappenedAt!.Value.ToUniversalTime(), new(Reference: request.Reference, Note: request.Note), cancel);
        }
    }
}

public enum RulingKind { Granted, Denied }

/// <summary>The holder has it: its letter is kept as it went out, and the clock of the answer or of the preservation runs. A warrant for a file was executed.</summary>
public static class ServeRequest
{
    /// <param name="DueAt">By when the answer is asked for; where the table counts the days itself it is left out.</param>
    public sealed record Request(
        LegalRequestId Id, [Required] DateTimeOffset? HappenedAt, ServedBy How, DateTimeOffset? DueAt = null, [MaxLength(200)] string? Reference = null, [MaxLength(4000)] string? Note = null);

    internal sealed class Handler(RequestBook book, Envelope envelope) : IHandle<Request, RequestMoved>
    {
        public async Task<Result<RequestMoved>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (!(await RequestBook.FindAsync(act, request.Id, cancel)).TryGet(out var row, out var problem)) return problem;
            var rule = ProcessRules.Of(row);
            var (at, zone) = (request.HappenedAt!.Value.ToUniversalTime(), Zones.Of(row.Zone));
            if (rule.NeedsDue && request.DueAt is null)
                return Problem.Invalid("due-missing", "It is not said by when the answer is due.", "Enter the day and the time that the process names.");
            if (rule.NeedsDue && request.DueAt <= at)
                return Problem.Invalid("due-before-service", "The answer would be due before it was asked for.", "Enter a later time.");
            var dueAt = rule.NeedsDue ? request.DueAt!.Value.ToUniversalTime() : rule.Clock(LegalRequestState.Served, at, zone);
            var moved = await book.MoveAsync(
                act, row, LegalRequestState.Served, RequestStepKind.Served, at, new(request.How, Reference: request.Reference, Note: request.Note, DueAt: dueAt), cancel, dueAt);
            if (!moved.IsDone) return moved;
            row.ServedAt = at;
            if (Letters.Write(row, book.TermsOf(row), at, dueAt) is { } letter) Letters.Keep(envelope, row, letter);
            return moved;
        }
    }
}

/// <summary>A renewed request: the holder preserves once more as long. It must have gone out before the first time ran out.</summary>
public static class RenewRequest
{
    public sealed record Request(LegalRequestId Id, [Required] DateTimeOffset? HappenedAt, ServedBy How, [MaxLength(200)] string? Reference = null, [MaxLength(4000)] string? Note = null);

    internal sealed class Handler(RequestBook book) : IHandle<Request, RequestMoved>
    {
        public async Task<Result<RequestMoved>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (!(await RequestBook.FindAsync(act, request.Id, cancel)).TryGet(out var row, out var problem)) return problem;
            var rule = ProcessRules.Of(row);
            var at = request.HappenedAt!.Value.ToUniversalTime();
            if (rule.KeepsDays is not { } days || row.State != LegalRequestState.Served || row.ServedAt is not { } servedAt)
                return Problem.Conflict("not-renewable", "Only a preservation that was served can be renewed.", "Read it as it is now.");
            if (row.Renewals >= rule.Renewals)
                return Problem.Of("renewed-already", $"{rule.Authority} knows no further renewal.", "Obtain process for the records, or draft a new request.");
            if (at >= row.DueAt)
                return Problem.Of("ran-out", "The preservation had run out by then: what was kept may be gone.", "Draft a new request at once.");
            if (await RequestBook.FaultOfTimeAsync(act, row, at, cancel) is { } fault) return fault;
            row.Renewals++;
            (row.DueAt, row.Warned) = (Deadlines.RunsOut(servedAt, days, row.Renewals, Zones.Of(row.Zone)), 0);
            await book.WriteAsync(act, row, RequestStepKind.Renewed, at, new(request.How, Reference: request.Reference, Note: request.Note, DueAt: row.DueAt), cancel);
            return RequestMoved.Of(row);
        }
    }
}

/// <summary>How a request stands after somebody moved it.</summary>
public sealed record RequestMoved(LegalRequestId Id, LegalRequestState State, DateTimeOffset? DueAt)
{
    internal static RequestMoved Of(LegalRequest row) => new(row.Id, row.State, row.DueAt);
    internal static string Address(RequestMoved receipt) => $"/review/requests/{receipt.Id}";
}
