using System.Diagnostics;
using Homeward.Exchange.CyberTips.Pdf;

namespace Homeward.Exchange.Tests.CyberTips;

/// <summary>Drawings within drawings, which a small file can show more often than anybody could read.</summary>
public sealed class PdfFormTests
{
    private const int Shows = 10, Chain = 20;
    private static readonly string _showNext = string.Concat(Enumerable.Repeat("/N Do\n", Shows));

    [Fact]
    public void A_report_whose_head_is_a_drawing_shown_on_each_page_is_read()
    {
        var pdf = new DrawnPdf();
        var seal = pdf.Form("0 0 10 10 re f");
        var head = pdf.Form(DrawnPdf.Text(750, "CyberTipline Report 100200300") + "/S Do /S Do", $"/S {seal} 0 R");
        var document = pdf.Build(
        [
            "/H Do\n" + DrawnPdf.Text(700, "Section A: Reported Information", "Submitter: Example Platform", "Suspect", "First Name: Robin"),
            "/H Do\n" + DrawnPdf.Text(700, "Last Name: Vale"),
        ], $"/H {head} 0 R");
        var report = CyberTipPdf.Read(document).Value;
        (report.Number, report.Persons.ShouldHaveSingleItem().Given, report.Persons[0].Family).ShouldBe(("100200300", "Robin", "Vale"));
    }

    [Fact]
    public void Drawings_that_unfold_without_end_are_refused_at_once_and_the_page_is_named()
    {
        var pdf = new DrawnPdf();
        var form = pdf.Form("0 0 1 1 re f");
        for (var i = 0; i < Chain; i++) form = pdf.Form(_showNext, $"/N {form} 0 R");
        ShouldBeRefused(pdf.Build(["BT ET", "/N Do"], $"/N {form} 0 R"), "page 2 cannot be read: it shows drawings within drawings more than 10000 times");
    }

    [Fact]
    public void What_a_drawing_without_names_of_its_own_shows_is_what_the_page_means_by_them()
    {
        // The same drawing comes to little on its first way and to much on its second.
        var pdf = new DrawnPdf();
        var light = pdf.Form("0 0 1 1 re f");
        var heavy = light;
        for (var i = 0; i < Chain; i++) heavy = pdf.Form(_showNext, $"/N {heavy} 0 R");
        var nameless = pdf.Form("/X Do", names: null);
        var calm = pdf.Form("/G Do", $"/X {light} 0 R");
        var wild = pdf.Form("/G Do", $"/X {heavy} 0 R");
        ShouldBeRefused(pdf.Build(["/C Do /W Do"], $"/G {nameless} 0 R /C {calm} 0 R /W {wild} 0 R"), "page 1 cannot be read: it shows drawings within drawings more than");
    }

    [Fact]
    public void Two_drawings_that_show_each_other_are_refused_and_end_nothing()
    {
        var pdf = new DrawnPdf();
        var (one, other) = (pdf.Reserve(), pdf.Reserve());
        pdf.Form("/B Do", $"/B {other} 0 R", one);
        pdf.Form("/A Do", $"/A {one} 0 R", other);
        ShouldBeRefused(pdf.Build(["/A Do"], $"/A {one} 0 R"), "page 1 cannot be read: it shows drawings within drawings, more than 32 deep or in a circle");
    }

    [Fact]
    public void A_long_drawing_shown_often_is_refused_by_its_length()
    {
        var pdf = new DrawnPdf();
        var form = pdf.Form(string.Concat(Enumerable.Repeat(DrawnPdf.Text(400, new string('x', 200)), 1_000)));
        ShouldBeRefused(pdf.Build([string.Concat(Enumerable.Repeat("/N Do\n", 1_000))], $"/N {form} 0 R"), "page 1 cannot be read: its drawings unfold to more than");
    }

    [Fact]
    public void What_each_page_might_show_a_hundred_pages_may_not()
    {
        var pdf = new DrawnPdf();
        var form = pdf.Form("0 0 1 1 re f");
        var page = string.Concat(Enumerable.Repeat("/N Do\n", 9_000));
        ShouldBeRefused(pdf.Build([.. Enumerable.Repeat(page, 100)], $"/N {form} 0 R"), "page 12 cannot be read: up to it drawings within drawings are shown more than 100000 times");
    }

    private static void ShouldBeRefused(byte[] document, string reason)
    {
        var watch = Stopwatch.StartNew();
        var rejection = CyberTipPdf.Read(document).Rejections.ShouldHaveSingleItem();
        rejection.Reason.ShouldStartWith(reason);
        rejection.Mend.ShouldBe("download the report again, as PDF or JSON");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }
}
