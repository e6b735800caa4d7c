using System.Globalization;
using System.Text.Json;

namespace Homeward.Linkage;

/// <summary>What is kept of one run to compare it with another: who was with whom, by which settings, how right.</summary>
internal sealed record RunFolder(IReadOnlyDictionary<string, int> ClusterOf, LinkageSettings Settings, Quality? Pairs, Quality? Clusters)
{
    public const string ClustersFile = "clusters";
    public const string SettingsFile = "settings.json";
    public const string QualityFile = "quality.json";

    /// <exception cref="LinkageException">The folder holds no run; says what is missing.</exception>
    public static RunFolder Read(string folder, CancellationToken cancel)
    {
        var table = new Dataset();
        var (csv, parquet, settings) = (Path.Combine(folder, ClustersFile + ".csv"),
            Path.Combine(folder, ClustersFile + ".parquet"), Path.Combine(folder, SettingsFile));
        if (File.Exists(csv)) CsvSource.Read(table, csv, csv);
        else if (File.Exists(parquet)) ParquetSource.Read(table, parquet, parquet, cancel);
        else throw new LinkageException([new(folder, "holds no clusters.csv or clusters.parquet.",
            "Name the folder that an earlier run wrote with --out.")]);
        if (table["cluster"] is not { } clusters || table["record"] is not { } records)
            throw new LinkageException([new(csv, "has no columns cluster and record.", "Let a run of this release write it.")]);
        if (!File.Exists(settings)) throw new LinkageException([new(folder, "holds no settings.json.",
            "Name the folder that an earlier run wrote with --out.")]);
        var clusterOf = new Dictionary<string, int>(table.RowCount, StringComparer.Ordinal);
        for (var row = 0; row < table.RowCount; row++)
        {
            if (!int.TryParse(clusters[row], NumberStyles.None, CultureInfo.InvariantCulture, out var cluster))
                throw new LinkageException([new($"{csv}, row {(row + 1).ToString(CultureInfo.InvariantCulture)}",
                    $"\"{clusters[row]}\" is no number of a cluster.", "Let a run write the file anew.")]);
            clusterOf[records[row]] = cluster;
        }
        var (pairs, all) = Measures(Path.Combine(folder, QualityFile));
        return new(clusterOf, LinkageSettings.FromJson(File.ReadAllText(settings)), pairs, all);
    }

    private static (Quality?, Quality?) Measures(string path)
    {
        if (!File.Exists(path)) return (null, null);
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(path));
            return (Of("pairs"), Of("clusters"));

            Quality? Of(string name) => json.RootElement.TryGetProperty(name, out var quality) && quality.ValueKind == JsonValueKind.Object
                ? new(quality.GetProperty("precision").GetDouble(), quality.GetProperty("recall").GetDouble()) : null;
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new LinkageException([new(path, "cannot be read.", "Let a run write it anew, or take it away.")]);
        }
    }
}
