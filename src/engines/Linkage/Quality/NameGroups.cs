using System.Collections.Frozen;
using System.Globalization;
using Homeward.Kernel;

namespace Homeward.Linkage;

/// <summary>Groups of names by origin and by form, to see whether all are matched alike.</summary>
/// <remarks>
/// Origin: the group that bears the family name most, where that is at least 60 % of its bearers (Census 2000, the
/// 40,000 most frequent family names). It says something of names, nothing of a person.
/// </remarks>
internal sealed class NameGroups
{
    public const string OtherOrigin = "family name not in the census table";

    private static readonly Lazy<FrozenDictionary<string, char>> Origins = new(() => NameTables.Rows("surname-origins.csv")
        .ToFrozenDictionary(row => row.First, row => row.Second[0], StringComparer.Ordinal));

    private readonly List<(string Name, bool[] Rows)> _groups = [];

    /// <summary>Each group with the rows that are in it.</summary>
    public IReadOnlyList<(string Name, bool[] Rows)> All => _groups;

    /// <returns>No groups where no column holds family names.</returns>
    public static NameGroups Of(Dataset data, LinkageSettings settings)
    {
        var groups = new NameGroups();
        var family = Column(FieldKind.FamilyName) ?? Column(FieldKind.FullName);
        if (family is null) return groups;
        var (isWhole, given) = (Column(FieldKind.FamilyName) is null, Column(FieldKind.GivenName));
        string[] names = [.. family.Texts.Select(Names.Fold)];
        string[] origins = [.. names.Select(name => OriginOf(name, isWhole))];
        foreach (var origin in origins.Where(origin => origin.Length > 0).Distinct().Order(StringComparer.Ordinal))
            groups.Add(data, origin, row => origins[family.Codes[row]] == origin);
        groups.Add(data, "compound or hyphenated family name", row => !isWhole
            && names[family.Codes[row]].Contains(' ', StringComparison.Ordinal));
        groups.Add(data, "letters beyond A to Z", row => HasForeignLetters(family[row])
            || (given is not null && HasForeignLetters(given[row])));
        groups.Add(data, "family name of at most three letters", row => names[family.Codes[row]].Length is > 0 and <= 3);
        if (given is not null) groups.Add(data, "given or family name missing", row => family.Codes[row] == 0 || given.Codes[row] == 0);
        return groups;

        DataColumn? Column(FieldKind kind) => settings.Fields.FirstOrDefault(field => field.Kind == kind) is { } field
            ? data[field.Name] : null;
    }

    /// <summary>Empty for an empty name.</summary>
    internal static string OriginOf(string folded, bool isWhole = false)
    {
        if (folded.Length == 0) return "";
        var parts = folded.Split(' ');
        var known = !isWhole && Origins.Value.TryGetValue(folded, out var whole) ? whole
            : parts.Reverse().Select(part => Origins.Value.GetValueOrDefault(part)).FirstOrDefault(group => group != default);
        return known switch
        {
            'w' => "family name mostly of White bearers",
            'b' => "family name mostly of Black bearers",
            'a' => "family name mostly of Asian or Pacific Islander bearers",
            'h' => "family name mostly of Hispanic bearers",
            'm' => "family name of mixed bearers",
            _ => OtherOrigin,
        };
    }

    private void Add(Dataset data, string name, Func<int, bool> isIn)
    {
        var rows = new bool[data.RowCount];
        var any = false;
        for (var row = 0; row < rows.Length; row++) any |= rows[row] = isIn(row);
        if (any) _groups.Add((name, rows));
    }

    private static bool HasForeignLetters(string text) =>
        text.Any(letter => letter > 127
            && CharUnicodeInfo.GetUnicodeCategory(letter) is not (UnicodeCategory.DashPunctuation or UnicodeCategory.FinalQuotePunctuation));
}
