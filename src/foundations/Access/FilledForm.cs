using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using Homeward.Foundations.Pages;
using Homeward.Kernel;

namespace Homeward.Foundations.Access;

/// <summary>A page's own form, filled in with what was sent from it.</summary>
/// <remarks>The house's own pages alone: their tags are well formed. What a form has no field for would be lost, so then it is not filled in at all.</remarks>
internal sealed class FilledForm
{
    private readonly string _page;
    private readonly RefusedSending _refused;
    private readonly IReadOnlyList<PageTag> _tags;
    private readonly (int First, int Last) _form;
    private readonly ILookup<string, string> _sent;
    private readonly Dictionary<string, int> _taken = [];
    private readonly HashSet<string> _told = [];

    private FilledForm(string page, RefusedSending refused, IReadOnlyList<PageTag> tags, (int First, int Last) form)
    {
        (_page, _refused, _tags, _form) = (page, refused, tags, form);
        _sent = refused.Fields.ToLookup(field => field.Name, field => field.Value);
    }

    /// <returns>The whole page; null where it has no such form, or one that asks for less than was sent.</returns>
    public static string? In(string page, RefusedSending refused)
    {
        var tags = PageTag.In(page);
        if (Find(tags, refused) is not { } form) return null;
        var filled = new FilledForm(page, refused, tags, form);
        var asked = filled.Places().Select(place => tags[place]["name"]).ToHashSet();
        return refused.Fields.All(field => field.Value.Length == 0 || asked.Contains(field.Name)) ? filled.Write() : null;
    }

    /// <summary>Of several forms that are sent to one address, the one with the same ids and revisions within.</summary>
    private static (int First, int Last)? Find(IReadOnlyList<PageTag> tags, RefusedSending refused)
    {
        var forms = new List<(int First, int Last)>();
        for (var place = 0; place < tags.Count; place++)
        {
            if (tags[place] is not { Name: "form", IsEnd: false } form || form["method"] != "post" || form["action"] != refused.Action) continue;
            var last = Enumerable.Range(place, tags.Count - place).First(end => tags[end] is { Name: "form", IsEnd: true });
            forms.Add((place, last));
        }
        if (forms is [var only]) return only;
        var same = forms.FindAll(form => Enumerable.Range(form.First, form.Last - form.First).Select(place => tags[place])
            .Where(tag => tag.Name == "input" && tag["type"] == "hidden" && !tag["name"].StartsWith("__", StringComparison.Ordinal))
            .All(tag => refused.Fields.Any(field => field.Name == tag["name"] && field.Value == tag["value"])));
        return same is [var one] ? one : null;
    }

    /// <summary>The form's fields and buttons; a few stand outside of it and name it.</summary>
    private IEnumerable<int> Places()
    {
        var id = _tags[_form.First]["id"];
        return Enumerable.Range(0, _tags.Count).Where(place => _tags[place] is { IsEnd: false, Name: "input" or "select" or "textarea" or "button" } tag
            && ((place > _form.First && place < _form.Last) || (id.Length > 0 && tag["form"] == id)));
    }

    private string Write()
    {
        var places = Places().ToHashSet();
        Name(places);
        var (text, from, choices) = (new StringBuilder(_page.Length + 4096), 0, (string?)null);
        for (var place = 0; place < _tags.Count; place++)
        {
            var tag = _tags[place];
            text.Append(_page, from, tag.At - from);
            from = tag.End;
            if (tag is { Name: "select", IsEnd: true }) choices = null;
            if (places.Contains(place))
            {
                if (tag.Name == "select") choices = tag["name"];
                var content = Fill(tag, text);
                text.Append(tag);
                if (content is null) continue;
                // What stood in it goes; a first line break is the tag's and not the text's.
                from = _tags[place + 1].At;
                text.Append('\n').Append(HtmlEncoder.Default.Encode(content));
                continue;
            }
            if (choices is not null && tag is { Name: "option", IsEnd: false }) Choose(tag, choices, place);
            if (tag is { Name: "details", IsEnd: false } && place < _form.First && EndOf(place) > _form.First) tag.Set("open", "");
            if (tag is { Name: "a" } && tag["data-fault"] is { Length: > 0 } field && FieldOf(field, places) is { } fault) tag.Set("href", $"{_refused.Action}#{fault["id"]}");
            // Last, because some read the form's token first.
            if (place == _form.Last && _refused.Page is { } page) text.Append(CultureInfo.InvariantCulture, $"<input type=\"hidden\" name=\"{LocalAddress.PageField}\" value=\"{HtmlEncoder.Default.Encode(page)}\" />");
            text.Append(tag);
            if (tag is { Name: "title", IsEnd: false } && tag == _tags.First(one => one.Name == "title")) text.Append("Not stored: ");
        }
        return text.Append(_page, from, _page.Length - from).ToString();
    }

    /// <summary>Each field that is wrong can be led to.</summary>
    private void Name(HashSet<int> places)
    {
        foreach (var (fault, index) in _refused.Faults.Keys.Select((fault, index) => (fault, index)))
            if (FieldOf(fault, places) is { } tag && tag["id"].Length == 0) tag.Set("id", $"refused-{index}");
    }

    private PageTag? FieldOf(string fault, HashSet<int> places) =>
        places.Order().Select(place => _tags[place]).FirstOrDefault(tag => tag["type"] != "hidden" && tag.Name != "button" && Plain(tag["name"]) == fault);

    /// <summary>The brackets of a list belong to the form and not to the request.</summary>
    private static string Plain(string name) => name.EndsWith("[]", StringComparison.Ordinal) ? name[..^2] : name;

    private int EndOf(int details)
    {
        for (var (place, depth) = (details, 0); place < _tags.Count; place++)
        {
            if (_tags[place].Name != "details") continue;
            depth += _tags[place].IsEnd ? -1 : 1;
            if (depth == 0) return place;
        }
        return -1;
    }

    /// <summary>What is wrong goes before the field, and what was typed into it.</summary>
    /// <returns>What an area of text is to hold; null for all else.</returns>
    private string? Fill(PageTag tag, StringBuilder text)
    {
        var (name, type) = (tag["name"], tag.Name == "input" ? tag["type"] : tag.Name);
        if (name.Length == 0 || type is "button" or "submit" or "file" || (name.StartsWith("__", StringComparison.Ordinal) && name != FormJson.ZoneField)) return null;
        if (type != "hidden" && _refused.Faults.TryGetValue(Plain(name), out var says) && _told.Add(name))
        {
            // Within a label, as a box to tick stands, no paragraph may be.
            var part = type is "checkbox" or "radio" ? "span" : "p";
            text.Append(CultureInfo.InvariantCulture, $"<{part} class=\"hint fault\" id=\"{tag["id"]}-fault\">{HtmlEncoder.Default.Encode(says)}</{part}>");
            tag.Set("aria-invalid", "true");
            tag.Set("aria-describedby", $"{tag["id"]}-fault {tag["aria-describedby"]}".TrimEnd());
        }
        switch (type)
        {
            case "checkbox" or "radio":
                tag.Set("checked", _sent[name].Contains(tag.Has("value") ? tag["value"] : "on") ? "" : null);
                return null;
            case "password":
                tag.Set("value", null);
                return null;
            case "select":
                return null;
            // Who meets a conflict is shown how it stands now, and what is sent again is meant for that: the page's own revision goes along.
            case "hidden" when _refused.Problem.Kind == ProblemKind.Conflict && name != FormJson.ZoneField:
                return null;
        }
        // Of several fields of one name each gets its own, in their order.
        var taken = _taken[name] = _taken.GetValueOrDefault(name) + 1;
        if (_sent[name].ElementAtOrDefault(taken - 1) is not { } value) return null;
        if (type == "textarea") return value;
        tag.Set("value", value);
        return null;
    }

    private void Choose(PageTag tag, string choices, int place)
    {
        if (!_sent.Contains(choices)) return;
        var value = tag.Has("value") ? tag["value"] : WebUtility.HtmlDecode(_page[tag.End.._tags[place + 1].At]).Trim();
        tag.Set("selected", _sent[choices].Contains(value) ? "" : null);
    }
}
