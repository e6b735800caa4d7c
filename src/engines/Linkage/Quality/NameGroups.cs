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
            groups.Add(origin, RowsOf(family, [.. origins.Select(of => of == origin)]));
        if (!isWhole) groups.Add("compound or hyphenated family name", RowsOf(family, [.. names.Select(name => name.Contains(' ', StringComparison.Ordinal))]));
        groups.Add("letters beyond A to Z", Either(Foreign(family), given is null ? null : Foreign(given)));
        groups.Add("family name of at most three letters", RowsOf(family, [.. names.Select(name => name.Length is > 0 and <= 3)]));
        if (given is not null) groups.Add("given or family name missing", Either(RowsOf(family, [.. names.Select((_, code) => code == 0)]), RowsOf(given, [true, .. new bool[given.DistinctCount]])));
        return groups;

        DataColumn? Column(FieldKind kind) => settings.Fields.FirstOrDefault(field => field.Kind == kind) is { } field
            ? data[field.Name] : null;
    }

    private void Add(string name, bool[] rows)
    {
        if (rows.Contains(true)) _groups.Add((name, rows));
    }

    private static bool[] Foreign(DataColumn column) => RowsOf(column, [.. column.Texts.Select(HasForeignLetters)]);

    /// <summary>For each row whether its text is one of those.</summary>
    private static bool[] RowsOf(DataColumn column, bool[] texts)
    {
        var codes = column.CodesSpan;
        var rows = new bool[codes.Length];
        for (var row = 0; row < rows.Length; row++) rows[row] = texts[codes[row]];
        return rows;
    }

    private static bool[] Either(bool[] one, bool[]? other)
    {
        for (var row = 0; row < one.Length && other is not null; row++) one[row] |= other[row];
        return one;
    }

    private static bool HasForeignLetters(string text) =>
        text.Any(letter => letter > 127
            && CharUnicodeInfo.GetUnicodeCategory(letter) is not (UnicodeCategory.DashPunctuation or UnicodeCategory.FinalQuotePunctuation));
}
