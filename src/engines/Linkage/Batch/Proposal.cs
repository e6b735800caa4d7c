using Homeward.Kernel;

namespace Homeward.Linkage;

/// <summary>Settings proposed from the columns alone, for lists that come without.</summary>
/// <param name="Settings">Fields, comparisons with starting m and u, blocking rules. To be trained.</param>
/// <param name="LeftOut">Columns that are not compared, and why.</param>
internal sealed record Proposal(LinkageSettings Settings, IReadOnlyList<(string Column, string Why)> LeftOut)
{
    private const int ComparisonsMax = 16;
    private const int RowsLookedAtMax = 2000;

    /// <summary>A column made of others has words in nearly every row: where the first rows have none, the others need not be asked.</summary>
    private const int RowsAskedMax = 50_000;

    /// <summary>A column that is empty in more rows than this tells too little to be compared.</summary>
    private const double FilledMin = 0.02;

    /// <param name="data">The columns.</param>
    /// <param name="never">Columns that must not be compared, and why.</param>
    /// <exception cref="LinkageException">No column is left that two records could agree in.</exception>
    public static Proposal Of(Dataset data, IReadOnlyDictionary<string, string> never)
    {
        var leftOut = new List<(string Column, string Why)>();
        var profiles = new (ColumnProfile? Kept, string? WhyNot)[data.Columns.Count];
        Parallel.For(0, profiles.Length, Cores.All, i => profiles[i] = WhyNot(data, data.Columns[i], never) is { } why
            ? (null, why)
            : (ColumnProfile.Of(data.Columns[i], data.RowCount), null));
        var kept = new List<ColumnProfile>();
        foreach (var (column, (profile, why)) in data.Columns.Zip(profiles))
        {
            if (profile is not null) kept.Add(profile);
            else leftOut.Add((column.Name, why!));
        }
        foreach (var composite in kept.Where(profile => IsComposite(data, profile, kept)).ToList())
        {
            kept.Remove(composite);
            leftOut.Add((composite.Column.Name, "is made of other columns"));
        }
        foreach (var tooMany in kept.OrderBy(profile => profile.Collision).Skip(ComparisonsMax).ToList())
        {
            kept.Remove(tooMany);
            leftOut.Add((tooMany.Column.Name, $"{ComparisonsMax} columns tell more"));
        }
        if (kept.Count == 0)
        {
            throw new LinkageException("No column can be compared: "
                + string.Join("; ", leftOut.Select(column => $"{column.Column} {column.Why}")) + ".");
        }
        var settings = new LinkageSettings
        {
            Fields = [.. kept.Select(profile => new Field(profile.Column.Name, profile.Kind) { DateOrder = profile.DateOrder })],
            Comparisons = [.. kept.Select(profile => DefaultLevels.Compare(profile, kept))],
            Blocking = BlockingProposal.Of(kept, data.RowCount),
            Prior = Math.Min(0.1, 1.0 / Math.Max(2, data.RowCount)),
            Threshold = 0.5,
        };
        settings.Check();
        return new(settings, leftOut);
    }

    private static string? WhyNot(Dataset data, DataColumn column, IReadOnlyDictionary<string, string> never)
    {
        if (never.FirstOrDefault(known => string.Equals(column.Name, known.Key, StringComparison.OrdinalIgnoreCase)).Value is { } why) return why;
        var filled = data.RowCount - column.CodesSpan.Count(0);
        if (column.DistinctCount == 0) return "is empty";
        if (column.DistinctCount == 1) return "holds one value only";
        if (filled < FilledMin * data.RowCount) return "is almost empty";
        if (column.DistinctCount == filled && filled == data.RowCount) return "is unique for each row";
        if (data.Sources.Count > 1)
        {
            for (var source = 0; source < data.Sources.Count; source++)
            {
                var (start, end) = (data.Sources[source].Start, source + 1 < data.Sources.Count ? data.Sources[source + 1].Start : data.RowCount);
                var present = false;
                for (var row = start; row < end && !present; row++) present = column.Codes[row] != 0;
                if (!present) return "is not in every file";
            }
            // 0, 1, 2 … in each file says which row, not who.
            if (ColumnProfile.HeaderWords(column.Name).Overlaps(["id", "index", "rowid", "uniqueid", "recordid", "recid"]) && CountsRows(data, column))
                return "numbers the rows of each file";
        }
        return null;
    }

    private static bool CountsRows(Dataset data, DataColumn column)
    {
        for (var row = 1; row < data.RowCount; row++)
        {
            if (data.NumberInSource(row) == 1) continue;
            if (!long.TryParse(column[row], out var number) || !long.TryParse(column[row - 1], out var before) || number != before + 1)
                return false;
        }
        return true;
    }

    /// <summary>True for a "full name" beside given and family name: its words are counted once, where they stand alone.</summary>
    private static bool IsComposite(Dataset data, ColumnProfile profile, List<ColumnProfile> all)
    {
        if (profile.Kind is not (FieldKind.FullName or FieldKind.GivenName or FieldKind.FamilyName or FieldKind.Text)) return false;
        var parts = all.Where(other => other != profile && other.Kind is FieldKind.GivenName or FieldKind.FamilyName or FieldKind.Text).ToArray();
        var holds = new int[parts.Length];
        var longer = new int[parts.Length];
        var looked = 0;
        for (var row = 0; row < Math.Min(data.RowCount, RowsAskedMax) && looked < RowsLookedAtMax; row++)
        {
            var whole = Names.Fold(profile.Column[row]);
            if (!whole.Contains(' ', StringComparison.Ordinal)) continue;
            looked++;
            for (var i = 0; i < parts.Length; i++)
            {
                var part = Names.Fold(parts[i].Column[row]);
                if (part.Length == 0 || !$" {whole} ".Contains($" {part} ", StringComparison.Ordinal)) continue;
                holds[i]++;
                if (whole.Length > part.Length) longer[i]++;
            }
        }
        return looked > 0 && holds.Where((count, i) => count > 0.7 * looked && longer[i] > 0.7 * looked).Count() >= 2;
    }
}
