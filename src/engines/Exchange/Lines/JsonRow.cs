using System.Text.Json;

namespace Homeward.Exchange.Lines;

/// <summary>One object of a JSON line: members by key, faults by field. Absent and null are one: not stated.</summary>
internal readonly struct JsonRow(JsonElement element, string path, Fields fields)
{
    public Fields Fields => fields;
    /// <summary>Where the object stands: <c>names[0]</c>; empty for the line's own.</summary>
    public string Path => path;

    private string At(string key) => path.Length == 0 ? key : $"{path}.{key}";

    private JsonElement? Member(string key)
    {
        fields.Asked.Add(At(key));
        return element.TryGetProperty(key, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;
    }

    /// <summary>The text of a member that is a text or a number.</summary>
    private string? Raw(string key)
    {
        switch (Member(key))
        {
            case null: return null;
            case { ValueKind: JsonValueKind.String } text: return text.GetString();
            case { ValueKind: JsonValueKind.Number } number: return number.GetRawText();
            default:
                fields.Fault(At(key), "not a text or number", "give a single value or null");
                return null;
        }
    }

    public string? Text(string key) => fields.Text(At(key), Raw(key));
    public string Required(string key) => fields.Required(At(key), Raw(key));
    public DateTimeOffset? Instant(string key) => fields.Instant(At(key), Raw(key));
    public DateTimeOffset RequiredInstant(string key) => fields.RequiredInstant(At(key), Raw(key));
    public Kernel.PartialDate PartialDate(string key) => fields.PartialDate(At(key), Raw(key));
    public int? Whole(string key, int min, int max) => fields.Whole(At(key), Raw(key), min, max);
    public double? Degrees(string key, double limit) => fields.Degrees(At(key), Raw(key), limit);
    public string? Sex(string key) => fields.Sex(At(key), Raw(key));
    public T? Word<T>(string key) where T : struct, Enum => fields.Word<T>(At(key), Raw(key));
    public T RequiredWord<T>(string key) where T : struct, Enum => fields.RequiredWord<T>(At(key), Raw(key));
    public string? Ori(string key) => fields.Ori(At(key), Raw(key));
    public string RequiredOri(string key) => fields.RequiredOri(At(key), Raw(key));
    public string? Nic(string key) => fields.Nic(At(key), Raw(key));
    public string RequiredNic(string key) => fields.RequiredNic(At(key), Raw(key));
    public string? Fips(string key) => fields.Fips(At(key), Raw(key));
    public void Ordered(string key, int? min, int? max) => fields.Ordered(At(key), min, max);

    public Stated Flag(string key)
    {
        switch (Member(key))
        {
            case null: return Stated.NotStated;
            case { ValueKind: JsonValueKind.True }: return Stated.Yes;
            case { ValueKind: JsonValueKind.False }: return Stated.No;
            default:
                fields.Fault(At(key), "neither true nor false nor null", "give true, false or null");
                return Stated.NotStated;
        }
    }

    /// <summary>A nested object, or null.</summary>
    public JsonRow? Object(string key)
    {
        if (Member(key) is not { } member) return null;
        if (member.ValueKind == JsonValueKind.Object) return new(member, At(key), fields);
        fields.Fault(At(key), "not an object", "give an object or null");
        return null;
    }

    public IReadOnlyList<string> Texts(string key)
    {
        List<string> texts = [];
        foreach (var item in Array(key))
        {
            if (item.ValueKind != JsonValueKind.String) fields.Fault(At(key), "holds what is no text", "give a list of texts");
            else if (fields.Text(At(key), item.GetString()) is { } text) texts.Add(text);
        }
        return texts;
    }

    public IReadOnlyList<T> Objects<T>(string key, Func<JsonRow, T> read)
    {
        List<T> objects = [];
        var index = 0;
        foreach (var item in Array(key))
        {
            var at = $"{At(key)}[{index++}]";
            if (item.ValueKind == JsonValueKind.Object) objects.Add(read(new(item, at, fields)));
            else fields.Fault(at, "not an object", "give a list of objects");
        }
        return objects;
    }

    /// <summary>An object of texts by name: <c>{"removedFrom":"…"}</c>.</summary>
    public IReadOnlyDictionary<string, string> TextsByName(string key)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (Object(key) is null) return texts;
        foreach (var member in Member(key)!.Value.EnumerateObject())
        {
            fields.Asked.Add($"{At(key)}.{member.Name}");
            if (member.Value.ValueKind == JsonValueKind.Null) continue;
            if (member.Value.ValueKind != JsonValueKind.String)
                fields.Fault($"{At(key)}.{member.Name}", "not a text", "give a text or null");
            else if (fields.Text($"{At(key)}.{member.Name}", member.Value.GetString()) is { } text) texts[member.Name] = text;
        }
        return texts;
    }

    private IEnumerable<JsonElement> Array(string key)
    {
        if (Member(key) is not { } member) return [];
        if (member.ValueKind == JsonValueKind.Array) return member.EnumerateArray();
        fields.Fault(At(key), "not a list", "give a list or null");
        return [];
    }
}
