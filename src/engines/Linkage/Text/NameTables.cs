using System.Collections.Frozen;
using System.Globalization;
using Homeward.Kernel;

namespace Homeward.Linkage;

/// <summary>Which given names stand for one another, and how common names are in the United States.</summary>
/// <remarks>
/// Nicknames: carltonnorthern/nicknames, Apache-2.0. Given names: Social Security Administration, births since
/// 1990. Family names: Census 2000. All are carried in the package (Data/SOURCES.md). Safe for many threads.
/// </remarks>
public static class NameTables
{
    /// <summary>The share taken for every name that is rarer, and for one that is not in the tables.</summary>
    /// <remarks>A rare name is no proof: within a family or a town it is common. So its weight has a ceiling.</remarks>
    public const double RareShare = 2e-5;

    /// <summary>What <see cref="OriginOf"/> says of a family name that the census table does not have.</summary>
    public const string OriginNotKnown = "family name not in the census table";

    private static readonly Lazy<FrozenDictionary<string, int[]>> FormalNames = new(LoadNicknames);
    private static readonly Lazy<FrozenDictionary<string, double>> Given = new(() => LoadShares("given-frequencies.csv"));
    private static readonly Lazy<FrozenDictionary<string, double>> Family = new(() => LoadShares("surname-frequencies.csv"));
    private static readonly Lazy<FrozenDictionary<string, char>> Origins = new(() => Rows("surname-origins.csv")
        .ToFrozenDictionary(row => row.First, row => row.Second[0], StringComparer.Ordinal));

    /// <summary>The numbers of the formal names that a given name may stand for, its own among them; may be empty.</summary>
    /// <param name="folded">A name as <see cref="Names.Fold"/> leaves it.</param>
    public static ReadOnlySpan<int> FormalNamesOf(string folded) => FormalNamesOf(folded.AsSpan());

    internal static ReadOnlySpan<int> FormalNamesOf(ReadOnlySpan<char> folded) =>
        FormalNames.Value.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(folded, out var numbers) ? numbers : [];

    /// <summary>True when both may stand for one formal name: Liz and Elizabeth, Ron and Ronnie.</summary>
    public static bool AreNicknames(string leftFolded, string rightFolded) =>
        FormalNamesOf(leftFolded).IndexOfAny(FormalNamesOf(rightFolded)) >= 0;

    /// <summary>The share of people with this given name, 0 to 1.</summary>
    public static double GivenShare(string folded) => Math.Max(RareShare, Given.Value.GetValueOrDefault(folded));

    /// <summary>The share of people with this family name, 0 to 1.</summary>
    public static double FamilyShare(string folded) => Math.Max(RareShare, Family.Value.GetValueOrDefault(folded));

    /// <summary>Whether one of the tables has this family name: it is among the 40,000 most frequent.</summary>
    internal static bool HasFamilyName(string folded) => Family.Value.ContainsKey(folded) || Origins.Value.ContainsKey(folded);

    /// <summary>The group that bears a family name most, in words; empty for an empty name.</summary>
    /// <remarks>
    /// Where that is at least 60 % of its bearers (Census 2000, the 40,000 most frequent family names). It says something
    /// of names, nothing of a person: it is for measuring whether all are treated alike.
    /// </remarks>
    /// <param name="folded">A name as <see cref="Names.Fold"/> leaves it; of a compound one that is not in the table the last part that is.</param>
    /// <param name="isWhole">True for a whole name, whose parts alone are looked up.</param>
    public static string OriginOf(string folded, bool isWhole = false)
    {
        if (folded.Length == 0) return "";
        var known = !isWhole && Origins.Value.TryGetValue(folded, out var whole) ? whole
            : folded.Split(' ').Reverse().Select(part => Origins.Value.GetValueOrDefault(part)).FirstOrDefault(group => group != default);
        return known switch
        {
            'w' => "family name mostly of White bearers",
            'b' => "family name mostly of Black bearers",
            'a' => "family name mostly of Asian or Pacific Islander bearers",
            'h' => "family name mostly of Hispanic bearers",
            'm' => "family name of mixed bearers",
            _ => OriginNotKnown,
        };
    }

    private static FrozenDictionary<string, int[]> LoadNicknames()
    {
        var formal = new Dictionary<string, int>(StringComparer.Ordinal);
        var found = new Dictionary<string, SortedSet<int>>(StringComparer.Ordinal);
        foreach (var (name, nickname) in Rows("nicknames.csv"))
        {
            var (folded, number) = (Names.Fold(name), formal.Count);
            if (!formal.TryAdd(folded, number)) number = formal[folded];
            foreach (var bearer in (string[])[folded, Names.Fold(nickname)])
            {
                if (!found.TryGetValue(bearer, out var numbers)) found[bearer] = numbers = [];
                numbers.Add(number);
            }
        }
        return found.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);
    }

    private static FrozenDictionary<string, double> LoadShares(string file)
    {
        var shares = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, perMillion) in Rows(file))
            shares[name] = double.Parse(perMillion, CultureInfo.InvariantCulture) / 1e6;
        return shares.ToFrozenDictionary(StringComparer.Ordinal);
    }

    internal static IEnumerable<(string First, string Second)> Rows(string file)
    {
        using var stream = typeof(NameTables).Assembly.GetManifestResourceStream($"Homeward.Linkage.{file}");
        Ensure.That(stream is not null);
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            var comma = line.IndexOf(',', StringComparison.Ordinal);
            Ensure.That(comma > 0);
            yield return (line[..comma], line[(comma + 1)..].Trim());
        }
    }
}
