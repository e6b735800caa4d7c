using Homeward.Foundations.Access;
using Homeward.Foundations.Audit;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Foundations.Work;

/// <summary>Runs schedules on the house's clock. Each turn is claimed in the database, so that one node runs it.</summary>
public sealed class Timetable(
    IServiceProvider services, HouseClock clock, IIdSource ids, WriteGate gate, TraceBook trace)
{
    private static readonly UseCase _useCase =
        new("house.schedule", UseCaseKind.Change, typeof(Timetable), typeof(Done), typeof(Timetable), null, null);

    /// <summary>Runs each schedule whose turn has come, once, however many turns were missed meanwhile.</summary>
    public async Task RunDueAsync(CancellationToken cancel)
    {
        List<string> due;
        await using (var scope = services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
            var now = clock.GetUtcNow();
            var turns = await db.Set<ScheduleTurn>().AsNoTracking().ToDictionaryAsync(turn => turn.Name, cancel);
            due = [.. scope.ServiceProvider.GetServices<ISchedule>()
                .Where(schedule => !turns.TryGetValue(schedule.Name, out var turn) || turn.NextAt <= now)
                .Select(schedule => schedule.Name).Order(StringComparer.Ordinal)];
        }
        foreach (var name in due) await RunAsync(name, cancel);
    }

    private async Task RunAsync(string name, CancellationToken cancel)
    {
        using (await gate.EnterAsync(cancel))
        await using (var scope = services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
            var schedule = scope.ServiceProvider.GetServices<ISchedule>().Single(one => one.Name == name);
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            var act = new Act(Actor.House, _useCase, Scope.Nation, db, clock, ids);
            var next = act.Now + schedule.Every;
            var claimed = await db.Set<ScheduleTurn>().Where(turn => turn.Name == name && turn.NextAt <= act.Now)
                .ExecuteUpdateAsync(set => set.SetProperty(turn => turn.NextAt, next), cancel);
            if (claimed == 0)
            {
                if (await db.Set<ScheduleTurn>().AnyAsync(turn => turn.Name == name, cancel)) return;
                db.Add(new ScheduleTurn { Name = name, NextAt = next });
            }
            await schedule.RunAsync(act, cancel);
            await db.SaveChangesAsync(cancel);
            await WorkItem.StoreAsync(db, act.Work, cancel);
            // A turn in which nothing happened leaves no entry: the trace is of acts.
            if (act.Lines.Count == 0)
            {
                await transaction.CommitAsync(cancel);
                return;
            }
            await using var entry = await trace.WriteAsync(db, act, "done", cancel);
            await transaction.CommitAsync(cancel);
            entry.Commit();
        }
    }
}

/// <summary>When a schedule's next turn comes.</summary>
internal sealed class ScheduleTurn
{
    public required string Name { get; init; }
    public required DateTimeOffset NextAt { get; set; }
}

internal sealed class TimetableStorage : IStoragePart
{
    public void Shape(ModelBuilder model) => model.Entity<ScheduleTurn>(turn =>
    {
        turn.ToTable("schedules");
        turn.HasKey(row => row.Name);
    });
}
