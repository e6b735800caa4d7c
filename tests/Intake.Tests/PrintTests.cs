using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Homeward.Exchange;
using Homeward.Exchange.CyberTips;
using Homeward.Exchange.Tests;
using Homeward.Foundations.Access;
using Homeward.Kernel;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Intake.Tests;

/// <summary>A print and a JSON of one number: two versions of one report, and neither hides what the other says.</summary>
public sealed class PrintTests
{
    private const string Number = "100200300";
    private const string Body = """
        Received by NCMEC on: 07-01-2019 11:00:00 UTC
        Section A: Reported Information
        Submitter: Example Platform
        Incident Type: Online Enticement of Children for Sexual Acts
        Suspect
        Email Address: night.owl@example.com
        Phone: +18165550177
        Uploaded File Information
        Filename: 1.bin
        Viewed by ESP? Yes
        Section C: Additional Information Provided by NCMEC
        Priority Level: 1
        NCMEC Incident Type: Child Sex Trafficking
        Section D: Law Enforcement Contact Information
        Agency: Invented County Task Force
        """;

    public static TheoryData<DatabaseKind> Databases => Given.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Print_and_JSON_stand_side_by_side_in_whichever_order_they_come(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var analyst = await house.PersonAsync(Role.Analyst);
        var (json, pdf) = (Packages.Json(Number, but: report => report with { Ncmec = null }), PrintedReport.Of(Number, Body));
        foreach (var (first, second, number) in new[] { ("a.json", "a.pdf", Number), ("b.pdf", "b.json", "100200301") })
        {
            byte[] Of(string name) => name.EndsWith("json", StringComparison.Ordinal)
                ? number == Number ? json : Packages.Json(number, but: report => report with { Ncmec = null })
                : number == Number ? pdf : PrintedReport.Of(number, Body);
            var id = (await house.ReceiptAsync(analyst, (first, Of(first)))).Reports.Single().Part.Id!.Value;
            (await house.ReceiptAsync(analyst, (second, Of(second)))).Reports.Single().Part.ShouldSatisfyAllConditions(
                part => part.Became.ShouldBe(ReceivePackage.Became.Version), part => part.Version.ShouldBe(2), part => part.Id.ShouldBe(id));

            var intake = house.Services.GetRequiredService<IIntake>();
            var gist = (await house.WithDbAsync(db => intake.ReportsAsync(db, [id], CancellationToken.None))).Single();
            (gist.Form, gist.Priority, gist.Persons.Count).ShouldBe(("agency-json", 1, 2));
            gist.Identifiers.Where(one => one.Kind == "phone").Select(one => one.Value).ShouldBe(["+18165550100", "+18165550177"]);
            gist.Identifiers.Count(one => one.Kind == "email").ShouldBe(1);
            // An index of everybody, and of what they hold, knows them as the JSON names them.
            var named = new List<NamedPersons>();
            await house.WithDbAsync(async db =>
            {
                await foreach (var some in intake.NamedPersonsAsync(db, CancellationToken.None)) named.AddRange(some);
                return true;
            });
            named.Single(one => one.Report == id).Persons.Select(person => (person.Given, person.Family, string.Join(' ', person.Phones)))
                .ShouldBe(gist.Persons.Select(person => (person.Given, person.Family, string.Join(' ', person.Phones))));
            foreach (var phone in new[] { "+18165550100", "+18165550177" })
                (await house.WithDbAsync(db => intake.SightingsAsync(db, "phone", phone, 5, CancellationToken.None))).ShouldContain(one => one.Report == id);
        }
    }

    [Fact]
    public async Task What_differs_between_print_and_JSON_is_shown_by_what_it_is_and_whose_word()
    {
        await using var house = await Given.HouseAsync();
        var analyst = await house.PersonAsync(Role.Analyst);
        var json = Packages.Json(Number, but: report => report with { Ncmec = null });
        var id = (await house.ReceiptAsync(analyst, ("a.json", json))).Reports.Single().Part.Id!.Value;
        await house.ReceiptAsync(analyst, ("a.pdf", PrintedReport.Of(Number, Body)));
        await house.ReceiptAsync(analyst, ("a.pdf", PrintedReport.Of(Number, Body.Replace("Level: 1", "Level: 2", StringComparison.Ordinal))));
        await house.DoAsync<OpenReport.Request, OpenReport.Receipt>(analyst, new(id));
        var mixed = (await house.DoAsync<ShowReport.Request, ShowReport.Page>(analyst, new(id, 2))).Value;
        mixed.ComparedWith.ShouldBe(1);
        mixed.Differences.ShouldContain(new ShowReport.Difference(ReportLayer.Provider, "Reported 1: phone", null, "+18165550177"));
        mixed.Differences.ShouldContain(new ShowReport.Difference(ReportLayer.Analyst, "Incident type given by NCMEC", null, IncidentTypes.Trafficking));
        mixed.Differences.ShouldContain(new ShowReport.Difference(ReportLayer.Routing, "Made available to", null, "Invented County Task Force"));
        mixed.Differences.ShouldNotContain(one => one.Field == "Reported 1: e-mail");
        mixed.RoutingValues.ShouldHaveSingleItem().Text.ShouldBe("Invented County Task Force");

        var newest = (await house.DoAsync<ShowReport.Request, ShowReport.Page>(analyst, new(id, 3))).Value;
        (newest.Version, newest.ComparedWith).ShouldBe((3, 2));
        newest.Differences.ShouldHaveSingleItem().ShouldBe(new(ReportLayer.Analyst, "/C/Additional Information Provided by NCMEC[1]/Priority Level", "1", "2"));
        (await house.DoAsync<ShowReport.Request, ShowReport.Page>(analyst, new(id, 3, Against: 1))).Value.ComparedWith.ShouldBe(1);
    }

    [Fact]
    public async Task A_file_that_the_print_calls_by_its_original_name_or_knows_by_its_hash_is_one_file_and_of_lists_only_what_is_more_is_told()
    {
        await using var house = await Given.HouseAsync();
        var analyst = await house.PersonAsync(Role.Analyst);
        var md5 = new string('a', 31) + "b";
        var json = Packages.Json(Number, but: report => report with
        {
            Ncmec = null,
            Persons = [report.Persons[0] with { Phones = [new("(816) 555-0142") { Verified = Stated.Yes }], Emails = [new("ada@example.com") { Verified = Stated.Yes }] }],
            Files =
            [
                new TipFile("1.bin") { OriginalName = "first.bin", ViewedByEsp = Stated.Yes, Classification = "B2" },
                new TipFile("2.bin") { Hashes = [new TipHash("MD5", md5)], ViewedByEsp = Stated.Yes },
            ],
        });
        await house.ReceiptAsync(analyst, ("a.json", json));
        var id = (await house.ReceiptAsync(analyst, ("a.pdf", PrintedReport.Of(Number, $"""
            Section A: Reported Information
            Submitter: Example Platform
            Incident Type: Online Enticement of Children for Sexual Acts
            User or Person Being Reported
            Phone: (816) 555-0142 (Verified)
            Uploaded File Information
            Filename: first.bin
            Viewed by ESP? Yes
            Industry Classification: B2
            Filename: other.bin
            MD5: {md5}
            Viewed by ESP? Yes
            """)))).Reports.Single().Part.Id!.Value;
        await house.DoAsync<OpenReport.Request, OpenReport.Receipt>(analyst, new(id));
        var page = (await house.DoAsync<ShowReport.Request, ShowReport.Page>(analyst, new(id))).Value;
        page.Files.Select(file => file.Name).ShouldBe(["1.bin", "2.bin"]);
        page.Beside.ShouldHaveSingleItem().Adds.ShouldNotContain(one => one.Field.StartsWith("File", StringComparison.Ordinal) || one.Field.Contains("verified", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a.json", "a.pdf")]
    [InlineData("a.pdf", "a.json")]
    public async Task The_page_shows_what_stands_the_JSON_with_what_only_its_print_says(string first, string second)
    {
        await using var house = await Given.HouseAsync();
        var analyst = await house.PersonAsync(Role.Analyst);
        var json = Packages.Json(Number, but: report => report with
        {
            Ncmec = null, ReceivedAt = null, Files = [new TipFile("1.bin") { Classification = "B2" }, new TipFile("2.bin")],
        });
        var pdf = PrintedReport.Of(Number, Body.Replace("Filename: 1.bin", "Filename: 3.bin\nViewed by ESP? No\nFilename: 1.bin", StringComparison.Ordinal));
        foreach (var name in new[] { first, second }) await house.ReceiptAsync(analyst, (name, name == "a.json" ? json : pdf));
        var id = await house.WithDbAsync(db => db.Set<Model.ReportVersion>().Select(row => row.Id).FirstAsync());
        await house.DoAsync<OpenReport.Request, OpenReport.Receipt>(analyst, new(id));
        var page = (await house.DoAsync<ShowReport.Request, ShowReport.Page>(analyst, new(id))).Value;

        (page.Form, page.Platform, page.Priority, page.SubmittedAt).ShouldBe(("agency-json", "Example Platform", 1, Given.Noon.AddHours(-1)));
        page.Files.Select(file => (file.Name, file.Classification ?? "")).ShouldBe([("1.bin", "B2"), ("2.bin", ""), ("3.bin", "")]);
        page.Identifiers.Where(one => one.Kind == "phone").Select(one => one.Value).ShouldBe(["+18165550100", "+18165550177"]);
        page.Identifiers.ShouldContain(one => one.Kind == "url");
        var print = page.Beside.ShouldHaveSingleItem();
        print.Version.ShouldBe(first == "a.pdf" ? 1 : 2);
        print.Adds.ShouldContain(new ShowReport.Difference(ReportLayer.Routing, "Made available to", null, "Invented County Task Force"));
        print.Adds.ShouldContain(new ShowReport.Difference(ReportLayer.Provider, "Reported 1: phone", null, "+18165550177"));
        print.Adds.ShouldContain(new ShowReport.Difference(ReportLayer.Provider, "File 1.bin: viewed by the provider", null, "yes"));
        print.Adds.ShouldNotContain(one => one.Field == "Incident type" || one.Field == "Web addresses" || one.Field == "Reported 1: e-mail");
        page.ComparedWith.ShouldBe(print.Version);
        (await house.DoAsync<ShowReport.Request, ShowReport.Page>(analyst, new(id, print.Version))).Value.ShouldSatisfyAllConditions(
            one => one.Form.ShouldBe("agency-pdf"), one => one.Beside.ShouldBeEmpty());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Whom_only_the_print_names_is_among_the_persons_and_who_stands_in_both_is_one(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var analyst = await house.PersonAsync(Role.Analyst);
        var json = Packages.Json(Number, but: report => report with { Ncmec = null, Persons = [report.Persons[0] with { Phones = [] }], Identifiers = [.. report.Identifiers.Where(one => one.Person != 1)] });
        var id = (await house.ReceiptAsync(analyst, ("a.json", json))).Reports.Single().Part.Id!.Value;
        var intake = house.Services.GetRequiredService<IIntake>();
        async Task<ReportGist> GistAsync() => (await house.WithDbAsync(db => intake.ReportsAsync(db, [id], CancellationToken.None))).Single();
        var alone = await GistAsync();
        alone.PersonsEver.ShouldBe(0);
        await house.ReceiptAsync(analyst, ("a.pdf", PrintedReport.Of(Number, Body.Replace("Uploaded File", "Child Victim\nName: Robin Quillon\nApproximate Age: 13\nUploaded File", StringComparison.Ordinal))));

        var both = await GistAsync();
        both.Persons.Take(alone.Persons.Count).Select(one => (one.Index, one.Role, one.Path)).ShouldBe(alone.Persons.Select(one => (one.Index, one.Role, one.Path)));
        both.Persons.Skip(alone.Persons.Count).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            one => one.Index.ShouldBe(alone.Persons.Count), one => one.Role.ShouldBe("victim"), one => (one.Given, one.Family, one.Age).ShouldBe(("Robin", "Quillon", 13)));
        both.Persons[0].Phones.ShouldContain("+18165550177", "what the print adds of somebody is said of them");
        both.PersonsEver.ShouldBeGreaterThanOrEqualTo(both.Persons.Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_the_provider_sent_takes_nothing_away_of_what_NCMEC_added(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var analyst = await house.PersonAsync(Role.Analyst);
        await house.ReceiveAsync(Given.Json(Number));
        house.Clock.DriveTo(Given.Noon.AddDays(30));
        await house.ReceiveAsync(Given.Xml(Number, phone: "(816) 555-0188", at: Given.Noon.AddDays(30)));
        var id = await house.WithDbAsync(db => db.Set<Model.ReportVersion>().Select(row => row.Id).Distinct().SingleAsync());
        var gist = (await house.WithDbAsync(db => house.Services.GetRequiredService<IIntake>().ReportsAsync(db, [id], CancellationToken.None))).Single();
        (gist.Form, gist.Disposition, gist.Priority).ShouldBe(("agency-json", "referral", 2));
        gist.Identifiers.Where(one => one.Kind == "phone").Select(one => one.Value).ShouldBe(["+18165550100", "+18165550188"], ignoreOrder: true);

        await house.DoAsync<OpenReport.Request, OpenReport.Receipt>(analyst, new(id));
        var page = (await house.DoAsync<ShowReport.Request, ShowReport.Page>(analyst, new(id))).Value;
        (page.Disposition, page.Priority, page.Beside.Single().Form).ShouldBe(("referral", 2, "provider-xml"));
        page.Beside.Single().Adds.ShouldContain(one => one.After == "+18165550188");
        page.SubmittedAt.ShouldNotBeNull().ShouldBeLessThan(Given.Noon.AddDays(1), "the first submission is what the provider's year runs from");
    }

    [Fact]
    public async Task What_only_the_print_says_of_devices_profiles_chats_and_ports_stands_among_what_it_adds()
    {
        await using var house = await Given.HouseAsync();
        var analyst = await house.PersonAsync(Role.Analyst);
        var json = Packages.Json(Number, but: report => report with
        {
            Persons = [report.Persons[0] with { Ips = [], Devices = [new TipDevice("IMEI", "352099001761481")] }, .. report.Persons.Skip(1)],
        });
        await house.ReceiptAsync(analyst, ("a.json", json));
        var id = (await house.ReceiptAsync(analyst, ("a.pdf", PrintedReport.Of(Number, """
            Section A: Reported Information
            Submitter: Example Platform
            Cell Phone
            Phone: 816-555-0160
            Chat/IM
            Chat Client: Birdchat
            Chat Room: lobby
            Suspect
            Email Address: night.owl@example.com
            Screen/User Name: nightowl
            Screen/User Name: dayowl
            Display Name: Owl
            Profile URL: https://example.com/u/owl
            Device ID: IMEI 35-209900-176148-1
            Device ID: IMEI 35-209900-176148-2
            IP Address: 192.0.2.7 (Login) 07-01-2019 08:00:00 UTC port 40123
            """)))).Reports.Single().Part.Id!.Value;
        await house.DoAsync<OpenReport.Request, OpenReport.Receipt>(analyst, new(id));
        var adds = (await house.DoAsync<ShowReport.Request, ShowReport.Page>(analyst, new(id))).Value.Beside.Single().Adds.Select(one => (one.Field, one.After)).ToList();
        adds.ShouldBe(
        [
            ("CellPhone 1: telephone", "+18165550160"), ("Chat 1: name", "Birdchat"), ("Chat 1: room", "lobby"), ("Reported 1: account", "dayowl"), ("Reported 1: display name", "Owl"),
            ("Reported 1: profile address", "example.com/u/owl"), ("Reported 1: device", "imei:352099001761482"), ("Reported 1: IP addresses", "192.0.2.7 Login 2019-07-01T08:00:00Z port 40123"),
        ], ignoreOrder: true);
    }

    [SuppressMessage("Security", "CA5351", Justification = "Reports name their files by MD5.")]
    [Fact]
    public async Task A_file_is_known_by_a_name_that_the_print_broke_and_by_its_hash_where_the_print_cut_the_name()
    {
        await using var house = await Given.HouseAsync();
        var analyst = await house.PersonAsync(Role.Analyst);
        var (spaced, cut) = (Packages.Bytes("one"), Packages.Bytes("two"));
        var pdf = PrintedReport.Of(Number, $"""
            Section A: Reported Information
            Submitter: Example Platform
            Uploaded File Information
            Filename: my holiday film.bin
            Filename: abcdef
            MD5: {Convert.ToHexStringLower(MD5.HashData(cut))}
            """);
        var receipt = await house.ReceiptAsync(analyst, ("p.zip", Packages.Zip(("r.pdf", pdf), ("myholiday film.bin", spaced), ("abcdef-0123.bin", cut))));
        var report = receipt.Reports.ShouldHaveSingleItem().Part;
        report.Absent.ShouldBeEmpty();
        receipt.Files.Select(file => (file.IsNamed, file.NamedAs, file.Hash)).ShouldBe(
            [(true, "my holiday film.bin", ReceivePackage.HashAnswer.NotStated), (true, "abcdef", ReceivePackage.HashAnswer.Agrees)]);
        await house.DoAsync<OpenReport.Request, OpenReport.Receipt>(analyst, new(report.Id!.Value));
        var page = (await house.DoAsync<ShowReport.Request, ShowReport.Page>(analyst, new(report.Id.Value))).Value;
        page.Files.Count.ShouldBe(2);
        page.Files.ShouldAllBe(file => file.IsHere);
        page.Receipts.ShouldHaveSingleItem().ShouldBe(new(receipt.Id, receipt.At, "p.zip/r.pdf"));
    }

    [Fact]
    public async Task The_print_is_kept_byte_for_byte_and_its_first_priority_alerts()
    {
        await using var house = await Given.HouseAsync();
        var analyst = await house.PersonAsync(Role.Analyst);
        var pdf = PrintedReport.Of(Number, Body);
        await house.ReceiptAsync(analyst, ("a.pdf", pdf));
        var row = await house.WithDbAsync(db => db.Set<Model.ReportVersion>().SingleAsync());
        var original = await house.WithDbAsync(db => Reading.Originals.OpenAsync(db, house.Services.GetRequiredService<Foundations.Sealing.Envelope>(), row, CancellationToken.None));
        original.ShouldBe(pdf);
        row.Priority.ShouldBe(1);
        (await house.WithDbAsync(db => db.Set<Foundations.Duties.Duty>().SingleAsync())).Rule.ShouldBe("alert-imminent");
    }

    [Fact]
    public async Task A_PDF_that_is_no_report_is_told_and_lies_sealed()
    {
        await using var house = await Given.HouseAsync();
        var analyst = await house.PersonAsync(Role.Analyst);
        var page = await house.ReceiptAsync(analyst, ("letter.pdf", PrintedReport.Of("", "A letter about something else")), ("broken.pdf", Packages.Bytes("%PDF-1.7 broken")));
        page.Reports.ShouldBeEmpty();
        page.Refused.Select(one => one.Path).ShouldBe(["letter.pdf", "broken.pdf"]);
        page.Files.Select(one => one.Path).ShouldBe(["letter.pdf", "broken.pdf"]);
    }

    [Fact]
    public async Task Plain_text_that_is_named_as_a_PDF_is_rejected_as_no_PDF_by_the_command_too()
    {
        await using var house = await Given.HouseAsync();
        await house.ReceiveAsync(new RawOriginal("text.pdf", Packages.Bytes("narrative withheld")));
        (await house.WithDbAsync(db => db.Set<Model.Reject>().SingleAsync())).Reason.ShouldBe("no PDF");
    }
}
