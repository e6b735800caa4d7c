using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Homeward.Exchange;
using Homeward.Exchange.CyberTips.Xml;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Homeward.Intake.Providers;

/// <summary>Reads the XML document of a call and judges it: of this door, by the schema, by the value rules.</summary>
internal static partial class LineDocuments
{
    /// <returns>The body; or why it cannot be one.</returns>
    /// <exception cref="BadHttpRequestException">Not sent to its end.</exception>
    public static async Task<(byte[]? Document, LineAnswer? Refusal)> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        if (!IsXml(request.ContentType)) return (null, Invalid("The request is no XML document: send it as text/xml; charset=utf-8"));
        if (request.ContentLength is > 0 and var length)
        {
            if (length > CyberTipXml.DocumentBytesMax) return (null, TooLarge());
            var whole = GC.AllocateUninitializedArray<byte>((int)length);
            await request.Body.ReadExactlyAsync(whole, cancel);
            return (whole, null);
        }
        using var body = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            while (await request.Body.ReadAsync(buffer, cancel) is > 0 and var count)
            {
                if (body.Length + count > CyberTipXml.DocumentBytesMax) return (null, TooLarge());
                body.Write(buffer, 0, count);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return body.Length == 0 ? (null, Invalid("The request has no body")) : (body.ToArray(), null);
    }

    private static LineAnswer TooLarge() =>
        Invalid($"The document is larger than {CyberTipXml.DocumentBytesMax} bytes") with { Status = StatusCodes.Status413PayloadTooLarge };

    /// <param name="isLenient">What public clients break in their own tests is a warning.</param>
    /// <returns>What it is; or the refusal and how many faults it names.</returns>
    public static (Examined? Taken, string Warnings, LineAnswer? Refusal, int Faults) Judge(byte[] document, bool isReport, bool isLenient, DateTimeOffset now)
    {
        if (NotUtf8(document) is { } fault) return (null, "", LineAnswer.Faulty(LineCode.MalformedXml, [fault]), 1);
        var examined = CyberTipXml.Examine(document, isReport, now);
        if (examined.Verdict != Verdict.Valid)
        {
            var code = examined.Verdict == Verdict.Malformed ? LineCode.MalformedXml : LineCode.ValidationFailed;
            return (null, "", LineAnswer.Faulty(code, examined.Faults), examined.Faults.Count);
        }
        var broken = examined.Broken.Where(one => !one.OfBatch && !(isLenient && one.MayBeWaived)).Select(one => one.Fault).ToList();
        return broken.Count > 0
            ? (null, "", LineAnswer.Faulty(LineCode.ValidationFailed, broken), broken.Count)
            : (examined, LineAnswer.Lines(examined.Broken.Where(one => !one.OfBatch).Select(one => one.Fault)), null, 0);
    }

    public static LineAnswer Invalid(string what) => new(LineCode.InvalidRequest, what);

    private static bool IsXml(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.SubType.Equals("xml", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("xml", StringComparison.OrdinalIgnoreCase))
        && (type.Charset.Value is not { Length: > 0 } charset || charset.Trim('"').ToUpperInvariant() is "UTF-8" or "UTF8" or "US-ASCII");

    /// <summary>The line speaks UTF-8: a document that says otherwise, or is otherwise, would be misread in silence.</summary>
    private static Rejection? NotUtf8(ReadOnlySpan<byte> document)
    {
        // A zero among the first bytes is how the parser knows UTF-16 and UTF-32 that have no mark.
        if (!Utf8.IsValid(document) || document[..Math.Min(document.Length, 4)].Contains((byte)0)) return new(1, 1, "", "the bytes are not UTF-8", "send the document in UTF-8");
        if (document.StartsWith("\uFEFF"u8)) document = document[3..];
        // As nearly all begin.
        if (!document.StartsWith("<?xml"u8) || document.StartsWith("""<?xml version="1.0" encoding="UTF-8"?>"""u8)) return null;
        var end = document.IndexOf("?>"u8);
        if (end < 0 || Declared().Match(Encoding.UTF8.GetString(document[..end])) is not { Success: true } declared) return null;
        return declared.Groups[1].Value.ToUpperInvariant() switch
        {
            "UTF-8" or "UTF8" => null,
            // The parser would put question marks in the place of what is beyond ASCII.
            "US-ASCII" or "ASCII" => Ascii.IsValid(document) ? null : new(1, 1, "", "the document declares ASCII and holds more", "declare UTF-8"),
            _ => new(1, 1, "", "the document declares another encoding than UTF-8", "send the document in UTF-8"),
        };
    }

    [GeneratedRegex("""\sencoding\s*=\s*["']([^"']*)""")]
    private static partial Regex Declared();
}
