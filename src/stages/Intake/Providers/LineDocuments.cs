using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Homeward.Exchange;
using Homeward.Exchange.CyberTips.Xml;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Homeward.Intake.Providers;

/// <summary>Reads the XML document of a call and judges it: of this door, by the schema, by the value rules.</summary>
internal static partial class LineDocuments
{
    /// <summary>What is too large is read so far and let go, in bytes: a client that is still sending hears no answer.</summary>
    private const long BodyBytesMax = 64L << 20;

    /// <returns>The body; or why it cannot be one.</returns>
    /// <exception cref="BadHttpRequestException">Larger by far than a document may be, or not sent to its end.</exception>
    public static async Task<(byte[]? Document, LineAnswer? Refusal)> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        if (!IsXml(request.ContentType)) return (null, Invalid("The request is no XML document: send it as text/xml; charset=utf-8"));
        Limit(request, BodyBytesMax);
        if (request.ContentLength is > 0 and <= CyberTipXml.DocumentBytesMax and var length)
        {
            var whole = GC.AllocateUninitializedArray<byte>((int)length);
            await request.Body.ReadExactlyAsync(whole, cancel);
            return (whole, null);
        }
        using var body = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            var tooLarge = false;
            while (await request.Body.ReadAsync(buffer, cancel) is > 0 and var count)
            {
                tooLarge |= body.Length + count > CyberTipXml.DocumentBytesMax;
                if (!tooLarge) body.Write(buffer, 0, count);
            }
            if (tooLarge) return (null, Invalid($"The document is larger than {CyberTipXml.DocumentBytesMax} bytes") with { Status = StatusCodes.Status413PayloadTooLarge });
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return body.Length == 0 ? (null, Invalid("The request has no body")) : (body.ToArray(), null);
    }

    /// <summary>Bounds the body of this request.</summary>
    public static void Limit(HttpRequest request, long bytes)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = bytes;
    }

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
