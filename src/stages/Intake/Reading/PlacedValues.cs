using System.Globalization;

namespace Homeward.Intake.Reading;

/// <summary>What one document says, by place: values, the fields below, and the elements of lists, which two documents may number otherwise.</summary>
/// <remarks>
/// Who leaves a list pushes all behind it one place up, and each of them would be told as changed. So elements are paired by what they say:
/// first those that say the same, then those that have most in common, and what is left in its order.
/// </remarks>
internal sealed class PlacedValues
{
    /// <summary>Of lists of more pairs that changed, what is left is paired in its order: nobody reads thousands, and each with each takes long.</summary>
    private const int ComparedMax = 10_000;

    private const char Word = ' ';
    private static readonly PlacedValues _nothing = new();

    private readonly SortedDictionary<string, PlacedValues> _fields = new(StringComparer.Ordinal);
    private readonly SortedDictionary<int, PlacedValues> _elements = [];
    private string? _text;
    private HashSet<string>? _says;

    /// <summary>One value that two documents have otherwise.</summary>
    /// <param name="Place">In the newer document; in the one before for what is of somebody or something that is gone.</param>
    internal readonly record struct Change(string Place, string? Before, string? After, DifferenceOf Of);

    /// <param name="values">By place: "/persons/0/name", "/report/victim[2]/name"; words, as a print has them, are a place of their own.</param>
    public static PlacedValues Of(IReadOnlyDictionary<string, string> values)
    {
        var whole = new PlacedValues();
        foreach (var (place, text) in values) whole.At(place)._text = text;
        return whole;
    }

    private PlacedValues At(string place)
    {
        if (!place.StartsWith('/')) return Field(Word + place);
        var at = this;
        foreach (var part in place[1..].Split('/'))
        {
            if (int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index)) at = at.Element(index);
            else if (part.EndsWith(']') && part.IndexOf('[', StringComparison.Ordinal) is > 0 and var bracket
                && int.TryParse(part.AsSpan(bracket + 1, part.Length - bracket - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal))
                at = at.Field(part[..bracket] + '[').Element(ordinal);
            else at = at.Field(part);
        }
        return at;
    }

    private PlacedValues Field(string name) => _fields.TryGetValue(name, out var field) ? field : _fields[name] = new();

    private PlacedValues Element(int index) => _elements.TryGetValue(index, out var element) ? element : _elements[index] = new();

    /// <summary>What <paramref name="after"/> says otherwise than <paramref name="before"/>.</summary>
    public static IReadOnlyList<Change> Between(PlacedValues before, PlacedValues after)
    {
        var changes = new List<Change>();
        Compare(before, after, "", isInElement: false, DifferenceOf.Both, changes);
        return changes;
    }

    /// <param name="isInElement">What is in a list within a person or file belongs to that person or file.</param>
    private static void Compare(PlacedValues before, PlacedValues after, string place, bool isInElement, DifferenceOf of, List<Change> changes)
    {
        if (before._text != after._text) changes.Add(new(place, before._text, after._text, of));
        foreach (var name in before._fields.Keys.Union(after._fields.Keys))
            Compare(before._fields.GetValueOrDefault(name, _nothing), after._fields.GetValueOrDefault(name, _nothing), name[0] == Word ? name[1..] : $"{place}/{name}", isInElement, of, changes);
        foreach (var (old, now) in Paired(before._elements, after._elements))
        {
            var here = string.Create(CultureInfo.InvariantCulture, $"{place}{(place.EndsWith('[') ? "" : "/")}{now ?? old}{(place.EndsWith('[') ? "]" : "")}");
            Compare(
                old is { } was ? before._elements[was] : _nothing, now is { } stands ? after._elements[stands] : _nothing, here, isInElement: true,
                isInElement ? of : old is null ? DifferenceOf.New : now is null ? DifferenceOf.Gone : of, changes);
        }
    }

    private static IEnumerable<(int? Before, int? After)> Paired(SortedDictionary<int, PlacedValues> before, SortedDictionary<int, PlacedValues> after)
    {
        var (old, now) = (before.Keys.ToList(), after.Keys.ToList());
        var pairs = new List<(int? Before, int? After)>();
        var whole = now.GroupBy(here => after[here].Whole()).ToDictionary(same => same.Key, same => new Queue<int>(same));
        foreach (var was in before.Keys)
            if (whole.GetValueOrDefault(before[was].Whole())?.TryDequeue(out var same) == true) Pair(was, same);
        if ((long)old.Count * now.Count <= ComparedMax)
        {
            var alike = old.SelectMany(was => now.Select(here => (was, here, common: before[was].Says().Count(after[here].Says().Contains))))
                .Where(one => one.common > 0).OrderByDescending(one => one.common).ThenBy(one => Math.Abs(one.was - one.here)).ToList();
            foreach (var (was, here, _) in alike)
                if (old.Contains(was) && now.Contains(here)) Pair(was, here);
        }
        while (old.Count > 0 && now.Count > 0) Pair(old[0], now[0]);
        return pairs.Concat(old.Select(was => ((int?)was, (int?)null))).Concat(now.Select(here => ((int?)null, (int?)here))).OrderBy(pair => pair.Item1 ?? pair.Item2);

        void Pair(int was, int here)
        {
            pairs.Add((was, here));
            old.Remove(was);
            now.Remove(here);
        }
    }

    private string Whole() => string.Join('\n', Says().Order(StringComparer.Ordinal));

    /// <summary>Each value with its place below.</summary>
    private HashSet<string> Says()
    {
        if (_says is not null) return _says;
        _says = [];
        if (_text is not null) _says.Add("=" + _text);
        foreach (var (name, field) in _fields) _says.UnionWith(field.Says().Select(said => $"/{name}{said}"));
        foreach (var (index, element) in _elements) _says.UnionWith(element.Says().Select(said => string.Create(CultureInfo.InvariantCulture, $"/{index}{said}")));
        return _says;
    }
}
