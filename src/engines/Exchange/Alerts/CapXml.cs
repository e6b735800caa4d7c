using System.Xml;
using System.Xml.Linq;

namespace Homeward.Exchange.Alerts;

/// <summary>Reads an AMBER alert in CAP 1.2 XML.</summary>
/// <remarks>
/// DTDs are prohibited, nothing is ever fetched; size, depth and the number of elements are bounded before a tree is built.
/// Every fault is told with its line; what CAP does not name is kept and told. Bad input is answered, never thrown. Safe for many threads.
/// </remarks>
public static class CapXml
{
    /// <summary>Largest message, in bytes. Real ones have some thousands; an embedded photograph makes some hundred thousands.</summary>
    public const int DocumentBytesMax = 2 * 1024 * 1024;
    private const int ElementsMax = 5_000, DepthMax = 12, FaultsMax = 50;

    /// <summary>Whether a file claims to be a CAP message: its beginning names the namespace.</summary>
    public static bool MayBe(ReadOnlySpan<byte> bytes) => bytes[..Math.Min(bytes.Length, 4096)].IndexOf("urn:oasis:names:tc:emergency:cap:"u8) >= 0;

    public static Parsed<CapAlert> Read(byte[] document)
    {
        if (document.Length > DocumentBytesMax)
            return Reject(new(0, 0, "", $"larger than {DocumentBytesMax} bytes", "send photographs by a link (uri), not inside the alert"));
        XElement root;
        try
        {
            if (Bound(document) is { } tooMuch) return Reject(tooMuch);
            using var reader = Open(document);
            root = XDocument.Load(reader, LoadOptions.SetLineInfo).Root!;
        }
        catch (XmlException fault)
        {
            return Reject(new(fault.LineNumber > 0 ? fault.LineNumber : DoctypeLine(document), fault.LinePosition, "", "not well-formed XML, or with a DTD", "send one CAP document without DOCTYPE"));
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException or IOException)
        {
            return Reject(new(1, 1, "", "the bytes are not in the encoding that the document declares", "send UTF-8"));
        }
        if (root.Name != XName.Get("alert", CapShape.Namespace))
            return Reject(At(root, "/alert", "the root is not an alert of CAP 1.2", $"send an alert with xmlns=\"{CapShape.Namespace}\""));
        var walk = new CapWalk(FaultsMax);
        walk.Block(root, "/alert", CapShape.Alert);
        if (walk.Faults.Count > 0) return Parsed<CapAlert>.Rejected(walk.Faults);
        var alert = CapMapping.Alert(root, walk);
        var faults = CapRules.Faults(root, alert);
        return faults.Count > 0 ? Parsed<CapAlert>.Rejected(faults) : Parsed<CapAlert>.Taken(alert);
    }

    internal static Rejection At(XObject node, string path, string reason, string mend)
    {
        IXmlLineInfo line = node;
        return new(line.LineNumber, line.LinePosition, path, reason, mend);
    }

    private static XmlReader Open(byte[] document) => XmlReader.Create(new MemoryStream(document, writable: false), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = DocumentBytesMax, CloseInput = true,
        IgnoreComments = true, IgnoreProcessingInstructions = true, IgnoreWhitespace = true,
    });

    /// <summary>Looks through the document before anything is built of it.</summary>
    private static Rejection? Bound(byte[] document)
    {
        using var reader = Open(document);
        var line = (IXmlLineInfo)reader;
        for (var elements = 0; reader.Read();)
        {
            if (reader.NodeType != XmlNodeType.Element) continue;
            elements += 1 + reader.AttributeCount;
            if (reader.Depth > DepthMax) return new(line.LineNumber, line.LinePosition, "", "nested deeper than the format ever is", "compare with CAP 1.2");
            if (elements > ElementsMax) return new(line.LineNumber, line.LinePosition, "", $"more than {ElementsMax} elements", "send each alert by itself");
        }
        return null;
    }

    /// <summary>The platform refuses a DTD without saying where it stands.</summary>
    /// <returns>Its line; 0 where there is none, or none in this encoding.</returns>
    private static int DoctypeLine(ReadOnlySpan<byte> document)
    {
        var at = document.IndexOf("<!DOCTYPE"u8);
        return at < 0 ? 0 : document[..at].Count((byte)'\n') + 1;
    }

    private static Parsed<CapAlert> Reject(Rejection fault) => Parsed<CapAlert>.Rejected([fault]);
}
