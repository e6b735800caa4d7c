using System.Collections.Concurrent;
using System.Diagnostics;

namespace Homeward.Bench.Intake;

/// <summary>Clients that each send the next report when they hold the answer to the last.</summary>
internal static class LiveLoad
{
    /// <summary>
    /// So many reports and so long before anything is counted: until then a receiver, ours or the straightforward one,
    /// compiles itself, and on a busy machine the time alone says little of how far it has come.
    /// </summary>
    private const int WarmUpReports = 60_000;
    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _warmUpMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _measured = TimeSpan.FromSeconds(10);

    /// <param name="Receiver">Processor time for each report, in microseconds; <paramref name="Database"/> that of its server, <paramref name="Client"/> that of the senders.</param>
    public sealed record Measured(double PerSecond, double P50, double P99, double Receiver, double Database, double Client);

    /// <param name="receiver">The process that takes the reports.</param>
    /// <param name="server">That of the database; null where it is none of its own or not ours.</param>
    public static async Task<Measured> RunAsync(Uri house, int connections, int receiver, int? server)
    {
        var times = new ConcurrentBag<List<double>>();
        var (sent, counts, ends) = (0, false, false);
        var warm = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sending = Task.WhenAll(Enumerable.Range(0, connections).Select(index => Task.Run(async () =>
        {
            using var line = await LineConnection.OpenAsync(house);
            var mine = new List<double>(8192);
            var request = LineConnection.Submit($"Platform {index}");
            while (!Volatile.Read(ref ends))
            {
                var (isCounted, begun) = (Volatile.Read(ref counts), Stopwatch.GetTimestamp());
                var answer = await line.AskAsync(request);
                if (!answer.IsSuccess) throw new InvalidOperationException($"refused: {answer.Status} {answer.Xml}");
                if (isCounted) mine.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
                if (Interlocked.Increment(ref sent) == WarmUpReports) warm.TrySetResult();
            }
            times.Add(mine);
        })));
        await Task.WhenAny(sending, Task.WhenAll(Task.Delay(_warmUp), Task.WhenAny(warm.Task, Task.Delay(_warmUpMax))));
        var (before, started) = (Used(), Stopwatch.GetTimestamp());
        Volatile.Write(ref counts, true);
        await Task.WhenAny(sending, Task.Delay(_measured));
        Volatile.Write(ref ends, true);
        var (after, took) = (Used(), Stopwatch.GetElapsedTime(started));
        await sending;
        var all = times.SelectMany(one => one).Order().ToList();
        var used = after.Zip(before, (end, begin) => (end - begin).TotalMicroseconds / all.Count).ToList();
        return new(all.Count / took.TotalSeconds, all.At(0.5), all.At(0.99), used[0], used[1], used[2]);

        List<TimeSpan> Used() => [CpuTime.OfTree(receiver), server is { } id ? CpuTime.OfTree(id) : TimeSpan.Zero, Process.GetCurrentProcess().TotalProcessorTime];
    }
}
