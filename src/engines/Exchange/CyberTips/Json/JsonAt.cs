using System.Text.Json;

namespace Homeward.Exchange.CyberTips.Json;

/// <summary>A place in the agency's JSON. What is absent and what is null are one: not stated.</summary>
/// <remarks>
/// Nor is what has another kind than belongs there (an object where a text belongs): <see cref="JsonUnknown"/> keeps and tells it,
/// and the rest of the report is read. Texts may come as numbers or booleans, because programs on the way write them so.
/// </remarks>
internal readonly struct JsonAt(JsonElement element, string path, TipBuilder tip)
{
    public string Path => path;
    public bool IsStated => element.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);
    public bool IsText => element.ValueKind == JsonValueKind.String;
    public bool IsObject => element.ValueKind == JsonValueKind.Object;
    public bool IsArray => element.ValueKind == JsonValueKind.Array;

    /// <summary>A member; of a value that is no object, nothing is stated.</summary>
    public JsonAt this[string name] =>
        new(IsObject && element.TryGetProperty(name, out var member) ? member : default, PathCache.Mine.Member(path, name), tip);

    /// <summary>The value by itself, or out of its wrapping <c>{"value": …}</c>.</summary>
    public JsonAt Said => IsObject || !IsStated ? this["value"] : this;

    /// <summary>The value as text, or null.</summary>
    public string? Text() => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    /// <summary>True, false, or not stated: null and absence state nothing, whatever a program would like. A text that plainly says one of them is taken for it.</summary>
    public Stated Flag()
    {
        if (element.ValueKind == JsonValueKind.True) return tip.Flag(path, Stated.Yes);
        if (element.ValueKind == JsonValueKind.False) return tip.Flag(path, Stated.No);
        // As it stands, once: what it is read as stands nowhere in the original.
        if (tip.Value(path, Text()) is not { } given) return Stated.NotStated;
        var answer = Readings.Answer(given);
        tip.Remark(path, answer == Stated.NotStated
            ? "neither true nor false; kept as it stands"
            : $"a text where true or false belongs; read as {(answer == Stated.Yes ? "true" : "false")}");
        return answer;
    }

    /// <summary>The items of a collection, which is wrapped twice, <c>emails.emails[]</c>; the bare array is taken too.</summary>
    public IEnumerable<JsonAt> Wrapped(string name)
    {
        var outer = this[name];
        return outer.IsArray ? outer.Items() : outer[name].Items();
    }

    /// <summary>The items of an array.</summary>
    public IEnumerable<JsonAt> Items() => IsArray ? Each() : [];

    private IEnumerable<JsonAt> Each()
    {
        var index = 0;
        foreach (var item in element.EnumerateArray())
        {
            var at = new JsonAt(item, PathCache.Mine.Item(path, index++), tip);
            if (at.IsStated) yield return at;
        }
    }
}
