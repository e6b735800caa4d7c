using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Homeward.Exchange.CyberTips;
using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Intake.Model;
using Homeward.Intake.Packages;
using Homeward.Kernel;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Intake.Tests;

/// <summary>What an agency downloads, dropped on a page: reports taken, files sealed, oddities told, nothing lost.</summary>
public sealed class PackageTests
{
    private static readonly byte[] _film = RandomNumberGenerator.GetBytes(300_000);
    public static TheoryData<DatabaseKind> Databases => Given.Databases;

    private static string[] Blobs(TestHouse house) => Directory.Exists(Folder(house)) ? [.. Directory.GetFiles(Folder(house)).Where(file => !file.EndsWith(".recipients", StringComparison.Ordinal))] : [];

    private static string Folder(TestHouse house) => house.Services.GetRequiredService<HouseOptions>().BlobFolder;

    [SuppressMessage("Security", "CA5351", Justification = "Reports name their files by MD5.")]
    [Theory, MemberData(nameof(Databases))]
    public async Task A_package_brings_its_report_and_its_files_and_tells_what_is_absent_and_what_is_not_named(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var analyst = await house.PersonAsync(Role.Analyst);
        var md5 = Convert.ToHexStringLower(MD5.HashData(_film));
        var json = Packages.Json("100200300", but: report => report with
        {
            Files = [new TipFile("1.bin") { Hashes = [new TipHash("MD5", md5)] }, new TipFile("2.bin"), new TipFile("3.bin") { OriginalName = @"C:\pics\Film.MP4", Hashes = [new TipHash("MD5", md5)] }],
        });
        var page = await house.ReceiptAsync(analyst, ("CT-100200300.zip", Packages.Zip(
            ("100200300.json", json), ("files/1.bin", _film), ("files/film.mp4", Packages.Bytes("other")), ("files/extra.txt", Packages.Bytes("narrative withheld")))));

        var report = page.Reports.ShouldHaveSingleItem();
        (report.Part.Became, report.Part.Number, report.Part.Version, report.Form).ShouldBe((ReceivePackage.Became.New, "100200300", 1, "agency-json"));
        report.Part.Absent.ShouldBe(["2.bin"]);
        page.Refused.ShouldBeEmpty();
        page.Files.Select(file => (file.Path, file.Report == report.Part.Id, file.IsNamed, file.Hash)).ShouldBe(
        [
            ("CT-100200300.zip/files/1.bin", true, true, ReceivePackage.HashAnswer.Agrees),
            ("CT-100200300.zip/files/film.mp4", true, true, ReceivePackage.HashAnswer.Differs),
            ("CT-100200300.zip/files/extra.txt", true, false, ReceivePackage.HashAnswer.NotStated),
        ]);
        (await house.WithDbAsync(db => db.Set<SealedFileRow>().Select(row => row.Sha256).ToListAsync())).ShouldContain(Convert.ToHexStringLower(SHA256.HashData(_film)));
        var arrival = await house.WithDbAsync(db => db.Set<Arrival>().SingleAsync());
        System.Text.Encoding.UTF8.GetString(arrival.Sealed).ShouldNotContain("extra.txt");
        (await house.DoAsync<ListArrivals.Request, ListArrivals.Page>(analyst, new())).Value.Rows.ShouldHaveSingleItem().Files.ShouldBe(3);
    }

    [SuppressMessage("Security", "CA5351", Justification = "Reports name their files by MD5.")]
    [Theory, MemberData(nameof(Databases))]
    public async Task Files_that_come_after_their_reports_are_booked_by_hash_or_by_name_under_the_reports_number(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var analyst = await house.PersonAsync(Role.Analyst);
        var (film, both) = (Convert.ToHexStringLower(MD5.HashData(_film)), Convert.ToHexStringLower(MD5.HashData(Packages.Bytes("both"))));
        byte[] Naming(string number, params TipFile[] files) => Packages.Json(number, but: report => report with { Files = files });
        var first = await house.ReceiptAsync(analyst,
            ("100200301.json", Naming("100200301", new TipFile("1.bin") { Hashes = [new TipHash("MD5", film)] }, new TipFile("b.bin") { Hashes = [new TipHash("MD5", both)] })),
            ("100200302.json", Naming("100200302", new TipFile("2.bin"), new TipFile("b.bin") { Hashes = [new TipHash("MD5", both)] })));
        var ids = first.Reports.ToDictionary(one => one.Part.Number, one => one.Part.Id);

        var later = await house.ReceiptAsync(analyst, ("whatever.mp4", _film), ("2.bin", Packages.Bytes("two")), ("b.bin", Packages.Bytes("both")),
            ("CT-100200302.zip", Packages.Zip(("100200302/2.bin", Packages.Bytes("two")), ("b.bin", Packages.Bytes("both")), ("x.bin", Packages.Bytes("unnamed")))));
        later.Files.Select(file => (file.Path, file.Report, file.Earlier, file.NamedAs, file.Hash, string.Join(' ', file.Between))).ShouldBe(
        [
            ("whatever.mp4", ids["100200301"], "100200301", "1.bin", ReceivePackage.HashAnswer.Agrees, ""),
            ("2.bin", null, null, null, ReceivePackage.HashAnswer.NotStated, ""),
            ("b.bin", null, "", null, ReceivePackage.HashAnswer.NotStated, "100200301 100200302"),
            ("CT-100200302.zip/100200302/2.bin", ids["100200302"], "100200302", "2.bin", ReceivePackage.HashAnswer.NotStated, ""),
            ("CT-100200302.zip/b.bin", ids["100200302"], "100200302", "b.bin", ReceivePackage.HashAnswer.Agrees, ""),
            ("CT-100200302.zip/x.bin", null, null, null, ReceivePackage.HashAnswer.NotStated, ""),
        ]);
        foreach (var (number, here) in new[] { ("100200301", "1.bin"), ("100200302", "2.bin b.bin") })
        {
            await house.DoAsync<OpenReport.Request, OpenReport.Receipt>(analyst, new(ids[number]!.Value));
            var page = (await house.DoAsync<ShowReport.Request, ShowReport.Page>(analyst, new(ids[number]!.Value))).Value;
            string.Join(' ', page.Files.Where(file => file.IsHere).Select(file => file.Name)).ShouldBe(here);
            page.Receipts.ShouldContain(receipt => receipt.Id == later.Id);
        }
        var intake = house.Services.GetRequiredService<IIntake>();
        (await house.WithDbAsync(db => intake.SightingsAsync(db, "file", $"sha256:{Convert.ToHexStringLower(SHA256.HashData(_film))}", 5, CancellationToken.None)))
            .ShouldHaveSingleItem().Report.ShouldBe(ids["100200301"]!.Value);
    }

    [Fact]
    public async Task An_archive_that_nobody_opened_is_told_unless_a_report_names_it_and_one_that_bears_its_number_is_its_file()
    {
        await using var house = await Given.HouseAsync();
        var named = Packages.Json("100200300", but: report => report with { Files = [new TipFile("phone.tar.gz")] });
        var page = await house.ReceiptAsync(await house.PersonAsync(Role.Analyst), ("a.json", named), ("b.json", Packages.Json("100200301")),
            ("phone.tar.gz", _film), ("reports.tar", Packages.Bytes("one")), ("all.7z", Packages.Bytes("two")), ("100200301.bin", Packages.Bytes("three")));
        page.Refused.Select(part => (part.Path, part.Reason, part.IsKept)).ShouldBe(
            [("reports.tar", "an archive, which is not opened here", true), ("all.7z", "an archive in a form that is not read", true)]);
        page.Refused[0].Mend.ShouldContain("homeward import reports FILE");
        page.Files.Select(file => page.Reports.SingleOrDefault(report => report.Part.Id == file.Report)?.Part.Number).ShouldBe(["100200300", null, null, "100200301"]);
    }

    [Fact]
    public async Task What_goes_beyond_what_is_read_at_once_is_sealed_and_says_why_and_how_to_have_it_read()
    {
        await using var house = await Given.HouseAsync();
        using var reading = new PackageReading(house.Services.GetRequiredService<SealedBlobs>(), house.Services.GetRequiredService<KeyStore>(), Folder(house), documentsBytesMax: 1 << 20);
        byte[] Long(string number) => [.. Packages.Json(number), .. Enumerable.Repeat((byte)' ', 600_000)];
        await reading.TakeAsync("one.json", new MemoryStream(Long("100200300")), CancellationToken.None);
        await reading.TakeAsync("two.json", new MemoryStream(Long("100200301")), CancellationToken.None);
        await reading.TakeAsync("all.zip", new MemoryStream(Packages.Zip(("three.json", Long("100200302")))), CancellationToken.None);
        await reading.TakeAsync("huge.json", new MemoryStream(new byte[PackageArrivals.DocumentBytesMax + 1]), CancellationToken.None);
        const string Why = "it was not read: 1 MiB of reports are read at once, and what came before it comes to that";
        reading.Read.Reports.ShouldHaveSingleItem().Number.ShouldBe("100200300");
        reading.Read.Files.Select(file => file.Path).ShouldBe(["two.json", "all.zip/three.json", "huge.json"]);
        reading.Read.Refused.Select(part => (part.Path, part.Reason, part.Mend)).ShouldBe(
        [
            ("two.json", Why, "drop it again, by itself"), ("all.zip/three.json", Why, "take it out of the package and drop it by itself"),
            ("huge.json", "larger than 64 MiB, which no report is", "files belong beside the report, not inside it"),
        ]);
    }

    [Fact]
    public async Task An_alert_beyond_those_that_are_read_at_once_does_not_lie_sealed_without_a_word()
    {
        await using var house = await Given.HouseAsync();
        using var reading = new PackageReading(house.Services.GetRequiredService<SealedBlobs>(), house.Services.GetRequiredService<KeyStore>(), Folder(house));
        var alert = Packages.Bytes("""<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"/>""");
        for (var i = 0; i <= ReceiveAlerts.OriginalsMax; i++) await reading.TakeAsync($"{i}.xml", new MemoryStream(alert), CancellationToken.None);
        (reading.Read.Alerts!.Count, reading.Read.Files.ShouldHaveSingleItem().Path).ShouldBe((1_000, "1000.xml"));
        reading.Read.Refused.ShouldHaveSingleItem().Reason.ShouldStartWith("it was not read: 1000 AMBER alerts are read at once");
    }

    [Fact]
    public async Task The_list_of_receipts_says_what_came_and_which_reports_so_that_each_is_known_again()
    {
        await using var house = await Given.HouseAsync();
        var analyst = await house.PersonAsync(Role.Analyst);
        var first = await house.ReceiptAsync(analyst, ("CT-1.zip", Packages.Zip([.. Enumerable.Range(1, 7).Select(index => ($"{index}.json", Packages.Json(Given.Number(index))))])), ("a.bin", [1]), ("b.bin", [2]), ("c.bin", [3]));
        house.Clock.DriveTo(house.Clock.GetUtcNow().AddMinutes(1));
        await house.ReceiptAsync(analyst, ("bad.json", Packages.Bytes("{\"reportId\": ")));
        var rows = (await house.DoAsync<ListArrivals.Request, ListArrivals.Page>(analyst, new())).Value.Rows;
        rows.Select(row => (string.Join(' ', row.Names), row.MoreNames, string.Join(' ', row.Brought.Select(one => one.Number)), row.MoreBrought)).ShouldBe(
        [
            ("bad.json", 0, "", 0),
            ("CT-1.zip a.bin b.bin", 1, string.Join(' ', Enumerable.Range(1, 5).Select(Given.Number)), 2),
        ]);
        rows.Select(row => row.NotRead).ShouldBe([1, 0]);
        rows[1].Brought[0].Id.ShouldBe(first.Reports[0].Part.Id!.Value);
    }

    [Fact]
    public async Task A_receipt_that_does_not_open_hides_neither_the_list_nor_its_report()
    {
        await using var house = await Given.HouseAsync();
        var analyst = await house.PersonAsync(Role.Analyst);
        var receipt = await house.ReceiptAsync(analyst, ("100200300.json", Packages.Json("100200300")));
        await house.WithDbAsync(db => db.Set<Arrival>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Sealed, new byte[200])));
        (await house.DoAsync<ListArrivals.Request, ListArrivals.Page>(analyst, new())).Value.Rows.ShouldHaveSingleItem().IsDamaged.ShouldBeTrue();
        var id = receipt.Reports.Single().Part.Id!.Value;
        await house.DoAsync<OpenReport.Request, OpenReport.Receipt>(analyst, new(id));
        (await house.DoAsync<ShowReport.Request, ShowReport.Page>(analyst, new(id))).Value.Receipts.ShouldHaveSingleItem().Source.ShouldBeNull();
    }

    private static byte[] Naming(string number, params TipFile[] files) => Packages.Json(number, but: report => report with { Files = files });

    [Fact]
    public async Task A_file_belongs_to_the_report_in_its_folder_and_one_that_fits_several_is_told_and_booked_to_none()
    {
        await using var house = await Given.HouseAsync();
        var analyst = await house.PersonAsync(Role.Analyst);
        var page = await house.ReceiptAsync(analyst, ("p.zip", Packages.Zip(
            ("900700008/900700008.json", Naming("900700008", new TipFile("a.jpg"), new TipFile("b.jpg"), new TipFile("c.jpg"))), ("900700008/a.jpg", Packages.Bytes("one")),
            ("900700009/900700009.json", Naming("900700009", new TipFile("a.jpg"), new TipFile("b.jpg"))), ("900700009/a.jpg", Packages.Bytes("two")),
            ("900700009/files/b.jpg", Packages.Bytes("three")), ("b.jpg", Packages.Bytes("four")), ("900700008/list.txt", Packages.Bytes("five")), ("readme.txt", Packages.Bytes("six")))));

        page.Files.Select(file => (file.Path, Of(page, file), file.IsNamed, string.Join(' ', file.Between))).ShouldBe(
        [
            ("p.zip/900700008/a.jpg", "900700008", true, ""),
            ("p.zip/900700009/a.jpg", "900700009", true, ""),
            ("p.zip/900700009/files/b.jpg", "900700009", true, ""),
            ("p.zip/b.jpg", null, false, "900700008 900700009"),
            ("p.zip/900700008/list.txt", "900700008", false, ""),
            ("p.zip/readme.txt", null, false, ""),
        ]);
        page.Reports.Select(report => string.Join(' ', report.Part.Absent)).ShouldBe(["c.jpg", ""]);
    }

    [SuppressMessage("Security", "CA5351", Justification = "Reports name their files by MD5.")]
    [Fact]
    public async Task Where_the_place_does_not_tell_whose_a_file_is_its_hash_does()
    {
        await using var house = await Given.HouseAsync();
        var analyst = await house.PersonAsync(Role.Analyst);
        static TipFile Named(string name, string bytes, string? original = null) =>
            new(name) { OriginalName = original, Hashes = [new TipHash("MD5", Convert.ToHexStringLower(MD5.HashData(Packages.Bytes(bytes))))] };
        var page = await house.ReceiptAsync(analyst, ("p.zip", Packages.Zip(
            ("1.json", Naming("900700008", Named("a.jpg", "one"), Named("x.jpg", "five", original: "image.jpg"), Named("y.jpg", "six", original: "image.jpg"))), ("2.json", Naming("900700009", Named("a.jpg", "two"), Named("b.jpg", "three"))),
            ("a.jpg", Packages.Bytes("two")), ("files/a.jpg", Packages.Bytes("one")), ("b.jpg", Packages.Bytes("broken")), ("image.jpg", Packages.Bytes("six")))));

        page.Files.Select(file => (file.Path, Of(page, file), file.Hash)).ShouldBe(
        [
            ("p.zip/a.jpg", "900700009", ReceivePackage.HashAnswer.Agrees), ("p.zip/files/a.jpg", "900700008", ReceivePackage.HashAnswer.Agrees),
            ("p.zip/b.jpg", "900700009", ReceivePackage.HashAnswer.Differs), ("p.zip/image.jpg", "900700008", ReceivePackage.HashAnswer.Agrees),
        ]);
        page.Reports[0].Part.Absent.ShouldBe(["x.jpg"]);
    }

    private static string? Of(ShowArrival.Page page, ReceivePackage.FilePart file) => page.Reports.FirstOrDefault(one => one.Part.Id == file.Report && file.Report is not null)?.Part.Number;

    [Fact]
    public async Task A_table_that_no_report_names_is_told_with_the_command_that_takes_it()
    {
        await using var house = await Given.HouseAsync();
        var analyst = await house.PersonAsync(Role.Analyst);
        var page = await house.ReceiptAsync(analyst, ("100200300.json", Naming("100200300", new TipFile("log.csv"))), ("log.csv", Packages.Bytes("a,b\n")), ("entries.csv", Packages.Bytes("nic,status\n")), ("lines.jsonl", Packages.Bytes("{}\n")));
        page.Refused.Select(one => one.Path).ShouldBe(["entries.csv", "lines.jsonl"]);
        page.Refused.ShouldAllBe(one => one.IsKept);
        page.Refused[0].Mend.ShouldContain("homeward import missing FILE");
        page.Files.Count.ShouldBe(3);
        (await house.DoAsync<ListArrivals.Request, ListArrivals.Page>(analyst, new())).Value.Rows.ShouldHaveSingleItem().Refused.ShouldBe(2);
    }

    [Fact]
    public async Task An_alert_that_is_no_CAP_is_told_as_the_command_tells_it_and_a_provider_s_XML_as_what_it_is()
    {
        await using var house = await Given.HouseAsync();
        var page = await house.ReceiptAsync(await house.PersonAsync(Role.Analyst), ("alert.xml", Packages.Bytes("<alert/>")), ("report.xml", Packages.Bytes("<report><alert/></report>")));
        page.Refused.Select(one => one.Reason).ShouldBe(["the root is not an alert of CAP 1.2", "a provider's XML does not carry its number"]);
    }

    [Fact]
    public async Task What_begins_as_a_report_under_another_name_is_told_with_the_name_to_give_it()
    {
        await using var house = await Given.HouseAsync();
        var analyst = await house.PersonAsync(Role.Analyst);
        var report = Packages.Json("100200301");
        var page = await house.ReceiptAsync(analyst,
            ("x-report.txt", report), ("100200300.zip.txt", Packages.Zip(("a.json", report))), ("print", Packages.Bytes("%PDF-1.7 and so on")), ("list.json.bak", [.. Packages.Bytes("["), .. report]),
            ("notes.txt", Packages.Bytes("narrative withheld, about a \"reportId\"")), ("letter.docx", Packages.Zip(("a.xml", [1]))), ("x.jpg", report), ("named.json", Naming("100200302", new TipFile("said.txt"))), ("said.txt", report),
            ("p.zip", Packages.Zip(("100200300.json", Packages.Json("100200300")), ("other.txt", report), ("scan.dat", Packages.Bytes("%PDF-1.7 and so on")))));
        page.Refused.Select(one => (one.Path, one.Mend)).ShouldBe(
        [
            ("x-report.txt", "name it x-report.json and drop it again"), ("100200300.zip.txt", "name it 100200300.zip and drop it again"), ("print", "name it print.pdf and drop it again"),
            ("list.json.bak", "name it list.json and drop it again"), ("p.zip/other.txt", "name it other.json and drop it again"),
        ]);
        page.Refused.ShouldAllBe(one => one.IsKept && one.Reason.Contains("its name says something else"));
        page.Files.Single(file => file.Path == "x-report.txt").Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(report)));
    }

    [Fact]
    public async Task What_in_a_package_is_no_report_and_belongs_to_none_does_not_lie_sealed_without_a_word()
    {
        await using var house = await Given.HouseAsync();
        var analyst = await house.PersonAsync(Role.Analyst);
        byte[] utf16 = [0xFF, 0xFE, .. System.Text.Encoding.Unicode.GetBytes(System.Text.Encoding.UTF8.GetString(Packages.Json("100200300")))];
        (await house.ReceiptAsync(analyst, ("a.zip", Packages.Zip(("r.json", utf16))))).Reports.Single().Part.Number.ShouldBe("100200300");
        var page = await house.ReceiptAsync(analyst, ("b.zip", Packages.Zip(
            ("r.json", Packages.Bytes("""{"reports":[{"reportId":"100200301"}]}""")), ("r.xml", Packages.Bytes("<report/>")))), ("c.zip", Packages.Zip()));
        page.Refused.Select(one => (one.Path, one.IsKept)).ShouldBe([("c.zip", false), ("b.zip/r.json", true), ("b.zip/r.xml", true)]);
        page.Files.Count.ShouldBe(2);
        // What lies beside a report is its own.
        (await house.ReceiptAsync(analyst, ("d.zip", Packages.Zip(("100200300.json", utf16), ("chat.json", Packages.Bytes("""{"messages":[]}""")))))).Refused.ShouldBeEmpty();
    }

    [Fact]
    public async Task JSON_that_is_named_as_a_print_and_a_print_that_is_named_as_JSON_are_read_as_what_they_are()
    {
        await using var house = await Given.HouseAsync();
        var page = await house.ReceiptAsync(await house.PersonAsync(Role.Analyst), ("a.pdf", Packages.Json("100200300")), ("b.json", Exchange.Tests.PrintedReport.Of("100200301", "Section A: Reported Information")));
        page.Refused.ShouldBeEmpty();
        page.Reports.Select(one => (one.Part.Number, one.Form)).ShouldBe([("100200300", "agency-json"), ("100200301", "agency-pdf")]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_receipt_says_where_account_phone_and_child_appeared_before(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await house.ReceiveAsync(Given.Xml("100200301", "(816) 555-0100"));
        var entry = (await house.ReceiveAsync(Given.Line(Given.Entry("M100000001")))).Entries.Single();
        var analyst = await house.PersonAsync(Role.Analyst);
        var before = (await house.ReceiptAsync(analyst, ("100200300.json", Packages.Json("100200300")))).Reports.Single().Before!;
        var phone = before.Single(row => row.Kind == "phone");
        (phone.Value, phone.Reports.Single().Number, phone.Children.Single().Id).ShouldBe(("+18165550100", "100200301", entry));
        before.Single(row => row.Kind == "screen-name").Reports.Single().Number.ShouldBe("100200301");
        before.Single(row => row.Kind == "name").Children.Single().Nic.ShouldBe("M100000001");
        before.ShouldAllBe(row => row.Path.Length > 1);
        before.ShouldNotContain(row => row.Kind == "place");
    }

    [Fact]
    public async Task However_many_addresses_of_the_net_a_report_lists_its_account_and_its_child_are_looked_up()
    {
        await using var house = await Given.HouseAsync();
        await house.ReceiveAsync(Given.Xml("100200301", but: report => report with { Persons = [new TipPerson { Role = TipRole.Reported, AccountId = "Acct-77" }], Incidents = [] }));
        await house.ReceiveAsync(Given.Line(Given.Entry("M100000001")));
        var page = await house.ReceiptAsync(await house.PersonAsync(Role.Analyst), ("100200300.json", Packages.Json("100200300", but: report => report with
        {
            Persons = [new TipPerson { Role = TipRole.Reported, Ips = [.. Enumerable.Range(1, 100).Select(at => new TipIp($"192.0.2.{at}"))], AccountId = "Acct-77", Phones = [new("(816) 555-0100")] }],
            Incidents = [],
        })));
        var report = page.Reports.Single();
        report.Before!.Select(row => row.Kind).Order().ShouldBe(["account-id", "phone"]);
        report.NotLookedUp.ShouldBe(42);
    }

    [Fact]
    public async Task The_receipt_names_the_child_who_is_called_as_a_display_name_says()
    {
        await using var house = await Given.HouseAsync();
        var name = Given.Entry("M100000001").Names[0];
        await house.ReceiveAsync(Given.Line(Given.Entry("M100000001")));
        var receipt = await house.ReceiptAsync(await house.PersonAsync(Role.Analyst), ("100200300.json", Packages.Json("100200300", but: report => report with
            { Persons = [new TipPerson { Role = TipRole.Reported, Given = "Wilder", Family = "Brackenbury", DisplayNames = ["Night Owl", $"{name.Given} {name.Family}"] }], Incidents = [] })));
        var row = receipt.Reports.Single().Before!.ShouldHaveSingleItem();
        (row.Kind, row.Children.Single().Nic).ShouldBe(("name", "M100000001"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_account_is_known_again_by_its_id_alone_whatever_form_the_report_has(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        CyberTipReport With(CyberTipReport report, string id) => report with
            { Persons = [new TipPerson { Role = TipRole.Reported, AccountId = id }], Incidents = [] };
        var first = await house.ReceiveAsync(Given.Xml("100200301", but: report => With(report, "Acct-77")), Given.Xml("100200302", but: report => With(report, "acct-77")));
        var analyst = await house.PersonAsync(Role.Analyst);
        var receipt = await house.ReceiptAsync(analyst, ("100200300.json", Packages.Json("100200300", but: report => With(report, "Acct-77"))));
        var row = receipt.Reports.Single().Before!.ShouldHaveSingleItem();
        (row.Kind, row.Value, row.Reports.Single().Number).ShouldBe(("account-id", "example platform:Acct-77", "100200301"));

        var intake = house.Services.GetRequiredService<IIntake>();
        var groups = await house.WithDbAsync(db => intake.SameIncidentsAsync(db, first.Reports, CancellationToken.None));
        groups[first.Reports[0]].Others.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            other => other.Report.ShouldBe(receipt.Reports.Single().Part.Id!.Value), other => other.Ties.ShouldBe([IncidentTie.Account]));
        groups.ShouldNotContainKey(first.Reports[1]);
        // A service is no company: two call theirs alike, and one company names it in one report and not in the next.
        CyberTipReport Of(CyberTipReport report, string company) => report with
            { ProviderName = company, Persons = [new TipPerson { Role = TipRole.Reported, AccountId = "Acct-78", Service = "Chat" }], Incidents = [] };
        await house.ReceiptAsync(analyst, ("100200303.json", Packages.Json("100200303", but: report => Of(report, "Company One"))));
        var other = await house.ReceiptAsync(analyst, ("100200304.json", Packages.Json("100200304", but: report => Of(report, "Company Two"))));
        other.Reports.Single().Before!.ShouldBeEmpty();
        intake.ReadTyped("Acct-77").ShouldContain(one => one.Kind == "account-id" && one.Value == ":Acct-77");
        intake.ReadTyped("Example-Platform:Acct-77").ShouldContain(one => one.Kind == "account-id" && one.Value == "example platform:Acct-77");
    }

    [Fact]
    public async Task What_too_many_share_is_said_to_be_shared_and_not_listed()
    {
        await using var house = await Given.HouseAsync();
        await house.ReceiveAsync([.. Enumerable.Range(1, 12).Select(index => Given.Xml(Given.Number(index)))]);
        var analyst = await house.PersonAsync(Role.Analyst);
        var before = (await house.ReceiptAsync(analyst, ("a.json", Packages.Json("100200300")))).Reports.Single().Before!;
        before.Single(row => row.Kind == "email").ShouldSatisfyAllConditions(row => row.IsShared.ShouldBeTrue(), row => row.Reports.ShouldBeEmpty());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_same_again_is_a_repeat_and_other_content_a_version(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var analyst = await house.PersonAsync(Role.Analyst);
        async Task<(ReceivePackage.Became, int)> BecameAsync(byte[] json)
        {
            var part = (await house.ReceiptAsync(analyst, ("100200300.json", json))).Reports.Single().Part;
            return (part.Became, part.Version);
        }
        (await BecameAsync(Packages.Json("100200300"))).ShouldBe((ReceivePackage.Became.New, 1));
        (await BecameAsync(Packages.Json("100200300"))).ShouldBe((ReceivePackage.Became.Repeat, 1));
        (await BecameAsync(Packages.Json("100200300", "(816) 555-0199"))).ShouldBe((ReceivePackage.Became.Version, 2));
        (await BecameAsync(Packages.Json("100200300"))).ShouldBe((ReceivePackage.Became.Repeat, 1));
    }

    [Fact]
    public async Task The_same_file_for_the_same_report_is_sealed_once()
    {
        await using var house = await Given.HouseAsync();
        var analyst = await house.PersonAsync(Role.Analyst);
        var package = Packages.Zip(("100200300.json", Packages.Json("100200300")), ("1.bin", _film), ("copy.bin", _film));
        (await house.ReceiptAsync(analyst, ("p.zip", package))).Files.Select(file => file.IsRepeat).ShouldBe([false, true]);
        (await house.ReceiptAsync(analyst, ("p.zip", package))).Files.ShouldAllBe(file => file.IsRepeat);
        Blobs(house).ShouldHaveSingleItem();
        (await house.ReceiptAsync(analyst, ("p.zip", Packages.Zip(("100200301.json", Packages.Json("100200301")), ("1.bin", _film))))).Files.Single().IsRepeat.ShouldBeFalse();
        Blobs(house).Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_report_that_cannot_be_read_is_rejected_with_line_and_reason_and_holds_nothing_up()
    {
        await using var house = await Given.HouseAsync();
        var analyst = await house.PersonAsync(Role.Analyst);
        var page = await house.ReceiptAsync(analyst,
            ("bad.json", Packages.Bytes("{\n \"reportId\": \"1\",\n nonsense\n}")), ("good.json", Packages.Json("100200300")), ("other.json", Packages.Bytes("{\"a\":1}")));
        page.Reports.Select(one => one.Part.Became).ShouldBe([ReceivePackage.Became.Rejected, ReceivePackage.Became.New, ReceivePackage.Became.Rejected]);
        (page.Reports[0].Part.Line, page.Reports[0].Part.Reason!.Contains("JSON", StringComparison.Ordinal)).ShouldBe((3, true));
        page.Reports[2].Part.Field.ShouldBe("/reportId");
    }

    [Fact]
    public async Task A_package_that_is_not_whole_is_refused_whole_and_lies_sealed_as_it_came()
    {
        await using var house = await Given.HouseAsync();
        var analyst = await house.PersonAsync(Role.Analyst);
        var good = Packages.Zip(("a.bin", _film), ("100200300.json", Packages.Json("100200300")), ("b.bin", RandomNumberGenerator.GetBytes(100_000)));
        foreach (var (bad, why) in new (byte[], string)[]
        {
            ([.. good[..50], .. new byte[50], .. good[100..]], "broken"), (good[..^30], "broken"), (Packages.Bytes("no ZIP at all"), "broken"), (Changed(good), "broken"),
            (Locked(good), "password"),
        })
        {
            var before = Blobs(house).Length;
            var page = await house.ReceiptAsync(analyst, ("package.zip", bad), ("100200301.json", Packages.Json("100200301")));
            page.Reports.ShouldHaveSingleItem().Part.Number.ShouldBe("100200301");
            var refused = page.Refused.ShouldHaveSingleItem();
            (refused.Path, refused.IsKept, refused.Mend.Length > 5).ShouldBe(("package.zip", true, true));
            refused.Reason.ShouldContain(why);
            var kept = page.Files.ShouldHaveSingleItem();
            (kept.Path, kept.Sha256).ShouldBe(("package.zip", Convert.ToHexStringLower(SHA256.HashData(bad))));
            Blobs(house).Length.ShouldBe(before + 1);
        }
    }

    [Fact]
    public async Task What_would_unfold_to_too_much_is_told_and_what_lies_beside_it_is_taken()
    {
        await using var house = await Given.HouseAsync();
        var analyst = await house.PersonAsync(Role.Analyst);
        var zip = Packages.Zip(("zeros.bin", new byte[BombBytes]), ("100200300.json", Packages.Json("100200300")), ("1.bin", _film[..1000]), ("more.bin", new byte[BombBytes]));
        var page = await house.ReceiptAsync(analyst, ("p.zip", zip));
        var report = page.Reports.ShouldHaveSingleItem().Part;
        report.Number.ShouldBe("100200300");
        page.Refused.Select(one => (one.Path, one.IsKept)).ShouldBe([("p.zip/zeros.bin", true), ("p.zip/more.bin", true)]);
        page.Refused.ShouldAllBe(one => one.Reason.Contains("200 times its size"));
        // The package itself lies sealed, with what was not unfolded in it.
        page.Files.Select(file => (file.Path, file.Report)).ShouldBe([("p.zip/1.bin", report.Id), ("p.zip", report.Id)]);
        page.Files[1].Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(zip)));
        Blobs(house).Length.ShouldBe(2);
    }

    private const int BombBytes = 60 << 20;

    /// <summary>The mark of encryption on each entry of the directory.</summary>
    private static byte[] Locked(byte[] zip)
    {
        var locked = (byte[])zip.Clone();
        for (var at = 0; (at = locked.AsSpan(at).IndexOf("PK\x1\x2"u8) is >= 0 and var next ? at + next : -1) >= 0; at += 4) locked[at + 8] |= 1;
        return locked;
    }

    /// <summary>One byte of a stored file turned: the checksum tells.</summary>
    private static byte[] Changed(byte[] zip)
    {
        var changed = (byte[])zip.Clone();
        changed[zip.AsSpan().IndexOf(_film.AsSpan(1_000, 20)) is > 0 and var at ? at : 5_000] ^= 0x10;
        return changed;
    }

    [Fact]
    public async Task Odd_names_and_packages_within_are_told_and_their_content_is_kept()
    {
        await using var house = await Given.HouseAsync();
        var analyst = await house.PersonAsync(Role.Analyst);
        var page = await house.ReceiptAsync(analyst, ("p.zip", Packages.Zip(
            ("../x.bin", [1]), ("/etc/x.bin", [2]), (@"C:\x.bin", [3]), ("twice.bin", [4]), ("TWICE.bin", [5]), ("inner.zip", Packages.Zip(("100200300.json", Packages.Json("100200300")))))));
        page.Refused.Select(one => one.Path).ShouldBe(["p.zip/../x.bin", "p.zip//etc/x.bin", "p.zip/C:/x.bin", "p.zip/TWICE.bin", "p.zip/inner.zip"]);
        page.Refused.ShouldAllBe(one => one.IsKept);
        page.Files.Count.ShouldBe(6);
        page.Reports.ShouldBeEmpty();
        Blobs(house).Length.ShouldBe(6);
        Directory.GetFileSystemEntries(Path.GetDirectoryName(Folder(house))!, "x.bin", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task No_byte_of_a_package_lies_in_clear_while_it_is_read_or_after()
    {
        await using var house = await Given.HouseAsync();
        var analyst = await house.PersonAsync(Role.Analyst);
        var spying = new SpyingStream(Packages.Zip(("100200300.json", Packages.Json("100200300")), ("a.bin", _film)), () => Folder(house));
        await house.Services.GetRequiredService<PackageArrivals>().ReceiveAsync(
            analyst, new[] { new PackageArrivals.Dropped("p.zip", spying) }.ToAsyncEnumerable(), CancellationToken.None);
        spying.Seen.ShouldBeGreaterThan(100_000);
        spying.SawClear.ShouldBeFalse();
        foreach (var blob in Blobs(house)) (await File.ReadAllBytesAsync(blob)).AsSpan().IndexOf(_film.AsSpan(2_000, 32)).ShouldBe(-1);
        Directory.GetFiles(Folder(house), "*.part").ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Packages_that_come_at_the_same_moment_are_all_taken_and_nothing_of_them_is_there_twice(DatabaseKind kind)
    {
        const int AtOnce = 8;
        await using var house = await Given.HouseAsync(kind);
        var analyst = await house.PersonAsync(Role.Analyst);
        for (var round = 1; round <= 2; round++)
        {
            // A report that nobody knew; then a file more of a report that is there.
            var package = Packages.Zip(("100200300.json", Packages.Json("100200300")), ("bad.json", Packages.Bytes("{\"reportId\": ")), ($"{round}.bin", Packages.Bytes($"sealed {round}")));
            var answers = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(() => house.DropAsync(analyst, ("p.zip", package)))));
            answers.ShouldAllBe(answer => answer.IsDone);
            answers.Sum(answer => answer.Value.New).ShouldBe(round == 1 ? 1 : 0);
            answers.Sum(answer => answer.Value.Superfluous.Count).ShouldBe(AtOnce - 1);
            (await house.WithDbAsync(db => db.Set<ReportVersion>().CountAsync())).ShouldBe(1);
            (await house.WithDbAsync(db => db.Set<SealedFileRow>().CountAsync())).ShouldBe(round);
            (await house.WithDbAsync(db => db.Set<Reject>().CountAsync())).ShouldBe(1);
            (await house.WithDbAsync(db => db.Set<Arrival>().CountAsync())).ShouldBe(round * AtOnce);
            Blobs(house).Length.ShouldBe(round);
        }
    }

    [Fact]
    public async Task A_drop_that_breaks_off_leaves_nothing()
    {
        await using var house = await Given.HouseAsync();
        var analyst = await house.PersonAsync(Role.Analyst);
        await Should.ThrowAsync<EndOfStreamException>(() => house.Services.GetRequiredService<PackageArrivals>().ReceiveAsync(
            analyst, new[] { new PackageArrivals.Dropped("a.bin", new MemoryStream(_film)), new PackageArrivals.Dropped("b.bin", new BreakingStream()) }.ToAsyncEnumerable(), CancellationToken.None));
        Blobs(house).ShouldBeEmpty();
        (await house.WithDbAsync(db => db.Set<Arrival>().CountAsync())).ShouldBe(0);
        (await house.DropAsync(analyst)).Problem.Code.ShouldBe("no-file");
        (await house.DropAsync(await house.PersonAsync(Role.Auditor), ("a.bin", _film))).Problem.Kind.ShouldBe(ProblemKind.Forbidden);
    }

    private sealed class BreakingStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new EndOfStreamException();
    }

    /// <summary>Looks into the folder each time that it is read.</summary>
    private sealed class SpyingStream(byte[] content, Func<string> folder) : MemoryStream(content)
    {
        public bool SawClear { get; private set; }
        public long Seen { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Directory.Exists(folder()))
            {
                foreach (var path in Directory.GetFiles(folder()))
                {
                    using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                    var bytes = new byte[file.Length];
                    file.ReadExactly(bytes);
                    Seen += bytes.Length;
                    SawClear |= bytes.AsSpan().IndexOf(_film.AsSpan(2_000, 32)) >= 0;
                }
            }
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
