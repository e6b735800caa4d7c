namespace Homeward.Exchange.CyberTips.Pdf;

/// <summary>Reads the PDF of a report that an agency downloads: cover, then sections A to D.</summary>
/// <remarks>
/// A print for people: labels and their values, in columns that wrap and pages that break anywhere. What has a label that is
/// known becomes a value; every other line is kept beside as it stands (<see cref="TextKind.Unread"/>) and told by page and
/// line. Bad input is answered with rejections, never with an exception. Safe for many threads.
/// </remarks>
public static class CyberTipPdf
{
    /// <summary>Largest document, in bytes.</summary>
    public const int DocumentBytesMax = 64 * 1024 * 1024;

    public static Parsed<CyberTipReport> Read(ReadOnlyMemory<byte> document)
    {
        if (document.Length > DocumentBytesMax) return Refused($"larger than {DocumentBytesMax} bytes", "download the report without its files");
        if (document.Span.IndexOf("%PDF-"u8) is < 0 or > 1024) return Refused("no PDF", "drop the file as it was downloaded, whole");
        if (!PdfLines.Of(document).TryGet(out var lines, out var rejections)) return Parsed<CyberTipReport>.Rejected(rejections);
        if (lines.Count == 0)
            return Refused("there is no text in the PDF: its pages are pictures, as a scanner makes them", "download the report again as PDF or JSON; what was scanned is not read");
        if (PdfOutline.HasSeveral(lines)) return Refused("several reports in one PDF", "download each report by itself: what one says must never stand under the other's number");
        var report = new PdfReportMapping(PdfOutline.Of(lines)).Report();
        return report is null
            ? Refused("the PDF is no CyberTipline report: nothing in it says its number", "drop the report as it was downloaded")
            : Parsed<CyberTipReport>.Taken(report);
    }

    private static Parsed<CyberTipReport> Refused(string reason, string mend) =>
        Parsed<CyberTipReport>.Rejected(new Rejection(0, 0, "", reason, mend));
}
