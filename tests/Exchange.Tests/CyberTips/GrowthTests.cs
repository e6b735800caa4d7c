using System.Globalization;
using System.Text;
using Homeward.Exchange.CyberTips;
using Homeward.Exchange.CyberTips.Pdf;
using Homeward.Exchange.CyberTips.Xml;

namespace Homeward.Exchange.Tests.CyberTips;

/// <summary>A document within its bounds is read with work that grows as it does, and not as its square: what is measured is what reading it takes of memory.</summary>
public sealed class GrowthTests
{
    /// <summary>What was allocated for each character or line, many times over; the square of any of the documents here is a hundred times as much.</summary>
    private static void ShouldTakeAtMost(long bytesMax, Action read)
    {
        read();   // what is made once is made
        var before = GC.GetAllocatedBytesForCurrentThread();
        read();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(bytesMax);
    }

    /// <summary>Where the square would be time alone, the document is so large that it would never be done.</summary>
    private static Task ShouldEndAsync(Action read) => Task.Run(read).WaitAsync(TimeSpan.FromSeconds(60));

    private static PdfLine[] Lines(params IEnumerable<string> texts) => [.. texts.Select((text, index) => new PdfLine(1, index + 1, text, Free: 300, FirstWord: 20))];

    [Theory]
    [InlineData("<![CDATA[a]]>")]
    [InlineData("a<!-- -->")]
    public void A_text_in_many_pieces_is_one_text(string piece)
    {
        const int Pieces = 30_000;
        var document = Given.Utf8(Encoding.UTF8.GetString(CyberTipXmlWriter.Write(Given.Report())).Replace(
            "<additionalInfo>narrative withheld</additionalInfo></report>", $"<additionalInfo>{string.Concat(Enumerable.Repeat(piece, Pieces))}</additionalInfo></report>", StringComparison.Ordinal));
        ShouldTakeAtMost(100_000_000, () => CyberTipXml.Read(document, "1").Value.Texts.Single(text => text.Kind == TextKind.ReportInfo).Text.ShouldBe(new string('a', Pieces)));
    }

    [Fact]
    public void Elements_that_are_open_at_once_do_not_mix_the_pieces_of_their_texts()
    {
        var tree = new XmlTree();
        tree.Open("a", 0, 0);
        tree.AddText("1");
        tree.AddText("2");
        tree.Open("b", 0, 0);
        tree.AddText("3");
        tree.AddText("4");
        tree.Close();
        tree.AddText("5");
        tree.Open("b", 0, 0);
        tree.AddText("6");
        tree.Close();
        tree.Close();
        Enumerable.Range(0, 3).Select(tree.Text).ShouldBe(["125", "34", "6"]);
    }

    [Fact]
    public Task Plates_of_a_long_text_are_each_taken_once() => ShouldEndAsync(() =>
    {
        const int Different = 600_000;
        var text = string.Join(", ", Enumerable.Range(0, Different + 10_000).Select(index => $"plate {(index % Different) + 100_000}"));
        Plates.In(text).ShouldBe(Enumerable.Range(100_000, Different).Select(plate => $"{plate}"));
    });

    [Fact]
    public void A_label_without_colon_is_sought_at_the_beginning_of_a_line_and_not_in_all_of_it()
    {
        var lines = Lines("Title of " + string.Concat(Enumerable.Repeat("a ", 20_000)), "Received by NCMEC on 03-05-2026 10:30:00 UTC");
        ShouldTakeAtMost(10_000_000, () => PdfOutline.Of(lines).ShouldHaveSingleItem().Entries.Select(entry => entry.Label).ShouldBe(["", "Received by NCMEC on"]));
    }

    [Fact]
    public Task Each_of_many_headings_knows_its_place() => ShouldEndAsync(() =>
    {
        const int Headings = 400_000;
        PdfOutline.Of(Lines(Enumerable.Repeat("Suspect", Headings).Append("Section A: Reported").Append("Suspect 2")))
            .Select(block => (block.Section, block.Index)).TakeLast(3).ShouldBe([("", Headings), ("A", 1), ("A", 1)]);
    });

    [Theory]
    [InlineData("Executive Summary:")]
    [InlineData("Filename:")]
    public void A_value_of_many_lines_is_put_together_once(string label)
    {
        var lines = Lines(Enumerable.Repeat("narrative withheld", 20_000).Prepend(label)).Select(line => line with { Free = 0 }).ToArray();
        ShouldTakeAtMost(100_000_000, () => PdfOutline.Of(lines).Single().Entries.ShouldHaveSingleItem().Value.Length.ShouldBeGreaterThan(20_000 * 18 - 1));
    }

    [Fact]
    public void A_section_whose_title_is_none_does_not_name_it_in_each_path()
    {
        var lines = Lines(Enumerable.Repeat("Shoe Size: withheld", 5_000).Prepend("Section A: " + new string('x', 50_000)).Prepend("Report Number: 100200300"));
        ShouldTakeAtMost(100_000_000, () =>
        {
            var report = new PdfReportMapping(PdfOutline.Of(lines)).Report()!;
            report.Texts.Count.ShouldBe(5_001);
            (report.Texts[0].Path, report.Texts[0].Text.Length).ShouldBe(("/A/[1]/line 2 (page 1)", 50_011));
        });
    }

    [Fact]
    public Task A_value_full_of_brackets_is_looked_at_once() => ShouldEndAsync(() =>
    {
        var brackets = string.Concat(Enumerable.Repeat("(verified ", 400_000));
        PdfFields.Verified(brackets).ShouldBe((brackets, Stated.NotStated));
        PdfFields.Verified($"816-555-0100 {brackets})").ShouldBe(("816-555-0100", Stated.Yes));
    });

    [Theory]
    [InlineData("816-555-0100 (Verified 07-01-2019) ", "816-555-0100", Stated.Yes)]
    [InlineData("816-555-0100 (not verified)", "816-555-0100", Stated.No)]
    [InlineData("816-555-0100 (Unverified)", "816-555-0100", Stated.No)]
    [InlineData("816-555-0100 (x) (Verified)", "816-555-0100 (x)", Stated.Yes)]
    [InlineData("816-555-0100 (Verified) x", "816-555-0100 (Verified) x", Stated.NotStated)]
    [InlineData("(816) 555-0100", "(816) 555-0100", Stated.NotStated)]
    [InlineData(")", ")", Stated.NotStated)]
    public void The_note_at_the_end_says_whether_it_is_verified(string text, string value, Stated verified) => PdfFields.Verified(text).ShouldBe((value, verified));

    [Fact]
    public void A_PDF_that_is_nested_as_deep_as_it_likes_is_refused()
    {
        foreach (var open in new[] { "[", "<< /A ", "(" })
        {
            var pdf = Encoding.ASCII.GetString(Nested(depth: 1, width: 1)).Replace("/Extra 0", $"/Extra {string.Concat(Enumerable.Repeat(open, 200_000))}", StringComparison.Ordinal);
            CyberTipPdf.Read(Encoding.ASCII.GetBytes(pdf)).Rejections.ShouldHaveSingleItem();
        }
    }

    /// <summary>A page of forms, each of which shows the next one so many times.</summary>
    private static byte[] Nested(int depth, int width)
    {
        var pdf = new StringBuilder("%PDF-1.4\n");
        var places = new List<int>();
        Put("<< /Type /Catalog /Pages 2 0 R /Extra 0 >>");
        Put("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
        Put("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /XObject << /F 5 0 R >> >> /Contents 4 0 R >>");
        Put("<< /Length 5 >>\nstream\n/F Do\nendstream");
        var shows = string.Concat(Enumerable.Repeat("/F Do ", width));
        for (var level = 0; level < depth; level++)
            Put($"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F {places.Count + 2} 0 R >> >> /Length {shows.Length} >>\nstream\n{shows}\nendstream");
        Put("<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 1 >>\nstream\nn\nendstream");
        var start = pdf.Length;
        pdf.Append(CultureInfo.InvariantCulture, $"xref\n0 {places.Count + 1}\n0000000000 65535 f \n");
        foreach (var place in places) pdf.Append(CultureInfo.InvariantCulture, $"{place:0000000000} 00000 n \n");
        pdf.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {places.Count + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF");
        return Encoding.ASCII.GetBytes(pdf.ToString());

        void Put(string body)
        {
            places.Add(pdf.Length);
            pdf.Append(CultureInfo.InvariantCulture, $"{places.Count} 0 obj\n{body}\nendobj\n");
        }
    }
}
