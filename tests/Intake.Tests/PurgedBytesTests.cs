using System.Text;
using Homeward.Exchange;
using Homeward.Exchange.CyberTips;
using Homeward.Foundations;
using Homeward.Intake.Retention;
using Homeward.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Intake.Tests;

/// <summary>What was purged cannot be read in the database's own files either, and the certificate says no more than what is so.</summary>
public sealed class PurgedBytesTests
{
    private static readonly DateTimeOffset _over = Given.Noon.AddYears(2).AddDays(1);

    [Fact]
    public async Task No_value_of_a_purged_report_is_in_the_database_file_its_log_or_a_new_backup()
    {
        await using var purge = await PurgeHouse.OpenAsync(DatabaseKind.Sqlite);
        // Both come and go between others: pages are split, and what they held is copied to and fro.
        var reports = await purge.SetAsideAsync([.. Enumerable.Range(0, 60).Select(Marked)]);
        foreach (var report in reports.Where((_, index) => index % 2 == 0)) purge.Uses.Say(report, null, null);
        (await FoundAsync(purge, EmailOf(1))).ShouldBeGreaterThan(0);
        purge.Now(_over);
        var certificate = await purge.PurgeAsync();

        (certificate.Holds, certificate.Files).ShouldBe((true, PurgedFiles.Rewritten));
        for (var index = 0; index < reports.Count; index++)
            foreach (var value in new[] { EmailOf(index), NameOf(index) })
                ((await FoundAsync(purge, value)) > 0).ShouldBe(index % 2 == 0, value);
    }

    [Fact]
    public async Task While_somebody_reads_the_database_there_is_no_certificate_and_it_is_tried_again()
    {
        await using var purge = await PurgeHouse.OpenAsync(DatabaseKind.Sqlite);
        await purge.SetAsideAsync(Marked(0));
        purge.Now(_over);
        (await purge.ApproveAsync((await purge.ProposeAsync()).Value)).IsDone.ShouldBeTrue();
        await using (var reader = Open(purge))
        {
            await using var reads = reader.BeginTransaction(deferred: true);
            await using var command = reader.CreateCommand();
            (command.CommandText, command.Transaction) = ("SELECT count(*) FROM reports", reads);
            await command.ExecuteScalarAsync();
            await purge.House.DeliverAsync();
            var waiting = (await purge.ShowAsync()).Purges.Single();
            (waiting.State, waiting.Purged, waiting.Certificate).ShouldBe((PurgeState.Running, 1, null));
        }
        await purge.House.DeliverAsync();
        (await purge.ShowAsync()).Purges.Single().State.ShouldBe(PurgeState.Running);
        purge.Now(_over.AddMinutes(3));
        await purge.House.DeliverAsync();
        (await purge.ShowAsync()).Purges.Single().Certificate!.Files.ShouldBe(PurgedFiles.Rewritten);
        (await FoundAsync(purge, EmailOf(0))).ShouldBe(0);
    }

    [Fact]
    public async Task On_PostgreSQL_the_certificate_says_that_the_databases_files_were_not_looked_at()
    {
        await using var purge = await PurgeHouse.OpenAsync(DatabaseKind.Postgres);
        await purge.SetAsideAsync(Given.Xml("100200300"));
        purge.Now(_over);
        var certificate = await purge.PurgeAsync();
        (certificate.Holds, certificate.Files).ShouldBe((true, PurgedFiles.NotReached));
    }

    private static RawOriginal Marked(int index) => Given.Xml(Given.Number(index), but: report => report with
    {
        Persons = [report.Persons[0] with { Emails = [new TipEmail(EmailOf(index))] }, report.Persons[1] with { Family = NameOf(index) }],
    });

    private static string EmailOf(int index) => $"purged.{index}@mail.example";
    private static string NameOf(int index) => $"Quenne{index}ville";

    private static SqliteConnection Open(PurgeHouse purge)
    {
        var connection = new SqliteConnection(purge.House.Services.GetRequiredService<HouseOptions>().Database.ConnectionString);
        connection.Open();
        return connection;
    }

    /// <summary>In how many of the database's file, its log and a new backup the text stands, as bytes.</summary>
    private static async Task<int> FoundAsync(PurgeHouse purge, string text)
    {
        var path = purge.House.Services.GetRequiredService<HouseOptions>().Database.Shown;
        var backup = path + ".backup";
        File.Delete(backup);
        await using (var from = Open(purge))
        await using (var to = new SqliteConnection($"Data Source={backup};Pooling=False"))
        {
            to.Open();
            from.BackupDatabase(to);
        }
        var sought = Encoding.UTF8.GetBytes(text);
        return new[] { path, path + "-wal", backup }.Count(file => File.Exists(file) && Read(file).AsSpan().IndexOf(sought) >= 0);
    }

    private static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
