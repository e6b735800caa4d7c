using Homeward.Linkage;

namespace Homeward.Bench;

/// <summary>Record linkage beside the same work in DuckDB, in one run; then one record against a million, and public sets.</summary>
internal static class LinkageBench
{
    private const ulong Seed = 7;
    private const string Duck = "DuckDB: the same rules, comparisons and EM as SQL (benchmarks/Linkage/Baseline)";

    /// <param name="isLong">50 million records too, without the baseline, which would take hours.</param>
    public static async IAsyncEnumerable<BenchLine> RunAsync(bool isLong)
    {
        var folder = Path.Combine(Path.GetTempPath(), "homeward-bench-people");
        foreach (var line in KnownSets()) yield return line;
        foreach (var line in QueryBench.Run(Seed)) yield return line;

        var small = PeopleFile.Csv(folder, 1_000_000, Seed);
        var once = await Measured.InChildAsync("ours", "1", small);
        var ours = await Measured.InChildAsync("ours", "8", small);
        var duck = await Measured.InChildAsync("duck", small);
        foreach (var line in Lines("1M", ours, duck)) yield return line;
        yield return BenchLine.Less("linkage.dedupe.1M.peak", once.PeakMiB, "MiB, CSV to clusters, a process of its own", Duck, duck.PeakMiB);

        var whole = await Measured.InChildAsync("whole", small);
        yield return BenchLine.Less("linkage.whole.1M", whole.CsvSeconds, "s, a first run with no settings: CSV to clusters, pairs, measures and report", Duck + ", CSV to clusters", duck.CsvSeconds);
        yield return BenchLine.More("linkage.whole.1M.f1.pairs", whole.F1OfPairs, "F1 of pairs that clusters imply, no settings given", "ours by the rules of the baseline, clusters", ours.F1OfClusters);

        var parquet = await Measured.InChildAsync("ours", "3", PeopleFile.Parquet(folder, 1_000_000, Seed));
        yield return BenchLine.Less("linkage.dedupe.1M.parquet", parquet.CsvSeconds, "s, Parquet to file of clusters", Duck + ", from CSV", duck.CsvSeconds);

        var (left, right) = PeopleFile.Two(folder, 1_000_000, 50_000, Seed);
        var oursOfTwo = await Measured.InChildAsync("ours", "3", left, right);
        var duckOfTwo = await Measured.InChildAsync("duck", left, right);
        yield return BenchLine.Less("linkage.link.1Mx50k.memory", oursOfTwo.MemorySeconds, "s, tables in memory to clusters", Duck, duckOfTwo.MemorySeconds);
        yield return BenchLine.Less("linkage.link.1Mx50k.csv", oursOfTwo.CsvSeconds, "s, CSV to file of clusters", Duck, duckOfTwo.CsvSeconds);
        yield return BenchLine.More("linkage.link.1Mx50k.f1.pairs", oursOfTwo.F1OfPairs, "F1 of pairs above the threshold", Duck, duckOfTwo.F1OfPairs);

        var middle = PeopleFile.Csv(folder, 5_000_000, Seed);
        var oursOfFive = await Measured.InChildAsync("ours", "2", middle);
        // Each the better of two runs: the first pays for compiling the code and for fresh memory, which is more of a short run than of a long one.
        var twice = await Measured.InChildAsync("ours", "2", small);
        yield return BenchLine.Less("linkage.growth.5M", PerMillionPairs(oursOfFive), "s per million pairs, the better of two runs", "ours at 1 M, the better of two", PerMillionPairs(twice));
        var wholeOfFive = await Measured.InChildAsync("whole", middle);
        yield return BenchLine.Less("linkage.growth.5M.whole", wholeOfFive.CsvSeconds / wholeOfFive.Pairs * 1e6, "s per million pairs, a first run with no settings", "ours at 1 M", whole.CsvSeconds / whole.Pairs * 1e6);
        var duckOfFive = await Measured.InChildAsync("duck", middle);
        foreach (var line in Lines("5M", oursOfFive, duckOfFive)) yield return line;
        if (!isLong) yield break;

        var large = await Measured.InChildAsync("ours", "1", PeopleFile.Csv(folder, 50_000_000, Seed));
        yield return BenchLine.Less("linkage.dedupe.50M.csv", large.CsvSeconds, "s", "no baseline: it does not end on such a machine", large.CsvSeconds);
        yield return BenchLine.Less("linkage.dedupe.50M.peak", large.PeakMiB, "MiB", "limit of the issue: 24 GiB", 24 * 1024);
        yield return BenchLine.More("linkage.dedupe.50M.f1.clusters", large.F1OfClusters, "F1", "ours at 1 M", ours.F1OfClusters);
        yield return BenchLine.Less("linkage.growth.50M", PerMillionPairs(large), "s per million pairs, one run", "ours at 5 M, the better of two", PerMillionPairs(oursOfFive));
    }

    private static IEnumerable<BenchLine> Lines(string size, Measured ours, Measured duck)
    {
        yield return BenchLine.Less($"linkage.dedupe.{size}.memory", ours.MemorySeconds, "s, table in memory to clusters", Duck, duck.MemorySeconds);
        yield return BenchLine.Less($"linkage.dedupe.{size}.memory.cpu", ours.MemoryCpuSeconds, "s of all processors", Duck, duck.MemoryCpuSeconds);
        yield return BenchLine.Less($"linkage.dedupe.{size}.csv", ours.CsvSeconds, "s, CSV to file of clusters", Duck, duck.CsvSeconds);
        yield return BenchLine.Less($"linkage.dedupe.{size}.pairs", PerMillionPairs(ours), $"s per million pairs, of {ours.Pairs:N0}", $"{Duck}, of {duck.Pairs:N0}", PerMillionPairs(duck));
        yield return BenchLine.More($"linkage.dedupe.{size}.rate", PairsPerSecondAndCore(ours), "pairs per second and core", Duck, PairsPerSecondAndCore(duck));
        yield return BenchLine.More($"linkage.dedupe.{size}.f1.pairs", ours.F1OfPairs, "F1 of pairs above the threshold", Duck, duck.F1OfPairs);
        yield return BenchLine.More($"linkage.dedupe.{size}.f1.clusters", ours.F1OfClusters, "F1 of pairs that clusters imply", Duck, duck.F1OfClusters);
    }

    private static double PerMillionPairs(Measured measured) => measured.MemorySeconds / measured.Pairs * 1e6;

    private static double PairsPerSecondAndCore(Measured measured) => Math.Round(measured.Pairs / measured.MemorySeconds / Environment.ProcessorCount);

    /// <summary>Public sets with no settings given.</summary>
    private static IEnumerable<BenchLine> KnownSets()
    {
        foreach (var (file, truth) in ((string, string)[])[("febrl1", @"rec_id=rec-(\d+)-"), ("febrl2", @"rec_id=rec-(\d+)-"), ("febrl3", @"rec_id=rec-(\d+)-"), ("fake_1000", "cluster")])
        {
            var summary = LinkJob.Run(new() { Files = [Path.Combine(AppContext.BaseDirectory, "linkage-sets", $"{file}.csv")], Truth = truth });
            yield return BenchLine.More($"linkage.f1.{file}", summary.PairQuality!.F1, "F1 of pairs, no settings given", "every pair right", 1);
            yield return BenchLine.More($"linkage.f1.{file}.clusters", summary.ClusterQuality!.F1, "F1 by B-cubed, no settings given", "every cluster right", 1);
        }
    }
}
