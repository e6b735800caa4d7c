using System.Globalization;
using System.Text.Json;

namespace Homeward.Linkage;

/// <summary>Walks through JSON and gathers every fault with its path, instead of stopping at the first.</summary>
internal sealed class JsonWalk
{
    /// <summary>A known word at least so like the one that was written is offered instead.</summary>
    private const double SuggestedMin = 0.8;

    public List<LinkageFault> Faults { get; } = [];

    public void Add(string where, string what, string mend = "") => Faults.Add(new(where, what, mend));

    /// <summary>The object's members by name; names that are not known, or stand twice, are faults.</summary>
    public Dictionary<string, JsonElement> Members(JsonElement element, string where, params string[] known)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase);
        if (element.ValueKind != JsonValueKind.Object)
        {
            Add(where.Length == 0 ? "settings" : where, $"{Kind(element)} stands where an object is needed.",
                $"Write {{ }} with the keys {string.Join(", ", known)}.");
            return members;
        }
        foreach (var member in element.EnumerateObject())
        {
            if (!known.Contains(member.Name, StringComparer.OrdinalIgnoreCase))
                Add(Path(where, member.Name), "is no key here.", Suggest(member.Name, known));
            else if (!members.TryAdd(member.Name, member.Value)) Add(Path(where, member.Name), "stands twice.", "Keep one.");
        }
        return members;
    }

    public IReadOnlyList<T> List<T>(JsonElement element, string where, Func<JsonElement, string, T?> read) where T : class
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            Add(where, $"{Kind(element)} stands where a list is needed.", "Write [ ] around it.");
            return [];
        }
        var items = new List<T>();
        var place = 0;
        foreach (var item in element.EnumerateArray())
            if (read(item, $"{where}[{(place++).ToString(CultureInfo.InvariantCulture)}]") is { } one) items.Add(one);
        return items;
    }

    public string? Text(JsonElement element, string where)
    {
        if (element.ValueKind == JsonValueKind.String && element.GetString() is { } text && !string.IsNullOrWhiteSpace(text)) return text;
        Add(where, element.ValueKind == JsonValueKind.String ? "is empty."
            : $"{Kind(element)} stands where text is needed.", "Write text in quotes.");
        return null;
    }

    public double Number(JsonElement element, string where, double otherwise)
    {
        if (element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var number) && double.IsFinite(number)) return number;
        Add(where, $"{Kind(element)} stands where a number is needed.", "Write it without quotes, with a point for the fraction.");
        return otherwise;
    }

    public bool Truth(JsonElement element, string where)
    {
        if (element.ValueKind is JsonValueKind.True or JsonValueKind.False) return element.GetBoolean();
        Add(where, $"{Kind(element)} stands where true or false is needed.", "Write true or false without quotes.");
        return false;
    }

    /// <summary>A word of an enumeration, as <c>camelCase</c>.</summary>
    public T? Word<T>(JsonElement element, string where) where T : struct, Enum
    {
        if (Text(element, where) is not { } text) return null;
        if (char.IsLetter(text[0]) && Enum.TryParse<T>(text, ignoreCase: true, out var word) && Enum.IsDefined(word)) return word;
        Add(where, $"\"{text}\" is not known.", Suggest(text, Words<T>()));
        return null;
    }

    public static string[] Words<T>() where T : struct, Enum =>
        [.. Enum.GetNames<T>().Select(name => JsonNamingPolicy.CamelCase.ConvertName(name))];

    public static string Path(string where, string member) => where.Length == 0 ? member : $"{where}.{member}";

    /// <summary>"Did you mean surname?", or all that is known.</summary>
    public static string Suggest(string written, IReadOnlyCollection<string> known)
    {
        var nearest = known.Select(word => (Word: word, Likeness: JaroWinkler.Likeness(written.ToLowerInvariant(),
            word.ToLowerInvariant())))
            .OrderByDescending(pair => pair.Likeness).FirstOrDefault();
        return nearest.Likeness >= SuggestedMin
            ? $"Did you mean \"{nearest.Word}\"?"
            : $"Known: {string.Join(", ", known)}.";
    }

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a truth",
        _ => "null",
    };
}
