using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Xml;
using System.Xml.Schema;

namespace Homeward.Exchange.CyberTips.Xml;

/// <summary>Whether a text is surely a value of a type; false also where only the schema's own validator can say.</summary>
internal delegate bool SurelyFits(string text);

/// <summary>An attribute that an element may carry.</summary>
/// <param name="Name">With <c>@</c> in front, as the tree names it.</param>
internal sealed record PlainAttribute(byte[] Utf8, string Name, SurelyFits Fits, bool IsRequired);

/// <summary>An element where its parent allows it.</summary>
internal sealed record PlainElement(byte[] Utf8, string Name, bool IsRequired, bool MayRepeat, PlainShape Shape);

/// <summary>What an element of the schema may hold, as far as <see cref="PlainXml"/> judges it by itself.</summary>
/// <remarks>Drawn from the compiled schema and from nothing else. Sequences of elements, a choice of one, flags in any order, and texts: nearly all that is sent.</remarks>
internal sealed class PlainShape
{
    private static readonly Dictionary<XmlSchemaType, PlainShape> _shapes = [];

    /// <summary>It says yes by being there: <c>&lt;spam/&gt;</c>, <c>true</c> and <c>1</c> are one.</summary>
    private static readonly PlainShape _flag = new() { Text = text => text is "" or "true" or "1" };

    /// <summary>False: this element is left to the schema's own validator, and with it the document.</summary>
    public bool IsKnown { get; private set; } = true;

    /// <summary>In their order; each at most once in the list. Empty where there is text.</summary>
    public PlainElement[] Elements { get; private set; } = [];

    /// <summary>Exactly one of the elements, once.</summary>
    public bool IsChoice { get; private set; }

    /// <summary>Each of the elements at most once, in any order, and none must be there: flags.</summary>
    public bool IsAll { get; private set; }

    /// <summary>Null where only elements may stand.</summary>
    public SurelyFits? Text { get; private set; }

    public PlainAttribute[] Attributes { get; private set; } = [];

    public static PlainShape OfRoot(string name) => Of(((XmlSchemaElement)TipSchema.Set.GlobalElements[new XmlQualifiedName(name)]!).ElementSchemaType!);

    private static PlainShape Of(XmlSchemaType type)
    {
        if (_shapes.TryGetValue(type, out var known)) return known;
        var shape = _shapes[type] = new PlainShape();
        if (type is not XmlSchemaComplexType complex) shape.Text = PlainTexts.Of(type);
        else shape.Take(complex);
        return shape;
    }

    private void Take(XmlSchemaComplexType type)
    {
        var attributes = type.AttributeUses.Values.Cast<XmlSchemaAttribute>().ToList();
        IsKnown = type.AttributeWildcard is null && !type.IsMixed
            && attributes.TrueForAll(one => one.DefaultValue is null && one.FixedValue is null && one.QualifiedName.Namespace.Length == 0);
        Attributes = [.. attributes.Select(one => new PlainAttribute(
            Encoding.UTF8.GetBytes(one.QualifiedName.Name), "@" + one.QualifiedName.Name, PlainTexts.Of(one.AttributeSchemaType!), one.Use == XmlSchemaUse.Required))];
        // More than this many could not be told apart by the bits of one number.
        IsKnown &= Attributes.Length <= 32;
        switch (type.ContentType)
        {
            case XmlSchemaContentType.Empty: break;
            case XmlSchemaContentType.TextOnly: Text = PlainTexts.Of(type.Datatype!, type.BaseXmlSchemaType!); break;
            case XmlSchemaContentType.ElementOnly when type.ContentTypeParticle is XmlSchemaChoice { MinOccurs: 1, MaxOccurs: 1 } choice:
                IsChoice = true;
                IsKnown &= choice.Items.Cast<XmlSchemaObject>().All(one => one is XmlSchemaElement { MinOccurs: 1, MaxOccurs: 1 });
                Take(choice.Items);
                break;
            case XmlSchemaContentType.ElementOnly when type.ContentTypeParticle is XmlSchemaAll { MaxOccurs: 1 } all:
                IsAll = true;
                // Which stood already is told by the bits of one number.
                IsKnown &= all.Items.Count <= 32 && all.Items.Cast<XmlSchemaElement>().All(one => one is { MinOccurs: 0, MaxOccurs: 1 });
                Take(all.Items);
                break;
            case XmlSchemaContentType.ElementOnly when type.ContentTypeParticle is XmlSchemaSequence { MinOccurs: 1, MaxOccurs: 1 } sequence:
                Take(Flat(sequence));
                break;
            default: IsKnown = false; break;
        }
    }

    private void Take(IEnumerable<XmlSchemaObject> particles)
    {
        var elements = new List<PlainElement>();
        foreach (var particle in particles)
        {
            if (particle is not XmlSchemaElement { DefaultValue: null, FixedValue: null or "true", IsNillable: false } element
                || element.MinOccurs > 1 || (element.MaxOccurs != 1 && element.MaxOccurs != decimal.MaxValue)
                || element.QualifiedName.Namespace.Length > 0 || elements.Exists(one => one.Name == element.QualifiedName.Name))
            {
                IsKnown = false;
                return;
            }
            elements.Add(new(Encoding.UTF8.GetBytes(element.QualifiedName.Name), element.QualifiedName.Name, element.MinOccurs == 1,
                element.MaxOccurs > 1, element.FixedValue is null ? Of(element.ElementSchemaType!) : _flag));
        }
        Elements = [.. elements];
    }

    private void Take(XmlSchemaObjectCollection particles) => Take(particles.Cast<XmlSchemaObject>());

    /// <summary>A sequence inside of a sequence, once, is a part of it.</summary>
    private static IEnumerable<XmlSchemaObject> Flat(XmlSchemaSequence sequence) => sequence.Items.Cast<XmlSchemaObject>()
        .SelectMany(one => one is XmlSchemaSequence { MinOccurs: 1, MaxOccurs: 1 } inner ? Flat(inner) : [one]);
}

/// <summary>Judges texts by the types of the schema.</summary>
internal static class PlainTexts
{
    private static readonly Dictionary<XmlSchemaType, SurelyFits> _known = [];
    private static readonly SearchValues<char> _ofNumbers = SearchValues.Create("+-.0123456789");

    public static SurelyFits Of(XmlSchemaType type)
    {
        if (!_known.TryGetValue(type, out var fits)) _known[type] = fits = Of(type.Datatype!, type);
        return fits;
    }

    /// <param name="type">Of the text, where it is a type of its own; else a type with such texts.</param>
    public static SurelyFits Of(XmlSchemaDatatype datatype, XmlSchemaType type)
    {
        while (type is XmlSchemaComplexType complex) type = complex.BaseXmlSchemaType!;
        var facets = (type as XmlSchemaSimpleType)?.Content is XmlSchemaSimpleTypeRestriction restriction
            ? restriction.Facets.Cast<XmlSchemaFacet>().ToList()
            : [];
        if (facets.Count > 0 && datatype.TypeCode == XmlTypeCode.String && facets.TrueForAll(facet => facet is XmlSchemaEnumerationFacet))
        {
            var codes = facets.ConvertAll(facet => facet.Value!).ToFrozenSet(StringComparer.Ordinal);
            return codes.Contains;
        }
        if (facets.Count > 0) return text => IsParsed(datatype, text);
        return datatype.TypeCode switch
        {
            XmlTypeCode.String => _ => true,
            XmlTypeCode.Boolean => text => text is "true" or "false" or "1" or "0",
            XmlTypeCode.Int => text => IsWhole(text, digitsMax: 9),
            XmlTypeCode.Long => text => IsWhole(text, digitsMax: 18),
            XmlTypeCode.Date => text => text.Length == 10 && IsDay(text),
            XmlTypeCode.DateTime => IsInstant,
            XmlTypeCode.Double => text => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(_ofNumbers) && IsParsed(datatype, text),
            _ => text => IsParsed(datatype, text),
        };
    }

    /// <summary>The validator's own judgement of one value, for what is rare.</summary>
    private static bool IsParsed(XmlSchemaDatatype datatype, string text)
    {
        try
        {
            datatype.ParseValue(text, new NameTable(), null);
            return text.Length > 0 && !char.IsWhiteSpace(text[0]) && !char.IsWhiteSpace(text[^1]);
        }
        catch (XmlSchemaException)
        {
            return false;
        }
    }

    private static bool IsWhole(string text, int digitsMax)
    {
        var digits = text.AsSpan(text.StartsWith('-') ? 1 : 0);
        return digits.Length is > 0 && digits.Length <= digitsMax && !digits.ContainsAnyExceptInRange('0', '9');
    }

    /// <summary>2019-07-01T08:30:00, digits of a second, Z or an offset or neither.</summary>
    private static bool IsInstant(string text)
    {
        if (text.Length < 19 || !IsDay(text) || text[10] != 'T' || text[13] != ':' || text[16] != ':') return false;
        if (!IsBelow(text, 11, 24) || !IsBelow(text, 14, 60) || !IsBelow(text, 17, 60)) return false;
        var rest = text.AsSpan(19);
        if (rest.StartsWith("."))
        {
            var digits = rest[1..].IndexOfAnyExceptInRange('0', '9');
            if (digits < 0) digits = rest.Length - 1;
            // Of more than seven the validator rounds; where that would carry over it is asked itself.
            if (digits is 0 or > 12 || (digits > 7 && rest.Slice(1, 7).IndexOfAnyExcept('9') < 0)) return false;
            rest = rest[(1 + digits)..];
        }
        return rest.Length == 0 || rest is "Z"
            || (rest.Length == 6 && rest[0] is '+' or '-' && rest[3] == ':' && IsBelow(rest, 1, 14) && IsBelow(rest, 4, 60));
    }

    private static bool IsDay(string text)
    {
        if (text[4] != '-' || text[7] != '-' || text.AsSpan(0, 4).ContainsAnyExceptInRange('0', '9')) return false;
        var year = int.Parse(text.AsSpan(0, 4), System.Globalization.CultureInfo.InvariantCulture);
        if (year == 0 || !IsBelow(text, 5, 13) || !IsBelow(text, 8, 32)) return false;
        var (month, day) = (Two(text, 5), Two(text, 8));
        return month > 0 && day > 0 && day <= DateTime.DaysInMonth(year, month);
    }

    private static bool IsBelow(ReadOnlySpan<char> text, int at, int end) =>
        char.IsAsciiDigit(text[at]) && char.IsAsciiDigit(text[at + 1]) && Two(text, at) < end;

    private static int Two(ReadOnlySpan<char> text, int at) => ((text[at] - '0') * 10) + text[at + 1] - '0';
}
