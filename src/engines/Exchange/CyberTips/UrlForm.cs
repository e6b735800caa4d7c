using System.Buffers;

namespace Homeward.Exchange.CyberTips;

/// <summary>The one form of addresses that are the same by RFC 3986 (6.2.2, 6.2.3), or differ in what only follows the visitor.</summary>
internal static class UrlForm
{
    private const int CharsMax = 2083;
    private static readonly SearchValues<char> _blanks = SearchValues.Create(" \t\r\n\0");
    private static readonly SearchValues<char> _unreserved = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    /// <summary>Told in docs/running.md.</summary>
    private static readonly string[] _follow = ["fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid", "igsh", "igshid"];

    public static string? Of(ReadOnlySpan<char> text)
    {
        text = WithoutScheme(text.Trim());
        if (text.Length is 0 or > CharsMax || text.ContainsAny(_blanks)) return null;
        var fragment = Cut(ref text, '#');
        var query = Cut(ref text, '?');
        var path = Cut(ref text, '/');
        // No part becomes longer.
        Span<char> form = stackalloc char[CharsMax];
        var length = Host(text, form);
        length += Path(path, form[length..]);
        length += Query(query, form[length..]);
        length += Fragment(fragment, form[length..]);
        return length == 0 ? null : form[..length].ToString();
    }

    /// <summary>A scheme stands at the beginning: an address within a query has one too.</summary>
    private static ReadOnlySpan<char> WithoutScheme(ReadOnlySpan<char> text)
    {
        var end = text.IndexOf("://");
        return end < 0 || text[..end].ContainsAny("/?#") ? text : text[(end + 3)..];
    }

    /// <summary>What begins at the mark, with it; the text loses it.</summary>
    private static ReadOnlySpan<char> Cut(ref ReadOnlySpan<char> text, char mark)
    {
        var at = text.IndexOf(mark);
        if (at < 0) return default;
        var cut = text[at..];
        text = text[..at];
        return cut;
    }

    /// <remarks>The scheme is not compared, so both default ports are none.</remarks>
    private static int Host(ReadOnlySpan<char> host, Span<char> to)
    {
        var length = Decode(host, to);
        foreach (ref var letter in to[..length]) letter = char.ToLowerInvariant(letter);
        var colon = to[..length].LastIndexOf(':');
        if (colon > 0 && to[(colon + 1)..length] is "" or "80" or "443" && (to[colon - 1] == ']' || !to[..colon].Contains(':'))) length = colon;
        return length > 1 && to[length - 1] == '.' ? length - 1 : length;
    }

    /// <summary>Without dot segments (5.2.4), and without closing slashes: a house rule.</summary>
    private static int Path(ReadOnlySpan<char> path, Span<char> to)
    {
        var length = Decode(path, to);
        if (to[..length].IndexOf("/.") >= 0) length = WithoutDots(to[..length]);
        return to[..length].TrimEnd('/').Length;
    }

    /// <summary>In place: what is written never overtakes what is read.</summary>
    private static int WithoutDots(Span<char> path)
    {
        var length = 0;
        for (var from = 0; from < path.Length;)
        {
            var next = path[(from + 1)..].IndexOf('/');
            var end = next < 0 ? path.Length : from + 1 + next;
            var segment = path[from..end];
            if (segment is "/..") length = Math.Max(0, path[..length].LastIndexOf('/'));
            else if (segment is not "/.")
            {
                segment.CopyTo(path[length..]);
                length += segment.Length;
            }
            from = end;
        }
        return length;
    }

    private static int Query(ReadOnlySpan<char> query, Span<char> to)
    {
        if (query.IsEmpty) return 0;
        var length = 0;
        query = query[1..];
        foreach (var range in query.Split('&'))
        {
            var part = query[range];
            if (part.IsEmpty || OnlyFollows(part)) continue;
            to[length] = length == 0 ? '?' : '&';
            length++;
            length += Decode(part, to[length..]);
        }
        return length;
    }

    private static bool OnlyFollows(ReadOnlySpan<char> part)
    {
        var end = part.IndexOf('=');
        var name = end < 0 ? part : part[..end];
        if (name.StartsWith("utm_", StringComparison.OrdinalIgnoreCase)) return true;
        foreach (var one in _follow)
            if (name.Equals(one, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    /// <summary>A place on the page is not compared. What a page reads as a way of its own is: <c>#!folder!key</c>, <c>#F!folder</c>, <c>#/user/7</c>, <c>#@name</c>.</summary>
    private static int Fragment(ReadOnlySpan<char> fragment, Span<char> to)
    {
        if (fragment.Length < 2 || !(fragment[1] is '!' or '/' or '@' || (fragment.Length > 2 && fragment[2] == '!'))) return 0;
        var way = to[..Decode(fragment, to)].TrimEnd('/');
        return way is "#" or "#!" ? 0 : way.Length;
    }

    /// <summary>What need not be written in hexadecimal is not; what must be is in capitals.</summary>
    private static int Decode(ReadOnlySpan<char> from, Span<char> to)
    {
        if (!from.Contains('%'))
        {
            from.CopyTo(to);
            return from.Length;
        }
        var length = 0;
        for (var at = 0; at < from.Length; at++)
        {
            if (from[at] != '%' || at + 2 >= from.Length || !char.IsAsciiHexDigit(from[at + 1]) || !char.IsAsciiHexDigit(from[at + 2])) to[length++] = from[at];
            else
            {
                var (high, low) = (char.ToUpperInvariant(from[at + 1]), char.ToUpperInvariant(from[at + 2]));
                at += 2;
                var letter = (char)((Worth(high) << 4) | Worth(low));
                if (_unreserved.Contains(letter)) to[length++] = letter;
                else
                {
                    (to[length], to[length + 1], to[length + 2]) = ('%', high, low);
                    length += 3;
                }
            }
        }
        return length;

        static int Worth(char digit) => digit > '9' ? digit - 'A' + 10 : digit - '0';
    }
}
