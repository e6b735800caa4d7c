using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Homeward.Exchange.CyberTips.Xml;

/// <summary>Reads a plain document at once and judges it by the schema on the way; what is not plain it leaves alone.</summary>
/// <remarks>
/// Plain is what programs write: UTF-8, elements, attributes, texts, character references, line ends of either kind, and on the root
/// the names that serializers put there. Comments, instructions, a DTD, other namespaces, CDATA, anything that the schema forbids or
/// that only its validator can judge: then the answer is no, and the platform's validating reader says what the document is. So a yes must be right, and a no costs
/// time only. A property test holds every yes to the validator's verdict and tree. Three times as fast as that reader.
/// Positions are not counted: they are told of what is invalid, and that is never read here.
/// </remarks>
internal ref struct PlainXml
{
    private const int DepthMax = 32;
    private static readonly PlainShape _report = PlainShape.OfRoot("report");
    private static readonly byte[] _reportName = "report"u8.ToArray();

    private static readonly byte[] _notCharacters = [0xEF, 0xBF, 0xBE];
    private static readonly byte[] _norThis = [0xEF, 0xBF, 0xBF];

    /// <summary>Characters that end a run of text or need a second look: a reference, markup, the end of CDATA, what is no text.</summary>
    private static readonly SearchValues<byte> _special = SearchValues.Create(
        [(byte)'<', (byte)'&', (byte)']', (byte)'\r', .. Enumerable.Range(0, 32).Where(code => code is not ('\t' or '\n')).Select(code => (byte)code)]);
    private static readonly SearchValues<byte> _nameEnds = SearchValues.Create(" \t\n\r/>=<\"'&"u8);

    /// <summary>What serializers write on the root: it speaks to the parser and says nothing of the report. The schema that it names is never fetched.</summary>
    private static readonly RootName[] _rootNames =
    [
        new("xmlns:xsi"u8.ToArray(), "http://www.w3.org/2001/XMLSchema-instance"), new("xmlns:xsd"u8.ToArray(), "http://www.w3.org/2001/XMLSchema"),
        new("xsi:noNamespaceSchemaLocation"u8.ToArray(), null),
    ];
    private const uint Declares = 1, Locates = 4;

    private readonly ReadOnlySpan<byte> _document;
    private readonly XmlTree _tree;
    private int _at;

    /// <param name="Value">Null where any will do.</param>
    private sealed record RootName(byte[] Utf8, string? Value);

    private PlainXml(ReadOnlySpan<byte> document, XmlTree tree)
    {
        _document = document;
        _tree = tree;
    }

    /// <returns>True when the tree holds the document, which is a valid report. Else the tree is to be cleared.</returns>
    public static bool TryFillReport(ReadOnlySpan<byte> document, XmlTree tree)
    {
        if (!Utf8.IsValid(document)) return false;
        // U+FFFE and U+FFFF are UTF-8 and no characters of XML.
        if (document.IndexOf(_notCharacters) >= 0 || document.IndexOf(_norThis) >= 0) return false;
        if (document.StartsWith("\uFEFF"u8)) document = document[3..];
        var xml = new PlainXml(document, tree);
        return xml.Declaration() && xml.Take((byte)'<') && xml.Take(_reportName) && xml.Element(_report, _reportName, "report", depth: 1) && xml.IsAtEnd();
    }

    private bool Declaration()
    {
        if (!_document[_at..].StartsWith("<?xml "u8)) return true;
        var end = _document[_at..].IndexOf("?>"u8);
        if (end < 0) return false;
        var says = _document.Slice(_at + 6, end - 6).Trim((byte)' ');
        _at += end + 2;
        SkipSpace();
        return says.SequenceEqual("version=\"1.0\""u8) || says.SequenceEqual("version=\"1.0\" encoding=\"utf-8\""u8)
            || says.SequenceEqual("version=\"1.0\" encoding=\"UTF-8\""u8) || says.SequenceEqual("version='1.0' encoding='UTF-8'"u8)
            || says.SequenceEqual("version='1.0' encoding='utf-8'"u8) || says.SequenceEqual("version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\""u8);
    }

    /// <summary>From behind the name of its start tag to behind its end tag.</summary>
    private bool Element(PlainShape shape, ReadOnlySpan<byte> utf8, string name, int depth)
    {
        if (!shape.IsKnown || depth > DepthMax) return false;
        _tree.Open(name, 0, 0);
        if (!Attributes(shape, isRoot: depth == 1, out var isEmpty)) return false;
        var holds = isEmpty
            ? shape.Text is { } fits ? fits("") : IsWhole(shape, 0, stoodHere: false)
            : shape.Text is not null ? Text(shape.Text) : Elements(shape, depth);
        if (!holds) return false;
        _tree.Close();
        return isEmpty || (Take("</"u8) && Take(utf8) && SkipSpaceTo((byte)'>'));
    }

    private bool Attributes(PlainShape shape, bool isRoot, out bool isEmpty)
    {
        var (seen, named) = (0u, 0u);
        while (true)
        {
            var hadSpace = SkipSpace();
            isEmpty = Take((byte)'/');
            // A name in front of a colon must be declared, before or behind.
            if (Take((byte)'>')) return HasRequired(shape, seen) && ((named & Locates) == 0 || (named & Declares) != 0);
            if (isEmpty || !hadSpace) return false;
            var name = Name();
            if (Value() is not { } text) return false;
            if (isRoot && IsRootName(name, text, ref named)) continue;
            var which = 0;
            while (which < shape.Attributes.Length && !name.SequenceEqual(shape.Attributes[which].Utf8)) which++;
            if (which == shape.Attributes.Length || (seen & (1u << which)) != 0 || !shape.Attributes[which].Fits(text)) return false;
            seen |= 1u << which;
            _tree.AddAttribute(shape.Attributes[which].Name, text, 0, 0);
        }
    }

    /// <returns>True where it is one of those, for the first time.</returns>
    private static bool IsRootName(ReadOnlySpan<byte> name, string value, ref uint named)
    {
        for (var which = 0; which < _rootNames.Length; which++)
        {
            if (!name.SequenceEqual(_rootNames[which].Utf8) || (named & (1u << which)) != 0 || (_rootNames[which].Value ?? value) != value) continue;
            named |= 1u << which;
            return true;
        }
        return false;
    }

    /// <summary>An attribute's, from behind its name to behind its quote.</summary>
    private string? Value()
    {
        SkipSpace();
        if (!Take((byte)'=')) return null;
        SkipSpace();
        var quote = _at < _document.Length ? _document[_at++] : (byte)0;
        if (quote is not ((byte)'"' or (byte)'\'')) return null;
        var end = _document[_at..].IndexOf(quote);
        if (end < 0) return null;
        var raw = _document.Slice(_at, end);
        _at += end + 1;
        // A tab or a line's end would become a blank here.
        return raw.IndexOfAny("\t\n\r<"u8) >= 0 ? null : Decoded(raw);
    }

    private static bool HasRequired(PlainShape shape, uint seen)
    {
        for (var which = 0; which < shape.Attributes.Length; which++)
            if (shape.Attributes[which].IsRequired && (seen & (1u << which)) == 0) return false;
        return true;
    }

    private bool Text(SurelyFits fits)
    {
        var length = _document[_at..].IndexOf((byte)'<');
        if (length < 0) return false;
        var raw = _document.Slice(_at, length);
        _at += length;
        if (!_document[_at..].StartsWith("</"u8) || Decoded(raw) is not { } text) return false;
        // Blanks alone are no text, unless they are written as references: then the reader is to say. Whether they may stand there is another thing.
        if (raw.Length > 0 && raw.IndexOfAnyExcept(" \t\n\r"u8) < 0) return fits(text);
        if (!fits(text) || string.IsNullOrWhiteSpace(text) && text.Length > 0) return false;
        if (text.Length > 0) _tree.AddText(text);
        return true;
    }

    private bool Elements(PlainShape shape, int depth)
    {
        var (place, stoodHere, seen) = (0, false, 0u);
        while (true)
        {
            // Where nothing may stand, not even blanks may.
            if (shape.Elements.Length > 0) SkipSpace();
            if (_document[_at..].StartsWith("</"u8)) return IsWhole(shape, place, stoodHere);
            if (!Take((byte)'<')) return false;
            var name = Name();
            var at = shape.IsAll ? 0 : place;
            while (at < shape.Elements.Length && !name.SequenceEqual(shape.Elements[at].Utf8))
            {
                // It is passed over: only what may be absent, or was here.
                if (!shape.IsChoice && !shape.IsAll && shape.Elements[at].IsRequired && !(at == place && stoodHere)) return false;
                at++;
            }
            if (at == shape.Elements.Length) return false;
            var element = shape.Elements[at];
            if (shape.IsAll ? (seen & (1u << at)) != 0 : stoodHere && (shape.IsChoice || (at == place && !element.MayRepeat))) return false;
            seen |= shape.IsAll ? 1u << at : 0;
            (place, stoodHere) = (at, true);
            if (!Element(element.Shape, element.Utf8, element.Name, depth + 1)) return false;
        }
    }

    /// <summary>Whether nothing is missing at the end.</summary>
    private static bool IsWhole(PlainShape shape, int place, bool stoodHere)
    {
        if (shape.IsChoice) return stoodHere;
        if (shape.IsAll) return true;
        for (var at = stoodHere ? place + 1 : place; at < shape.Elements.Length; at++)
            if (shape.Elements[at].IsRequired) return false;
        return true;
    }

    /// <returns>The text with its references read; null when it holds what is left to the platform's reader.</returns>
    private static string? Decoded(ReadOnlySpan<byte> raw)
    {
        var special = raw.IndexOfAny(_special);
        if (special < 0) return Encoding.UTF8.GetString(raw);
        var text = new StringBuilder(raw.Length);
        while (special >= 0)
        {
            text.Append(Encoding.UTF8.GetString(raw[..special]));
            raw = raw[special..];
            var taken = raw[0] switch
            {
                (byte)'&' => Reference(raw, text),
                (byte)']' when !raw.StartsWith("]]>"u8) => Append(text, ']'),
                // Each end of a line is read as one line feed.
                (byte)'\r' => Append(text, '\n') + (raw.StartsWith("\r\n"u8) ? 1 : 0),
                _ => 0,
            };
            if (taken == 0) return null;
            raw = raw[taken..];
            special = raw.IndexOfAny(_special);
        }
        return text.Append(Encoding.UTF8.GetString(raw)).ToString();
    }

    private static int Append(StringBuilder text, char letter)
    {
        text.Append(letter);
        return 1;
    }

    /// <returns>How many bytes the reference takes; 0 when it is none that is known here.</returns>
    private static int Reference(ReadOnlySpan<byte> raw, StringBuilder text)
    {
        var end = raw.IndexOf((byte)';');
        if (end is < 2 or > 10) return 0;
        var name = raw[1..end];
        if (name[0] == '#')
        {
            var isHex = name.Length > 1 && name[1] == 'x';
            var digits = name[(isHex ? 2 : 1)..];
            if (digits.IsEmpty || !int.TryParse(digits, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var code)) return 0;
            var isCharacter = code is '\t' or '\n' or '\r' or (>= 0x20 and <= 0xD7FF) or (>= 0xE000 and <= 0xFFFD) or (>= 0x10000 and <= 0x10FFFF);
            if (!isCharacter) return 0;
            text.Append(char.ConvertFromUtf32(code));
            return end + 1;
        }
        var letter = name.SequenceEqual("amp"u8) ? '&' : name.SequenceEqual("lt"u8) ? '<' : name.SequenceEqual("gt"u8) ? '>'
            : name.SequenceEqual("quot"u8) ? '"' : name.SequenceEqual("apos"u8) ? '\'' : '\0';
        if (letter == '\0') return 0;
        text.Append(letter);
        return end + 1;
    }

    private ReadOnlySpan<byte> Name()
    {
        var length = _document[_at..].IndexOfAny(_nameEnds);
        if (length < 0) length = 0;
        var name = _document.Slice(_at, length);
        _at += length;
        return name;
    }

    private bool IsAtEnd()
    {
        SkipSpace();
        return _at == _document.Length;
    }

    /// <returns>Whether there was any.</returns>
    private bool SkipSpace()
    {
        var from = _at;
        while (_at < _document.Length && _document[_at] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r') _at++;
        return _at > from;
    }

    private bool SkipSpaceTo(byte expected)
    {
        SkipSpace();
        return Take(expected);
    }

    private bool Take(byte expected)
    {
        if (_at == _document.Length || _document[_at] != expected) return false;
        _at++;
        return true;
    }

    private bool Take(ReadOnlySpan<byte> expected)
    {
        if (!_document[_at..].StartsWith(expected)) return false;
        _at += expected.Length;
        return true;
    }
}
