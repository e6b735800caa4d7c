using System.Text;
using System.Text.Unicode;

namespace Homeward.Exchange.CyberTips.Xml;

/// <summary>What stands in a document where the parser does not say it: before the root, and around a place.</summary>
internal static class XmlPlaces
{
    /// <returns>Line and column of the DOCTYPE, from 1; zeros where it is not found: the place is not known.</returns>
    public static (int Line, int Column) Doctype(ReadOnlySpan<byte> document)
    {
        var at = document.StartsWith("\uFEFF"u8) ? 3 : 0;
        while (at < document.Length)
        {
            var rest = document[at..];
            if (rest.StartsWith("<!DOCTYPE"u8)) return Place(document[..at]);
            var end = rest.StartsWith("<!--"u8) ? Behind(rest, "-->"u8) : rest.StartsWith("<?"u8) ? Behind(rest, "?>"u8)
                : rest[0] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' ? 1 : -1;
            if (end < 0) break;
            at += end;
        }
        return (0, 0);
    }

    /// <summary>Whether the declaration says <c>UTF8</c>, in any case, and the bytes are that.</summary>
    public static bool IsUtf8ByAnotherName(ReadOnlySpan<byte> document)
    {
        if (document.StartsWith("\uFEFF"u8)) document = document[3..];
        return document.StartsWith("<?xml "u8) && document.IndexOf("?>"u8) is > 0 and var end
            && document[..end].IndexOf("encoding"u8) is > 0 and var at && Name(document[(at + "encoding".Length)..end]) is [_, .. var name, _]
            && Ascii.EqualsIgnoreCase(name, "utf8"u8) && Utf8.IsValid(document);

        // From quote to quote.
        static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> value)
        {
            value = value.TrimStart(" \t\r\n="u8);
            return value.IsEmpty || value[1..].IndexOf(value[0]) is not (>= 0 and var close) ? [] : value[..(close + 2)];
        }
    }

    /// <summary>The element whose start tag holds the place, as the parser counts; null where there is none.</summary>
    public static string? StartTagAround(ReadOnlySpan<byte> document, int line, int column)
    {
        if (document.StartsWith("\uFEFF"u8)) document = document[3..];
        var at = 0;
        for (var ends = 1; ends < line; ends++)
        {
            if (document[at..].IndexOf((byte)'\n') is not (>= 0 and var end)) return null;
            at += end + 1;
        }
        var before = Encoding.UTF8.GetString(document[at..]);
        var tag = $"{Encoding.UTF8.GetString(document[..at])}{before[..Math.Clamp(column - 1, 0, before.Length)]}";
        // No value of an attribute holds one.
        tag = tag[(tag.LastIndexOf('<') + 1)..];
        var name = tag[..Math.Max(0, tag.IndexOfAny([' ', '\t', '\r', '\n']))];
        return name.Length == 0 ? null : name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }

    private static int Behind(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> mark) => rest.IndexOf(mark) is >= 0 and var at ? at + mark.Length : -1;

    /// <summary>As the parser counts: lines by their feeds, columns by letters.</summary>
    private static (int Line, int Column) Place(ReadOnlySpan<byte> before)
    {
        if (before.StartsWith("\uFEFF"u8)) before = before[3..];
        var line = 1 + before.Count((byte)'\n');
        return (line, 1 + Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]));
    }
}
