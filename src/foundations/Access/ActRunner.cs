using Homeward.Foundations.Audit;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Foundations.Access;

/// <summary>Carries out acts: what an act stores, what is to follow and its trace stand or fall together.</summary>
/// <remarks>The desk, the courier and the timetable all write through here. Safe for use from many threads.</remarks>
public sealed class ActRunner(IServiceProvider services, HouseClock clock, IIdSource ids, WriteGate gate, TraceBook trace, StorageWatch watch)
{
    /// <summary>Does it in one transaction.</summary>
    /// <param name="does">What is done; it gets the services of the act's own scope.</param>
    /// <param name="stands">Whether the answer is one to store. If not, nothing is stored and nothing traced.</param>
    /// <param name="tracesEmpty">Whether an act that touched nothing leaves an entry all the same.</param>
    /// <exception cref="DbUpdateException">It could not be stored; nothing is.</exception>
    internal async Task<T> ChangeAsync<T>(
        Actor actor, UseCase useCase, Scope reach, Func<IServiceProvider, Act, Task<T>> does, Func<T, bool> stands,
        CancellationToken cancel, bool tracesEmpty = true)
    {
        try
        {
            return await ChangeOnceAsync(actor, useCase, reach, does, stands, tracesEmpty, cancel);
        }
        catch (Exception fault) when (watch.Failed(fault))
        {
            throw;
        }
    }

    /// <summary>What a use case gathers before its act, outside the gate.</summary>
    internal async Task<object> GatherAsync(UseCase useCase, object request, CancellationToken cancel)
    {
        var call = HandlerCall.For(useCase);
        if (!call.Gathers(useCase.Handler)) return request;
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return await call.GatherAsync(scope.ServiceProvider.GetRequiredService(useCase.Handler), request, db, clock.GetUtcNow(), cancel);
    }

    private async Task<T> ChangeOnceAsync<T>(
        Actor actor, UseCase useCase, Scope reach, Func<IServiceProvider, Act, Task<T>> does, Func<T, bool> stands, bool tracesEmpty, CancellationToken cancel)
    {
        await using var pass = await gate.EnterAsync(cancel);
        var db = pass.Db;
        // An act stands or falls whole: a savepoint at each store would be two statements for nothing.
        db.Database.AutoSavepointsEnabled = false;
        await using var transaction = await ActTransaction.BeginAsync(db, cancel);
        var act = new Act(actor, useCase, reach, db, clock, ids);
        var answer = await does(pass.Services, act);
        if (!stands(answer)) return answer;
        await db.SaveChangesAsync(cancel);
        await WorkItem.StoreAsync(db, act.Work, cancel);
        if (act.Lines.Count == 0 && !tracesEmpty)
        {
            await transaction.CommitAsync(cancel);
            act.Stands();
            watch.Stored();
            return answer;
        }
        await using var entry = await trace.WriteAsync(db, act, "done", cancel);
        await transaction.CommitAsync(cancel);
        act.Stands();
        entry.Commit();
        watch.Stored();
        return answer;
    }

    /// <summary>Reads outside the gate; the trace is durable before anything is shown.</summary>
    /// <param name="refusal">The code under which the trace keeps an answer that is a refusal; null when it is none.</param>
    internal async Task<T> LookAsync<T>(
        Actor actor, UseCase useCase, Scope reach, Func<IServiceProvider, Act, Task<T>> does, Func<T, string?> refusal, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        var act = new Act(actor, useCase, reach, db, clock, ids);
        var answer = await does(scope.ServiceProvider, act);
        Ensure.That(!db.ChangeTracker.HasChanges());
        // Of what was refused nothing was shown: the entry names no rows.
        if (refusal(answer) is { } code) await TraceRefusalAsync(actor, useCase, code, cancel);
        else await TraceAsync(_ => act, "done", cancel);
        return answer;
    }

    /// <summary>Keeps that something was refused, and why.</summary>
    internal Task TraceRefusalAsync(Actor actor, UseCase useCase, string code, CancellationToken cancel) =>
        TraceAsync(db => new Act(actor, useCase, Scope.Assigned, db, clock, ids), code, cancel);

    private async Task TraceAsync(Func<HomewardDb, Act> act, string outcome, CancellationToken cancel)
    {
        try
        {
            await using var pass = await gate.EnterAsync(cancel);
            await using var transaction = await ActTransaction.BeginAsync(pass.Db, cancel);
            await using var entry = await trace.WriteAsync(pass.Db, act(pass.Db), outcome, cancel);
            await transaction.CommitAsync(cancel);
            entry.Commit();
        }
        catch (Exception fault) when (watch.Failed(fault))
        {
            throw;
        }
        watch.Stored();
    }
}
