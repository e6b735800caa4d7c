using System.Text;

namespace Homeward.Exchange.CyberTips.Xml;

/// <summary>What stands before the root of a document, for a fault that the parser does not place.</summary>
internal static class XmlProlog
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

    private static int Behind(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> mark) => rest.IndexOf(mark) is >= 0 and var at ? at + mark.Length : -1;

    /// <summary>As the parser counts: lines by their feeds, columns by letters.</summary>
    private static (int Line, int Column) Place(ReadOnlySpan<byte> before)
    {
        if (before.StartsWith("\uFEFF"u8)) before = before[3..];
        var line = 1 + before.Count((byte)'\n');
        return (line, 1 + Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]));
    }
}
