using System.Diagnostics;
using System.Text.Json;

namespace Homeward.Bench;

/// <summary>What one side of a benchmark came to, in a process of its own, so that its peak of memory is its own.</summary>
/// <param name="MemorySeconds">From a table in memory to clusters.</param>
/// <param name="CsvSeconds">From a CSV file to a file of clusters; 0 where that was not run.</param>
/// <param name="MemoryCpuSeconds">What all processors spent on the first: on a busy machine it says more than the clock.</param>
internal sealed record Measured(
    double MemorySeconds, double CsvSeconds, double MemoryCpuSeconds, long Pairs, double F1OfPairs, double F1OfClusters, long PeakMiB)
{
    /// <summary>Runs a side in a child process and takes its line.</summary>
    public static async Task<Measured> InChildAsync(params string[] words)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(typeof(Measured).Assembly.Location);
        start.ArgumentList.Add("child");
        foreach (var word in words) start.ArgumentList.Add(word);
        // As ./homeward sets it for link.
        if (words[0] == "whole") (start.Environment["DOTNET_TC_CallCountingDelayMs"], start.Environment["DOTNET_TieredPGO"]) = ("0", "0");
        using var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"child {string.Join(' ', words)} ended with {process.ExitCode}");
        return JsonSerializer.Deserialize<Measured>(line)!;
    }

    /// <summary>The child's side: does what the words say and prints one line.</summary>
    public static int Child(string[] words)
    {
        var measured = words[0] switch
        {
            "ours" => Ours.Run(int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture), words[2..]),
            "whole" => Ours.RunWhole(words[1]),
            "duck" => Baseline(words[1..]),
            var unknown => throw new ArgumentException(unknown),
        };
        Console.WriteLine(JsonSerializer.Serialize(measured));
        return 0;
    }

    private static Measured Baseline(string[] files)
    {
        var truth = PeopleFile.Truth(files);
        var split = files.Length == 1 ? 0 : PeopleFile.Truth(files[0]).Length;
        using var duck = new DuckBaseline();
        var watch = new Meter();
        duck.Load(files);
        var (loading, _) = watch.Lap();
        var pairs = duck.Link(LinkageTask.Rules(truth.Length), LinkageTask.Threshold, split);
        var (linking, cpu) = watch.Lap();
        var folder = Directory.CreateTempSubdirectory("homeward-bench-");
        duck.WriteClusters(Path.Combine(folder.FullName, "clusters.csv"));
        var (writing, _) = watch.Lap();
        var peak = Meter.PeakMiB;
        folder.Delete(recursive: true);
        return new(linking, loading + linking + writing, cpu, pairs,
            Answers.OfPairs(duck.Matches(), truth, split).F1, Answers.OfClusters(duck.Clusters(), truth).F1, peak);
    }
}

/// <summary>Clock and processor time, from lap to lap.</summary>
internal sealed class Meter
{
    private long _started = Stopwatch.GetTimestamp();
    private TimeSpan _cpu = Environment.CpuUsage.TotalTime;

    public static long PeakMiB
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64 >> 20;
        }
    }

    public (double Seconds, double CpuSeconds) Lap()
    {
        var lap = (Stopwatch.GetElapsedTime(_started).TotalSeconds, (Environment.CpuUsage.TotalTime - _cpu).TotalSeconds);
        (_started, _cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        return lap;
    }
}
