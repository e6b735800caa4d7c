using System.IO.Compression;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Homeward.Journey.Tests;

/// <summary>What an agency downloads, taken by the command line as it is by the page.</summary>
public sealed class ImportsPackages : IDisposable
{
    private const string Report = """{"reportId":"100200300","reportedInformation":{"uploadedFiles":[{"filename":"1.bin"},{"filename":"2.bin"}]}}""";
    private readonly Scratch _scratch = new();

    [Fact]
    public async Task A_folder_of_packages_and_reports_is_taken_whole_and_a_dry_run_says_so_and_stores_nothing()
    {
        Directory.CreateDirectory(_scratch.At("inbox", "beside"));
        using (var zip = ZipFile.Open(_scratch.At("inbox", "CT-100200300.zip"), ZipArchiveMode.Create))
        {
            await using (var report = new StreamWriter(await zip.CreateEntry("100200300.json").OpenAsync())) await report.WriteAsync(Report);
            await using (var film = await zip.CreateEntry("1.bin").OpenAsync()) await film.WriteAsync(new byte[1000]);
        }
        _scratch.Write("inbox/loose.json", Report.Replace("100200300", "100200301", StringComparison.Ordinal));
        _scratch.Write("inbox/bad.json", "{\n nonsense }");
        _scratch.Write("inbox/beside/report.json", Report.Replace("100200300", "100200302", StringComparison.Ordinal));
        _scratch.Write("inbox/beside/1.bin", "sealed");
        _scratch.Write("inbox/broken.zip", "no ZIP");

        var dry = await Program.RunAsync(_scratch.Path, "import", "reports", "inbox", "--dry-run", "--database", _scratch.At("house.db"));
        dry.Exit.ShouldBe(0, dry.Said);
        File.Exists(_scratch.At("house.db")).ShouldBeFalse();
        var faults = dry.Line["faults"]!.AsArray().Select(one => one!.GetValue<string>()).ToList();
        (faults.Count, faults.Count(one => one.Contains("bad.json: [2,2]", StringComparison.Ordinal)), faults.Count(one => one.StartsWith("broken.zip: ", StringComparison.Ordinal))).ShouldBe((2, 1, 1));

        var ran = await Program.RunAsync(_scratch.Path, "import", "reports", "inbox", "--database", _scratch.At("house.db"));
        foreach (var line in new[] { dry.Line, ran.Line })
        {
            (Figure(line, "taken", "reports"), Figure(line, "rejected", "reports"), Figure(line, "taken", "files"), Figure(line, "rejected", "files")).ShouldBe((3, 1, 3, 1));
            var notRead = line["notRead"]!.AsArray().Select(one => one!.GetValue<string>()).ToList();
            notRead.ShouldContain(one => one.StartsWith("broken.zip: the ZIP is broken", StringComparison.Ordinal));
            notRead.ShouldContain("report 100200300: 2.bin is named, not in the package");
        }
        // Who mends the files goes by this list: a file that is rejected as a whole stands there as a report does.
        var rejected = File.ReadLines(_scratch.At("rejects.jsonl")).Select(one => JsonNode.Parse(one)!).Single(one => (string?)one["source"] == "broken.zip");
        ((string)rejected["reason"]!, (string)rejected["mend"]!).ShouldSatisfyAllConditions(both => both.Item1.ShouldContain("the ZIP is broken"), both => both.Item2.ShouldNotBeEmpty());
    }

    [Fact]
    public async Task A_database_that_says_that_it_is_an_exercise_is_one_for_every_command()
    {
        _scratch.Write("alert.xml", """
            <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>A-1</identifier><sender>amber@example.org</sender>
            <sent>2026-01-02T10:00:00-05:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
            <info><category>Safety</category><event>Child Abduction Emergency</event><urgency>Immediate</urgency><severity>Severe</severity>
            <certainty>Likely</certainty><eventCode><valueName>SAME</valueName><value>CAE</value></eventCode><area><areaDesc>Example County</areaDesc></area></info></alert>
            """);
        var database = _scratch.At("house.db");
        var before = await Program.RunAsync(_scratch.Path, "import", "missing", "alert.xml", "--database", database);
        before.Said.ShouldContain("Actual Alert, New");
        before.Said.ShouldNotContain("touches nothing here");
        await using (var db = new SqliteConnection($"Data Source={database};Pooling=False"))
            await db.ExecuteAsync("INSERT INTO house_marks (name, value) VALUES ('exercise', '1')");
        _scratch.Write("again.xml", File.ReadAllText(_scratch.At("alert.xml")).Replace("A-1", "A-2", StringComparison.Ordinal));
        (await Program.RunAsync(_scratch.Path, "import", "missing", "again.xml", "--database", database)).Said.ShouldContain("Actual Alert, New, touches nothing here");
    }

    private static int Figure(JsonObject line, string what, string kind) => (int)line[what]![kind]!;

    public void Dispose() => _scratch.Dispose();
}
