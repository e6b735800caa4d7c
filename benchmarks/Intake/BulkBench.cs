using System.Data.Common;
using System.Diagnostics;
using System.Text.Json;
using Dapper;
using Homeward.Foundations;
using Homeward.Foundations.Storage;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Review.Matching;
using Homeward.Web;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Homeward.Bench.Intake;

/// <summary>How many reports a second <c>homeward import reports</c> takes, with 30,000 children sought, beside the straightforward way.</summary>
/// <remarks>
/// A report counts when it is stored with its original, validated, linked, matched, ranked, in the queue and traced: the
/// command's own time runs from the first byte to the last delivery. Commits wait for the disk, on both databases.
/// </remarks>
internal static class BulkBench
{
    /// <summary>Sustained is what is asked for: of fewer the start would be much of what is measured.</summary>
    private const int Reports = 400_000;
    private const int PlainReports = 2_000;
    private const int Asked = 10_000;
    private const int Rounds = 6;
    private const string Plain = "XmlSerializer and EF Core, a save for each report";
    private const string Goal = "goal of the issue";

    /// <param name="Total">Of the whole database, in bytes.</param>
    private sealed record Taken(double PerSecond, double PeakMiB, int Count, double OriginalBytes, double Total, double Top1);

    public static async IAsyncEnumerable<BenchLine> RunAsync(double scale)
    {
        var folder = Directory.CreateTempSubdirectory("homeward-bulk-").FullName;
        try
        {
            var (maker, count) = (new ReportMaker(), (int)(Reports * scale));
            maker.WriteEntries(Path.Combine(folder, "entries.jsonl"));
            maker.WriteTar(Path.Combine(folder, "reports.tar"), 0, count);
            var few = Enumerable.Range(count, PlainReports).Select(maker.Xml).ToList();
            var file = new FileInfo(Path.Combine(folder, "reports.tar")).Length / (1024.0 * 1024);

            await using (var server = await PostgresServer.StartInUseAsync(Console.Error.WriteLine))
            {
                if (server is not null)
                {
                    var plain = await PlainBulk.RunAsync(isSqlite: false, await IntakeBench.FreshAsync(server, "plain"), few);
                    var database = await IntakeBench.FreshAsync(server, "bulk");
                    var ours = await TakeAsync(folder, database, maker);
                    yield return BenchLine.More("intake.bulk.postgres", ours.PerSecond, "1/s", Plain, plain);
                    yield return BenchLine.Less("intake.bulk.postgres.bytes", ours.Total / ours.Count, "bytes", "the whole database, a report; not set", ours.Total / ours.Count);
                }
            }
            var plainEmbedded = await PlainBulk.RunAsync(isSqlite: true, Path.Combine(folder, "plain.db"), few);
            var embedded = Path.Combine(folder, "house.db");
            var taken = await TakeAsync(folder, embedded, maker);
            yield return BenchLine.More("intake.bulk.sqlite", taken.PerSecond, "1/s", Plain, plainEmbedded);
            yield return BenchLine.Less("intake.bulk.bytes", taken.OriginalBytes / taken.Count, "bytes", Goal, 700);
            yield return BenchLine.Less("intake.bulk.sqlite.bytes", taken.Total / taken.Count, "bytes", "the whole database, a report; not set", taken.Total / taken.Count);
            yield return BenchLine.Less("intake.bulk.peakMiB", taken.PeakMiB, "MiB", "the file itself", file);
            yield return BenchLine.More("intake.bulk.match.top1", taken.Top1, "share", Goal, 0.99);
            yield return BenchLine.Less("intake.bulk.match.p99", await MatchAsync(folder, embedded), "us", Goal, 50);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Taken> TakeAsync(string folder, string database, ReportMaker maker)
    {
        await ImportAsync(folder, "missing", Path.Combine(folder, "entries.jsonl"), database);
        var reports = (await ImportAsync(folder, "reports", Path.Combine(folder, "reports.tar"), database)).GetProperty("reports");
        var (count, seconds) = (reports.GetProperty("new").GetInt32(), reports.GetProperty("seconds").GetDouble());
        var target = DatabaseTarget.Parse(database);
        await using DbConnection db = target.IsSqlite ? new SqliteConnection($"Data Source={target.Shown}") : new NpgsqlConnection(database);
        // What still lies in the log belongs to the file.
        if (target.IsSqlite) await db.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        // Counted is what stands in the queue, with an original that a block holds, and nothing twice.
        Ensure.That(await db.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM queue_items") == count);
        Ensure.That(await db.ExecuteScalarAsync<int>("SELECT SUM(originals) FROM original_blocks") == count);
        Ensure.That(await db.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM work WHERE done_at IS NULL") == 0);
        var best = (await db.QueryAsync<(string Number, string Nic)>("SELECT report_number, nic FROM match_proposals WHERE person = 1 AND rank = 1"))
            .ToDictionary(one => one.Number, one => one.Nic);
        var sought = Enumerable.Range(0, count).Select(index => (Number: ReportMaker.Number(index), Nic: maker.SoughtIn(index))).Where(one => one.Nic is not null).ToList();
        return new(
            count / seconds, reports.GetProperty("peakMiB").GetDouble(), count,
            await db.ExecuteScalarAsync<long>("SELECT SUM(LENGTH(sealed)) FROM original_blocks"),
            target.IsSqlite ? new FileInfo(target.Shown).Length : await db.ExecuteScalarAsync<long>("SELECT pg_database_size(current_database())"),
            (double)sought.Count(one => best.GetValueOrDefault(one.Number) == one.Nic) / sought.Count);
    }

    /// <returns>What the command says of itself.</returns>
    public static async Task<JsonElement> ImportAsync(string folder, string kind, string path, string database)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true };
        foreach (var word in new[] { Path.Combine(AppContext.BaseDirectory, "homeward.dll"), "import", kind, path, "--database", database, "--json" }) start.ArgumentList.Add(word);
        start.Environment["HOMEWARD_KEYS"] = Path.Combine(folder, "keys");
        // As ./homeward sets it for an import.
        foreach (var (name, value) in new[]
        {
            ("gcConcurrent", "0"), ("gcServer", "1"), ("GCHeapCount", "2"), ("GCLOHThreshold", "0x800000"), ("TC_CallCountingDelayMs", "0"),
            ("TC_CallCountThreshold", "0x3E8"), ("TieredPGO", "0"), ("GCgen0size", "0x18000000"),
        }) start.Environment[$"DOTNET_{name}"] = value;
        using var process = Process.Start(start)!;
        var answer = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"import {kind} ended with {process.ExitCode}: {answer}");
        return JsonSerializer.Deserialize<JsonElement>(answer);
    }

    /// <summary>What it takes to ask for one person of a report, every candidate explained; 99 of 100 take less, in microseconds.</summary>
    private static async Task<double> MatchAsync(string folder, string database)
    {
        await using var house = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error))
            .AddHomeward(new HouseOptions(DatabaseTarget.Parse(database), Path.Combine(folder, "keys"), null, false, false, "Homeward.Migrations.Sqlite"), Line.Stages)
            .BuildServiceProvider();
        await using var scope = house.CreateAsyncScope();
        var (db, index) = (scope.ServiceProvider.GetRequiredService<HomewardDb>(), house.GetRequiredService<MatchIndex>());
        await index.ReadyAsync(db, CancellationToken.None);
        var numbers = Enumerable.Range(0, Asked).Select(ReportMaker.Number).ToList();
        var intake = house.GetRequiredService<IIntake>();
        var ids = await intake.ReportsByNumberAsync(db, numbers, CancellationToken.None);
        var reports = await intake.ReportsAsync(db, [.. ids.Values], CancellationToken.None);
        await index.LearnHubsAsync(db, reports, null, CancellationToken.None);
        var times = new List<double>(2 * Asked);
        // The runtime compiles twice and in the background: what counts is the last round, as in a house that has served for a minute.
        for (var round = 0; round < Rounds; round++)
        {
            times.Clear();
            foreach (var report in reports.SelectMany(report => report.Persons.Select(person => report with { Persons = [person] })))
            {
                var asked = Stopwatch.GetTimestamp();
                index.Find(report);
                times.Add(Stopwatch.GetElapsedTime(asked).TotalMicroseconds);
            }
        }
        times.Sort();
        return times.At(0.99);
    }
}
