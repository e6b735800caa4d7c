using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Homeward.Journey.Tests;

/// <summary>Missing children as a table of an agency's own: its columns are mapped, what cannot be read is told with its line, and again changes nothing.</summary>
public sealed class ImportsTables : IDisposable
{
    private const string Header = "MKE,NIC,ORI,ENTERED,NAM,SEX,RAC,DOB,HGT,WGT,EYE,HAI,SMT1,SMT2,LAST CONTACT,CITY,ST,DENTAL,LIC,LIS,LIY,VIN,VYR,VMA,VMO,VST,VCO\r\n";
    private const string Entered = "EMJ,M123456789,MOKPD0000,07/01/2019 08:30,\"INVENTED, ADA\",F,W,20030415,504,110,BLU,BRO,\"two\nlines\",,06/30/2019 22:00,Kansas City,MO,Y,,,,,,,,,\r\n";
    private const string Unreadable = "EMJ,M12,MOKPD0000,yesterday,\"OTHER, BO\"\r\n";
    private const string Located = "LM,M123456789,MOKPD0000,07/02/2019 09:00,\"INVENTED, ADA\"\r\n";

    private readonly Scratch _scratch = new();
    private string Map => _scratch.Write("map.json", File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "missing-map.json")));
    private string House => _scratch.At("house.db");

    [Fact]
    public async Task Rows_are_taken_under_the_map_and_rejects_are_told_and_the_same_table_again_changes_nothing()
    {
        Directory.CreateDirectory(_scratch.At("inbox"));
        var table = _scratch.Write("inbox/extract.csv", Header + Entered + Unreadable + Located);
        _scratch.Write("inbox/readme.txt", "no feed");
        string[] import = ["import", "missing", table, "--map", Map, "--database", House];
        var dry = await Program.RunAsync(_scratch.Path, [.. import, "--dry-run"]);
        (dry.Exit, Taken(dry), Rejected(dry)).ShouldBe((0, 2, 1), dry.Said);
        dry.Line["faults"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>().ShouldContain("missing/extract.csv: [4,0] received: not an instant with a time zone");
        File.Exists(House).ShouldBeFalse();

        for (var round = 1; round <= 2; round++)
        {
            var ran = await Program.RunAsync(_scratch.Path, import);
            (ran.Exit, Taken(ran), Rejected(ran)).ShouldBe((0, 2, 1), ran.Said);
            ran.Line["notRead"]!.AsArray().ShouldBeEmpty();
            var rejects = (await File.ReadAllLinesAsync((string)ran.Line["rejectsFile"]!)).Select(line => JsonNode.Parse(line)!).ToList();
            rejects.Select(one => ((string)one["source"]!, (int)one["line"]!, (string)one["field"]!)).ShouldBe(
                [("missing/extract.csv", 4, "received"), ("missing/extract.csv", 4, "nic")]);
            await using var db = new SqliteConnection($"Data Source={House};Pooling=False");
            (await db.QuerySingleAsync<(long, string, long, string)>("SELECT (SELECT COUNT(*) FROM entry_messages), entries.state, m.height_in_min, m.marks FROM entries JOIN entry_messages m ON m.entry_id = entries.id AND m.version = 1"))
                .ShouldBe((2L, "Located", 64L, "two lines"));
            (await db.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM rejects")).ShouldBe(1);
        }
        // The folder again, in which the rejects of before lie.
        var folder = await Program.RunAsync(_scratch.Path, "import", "missing", _scratch.At("inbox"), "--map", Map, "--rejects", _scratch.At("inbox", "rejects.jsonl"), "--database", House);
        (Taken(folder), Rejected(folder)).ShouldBe((2, 1), folder.Said);
    }

    [Fact]
    public async Task A_table_that_cannot_be_read_is_told_why_and_what_to_do_and_others_go_on()
    {
        _scratch.Write("a.csv", Header + Entered);
        File.WriteAllBytes(_scratch.At("b.csv"), [.. Encoding.UTF8.GetBytes(Header), .. Encoding.Latin1.GetBytes(Entered.Replace("ADA", "ADÉ", StringComparison.Ordinal))]);
        _scratch.Write("c.csv", Header.Replace("HGT", "HEIGHT", StringComparison.Ordinal) + Entered);
        var ran = await Program.RunAsync(_scratch.Path, "import", "missing", "c.csv", "b.csv", "a.csv", "--map", Map, "--database", House);
        (ran.Exit, Taken(ran), Rejected(ran)).ShouldBe((0, 1, 0), ran.Said);
        var told = ran.Line["notRead"]!.AsArray().Select(one => one!.GetValue<string>()).ToList();
        told.Count(one => one.Contains("c.csv: the map reads", StringComparison.Ordinal)).ShouldBe(2);
        told.ShouldContain(one => one.EndsWith("b.csv: the bytes are not UTF-8; save it as \"CSV UTF-8\" and import it again", StringComparison.Ordinal));

        var unmapped = await Program.RunAsync(_scratch.Path, "import", "missing", "a.csv", "--database", House);
        unmapped.Line["notRead"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>().ShouldContain("--map");

        _scratch.Write("bad.json", """{"nik": "NIC"}""");
        var bad = await Program.RunAsync(_scratch.Path, "import", "missing", "a.csv", "--map", "bad.json", "--database", House);
        bad.Exit.ShouldNotBe(0);
        (bad.Said + bad.Line.ToJsonString()).ShouldContain("/nik: no column of ours");
    }

    [Fact]
    public async Task Whatever_is_rejected_stands_in_the_rejects_file_with_its_line_and_reason()
    {
        _scratch.Write("hotline.jsonl", "\n{\"number\":\"\"}\n");
        (await Program.RunAsync(_scratch.Path, "import", "tips", "hotline.jsonl", "--rejects", "tips.out", "--database", House)).Exit.ShouldBe(0);
        Rejects("tips.out")[0].ShouldSatisfyAllConditions(one => ((string)one["source"]!).ShouldBe("tips/hotline.jsonl"), one => ((int)one["line"]!).ShouldBe(2));
        _scratch.Write("amber.xml", "<alert/>");
        (await Program.RunAsync(_scratch.Path, "import", "missing", "amber.xml", "--rejects", "amber.out", "--database", House)).Exit.ShouldBe(0);
        ((string)Rejects("amber.out")[0]["source"]!).ShouldBe("amber.xml");
        _scratch.Write("agencies.csv", "ori,name\n");
        (await Program.RunAsync(_scratch.Path, "import", "agencies", "agencies.csv", "--rejects", "agencies.out", "--database", House)).Exit.ShouldBe(0);
        ((string)Rejects("agencies.out")[0]["reason"]!).ShouldContain("the header lacks");
        foreach (var file in new[] { "tips.out", "amber.out", "agencies.out" }) Rejects(file).ShouldAllBe(one => ((string)one["reason"]!).Length > 0 && ((string)one["mend"]!).Length > 0);
    }

    private List<JsonNode> Rejects(string file) => [.. File.ReadAllLines(_scratch.At(file)).Select(line => JsonNode.Parse(line)!)];

    private static int Taken(Program.Ran ran) => (int)(ran.Line["taken"]!["missing"] ?? 0);

    private static int Rejected(Program.Ran ran) => (int)(ran.Line["rejected"]!["missing"] ?? 0);

    public void Dispose() => _scratch.Dispose();
}
