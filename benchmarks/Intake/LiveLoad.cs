using System.Collections.Concurrent;
using System.Diagnostics;

namespace Homeward.Bench.Intake;

/// <summary>Clients that each send the next report when they hold the answer to the last.</summary>
internal static class LiveLoad
{
    /// <summary>Long: after ten seconds on a busy machine a third of the house's time still goes into compiling itself.</summary>
    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan _measured = TimeSpan.FromSeconds(10);

    /// <param name="Receiver">Processor time for each report, in microseconds; <paramref name="Database"/> that of its server, <paramref name="Client"/> that of the senders.</param>
    public sealed record Measured(double PerSecond, double P50, double P99, double Receiver, double Database, double Client);

    /// <param name="receiver">The process that takes the reports.</param>
    /// <param name="server">That of the database; null where it is none of its own or not ours.</param>
    public static async Task<Measured> RunAsync(Uri house, int connections, int receiver, int? server)
    {
        var times = new ConcurrentBag<List<double>>();
        var started = Stopwatch.GetTimestamp();
        var sending = Task.WhenAll(Enumerable.Range(0, connections).Select(index => Task.Run(async () =>
        {
            using var line = await LineConnection.OpenAsync(house);
            var mine = new List<double>(8192);
            var request = LineConnection.Submit($"Platform {index}");
            while (Stopwatch.GetElapsedTime(started) is var since && since < _warmUp + _measured)
            {
                var sent = Stopwatch.GetTimestamp();
                var answer = await line.AskAsync(request);
                if (!answer.IsSuccess) throw new InvalidOperationException($"refused: {answer.Status} {answer.Xml}");
                if (since > _warmUp) mine.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            }
            times.Add(mine);
        })));
        await Task.WhenAny(sending, Task.Delay(_warmUp));
        var before = Used();
        await sending;
        var after = Used();
        var all = times.SelectMany(one => one).Order().ToList();
        var used = after.Zip(before, (end, begin) => (end - begin).TotalMicroseconds / all.Count).ToList();
        return new(all.Count / _measured.TotalSeconds, all.At(0.5), all.At(0.99), used[0], used[1], used[2]);

        List<TimeSpan> Used() => [CpuTime.OfTree(receiver), server is { } id ? CpuTime.OfTree(id) : TimeSpan.Zero, Process.GetCurrentProcess().TotalProcessorTime];
    }
}
