using System.Text.Json;
using System.Text.Unicode;

namespace Homeward.Exchange.CyberTips.Json;

/// <summary>Reads the JSON that an agency downloads.</summary>
/// <remarks>
/// The form has no public schema; the keys are those that public programs read, and ours where none is public (the
/// README lists both). What stands where we do not know it is kept as free text and told, and the rest is read: rejected
/// is only what cannot be a report. Bad input is answered with rejections, never with an exception. Safe for many threads.
/// </remarks>
public static class CyberTipJson
{
    /// <summary>Largest document, in bytes.</summary>
    public const int DocumentBytesMax = 16 * 1024 * 1024;

    /// <summary>Names and values of a document; one with ten thousand files has a quarter of that.</summary>
    public const int ElementsMax = 1_000_000;

    private const int DepthMax = 32;

    private static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth = DepthMax,
        // Two answers to "did the provider look at the file?" are none, and a parser that takes the last is a risk.
        AllowDuplicateProperties = false,
    };

    private static ReadOnlySpan<byte> Mark => "\uFEFF"u8;

    /// <summary>Reads one report; a UTF-8 mark at the start is passed over.</summary>
    public static Parsed<CyberTipReport> Read(ReadOnlyMemory<byte> document)
    {
        if (document.Span.StartsWith(Mark)) document = document[Mark.Length..];
        if (document.Length > DocumentBytesMax)
            return Refused(0, 0, $"larger than {DocumentBytesMax} bytes", "send the files beside the report, not inside it");
        if (!Utf8.IsValid(document.Span)) return Refused(0, 0, "the bytes are not UTF-8", "send UTF-8");

        try
        {
            var (elements, hasUnknown) = JsonUnknown.Scan(document.Span, DepthMax);
            if (elements > ElementsMax) return Refused(0, 0, $"more than {ElementsMax} elements", "see what it really holds; no report is so long");
            using var json = JsonDocument.Parse(document, Options);
            var mapping = new JsonReportMapping(json.RootElement);
            if (mapping.WhyNone() is { } fault) return Parsed<CyberTipReport>.Rejected(fault);
            var report = mapping.Report();
            return Parsed<CyberTipReport>.Taken(hasUnknown ? JsonUnknown.Keep(json.RootElement, report) : report);
        }
        catch (JsonException fault)
        {
            var (reason, at) = JsonFaults.Of(document.Span, DepthMax, fault);
            return Refused(at.Line, at.Column, reason, "send the file as it was downloaded, whole");
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, written as an escape: no text.
            return Refused(0, 0, "a text holds half of a character", "send the file as it was downloaded, whole");
        }
    }

    private static Parsed<CyberTipReport> Refused(int line, int column, string reason, string mend) =>
        Parsed<CyberTipReport>.Rejected(new Rejection(line, column, "", reason, mend));
}
