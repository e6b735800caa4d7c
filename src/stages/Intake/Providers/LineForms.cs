using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Homeward.Intake.Providers;

/// <summary>Reads forms and the heads of their parts as clients write them, which is not always as the grammar has it.</summary>
internal static class LineForms
{
    private const int FormBytesMax = 1 << 20;
    private const int IdCharsMax = 64;
    private const int BoundaryCharsMax = 1_000;

    /// <summary>The field <c>id</c> of finish and retract, in either kind of form, with a file name or without.</summary>
    /// <returns>The report number; or why there is none.</returns>
    /// <exception cref="BadHttpRequestException">Larger than a form may be, or not sent to its end.</exception>
    public static async Task<(long? Number, LineAnswer? Refusal)> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        var boundary = Boundary(request.ContentType);
        if (boundary is null && !request.HasFormContentType) return (null, LineDocuments.Invalid("The request is no form: send the field id"));
        if (boundary is { Length: 0 }) return (null, LineDocuments.Invalid("The form names no boundary"));
        LineBodies.Limit(request, FormBytesMax);
        try
        {
            var encoding = Charset(request.ContentType);
            var given = (boundary is null ? await ReadPairsAsync(request.Body, encoding, cancel) : await ReadPartsAsync(new MultipartReader(boundary, request.Body), cancel)).Distinct().ToList();
            return given.Count == 1 && ParseId(given[0]) is { } number
                ? (number, null)
                : (null, LineDocuments.Invalid(given.Count switch { 0 => "The form has no id", 1 => "The id is no report number", _ => "The form has two ids" }));
        }
        catch (Exception fault) when (IsBroken(fault))
        {
            return (null, LineDocuments.Invalid(boundary is null ? "The form is broken, or a name or value in it is too long" : Fault(fault)));
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            return (null, LineDocuments.Invalid("The form names a charset that is not read here: send UTF-8"));
        }
    }

    /// <summary>One by one: the platform's own form does not tell <c>ID</c> from <c>id</c>.</summary>
    private static async Task<List<string>> ReadPairsAsync(Stream body, Encoding encoding, CancellationToken cancel)
    {
        var ids = new List<string>();
        using var reader = new FormReader(body, encoding);
        while (await reader.ReadNextPairAsync(cancel) is { } pair)
            if (pair.Key == "id") ids.Add(pair.Value);
        return ids;
    }

    private static async Task<List<string>> ReadPartsAsync(MultipartReader reader, CancellationToken cancel)
    {
        var ids = new List<string>();
        while (await NextAsync(reader, cancel) is { } part)
        {
            if (Disposition(part.ContentDisposition).Field != "id") continue;
            Charset(part.ContentType);
            ids.Add(await ReadIdAsync(part.Body, cancel));
        }
        return ids;
    }

    /// <summary>The next part of a form, with a head that can be read.</summary>
    /// <exception cref="InvalidDataException">Its head cannot.</exception>
    /// <exception cref="IOException">The form ends before its last boundary.</exception>
    public static async Task<MultipartSection?> NextAsync(MultipartReader reader, CancellationToken cancel)
    {
        var part = await reader.ReadNextSectionAsync(cancel);
        // Else a header that goes on in the next line, where that has a colon, would be two headers, and the first of them cut.
        if (part?.Headers?.Keys.Any(name => char.IsWhiteSpace(name[0])) == true) throw new InvalidDataException("A part's header is folded.");
        return part;
    }

    public static bool IsBroken(Exception fault) => fault is InvalidDataException or (IOException and not BadHttpRequestException);

    /// <summary>What is wrong with a form of parts. The reader says it to a programmer, and differently from one version to the next.</summary>
    public static string Fault(Exception fault) => fault is InvalidDataException
        ? string.Create(CultureInfo.InvariantCulture, $"The form does not begin with its boundary, or the head of a part cannot be read: give each header on one line, at most {MultipartReader.DefaultHeadersCountLimit} of them in {MultipartReader.DefaultHeadersLengthLimit} bytes, names of files included")
        : "The form was cut off, or does not end with its boundary: send it whole";

    /// <summary>The text of an id as far as it may be one, to its end.</summary>
    public static async Task<string> ReadIdAsync(Stream body, CancellationToken cancel)
    {
        var bytes = new byte[IdCharsMax + 1];
        var count = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        await body.CopyToAsync(Stream.Null, cancel);
        return Encoding.UTF8.GetString(bytes, 0, count);
    }

    /// <summary>A report number, with or without space around it.</summary>
    public static long? ParseId(string? text) =>
        long.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    /// <returns>What stands between the parts of a multipart form; empty when it is not told; null for another kind of request.</returns>
    public static string? Boundary(string? contentType)
    {
        if (contentType is null || !contentType.Split(';')[0].Trim().Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)) return null;
        return Parameter(contentType, "boundary") is { Length: <= BoundaryCharsMax } boundary ? boundary : "";
    }

    /// <summary>Field and file name, read leniently: clients send full paths, raw UTF-8, and quotes that the grammar does not know.</summary>
    public static (string? Field, string? FileName) Disposition(string? header)
    {
        if (header is null || !header.StartsWith("form-data", StringComparison.OrdinalIgnoreCase)) return (null, null);
        return (Parameter(header, "name"), Extended(Parameter(header, "filename*")) ?? Parameter(header, "filename"));
    }

    /// <summary>A name beyond ASCII as RFC 5987 has it, <c>utf-8''%E2%82%AC.txt</c>: what .NET's own client sends, with a second one that only mail programs read.</summary>
    /// <returns>Null where it is none.</returns>
    private static string? Extended(string? value)
    {
        if (value?.Split('\'', 3) is not [var charset, _, var text]) return null;
        try
        {
            // A plus is one: only forms write a blank so.
            var bytes = Encoding.UTF8.GetBytes(text.Replace("+", "%2B", StringComparison.Ordinal));
            return Encoding.GetEncoding(charset).GetString(WebUtility.UrlDecodeToBytes(bytes, 0, bytes.Length)!);
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <exception cref="ArgumentException">Nobody knows it.</exception>
    /// <exception cref="NotSupportedException">The platform gave it up, as UTF-7.</exception>
    private static Encoding Charset(string? contentType) =>
        contentType is not null && Parameter(contentType, "charset") is { } charset ? Encoding.GetEncoding(charset) : Encoding.UTF8;

    /// <summary>One parameter of a header; what stands in the quotes of another is none.</summary>
    private static string? Parameter(string header, string name)
    {
        for (var at = header.IndexOf(';', StringComparison.Ordinal); at >= 0 && header.IndexOf('=', at) is >= 0 and var equals;)
        {
            var key = header[(header.LastIndexOf(';', equals) + 1)..equals].Trim();
            var start = equals + 1;
            while (start < header.Length && header[start] is ' ' or '\t') start++;
            var isQuoted = start < header.Length && header[start] == '"';
            if (isQuoted) start++;
            var end = isQuoted ? EndOfQuoted(header, start) : header.IndexOf(';', start);
            if (end < 0) end = header.Length;
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase)) return isQuoted ? header[start..end] : header[start..end].Trim();
            at = header.IndexOf(';', end);
        }
        return null;
    }

    /// <returns>Where the quote stands that ends it: one that the header's end or the next parameter follows, for a name may hold quotes. -1 when none does.</returns>
    private static int EndOfQuoted(string header, int start)
    {
        for (var end = start; end < header.Length; end++)
        {
            if (header[end] == '"' && header.AsSpan(end + 1).TrimStart() is var rest && (rest.IsEmpty || rest[0] == ';')) return end;
        }
        return -1;
    }
}
