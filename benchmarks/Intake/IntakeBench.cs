using System.Globalization;
using Npgsql;

namespace Homeward.Bench.Intake;

/// <summary>How many reports a second the line takes durably, beside a bare receiver and beside the house itself, both with a transaction for each report. All fully validate.</summary>
internal static class IntakeBench
{
    private static readonly int[] _connections = [64, 256];

    /// <param name="scale">Of the bulk part: 1 is 400,000 reports into each database.</param>
    public static async IAsyncEnumerable<BenchLine> RunAsync(double scale, bool bulkOnly, bool liveOnly)
    {
        if (!liveOnly)
            await foreach (var line in BulkBench.RunAsync(scale)) yield return line;
        if (bulkOnly) yield break;
        var folder = Directory.CreateTempSubdirectory("homeward-intake-").FullName;
        try
        {
            await using var server = await PostgresServer.StartInUseAsync(Console.Error.WriteLine);
            if (server is not null)
            {
                foreach (var connections in _connections)
                    await foreach (var line in PostgresAsync(folder, server, connections)) yield return line;
                if (!liveOnly)
                    await foreach (var line in VisibleBench.RunAsync(folder, await FreshAsync(server, "visible"))) yield return line;
            }
            foreach (var connections in _connections)
            {
                await using var embedded = new ServedHouse(folder, Path.Combine(folder, $"house-{connections}.db"));
                await embedded.StartAsync();
                var alone = Told("house, embedded", await LiveLoad.RunAsync(embedded.Address, connections, embedded.ProcessId, server: null));
                yield return BenchLine.More("intake.live.sqlite.rate" + Suffix(connections), alone.PerSecond, "reports/s", "goal of the issue", 15_000);
                yield return BenchLine.Less("intake.live.sqlite.p99" + Suffix(connections), alone.P99, "ms", "goal of the issue for PostgreSQL at 64 connections", 15);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async IAsyncEnumerable<BenchLine> PostgresAsync(string folder, PostgresServer server, int connections)
    {
        var plain = await ReceiverAsync(NaiveReceiver.Kind, "a bare receiver, a transaction each");
        var oneEach = await ReceiverAsync(OneEachHouse.Kind, "house, a transaction each");
        LiveLoad.Measured ours;
        var database = await FreshAsync(server, "house");
        await using (var house = new ServedHouse(folder, database))
        {
            await house.StartAsync();
            ours = Told("house", await LiveLoad.RunAsync(house.Address, connections, house.ProcessId, server.ProcessId));
        }
        var suffix = Suffix(connections);
        var what = string.Create(CultureInfo.InvariantCulture, $"a bare receiver with a transaction for each report, at {connections} connections");
        yield return BenchLine.More("intake.live.postgres.rate" + suffix, ours.PerSecond, "reports/s", what, plain.PerSecond);
        yield return BenchLine.Less("intake.live.postgres.p99" + suffix, ours.P99, "ms", what, plain.P99);
        yield return BenchLine.More("intake.live.postgres.gathered" + suffix, ours.PerSecond, "reports/s",
            string.Create(CultureInfo.InvariantCulture, $"the house itself with a transaction for each report, at {connections} connections"), oneEach.PerSecond);
        // Both processors are shared with the senders: what is left when those are taken off holds on a machine of any size.
        if (server.ProcessId is not null)
            yield return BenchLine.Less("intake.live.postgres.cpu" + suffix, ours.Receiver + ours.Database, "us/report", what, plain.Receiver + plain.Database);

        async Task<LiveLoad.Measured> ReceiverAsync(string kind, string told)
        {
            await using var receiver = await ReceiverProcess.StartAsync(kind, await FreshAsync(server, kind), folder);
            return Told(told, await LiveLoad.RunAsync(receiver.Address, connections, receiver.ProcessId, server.ProcessId));
        }
    }

    private static string Suffix(int connections) => connections == 64 ? "" : string.Create(CultureInfo.InvariantCulture, $".{connections}");

    private static LiveLoad.Measured Told(string who, LiveLoad.Measured one)
    {
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{who}: {one.PerSecond:F0}/s, p50 {one.P50:F1} ms, p99 {one.P99:F1} ms; processor for each report: receiver {one.Receiver:F0} us, database {one.Database:F0} us, sender {one.Client:F0} us"));
        return one;
    }

    public static async Task<string> FreshAsync(PostgresServer server, string name)
    {
        await using var source = NpgsqlDataSource.Create(server.Connection);
        await using (var drop = source.CreateCommand($"DROP DATABASE IF EXISTS \"bench_{name}\" WITH (FORCE)")) await drop.ExecuteNonQueryAsync();
        await using (var create = source.CreateCommand($"CREATE DATABASE \"bench_{name}\"")) await create.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(server.Connection) { Database = "bench_" + name }.ConnectionString;
    }
}
