using System.Globalization;
using System.Net;
using System.Text;

namespace Homeward.Linkage;

/// <summary>One self-contained page on a linkage: what was compared, what each level is worth, what was left apart.</summary>
internal static class LinkReport
{
    private const int BridgesMax = 100;
    private const double BarPixelsPerBit = 8;

    public static string Page(Dataset data, Linked linked)
    {
        var page = new StringBuilder("""
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Linkage report</title>
            <style>body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b}
            table{border-collapse:collapse;margin:1rem 0}th,td{padding:.25rem .75rem;border-bottom:1px solid #dfe1e2;text-align:left}
            td.n{text-align:right;font-variant-numeric:tabular-nums}.bar{display:inline-block;height:.8rem;vertical-align:middle}
            .for{background:#2e6276}.against{background:#b51d09}</style><h1>Linkage report</h1>
            """);
        Sizes(page, data, linked);
        Fields(page, data, linked);
        foreach (var comparison in linked.Settings.Comparisons) Levels(page, comparison);
        Rules(page, linked);
        Bridges(page, data, linked);
        return page.Append("</html>\n").ToString();
    }

    private static void Sizes(StringBuilder page, Dataset data, Linked linked)
    {
        page.Append(Invariant($"<p>{data.RowCount:N0} records, {linked.PairsCompared:N0} pairs compared, {linked.Pairs.Count:N0} at or above "))
            .Append(Invariant($"{linked.Settings.Threshold:P0}, {linked.ClusterCount:N0} clusters.</p>"));
        if (linked.Training is { } training)
        {
            page.Append(Invariant($"<p>Trained in {training.Rounds} rounds, {(training.Converged ? "converged" : "not converged: give more records or fewer levels")}; "))
                .Append(Invariant($"one pair in {1 / training.Settings.Prior:N0} is expected to match.</p>"));
            foreach (var field in training.NotLearnt)
                page.Append(Invariant($"<p>m of {Html(field)} was learnt from pairs that it helped to find: add a blocking rule without it.</p>"));
        }
        Head(page, "Sizes of clusters", "Records in the cluster", "Clusters");
        foreach (var size in linked.Clusters.CountBy(cluster => cluster).CountBy(cluster => cluster.Value).OrderBy(size => size.Key))
            page.Append(Invariant($"<tr><td class=n>{size.Key}<td class=n>{size.Value:N0}"));
        page.Append("</table>");
    }

    private static void Fields(StringBuilder page, Dataset data, Linked linked)
    {
        Head(page, "Fields", "Column", "Compared as", "Filled", "Distinct");
        foreach (var field in linked.Settings.Fields)
        {
            if (data[field.Name] is not { } column) continue;
            page.Append(Invariant($"<tr><td>{Html(field.Name)}<td>{field.Kind}"))
                .Append(Invariant($"<td class=n>{column.Codes.Count(code => code != 0) / Math.Max(1.0, data.RowCount):P1}<td class=n>{column.DistinctCount:N0}"));
        }
        foreach (var (column, why) in linked.LeftOut) page.Append(Invariant($"<tr><td>{Html(column)}<td colspan=3>not compared: {Html(why)}"));
        page.Append("</table>");
    }

    private static void Levels(StringBuilder page, Comparison comparison)
    {
        Head(page, $"What {comparison.Field} is worth", "Level", "m", "u", "Bits", "");
        foreach (var level in comparison.Levels.Where(level => !level.IsSilent))
        {
            page.Append(Invariant($"<tr><td>{Html(level.Label)}<td class=n>{level.M:0.0000}<td class=n>{level.U:0.000000}<td class=n>{level.Weight:+0.0;-0.0}"))
                .Append(Invariant($"<td><span class=\"bar {(level.Weight < 0 ? "against" : "for")}\" style=\"width:{Math.Abs(level.Weight) * BarPixelsPerBit:0}px\"></span>"));
        }
        page.Append("</table>");
    }

    private static void Rules(StringBuilder page, Linked linked)
    {
        Head(page, "Blocking rules", "Rule", "Pairs that it brings together");
        for (var rule = 0; rule < linked.PairsOfRule.Length; rule++)
            page.Append(Invariant($"<tr><td>{Html(linked.Settings.Blocking[rule].ToString())}<td class=n>{linked.PairsOfRule[rule]:N0}"));
        page.Append("</table>");
    }

    private static void Bridges(StringBuilder page, Dataset data, Linked linked)
    {
        if (linked.WeakBridges.Count == 0) return;
        Head(page, $"Held apart: {linked.WeakBridges.Count:N0} pairs for a person to look at", "Left", "Right", "Bits", "Sizes", "Why");
        foreach (var bridge in linked.WeakBridges.Take(BridgesMax))
        {
            page.Append(Invariant($"<tr><td>{Place(bridge.Pair.Left)}<td>{Place(bridge.Pair.Right)}<td class=n>{bridge.Pair.Weight:0.0}"))
                .Append(Invariant($"<td class=n>{bridge.LeftSize} + {bridge.RightSize}<td>{Html(bridge.Reason)}"));
        }
        page.Append("</table>");

        string Place(int row) => Invariant($"{Html(data.Sources[data.SourceOf(row)].Name)} row {data.NumberInSource(row)}");
    }

    private static void Head(StringBuilder page, string title, params string[] columns) =>
        page.Append(Invariant($"<h2>{Html(title)}</h2><table><tr>{string.Concat(columns.Select(column => $"<th scope=col>{Html(column)}"))}\n"));

    private static string Html(string text) => WebUtility.HtmlEncode(text);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
