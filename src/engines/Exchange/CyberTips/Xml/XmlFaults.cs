using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Schema;

namespace Homeward.Exchange.CyberTips.Xml;

/// <summary>Turns the parser's complaints into rejections that quote nothing of the document.</summary>
/// <remarks>
/// Parser and validator put into their sentences what they found: values, which may be about a child, and what takes the place of
/// names where markup is broken. Of each sentence only words stay that the schema or the sentences themselves have; what else
/// stands there becomes an ellipsis; the name of an element that stands where elements stand is told, for it must be found. To cut out what is quoted would not do: a value may hold quotes, and words of a sentence.
/// </remarks>
internal static partial class XmlFaults
{
    private const int FaultsMax = 50;
    private const int ReasonCharsMax = 1_000;
    private const int NameCharsMax = 60;
    private const string ValueMark = " - The value '";
    private const string TypeMark = "according to its datatype '";

    /// <summary>Of the platform's sentences on XML and its validity; a word that is missing here is only not shown.</summary>
    private const string Sentences =
        "A An CDATA Cannot Could Data Expecting For If Invalid List Missing Name Reference Root Syntax System The There This Unexpected Version XML a abstract all "
        + "allowed already always an and any appear are as at attribute be because been before begin but can cannot character characters child closed comment contain "
        + "content could datatype decimal declaration declared defined derived document does duplicate either element element's elements empty encoding end entity equal "
        + "expected false file find first fixed following for found from given has have hexadecimal high in incomplete information inside instance instruction "
        + "instructions invalid is it its last level line low markup match missing model more multiple must name names namespace nillable no node not number numeric occurred of on once "
        + "only or pair paired parent parsing position possible prefix present processing reference required root schema section space start support supported "
        + "surrogate syntax tag text that the there to token type undeclared unexpected used valid validated validly value well while white whitespace with xml "
        + "xmlns xsi:nil xsi:type = > < / ? ! & ; - -- ]]> ?> \"";

    private static readonly FrozenSet<string> _words = Sentences.Split(' ').Concat(TipSchema.Names)
        .Concat(Enumerable.Range(0, 32).Select(code => $"0x{code:X2}")).Append("0xFFFE").Append("0xFFFF").ToFrozenSet(StringComparer.Ordinal);

    /// <param name="element">The element at which the validator stands, or at an attribute of it, without prefix; null where it stands at another thing.</param>
    public static void Add(List<Rejection> faults, string path, string? element, XmlSchemaException fault)
    {
        if (faults.Count >= FaultsMax) return;
        faults.Add(new(fault.LineNumber, fault.LinePosition, path, Clean(fault.Message, element),
            "compare the element, its order and its value with report.xsd"));
    }

    public static Rejection NotWellFormed(string path, ReadOnlySpan<byte> document, XmlException fault)
    {
        // The parser's own words here tell a programmer of .NET how to allow it, and not where it is.
        var isDtd = fault.Message.StartsWith("For security reasons DTD", StringComparison.Ordinal);
        var (line, column) = isDtd ? XmlPlaces.Doctype(document) : (Math.Max(1, fault.LineNumber), Math.Max(1, fault.LinePosition));
        return new(line, column, path,
            isDtd ? "not well-formed XML: it has a DOCTYPE, and none is taken" : Bound($"not well-formed XML: {Known(Unplaced(fault), null)}"),
            "send the document as the program wrote it, whole, UTF-8, without DTD");
    }

    /// <summary>Of a value that <see cref="SchemaGaps"/> refuses, in the validator's words.</summary>
    public static Rejection Unfit(XmlTree tree, int node, string expected)
    {
        var ((line, column), name) = (tree.At(node), tree.Name(node));
        return new(line, column, tree.Path(node),
            $"The '{name.TrimStart('@')}' {(name[0] == '@' ? "attribute" : "element")} is invalid - expected is {expected}", "compare the element, its order and its value with report.xsd");
    }

    /// <summary>The validator quotes the offending value and names its type; in their place stands what the type expects.</summary>
    private static string Clean(string message, string? element)
    {
        // Of a group in which each stands once at most, as the schema says it, and nobody who did not write it.
        if (element is { Length: <= NameCharsMax } && message.StartsWith($"Element '{element}' cannot appear more than once", StringComparison.Ordinal))
            return $"The element '{element}' stands more than once, and may stand once at most.";
        // An attribute's name may say anything; that of its element is one of the schema's, or its element is told itself.
        if (message.EndsWith(" attribute is not declared.", StringComparison.Ordinal) && element is not null && TipSchema.Names.Contains(element))
            return $"The '…' attribute of '{element}' is not declared.";
        var value = message.IndexOf(ValueMark, StringComparison.Ordinal);
        if (value < 0) return Bound(Known(message, Told(message, element)));
        var type = message.LastIndexOf(TypeMark, StringComparison.Ordinal);
        var end = type < 0 ? -1 : message.IndexOf('\'', type + TypeMark.Length);
        var name = end < 0 ? "" : message[(type + TypeMark.Length)..end];
        var expected = TipSchema.Expected.GetValueOrDefault(name) ?? TipSchema.Expected.GetValueOrDefault("@" + message.Split('\'').ElementAtOrDefault(1));
        return $"{Bound(Known(message[..value], null))} - expected is {expected ?? "what report.xsd says of it"}";
    }

    /// <summary>The sentence without the place at its end, which is told beside it.</summary>
    private static string Unplaced(XmlException fault)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $" Line {fault.LineNumber}, position {fault.LinePosition}.");
        return fault.Message.EndsWith(place, StringComparison.Ordinal) ? fault.Message[..^place.Length] : fault.Message;
    }

    /// <summary>The element's name, where the sentence speaks of it. What looks like an element in free text may be a word of the text.</summary>
    private static string? Told(string message, string? element) =>
        element is { Length: <= NameCharsMax } && message.Contains($"has invalid child element '{element}'", StringComparison.Ordinal) ? element : null;

    private static string Known(string sentence, string? element) => Unknowns().Replace(Word().Replace(sentence, match =>
    {
        var word = match.Value.TrimEnd('.', ',', ':');
        return word.Length == 0 || _words.Contains(word) || word == element ? match.Value : "…" + match.Value[word.Length..];
    }), "…");

    /// <summary>What stands between spaces and quotes, an apostrophe within a word apart.</summary>
    [GeneratedRegex("(?:[^ ']|(?<=[a-z])'(?=s ))+")]
    private static partial Regex Word();

    [GeneratedRegex("…(?: …)+")]
    private static partial Regex Unknowns();

    private static string Bound(string text) => text.Length <= ReasonCharsMax ? text : string.Concat(text.AsSpan(0, ReasonCharsMax), " …");
}
