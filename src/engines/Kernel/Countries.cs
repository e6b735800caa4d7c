using System.Collections.Frozen;

namespace Homeward.Kernel;

/// <summary>Countries by ISO 3166-1: the two letters that a text means, by code or by name.</summary>
/// <remarks>
/// The table is the product's own, so that a machine without language data reads the same. By each code stand the three letters and
/// the names: English ones as people write them, and of the United States those of its neighbours. "Georgia" is in none: it is a state
/// as well, and a child there is not to be taken for abroad.
/// </remarks>
public static class Countries
{
    private const int NameCharsMax = 64;

    /// <summary>The United States, the territories and the islands beside them.</summary>
    private static readonly FrozenSet<string> _ours = FrozenSet.Create(StringComparer.Ordinal, "US", "PR", "GU", "VI", "AS", "MP", "UM");

    private static readonly FrozenDictionary<string, string> _codes = Read();

    /// <summary>The two letters, in capitals; null where a text means no country that is known. Network codes (A1, EU) mean none.</summary>
    public static string? CodeOf(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > NameCharsMax) return null;
        // As programs write it: nothing is folded.
        return _codes.TryGetValue(text, out var code) || _codes.TryGetValue(Key(text), out code) ? code : null;
    }

    /// <summary>Whether a text means the United States or one of its territories.</summary>
    public static bool IsOurs(string? text) => CodeOf(text) is { } code && _ours.Contains(code);

    /// <summary>"The Bahamas", "Antigua &amp; Barbuda": small words are left out.</summary>
    private static string Key(string name)
    {
        var key = Names.Fold(name);
        if (key.StartsWith("the ", StringComparison.Ordinal)) key = key[4..];
        return key.Replace(" and ", " ", StringComparison.Ordinal);
    }

    private static FrozenDictionary<string, string> Read()
    {
        var codes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (code, names) in EmbeddedJson.Read<Dictionary<string, string[]>>(typeof(Countries), "Homeward.Kernel.countries.json"))
        {
            // Capitals are never folded, so a code by itself stands in the way of no name.
            codes.Add(code, code);
            codes.Add(Key(code), code);
            foreach (var name in names) codes.TryAdd(Key(name), code);
        }
        return codes.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
