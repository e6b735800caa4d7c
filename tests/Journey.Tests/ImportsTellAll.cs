using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Homeward.Journey.Tests;

/// <summary>What an import does not take is told line by line, whichever way it came; and what is named oddly is read or refused in words.</summary>
public sealed class ImportsTellAll : IDisposable
{
    private const string Tip = """{"received":"2019-07-01T10:00:00Z","number":"H-1","imminent":false,"caller":"anonymous","child":null,"place":null,"claim":"narrative withheld"}""";
    private const string Json = """{"reportId":"100200300","reportedInformation":{"uploadedFiles":[{"filename":"a.jpg"}]}}""";
    private const string Xml = """
        <report><incidentSummary><incidentType>Child Sex Trafficking</incidentType><incidentDateTime>2019-07-01T10:00:00Z</incidentDateTime></incidentSummary>
        <reporter><reportingPerson/></reporter></report>
        """;
    private readonly Scratch _scratch = new();

    private Task<Program.Ran> ImportAsync(params string[] words) => Program.RunAsync(_scratch.Path, ["import", .. words, "--database", _scratch.At("house.db")]);

    private static int Figure(Program.Ran ran, string what, string kind) => (int)(ran.Line[what]![kind] ?? 0)!;

    private static List<string> NotRead(Program.Ran ran) => [.. ran.Line["notRead"]!.AsArray().Select(one => one!.GetValue<string>())];

    private static List<(string Source, int Line)> Rejects(Program.Ran ran) =>
        [.. File.ReadAllLines((string)ran.Line["rejectsFile"]!).Select(line => JsonNode.Parse(line)!).Select(one => ((string)one["source"]!, (int)one["line"]!))];

    [Fact]
    public async Task A_batch_that_is_refused_as_a_whole_is_told_line_by_line_and_taken_the_next_time()
    {
        _scratch.Write("hotline.jsonl", $"{Tip}\n\n{Tip.Replace("H-1", "H-2", StringComparison.Ordinal)}\n");
        await Program.RunAsync(_scratch.Path, "migrate", "--database", _scratch.At("house.db"));
        await using var db = new SqliteConnection($"Data Source={_scratch.At("house.db")};Pooling=False");
        // As if others stored the same first, time and again.
        await db.ExecuteAsync("CREATE TABLE clash (one TEXT UNIQUE); INSERT INTO clash VALUES ('1'); CREATE TRIGGER clashes BEFORE INSERT ON doors BEGIN INSERT INTO clash VALUES ('1'); END");

        var ran = await ImportAsync("tips", "hotline.jsonl");
        (ran.Exit, Figure(ran, "taken", "tips"), Figure(ran, "rejected", "tips")).ShouldBe((0, 0, 2), ran.Said);
        Rejects(ran).ShouldBe([("tips/hotline.jsonl", 1), ("tips/hotline.jsonl", 3)]);

        await db.ExecuteAsync("DROP TRIGGER clashes");
        var again = await ImportAsync("tips", "hotline.jsonl");
        (Figure(again, "taken", "tips"), Figure(again, "rejected", "tips")).ShouldBe((2, 0), again.Said);
    }

    [Fact]
    public async Task A_line_is_told_under_the_same_number_whether_its_file_or_its_folder_is_named()
    {
        Directory.CreateDirectory(_scratch.At("sent", "tips"));
        File.WriteAllBytes(_scratch.At("sent", "tips", "hotline.jsonl"), [.. "\n\n{ nonsense }\n\n\""u8, 0xFF, .. "\"\n"u8]);
        foreach (var words in new string[][] { ["sent"], ["tips", "sent/tips/hotline.jsonl"] })
        {
            var ran = await ImportAsync(words);
            Rejects(ran).ShouldBe([("tips/hotline.jsonl", 3), ("tips/hotline.jsonl", 5)], ran.Said);
            NotRead(ran).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Files_beside_a_provider_s_XML_are_sealed_and_are_the_report_s_whichever_way_the_folder_is_named()
    {
        Directory.CreateDirectory(_scratch.At("sent", "reports", "2019-07-01"));
        Directory.CreateDirectory(_scratch.At("sent", "reports", "2019-07-02"));
        _scratch.Write("sent/reports/2019-07-01/083000-100200301.xml", Xml);
        _scratch.Write("sent/reports/2019-07-01/film.bin", "sealed");
        _scratch.Write("sent/reports/2019-07-02/083000-100200302.xml", Xml);
        _scratch.Write("sent/reports/2019-07-02/093000-100200303.xml", Xml);
        _scratch.Write("sent/reports/2019-07-02/093000-100200300.json", Json);
        _scratch.Write("sent/reports/2019-07-02/bad.json", "{ nonsense }");
        _scratch.Write("sent/reports/2019-07-02/a.jpg", "sealed too");
        _scratch.Write("sent/reports/2019-07-02/whose.bin", "sealed as well");
        foreach (var (words, round) in new[] { (new[] { "sent" }, 0), (["reports", "sent"], 1) })
        {
            var ran = await ImportAsync(words);
            (Figure(ran, "taken", "reports"), Figure(ran, "taken", "files"), (int)ran.Line["reports"]!["passedOver"]!).ShouldBe((4, 3, 0), ran.Line.ToJsonString());
            ((int)ran.Line["reports"]!["new"]!).ShouldBe(round == 0 ? 4 : 0);
            NotRead(ran).ShouldHaveSingleItem().ShouldStartWith("2019-07-02/whose.bin: no report names it");
            Rejects(ran).ShouldBe([("2019-07-02/bad.json", 1)]);
        }
        await using var db = new SqliteConnection($"Data Source={_scratch.At("house.db")};Pooling=False");
        (await db.QueryAsync<string?>("SELECT r.number FROM sealed_files f LEFT JOIN reports r ON r.id = f.report_id ORDER BY r.number")).ShouldBe([null, "100200300", "100200301"]);
        (await db.ExecuteScalarAsync<long>("SELECT received_at FROM reports WHERE number = '100200300'")).ShouldBe(1_562_059_800_000_000, "its path says when it came");
    }

    [Fact]
    public async Task A_folder_is_the_same_however_it_is_named_and_the_house_s_own_files_in_it_are_nobody_s_evidence()
    {
        Directory.CreateDirectory(_scratch.At("inbox", "2019-07-01"));
        Directory.CreateSymbolicLink(_scratch.At("link"), "inbox");
        _scratch.Write("inbox/2019-07-01/083000-100200301.xml", Xml);
        _scratch.Write("inbox/r.json", Json);
        _scratch.Write("inbox/a.jpg", "sealed");
        foreach (var (path, round) in new[] { ".", "2019-07-01/..", "../inbox/", "../link", "../link/" }.Select((path, round) => (path, round)))
        {
            // The house lies where the command is given, as it does when no other is named.
            var ran = await Program.RunAsync(_scratch.At("inbox"), "import", "reports", path);
            (ran.Exit, Figure(ran, "taken", "reports"), Figure(ran, "taken", "files")).ShouldBe((0, 2, 1), path + ran.Line.ToJsonString());
            ((int)ran.Line["kinds"]!["files"]!["new"]!, NotRead(ran).Count).ShouldBe((round == 0 ? 1 : 0, 0), path + ran.Line.ToJsonString());
        }
        var day = await Program.RunAsync(_scratch.At("inbox", "2019-07-01"), "import", "reports", ".", "--database", _scratch.At("house.db"));
        (Figure(day, "taken", "reports"), Figure(day, "rejected", "reports")).ShouldBe((1, 0), "the folder of a day says the day when it is named itself: " + day.Line.ToJsonString());
    }

    [Theory]
    [InlineData("reports", "")]
    [InlineData("missing", "inbox", "--rejects", "")]
    [InlineData("reports", "inbox", "--rejects", "inbox")]
    [InlineData("reports", "inbox", "--rejects", "nowhere/rejects.jsonl")]
    [InlineData("reports", "inbox", "--database", "")]
    [InlineData("reports", "inbox", "--database", "inbox")]
    [InlineData("reports", "--skip", "inbox")]
    [InlineData("reports", "inbox", "--map", "inbox/r.json")]
    public async Task A_path_that_cannot_be_meant_is_wrong_use_and_nothing_is_read(params string[] words)
    {
        Directory.CreateDirectory(_scratch.At("inbox"));
        _scratch.Write("inbox/r.json", "{ nonsense }");
        var ran = await Program.RunAsync(_scratch.Path, ["import", .. words]);
        ran.Exit.ShouldBe(2, ran.Line.ToJsonString());
        ran.Said.ShouldNotContain("Exception");
    }

    public void Dispose() => _scratch.Dispose();
}
