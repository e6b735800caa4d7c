using System.Collections.Frozen;
using System.Text.Json;
using Homeward.Foundations.Access;
using Homeward.Foundations.Audit;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Homeward.Foundations.Work;

/// <summary>Delivers what acts left behind: each item in one transaction with its mark, so that its effect happens once.</summary>
/// <remarks>
/// On PostgreSQL several nodes pull side by side (<c>FOR UPDATE SKIP LOCKED</c>): the row lock is the lease, and a node
/// that dies gives it back. An item that fails is tried again later, each time after a longer wait, and is never dropped.
/// </remarks>
public sealed class Courier(
    IServiceProvider services, IEnumerable<Listening> listenings, HouseClock clock, IIdSource ids, WriteGate gate,
    TraceBook trace, StageSwitch stages, ILogger<Courier> log)
{
    private const int BatchMax = 200;
    private static readonly UseCase _useCase =
        new("house.deliver", UseCaseKind.Change, typeof(WorkItem), typeof(Done), typeof(Courier), null, null);

    private readonly FrozenDictionary<string, Listening[]> _listeners =
        listenings.GroupBy(one => one.Kind).ToFrozenDictionary(group => group.Key, group => group.ToArray());

    /// <summary>Delivers all that is due at the house's time, and what those deliveries leave in turn.</summary>
    /// <returns>How many items were done.</returns>
    public async Task<int> DeliverDueAsync(CancellationToken cancel)
    {
        var done = 0;
        while (true)
        {
            var due = await FindDueAsync(cancel);
            var progress = 0;
            foreach (var id in due) progress += await DeliverAsync(id, cancel) ? 1 : 0;
            done += progress;
            // What is left failed or is held by another node: the next round will see to it.
            if (progress == 0) return done;
        }
    }

    private async Task<List<Guid>> FindDueAsync(CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
        var now = clock.GetUtcNow();
        var due = db.Set<WorkRow>().AsNoTracking().Where(row => row.DoneAt == null && row.DueAt <= now);
        // Left out here and not only when it is opened: a whole batch of it would hide what others are waiting for.
        var held = _listeners.Where(kind => kind.Value.Any(one => stages.IsClosed(one.Stage))).Select(kind => kind.Key).ToList();
        if (held.Count > 0) due = due.Where(row => !held.Contains(row.Kind));
        return await due.OrderBy(row => row.DueAt).ThenBy(row => row.Id).Select(row => row.Id).Take(BatchMax).ToListAsync(cancel);
    }

    private async Task<bool> DeliverAsync(Guid id, CancellationToken cancel)
    {
        try
        {
            using (await gate.EnterAsync(cancel))
            await using (var scope = services.CreateAsyncScope())
            {
                var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
                await using var transaction = await db.Database.BeginTransactionAsync(cancel);
                var row = await LockAsync(db, id, cancel);
                if (row is null) return false;
                var act = new Act(Actor.House, _useCase, Scope.Nation, db, clock, ids);
                var listeners = _listeners.GetValueOrDefault(row.Kind, []);
                if (listeners.Any(one => stages.IsClosed(one.Stage))) return false;
                foreach (var listener in listeners)
                    await listener.HearAsync(scope.ServiceProvider, row.Payload, act, cancel);
                row.DoneAt = act.Now;
                act.Trace("work", row.Id, $"kind={row.Kind}");
                await db.SaveChangesAsync(cancel);
                await WorkItem.StoreAsync(db, act.Work, cancel);
                await using var entry = await trace.WriteAsync(db, act, "done", cancel);
                await transaction.CommitAsync(cancel);
                entry.Commit();
                return true;
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "Work {Id} failed and will be tried again", id);
            await PutOffAsync(id, fault, cancel);
            return false;
        }
    }

    private static async Task<WorkRow?> LockAsync(HomewardDb db, Guid id, CancellationToken cancel) =>
        db.IsSqlite
            ? await db.Set<WorkRow>().SingleOrDefaultAsync(row => row.Id == id && row.DoneAt == null, cancel)
            : await db.Set<WorkRow>()
                .FromSql($"SELECT * FROM work WHERE id = {id} AND done_at IS NULL FOR UPDATE SKIP LOCKED").SingleOrDefaultAsync(cancel);

    private async Task PutOffAsync(Guid id, Exception fault, CancellationToken cancel)
    {
        using (await gate.EnterAsync(cancel))
        await using (var scope = services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
            var row = await db.Set<WorkRow>().SingleAsync(item => item.Id == id, cancel);
            row.Attempts++;
            row.LastFault = fault.GetType().Name;
            row.DueAt = clock.GetUtcNow() + TimeSpan.FromMinutes(Math.Min(60, Math.Pow(2, row.Attempts)));
            await db.SaveChangesAsync(cancel);
        }
    }
}

/// <summary>One listener as its stage registered it.</summary>
public sealed record Listening(string Stage, string Kind, Func<IServiceProvider, string, Act, CancellationToken, Task> HearAsync);

/// <summary>How a stage registers what it hears and what it does on a schedule.</summary>
public static class WorkRegistration
{
    public static IServiceCollection AddListener<TEvent, TListener>(this IServiceCollection services, string stage)
        where TListener : class, IListen<TEvent>
    {
        services.AddScoped<TListener>();
        services.AddSingleton(new Listening(stage, WorkItem.KindOf(typeof(TEvent)), async (scope, payload, act, cancel) =>
        {
            var happened = JsonSerializer.Deserialize<TEvent>(payload, WorkItem.Json);
            Ensure.That(happened is not null);
            await scope.GetRequiredService<TListener>().HearAsync(happened, act, cancel);
        }));
        return services;
    }

    public static IServiceCollection AddSchedule<TSchedule>(this IServiceCollection services) where TSchedule : class, ISchedule =>
        services.AddScoped<ISchedule, TSchedule>();
}
