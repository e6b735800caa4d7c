using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Exceptions;

namespace Homeward.Exchange.CyberTips.Pdf;

/// <summary>A line of the print.</summary>
/// <param name="Page">From 1.</param>
/// <param name="Number">On its page, from 1, headers and footers left out.</param>
/// <param name="Free">Points of the right edge that it leaves free.</param>
/// <param name="FirstWord">How wide its first word is, in points.</param>
internal sealed record PdfLine(int Page, int Number, string Text, double Free, double FirstWord)
{
    /// <summary>About a letter: what ends closer to the edge was broken where the line ended.</summary>
    private const double EdgeSlack = 8;

    /// <summary>It goes to the right edge: what is one word may go on in the next line without a space.</summary>
    public bool IsFull => Free <= EdgeSlack;

    /// <summary>The next line's first word would not have had room here: it is there because this line ended, and not because something new began.</summary>
    public bool WrapsInto(PdfLine next) => Free < next.FirstWord + EdgeSlack;
}

/// <summary>From the letters of a PDF to its lines, top to bottom.</summary>
internal static partial class PdfLines
{
    private const int PagesMax = 2_000;
    private const int LettersMax = 4_000_000;
    /// <summary>Points by which letters of one line may stand higher or lower.</summary>
    private const double LineSlack = 3;
    /// <summary>Points at the head and foot of a page where what every page repeats stands.</summary>
    private const double MarginMax = 72;

    /// <param name="At">Which row of its page; fields that stand beside each other are of one.</param>
    /// <param name="Edge">Where its column ends; null for the edge of the page.</param>
    private sealed record Row(int Page, int At, double Bottom, double Right, double? Edge, double FirstWord, double PageHeight, string Text);

    public static Parsed<IReadOnlyList<PdfLine>> Of(ReadOnlyMemory<byte> document)
    {
        try
        {
            using var pdf = PdfDocument.Open(document.ToArray(), new ParsingOptions { UseLenientParsing = true, SkipMissingFonts = true });
            if (pdf.NumberOfPages > PagesMax) return Refused($"more than {PagesMax} pages", "drop the report alone");
            pdf.AddPageFactory<PdfFormFault, PdfForms>();
            var rows = new List<Row>();
            var letters = 0;
            for (var number = 1; number <= pdf.NumberOfPages; number++)
            {
                if (pdf.GetPage<PdfFormFault>(number).Reason is { } fault) return Refused($"page {number} cannot be read: {fault}", "download the report again, as PDF or JSON");
            }
            foreach (var page in pdf.GetPages())
            {
                if ((letters += page.Letters.Count) > LettersMax) return Refused($"more than {LettersMax} letters", "drop the report alone");
                rows.AddRange(Rows(page));
            }
            return Parsed<IReadOnlyList<PdfLine>>.Taken(Numbered(rows));
        }
        catch (PdfDocumentEncryptedException)
        {
            return Refused("the PDF is locked with a password", "save it without a password and drop it again");
        }
#pragma warning disable CA1031 // A library that reads broken files throws what it likes; here each of them means the same.
        catch (Exception)
#pragma warning restore CA1031
        {
            return Refused("the PDF is broken or was cut off", "download it again and drop it whole");
        }
    }

    private static IEnumerable<Row> Rows(Page page)
    {
        var rows = new List<List<Word>>();
        foreach (var word in page.GetWords().OrderByDescending(word => word.BoundingBox.Bottom).ThenBy(word => word.BoundingBox.Left))
        {
            if (rows.Count > 0 && Math.Abs(rows[^1][0].BoundingBox.Bottom - word.BoundingBox.Bottom) <= LineSlack) rows[^1].Add(word);
            else rows.Add([word]);
        }
        foreach (var words in rows) words.Sort((one, other) => one.BoundingBox.Left.CompareTo(other.BoundingBox.Left));
        foreach (var (at, words, edge) in new PdfColumns(Text).Of(rows))
            yield return new(page.Number, at, words[0].BoundingBox.Bottom, words.Max(word => word.BoundingBox.Right), edge, words[0].BoundingBox.Width, page.Height, Text(words));

        static string Text(IReadOnlyList<Word> words) => Letters(string.Join(' ', words.Select(word => word.Text)));
    }

    /// <summary>As it was written, not as it is set: printing programs join letters ("ﬁle", "a87ﬀ679") and mark where a word may be broken.</summary>
    private static string Letters(string text) => !text.AsSpan().ContainsAny(_set) ? text : string.Concat(text.Select(letter => letter switch
    {
        '\uFB00' => "ff", '\uFB01' => "fi", '\uFB02' => "fl", '\uFB03' => "ffi", '\uFB04' => "ffl", '\uFB05' or '\uFB06' => "st", '\u00AD' => "", _ => letter.ToString(),
    }));

    private static readonly SearchValues<char> _set = SearchValues.Create("\uFB00\uFB01\uFB02\uFB03\uFB04\uFB05\uFB06\u00AD");

    private static List<PdfLine> Numbered(List<Row> rows)
    {
        var furniture = Furniture(rows);
        var edge = rows.Count == 0 ? 0 : rows.Max(row => row.Right);
        var lines = new List<PdfLine>(rows.Count);
        foreach (var page in rows.GroupBy(row => row.Page))
        {
            var own = page.Where(row => !furniture.Contains(row)).ToList();
            var numbers = own.Select(row => row.At).Distinct().Order().Index().ToDictionary(one => one.Item, one => one.Index + 1);
            lines.AddRange(own.Select(row => new PdfLine(row.Page, numbers[row.At], row.Text, (row.Edge ?? edge) - row.Right, row.FirstWord)));
        }
        return lines;
    }

    /// <summary>What the print repeats at the head and foot of its pages, and no report says.</summary>
    /// <remarks>
    /// Rows that differ by their digits alone are no furniture: a list of addresses that fills a page has some of them at its edges. It is the
    /// same row at the same height on half of the pages, but for the page's own number; and never one that a label of the report begins.
    /// </remarks>
    private static HashSet<Row> Furniture(List<Row> rows)
    {
        var pages = rows.Select(row => row.Page).Distinct().Count();
        var title = rows.Select(row => PdfOutline.NumberOfTitle(row.Text)).FirstOrDefault(number => number is not null);
        var atEdge = rows.Where(row => IsAtEdge(row) && !IsTitle(row)).ToList();
        var repeated = atEdge.Where(row => PdfOutline.FieldOf(row.Text) is null or PdfField.ReportNumber).GroupBy(Place)
            .Where(group => group.Select(row => row.Page).Distinct().Count() >= Math.Max(2, pages / 2)).SelectMany(group => group);
        return [.. repeated, .. atEdge.Where(row => Running().IsMatch(row.Text))
            // The title of another report is no head of this one.
            .Where(row => PdfOutline.NumberOfTitle(row.Text) is var number && (number is null || number == title))];
    }

    private static bool IsAtEdge(Row row) => row.Bottom < MarginMax || row.Bottom > row.PageHeight - MarginMax;

    /// <summary>The head of the first page is the cover's title, which says the report's number.</summary>
    private static bool IsTitle(Row row) => row.Page == 1 && row.Bottom > row.PageHeight / 2;

    /// <summary>Where a row stands, from the edge that is nearer, and what it says with its page's number forgotten.</summary>
    private static (double FromEdge, string Text) Place(Row row) => (
        Math.Round(row.Bottom > row.PageHeight / 2 ? row.PageHeight - row.Bottom : -row.Bottom),
        Digits().Replace(row.Text, match => match.Value == row.Page.ToString(CultureInfo.InvariantCulture) ? "#" : match.Value));

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();

    /// <summary>What stands at the head and foot of pages, where there are too few of them to see it repeat.</summary>
    [GeneratedRegex(@"^(CyberTipline Report\b|Page \d+( of \d+)?$)", RegexOptions.IgnoreCase)]
    private static partial Regex Running();

    private static Parsed<IReadOnlyList<PdfLine>> Refused(string reason, string mend) =>
        Parsed<IReadOnlyList<PdfLine>>.Rejected(new Rejection(0, 0, "", reason, mend));
}
