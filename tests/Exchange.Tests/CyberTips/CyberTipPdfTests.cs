using System.Text;
using Homeward.Exchange.CyberTips;
using Homeward.Exchange.CyberTips.Pdf;
using Homeward.Kernel;

namespace Homeward.Exchange.Tests.CyberTips;

/// <summary>The print that agencies download: every label to its place, every other line beside, and the layers apart.</summary>
public sealed class CyberTipPdfTests
{
    private static readonly string _longName = "invented-" + new string('a', 60) + "-" + new string('b', 60) + ".mp4";

    internal static readonly string Body = $"""
        Received by NCMEC on: 07-01-2019 10:30:00 UTC
        Priority Level: 2
        All dates are displayed as MM-DD-YYYY
        Executive Summary: narrative withheld

        Section A: Reported Information
        Reporting Electronic Service Provider (ESP)
        Submitter: Example Platform
        Email Address: reports@example.com
        Incident Information
        Incident Type: Online Enticement of Children for Sexual Acts
        Incident Time: 07-01-2019 09:00:00 UTC
        Escalate to High Priority: reason withheld
        Webpage/URL
        URL: https://example.com/{new string('p', 120)}/end
        Suspect
        Name: Robin Vale
        Date of Birth: 03-04-1985
        Mobile Phone: +18165550142 (Verified 06-30-2019 08:00:00 UTC)
        Email Address: Night.Owl@example.com (Not Verified)
        Screen/User Name: nightowl
        ESP User ID: 900100200
        IP Address: 192.0.2.7 (Login) 07-01-2019 08:00:00 UTC port 40123
        IP Address: 198.51.100.9 (Registration) 01-02-2018 23:59:59 UTC
        Shoe Size: withheld
        Additional Information: narrative withheld, first line
        Session one: narrative withheld, second line
        Child Victim 1
        First Name: Marisol
        Last Name: Quenneville
        Approximate Age: 15
        City: Kansas City
        State: MO
        Child Victim 2
        First Name: Ines
        Uploaded File Information
        Filename: {_longName}
        MD5: 0123456789abcdef0123456789abcdef
        Did Reporting ESP view entire contents of uploaded file? Yes
        Did Reporting ESP view the EXIF of uploaded file? (Information Not Provided by Company)
        Were entire contents of uploaded file publicly available? No
        Image Categorization by ESP: A1 (prepubescent minor; sex act)
        Filename: second file.bin
        Viewed by ESP? (Information Not Provided by Company)
        A line that nobody expected

        Section B: Automated Information Added by NCMEC Systems
        Geo-Lookup (Suspect)
        IP Address: 192.0.2.7
        Country: US
        Region: MO
        City: Springfield
        ISP: Invented Networks

        Section C: Additional Information Provided by NCMEC
        NCMEC Incident Type: Child Sex Trafficking
        NCMEC Classification: Referral
        Related Reports: 100200111, 100200222
        NCMEC Notes: narrative withheld by the analyst
        Viewed file count was two

        Section D: Law Enforcement Contact Information
        Agency: Invented County Task Force
        Investigator: Oda Lin
        Date Made Available: 07-01-2019 11:15:00 UTC
        """;

    [Fact]
    public void What_is_no_address_is_kept_as_written_told_and_never_another_address()
    {
        var report = CyberTipPdf.Read(PrintedReport.Of("100200300", Body.Replace("192.0.2.7", "192.0.2.010", StringComparison.Ordinal), 44)).Value;
        report.Persons[0].Ips.Select(ip => ip.Address).ShouldBe(["192.0.2.010", "198.51.100.9"]);
        report.Identifiers.Where(one => one.Kind == IdentifierKind.Ip).ShouldHaveSingleItem().Normalised.ShouldBe("198.51.100.9");
        report.Remarks.ShouldContain(remark => remark.What.StartsWith("no IP address", StringComparison.Ordinal));
    }

    private static CyberTipReport Read(int linesPerPage = 44) => CyberTipPdf.Read(PrintedReport.Of("100200300", Body, linesPerPage)).Value;

    [Theory]
    [InlineData(44), InlineData(7), InlineData(3)]
    public void Each_label_goes_to_its_place_wherever_the_page_breaks(int linesPerPage)
    {
        var report = Read(linesPerPage);
        (report.Form, report.Number, report.ProviderName, report.IncidentType).ShouldBe((ReportForm.AgencyPdf, "100200300", "Example Platform", IncidentTypes.Enticement));
        report.ReceivedAt.ShouldBe(new DateTimeOffset(2019, 7, 1, 10, 30, 0, TimeSpan.Zero));
        report.IncidentAt!.Value.ShouldBe(new StatedInstant(new DateTimeOffset(2019, 7, 1, 9, 0, 0, TimeSpan.Zero), true, "07-01-2019 09:00:00 UTC"));
        report.EscalationClaimed.ShouldBeTrue();
        report.Incidents.ShouldHaveSingleItem().Urls.ShouldBe([$"https://example.com/{new string('p', 120)}/end"]);

        report.Persons.Select(person => (person.Role, person.Given, person.Family)).ShouldBe(
            [(TipRole.Reported, "Robin", "Vale"), (TipRole.Victim, "Marisol", "Quenneville"), (TipRole.Victim, "Ines", null)]);
        var suspect = report.Persons[0];
        (suspect.Born, suspect.AccountId, suspect.ScreenName).ShouldBe((PartialDate.Of(new DateOnly(1985, 3, 4)), "900100200", "nightowl"));
        suspect.Phones.ShouldBe([new TipPhone("+18165550142", null, Stated.Yes)]);
        suspect.Emails.ShouldBe([new TipEmail("Night.Owl@example.com", Stated.No)]);
        suspect.Ips.Select(ip => (ip.Address, ip.Event, ip.Port, ip.At!.Value.At.Year)).ShouldBe([("192.0.2.7", "Login", 40123, 2019), ("198.51.100.9", "Registration", null, 2018)]);
        (report.Persons[1].Age, report.Persons[1].Addresses.Single().City).ShouldBe((15, "Kansas City"));

        report.Files.Select(file => (file.Name, file.ViewedByEsp, file.ExifViewedByEsp, file.PubliclyAvailable, file.Classification)).ShouldBe(
            [(_longName, Stated.Yes, Stated.NotStated, Stated.No, "A1"), ("second file.bin", Stated.NotStated, Stated.NotStated, Stated.NotStated, null)]);
        report.Files[0].Hashes.ShouldBe([new TipHash("MD5", "0123456789abcdef0123456789abcdef")]);
        report.Identifiers.Select(one => one.Normalised).ShouldBe(
            [$"example.com/{new string('p', 120)}/end", "+18165550142", "night.owl@example.com", "192.0.2.7", "198.51.100.9", "nightowl@example platform", "example platform:900100200", "kansas city/MO//", "md5:0123456789abcdef0123456789abcdef"],
            ignoreOrder: true);
    }

    [Theory]
    [InlineData("invented-0123456789|-abcdef0123456789.mp4", "invented-0123456789-abcdef0123456789.mp4")]
    [InlineData("invented-0123456789-|abcdef0123456789.mp4", "invented-0123456789-abcdef0123456789.mp4")]
    [InlineData("invented_0123456789abcdef|0123.mp4", "invented_0123456789abcdef0123.mp4")]
    [InlineData("my holiday 2019-|07.mp4", "my holiday 2019-07.mp4")]
    [InlineData("my holiday with many words in the|film.mp4", "my holiday with many words in the film.mp4")]
    public void A_name_that_a_narrow_column_breaks_is_one_name_again(string printed, string name)
    {
        // The widest line of the page: the column of names ends far before its edge.
        var body = $"""
            Section A: Reported Information
            Submitter: Example Platform
            Uploaded File Information
            Filename: {printed.Replace('|', '\n')}
            MD5: 0123456789abcdef01234567
            89abcdef
            Additional Information: narrative withheld, a line that goes on and on to the right edge of the page
            """;
        var file = CyberTipPdf.Read(PrintedReport.Of("100200300", body)).Value.Files.ShouldHaveSingleItem();
        (file.Name, file.Hashes.ShouldHaveSingleItem().Value).ShouldBe((name, "0123456789abcdef0123456789abcdef"));
    }

    [Fact]
    public void Two_addresses_of_a_person_are_never_mixed_and_of_several_names_each_is_an_identifier()
    {
        var report = CyberTipPdf.Read(PrintedReport.Of("100200300", """
            Section A: Reported Information
            Submitter: Example Platform
            Suspect
            Address: 1 First Street
            City: Kansas City
            State: MO
            Zip Code: 64106
            Country: US
            Screen/User Name: robin.one
            Address: 2 Second Street
            City: Wichita
            State: KS
            Screen/User Name: robin.two
            ESP User ID: R1
            ESP User ID: R2
            City: Topeka
            State: KS
            State:
            Country: PH
            ESP Service: Birdchat
            """)).Value;
        var person = report.Persons.ShouldHaveSingleItem();
        person.Addresses.ShouldBe(
            [new("1 First Street", "Kansas City", "MO", "64106", "US"), new("2 Second Street", "Wichita", "KS"), new(null, "Topeka", "KS"), new(Country: "PH")]);
        (person.ScreenName, person.AccountId).ShouldBe(("robin.one", "R1"));
        report.Identifiers.Select(one => (one.Kind, one.Normalised, one.Person)).ShouldBe(
        [
            (IdentifierKind.Place, "kansas city/MO/64106/US", 0), (IdentifierKind.Place, "wichita/KS//", 0), (IdentifierKind.ScreenName, "robin.one@birdchat", 0),
            (IdentifierKind.ScreenName, "robin.two@birdchat", 0), (IdentifierKind.AccountId, "example platform:R1", 0), (IdentifierKind.AccountId, "example platform:R2", 0),
            (IdentifierKind.Place, "topeka/KS//", 0), (IdentifierKind.Place, "///PH", 0),
        ], ignoreOrder: true);
        report.Identifiers.Single(one => one.Normalised == "wichita/KS//").Path.ShouldContain("Address");
        report.Identifiers.Single(one => one.Normalised == "topeka/KS//").Path.ShouldContain("City");
        report.Remarks.ShouldBeEmpty();
    }

    [Fact]
    public void What_an_incident_names_and_what_a_person_drives_are_identifiers()
    {
        var report = CyberTipPdf.Read(PrintedReport.Of("100200300", """
            Section A: Reported Information
            Submitter: Example Platform
            Cell Phone
            Phone: 816-555-0160
            Phone: 816-555-0162 (Verified 01-01-2019 00:00:00 UTC)
            Chat/IM
            Screen/User Name: RoomGuy
            Chat Client: Birdchat
            Chat Room: lobby
            Online Gaming
            Screen/User Name: playguy
            Suspect
            Vehicle Description: blue van, plate KS 123ABC
            Vehicle Tag Number: XYZ-9876
            """)).Value;
        report.Incidents.Select(one => (one.Kind, one.Phone?.Number, one.Name, one.Room)).ShouldBe(
            [(IncidentKind.CellPhone, "816-555-0160", null, null), (IncidentKind.Chat, null, "Birdchat", "lobby"), (IncidentKind.Gaming, null, null, null)]);
        report.Identifiers.Select(one => (one.Kind, one.Normalised, one.Person)).ShouldBe(
        [
            (IdentifierKind.Phone, "+18165550160", null), (IdentifierKind.Phone, "+18165550162", null), (IdentifierKind.ScreenName, "roomguy@birdchat", null),
            (IdentifierKind.ScreenName, "playguy@example platform", null), (IdentifierKind.Plate, "123ABC", 0), (IdentifierKind.Plate, "XYZ9876", 0),
        ], ignoreOrder: true);
        report.Texts.ShouldHaveSingleItem().ShouldSatisfyAllConditions(text => text.Kind.ShouldBe(TextKind.Vehicle), text => text.Owner.ShouldBe(0));
        report.Remarks.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("IMEI 35-209900-176148-1", "IMEI", "imei:352099001761481")]
    [InlineData("IMEI: 352099001761481", "IMEI", "imei:352099001761481")]
    [InlineData("imei number 35 209900 176148 1 (Login) 07-01-2019 11:00:00 UTC", "imei number", "imei:352099001761481")]
    [InlineData("352099001761481 (IMEI)", "IMEI", "imei:352099001761481")]
    [InlineData("MAC Address 00:1A:2B:3C:4D:5E", "MAC Address", "mac:001a2b3c4d5e")]
    [InlineData("Android ID: 9774D56D", "Android ID", "android id:9774d56d")]
    [InlineData("Imeisomething", "Device ID", "device id:imeisomething")]
    [InlineData("12-34-5678", "Device ID", "device id:12-34-5678")]
    public void A_device_has_its_kind_and_is_the_same_in_every_form(string printed, string type, string normal)
    {
        var pdf = CyberTipPdf.Read(PrintedReport.Of("100200300", $"Section A: Reported Information\nSuspect\nDevice ID: {printed}")).Value;
        var device = pdf.Persons[0].Devices.ShouldHaveSingleItem();
        (device.IdType, device.At is not null, device.Event is not null).ShouldBe((type, printed.EndsWith("UTC", StringComparison.Ordinal), printed.EndsWith("UTC", StringComparison.Ordinal)));
        pdf.Identifiers.ShouldHaveSingleItem().Normalised.ShouldBe(normal);
        // By the type that it has in a form for programs, or within a text there.
        NormalForms.Device(type, device.IdValue).ShouldBe(normal);
        if (type != "Device ID") NormalForms.Device("Device ID", $"{type}: {device.IdValue}").ShouldBe(normal);
    }

    [Fact]
    public void What_a_machine_an_analyst_and_the_routing_add_stays_apart_from_what_the_provider_claims()
    {
        var report = Read();
        report.Lookups.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            one => (one.Ip, one.Country, one.Region, one.City, one.Isp).ShouldBe(("192.0.2.7", "US", "MO", "Springfield", "Invented Networks")));
        report.Persons.ShouldAllBe(person => person.Addresses.All(address => address.City != "Springfield"));
        var marks = report.Ncmec!;
        (marks.Priority, marks.Disposition, marks.IncidentType).ShouldBe((2, NcmecDisposition.Referral, IncidentTypes.Trafficking));
        marks.RelatedReports.ShouldBe(["100200111", "100200222"]);
        report.Handovers.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            one => (one.Agency, one.Contact, one.At!.Value.At.Hour).ShouldBe(("Invented County Task Force", "Oda Lin", 11)));
        report.Texts.Where(text => text.Kind == TextKind.AnalystNote).Select(text => (text.Text, ReportLayers.Of(text.Path))).ShouldBe(
            [("narrative withheld", ReportLayer.Machine), ("narrative withheld by the analyst Viewed file count was two", ReportLayer.Analyst)]);
        report.Values.Select(value => ReportLayers.Of(value.Path)).Distinct().Order().ShouldBe(Enum.GetValues<ReportLayer>().Where(layer => layer != ReportLayer.Unplaced));
        report.Values.Single(value => value.Text == "Springfield").Path.ShouldBe("/B/Geo-lookup[1]/City (page 2)");
    }

    [Fact]
    public void What_could_not_be_read_is_kept_beside_and_told_by_page_and_line()
    {
        var report = Read();
        report.Texts.Where(text => text.Kind == TextKind.Unread).Select(text => text.Text).ShouldBe(
            ["All dates are displayed as MM-DD-YYYY", "Shoe Size: withheld", "A line that nobody expected"]);
        report.Remarks.Select(remark => remark.What).ShouldContain(what => what.StartsWith("page 1, line 4: not understood", StringComparison.Ordinal));
        report.Texts.Single(text => text.Kind == TextKind.PersonInfo).Text.ShouldBe("narrative withheld, first line Session one: narrative withheld, second line");
        report.Remarks.ShouldAllBe(remark => !remark.What.Contains("withheld", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Received by NCMEC on 03-05-2026 10:30:00 UTC")]
    [InlineData("Received by NCMEC on: 03-05-2026 10:30:00 UTC")]
    [InlineData("Date Received 03-05-2026 10:30:00")]
    public void A_known_label_is_read_with_and_without_its_colon(string received)
    {
        var report = CyberTipPdf.Read(PrintedReport.Of("100200300", $"""
            {received}
            Executive Summary
            narrative withheld, which goes on for two lines
            and is Received by NCMEC on some day
            Section A: Reported Information
            Suspect
            First Name: Robin
            Date of Birth 03-04-1985
            Section D: Law Enforcement Contact Information
            Agency: Invented County Task Force
            Date Made Available 03-06-2026
            """)).Value;
        report.ReceivedAt.ShouldBe(new DateTimeOffset(2026, 3, 5, 10, 30, 0, TimeSpan.Zero));
        report.Persons.Single().Born.ShouldBe(PartialDate.Of(new DateOnly(1985, 3, 4)));
        report.Handovers.Single().At!.Value.At.Day.ShouldBe(6);
        report.Texts.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            text => text.Kind.ShouldBe(TextKind.AnalystNote),
            text => text.Text.ShouldBe("narrative withheld, which goes on for two lines and is Received by NCMEC on some day"));
        report.Remarks.ShouldBeEmpty();
    }

    [Fact]
    public void A_date_that_is_none_is_left_out_and_told()
    {
        var report = CyberTipPdf.Read(PrintedReport.Of("100200300", "Section A: Reported Information\nIncident Time: 31-12-2019\nSuspect\nDate of Birth: 13-45-1999")).Value;
        (report.IncidentAt, report.Persons[0].Born.IsUnknown).ShouldBe((null, true));
        report.Remarks.Count(remark => remark.What.StartsWith("not a date", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public void Pages_without_text_are_told_as_a_scan()
    {
        using var builder = new UglyToad.PdfPig.Writer.PdfDocumentBuilder();
        builder.AddPage(UglyToad.PdfPig.Content.PageSize.Letter);
        CyberTipPdf.Read(builder.Build()).Rejections.ShouldHaveSingleItem().Reason.ShouldStartWith("there is no text in the PDF");
    }

    [Fact]
    public void What_is_no_report_is_refused_in_words()
    {
        var good = PrintedReport.Of("100200300", Body);
        Reason(Encoding.ASCII.GetBytes("no PDF at all")).ShouldBe("no PDF");
        Reason(PrintedReport.Of("", "A letter about something else")).ShouldStartWith("the PDF is no CyberTipline report");
        Reason(good[..200]).ShouldStartWith("the PDF is broken");
        Reason(new byte[CyberTipPdf.DocumentBytesMax + 1]).ShouldStartWith("larger than");

        static string Reason(byte[] bytes) => CyberTipPdf.Read(bytes).Rejections.ShouldHaveSingleItem().Reason;
    }
}
