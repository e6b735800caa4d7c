using System.Collections.Frozen;
using Homeward.Kernel;

namespace Homeward.Review.BackTesting;

/// <summary>Groups of family names by origin, to see whether the rules rank all alike. Asked here alone: ranking never sees it .</summary>
/// <remarks>
/// The group that bears the family name most, where that is at least 60 % of its bearers (Census 2000, the 40,000 most
/// frequent; data/SOURCES.md). It says something of names, nothing of a person. The same grouping as linkage measures by.
/// </remarks>
internal static class NameOrigins
{
    public const string NoName = "no family name given";
    public const string NotInTable = "family name not in the census table";

    private static readonly Lazy<FrozenDictionary<string, char>> _origins = new(Load);

    public static string Of(string family)
    {
        var folded = Names.Fold(family);
        if (folded.Length == 0 || Names.IsPlaceholder(family)) return NoName;
        var known = _origins.Value.TryGetValue(folded, out var whole)
            ? whole
            : folded.Split(' ').Reverse().Select(part => _origins.Value.GetValueOrDefault(part)).FirstOrDefault(group => group != default);
        return known switch
        {
            'w' => "family name mostly of White bearers",
            'b' => "family name mostly of Black bearers",
            'a' => "family name mostly of Asian or Pacific Islander bearers",
            'h' => "family name mostly of Hispanic bearers",
            'm' => "family name of mixed bearers",
            _ => NotInTable,
        };
    }

    private static FrozenDictionary<string, char> Load()
    {
        using var stream = typeof(NameOrigins).Assembly.GetManifestResourceStream("Homeward.Review.surname-origins.csv");
        Ensure.That(stream is not null);
        using var reader = new StreamReader(stream);
        _ = reader.ReadLine();
        var origins = new Dictionary<string, char>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            var comma = line.LastIndexOf(',');
            origins[line[..comma]] = line[comma + 1];
        }
        return origins.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
