using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Homeward.Exchange.Tests;
using Microsoft.Data.Sqlite;

namespace Homeward.Journey.Tests;

/// <summary>Archives and files of lines among other files: what they hold is read whatever lies beside them, and what nobody could read is counted.</summary>
public sealed class ImportsArchives : IDisposable
{
    private const string Xml = """
        <report><incidentSummary><incidentType>Child Sex Trafficking</incidentType><incidentDateTime>2019-07-01T10:00:00Z</incidentDateTime></incidentSummary>
        <reporter><reportingPerson/></reporter></report>
        """;
    private readonly Scratch _scratch = new();

    public ImportsArchives() => Directory.CreateDirectory(_scratch.At("inbox"));

    private Task<Program.Ran> ImportAsync(params string[] words) => Program.RunAsync(_scratch.Path, ["import", "reports", .. words, "--database", _scratch.At("house.db")]);

    private static string Json(int number, string named = "film.bin") => $$$"""{"reportId":"{{{number}}}","reportedInformation":{"uploadedFiles":[{"filename":"{{{named}}}"}]}}""";

    private static int Figure(Program.Ran ran, string what, string kind) => (int)(ran.Line[what]![kind] ?? 0)!;

    private static (int Taken, int Rejected, int Files, int FilesRejected) Figures(Program.Ran ran) =>
        (Figure(ran, "taken", "reports"), Figure(ran, "rejected", "reports"), Figure(ran, "taken", "files"), Figure(ran, "rejected", "files"));

    private static List<string> NotRead(Program.Ran ran) => [.. ran.Line["notRead"]!.AsArray().Select(one => one!.GetValue<string>())];

    private string Put(string name, byte[] bytes)
    {
        File.WriteAllBytes(_scratch.At("inbox", name), bytes);
        return name;
    }

    private static byte[] Tar(params (string Path, byte[] Bytes)[] files)
    {
        using var all = new MemoryStream();
        using (var tar = new TarWriter(all, TarEntryFormat.Ustar, leaveOpen: true))
            foreach (var (path, bytes) in files) tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(bytes) });
        return all.ToArray();
    }

    private static byte[] Providers(int from, int count) =>
        Tar([.. Enumerable.Range(from, count).Select(number => ($"2019-07-01/083000-{number}.xml", Encoding.UTF8.GetBytes(Xml + new string(' ', number % 97))))]);

    private static byte[] Lines(int from, int count) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(from, count).Select(number => Json(number) + "\n")));

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gz = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gz.Write(bytes);
        return packed.ToArray();
    }

    private async Task<List<string>> OwnersAsync()
    {
        await using var db = new SqliteConnection($"Data Source={_scratch.At("house.db")};Pooling=False");
        return [.. (await db.QueryAsync<string?>("SELECT r.number FROM sealed_files f LEFT JOIN reports r ON r.id = f.report_id ORDER BY r.number")).Select(number => number ?? "none")];
    }

    [Theory]
    [InlineData("README.txt")]
    [InlineData("1.bin")]
    [InlineData("notes.csv")]
    public async Task A_stray_file_hides_no_archive_of_reports(string stray)
    {
        Put("c.tar.gz", Packed(Providers(100200300, 10)));
        Put("d.tar", Providers(100200320, 3));
        Put("e.tgz", Packed(Providers(100200330, 2)));
        Put("l.jsonl", Lines(100200400, 5));
        Put("m.jsonl.gz", Packed(Lines(100200410, 4)));
        Put(stray, "sealed"u8.ToArray());
        var ran = await ImportAsync("inbox");
        Figures(ran).ShouldBe((24, 0, 1, stray == "notes.csv" ? 1 : 0), ran.Line.ToJsonString());
        NotRead(ran).ShouldHaveSingleItem().ShouldStartWith(stray + ": ");
    }

    [Fact]
    public async Task Of_archives_that_were_joined_the_first_is_read_and_the_rest_is_told()
    {
        Put("joined.tar", [.. Providers(100200300, 3), .. new byte[4096], .. Providers(100200310, 2)]);
        Put("padded.tar", [.. Providers(100200320, 2), .. new byte[9000]]);
        Put("joined.tar.gz", [.. Packed(Providers(100200330, 1)), .. Packed(Providers(100200340, 1))]);
        var ran = await ImportAsync("inbox");
        Figures(ran).ShouldBe((6, 0, 0, 0), ran.Line.ToJsonString());
        NotRead(ran).Select(one => one.Split(": ")).Select(parts => (Path.GetFileName(parts[0]), parts[1].Split(',')[0])).ShouldBe(
            [("joined.tar", "something follows the end of the archive"), ("joined.tar.gz", "something follows the end of the archive")], ignoreOrder: true);
    }

    [Theory]
    [InlineData("reports")]
    [InlineData("missing")]
    public async Task A_pipe_in_a_folder_is_told_and_holds_nothing_up(string kind)
    {
        Put("a.json", Encoding.UTF8.GetBytes(Json(100200300)));
        Put("empty.json", []);
        foreach (var name in (string[])["pipe.json", "pipe.jsonl", "pipe.xml"])
            using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", [_scratch.At("inbox", name)])) await mkfifo.WaitForExitAsync();
        File.CreateSymbolicLink(_scratch.At("inbox", "link.jsonl"), _scratch.At("inbox", "pipe.jsonl"));
        var ran = await Program.RunAsync(_scratch.Path, "import", kind, "inbox", "--database", _scratch.At("house.db")).WaitAsync(TimeSpan.FromMinutes(1));
        if (kind == "reports") Figure(ran, "taken", "reports").ShouldBe(1, ran.Said);
        NotRead(ran).Where(one => one.Contains("a pipe or a device", StringComparison.Ordinal)).Select(one => Path.GetFileName(one.Split(": ")[0])).ShouldBe(["link.jsonl", "pipe.json", "pipe.jsonl", "pipe.xml"], ignoreOrder: true);
    }

    [Fact]
    public async Task Among_odd_files_every_report_is_taken_and_what_nobody_read_is_counted()
    {
        var tar = Providers(100200340, 30);
        Put("le.tar", Providers(100200300, 3));
        Put("le2.tgz", Packed(Providers(100200310, 3)));
        Put("cut.tar", tar[..(tar.Length / 3)]);
        Put("lines.jsonl.gz", Packed(Lines(100200400, 4)));
        Put("r.XML", Encoding.UTF8.GetBytes(Xml));
        Put("x.tar.bz2", "BZh9 not unpacked"u8.ToArray());
        Put("200.json", Encoding.UTF8.GetBytes(Json(100200500)));
        var ran = await ImportAsync("inbox");
        Figures(ran).ShouldBe((3 + 3 + 4 + 1 + 10, 1, 2, 2), ran.Line.ToJsonString());
        NotRead(ran).ShouldContain(one => one.StartsWith("x.tar.bz2: an archive in a form that is not read; unpack it", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_report_names_or_what_bears_its_number_is_its_file_and_is_not_opened()
    {
        var (byName, byHash, photos) = (Tar(("chat.json", Encoding.UTF8.GetBytes(Json(100200901)))), Lines(100200902, 1), Tar(("a.jpg", "sealed"u8.ToArray())));
        Put("phone.tar", byName);
        Put("other.jsonl", byHash);
        Put("100200301.tar", photos);
        Put("nobody.tar", Tar(("b.jpg", "sealed"u8.ToArray())));
        using (var zip = ZipFile.Open(_scratch.At("inbox", "kept.zip"), ZipArchiveMode.Create))
            await using (var chat = new StreamWriter(await zip.CreateEntry("c.json").OpenAsync())) await chat.WriteAsync(Json(100200903));
        Put("1.json", Encoding.UTF8.GetBytes(Json(100200300, "PHONE.tar")));
        Put("2.json", Encoding.UTF8.GetBytes(Json(100200301, "kept.zip")));
        Put("3.json", Encoding.UTF8.GetBytes(Json(100200302, $"chats\",\"verificationHash\":\"{Md5(byHash)}")));
        var ran = await ImportAsync("inbox");
        Figures(ran).ShouldBe((3, 0, 5, 0), ran.Line.ToJsonString());
        NotRead(ran).ShouldHaveSingleItem().ShouldStartWith("nobody.tar: no report names it");
        (await OwnersAsync()).ShouldBe(["100200300", "100200301", "100200301", "100200302", "none"], ignoreOrder: true);
    }

    [Fact]
    public async Task What_no_report_names_is_not_the_only_one_s_where_archives_hold_others()
    {
        Put("1.json", Encoding.UTF8.GetBytes(Json(100200300)));
        Put("film.bin", "sealed"u8.ToArray());
        Put("whose.bin", "sealed too"u8.ToArray());
        Put("100200300.tar", Providers(100200310, 2));
        var ran = await ImportAsync("inbox");
        Figures(ran).ShouldBe((3, 0, 2, 0), ran.Line.ToJsonString());
        (await OwnersAsync()).ShouldBe(["100200300", "none"], ignoreOrder: true);
        NotRead(ran).ShouldHaveSingleItem().ShouldContain("those in archives and lines are asked by its hash");
    }

    [Fact]
    public async Task A_cut_archive_and_a_line_that_is_too_long_are_rejected_as_reports_are()
    {
        var tar = Providers(100200300, 30);
        Put("a.tar.gz", Packed(tar)[..^200]);
        // Between two files, where nothing but the missing end tells it.
        Put("b.tar", Providers(100200340, 5)[..(4 * 1024)]);
        // What is unpacked simply ends there: its last line is half a report.
        Put("c.jsonl.gz", Packed(Lines(100200400, 400))[..^100]);
        Put("d.jsonl", [.. Encoding.UTF8.GetBytes(new string('x', 70 << 20)), (byte)'\n', .. Lines(100200900, 1)]);
        var dry = await ImportAsync("inbox", "--dry-run");
        var ran = await ImportAsync("inbox");
        foreach (var one in new[] { dry, ran })
        {
            Figure(one, "rejected", "reports").ShouldBe(4, one.Line.ToJsonString());
            ((int)one.Line["faultsFound"]!).ShouldBe(4);
            one.Said.ShouldContain("4 rejected");
        }
        Figure(ran, "taken", "reports").ShouldBeGreaterThan(4 + 1);
        await using var db = new SqliteConnection($"Data Source={_scratch.At("house.db")};Pooling=False");
        (await db.QueryAsync<string>("SELECT source FROM rejects ORDER BY source")).Select(source => source.Split(':')[0])
            .ShouldBe(["reports/a.tar.gz", "reports/b.tar", "reports/c.jsonl.gz", "reports/d.jsonl"]);
        (await db.ExecuteScalarAsync<int>("SELECT SUM(rejected) FROM intake_batches")).ShouldBe(4);
    }

    [Fact]
    public async Task A_PDF_in_an_archive_is_read_where_it_is_a_report_and_told_as_what_it_is_where_it_is_none()
    {
        Put("prints.tar", Tar(("200300602.pdf", PrintedReport.Of("200300602", "Section A: Reported Information")), ("letter.pdf", "%PDF-1.4 no report"u8.ToArray()), ("in.zip", [1])));
        var ran = await ImportAsync("inbox");
        Figures(ran).ShouldBe((1, 0, 0, 0), ran.Line.ToJsonString());
        NotRead(ran).ShouldBe([
            "letter.pdf: a PDF that is no report, and passed over; put it into a folder or ZIP with its report, and import that",
            "in.zip: an archive inside of an archive, which is not opened; take it out and import it"]);
    }

    [Fact]
    public async Task A_dry_run_says_of_nothing_that_it_lies_here()
    {
        Put("1.json", Encoding.UTF8.GetBytes(Json(100200300)));
        Put("2.json", Encoding.UTF8.GetBytes(Json(100200301)));
        Put("film.bin", "sealed"u8.ToArray());
        Put("whose.bin", "sealed too"u8.ToArray());
        Put("broken.zip", "no ZIP"u8.ToArray());
        var dry = string.Join('\n', NotRead(await ImportAsync("inbox", "--dry-run")));
        (dry.Contains("lies sealed", StringComparison.Ordinal), dry.Split("it would lie sealed").Length - 1).ShouldBe((false, 3), dry);
        string.Join('\n', NotRead(await ImportAsync("inbox"))).ShouldBe(dry.Replace("would lie sealed", "lies sealed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_a_package_that_is_refused_as_a_whole_each_file_counts_as_rejected()
    {
        Put("1.json", Encoding.UTF8.GetBytes(Json(100200300)));
        Put("film.bin", "sealed"u8.ToArray());
        await Program.RunAsync(_scratch.Path, "migrate", "--database", _scratch.At("house.db"));
        await using var db = new SqliteConnection($"Data Source={_scratch.At("house.db")};Pooling=False");
        // As if others stored the same first, time and again.
        await db.ExecuteAsync("CREATE TABLE clash (one TEXT UNIQUE); INSERT INTO clash VALUES ('1'); CREATE TRIGGER clashes BEFORE INSERT ON arrivals BEGIN INSERT INTO clash VALUES ('1'); END");
        var ran = await ImportAsync("inbox");
        Figures(ran).ShouldBe((0, 0, 0, 2), ran.Line.ToJsonString());
        ((int)ran.Line["faultsFound"]!).ShouldBe(2);
    }

    [Fact]
    public async Task An_alert_that_lies_beside_other_files_is_counted()
    {
        Put("alert.xml", """<alert xmlns="urn:oasis:names:tc:emergency:cap:1.1"><identifier>A-1</identifier></alert>"""u8.ToArray());
        Put("film.bin", "sealed"u8.ToArray());
        var ran = await ImportAsync("inbox");
        (Figure(ran, "rejected", "alerts"), (int)ran.Line["faultsFound"]!).ShouldBe((1, 1), ran.Line.ToJsonString());
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "Reports name their files by MD5.")]
    private static string Md5(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));

    public void Dispose() => _scratch.Dispose();
}
