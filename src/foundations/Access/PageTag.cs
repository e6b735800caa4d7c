using System.Net;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;

namespace Homeward.Foundations.Access;

/// <summary>A tag of a page of this house, and where it stands: of those alone that a form is made of, or lies in.</summary>
internal sealed partial class PageTag
{
    private readonly string _text;
    private readonly List<(string Name, string Value)> _attributes;
    private bool _isChanged;

    private PageTag(Match match)
    {
        (_text, At, End) = (match.Value, match.Index, match.Index + match.Length);
        (Name, IsEnd) = (match.Groups["name"].Value, match.Groups["end"].Success);
        _attributes = [.. Attributes().Matches(match.Groups["rest"].Value).Select(one => (one.Groups["name"].Value, WebUtility.HtmlDecode(one.Groups["value"].Value)))];
    }

    public string Name { get; }
    public bool IsEnd { get; }
    public int At { get; }
    public int End { get; }

    /// <summary>An attribute as a reader gets it; empty where there is none.</summary>
    public string this[string attribute] => _attributes.Find(one => one.Name == attribute).Value ?? "";

    public bool Has(string attribute) => _attributes.Exists(one => one.Name == attribute);

    /// <param name="value">Null takes it away.</param>
    public void Set(string attribute, string? value)
    {
        _attributes.RemoveAll(one => one.Name == attribute);
        if (value is not null) _attributes.Add((attribute, value));
        _isChanged = true;
    }

    public static IReadOnlyList<PageTag> In(string page) => [.. Tags().Matches(page).Select(match => new PageTag(match))];

    public override string ToString() => _isChanged ? $"<{Name}{string.Concat(_attributes.Select(one => $" {one.Name}=\"{HtmlEncoder.Default.Encode(one.Value)}\""))}>" : _text;

    [GeneratedRegex("""<(?<end>/)?(?<name>title|form|details|input|select|option|textarea|button|a)(?=[\s>/])(?<rest>(?:[^>"']|"[^"]*"|'[^']*')*)>""")]
    private static partial Regex Tags();

    [GeneratedRegex("""(?<name>[^\s=/"'>]+)(?:\s*=\s*(?:"(?<value>[^"]*)"|'(?<value>[^']*)'|(?<value>[^\s"'>]+)))?""")]
    private static partial Regex Attributes();
}
