using System.Text.Json;
using Homeward.Foundations.Access;
using Homeward.Foundations.Places;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Work;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review.Casework;

/// <summary>Moves requests from state to state as the table allows, and writes what happened. Nothing that was written is changed.</summary>
internal sealed class RequestBook(Envelope envelope)
{
    /// <summary>A request to change, if it is there and in the hands of the one who asks.</summary>
    public static async Task<Result<LegalRequest>> FindAsync(Act act, LegalRequestId id, CancellationToken cancel)
    {
        var request = await act.Db.Set<LegalRequest>().SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (request is null) return Problem.Missing("There is no such request for you.");
        if (!People.MayChange(act, request)) return Problem.Of("not-your-unit", "This request lies in the hands of another unit.", "Ask the one who holds it, or a supervisor.");
        return request;
    }

    /// <summary>A step into another state, which starts that state's clock.</summary>
    /// <param name="dueAt">When the answer is due, where a person names it.</param>
    public async Task<Result<RequestMoved>> MoveAsync(
        Act act, LegalRequest request, LegalRequestState to, RequestStepKind step, DateTimeOffset at, StepDetail detail, CancellationToken cancel, DateTimeOffset? dueAt = null)
    {
        var rule = ProcessRules.Of(request);
        if (!rule.Allows(request.State, to) && !(to == LegalRequestState.Withdrawn && request.IsOpen))
            return Problem.Conflict("no-such-step",
                $"This request is: {CaseworkWords.Of(request.State, request.Kind).ToLowerInvariant()}. From there it cannot become: {CaseworkWords.Of(to, request.Kind).ToLowerInvariant()}.",
                "Read it as it is now.");
        if (await FaultOfTimeAsync(act, request, at, cancel) is { } fault) return fault;
        request.State = to;
        (request.DueAt, request.Warned) = (dueAt ?? rule.Clock(to, at, Zones.Of(request.Zone)), 0);
        if (!request.IsOpen) request.EndedAt = act.Now;
        await WriteAsync(act, request, step, at, detail, cancel);
        return RequestMoved.Of(request);
    }

    /// <summary>Nothing lies in the future, or before what happened before it.</summary>
    public static async Task<Problem?> FaultOfTimeAsync(Act act, LegalRequest request, DateTimeOffset at, CancellationToken cancel)
    {
        if (at > act.Now) return Problem.Invalid("in-future", "This lies in the future.", "Enter when it happened.");
        // What went out by telephone at night is drafted here in the morning: the draft's time binds nothing.
        RequestStepKind[] ofTheHouse = [RequestStepKind.Drafted, RequestStepKind.LeadEnded, RequestStepKind.HandedOver];
        var last = await act.Db.Set<LegalRequestStep>().Where(row => row.Request == request.Id && !ofTheHouse.Contains(row.Kind))
            .OrderByDescending(row => row.Ordinal).Select(row => (DateTimeOffset?)row.At).FirstOrDefaultAsync(cancel);
        if (at < last)
            return Problem.Invalid("out-of-order", "This lies before what happened before it.", "Enter when it happened; earlier steps stay as they are.");
        return null;
    }

    /// <summary>Writes a step into the history and the trace. The row's token lets one of two through who come at once.</summary>
    public async Task WriteAsync(Act act, LegalRequest request, RequestStepKind kind, DateTimeOffset at, StepDetail detail, CancellationToken cancel)
    {
        var id = act.Ids.Next();
        var ordinal = await act.Db.Set<LegalRequestStep>().Where(row => row.Request == request.Id).MaxAsync(row => (int?)row.Ordinal, cancel) ?? 0;
        act.Db.Add(new LegalRequestStep
        {
            Id = id, Request = request.Id, Ordinal = ordinal + 1, Kind = kind, At = at, EnteredAt = act.Now, By = act.Actor.Id,
            Detail = Seal(id, detail),
        });
        request.Revision = act.Ids.Next();
        act.Trace("legal-request", request.Id.Value, $"{kind};state={request.State}");
    }

    public byte[] Seal(LegalRequestId id, RequestTerms terms) => envelope.SealText(TermsContext(id), JsonSerializer.Serialize(terms, WorkItem.Json));

    public byte[] Seal(Guid step, StepDetail detail) => envelope.SealText(StepContext(step), JsonSerializer.Serialize(detail, WorkItem.Json));

    public RequestTerms TermsOf(LegalRequest request) =>
        JsonSerializer.Deserialize<RequestTerms>(envelope.OpenText(TermsContext(request.Id), request.Terms), WorkItem.Json)!;

    public StepDetail DetailOf(LegalRequestStep step) =>
        JsonSerializer.Deserialize<StepDetail>(envelope.OpenText(StepContext(step.Id), step.Detail), WorkItem.Json)!;

    private static string TermsContext(LegalRequestId id) => $"legal-request/terms/{id}";
    private static string StepContext(Guid id) => $"legal-request/step/{StrongId.Text(id)}";
}
