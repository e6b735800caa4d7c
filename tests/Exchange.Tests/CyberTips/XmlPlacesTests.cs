using System.Text.RegularExpressions;
using System.Xml.Linq;
using System.Xml.Schema;
using Homeward.Exchange.CyberTips;
using Homeward.Exchange.CyberTips.Xml;

namespace Homeward.Exchange.Tests.CyberTips;

/// <summary>Nothing that the schema has a place for is dropped: each value is among the values or texts of the report, with its path.</summary>
public sealed partial class XmlPlacesTests
{
    /// <summary>More than any choice of the schema has alternatives.</summary>
    private const int Alternatives = 8;

    [Theory]
    [InlineData("report"), InlineData("fileDetails")]
    public void Each_value_is_read_wherever_the_schema_has_a_place_for_it(string root)
    {
        var places = 0;
        for (var pick = 0; pick < Alternatives; pick++)
        {
            var document = new Filled(pick).Document(root);
            var bytes = Given.Utf8(document.ToString());
            var parsed = root == "report" ? CyberTipXml.Read(bytes, "100200300") : CyberTipXml.ReadFileDetails(bytes);
            parsed.Rejections.ShouldBeEmpty();
            var read = parsed.Value.Values.Select(value => (Bare(value.Path), value.Text)).Concat(parsed.Value.Texts.Select(text => (Bare(text.Path), text.Text))).ToList();
            // Where one stands more often, each time.
            document.Leaves.Where(leaf => !read.Remove((leaf.Path, leaf.Text))).ToList().ShouldBeEmpty();
            read.ShouldBeEmpty();
            places += document.Leaves.Select(leaf => leaf.Path).Distinct().Count();
        }
        places.ShouldBeGreaterThan(root == "report" ? 200 * Alternatives : 20 * Alternatives);
    }

    /// <summary>Without the numbers of what may repeat.</summary>
    private static string Bare(string path) => Ordinal().Replace(path, "");

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Ordinal();

    private sealed record Written(XElement Root, IReadOnlyList<(string Path, string Text)> Leaves)
    {
        public override string ToString() => Root.ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>A document with every element and attribute; of a choice the one that is picked, of what may repeat two.</summary>
    private sealed class Filled(int pick)
    {
        private readonly List<(string Path, string Text)> _leaves = [];
        private int _count;

        public Written Document(string root) =>
            new(Element(TipSchema.Set.GlobalElements.Values.Cast<XmlSchemaElement>().Single(element => element.Name == root), ""), _leaves);

        private XElement Element(XmlSchemaElement element, string parent)
        {
            var path = $"{parent}/{element.QualifiedName.Name}";
            var written = new XElement(element.QualifiedName.Name);
            if (element.ElementSchemaType is XmlSchemaComplexType type)
            {
                foreach (XmlSchemaAttribute attribute in type.AttributeUses.Values)
                    written.Add(new XAttribute(attribute.QualifiedName.Name, Leaf($"{path}/@{attribute.QualifiedName.Name}", attribute.AttributeSchemaType!, attribute.QualifiedName.Name)));
                if (type.ContentType == XmlSchemaContentType.TextOnly) written.Add(Leaf(path, type, element.QualifiedName.Name));
                else written.Add(Particle(type.ContentTypeParticle, path));
            }
            else written.Add(Leaf(path, element.ElementSchemaType!, element.QualifiedName.Name));
            return written;
        }

        private IEnumerable<XElement> Particle(XmlSchemaParticle particle, string path) => particle switch
        {
            XmlSchemaElement element => Enumerable.Range(0, element.MaxOccurs > 1 ? 2 : 1).Select(_ => Element(element, path)).ToList(),
            XmlSchemaChoice choice => Particle((XmlSchemaParticle)choice.Items[pick % choice.Items.Count], path),
            XmlSchemaGroupBase group => group.Items.Cast<XmlSchemaParticle>().SelectMany(item => Particle(item, path)).ToList(),
            _ => [],
        };

        private string Leaf(string path, XmlSchemaType type, string name)
        {
            _count++;
            var listed = (type as XmlSchemaSimpleType)?.Content is XmlSchemaSimpleTypeRestriction restriction
                ? restriction.Facets.OfType<XmlSchemaEnumerationFacet>().Select(facet => facet.Value!).FirstOrDefault(value => value.Length > 0) : null;
            var text = (listed, name, type.Datatype!.TypeCode) switch
            {
                ({ } one, _, _) => one,
                (_, "countryCallingCode", _) => "+1",
                (_, "extension", _) => $"{_count}",
                (_, _, XmlTypeCode.Boolean) => "true",
                (_, _, XmlTypeCode.DateTime) => $"2019-07-01T10:{_count % 60:00}:00Z",
                (_, _, XmlTypeCode.Date) => $"2003-04-{1 + _count % 28:00}",
                (_, _, XmlTypeCode.String or XmlTypeCode.Token) => $"text {_count}",
                _ => $"{_count % 90}",
            };
            _leaves.Add((path, text));
            return text;
        }
    }
}
