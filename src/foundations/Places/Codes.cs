namespace Homeward.Foundations.Places;

/// <summary>A code of a published list, e.g. eye colour "BRO".</summary>
public sealed record Code(string Set, string Value, string Label, string Note, string Source);

/// <summary>The code lists that the product carries (data/codes.csv).</summary>
public sealed class Codes
{
    private readonly Dictionary<string, List<Code>> _bySet = new(StringComparer.Ordinal);

    internal Codes(ReferenceFolder folder)
    {
        foreach (var row in folder.Rows("codes.csv"))
            _bySet.GetOrAdd(row.GetString(0)).Add(
                new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(6)));
    }

    public IEnumerable<string> Sets => _bySet.Keys.Order(StringComparer.Ordinal);

    /// <summary>The codes of a set in the order of the list; empty if there is no such set.</summary>
    public IReadOnlyList<Code> Of(string set) => _bySet.TryGetValue(set, out var codes) ? codes : [];

    /// <summary>What a code means; null if it is not on the list.</summary>
    public string? LabelOf(string set, string? value) =>
        Of(set).FirstOrDefault(code => string.Equals(code.Value, value, StringComparison.OrdinalIgnoreCase))?.Label;
}
