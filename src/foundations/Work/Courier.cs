using System.Collections.Frozen;
using System.Text.Json;
using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Homeward.Foundations.Work;

/// <summary>Delivers what acts left behind: each item in one transaction with its mark, so that its effect happens once.</summary>
/// <remarks>
/// On PostgreSQL several nodes pull side by side (<c>FOR UPDATE SKIP LOCKED</c>): the row lock is the lease, and a node
/// that dies gives it back. Items go in small batches, one transaction each; when one item fails its batch is undone and
/// delivered item by item, so that only what fails waits. It is tried again later, each time after a longer wait, and is
/// never dropped.
/// </remarks>
public sealed class Courier(
    IServiceProvider services, IEnumerable<Listening> listenings, HouseClock clock, ActRunner runner, WriteGate gate,
    StageSwitch stages, ILogger<Courier> log)
{
    private const int DueMax = 200;
    /// <summary>So many that the commit weighs little, so few that a page waits for the writer no longer than it would notice.</summary>
    private const int BatchMax = 20;
    private static readonly UseCase _useCase =
        new("house.deliver", UseCaseKind.Change, typeof(WorkItem), typeof(Done), typeof(Courier), null, null);

    private readonly FrozenDictionary<string, Listening[]> _listeners =
        listenings.GroupBy(one => one.Kind).ToFrozenDictionary(group => group.Key, group => group.ToArray());
    private readonly FrozenSet<string> _prepared = listenings.Where(one => one.PrepareAsync is not null).Select(one => one.Kind).ToFrozenSet();

    /// <summary>Delivers all that is due at the house's time, and what those deliveries leave in turn.</summary>
    /// <returns>How many items were done.</returns>
    public Task<int> DeliverDueAsync(CancellationToken cancel) =>
        DeliverAllAsync((rows, now) => rows.Where(row => row.DueAt <= now), int.MaxValue, cancel);

    /// <summary>Delivers what was left for later of one kind, and nothing that is due already: for a sender that sees to its own.</summary>
    /// <param name="within">What is due later still stays. So does what failed before: it keeps its wait.</param>
    /// <param name="most">So many of them, those first that were left first.</param>
    /// <returns>How many items were done.</returns>
    public Task<int> DeliverAheadAsync<TWork>(TimeSpan within, CancellationToken cancel, int most = int.MaxValue)
    {
        var kind = WorkItem.KindOf(typeof(TWork));
        return DeliverAllAsync(
            (rows, now) => rows.Where(row => row.Kind == kind && row.Attempts == 0 && row.DueAt > now && row.DueAt <= now + within), most, cancel);
    }

    /// <summary>Lets who will hear of it work out beforehand what takes long (<see cref="IWorkAhead{TEvent}"/>): for a sender that sees to its own.</summary>
    public async Task WorkAheadAsync<TWork>(TWork work, CancellationToken cancel)
        where TWork : notnull
    {
        try
        {
            await using var scope = services.CreateAsyncScope();
            foreach (var listener in _listeners.GetValueOrDefault(WorkItem.KindOf(typeof(TWork)), []))
                if (listener.WorkAheadAsync is { } workAhead && !stages.IsClosed(listener.Stage)) await workAhead(scope.ServiceProvider, work, cancel);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogWarning(fault, "Nothing was worked out ahead of {Kind}: its act does all by itself", WorkItem.KindOf(typeof(TWork)));
        }
    }

    private async Task<int> DeliverAllAsync(Func<IQueryable<WorkRow>, DateTimeOffset, IQueryable<WorkRow>> which, int most, CancellationToken cancel)
    {
        var done = 0;
        while (true)
        {
            var due = await FindAsync(which, most - done, cancel);
            var progress = 0;
            foreach (var batch in due.Where(item => !_prepared.Contains(item.Kind)).Select(item => item.Id).Chunk(BatchMax))
                progress += await DeliverAsync(batch, cancel);
            foreach (var (id, _) in due.Where(item => _prepared.Contains(item.Kind)))
                if (await PrepareAsync(id, cancel)) progress += await DeliverAsync([id], cancel);
            done += progress;
            // What is left failed or is held by another node: the next round will see to it.
            if (progress == 0 || done >= most) return done;
        }
    }

    private async Task<List<(Guid Id, string Kind)>> FindAsync(Func<IQueryable<WorkRow>, DateTimeOffset, IQueryable<WorkRow>> which, int most, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
        var due = which(db.Set<WorkRow>().AsNoTracking().Where(row => row.DoneAt == null), clock.GetUtcNow());
        // Left out here and not only when it is opened: a whole batch of it would hide what others are waiting for.
        var held = _listeners.Where(kind => kind.Value.Any(one => stages.IsClosed(one.Stage) || one.MustWait?.Invoke(scope.ServiceProvider) == true)).Select(kind => kind.Key).ToList();
        if (held.Count > 0) due = due.Where(row => !held.Contains(row.Kind));
        var found = await due.OrderBy(row => row.DueAt).ThenBy(row => row.Id).Select(row => new { row.Id, row.Kind }).Take(Math.Min(DueMax, most)).ToListAsync(cancel);
        return found.ConvertAll(row => (row.Id, row.Kind));
    }

    /// <summary>What must be done before an item's transaction. Where it cannot be, the item waits as one that failed.</summary>
    private async Task<bool> PrepareAsync(Guid id, CancellationToken cancel)
    {
        try
        {
            await using var scope = services.CreateAsyncScope();
            var item = await scope.ServiceProvider.GetRequiredService<HomewardDb>().Set<WorkRow>().AsNoTracking()
                .SingleAsync(row => row.Id == id, cancel);
            foreach (var listener in _listeners[item.Kind])
                if (listener.PrepareAsync is { } prepare) await prepare(scope.ServiceProvider, item.Payload, cancel);
            return true;
        }
        // Also what nobody is to blame for: that somebody is at the database is no sign that nothing can be stored.
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogWarning(fault, "Work {Id} could not be prepared and will be tried again", id);
            await PutOffAsync(id, fault, cancel);
            return false;
        }
    }

    /// <returns>How many of them were done.</returns>
    private async Task<int> DeliverAsync(Guid[] batch, CancellationToken cancel)
    {
        try
        {
            return await runner.ChangeAsync(
                Actor.House, _useCase, Scope.Nation, (scope, act) => HearAsync(scope, batch, act, cancel), done => done > 0, cancel);
        }
        // That nothing can be stored is no fault of the items: they keep their turn, and the clockwork comes again.
        catch (Exception fault) when (fault is not OperationCanceledException && StorageFaults.Of(fault) is null)
        {
            if (batch.Length > 1)
            {
                var done = 0;
                foreach (var id in batch) done += await DeliverAsync([id], cancel);
                return done;
            }
            log.LogError(fault, "Work {Id} failed and will be tried again", batch[0]);
            await PutOffAsync(batch[0], fault, cancel);
            return 0;
        }
    }

    private async Task<int> HearAsync(IServiceProvider scope, Guid[] batch, Act act, CancellationToken cancel)
    {
        var db = act.Db;
        var done = new List<Guid>();
        foreach (var item in await LockAsync(db, batch, cancel))
        {
            var listeners = _listeners.GetValueOrDefault(item.Kind, []);
            if (listeners.Any(one => stages.IsClosed(one.Stage))) continue;
            foreach (var listener in listeners) await listener.HearAsync(scope, item.Payload, act, cancel);
            act.Trace("work", item.Id, $"kind={item.Kind}");
            await db.SaveChangesAsync(cancel);
            // The next listener finds the rows as they are stored, as it would in a transaction of its own.
            db.ChangeTracker.Clear();
            done.Add(item.Id);
        }
        await db.Set<WorkRow>().Where(row => done.Contains(row.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.DoneAt, act.Now), cancel);
        return done.Count;
    }

    /// <summary>Those of the batch that are still to be done and that no other node holds, in the batch's order.</summary>
    private static async Task<IReadOnlyList<WorkRow>> LockAsync(HomewardDb db, Guid[] batch, CancellationToken cancel)
    {
        var rows = db.IsSqlite
            ? db.Set<WorkRow>().Where(row => batch.Contains(row.Id) && row.DoneAt == null)
            : db.Set<WorkRow>().FromSql($"SELECT * FROM work WHERE id = ANY ({batch}) AND done_at IS NULL FOR UPDATE SKIP LOCKED");
        var found = await rows.AsNoTracking().ToDictionaryAsync(row => row.Id, cancel);
        return [.. batch.Where(found.ContainsKey).Select(id => found[id])];
    }

    private async Task PutOffAsync(Guid id, Exception fault, CancellationToken cancel)
    {
        await using (var pass = await gate.EnterAsync(cancel))
        {
            var db = pass.Db;
            var row = await db.Set<WorkRow>().SingleAsync(item => item.Id == id, cancel);
            row.Attempts++;
            row.LastFault = fault.GetType().Name;
            row.DueAt = clock.GetUtcNow() + TimeSpan.FromMinutes(Math.Min(60, Math.Pow(2, row.Attempts)));
            await db.SaveChangesAsync(cancel);
        }
    }
}

/// <summary>One listener as its stage registered it.</summary>
public sealed record Listening(string Stage, string Kind, Func<IServiceProvider, string, Act, CancellationToken, Task> HearAsync)
{
    /// <summary>What it does before the transaction; null when nothing.</summary>
    public Func<IServiceProvider, string, CancellationToken, Task>? PrepareAsync { get; init; }

    /// <summary>Whether what it needs is still being made ready; null when it needs nothing.</summary>
    public Func<IServiceProvider, bool>? MustWait { get; init; }

    /// <summary>What it can do ahead of its turn; null when nothing.</summary>
    public Func<IServiceProvider, object, CancellationToken, Task>? WorkAheadAsync { get; init; }
}

/// <summary>How a stage registers what it hears and what it does on a schedule.</summary>
public static class WorkRegistration
{
    public static IServiceCollection AddListener<TEvent, TListener>(this IServiceCollection services, string stage)
        where TListener : class, IListen<TEvent>
    {
        services.AddScoped<TListener>();
        services.AddSingleton(new Listening(stage, WorkItem.KindOf(typeof(TEvent)), async (scope, payload, act, cancel) =>
        {
            await scope.GetRequiredService<TListener>().HearAsync(Read<TEvent>(payload), act, cancel);
        })
        {
            PrepareAsync = typeof(TListener).IsAssignableTo(typeof(IPrepare<TEvent>))
                ? (scope, payload, cancel) => ((IPrepare<TEvent>)(object)scope.GetRequiredService<TListener>()).PrepareAsync(Read<TEvent>(payload), cancel)
                : null,
            MustWait = typeof(TListener).IsAssignableTo(typeof(IWaitForMemory<TEvent>))
                ? scope => ((IWaitForMemory<TEvent>)(object)scope.GetRequiredService<TListener>()).MustWait
                : null,
            WorkAheadAsync = typeof(TListener).IsAssignableTo(typeof(IWorkAhead<TEvent>))
                ? (scope, work, cancel) => ((IWorkAhead<TEvent>)(object)scope.GetRequiredService<TListener>()).WorkAheadAsync(
                    (TEvent)work, scope.GetRequiredService<HomewardDb>(), cancel)
                : null,
        });
        return services;
    }

    private static TEvent Read<TEvent>(string payload)
    {
        var happened = JsonSerializer.Deserialize<TEvent>(payload, WorkItem.Json);
        Ensure.That(happened is not null);
        return happened;
    }

    public static IServiceCollection AddSchedule<TSchedule>(this IServiceCollection services) where TSchedule : class, ISchedule =>
        services.AddScoped<ISchedule, TSchedule>();
}
