using System.Collections.Frozen;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Schema;

namespace Homeward.Exchange.CyberTips.Xml;

/// <summary>Values that the platform's validator takes and XML Schema does not: seen beside another validator, with the same schema.</summary>
/// <remarks>
/// Which elements and attributes they stand at is drawn from the schema. Lexical forms: XML Schema part 2, 3.2.5.1 (double), 3.2.9.1 (date).
/// A pattern holds for the whole value, where the platform's also lets a line feed follow.
/// </remarks>
internal static partial class SchemaGaps
{
    private static readonly FrozenDictionary<string, Form> _forms = Forms();

    /// <param name="Of">A key of <see cref="TipSchema.Expected"/>.</param>
    private sealed record Form(Regex Regex, string Of);

    /// <returns>What is expected at that name, where the value is surely none of what the schema allows; else null.</returns>
    /// <param name="name">Of an element, or of an attribute with <c>@</c> in front.</param>
    public static string? Expected(string name, string value) => _forms.TryGetValue(name, out var form) && !form.Regex.IsMatch(value) ? TipSchema.Expected[form.Of] : null;

    private static FrozenDictionary<string, Form> Forms()
    {
        using var stream = TipSchema.Open();
        var schema = XmlSchema.Read(XmlReader.Create(stream), null)!;
        var forms = new Dictionary<string, Form>(StringComparer.Ordinal);
        Visit(schema.Items);
        return forms.ToFrozenDictionary(StringComparer.Ordinal);

        void Visit(XmlSchemaObjectCollection items)
        {
            foreach (var item in items) Take(item);
        }

        void Take(XmlSchemaObject? item)
        {
            switch (item)
            {
                case XmlSchemaElement element:
                    if (FormOf(element.SchemaTypeName) is { } form) forms[element.Name!] = form;
                    Take(element.SchemaType);
                    break;
                case XmlSchemaComplexType type:
                    Take(type.Particle);
                    Take(type.ContentModel?.Content);
                    Visit(type.Attributes);
                    break;
                case XmlSchemaGroupBase group: Visit(group.Items); break;
                case XmlSchemaGroup group: Take(group.Particle); break;
                case XmlSchemaComplexContentExtension extension:
                    Take(extension.Particle);
                    Visit(extension.Attributes);
                    break;
                case XmlSchemaSimpleContentExtension extension: Visit(extension.Attributes); break;
                case XmlSchemaAttribute { SchemaType.Content: XmlSchemaSimpleTypeRestriction restriction } attribute:
                    foreach (var pattern in restriction.Facets.OfType<XmlSchemaPatternFacet>())
                        forms["@" + attribute.Name] = new(new Regex($@"\A(?:{pattern.Value})\z", RegexOptions.CultureInvariant), "@" + attribute.Name);
                    break;
            }
        }

        static Form? FormOf(XmlQualifiedName type) => type.Namespace == XmlSchema.Namespace && type.Name switch { "double" => Number(), "date" => Day(), _ => null } is { } form
            ? new(form, $"{type.Namespace}:{type.Name}") : null;
    }

    [GeneratedRegex(@"\A[ \t\r\n]*(?:[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|-?INF|NaN)[ \t\r\n]*\z")]
    private static partial Regex Number();

    [GeneratedRegex(@"\A[ \t\r\n]*-?[0-9]{4,}-[0-9]{2}-[0-9]{2}(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?[ \t\r\n]*\z")]
    private static partial Regex Day();
}
