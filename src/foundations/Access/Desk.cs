using System.Collections.Frozen;
using Homeward.Foundations.Audit;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Foundations.Access;

/// <summary>Where every request is handed in: by pages, by the API, by scripted people and by the house itself.</summary>
/// <remarks>
/// Permission, handler, trace and what is to follow happen in one transaction: no trace, no action. A refusal is traced
/// too. Safe for use from many threads.
/// </remarks>
public sealed class Desk
{
    private readonly IServiceProvider _services;
    private readonly AuthorizationTable _table;
    private readonly StageSwitch _switch;
    private readonly HouseClock _clock;
    private readonly IIdSource _ids;
    private readonly WriteGate _gate;
    private readonly TraceBook _trace;
    private readonly FrozenDictionary<Type, UseCase> _useCases;

    public Desk(
        IServiceProvider services, IEnumerable<IStage> stages, AuthorizationTable table, StageSwitch stageSwitch,
        HouseClock clock, IIdSource ids, WriteGate gate, TraceBook trace)
    {
        (_services, _table, _switch, _clock, _ids, _gate, _trace) = (services, table, stageSwitch, clock, ids, gate, trace);
        _useCases = stages.SelectMany(stage => stage.UseCases).ToFrozenDictionary(useCase => useCase.Request);
        foreach (var useCase in _useCases.Values) Ensure.That(table.Actions.Contains(useCase.Action));
    }

    public IReadOnlyCollection<UseCase> UseCases => _useCases.Values;

    /// <summary>Whether the actor's role may do it at all; the handler still judges the row.</summary>
    public bool Allows(Actor actor, string action) => _table.Allows(actor.Role, action);

    /// <summary>Does what the request asks, in the actor's name.</summary>
    /// <returns>The receipt; or why not, with the same answer for what is hidden and for what is not there.</returns>
    public async Task<Result<TReceipt>> DoAsync<TRequest, TReceipt>(Actor actor, TRequest request, CancellationToken cancel)
        where TRequest : notnull
    {
        var answer = await DoAsync(actor, (object)request, cancel);
        return answer.TryGet(out var receipt, out var problem) ? (TReceipt)receipt : problem;
    }

    /// <inheritdoc cref="DoAsync{TRequest,TReceipt}"/>
    public async Task<Result<object>> DoAsync(Actor actor, object request, CancellationToken cancel)
    {
        Ensure.That(_useCases.TryGetValue(request.GetType(), out var useCase));
        if (_switch.IsClosed(useCase.Stage))
            return Problem.Of("stage-closed", $"The stage {useCase.Stage} takes nothing at the moment.", "Try again later.");
        if (_table.Reach(actor.Role, useCase.Action) is not { } reach) return await RefuseAsync(actor, useCase, cancel);
        if (RequestCheck.Faults(request) is { } faults) return faults;
        return useCase.Kind == UseCaseKind.Look
            ? await LookAsync(actor, useCase, reach, request, cancel)
            : await ChangeAsync(actor, useCase, reach, request, cancel);
    }

    /// <summary>Refuses, and traces it, when the role may not do this at all; null when it may.</summary>
    public async Task<Problem?> RefusalAsync(Actor actor, UseCase useCase, CancellationToken cancel) =>
        Allows(actor, useCase.Action) ? null : await RefuseAsync(actor, useCase, cancel);

    private async Task<Problem> RefuseAsync(Actor actor, UseCase useCase, CancellationToken cancel)
    {
        var refusal = Problem.Forbidden($"Your role ({actor.Role.Title()}) does not do this.");
        await TraceRefusalAsync(actor, useCase, refusal, cancel);
        return refusal;
    }

    /// <summary>Traces that somebody asked for a page that is not for the role.</summary>
    public Task RefusePageAsync(Actor actor, string action, CancellationToken cancel) => TraceRefusalAsync(
        actor, new UseCase(action, UseCaseKind.Look, typeof(string), typeof(string), typeof(string), null, null),
        Problem.Forbidden(""), cancel);

    private async Task<Result<object>> ChangeAsync(
        Actor actor, UseCase useCase, Scope reach, object request, CancellationToken cancel)
    {
        Result<object> answer;
        using (await _gate.EnterAsync(cancel))
        await using (var scope = _services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            var act = new Act(actor, useCase, reach, db, _clock, _ids);
            try
            {
                answer = await HandleAsync(scope.ServiceProvider, useCase, request, act, cancel);
                if (answer.IsDone)
                {
                    await db.SaveChangesAsync(cancel);
                    await WorkItem.StoreAsync(db, act.Work, cancel);
                    await using var entry = await _trace.WriteAsync(db, act, outcome: "done", cancel);
                    await transaction.CommitAsync(cancel);
                    entry.Commit();
                    return answer;
                }
            }
            catch (DbUpdateException fault) when (fault.IsConflict())
            {
                answer = Problem.Conflict(
                    "changed-meanwhile", "Somebody changed this while you were at it. Nothing of yours was stored.",
                    "Look at it as it is now, then try again.");
            }
            await transaction.RollbackAsync(CancellationToken.None);
        }
        await TraceRefusalAsync(actor, useCase, answer.Problem, cancel);
        return answer;
    }

    /// <summary>Reads outside the gate; the trace is durable before anything is shown.</summary>
    private async Task<Result<object>> LookAsync(
        Actor actor, UseCase useCase, Scope reach, object request, CancellationToken cancel)
    {
        await using var scope = _services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        var act = new Act(actor, useCase, reach, db, _clock, _ids);
        var answer = await HandleAsync(scope.ServiceProvider, useCase, request, act, cancel);
        if (!answer.IsDone)
        {
            await TraceRefusalAsync(actor, useCase, answer.Problem, cancel);
            return answer;
        }
        Ensure.That(!db.ChangeTracker.HasChanges());
        await TraceAloneAsync(db, act, "done", cancel);
        return answer;
    }

    private async Task TraceRefusalAsync(Actor actor, UseCase useCase, Problem problem, CancellationToken cancel)
    {
        await using var scope = _services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
        await TraceAloneAsync(db, new Act(actor, useCase, Scope.Assigned, db, _clock, _ids), problem.Code, cancel);
    }

    private async Task TraceAloneAsync(HomewardDb db, Act act, string outcome, CancellationToken cancel)
    {
        using (await _gate.EnterAsync(cancel))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            await using var entry = await _trace.WriteAsync(db, act, outcome, cancel);
            await transaction.CommitAsync(cancel);
            entry.Commit();
        }
    }

    private static async Task<Result<object>> HandleAsync(
        IServiceProvider services, UseCase useCase, object request, Act act, CancellationToken cancel)
    {
        var caller = HandlerCall.For(useCase);
        return await caller.CallAsync(services.GetRequiredService(useCase.Handler), request, act, cancel);
    }
}
