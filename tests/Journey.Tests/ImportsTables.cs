using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Homeward.Journey.Tests;

/// <summary>Missing children as a table of an agency's own: its columns are mapped, what cannot be read is told with its line, and again changes nothing.</summary>
public sealed class ImportsTables : IDisposable
{
    private const string Header = "MKE,NIC,ORI,ENTERED,NAM,SEX,RAC,DOB,HGT,WGT,EYE,HAI,SMT1,SMT2,LAST CONTACT,CITY,ST,DENTAL,LIC,LIS,LIY,VIN,VYR,VMA,VMO,VST,VCO\r\n";
    private const string OurHeader = "received,status,nic,ncmec_case,ori,category,case_type,names,born,age_text,sex,height_in_min,height_in_max,weight_lb_min,weight_lb_max,marks,last_seen_at,last_seen_city,last_seen_state,last_seen_zip,last_seen_county_fips,custody,phones,emails,screen_names,at_risk,indicators\n";
    private const string Entered = "EMJ,M123456789,MOKPD0000,07/01/2019 08:30,\"INVENTED, ADA\",F,W,20030415,504,110,BLU,BRO,\"two\nlines\",,06/30/2019 22:00,Kansas City,MO,Y,,,,,,,,,\r\n";
    private const string Unreadable = "EMJ,M12,MOKPD0000,yesterday,\"OTHER, BO\",,,,,,,,,,,,,,,,,,,,,,\r\n";
    private const string Cut = "EMJ,M123456789,MOKPD0000,07/03/2019 09:00,\"INVENTED, ADA\",F,W,2003";
    private const string Located = "LM,M123456789,MOKPD0000,07/02/2019 09:00,\"INVENTED, ADA\",,,,,,,,,,,,,,,,,,,,,,\r\n";

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
        dry.Line["faults"]!.AsArray().Select(one => one!.GetValue<string>()[..39]).ShouldBe(["missing/extract.csv: [4,0] received: no", "missing/extract.csv: [4,0] nic: not a N"]);
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
    public async Task A_table_that_was_cut_wipes_nothing_out_and_what_the_map_leaves_out_is_told()
    {
        var header = Header.Replace("MKE", "NICKNAME,MKE", StringComparison.Ordinal);
        var table = _scratch.Write("cut.csv", header + string.Concat(new[] { Entered, Located, Cut }.Select(row => "Addy," + row)));
        var ran = await Program.RunAsync(_scratch.Path, "import", "missing", table, "--map", Map, "--database", House);
        (ran.Exit, Taken(ran), Rejected(ran)).ShouldBe((0, 2, 1), ran.Said);
        Rejects("rejects.jsonl").ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            one => ((int)one["line"]!).ShouldBe(5), one => ((string)one["reason"]!).ShouldBe("9 cells where the header has 28"));
        ran.Line["unread"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>().ShouldContain("\"NICKNAME\"");
    }

    /// <summary>An inch mark, a quote that nobody closes and a line beyond measure cost no other row.</summary>
    [Fact]
    public async Task Every_row_of_a_table_is_taken_or_rejected_whatever_quotes_stand_in_it()
    {
        string Row(int number, string marks) => $"2019-07-01T10:00:00Z,entered,M9{number:D8},,MOKPD0000,EMJ,,Ada|Invented|name,,,F,,,,,{marks},,Kansas City,MO,,,,,,,,\n";
        var rows = Enumerable.Range(1, 300).Select(number => Row(number, number switch { 7 => "SC 2\" L ARM", 11 => "\"SC L ARM", 13 => new string('x', 1_100_000), 290 => "SC 1\"", _ => "" }));
        _scratch.Write("quotes.csv", OurHeader + string.Concat(rows));
        var ran = await Program.RunAsync(_scratch.Path, "import", "missing", "quotes.csv", "--database", House);
        (ran.Exit, Taken(ran), Rejected(ran)).ShouldBe((0, 298, 2), ran.Said);
        Rejects("rejects.jsonl").Select(one => ((int)one["line"]!, ((string)one["reason"]!)[..24])).ShouldBe([(12, "a quote opens a cell and"), (14, "the row is longer than 1")]);
    }

    [Fact]
    public async Task A_dry_run_tells_every_fault_in_the_order_of_the_file()
    {
        _scratch.Write("many.jsonl", string.Concat(Enumerable.Repeat("{\"shoes\":\"red\"}\n", 300)) + "{\"received\":\"2019-07-01T10:00:00Z\",\"status\":\"entered\",\"nic\":\"M123456789\",\"shoes\":\"red\"}\n");
        var dry = await Program.RunAsync(_scratch.Path, "import", "missing", "many.jsonl", "--dry-run", "--database", House);
        var faults = dry.Line["faults"]!.AsArray().Select(one => one!.GetValue<string>()).ToList();
        faults.Select(one => one.Split(": ")[1]).ShouldBe(Enumerable.Range(1, 300).SelectMany(line => new[] { "received", "status", "nic" }.Select(field => $"[{line},0] {field}")));
        ((int)dry.Line["faultsFound"]!).ShouldBe(900);
        dry.Line["unread"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>().ShouldStartWith("missing/many.jsonl: \"shoes\" is not known here and is not read; one line says");
    }

    [Fact]
    public async Task What_is_not_read_is_told_in_words_and_a_file_that_somebody_names_is_taken_for_what_it_holds()
    {
        Directory.CreateDirectory(_scratch.At("odd"));
        foreach (var name in new[] { "odd/a.gz", "odd/b.json", "odd/c.txt" }) _scratch.Write(name, "x");
        (await NotReadAsync("missing", "odd")).ShouldContain("passed over 3 files (a.gz, b.json, c.txt)");
        (await NotReadAsync("missing", "odd/a.gz")).ShouldContain("unpack it");
        (await NotReadAsync("odd/c.txt")).ShouldContain("nobody said what it is");
        _scratch.Write("strange.csv", "a,b\n1,2\n");
        (await NotReadAsync("agencies", "strange.csv")).ShouldContain("no partner list; give it the header ori,name");

        _scratch.Write("my-agencies.csv", "ori,name,type,state,county_fips,invented\nXXMO00001,Example,municipal,MO,,1\n");
        var agencies = await Program.RunAsync(_scratch.Path, "import", "agencies", "my-agencies.csv", "--database", House);
        ((int)agencies.Line["taken"]!["partners"]!).ShouldBe(1, agencies.Said);
        const string Entry = "{\n \"received\":\"2019-07-01T10:00:00Z\",\"status\":\"entered\",\"nic\":\"M12345678";
        _scratch.Write("list.json", $"[{Entry}1\"}},\n{Entry}2\"}},\n{Entry}\"}}]");
        var list = await Program.RunAsync(_scratch.Path, "import", "missing", "list.json", "--database", House);
        (Taken(list), Rejected(list)).ShouldBe((2, 1), list.Said);
        ((int)Rejects("rejects.jsonl").Single()["line"]!).ShouldBe(5);
        _scratch.Write("one.json", $"{Entry}1\"}}");
        Taken(await Program.RunAsync(_scratch.Path, "import", "missing", "one.json", "--database", House)).ShouldBe(1);
        _scratch.Write("broken.json", "[{\n");
        (await NotReadAsync("missing", "broken.json")).ShouldContain("not well-formed JSON");
        _scratch.Write("empty.csv", "");
        (await NotReadAsync("missing", "empty.csv")).ShouldContain("the file is empty");
        _scratch.Write("no-rows.csv", OurHeader);
        (await NotReadAsync("missing", "no-rows.csv")).ShouldContain("no row stands under its header");

        async Task<string> NotReadAsync(params string[] what)
        {
            var ran = await Program.RunAsync(_scratch.Path, ["import", .. what, "--database", House]);
            // Of a folder it may be right; who names a file means it.
            ran.Exit.ShouldBe(what[^1] == "odd" ? 0 : 2, ran.Said);
            ((string?)ran.Line["error"]?["code"]).ShouldBe(what[^1] == "odd" ? null : "nothing-read");
            return ran.Line["notRead"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>();
        }
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
        const string Line = """{"received":"2019-07-01T10:00:00Z","status":"entered","nic":"M123456789"}""";
        _scratch.Write("long.jsonl", $"{Line}\n{new string('x', 1_100_000)}\n");
        var ran = await Program.RunAsync(_scratch.Path, "import", "missing", "long.jsonl", "--rejects", "long.out", "--database", House);
        (Taken(ran), Rejected(ran), (int)Rejects("long.out").Single()["line"]!).ShouldBe((1, 1, 2));
        var row = string.Join(',', OurHeader.TrimEnd().Split(',').Select(column => column == "marks" ? new string('x', 1_100_000) : ""));
        _scratch.Write("long.csv", $"{OurHeader}{row}\n");
        await Program.RunAsync(_scratch.Path, "import", "missing", "long.csv", "--rejects", "longer.out", "--database", House);
        ((string)Rejects("longer.out").Single()["reason"]!).ShouldContain("longer than");
        // In the order of the file, whatever is wrong with a line.
        _scratch.Write("order.jsonl", """{"number":""}""" + "\nnonsense\n" + """{"number":""}""" + "\n");
        await Program.RunAsync(_scratch.Path, "import", "referrals", "order.jsonl", "--rejects", "order.out", "--database", House);
        Rejects("order.out").Select(one => (int)one["line"]!).ShouldBeInOrder();
        // What was mended is over.
        _scratch.Write("long.jsonl", $"{Line}\n");
        (await Program.RunAsync(_scratch.Path, "import", "missing", "long.jsonl", "--rejects", "long.out", "--database", House)).Exit.ShouldBe(0);
        File.Exists(_scratch.At("long.out")).ShouldBeFalse();
        foreach (var file in new[] { "tips.out", "amber.out", "agencies.out", "order.out" }) Rejects(file).ShouldAllBe(one => ((string)one["reason"]!).Length > 0 && ((string)one["mend"]!).Length > 0);
    }

    private List<JsonNode> Rejects(string file) => [.. File.ReadAllLines(_scratch.At(file)).Select(line => JsonNode.Parse(line)!)];

    private static int Taken(Program.Ran ran) => (int)(ran.Line["taken"]!["missing"] ?? 0);

    private static int Rejected(Program.Ran ran) => (int)(ran.Line["rejected"]!["missing"] ?? 0);

    public void Dispose() => _scratch.Dispose();
}
