using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Dapper;
using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Audit;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Intake;
using Homeward.Intake.Packages;
using Homeward.Kernel;
using Homeward.Review;
using Homeward.Web;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Journey.Tests;

/// <summary><c>homeward purge --run</c>: killed in the middle and started again it comes to the same end, and nothing is half gone.</summary>
public sealed class PurgeUnderKill : IDisposable
{
    private const int Reports = 300;
    /// <summary>Every such report comes with a file, among them the one that is held.</summary>
    private const int FileEvery = 15;
    private const int Held = Reports / FileEvery / 2 * FileEvery;
    private readonly Scratch _scratch = new();

    [Fact]
    public async Task Killed_in_the_middle_and_run_again_what_is_due_is_gone_whole_and_what_is_held_is_whole()
    {
        await using var house = await FillAsync();
        string[] run = ["purge", "--run", "--database", _scratch.At("house.db")];
        var seed = Environment.TickCount;
        var before = await KillOnceItPurgesAsync(run, new Random(seed));
        before.ShouldBeInRange(1, Reports - 2, $"it was to be killed in the middle; seed {seed}");

        var ran = await Program.RunAsync(_scratch.Path, run);

        ran.Exit.ShouldBe(0, ran.Said);
        var purge = ran.Line["purges"]![0]!;
        ((string)purge["state"]!, (int)purge["purged"]!, (int)purge["kept"]!, (bool)purge["certificate"]!["holds"]!).ShouldBe(("done", Reports - 1, 1, true), ran.Line.ToJsonString());
        foreach (var table in new[] { "reports", "report_identifiers", "queue_items", "sealed_files", "arrival_parts" }) (await CountAsync($"SELECT COUNT(*) FROM {table}")).ShouldBe(1, table);
        (await CountAsync("SELECT SUM(originals) FROM original_blocks")).ShouldBe(1);
        Directory.GetFiles(_scratch.At("blobs")).Select(Path.GetExtension).Order(StringComparer.Ordinal).ShouldBe([".recipients", ".sealed"]);
        (await CountAsync("SELECT COUNT(*) FROM work WHERE done_at IS NULL")).ShouldBe(0);
        // Each was purged once, however often it was begun, and the trace holds through the kill.
        (await CountAsync("SELECT COUNT(*) FROM audit_entries WHERE codes LIKE 'purged;rule=%'")).ShouldBe(Reports - 1);
        using var trace = new StringWriter();
        await house.GetRequiredService<ExportTrace>().WriteAsync(trace, default);
        (await VerifyTrace.CheckAsync(new StringReader(trace.ToString()), null, default)).Faults.ShouldBeEmpty();
        trace.ToString().ShouldContain($"certificate={(string)purge["certificateSha256"]!}");
    }

    public void Dispose() => _scratch.Dispose();

    /// <summary>A house whose people set aside reports of long ago; one is held, and the purge of all is in force.</summary>
    private async Task<ServiceProvider> FillAsync()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddHomeward(
            new HouseOptions(DatabaseTarget.Parse(_scratch.At("house.db")), _scratch.At("house.keys"), null, Exercise: false, Demo: false, "Homeward.Migrations.Sqlite"), Line.Stages);
        var house = services.BuildServiceProvider();
        (await house.GetRequiredService<Database>().PrepareAsync(default)).IsDone.ShouldBeTrue();
        var (clock, desk) = (house.GetRequiredService<HouseClock>(), house.GetRequiredService<Desk>());
        clock.DriveTo(new DateTimeOffset(2019, 7, 1, 12, 0, 0, TimeSpan.Zero));
        var (analyst, supervisor, counsel) = (await PersonAsync(house, Role.Analyst), await PersonAsync(house, Role.Supervisor), await PersonAsync(house, Role.Counsel));
        using var package = new MemoryStream(Package());
        (await house.GetRequiredService<PackageArrivals>().ReceiveAsync(
            analyst, new[] { new PackageArrivals.Dropped("reports.zip", package) }.ToAsyncEnumerable(), default)).Value.New.ShouldBe(Reports);
        await house.GetRequiredService<Courier>().DeliverDueAsync(default);
        await ExecuteAsync("UPDATE queue_items SET state = 'Dismissed', decided_at = received_at");
        clock.DriveTo(new DateTimeOffset(2021, 7, 2, 12, 0, 0, TimeSpan.Zero));
        var list = (await desk.DoAsync<ProposePurge.Request, ProposePurge.Receipt>(supervisor, new(), default)).Value;
        list.Records.ShouldBe(Reports);
        (await desk.DoAsync<PlaceHold.Request, PlaceHold.Receipt>(counsel, new(Intake.Retention.HoldOn.Report, Number(Held), "Reason withheld."), default)).IsDone.ShouldBeTrue();
        (await desk.DoAsync<ApprovePurge.Request, ApprovePurge.Receipt>(counsel, new(list.Id, list.Sha256), default)).Value.InForce.ShouldBeTrue();
        return house;
    }

    /// <returns>How many were purged when it was killed.</returns>
    private async Task<long> KillOnceItPurgesAsync(string[] run, Random random)
    {
        using var process = Program.Start(_scratch.Path, run);
        var said = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        while (!process.HasExited && await CountAsync("SELECT COUNT(*) FROM purge_items WHERE state = 'Purged'") == 0) await Task.Delay(2);
        await Task.Delay(random.Next(0, 15));
        process.Kill();
        await process.WaitForExitAsync();
        await Task.WhenAll(said.Item1, said.Item2);
        return await CountAsync("SELECT COUNT(*) FROM purge_items WHERE state = 'Purged'");
    }

    private static async Task<Actor> PersonAsync(ServiceProvider house, Role role)
    {
        await using var scope = house.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
        var user = new User { Id = house.GetRequiredService<IIdSource>().Next<UserId>(), Name = role.Title(), Role = role, FromAt = house.GetRequiredService<HouseClock>().GetUtcNow() };
        db.Add(user);
        await db.SaveChangesAsync();
        return user.AsActor();
    }

    private static byte[] Package()
    {
        using var package = new MemoryStream();
        using (var zip = new ZipArchive(package, ZipArchiveMode.Create, leaveOpen: true))
            for (var index = 0; index < Reports; index++)
            {
                Put(zip, $"{Number(index)}.json", $$$"""{"reportId":"{{{Number(index)}}}","reportedInformation":{"reportedPeople":{"reportedPersons":[{"emails":{"emails":[{"value":"holder{{{index}}}@example.org"}]}}]},"uploadedFiles":[{"filename":"{{{index}}}.bin"}]}}""");
                if (index % FileEvery == 0) Put(zip, $"{index}.bin", $"sealed {index}");
            }
        return package.ToArray();
    }

    private static void Put(ZipArchive zip, string name, string text)
    {
        using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
        entry.Write(Encoding.UTF8.GetBytes(text));
    }

    private static string Number(int index) => (100_000_000 + index).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private async Task<long> CountAsync(string sql)
    {
        await using var db = new SqliteConnection($"Data Source={_scratch.At("house.db")};Pooling=False");
        return await db.ExecuteScalarAsync<long>(sql);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var db = new SqliteConnection($"Data Source={_scratch.At("house.db")};Pooling=False");
        await db.ExecuteAsync(sql);
    }
}
