using System.Globalization;
using System.Text;
using Homeward.Linkage;

namespace Homeward.Bench;

/// <summary>Our side: the same task by Homeward.Linkage.</summary>
internal static class Ours
{
    /// <summary>Dedupes a list, or links two, several times and takes the best: the first run pays for compiling the code.</summary>
    public static Measured Run(int runs, params string[] files)
    {
        Measured? best = null;
        Linked? linked = null;
        var clustersPath = Path.Combine(Path.GetTempPath(), $"homeward-bench-{Environment.ProcessId}.csv");
        for (var run = 0; run < runs; run++)
        {
            linked = null;
            GC.Collect();
            var meter = new Meter();
            var data = new Dataset();
            foreach (var file in files)
            {
                if (file.EndsWith(".parquet", StringComparison.Ordinal)) ParquetSource.Read(data, file, file, CancellationToken.None);
                else CsvSource.Read(data, file, file);
            }
            var (reading, _) = meter.Lap();
            linked = Link(data);
            var (linking, cpu) = meter.Lap();
            WriteClusters(clustersPath, linked.Clusters);
            var (writing, _) = meter.Lap();
            var now = new Measured(linking, reading + linking + writing, cpu, linked.PairsCompared, 0, 0, Meter.PeakMiB);
            best = best is null ? now : now with
            {
                MemorySeconds = Math.Min(best.MemorySeconds, now.MemorySeconds), CsvSeconds = Math.Min(best.CsvSeconds, now.CsvSeconds),
                MemoryCpuSeconds = Math.Min(best.MemoryCpuSeconds, now.MemoryCpuSeconds),
            };
        }
        File.Delete(clustersPath);
        var truth = PeopleFile.Truth(files.Select(file => Path.ChangeExtension(file, "csv")));
        return best! with
        {
            F1OfPairs = Answers.OfPairs(linked!.Pairs.Select(pair => (pair.Left, pair.Right)), truth, files.Length == 1 ? 0 : PeopleFile.Truth(files[0]).Length).F1,
            F1OfClusters = Answers.OfClusters(linked.Clusters, truth).F1,
        };
    }

    /// <summary>What <c>homeward link FILE --truth cluster --out FOLDER</c> does, and once, as a user would: no settings, every measure, clusters, pairs and report.</summary>
    public static Measured RunWhole(string file)
    {
        var folder = Directory.CreateTempSubdirectory("homeward-bench-");
        var cpu = Environment.CpuUsage.TotalTime;
        var summary = LinkJob.Run(new() { Files = [file], Truth = "cluster", OutFolder = folder.FullName });
        folder.Delete(recursive: true);
        return new(0, summary.Seconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds, summary.PairsCompared, summary.PairQuality!.F1, summary.ClusterQuality!.F1, summary.PeakMiB);
    }

    /// <summary>From columns in memory to clusters.</summary>
    public static Linked Link(Dataset data) => new Linking(
        new() { Files = [.. data.Sources.Select(source => source.Name)], Settings = LinkageTask.Settings(data.RowCount), PairsMax = long.MaxValue }, data, static _ => { }, CancellationToken.None).Link();

    private static void WriteClusters(string path, int[] clusters)
    {
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false), bufferSize: 1 << 16);
        writer.Write("id,cluster\n");
        Span<char> line = stackalloc char[32];
        for (var row = 0; row < clusters.Length; row++)
        {
            line.TryWrite(CultureInfo.InvariantCulture, $"{row},{clusters[row]}\n", out var length);
            writer.Write(line[..length]);
        }
    }
}
