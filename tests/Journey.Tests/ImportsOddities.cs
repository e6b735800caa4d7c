using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Homeward.Cli;

namespace Homeward.Journey.Tests;

/// <summary>Folders as people have them: nothing in them is lost without a word, and nothing holds up the rest.</summary>
public sealed class ImportsOddities : IDisposable
{
    private const string Report = """{"reportId":"100200300","reportedInformation":{"uploadedFiles":[{"filename":"a.jpg"},{"filename":"b.jpg"}]}}""";
    private const string Xml = """
        <report><incidentSummary><incidentType>Child Sex Trafficking</incidentType><incidentDateTime>2019-07-01T10:00:00Z</incidentDateTime></incidentSummary>
        <reporter><reportingPerson/></reporter></report>
        """;
    private readonly Scratch _scratch = new();

    private static string Numbered(string number) => Report.Replace("100200300", number, StringComparison.Ordinal);

    private Task<Program.Ran> ImportAsync(params string[] words) => Program.RunAsync(_scratch.Path, ["import", .. words, "--database", _scratch.At("house.db")]);

    private void Folder(params string[] parts) => Directory.CreateDirectory(_scratch.At(parts));

    private void Zip(string name, params (string Path, string Text)[] files)
    {
        using var zip = ZipFile.Open(_scratch.At(name), ZipArchiveMode.Create);
        foreach (var (path, text) in files)
        {
            using var entry = new StreamWriter(zip.CreateEntry(path).Open());
            entry.Write(text);
        }
    }

    private static List<string> NotRead(Program.Ran ran) => [.. ran.Line["notRead"]!.AsArray().Select(one => one!.GetValue<string>())];

    private static int Figure(Program.Ran ran, string what, string kind) => (int)(ran.Line[what]![kind] ?? 0)!;

    [Fact]
    public async Task Files_beside_a_report_are_sealed_whatever_else_lies_there()
    {
        Zip("CT.zip", ("100200300.json", Report), ("a.jpg", "sealed"), ("meta.xml", "<meta/>"));
        Zip("raw.zip", ("2019-07-01/083000-100200301.xml", Xml), ("100200302.json", Numbered("100200302")), ("b.jpg", "sealed"));
        var zips = await ImportAsync("reports", "CT.zip", "raw.zip");
        (Figure(zips, "taken", "reports"), Figure(zips, "taken", "files")).ShouldBe((3, 3), zips.Said);
        NotRead(zips).ShouldBe(["report 100200300: b.jpg is named, not in the package", "report 100200302: a.jpg is named, not in the package"]);

        Folder("inbox", "beside");
        _scratch.Write("inbox/beside/report.json", Numbered("100200303"));
        _scratch.Write("inbox/beside/a.jpg", "sealed");
        _scratch.Write("inbox/beside/meta.xml", "<meta/>");
        Folder("inbox", "2019-07-01");
        _scratch.Write("inbox/2019-07-01/083000-100200304.xml", Xml);
        _scratch.Write("inbox/2019-07-01/c.jpg", "sealed");
        var folder = await ImportAsync("reports", "inbox");
        (Figure(folder, "taken", "reports"), Figure(folder, "taken", "files"), (int)folder.Line["reports"]!["passedOver"]!).ShouldBe((2, 3, 0), folder.Said);
        NotRead(folder).ShouldContain("report 100200303: b.jpg is named, not in the package");
        NotRead(folder).ShouldContain(one => one.StartsWith("meta.xml: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_computer_left_there_makes_no_folder_a_package_and_is_told()
    {
        Folder("inbox", "__MACOSX");
        foreach (var name in new[] { ".DS_Store", "Thumbs.db", "desktop.ini", "__MACOSX/._100200300.json" }) _scratch.Write($"inbox/{name}", "litter");
        foreach (var number in Enumerable.Range(100200300, 3)) _scratch.Write($"inbox/{number}.json", Numbered($"{number}"));
        Zip("inbox/reports.zip", ("2019-07-01/083000-100200310.xml", Xml), (".DS_Store", "litter"), ("__MACOSX/2019-07-01/._083000-100200310.xml", "litter"));
        var ran = await ImportAsync("reports", "inbox");
        (Figure(ran, "taken", "reports"), Figure(ran, "rejected", "reports"), ran.Line["taken"]!["files"]).ShouldBe((4, 0, null), ran.Said);
        ((int)ran.Line["reports"]!["passedOver"]!).ShouldBe(6);
        NotRead(ran).Count(one => one.EndsWith(": left there by the computer itself, and passed over; nothing to mend", StringComparison.Ordinal)).ShouldBe(6, ran.Said);
    }

    [Fact]
    public void Of_a_large_folder_reports_that_name_a_file_there_are_taken_with_it_and_the_others_in_bulk()
    {
        Folder("inbox");
        List<string> names = ["note.txt", "picture.jpg", "José.jpg", .. Enumerable.Range(100200300, 1_100).Select(number => $"{number}.json")];
        foreach (var name in names) _scratch.Write($"inbox/{name}", """{"reportId":"1"}""");
        _scratch.Write("inbox/100200301.json", """{"reportId":"100200301","reportedInformation":{"uploadedFiles":{"uploadedFiles":[{"filename":"Jose\u0301.jpg"}]}}}""");
        _scratch.Write("inbox/100200302.json", """{"reportId":"100200302","reportedInformation":{"uploadedFiles":{"uploadedFiles":[{"filename":"gone.jpg","verificationHash":"B3AA9FB0E4FA4A2F93B1C3D1C2C6F3C3"}]}}}""".Replace("B3AA9FB0E4FA4A2F93B1C3D1C2C6F3C3", Md5Of("{\"reportId\":\"1\"}")));
        var drops = PackageDrops.Of([_scratch.At("inbox")], _ => false);
        names.Where(name => drops.Holds(_scratch.At("inbox", name))).Order(StringComparer.Ordinal).ShouldBe(["100200301.json", "100200302.json", "José.jpg", "note.txt", "picture.jpg"], ignoreOrder: true);
    }

    [Fact]
    public async Task Of_a_large_folder_a_file_that_no_report_names_is_nobody_s_and_one_that_is_named_is_its_report_s()
    {
        Folder("inbox");
        foreach (var number in Enumerable.Range(100200300, 1_100)) _scratch.Write($"inbox/{number}.json", $$"""{"reportId":"{{number}}"}""");
        _scratch.Write("inbox/100200301.json", Numbered("100200301"));
        _scratch.Write("inbox/a.jpg", "sealed");
        _scratch.Write("inbox/note.txt", "sealed");
        var ran = await ImportAsync("reports", "inbox");
        (Figure(ran, "taken", "reports"), Figure(ran, "taken", "files"), Figure(ran, "rejected", "reports")).ShouldBe((1_100, 2, 0), ran.Said);
        NotRead(ran).ShouldBe(["report 100200301: b.jpg is named, not in the package", "note.txt: no report names it, and it lies beside none or beside several; it lies sealed, booked to none"]);
    }

    [SuppressMessage("Security", "CA5351", Justification = "Reports name their files by MD5.")]
    private static string Md5Of(string text) => Convert.ToHexString(MD5.HashData(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public async Task A_path_that_cannot_be_read_is_told_and_holds_nothing_up()
    {
        Folder("inbox", "deep", "beside");
        Folder("inbox", "2019-07-01");
        _scratch.Write("inbox/a.json", Numbered("100200301"));
        _scratch.Write("inbox/z.json", Numbered("100200302"));
        _scratch.Write("inbox/deep/beside/report.json", Numbered("100200303"));
        _scratch.Write("inbox/deep/beside/a.jpg", "sealed");
        File.CreateSymbolicLink(_scratch.At("inbox", "m.json"), "nowhere.json");
        File.CreateSymbolicLink(_scratch.At("inbox", "n.json"), "n.json");
        Directory.CreateSymbolicLink(_scratch.At("inbox", "deep", "loop"), "..");
        // What may not be opened, whoever runs this.
        using var shut = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        shut.Bind(new UnixDomainSocketEndPoint(_scratch.At("inbox", "b.json")));
        using var shutToo = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        shutToo.Bind(new UnixDomainSocketEndPoint(_scratch.At("inbox", "deep", "beside", "b.jpg")));
        // What breaks while it is read.
        File.CreateSymbolicLink(_scratch.At("inbox", "c.json"), "/proc/self/mem");
        File.CreateSymbolicLink(_scratch.At("inbox", "deep", "beside", "c.jpg"), "/proc/self/mem");

        var ran = await ImportAsync("reports", "inbox", "m2.json");
        ran.Exit.ShouldBe(2, "what is named and is not there is wrong use");
        File.CreateSymbolicLink(_scratch.At("m2.json"), "nowhere.json");
        ran = await ImportAsync("reports", "inbox", "m2.json");
        ran.Exit.ShouldBe(0, ran.Said);
        (Figure(ran, "taken", "reports"), Figure(ran, "taken", "files")).ShouldBe((3, 1), ran.Said);
        var notRead = NotRead(ran);
        foreach (var path in new[] { "m2.json", "inbox/m.json", "inbox/n.json", "inbox/b.json", "inbox/c.json", "inbox/deep/loop", "inbox/deep/beside/b.jpg", "inbox/deep/beside/c.jpg" })
            notRead.Count(one => one.StartsWith(path + ": ", StringComparison.Ordinal)).ShouldBe(1, path + "\n" + string.Join('\n', notRead));
    }

    [Fact]
    public async Task A_rejects_file_of_an_import_before_is_no_report_whatever_its_name()
    {
        Folder("inbox");
        _scratch.Write("inbox/x.json", "{ nonsense }");
        _scratch.Write("inbox/a.jpg", "sealed");
        (await ImportAsync("reports", "inbox/x.json")).Line["rejectsFile"]!.GetValue<string>().ShouldBe(_scratch.At("inbox", "rejects.jsonl"));
        File.Copy(_scratch.At("inbox", "rejects.jsonl"), _scratch.At("inbox", "of-monday.jsonl"));
        var again = await ImportAsync("reports", "inbox");
        (Figure(again, "rejected", "reports"), Figure(again, "taken", "files")).ShouldBe((1, 1), again.Line.ToJsonString());
    }

    [Fact]
    public async Task New_and_known_are_told_apart_for_every_kind_and_packages_are_counted_with_the_reports()
    {
        Zip("CT.zip", ("100200300.json", Report), ("a.jpg", "sealed"));
        _scratch.Write("b.json", Numbered("100200301"));
        _scratch.Write("hotline.jsonl", """{"received":"2019-07-01T10:00:00Z","number":"H-1","imminent":false,"caller":"anonymous","child":null,"place":null,"claim":"narrative withheld"}""" + "\n");
        for (var round = 0; round < 2; round++)
        {
            var reports = (await ImportAsync("reports", "CT.zip", "b.json")).Line;
            ((int)reports["reports"]!["new"]!, (int)reports["reports"]!["repeats"]!).ShouldBe(round == 0 ? (2, 0) : (0, 2));
            Split(reports, "reports").ShouldBe(round == 0 ? (2, 0) : (0, 2));
            Split(reports, "files").ShouldBe(round == 0 ? (1, 0) : (0, 1));
            var tips = await ImportAsync("tips", "hotline.jsonl");
            Split(tips.Line, "tips").ShouldBe(round == 0 ? (1, 0) : (0, 1), tips.Said);
        }

        static (int, int) Split(JsonObject line, string kind) => ((int)line["kinds"]![kind]!["new"]!, (int)line["kinds"]![kind]!["repeats"]!);
    }

    [Fact]
    public async Task Where_nothing_is_taken_it_is_said_why()
    {
        Folder("inbox");
        _scratch.Write("inbox/x.json", Report);
        NotRead(await ImportAsync("inbox")).ShouldHaveSingleItem().ShouldContain("homeward import reports inbox");
        Folder("empty");
        Zip("empty.zip");
        var ran = await ImportAsync("reports", "empty", "empty.zip");
        ran.Exit.ShouldBe(0);
        NotRead(ran).ShouldBe(["empty.zip: nothing was taken: it holds no file", "empty: nothing was taken: it holds no file"], ignoreOrder: true);
        Folder("pictures");
        _scratch.Write("pictures/a.jpg", "sealed");
        NotRead(await ImportAsync("reports", "pictures")).ShouldHaveSingleItem().ShouldStartWith("pictures/a.jpg: no report came with it");
        NotRead(await ImportAsync("missing", "empty")).ShouldHaveSingleItem().ShouldStartWith("empty: holds nothing that is read");
    }

    [Fact]
    public async Task A_report_as_XML_needs_its_day_and_number_in_its_name_and_is_told_so()
    {
        Folder("inbox", "sub", "2019-07-01");
        _scratch.Write("inbox/sub/2019-07-01/083000-100200301.XML", Xml);
        _scratch.Write("inbox/sub/2019-07-01/083000-100200302.xml", Xml.Replace("10:00", "11:00", StringComparison.Ordinal));
        _scratch.Write("inbox/unnumbered.xml", Xml);
        _scratch.Write("inbox/empty.xml", "");
        var named = await ImportAsync("reports", "inbox/sub/2019-07-01/083000-100200302.xml");
        Figure(named, "taken", "reports").ShouldBe(1, named.Said);
        var ran = await ImportAsync("reports", "inbox");
        (Figure(ran, "taken", "reports"), Figure(ran, "rejected", "reports")).ShouldBe((2, 2), ran.Said);
        var rejects = (await File.ReadAllLinesAsync(_scratch.At("rejects.jsonl"))).Select(line => JsonNode.Parse(line)!).ToDictionary(one => (string)one["source"]!);
        ((string)rejects["reports/unnumbered.xml"]["mend"]!).ShouldContain("YYYY-MM-DD/HHMMSS-NUMBER.xml");
        ((string)rejects["reports/empty.xml"]["reason"]!).ShouldBe("the file is empty");
    }

    public void Dispose() => _scratch.Dispose();
}
