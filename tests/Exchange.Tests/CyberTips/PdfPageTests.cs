using Homeward.Exchange.CyberTips;
using Homeward.Exchange.CyberTips.Pdf;

namespace Homeward.Exchange.Tests.CyberTips;

/// <summary>A print as its pages are set: narrow margins, heads and feet.</summary>
public sealed class PdfPageTests
{
    /// <summary>Lines of a page that begin and end at its edges.</summary>
    private const int LinesPerPage = 54;
    private const int Top = 764;

    /// <summary>Pages with no margin to speak of, each filled from edge to edge.</summary>
    private static Parsed<CyberTipReport> Read(IEnumerable<string> lines, Func<int, string>? foot = null) => CyberTipPdf.Read(new DrawnPdf().Build(
        [.. lines.Chunk(LinesPerPage).Select((page, at) => DrawnPdf.Text(Top, page) + (foot is null ? "" : DrawnPdf.Text(8, foot(at + 1))))], ""));

    private static string[] Cover(string number) =>
        [$"CyberTipline Report {number}", "Section A: Reported Information", "Submitter: Example Platform", "Suspect", "Screen/User Name: nightowl"];

    [Fact]
    public void Of_a_list_that_fills_its_pages_no_line_is_taken_for_their_head_or_foot()
    {
        string[] addresses = [.. Enumerable.Range(0, 300).Select(at => $"198.51.{at / 250}.{at % 250 + 1}")];
        var report = Read([.. Cover("100200300"), .. addresses.Select(one => $"IP Address: {one} (Login) 07-01-2019 08:00:00 UTC")], page => $"Printed for the agency - {page}").Value;
        report.Persons.ShouldHaveSingleItem().Ips.Select(ip => ip.Address).ShouldBe(addresses);
        report.Remarks.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_said_of_several_files_at_the_same_height_is_said_of_each()
    {
        string[] files = [.. Enumerable.Range(0, 3).SelectMany(at => new[] { "Viewed by ESP? No", $"Filename: {at}.bin" }.Concat(Enumerable.Repeat("A line", LinesPerPage - 2)))];
        var report = Read([.. Cover("100200300"), .. Enumerable.Repeat("Email Address: one@example.com", LinesPerPage - 8), "Uploaded File Information", "Filename: first.bin", "A line", .. files]).Value;
        report.Values.Count(value => value.Text == "No").ShouldBe(3);
    }

    [Fact]
    public void What_NCMEC_gives_is_not_taken_out_of_the_providers_words()
    {
        var report = CyberTipPdf.Read(PrintedReport.Of("100200300", """
            Received by NCMEC on: 07-01-2019 10:30:00 UTC
            Section A: Reported Information
            Submitter: Example Platform
            Incident Information
            Additional Information: narrative withheld
            Priority Level: 1
            Report Classification: Informational
            Received by NCMEC on: 06-01-2019 10:30:00 UTC
            Summary: narrative withheld by the provider
            """)).Value;
        report.Ncmec.ShouldBeNull();
        report.ReceivedAt.ShouldBe(new DateTimeOffset(2019, 7, 1, 10, 30, 0, TimeSpan.Zero));
        report.Texts.Select(text => text.Kind).ShouldBe([TextKind.ReportInfo, TextKind.Unread, TextKind.Unread, TextKind.Unread, TextKind.ReportInfo]);
    }

    [Fact]
    public void Letters_that_are_set_as_one_are_read_as_they_were_written()
    {
        // By the font's own encoding \256 is fi and \257 is fl, each one letter.
        var report = Read([.. Cover("100200300"), @"Pro\256le URL: https://example.com/\257ier", "Uploaded File Information", @"Filename: \257y.bin", @"Did Reporting ESP view entire contents of uploaded \256le? No"]).Value;
        report.Persons[0].ProfileUrls.ShouldBe(["https://example.com/flier"]);
        report.Files.Select(file => (file.Name, file.ViewedByEsp)).ShouldBe([("fly.bin", Stated.No)]);
        report.Remarks.ShouldBeEmpty();
    }

    [Fact]
    public void Fields_that_stand_beside_each_other_are_two()
    {
        // Left and right as they stand on one line of the page; where a value is longer than its column, both go on below.
        (string Left, string Right)[] lines =
        [
            ("First Name: Bea", "Last Name: Quenneville"), ("Email Address: bea.quenneville@", "Phone: +1 816 555 0142"), ("example.com", ""),
            ("Screen/User Name: nightowl", "Profile URL: https://example.com/a/very/long/"), ("", "way/that/goes/on/below"), ("Additional Information: narrative", ""), ("withheld     and so on", ""),
        ];
        var page = DrawnPdf.Text(760, Cover("100200300")[..^1]) + string.Concat(lines.Select((line, at) =>
            (line.Left.Length > 0 ? DrawnPdf.Text(680 - 14 * at, line.Left) : "") + (line.Right.Length > 0 ? DrawnPdf.Text(680 - 14 * at, line.Right).Replace("54 ", "230 ", StringComparison.Ordinal) : "")));
        var report = CyberTipPdf.Read(new DrawnPdf().Build([page], "")).Value;
        var person = report.Persons.ShouldHaveSingleItem();
        (person.Given, person.Family, person.ScreenName).ShouldBe(("Bea", "Quenneville", "nightowl"));
        person.Emails.ShouldBe([new TipEmail("bea.quenneville@example.com")]);
        person.Phones.Select(phone => phone.Number).ShouldBe(["+1 816 555 0142"]);
        person.ProfileUrls.ShouldBe(["https://example.com/a/very/long/way/that/goes/on/below"]);
        report.Texts.ShouldHaveSingleItem().Text.ShouldBe("narrative withheld and so on");
        report.Remarks.ShouldBeEmpty();
    }

    [Fact]
    public void Two_reports_in_one_print_are_refused_and_never_taken_for_one()
    {
        string[] blank = [.. Enumerable.Repeat("A line", LinesPerPage - 5)];
        Read([.. Cover("100200300"), .. blank, .. Cover("100200301")]).Rejections.ShouldHaveSingleItem().Reason.ShouldBe("several reports in one PDF");
        Read([.. Cover("100200300"), .. blank, .. Cover("100200300")]).Value.Number.ShouldBe("100200300");
        Read([.. Cover("100200300"), "Additional Information: narrative withheld", "CyberTipline Report 100200301", .. blank]).Value.Number.ShouldBe("100200300");
    }
}
