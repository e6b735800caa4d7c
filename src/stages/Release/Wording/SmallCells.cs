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
        var hidden = lines.Where(line => line.Count is > 0 && line.Count < below && !knownElsewhere.Contains(line.Office))
            .Select(line => line.Office).ToHashSet(StringComparer.Ordinal);
        // One cell alone is the total less all others: a second one, the smallest that is left, goes with it.
        if (total is not null)
        {
            foreach (var line in lines.Where(line => line.Count is > 0 && !knownElsewhere.Contains(line.Office) && !hidden.Contains(line.Office))
                .OrderBy(line => line.Count).ThenBy(line => line.Office, StringComparer.Ordinal))
            {
                if (hidden.Count != 1) break;
                hidden.Add(line.Office);
            }
            // Nobody is left to hide behind: then the one cell may be shown or nothing may; nothing is the careful side.
            if (hidden.Count == 1) return [.. lines.Select(line => new TableLine(line.Office, null, Hidden))];
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
