using System.Runtime.InteropServices;

namespace Homeward.Linkage;

/// <summary>Writes what a linkage came to: clusters, pairs with the weight of each field, settings, measures and the report.</summary>
internal static class LinkOutput
{
    /// <summary>So many pairs are explained in words; of more the weights alone are written.</summary>
    private const int ExplainedMax = 200_000;

    public static void Write(LinkOptions options, Dataset data, Linked linked, RecordNames names, QualityReport quality,
        RunChanges? changes)
    {
        var folder = options.OutFolder!;
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, RunFolder.SettingsFile), linked.Settings.ToJson());
        File.WriteAllText(Path.Combine(folder, RunFolder.QualityFile), quality.ToJson());
        File.WriteAllText(Path.Combine(folder, "report.html"), new LinkReport(data, linked, names, quality).Page(changes));
        if (changes is not null) File.WriteAllText(Path.Combine(folder, "changes.json"), changes.ToJson());
        WriteClusters(Path.Combine(folder, RunFolder.ClustersFile), options.Forms, data, linked, names);
        WritePairs(Path.Combine(folder, "pairs"), options.Forms, data, linked, names);
        WriteSetAside(Path.Combine(folder, "set-aside"), options.Forms, linked, names);
    }

    /// <summary>Pairs that scored high and did not join their groups: for a person, with the reason.</summary>
    private static void WriteSetAside(string path, TableForms forms, Linked linked, RecordNames names)
    {
        using var table = TableWriter.Open(path, forms, [
            ("left", CellKind.Text), ("right", CellKind.Text), ("weight", CellKind.Measure), ("left_cluster", CellKind.Count), ("right_cluster", CellKind.Count),
            ("left_records", CellKind.Count), ("right_records", CellKind.Count), ("why", CellKind.Text)]);
        foreach (var bridge in linked.WeakBridges)
        {
            table.Text(names[bridge.Pair.Left]);
            table.Text(names[bridge.Pair.Right]);
            table.Measure(double.IsFinite(bridge.Pair.Weight) ? Math.Round(bridge.Pair.Weight, 3) : double.NaN);
            table.Count(linked.Clusters[bridge.Pair.Left] + 1);
            table.Count(linked.Clusters[bridge.Pair.Right] + 1);
            table.Count(bridge.LeftSize);
            table.Count(bridge.RightSize);
            table.Text(bridge.Reason);
            table.EndRow();
        }
    }

    /// <summary>Every record as it came, with its cluster and its name in front.</summary>
    private static void WriteClusters(string path, TableForms forms, Dataset data, Linked linked, RecordNames names)
    {
        using var table = TableWriter.Open(path, forms, [
            ("cluster", CellKind.Count), ("record", CellKind.Text), ("file", CellKind.Count), ("row", CellKind.Count),
            .. data.Columns.Select(column => (Distinct(column.Name), CellKind.Text))]);
        table.Rows(data.RowCount, (piece, from, to) =>
        {
            for (var row = from; row < to; row++)
            {
                piece.Count(linked.Clusters[row] + 1);
                names.WriteTo(piece, row);
                piece.Count(data.SourceOf(row) + 1);
                piece.Count(data.NumberInSource(row));
                foreach (var column in data.Columns) piece.Text(column.Bytes(row));
                piece.EndRow();
            }
        });

        // A column of the file may be called as one of ours: a reader must still find both.
        static string Distinct(string name) => name.ToLowerInvariant() is "cluster" or "record" or "file" or "row"
            ? $"{name} (as it came)" : name;
    }

    /// <summary>Every pair above the threshold with its weight, and how each field speaks.</summary>
    private static void WritePairs(string path, TableForms forms, Dataset data, Linked linked, RecordNames names)
    {
        var fields = linked.Settings.Comparisons.Select(comparison => comparison.Field).ToList();
        using var table = TableWriter.Open(path, forms, [
            ("left", CellKind.Text), ("right", CellKind.Text), ("left_file", CellKind.Count), ("left_row", CellKind.Count),
            ("right_file", CellKind.Count), ("right_row", CellKind.Count), ("weight", CellKind.Measure), ("probability", CellKind.Measure),
            ("same_cluster", CellKind.Text), .. fields.Select(field => ($"{field} weight", CellKind.Measure)),
                ("for", CellKind.Text), ("against", CellKind.Text)]);
        if (linked.Rows is not { } rows) return;
        var scorer = new Scorer(linked.Settings);
        var (pairs, weigher, isExplained) = (linked.Pairs, new BatchScorer(scorer, rows), linked.Pairs.Count <= ExplainedMax);
        table.Rows(pairs.Count, (piece, from, to) =>
        {
            var (weights, known) = (new double[fields.Count], new ValuePairs());
            foreach (var pair in CollectionsMarshal.AsSpan(pairs)[from..to])
            {
                names.WriteTo(piece, pair.Left);
                names.WriteTo(piece, pair.Right);
                piece.Count(data.SourceOf(pair.Left) + 1);
                piece.Count(data.NumberInSource(pair.Left));
                piece.Count(data.SourceOf(pair.Right) + 1);
                piece.Count(data.NumberInSource(pair.Right));
                piece.Measure(Math.Round(pair.Weight, 3));
                piece.Measure(Scorer.Probability(pair.Weight));
                piece.Text(linked.Clusters[pair.Left] == linked.Clusters[pair.Right] ? "yes" : "no");
                weigher.Waterfall(pair.Left, pair.Right, known, weights);
                foreach (var weight in weights) piece.Measure(Math.Round(weight, 3));
                var why = isExplained ? scorer.Explain(rows[pair.Left], rows[pair.Right]) : null;
                piece.Text(Sentences(why?.For));
                piece.Text(Sentences(why?.Against));
                piece.EndRow();
            }
        });

        static string Sentences(IReadOnlyList<Contribution>? bars) => bars is null ? "" : string.Join("; ", bars.Select(bar => bar.Sentence));
    }
}
