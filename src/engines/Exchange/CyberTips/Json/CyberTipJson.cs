using System.Text;
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

    /// <summary>The document as UTF-8 without a mark. UTF-16, as programs on the way save it, is known by its own mark.</summary>
    public static ReadOnlyMemory<byte> Utf8Of(ReadOnlyMemory<byte> document) =>
        document.Span.StartsWith(Mark) ? document[Mark.Length..]
        : document.Span.StartsWith(Encoding.Unicode.Preamble) ? Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(document.Span[2..]))
        : document.Span.StartsWith(Encoding.BigEndianUnicode.Preamble) ? Encoding.UTF8.GetBytes(Encoding.BigEndianUnicode.GetString(document.Span[2..]))
        : document;

    /// <summary>Reads one report, in UTF-8 with or without a mark, or in UTF-16 with one.</summary>
    public static Parsed<CyberTipReport> Read(ReadOnlyMemory<byte> document)
    {
        // Of twice as many bytes in UTF-16 none can be fewer than the bound allows.
        if (document.Length <= DocumentBytesMax * 2L) document = Utf8Of(document);
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
        // Half a surrogate pair, written as an escape: providers cut texts by length. Who downloads it again gets the same.
        catch (InvalidOperationException) when (WithWholeCharacters(document.Span) is { } whole)
        {
            return Read(whole).TryGet(out var report, out var rejections)
                ? Parsed<CyberTipReport>.Taken(report with { Remarks = [.. report.Remarks, new Remark("", "a text holds half of a character; read as U+FFFD")] })
                : Parsed<CyberTipReport>.Rejected(rejections);
        }
    }

    /// <summary>The document with U+FFFD, which is as long, for each half of a character; null where it holds none.</summary>
    private static byte[]? WithWholeCharacters(ReadOnlySpan<byte> document)
    {
        byte[]? whole = null;
        for (var at = 0; at < document.Length; at++)
        {
            if (document[at] != '\\') continue;
            switch (Half(document[at..]))
            {
                case Surrogate.High when Half(document[(at + EscapeBytes)..]) == Surrogate.Low: at += EscapeBytes * 2 - 1; break;
                case Surrogate.None: at++; break;
                default: "\\uFFFD"u8.CopyTo((whole ??= document.ToArray()).AsSpan(at)); at += EscapeBytes - 1; break;
            }
        }
        return whole;
    }

    private const int EscapeBytes = 6;

    private enum Surrogate { None, High, Low }

    /// <summary>Which half of a character an escape at the beginning is, as <c>\ud83d</c>.</summary>
    private static Surrogate Half(ReadOnlySpan<byte> text) =>
        text is not [(byte)'\\', (byte)'u', (byte)'d' or (byte)'D', var which, var third, var fourth, ..] || !char.IsAsciiHexDigit((char)third) || !char.IsAsciiHexDigit((char)fourth) ? Surrogate.None
        : (char)which is '8' or '9' or 'a' or 'A' or 'b' or 'B' ? Surrogate.High
        : (char)which is >= 'c' and <= 'f' or >= 'C' and <= 'F' ? Surrogate.Low : Surrogate.None;

    private static Parsed<CyberTipReport> Refused(int line, int column, string reason, string mend) =>
        Parsed<CyberTipReport>.Rejected(new Rejection(line, column, "", reason, mend));
}
