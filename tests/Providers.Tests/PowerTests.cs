using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Homeward.Foundations.Audit;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Homeward.Providers.Tests.Media;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Providers.Tests;

/// <summary>Acknowledged outlives a power cut: a layer under the house's files drops what was not synced (R-02).</summary>
public sealed class PowerTests(ITestOutputHelper output)
{
    private const int Senders = 6;
    private const int FinishedFirst = 15;
    private static int Cuts => Environment.GetEnvironmentVariable("HOMEWARD_TEST_LONG") == "1" ? 60 : 6;

    private sealed class Held
    {
        public ConcurrentBag<string> Opened { get; } = [];
        public ConcurrentBag<string> Files { get; } = [];
        public ConcurrentBag<string> Finished { get; } = [];
    }

    private sealed record Cut(string Folder, string[] Opened, string[] Files, string[] Finished);

    [Fact]
    public async Task What_was_acknowledged_outlives_a_power_cut_at_any_moment()
    {
        var scratch = Directory.CreateTempSubdirectory("homeward-power-").FullName;
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        try
        {
            var cuts = await CutUnderLoadAsync(scratch, new Random(seed));
            foreach (var cut in cuts)
            {
                var missing = await MissingAsync(cut);
                output.WriteLine($"{Path.GetFileName(cut.Folder)}: {cut.Opened.Length} opened, {cut.Files.Length} files, {cut.Finished.Length} finished; {missing.Count} lost");
                missing.ShouldBeEmpty();
            }
            cuts[^1].Files.Length.ShouldBeGreaterThan(5, "else nothing was proved");
            await GoesOnAsync(cuts[^1]);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    /// <summary>A house under load; the power goes again and again, each time into a folder of its own.</summary>
    private static async Task<List<Cut>> CutUnderLoadAsync(string scratch, Random chance)
    {
        var root = Directory.CreateDirectory(Path.Combine(scratch, "house")).FullName;
        var medium = new Medium(root);
        SqliteOnMedium.Watch(medium);
        try
        {
            await using var house = await LineHouse.OpenAsync(site: new(root, Change: options => options with
            {
                Database = options.Database with { ConnectionString = options.Database.ConnectionString + $";Vfs={SqliteOnMedium.Name}" },
                Disk = new DiskOnMedium(medium),
            }));
            var held = new Held();
            using var ended = new CancellationTokenSource();
            var load = Enumerable.Range(0, Senders).Select(index => Task.Run(() => SendAsync(house.As(), held, ended.Token))).ToArray();
            var cuts = new List<Cut>();
            for (var started = Stopwatch.GetTimestamp(); held.Finished.Count < FinishedFirst; await Task.Delay(5))
                Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(30));
            while (cuts.Count < Cuts)
            {
                await Task.Delay(chance.Next(20, 200));
                // First what clients hold an answer for, then the cut.
                var (opened, files, finished) = (held.Opened.ToArray(), held.Files.ToArray(), held.Finished.ToArray());
                var folder = Path.Combine(scratch, $"cut-{cuts.Count + 1}");
                medium.CutPower(folder, cuts.Count % 2 == 0 ? null : chance);
                cuts.Add(new(folder, opened, files, finished));
            }
            await ended.CancelAsync();
            await Task.WhenAll(load);
            return cuts;
        }
        finally
        {
            SqliteOnMedium.Forget(medium);
        }
    }

    private static async Task SendAsync(Provider provider, Held held, CancellationToken ended)
    {
        for (var count = 0; !ended.IsCancellationRequested; count++)
        {
            var number = await provider.OpenAsync();
            held.Opened.Add(number);
            if (count % 3 == 0) held.Files.Add((await provider.UploadAsync(number, Encoding.UTF8.GetBytes($"neutral bytes of {number}"))).ShouldSucceed().FileId!);
            if (count % 4 == 0) continue;
            (await provider.FinishAsync(number)).ShouldSucceed();
            held.Finished.Add(number);
        }
    }

    /// <summary>What a client holds an answer for and the folder does not have, whole and readable with its own keys.</summary>
    private static async Task<List<string>> MissingAsync(Cut cut)
    {
        await using var db = new SqliteConnection($"Data Source={Path.Combine(cut.Folder, "house.db")};Pooling=False");
        await db.OpenAsync();
        if ((await RowsAsync(db, "PRAGMA integrity_check")).Single() is var verdict && verdict != "ok") return [$"the database: {verdict}"];
        var submissions = (await RowsAsync(db, "SELECT number FROM submissions")).ToHashSet();
        var reports = (await RowsAsync(db, "SELECT number FROM reports")).ToHashSet();
        var missing = new List<string>();
        missing.AddRange(cut.Opened.Where(number => !submissions.Contains(number)).Select(number => $"report {number} was opened"));
        missing.AddRange(cut.Finished.Where(number => !reports.Contains(number)).Select(number => $"report {number} was finished"));
        using var holder = RSA.Create();
        if (cut.Files.Length > 0) holder.ImportFromPem(await File.ReadAllTextAsync(Path.Combine(cut.Folder, "keys", "holder", "clearing-unit-private.pem")));
        var files = (await RowsAsync(db, "SELECT lower(hex(id)) || ' ' || blob || ' ' || number FROM submission_files"))
            .Select(row => row.Split(' ')).ToDictionary(row => row[0], row => (Blob: row[1], Number: row[2]));
        foreach (var file in cut.Files)
        {
            if (!files.TryGetValue(file, out var row)) missing.Add($"file {file} was taken");
            else if (await OpenAsync(Path.Combine(cut.Folder, "blobs", row.Blob + ".sealed"), holder) != $"neutral bytes of {row.Number}") missing.Add($"file {file} cannot be opened");
        }
        return missing;
    }

    private static async Task<string?> OpenAsync(string path, RSA holder)
    {
        try
        {
            using var clear = new MemoryStream();
            await SealedFileHolder.OpenAsync(path, holder, clear, CancellationToken.None);
            return Encoding.UTF8.GetString(clear.ToArray());
        }
        catch (Exception fault) when (fault is IOException or CryptographicException)
        {
            return null;
        }
    }

    private static async Task<List<string>> RowsAsync(SqliteConnection db, string sql)
    {
        await using var command = db.CreateCommand();
        command.CommandText = sql;
        var rows = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) rows.Add(Convert.ToString(reader.GetValue(0), System.Globalization.CultureInfo.InvariantCulture)!);
        return rows;
    }

    /// <summary>The house after the cut: it opens what it sealed, tells senders what had landed, and its trace is whole.</summary>
    private static async Task GoesOnAsync(Cut cut)
    {
        await using var house = await LineHouse.OpenAsync(site: new(cut.Folder));
        foreach (var number in cut.Finished.Take(5)) (await house.As().RetractAsync(number)).Code.ShouldBe(5102);
        foreach (var number in cut.Opened.Except(cut.Finished).Take(5)) (await house.As().FinishAsync(number)).Code.ShouldBeOneOf(0, 5102);
        using var trace = new StringWriter();
        await house.App.Services.GetRequiredService<ExportTrace>().WriteAsync(trace, CancellationToken.None);
        (await VerifyTrace.CheckAsync(new StringReader(trace.ToString()), null, CancellationToken.None)).Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_connection_is_told_to_wait_for_the_disk()
    {
        await using var house = await LineHouse.OpenAsync();
        var told = await house.WithDbAsync(async db =>
        {
            var connection = Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.GetDbConnection(db.Database);
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT (SELECT synchronous FROM pragma_synchronous) || ' ' || (SELECT journal_mode FROM pragma_journal_mode)";
            return (string)(await command.ExecuteScalarAsync())!;
        });
        told.ShouldBe("2 wal");   // https://www.sqlite.org/pragma.html#pragma_synchronous: 2 is FULL
    }
}
