using System.Globalization;
using System.Text;

namespace Homeward.Linkage;

/// <summary>Writes what a linkage came to: clusters.csv, pairs.csv, settings.json, report.html.</summary>
internal static class LinkOutput
{
    public static void Write(string folder, Dataset data, Linked linked)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "settings.json"), linked.Settings.ToJson());
        File.WriteAllText(Path.Combine(folder, "report.html"), LinkReport.Page(data, linked));
        WriteClusters(Path.Combine(folder, "clusters.csv"), data, linked);
        WritePairs(Path.Combine(folder, "pairs.csv"), data, linked);
    }

    /// <summary>Every record as it came, with its cluster in front.</summary>
    private static void WriteClusters(string path, Dataset data, Linked linked)
    {
        using var writer = Open(path);
        writer.Write("cluster,file,row");
        foreach (var column in data.Columns) Field(writer, column.Name);
        writer.Write('\n');
        for (var row = 0; row < data.RowCount; row++)
        {
            Start(writer, data, row, linked.Clusters[row] + 1);
            foreach (var column in data.Columns) Field(writer, column[row]);
            writer.Write('\n');
        }
    }

    /// <summary>Every pair above the threshold with its weight, and how each field speaks.</summary>
    private static void WritePairs(string path, Dataset data, Linked linked)
    {
        using var writer = Open(path);
        writer.Write("left_file,left_row,right_file,right_row,weight,probability,same_cluster");
        foreach (var comparison in linked.Settings.Comparisons) Field(writer, $"{comparison.Field} weight");
        writer.Write(",for,against\n");
        if (linked.Rows is not { } rows) return;
        var scorer = new Scorer(linked.Settings);
        foreach (var pair in linked.Pairs)
        {
            var why = scorer.Explain(rows[pair.Left], rows[pair.Right]);
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{data.SourceOf(pair.Left) + 1},{data.NumberInSource(pair.Left)},"
                + $"{data.SourceOf(pair.Right) + 1},{data.NumberInSource(pair.Right)},{pair.Weight:0.###},{why.Probability:0.######},"
                + $"{(linked.Clusters[pair.Left] == linked.Clusters[pair.Right] ? "yes" : "no")}"));
            foreach (var comparison in linked.Settings.Comparisons)
                Field(writer, why.Waterfall.FirstOrDefault(bar => bar.Field == comparison.Field)?.Weight.ToString("0.###", CultureInfo.InvariantCulture) ?? "");
            Field(writer, string.Join("; ", why.For.Select(bar => bar.Sentence)));
            Field(writer, string.Join("; ", why.Against.Select(bar => bar.Sentence)));
            writer.Write('\n');
        }
    }

    private static StreamWriter Open(string path) => new(path, append: false, new UTF8Encoding(false), bufferSize: 1 << 16);

    private static void Start(StreamWriter writer, Dataset data, int row, int cluster) =>
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"{cluster},{data.SourceOf(row) + 1},{data.NumberInSource(row)}"));

    private static void Field(StreamWriter writer, string text)
    {
        writer.Write(',');
        if (text.AsSpan().IndexOfAny(",\"\r\n") < 0) writer.Write(text);
        else writer.Write($"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
    }
}
