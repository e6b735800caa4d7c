using System.Collections.Frozen;
using System.Xml;
using System.Xml.Schema;

namespace Homeward.Exchange.CyberTips.Xml;

/// <summary>The reporting format's schema, compiled once, and the code lists that it holds.</summary>
/// <remarks>
/// <c>report.xsd</c> is the house's own reading of the public documentation (page revision 2025-06-11), in our own
/// words and layout; its head says what it adds. A compiled set is only read, so all threads share it.
/// </remarks>
public static class TipSchema
{
    private const string Resource = "report.xsd";
    private const int ListedMax = 10;

    internal static XmlSchemaSet Set { get; } = Compile();
    internal static FrozenSet<string> States { get; } = Codes("UsState");
    internal static FrozenSet<string> Countries { get; } = Codes("Country");
    internal static FrozenSet<string> Events { get; } = Codes("CaptureEvent");
    internal static FrozenSet<string> AssociatedTypes { get; } = Codes("AssociatedAccountType");

    /// <summary>Of each type of a value: what is to be written, in plain words.</summary>
    internal static FrozenDictionary<string, string> Expected { get; } = Words();

    /// <summary>What the schema names: its elements, attributes and types.</summary>
    internal static FrozenSet<string> Names { get; } = AllNames();

    /// <summary>The schema document, for <c>GET /xsd</c>.</summary>
    public static Stream Open() =>
        typeof(TipSchema).Assembly.GetManifestResourceStream(Resource)
        ?? throw new InvalidOperationException($"The program was built without its resource {Resource}.");

    private static XmlSchemaSet Compile()
    {
        var set = new XmlSchemaSet { XmlResolver = null };
        using var stream = Open();
        using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        set.Add(null, reader);
        set.Compile();
        return set;
    }

    private static FrozenSet<string> AllNames()
    {
        using var stream = Open();
        using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        var names = new List<string>();
        while (reader.Read())
        {
            if (reader.GetAttribute("name") is { } name) names.Add(name);
            if ((reader.GetAttribute("type") ?? reader.GetAttribute("base")) is { } type) names.Add(type.Replace("xs:", XmlSchema.Namespace + ":", StringComparison.Ordinal));
        }
        return names.ToFrozenSet(StringComparer.Ordinal);
    }

    private static FrozenDictionary<string, string> Words()
    {
        var words = new Dictionary<string, string>
        {
            [XmlSchema.Namespace + ":dateTime"] = "a date and time such as 2026-03-04T10:15:00Z", [XmlSchema.Namespace + ":date"] = "a date such as 2026-03-04",
            [XmlSchema.Namespace + ":boolean"] = "true or false", [XmlSchema.Namespace + ":double"] = "a number such as 12.5",
            [XmlSchema.Namespace + ":int"] = "a whole number such as 12", [XmlSchema.Namespace + ":long"] = "a whole number such as 12",
            // Types without a name are told by what they stand at.
            ["@countryCallingCode"] = "a plus sign and one to three digits, such as +44", ["@extension"] = "a number of digits alone",
        };
        foreach (var type in Set.GlobalTypes.Values.OfType<XmlSchemaSimpleType>())
        {
            var listed = Listed(type).ToList();
            if (listed.Count > 0) words[type.Name!] = listed.Count <= ListedMax ? $"one of: {string.Join("; ", listed)}" : $"one of the values of {type.Name} in report.xsd";
        }
        return words.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static FrozenSet<string> Codes(string type) => Listed((XmlSchemaSimpleType)Set.GlobalTypes[new XmlQualifiedName(type)]!).ToFrozenSet(StringComparer.Ordinal);

    private static IEnumerable<string> Listed(XmlSchemaSimpleType type) => ((XmlSchemaSimpleTypeRestriction)type.Content!).Facets
        .OfType<XmlSchemaEnumerationFacet>().Select(facet => facet.Value!).Where(code => code.Length > 0);
}
