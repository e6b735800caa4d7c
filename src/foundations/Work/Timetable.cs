using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Homeward.Foundations.Work;

/// <summary>Runs schedules on the house's clock. Each turn is claimed in the database, so that one node runs it.</summary>
public sealed class Timetable(
    IServiceProvider services, HouseClock clock, ActRunner runner, ILogger<Timetable> log)
{
    private static readonly UseCase _useCase =
        new("house.schedule", UseCaseKind.Change, typeof(Timetable), typeof(Done), typeof(Timetable), null, null);

    /// <summary>Runs each schedule whose turn has come, once, however many turns were missed meanwhile.</summary>
    /// <remarks>One that fails is logged, keeps its turn for the next time, and holds up no other.</remarks>
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
        foreach (var name in due)
        {
            try
            {
                await RunAsync(name, cancel);
            }
            catch (Exception fault) when (fault is not OperationCanceledException && StorageFaults.Of(fault) is null)
            {
                log.LogError(fault, "Schedule {Name} failed and keeps its turn", name);
            }
        }
    }

    private Task RunAsync(string name, CancellationToken cancel) => runner.ChangeAsync(
        Actor.House, _useCase, Scope.Nation,
        async (scope, act) =>
        {
            var schedule = scope.GetServices<ISchedule>().Single(one => one.Name == name);
            var next = act.Now + schedule.Every;
            // The first node to see a schedule enters it; another that comes at the same moment waits here and finds it.
            await act.Db.Database.ExecuteSqlAsync(
                $"INSERT INTO schedules (name, next_at) VALUES ({name}, {act.Db.Stored(act.Now)}) ON CONFLICT (name) DO NOTHING", cancel);
            var claimed = await act.Db.Set<ScheduleTurn>().Where(turn => turn.Name == name && turn.NextAt <= act.Now)
                .ExecuteUpdateAsync(set => set.SetProperty(turn => turn.NextAt, next), cancel);
            if (claimed == 0) return false;
            var turn = await schedule.RunAsync(act, cancel);
            await ManyNotices.GatherAsync(act, cancel);
            // Between two turns whatever else is due has its own: however many wait, nothing waits for all of them.
            if (turn == Turn.MoreWaits)
                await act.Db.Set<ScheduleTurn>().Where(row => row.Name == name).ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAt, act.Now), cancel);
            return true;
        },
        claimed => claimed, cancel,
        // A turn in which nothing happened leaves no entry: the trace is of acts.
        tracesEmpty: false);
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
