using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Homeward.Exchange.Initiatives;

/// <summary>Reads single values of an initiative file and gathers their faults.</summary>
internal sealed class InitiativeValues
{
    /// <summary>Far above any count that was ever published, and far below an overflow.</summary>
    private const int CountMax = 1_000_000;
    private const int TextCharsMax = 200;
    private const int ShownCharsMax = 60;
    private const int FaultsMax = 500;
    /// <summary>Far ahead of any initiative, and far enough from the last day of the calendar for every clock that starts from it.</summary>
    private static readonly DateOnly _lastDay = new(2999, 12, 31);
    private const string CountMend = "give a whole number from 0 to 1000000";

    private readonly List<InitiativeFault> _faults = [];

    public IReadOnlyList<InitiativeFault> Faults => _faults;

    public void Add(InitiativeFault fault)
    {
        if (_faults.Count < FaultsMax) _faults.Add(fault);
    }

    public void Fault(string path, JsonElement? value, string what, string mend) =>
        Add(new(path, value is { } given ? Shown(given) : "", what, mend));

    public bool IsObject(string path, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object) return true;
        Fault(path, element, "not an object", "give an object in braces");
        return false;
    }

    /// <summary>The members of an object by key; unknown keys and second ones are faults, null is a fault where it is read.</summary>
    public Dictionary<string, JsonElement> Keys(string prefix, JsonElement element, string[] known)
    {
        var keys = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            var name = NameOf(member);
            var path = prefix + Shortened(name);
            if (!known.Contains(name, StringComparer.Ordinal))
                Fault(path, member.Value, "unknown key", $"known: {string.Join(", ", known)}");
            else if (!keys.TryAdd(name, member.Value))
                Fault(path, member.Value, "key given twice", "give it once");
        }
        return keys;
    }

    public string? Text(string key, Dictionary<string, JsonElement> keys, bool isRequired = false, string prefix = "")
    {
        if (!keys.TryGetValue(key, out var element))
        {
            if (isRequired) Fault(prefix + key, null, "missing", "give a text");
            return null;
        }
        if (StringOf(element) is { } text && !string.IsNullOrWhiteSpace(text) && text.Length <= TextCharsMax && !text.Any(char.IsControl)) return text;
        Fault(prefix + key, element, "not a text", $"give a text of 1 to {TextCharsMax} whole characters on one line");
        return null;
    }

    /// <summary>A day for which there are offices, and from which clocks can be reckoned.</summary>
    public DateOnly? Day(string key, Dictionary<string, JsonElement> keys, DateOnly first)
    {
        if (!keys.TryGetValue(key, out var element))
        {
            Fault(key, null, "missing", "give a day, 2019-07-01");
            return null;
        }
        if (!DateOnly.TryParseExact(StringOf(element), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            Fault(key, element, "not a day", "give a day, 2019-07-01");
        else if (day < first)
            Fault(key, element, "before any field office on record", string.Create(CultureInfo.InvariantCulture, $"give a day from {first:yyyy-MM-dd} on"));
        else if (day > _lastDay)
            Fault(key, element, "too far ahead to reckon with", string.Create(CultureInfo.InvariantCulture, $"give a day up to {_lastDay:yyyy-MM-dd}"));
        else return day;
        return null;
    }

    /// <summary>A text, or null for what is none: half of a character (<c>\ud800</c> alone) makes no text.</summary>
    public static string? StringOf(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A count, or a floor where floors are allowed; not given when the key is absent.</summary>
    public Measure Measure(string key, Dictionary<string, JsonElement> keys, string prefix = "", bool allowFloor = true)
    {
        if (!keys.TryGetValue(key, out var element)) return Initiatives.Measure.NotGiven;
        var path = prefix + key;
        if (element.ValueKind != JsonValueKind.Object)
            return Count(path, element, allowFloor) is { } count ? Initiatives.Measure.Exactly(count) : Initiatives.Measure.NotGiven;
        if (!allowFloor)
        {
            Fault(path, element, "a floor, which only a national count may be", CountMend);
            return Initiatives.Measure.NotGiven;
        }
        var inner = Keys(path + ".", element, ["moreThan"]);
        if (inner.TryGetValue("moreThan", out var floor))
            return Count($"{path}.moreThan", floor, false) is { } least ? Initiatives.Measure.MoreThan(least) : Initiatives.Measure.NotGiven;
        Fault(path, element, "neither a count nor a floor", CountMend + ", or {\"moreThan\": number}");
        return Initiatives.Measure.NotGiven;
    }

    private int? Count(string path, JsonElement element, bool allowFloor)
    {
        if (element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var count) && count is >= 0 and <= CountMax)
            return count;
        Fault(path, element, "not a whole number of 0 or more", allowFloor ? CountMend + ", or {\"moreThan\": number}" : CountMend);
        return null;
    }

    /// <summary>A member's name; one with half of a character in it, as it is written.</summary>
    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(member));
        }
    }

    private static string Shown(JsonElement value) => Shortened(value.GetRawText().ReplaceLineEndings(" "));

    private static string Shortened(string text) =>
        text.Length <= ShownCharsMax ? text : string.Concat(text.AsSpan(0, ShownCharsMax), "…");
}
