using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;

namespace Homeward.Exchange.Tests;

/// <summary>Prints a report as agencies get it: a head and a foot on each page, lines that wrap at the edge, pages that break anywhere.</summary>
internal static class PrintedReport
{
    private const double Left = 54, Right = 558, Top = 700, Bottom = 80, Step = 14, Size = 10;

    /// <param name="linesPerPage">How many lines a page takes, so that a test can break a section where it likes.</param>
    public static byte[] Of(string number, string body, int linesPerPage = 44)
    {
        var builder = new PdfDocumentBuilder();
        var font = builder.AddStandard14Font(Standard14Font.Helvetica);
        var pages = body.Split('\n').SelectMany(line => Wrapped(line)).Chunk(linesPerPage).ToList();
        for (var page = 0; page < pages.Count; page++)
        {
            var sheet = builder.AddPage(PageSize.Letter);
            sheet.AddText(page == 0 ? $"CyberTipline Report {number}" : $"CyberTipline Report {number} (law enforcement sensitive)", Size, new PdfPoint(Left, 750), font);
            sheet.AddText($"Page {page + 1} of {pages.Count}", Size, new PdfPoint(Left, 40), font);
            for (var line = 0; line < pages[page].Length; line++)
                if (pages[page][line].Length > 0) sheet.AddText(pages[page][line], Size, new PdfPoint(Left, Top - Step * line), font);
        }
        return builder.Build();

        IEnumerable<string> Wrapped(string text)
        {
            using var scratch = new PdfDocumentBuilder();
            var ruler = scratch.AddPage(PageSize.Letter);
            var face = scratch.AddStandard14Font(Standard14Font.Helvetica);
            while (text.Length > 0 && Width(text) > Right - Left)
            {
                var cut = text.Length;
                while (Width(text[..cut]) > Right - Left) cut--;
                var space = text.LastIndexOf(' ', cut - 1);
                // A word that is longer than the line is broken where the line ends.
                if (space > 0 && text[..space].Trim().Length > 0 && Width(text[(space + 1)..].Split(' ')[0]) <= Right - Left) cut = space + 1;
                yield return text[..cut].TrimEnd();
                text = text[cut..];
            }
            yield return text;

            // Where the next letter would begin.
            double Width(string some) => ruler.MeasureText(some + ".", Size, new PdfPoint(0, 0), face)[^1].Location.X;
        }
    }
}
