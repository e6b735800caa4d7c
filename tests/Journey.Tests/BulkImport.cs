using System.Data.Common;
using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Homeward.Exchange;
using Homeward.Exchange.CyberTips;
using Homeward.Exchange.CyberTips.Json;
using Homeward.Exchange.CyberTips.Xml;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Homeward.Journey.Tests;

/// <summary><c>homeward import reports</c>: whatever the files lie in, and however often it is stopped, each report is there once.</summary>
public sealed class BulkImport : IDisposable
{
    private static readonly DateTimeOffset _noon = new(2019, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly Scratch _scratch = new();

    [Theory]
    [InlineData("sqlite", "KILL")]
    [InlineData("postgres", "INT")]
    public async Task Stopped_half_way_and_started_again_everything_is_there_and_nothing_twice(string database, string signal)
    {
        // More batches than may lie between reading and storing: whoever stops after the first cannot be answered by all of them.
        const int Reports = 16_500;
        Tar(_scratch.At("reports.tar"), Enumerable.Range(0, Reports).Select(Xml));
        await using var postgres = database == "postgres" ? await PostgresDatabase.MakeAsync("bulk") : null;
        var target = postgres?.ConnectionString ?? _scratch.At("house.db");
        string[] import = ["import", "reports", _scratch.At("reports.tar"), "--database", target];

        (await Program.StopAsync(_scratch.Path, signal, onceItSays: "reports:", import)).ShouldNotBe(0);
        var before = await CountAsync(target, "SELECT COUNT(*) FROM reports");
        before.ShouldBeInRange(1, Reports - 1);
        var again = (await Program.RunAsync(_scratch.Path, import)).Line;

        ((int)again["reports"]!["repeats"]!).ShouldBe((int)before);
        ((int)again["taken"]!["reports"]!).ShouldBe(Reports);
        (await CountAsync(target, "SELECT COUNT(*) FROM reports")).ShouldBe(Reports);
        (await CountAsync(target, "SELECT COUNT(DISTINCT number) FROM reports")).ShouldBe(Reports);
        (await CountAsync(target, "SELECT SUM(originals) FROM original_blocks")).ShouldBe(Reports);
        (await CountAsync(target, "SELECT COUNT(*) FROM queue_items")).ShouldBe(Reports);
        (await CountAsync(target, "SELECT COUNT(*) FROM work WHERE done_at IS NULL")).ShouldBe(0);
        // Every block that holds an original is named in the trace.
        (await CountAsync(target, "SELECT COUNT(*) FROM original_blocks WHERE id NOT IN (SELECT subject_id FROM audit_entries)")).ShouldBe(0);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Two_imports_of_one_folder_at_once_both_end_well_and_everything_is_there_once(string database)
    {
        const int Reports = 9_000;
        Tar(_scratch.At("reports.tar"), Enumerable.Range(0, Reports).Select(Xml));
        await using var postgres = database == "postgres" ? await PostgresDatabase.MakeAsync("twice") : null;
        var target = postgres?.ConnectionString ?? _scratch.At("house.db");
        (await Program.RunAsync(_scratch.Path, "migrate", "--database", target)).Exit.ShouldBe(0);

        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Program.RunAsync(_scratch.Path, "import", "reports", _scratch.At("reports.tar"), "--database", target)));

        both.ShouldAllBe(ran => ran.Exit == 0, string.Join('\n', both.Select(ran => ran.Said)));
        both.Sum(ran => (int)ran.Line["reports"]!["new"]!).ShouldBe(Reports);
        both.Sum(ran => (int)ran.Line["reports"]!["repeats"]!).ShouldBe(Reports);
        (await CountAsync(target, "SELECT COUNT(*) FROM reports")).ShouldBe(Reports);
        (await CountAsync(target, "SELECT COUNT(*) FROM queue_items")).ShouldBe(Reports);
        (await CountAsync(target, "SELECT COUNT(*) FROM work WHERE done_at IS NULL")).ShouldBe(0);
    }

    [Fact]
    public async Task Folders_and_archives_are_read_alike_and_what_is_rejected_is_told_with_line_and_reason()
    {
        var inbox = _scratch.At("inbox");
        Directory.CreateDirectory(Path.Combine(inbox, "reports", "2019-07-01"));
        foreach (var (path, bytes) in new[] { Xml(0), Json(1) }) await File.WriteAllBytesAsync(Path.Combine(inbox, path), bytes);
        await File.WriteAllBytesAsync(Path.Combine(inbox, "reports", "2019-07-01", "picture.jpg"), [0xFF, 0xD8]);
        Tar(Path.Combine(inbox, "a.tar"), [Xml(2), Json(3), ("reports/2019-07-01/picture.png", [1])]);
        using (var zip = ZipFile.Open(Path.Combine(inbox, "b.zip"), ZipArchiveMode.Create))
            foreach (var (path, bytes) in new[] { Xml(4), Json(5), Xml(0) })
            {
                await using var entry = zip.CreateEntry(path).Open();
                await entry.WriteAsync(bytes);
            }
        await using (var gz = new GZipStream(File.Create(Path.Combine(inbox, "c.tar.gz")), CompressionLevel.Fastest))
        {
            Tar(_scratch.At("c.tar"), [Xml(6)]);
            await gz.WriteAsync(await File.ReadAllBytesAsync(_scratch.At("c.tar")));
        }
        await File.WriteAllBytesAsync(Path.Combine(inbox, "d.jsonl"), [.. Json(7).Bytes, (byte)'\n', .. "{\"reportId\": "u8, (byte)'\n', .. Json(8).Bytes]);
        await File.WriteAllTextAsync(Path.Combine(inbox, "reports", "2019-07-01", "120000-9.xml"), "<report>\n<secret/></report>");
        Tar(_scratch.At("whole.tar"), [Xml(9), Xml(10)]);
        await File.WriteAllBytesAsync(Path.Combine(inbox, "e.tar"), (await File.ReadAllBytesAsync(_scratch.At("whole.tar")))[..^2_600]);

        var ran = await Program.RunAsync(_scratch.Path, "import", "reports", inbox, "--database", _scratch.At("house.db"));

        ran.Exit.ShouldBe(0);
        ran.Said.Split('\n').Last(line => line.StartsWith("reports:", StringComparison.Ordinal)).ShouldContain("; 100 % of ");
        var reports = ran.Line["reports"]!;
        ((int)reports["new"]!, (int)reports["repeats"]!, (int)reports["rejected"]!, (int)reports["passedOver"]!).ShouldBe((10, 1, 3, 1), ran.Line.ToJsonString());
        var rejects = (await File.ReadAllLinesAsync(_scratch.At("rejects.jsonl"))).Select(line => JsonNode.Parse(line)!).ToList();
        rejects.Select(reject => (string)reject["source"]!).Distinct().Order(StringComparer.Ordinal)
            .ShouldBe(["reports/2019-07-01/120000-9.xml", "reports/d.jsonl:2", "reports/e.tar"]);
        rejects.ShouldAllBe(reject => ((string)reject["reason"]!).Length > 0 && ((string)reject["mend"]!).Length > 0);
        ((int)rejects.First(reject => (string)reject["source"]! == "reports/2019-07-01/120000-9.xml")["line"]!).ShouldBe(2);
    }

    public void Dispose() => _scratch.Dispose();

    private static async Task<long> CountAsync(string database, string sql)
    {
        await using DbConnection db = database.StartsWith("Host=", StringComparison.Ordinal) ? new NpgsqlConnection(database) : new SqliteConnection($"Data Source={database};Pooling=False");
        return await db.ExecuteScalarAsync<long>(sql);
    }

    private static void Tar(string path, IEnumerable<(string Path, byte[] Bytes)> files)
    {
        using var tar = new TarWriter(File.Create(path), TarEntryFormat.Ustar);
        foreach (var (name, bytes) in files) tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(bytes) });
    }

    private static string Number(int index) => (100_000_000 + index).ToString(CultureInfo.InvariantCulture);

    private static (string Path, byte[] Bytes) Xml(int index) =>
        (RawFolder.ReportPath(_noon, Number(index), ReportForm.ProviderXml), CyberTipXmlWriter.Write(Report(index, ReportForm.ProviderXml)));

    private static (string Path, byte[] Bytes) Json(int index) =>
        (RawFolder.ReportPath(_noon, Number(index), ReportForm.AgencyJson), Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(CyberTipJsonWriter.Write(Report(index, ReportForm.AgencyJson))).ReplaceLineEndings("")));

    private static CyberTipReport Report(int index, ReportForm form) => new()
    {
        Form = form, Number = Number(index), ProviderName = "Example Platform", Platform = "Example Platform", IncidentType = IncidentTypes.Enticement,
        IncidentAt = StatedInstant.Of(_noon), ReceivedAt = form == ReportForm.AgencyJson ? _noon : null,
        Reporter = new ReportingContact("Robin", "Vale", ["reports@example.com"]),
        Persons = [new TipPerson { Role = TipRole.Reported, ScreenName = $"owl{index}", Emails = [new TipEmail($"owl{index}@example.com")] }],
        Texts = [new FreeText(TextKind.ReportInfo, "narrative withheld")],
    };
}
