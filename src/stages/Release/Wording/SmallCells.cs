namespace Homeward.Release.Wording;

/// <summary>A line of a published table.</summary>
/// <param name="Value">Null: not reported, or not shown; <paramref name="Shown"/> says which.</param>
public sealed record TableLine(string Office, int? Value, string Shown);

/// <summary>Keeps small counts of offices from being read, and from being worked out (R-55, T-56).</summary>
internal static class SmallCells
{
    public const string Hidden = "not shown";
    public const string NotReported = "not reported";

    /// <param name="lines">Each office with its count; null is not reported.</param>
    /// <param name="total">The published total; null where none is published, so that nothing can be subtracted from it.</param>
    /// <param name="below">Counts from 1 to below this are small.</param>
    /// <param name="knownElsewhere">Offices whose count an earlier or a local release gave already: hiding it here hides nothing.</param>
    public static IReadOnlyList<TableLine> Apply(
        SmallCellPolicy policy, IReadOnlyList<(string Office, int? Count)> lines, int? total, int below, IReadOnlySet<string> knownElsewhere)
    {
        if (policy == SmallCellPolicy.Show) return [.. lines.Select(line => Shown(line.Office, line.Count))];
        // Of two that are as small the one whose name comes first: the same figures give the same table.
        List<(string Office, int? Count)> ordered = [.. lines.OrderBy(line => line.Office, StringComparer.Ordinal)];
        var hidden = Foundations.Rules.SmallCells.ToHide(
                [.. ordered.Select(line => line.Count)], total is not null, below, place => knownElsewhere.Contains(ordered[place].Office))
            .Select(place => ordered[place].Office).ToHashSet(StringComparer.Ordinal);
        if (total is not null && hidden.Count == 1)
        {
            // Nobody is left to hide behind: then the one cell may be shown or nothing may; nothing is the careful side.
            return [.. lines.Select(line => new TableLine(line.Office, null, Hidden))];
        }
        if (policy == SmallCellPolicy.Suppress)
            return [.. lines.Select(line => hidden.Contains(line.Office) ? new TableLine(line.Office, null, Hidden) : Shown(line.Office, line.Count))];
        var kept = lines.Where(line => !hidden.Contains(line.Office)).Select(line => Shown(line.Office, line.Count)).ToList();
        if (hidden.Count > 0) kept.Add(Shown($"{hidden.Count} other offices together", lines.Where(line => hidden.Contains(line.Office)).Sum(line => line.Count)));
        return kept;
    }

    private static TableLine Shown(string office, int? count) =>
        new(office, count, count is { } value ? value.ToString("N0", System.Globalization.CultureInfo.InvariantCulture) : NotReported);
}
