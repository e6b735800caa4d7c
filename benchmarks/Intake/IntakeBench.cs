using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Homeward.Exchange.CyberTips.Xml;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Homeward.Bench.Intake;

/// <summary>How many reports a second the line takes durably, beside a receiver with a transaction for each report. Both fully validate.</summary>
internal static class IntakeBench
{
    /// <summary>Long: after ten seconds on a busy machine a third of the house's time still goes into compiling itself.</summary>
    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan _measured = TimeSpan.FromSeconds(10);
    private static readonly int[] _connections = [64, 256];

    private sealed record Measured(double PerSecond, double P99);

    /// <param name="scale">Of the bulk part: 1 is 150,000 reports into each database.</param>
    public static async IAsyncEnumerable<BenchLine> RunAsync(double scale, bool bulkOnly)
    {
        await foreach (var line in BulkBench.RunAsync(scale)) yield return line;
        if (bulkOnly) yield break;
        var folder = Directory.CreateTempSubdirectory("homeward-intake-").FullName;
        try
        {
            await using var server = await PostgresServer.StartAsync(Console.Error.WriteLine);
            if (server is not null)
            {
                await foreach (var line in PostgresAsync(folder, server)) yield return line;
                await foreach (var line in VisibleBench.RunAsync(folder, await FreshAsync(server, "visible"))) yield return line;
            }
            await using var embedded = new ServedHouse(folder, Path.Combine(folder, "house.db"));
            await embedded.StartAsync();
            var alone = await LoadAsync(embedded.Address, 64);
            yield return BenchLine.More("intake.live.sqlite.rate", alone.PerSecond, "reports/s", "goal of the issue", 15_000);
            yield return BenchLine.Less("intake.live.sqlite.p99", alone.P99, "ms", "goal of the issue for PostgreSQL", 15);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async IAsyncEnumerable<BenchLine> PostgresAsync(string folder, PostgresServer server)
    {
        foreach (var connections in _connections)
        {
            Measured plain, ours;
            await using (var naive = await NaiveReceiver.StartAsync(await FreshAsync(server, "naive"))) plain = await LoadAsync(naive.Address, connections);
            var database = await FreshAsync(server, "house");
            await using (var house = new ServedHouse(folder, database))
            {
                await house.StartAsync();
                ours = await LoadAsync(house.Address, connections);
            }
            var suffix = connections == 64 ? "" : string.Create(CultureInfo.InvariantCulture, $".{connections}");
            var what = string.Create(CultureInfo.InvariantCulture, $"a transaction for each report, at {connections} connections");
            yield return BenchLine.More("intake.live.postgres.rate" + suffix, ours.PerSecond, "reports/s", what, plain.PerSecond);
            yield return BenchLine.Less("intake.live.postgres.p99" + suffix, ours.P99, "ms", what, plain.P99);
        }
    }

    public static async Task<string> FreshAsync(PostgresServer server, string name)
    {
        await using var source = NpgsqlDataSource.Create(server.Connection);
        await using (var drop = source.CreateCommand($"DROP DATABASE IF EXISTS \"bench_{name}\" WITH (FORCE)")) await drop.ExecuteNonQueryAsync();
        await using (var create = source.CreateCommand($"CREATE DATABASE \"bench_{name}\"")) await create.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(server.Connection) { Database = "bench_" + name }.ConnectionString;
    }

    /// <summary>Each connection sends its next report when it holds the answer to the last.</summary>
    private static async Task<Measured> LoadAsync(Uri house, int connections)
    {
        var times = new ConcurrentBag<List<double>>();
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(index => Task.Run(async () =>
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
        var all = times.SelectMany(one => one).Order().ToList();
        return new(all.Count / _measured.TotalSeconds, all.At(0.99));
    }

    /// <summary>The straightforward way: validate, insert, commit, answer; a pool of connections.</summary>
    private sealed class NaiveReceiver(Process process, Uri address) : IAsyncDisposable
    {
        public Uri Address => address;

        public static async Task<NaiveReceiver> StartAsync(string database)
        {
            var address = new Uri($"http://127.0.0.1:{ServedHouse.FreePort()}");
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
            foreach (var word in new[] { Path.Combine(AppContext.BaseDirectory, "homeward-bench.dll"), "naive-receiver", database, address.GetLeftPart(UriPartial.Authority) }) start.ArgumentList.Add(word);
            var process = Process.Start(start)!;
            await process.StandardOutput.ReadLineAsync();
            return new(process, address);
        }

        public async ValueTask DisposeAsync()
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    /// <summary>Runs in a process of its own, as the house does.</summary>
    public static async Task<int> ReceiveNaivelyAsync(string database, string urls)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database) { MaxPoolSize = 100 }.ConnectionString);
        await using (var create = source.CreateCommand("CREATE TABLE received (number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL DEFAULT now(), sha256 text NOT NULL, body bytea NOT NULL)"))
            await create.ExecuteNonQueryAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(urls);
        await using var app = builder.Build();
        app.MapPost("/ispws/submit", async (HttpContext http) =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            var document = body.ToArray();
            if (CyberTipXml.Examine(document, isReport: true, TimeProvider.System.GetUtcNow()) is not { Verdict: Verdict.Valid, Broken.Count: 0 }) return Results.BadRequest();
            await using var insert = source.CreateCommand("INSERT INTO received (sha256, body) VALUES ($1, $2) RETURNING number");
            insert.Parameters.Add(new() { Value = Convert.ToHexStringLower(SHA256.HashData(document)) });
            insert.Parameters.Add(new() { Value = document });
            var number = (long)(await insert.ExecuteScalarAsync())!;
            var answer = System.Text.Encoding.UTF8.GetBytes($"<reportResponse><responseCode>0</responseCode><responseDescription>Success</responseDescription><reportId>{number}</reportId></reportResponse>");
            http.Response.ContentLength = answer.Length;
            return Results.Bytes(answer, "application/xml");
        });
        await app.StartAsync();
        Console.WriteLine("ready");
        await app.WaitForShutdownAsync();
        return 0;
    }
}
