using System.Collections.Concurrent;
using System.Diagnostics;
using Dapper;
using Homeward.Kernel;
using Npgsql;

namespace Homeward.Bench.Intake;

/// <summary>How long after the provider has its answer a report stands in the queue: alone, and while a bulk import fills the same house.</summary>
internal static class VisibleBench
{
    private const int PerSecond = 100;
    private const int BulkReports = 250_000;
    private const string Goal = "goal of the issue";
    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan _measured = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan _lookedEvery = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    public static async IAsyncEnumerable<BenchLine> RunAsync(string folder, string database)
    {
        await using var house = new ServedHouse(folder, database);
        await house.StartAsync();
        yield return BenchLine.Less("intake.visible.p99", await P99Async(house.Address, database), "ms", Goal, 1_000);

        var tar = Path.Combine(folder, "visible.tar");
        new ReportMaker().WriteTar(tar, 0, BulkReports);
        using var bulk = house.Start("import", "reports", tar, "--database", database, "--json");
        // What it says must be taken from it.
        _ = bulk.StandardError.ReadToEndAsync();
        _ = bulk.StandardOutput.ReadToEndAsync();
        var beside = await P99Async(house.Address, database);
        if (bulk.HasExited) throw new InvalidOperationException("the import was over before the measurement was: raise its reports");
        bulk.Kill();
        await bulk.WaitForExitAsync();
        yield return BenchLine.Less("intake.visible.bulk.p99", beside, "ms", Goal, 1_000);
    }

    /// <summary>Reports are sent at their times, whatever becomes of those before them: what waits, waits with all that came after it.</summary>
    private static async Task<double> P99Async(Uri house, string database)
    {
        var (waiting, times) = (new ConcurrentDictionary<string, (long Answered, bool Counts)>(StringComparer.Ordinal), new List<double>());
        var lines = new ConcurrentBag<LineConnection>();
        var started = Stopwatch.GetTimestamp();
        using var sent = new CancellationTokenSource();
        var watching = Task.Run(() => WatchAsync(database, waiting, times, sent.Token));
        var sending = new List<Task>();
        for (var index = 0; Stopwatch.GetElapsedTime(started) < _warmUp + _measured; index++)
        {
            var due = TimeSpan.FromSeconds((double)index / PerSecond) - Stopwatch.GetElapsedTime(started);
            if (due > TimeSpan.Zero) await Task.Delay(due);
            var (platform, counts) = ($"Platform {index % 40}", Stopwatch.GetElapsedTime(started) > _warmUp);
            sending.Add(Task.Run(async () =>
            {
                if (!lines.TryTake(out var line)) line = await LineConnection.OpenAsync(house);
                var number = (await line.AskAsync(LineConnection.Submit(platform))).Of("reportId");
                var answer = await line.AskAsync(LineConnection.End("finish", number));
                if (!answer.IsSuccess) throw new InvalidOperationException($"refused: {answer.Status} {answer.Xml}");
                waiting[number] = (Stopwatch.GetTimestamp(), counts);
                lines.Add(line);
            }));
        }
        await Task.WhenAll(sending);
        await sent.CancelAsync();
        await watching;
        foreach (var line in lines) line.Dispose();
        times.Sort();
        return times.At(0.99);
    }

    /// <summary>Looks for the answered ones until all that was sent is there.</summary>
    private static async Task WatchAsync(
        string database, ConcurrentDictionary<string, (long Answered, bool Counts)> waiting, List<double> times, CancellationToken sent)
    {
        await using var db = new NpgsqlConnection(database);
        var ended = 0L;
        while (!sent.IsCancellationRequested || !waiting.IsEmpty)
        {
            if (sent.IsCancellationRequested && ended == 0) ended = Stopwatch.GetTimestamp();
            if (ended != 0 && Stopwatch.GetElapsedTime(ended) > _patience) throw new InvalidOperationException($"{waiting.Count} reports did not come to stand in the queue");
            await Task.Delay(_lookedEvery, CancellationToken.None);
            var asked = waiting.Keys.ToArray();
            if (asked.Length == 0) continue;
            foreach (var number in await db.QueryAsync<string>("SELECT number FROM queue_items WHERE number = ANY (@asked) AND state = 'Waiting'", new { asked }))
            {
                Ensure.That(waiting.TryRemove(number, out var one));
                if (one.Counts) times.Add(Stopwatch.GetElapsedTime(one.Answered).TotalMilliseconds);
            }
        }
    }
}
