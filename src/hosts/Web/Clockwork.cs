using Homeward.Foundations.Audit;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Kernel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Homeward.Web;

/// <summary>What goes on by itself while serving: deliveries, schedules, checkpoints of the trace.</summary>
/// <remarks>While a scenario drives the clock it also drives these, so that a run can be repeated; then this one rests.</remarks>
internal sealed class Clockwork(
    HouseClock clock, Courier courier, Timetable timetable, Checkpoints checkpoints, IEnumerable<IMakeReady> memories, IServiceProvider services, StorageWatch watch, ILogger<Clockwork> log) : BackgroundService
{
    private static readonly TimeSpan _turn = TimeSpan.FromMilliseconds(250);
    private const int TurnsBetweenCheckpoints = 240;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Beside the deliveries: a report that claims danger waits for nothing that it does not need.
        var ready = clock.IsDriven ? Task.CompletedTask : Task.WhenAll(memories.Select(one => MakeReadyAsync(one, stoppingToken)));
        try
        {
            await TurnAsync(stoppingToken);
        }
        finally
        {
            // It reads from what is put away after this.
            await ready.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TurnAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_turn);
        for (var turn = 1; await timer.WaitForNextTickAsync(stoppingToken); turn++)
        {
            if (clock.IsDriven) continue;
            try
            {
                await courier.DeliverDueAsync(stoppingToken);
                await timetable.RunDueAsync(stoppingToken);
                if (turn % TurnsBetweenCheckpoints == 0) await checkpoints.SignAsync(stoppingToken);
            }
            catch (Exception fault) when (StorageFaults.Of(fault) is not null)
            {
                // Told once by the watch, and not at every turn: one comes when it can be stored again.
                watch.Failed(fault);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogError(fault, "A turn of the clockwork failed; the next one tries again");
            }
        }
    }

    /// <summary>Outside of any act: one that waited for it would hold up all who store something.</summary>
    private async Task MakeReadyAsync(IMakeReady memory, CancellationToken cancel)
    {
        try
        {
            await using var scope = services.CreateAsyncScope();
            await memory.MakeReadyAsync(scope.ServiceProvider.GetRequiredService<HomewardDb>(), cancel);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "What is held in memory was not made ready; who asks for it makes it");
        }
    }
}
