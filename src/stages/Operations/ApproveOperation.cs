using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Rules;
using Homeward.Foundations.Work;
using Homeward.Kernel;
using Homeward.Operations.Model;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Operations;

/// <summary>Another person than the planner, and than who moved it last, approves an operation. Each thing that is missing is named, all at once .</summary>
public static class ApproveOperation
{
    /// <param name="Exigency">
    /// Why it cannot wait: a supervisor's or the national coordinator's word alone. It passes every stop but that of the planner;
    /// the auditor is told at once.
    /// </param>
    public sealed record Request(OperationId Id, [MinLength(10), MaxLength(4000)] string? Exigency = null);
    public sealed record Receipt(OperationId Id);

    internal sealed class Handler(OperationBook book, RuleBook rules) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var operation = await OperationBook.FindAsync(act, request.Id, cancel);
            if (operation is null) return OperationBook.Missing;
            if (operation.State != OperationState.Planned)
                return Problem.Conflict("not-to-approve", $"This operation is {operation.State}.", "Look at it as it is now.");
            if (operation.IsPlanOf(act.Actor.Id))
                return Problem.Of("own-plan", "Who planned it, or moved it last, does not approve it.", "Ask another coordinator of the office, or a supervisor.");
            if (request.Exigency is { } why)
            {
                if (act.Actor.Role is not (Role.Supervisor or Role.National))
                    return Problem.Forbidden("Only a supervisor passes a stop in an emergency.");
                operation.Exigency = book.Seal(operation.Id, "exigency", why);
                Notices.Leave(act, new NoticeTo(Role.Auditor), "exigency", "/trace");
                act.Trace("operation", operation.Id.Value, "exigency");
            }
            else
            {
                var stops = await GoStops.OfAsync(act, operation, rules, operation.PlannedFrom, cancel);
                if (stops.Count > 0)
                    return new Problem(stops[0].Code, string.Join(' ', stops.Select(stop => stop.What)), "Mend each of these, then approve.",
                        Details: stops.GroupBy(stop => stop.Code).ToDictionary(group => group.Key, group => string.Join(' ', group.Select(stop => stop.What))));
            }
            (operation.State, operation.ApprovedBy, operation.ApprovedAt) = (OperationState.Approved, act.Actor.Id, act.Now);
            operation.Revision = act.Ids.Next();
            act.Trace("operation", operation.Id.Value, $"approved;version={operation.Version}");
            return new Receipt(operation.Id);
        }
    }
}

/// <summary>What stands between an operation and its going.</summary>
internal static class GoStops
{
    internal sealed record Stop(string Code, string What);

    /// <param name="goesAt">When it is to begin: the place must have been verified within the rule's hours before.</param>
    public static async Task<IReadOnlyList<Stop>> OfAsync(Act act, Operation operation, RuleBook rules, DateTimeOffset goesAt, CancellationToken cancel)
    {
        var stops = new List<Stop>();
        if (operation.PlaceDisputed) stops.Add(new("place-disputed", "Two sources disagree on the place."));
        if (!IsVerified(operation, rules, goesAt)) stops.Add(new("place-not-verified", "The place was not verified within 48 hours before."));
        if (operation.VictimSpecialist is null && operation.SpecialistException is null)
            stops.Add(new("no-specialist", "No victim specialist is assigned, and no exception is recorded."));
        stops.AddRange(await DeconflictionStopsAsync(act, operation, cancel));
        return stops;
    }

    public static bool IsVerified(Operation operation, RuleBook rules, DateTimeOffset goesAt) =>
        operation.VerifiedAt is { } at && goesAt - at <= rules.Span(OperationBook.VerifyRule, goesAt);

    public static async Task<IReadOnlyList<Stop>> DeconflictionStopsAsync(Act act, Operation operation, CancellationToken cancel)
    {
        var events = await act.Db.Set<DeconflictionEvent>().AsTracking().Where(row => row.Operation == operation.Id && !row.Withdrawn)
            .OrderBy(row => row.Type).ToListAsync(cancel);
        if (events.Count == 0) return [new("not-deconflicted", "No event was handed to deconfliction.")];
        var stops = new List<Stop>();
        // They are committed, so checking them here is as good as in a delivery of its own.
        foreach (var owed in events.Where(row => row.CheckOwed)) await EventDesk.CheckAsync(act, owed, cancel);
        var open = await EventDesk.OpenOfAsync(act.Db, [.. events.Select(row => row.Id)], cancel);
        if (open.Count > 0) stops.Add(new("conflict-open", $"Conflicts that are not settled: {open.Count}."));
        if (events.Exists(row => row.RegionalAt is null))
            stops.Add(new("no-regional-answer", "The regional system's number and answer are not recorded: checked among Homeward's events only."));
        if (events.Exists(row => row.RegionalAnswer == RegionalAnswer.Conflict))
            stops.Add(new("regional-conflict", "The regional system has a conflict: settle it there and record its new answer."));
        return stops;
    }
}
