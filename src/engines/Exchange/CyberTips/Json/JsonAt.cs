using System.Text.Json;

namespace Homeward.Exchange.CyberTips.Json;

/// <summary>A place in the agency's JSON. What is absent and what is null are one: not stated.</summary>
/// <remarks>
/// Values of a kind that the form never has (an object where a text belongs) are faults; texts may come as numbers
/// or booleans, because programs on the way write them so.
/// </remarks>
internal readonly struct JsonAt(JsonElement element, string path, List<Rejection> faults)
{
    private const int FaultsMax = 50;

    public string Path => path;
    public bool IsStated => element.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);
    public bool IsText => element.ValueKind == JsonValueKind.String;

    /// <summary>A member; of a value that is not stated, nothing is stated.</summary>
    public JsonAt this[string name]
    {
        get
        {
            var at = PathCache.Mine.Member(path, name);
            if (!IsStated) return new(default, at, faults);
            if (element.ValueKind != JsonValueKind.Object)
            {
                Fault("not an object", "send an object or null");
                return new(default, at, faults);
            }
            return new(element.TryGetProperty(name, out var member) ? member : default, at, faults);
        }
    }

    /// <summary>The value as text, or null.</summary>
    public string? Text()
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Null or JsonValueKind.Undefined: return null;
            case JsonValueKind.String: return element.GetString();
            case JsonValueKind.Number: return element.GetRawText();
            case JsonValueKind.True: return "true";
            case JsonValueKind.False: return "false";
            default:
                Fault("not a text", "send a text or null");
                return null;
        }
    }

    /// <summary>True, false, or not stated: null and absence state nothing, whatever a program would like.</summary>
    public Stated Flag()
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Null or JsonValueKind.Undefined: return Stated.NotStated;
            case JsonValueKind.True: return Stated.Yes;
            case JsonValueKind.False: return Stated.No;
            default:
                Fault("neither true nor false nor null", "send true, false or null");
                return Stated.NotStated;
        }
    }

    /// <summary>The items of a collection, which is wrapped twice, <c>emails.emails[]</c>; the bare array is taken too.</summary>
    public IEnumerable<JsonAt> Wrapped(string name)
    {
        var outer = this[name];
        return outer.IsArray ? outer.Items() : outer[name].Items();
    }

    /// <summary>The items of an array.</summary>
    public IEnumerable<JsonAt> Items()
    {
        if (!IsStated) return [];
        if (element.ValueKind == JsonValueKind.Array) return Each();
        Fault("not a list", "send a list or null");
        return [];
    }

    private bool IsArray => element.ValueKind == JsonValueKind.Array;

    private IEnumerable<JsonAt> Each()
    {
        var index = 0;
        foreach (var item in element.EnumerateArray())
        {
            var at = new JsonAt(item, PathCache.Mine.Item(path, index++), faults);
            if (at.IsStated) yield return at;
        }
    }

    public void Fault(string reason, string mend)
    {
        if (faults.Count < FaultsMax) faults.Add(new(0, 0, path, reason, mend));
    }
}
