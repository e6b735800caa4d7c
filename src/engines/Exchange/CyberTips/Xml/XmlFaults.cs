using System.Xml;
using System.Xml.Schema;

namespace Homeward.Exchange.CyberTips.Xml;

/// <summary>Turns the parser's complaints into rejections that quote no content.</summary>
internal static class XmlFaults
{
    private const int FaultsMax = 50;
    private const int ReasonCharsMax = 300;
    private const string ValueMark = " - The value '";
    private const string TypeMark = "according to its datatype '";

    public static void Add(List<Rejection> faults, string path, XmlSchemaException fault)
    {
        if (faults.Count >= FaultsMax) return;
        faults.Add(new(fault.LineNumber, fault.LinePosition, path, Clean(fault.Message),
            "compare the element, its order and its value with report.xsd"));
    }

    public static Rejection NotWellFormed(string path, XmlException fault) => new(
        fault.LineNumber, fault.LinePosition, path,
        // The parser's own words here tell a programmer of .NET how to allow it.
        fault.Message.Contains("DTD", StringComparison.Ordinal) ? "not well-formed XML: it has a DOCTYPE, and none is taken" : Bound($"not well-formed XML: {fault.Message}"),
        "send the document as the program wrote it, whole, UTF-8, without DTD");

    /// <summary>The validator quotes the offending value, which may be about a child; only its type is kept.</summary>
    private static string Clean(string message)
    {
        var value = message.IndexOf(ValueMark, StringComparison.Ordinal);
        if (value < 0) return Bound(message);
        var type = message.LastIndexOf(TypeMark, StringComparison.Ordinal);
        var end = type < 0 ? -1 : message.IndexOf('\'', type + TypeMark.Length);
        var name = end < 0 ? "its type" : message[(type + TypeMark.Length)..end];
        return Bound($"{message[..value]} - its value is none of {name}");
    }

    private static string Bound(string text)
    {
        text = text.ReplaceLineEndings(" ");
        return text.Length <= ReasonCharsMax ? text : string.Concat(text.AsSpan(0, ReasonCharsMax), " …");
    }
}
