using System.Collections.Frozen;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Foundations.Access;

/// <summary>Where every request is handed in: by pages, by the API, by scripted people and by the house itself.</summary>
/// <remarks>
/// Permission, handler, trace and what is to follow happen in one transaction: no trace, no action. A refusal is traced
/// too. Safe for use from many threads.
/// </remarks>
public sealed class Desk
{
    /// <summary>Two imports of one folder meet at each batch; more than a few in turn at one do not.</summary>
    private const int RepeatsMax = 5;

    private readonly AuthorizationTable _table;
    private readonly StageSwitch _switch;
    private readonly ActRunner _runner;
    private readonly FrozenDictionary<Type, UseCase> _useCases;

    public Desk(IEnumerable<IStage> stages, AuthorizationTable table, StageSwitch stageSwitch, ActRunner runner)
    {
        (_table, _switch, _runner) = (table, stageSwitch, runner);
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
        if (RequestCheck.Faults(request, isLook: useCase.Kind == UseCaseKind.Look) is { } faults) return faults;
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
        await _runner.TraceRefusalAsync(actor, useCase, refusal.Code, cancel);
        return refusal;
    }

    /// <summary>Traces that somebody asked for a page that is not for the role.</summary>
    public Task RefusePageAsync(Actor actor, string action, CancellationToken cancel) => _runner.TraceRefusalAsync(
        actor, new UseCase(action, UseCaseKind.Look, typeof(string), typeof(string), typeof(string), null, null),
        Problem.Forbidden("").Code, cancel);

    private Task<Result<object>> LookAsync(Actor actor, UseCase useCase, Scope reach, object request, CancellationToken cancel) =>
        _runner.LookAsync(
            actor, useCase, reach, (services, act) => HandleAsync(services, useCase, request, act, cancel),
            answer => answer.IsDone ? null : answer.Problem.Code, cancel);

    private async Task<Result<object>> ChangeAsync(Actor actor, UseCase useCase, Scope reach, object request, CancellationToken cancel)
    {
        request = await _runner.GatherAsync(useCase, request, cancel);
        Result<object> answer;
        for (var left = request is IRepeatable ? RepeatsMax : 0; ; left--)
        {
            try
            {
                answer = await _runner.ChangeAsync(
                    actor, useCase, reach, (services, act) => HandleAsync(services, useCase, request, act, cancel),
                    answer => answer.IsDone, cancel);
                break;
            }
            catch (Exception fault) when (fault.IsConflict())
            {
                if (left > 0) continue;
                answer = Problem.Conflict(
                    "changed-meanwhile", "Somebody changed this while you were at it. Nothing of yours was stored.",
                    "Look at it as it is now, then try again.");
                break;
            }
        }
        if (!answer.IsDone) await _runner.TraceRefusalAsync(actor, useCase, answer.Problem.Code, cancel);
        return answer;
    }

    private static Task<Result<object>> HandleAsync(
        IServiceProvider services, UseCase useCase, object request, Act act, CancellationToken cancel) =>
        HandlerCall.For(useCase).CallAsync(services.GetRequiredService(useCase.Handler), request, act, cancel);
}

/// <summary>A request that says what came in, and nothing of what stands: when another stored the same first, it is done again, as if it had come after.</summary>
public interface IRepeatable;
