using System.Globalization;
using Homeward.Kernel;

namespace Homeward.Linkage;

/// <summary>Groups of names by origin and by form, to see whether all are matched alike.</summary>
/// <remarks>
/// Origin: see <see cref="NameTables.OriginOf"/>.
/// </remarks>
internal sealed class NameGroups
{
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
        string[] origins = [.. names.Select(name => NameTables.OriginOf(name, isWhole))];
        foreach (var origin in origins.Where(origin => origin.Length > 0).Distinct().Order(StringComparer.Ordinal))
            groups.Add(data, origin, row => origins[family.Codes[row]] == origin);
        groups.Add(data, "compound or hyphenated family name", row => !isWhole
            && names[family.Codes[row]].Contains(' ', StringComparison.Ordinal));
        bool[] foreign = [.. family.Texts.Select(HasForeignLetters)], foreignGiven = given is null ? [] : [.. given.Texts.Select(HasForeignLetters)];
        groups.Add(data, "letters beyond A to Z", row => foreign[family.Codes[row]] || (given is not null && foreignGiven[given.Codes[row]]));
        groups.Add(data, "family name of at most three letters", row => names[family.Codes[row]].Length is > 0 and <= 3);
        if (given is not null) groups.Add(data, "given or family name missing", row => family.Codes[row] == 0 || given.Codes[row] == 0);
        return groups;

        DataColumn? Column(FieldKind kind) => settings.Fields.FirstOrDefault(field => field.Kind == kind) is { } field
            ? data[field.Name] : null;
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
