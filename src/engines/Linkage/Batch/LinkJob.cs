using System.Diagnostics;
using System.Globalization;

namespace Homeward.Linkage;

/// <summary>What a linkage of files is asked to do.</summary>
public sealed record LinkOptions
{
    /// <summary>One file to dedupe, or two or more to link. CSV, or Parquet by its ending.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Null: settings are proposed from the columns and trained.</summary>
    public LinkageSettings? Settings { get; init; }

    /// <summary>Where clusters, weights, settings and report are written; null for the summary only.</summary>
    public string? OutFolder { get; init; }

    /// <summary><c>COLUMN</c> or <c>COLUMN=REGEX</c>: who each record is, to measure the answer by. Never compared.</summary>
    public string? Truth { get; init; }

    /// <summary>With several files: pairs within a file are compared too.</summary>
    public bool WithinFiles { get; init; }

    /// <summary>More pairs than this are refused, with their number: a rule is too wide.</summary>
    public long PairsMax { get; init; } = 4_000_000_000;

    /// <summary>What people decided, by file and row: both counted from 1, the header not.</summary>
    public IReadOnlyList<DecidedRows> Decisions { get; init; } = [];

    /// <summary>A CSV of decisions, read beside <see cref="Decisions"/>: columns left, right, judgement. See <see cref="Id"/>.</summary>
    public string? DecisionsFile { get; init; }

    /// <summary>Pairs whose answer is known, to learn from; unlike decisions they join and part nothing.</summary>
    public IReadOnlyList<DecidedRows> Labels { get; init; } = [];

    /// <summary>A CSV of labels, in the form of <see cref="DecisionsFile"/>.</summary>
    public string? LabelsFile { get; init; }

    /// <summary>
    /// The column that names a record in decisions, labels and reports; never compared. Null: a column called id, where
    /// it is unique in each file, else file and row.
    /// </summary>
    public string? Id { get; init; }

    /// <summary>Files, by name, that hold each person once at most; those of the settings count too.</summary>
    public IReadOnlyList<string> ExclusiveSources { get; init; } = [];

    /// <summary>From this probability on a pair joins; null leaves it to the settings.</summary>
    public double? Threshold { get; init; }

    /// <summary>In which forms clusters and pairs are written.</summary>
    public TableForms Forms { get; init; } = TableForms.Csv;

    /// <summary>The folder of an earlier run: what changed since is written and told.</summary>
    public string? Since { get; init; }

    /// <summary>Takes a line on what goes on; null is silent.</summary>
    public Action<string>? Tell { get; init; }

    /// <summary>Columns that say who a record is, and so must not be compared, with the reason.</summary>
    internal IReadOnlyDictionary<string, string> NeverCompared
    {
        get
        {
            var never = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            if (Id is not null) never[Id] = "names the record";
            if (Truth is not null) never[Linkage.Truth.ColumnOf(Truth)] = "holds the truth";
            return never;
        }
    }
}

/// <summary>The form of a table that is written.</summary>
[Flags]
public enum TableForms { Csv = 1, Parquet = 2 }

/// <summary>A decision about two records of the files.</summary>
public readonly record struct DecidedRows(int LeftFile, int LeftRow, int RightFile, int RightRow, Judgement Judgement);

/// <summary>What came of it. Measures are null without a truth.</summary>
/// <param name="Records">Rows read.</param>
/// <param name="Clusters">Clusters made, single records included.</param>
/// <param name="PairsCompared">Pairs that the blocking rules brought together.</param>
/// <param name="PairQuality">All pairs that the clusters imply; between files only those across.</param>
/// <param name="ClusterQuality">B-cubed.</param>
/// <param name="Seconds">From the first byte read to the last written.</param>
/// <param name="PeakMiB">The most memory that the process has held.</param>
public sealed record LinkSummary(
    int Records, int Clusters, long PairsCompared, Quality? PairQuality, Quality? ClusterQuality, double Seconds, long PeakMiB,
    LinkageSettings Settings)
{
    /// <summary>The line of <c>homeward link --json</c>.</summary>
    public string ToJson() => string.Create(CultureInfo.InvariantCulture,
        $"{{\"records\":{Records},\"pairs\":{Json(PairQuality, $"\"compared\":{PairsCompared}")},")
        + string.Create(CultureInfo.InvariantCulture,
        $"\"clusters\":{Json(ClusterQuality, $"\"count\":{Clusters}")},\"seconds\":{Seconds:0.###},\"peakMiB\":{PeakMiB}}}");

    private static string Json(Quality? quality, string count) => quality is null
        ? $"{{{count},\"precision\":null,\"recall\":null,\"f1\":null}}"
        : string.Create(CultureInfo.InvariantCulture,
            $"{{{count},\"precision\":{quality.Precision:0.######},\"recall\":{quality.Recall:0.######},\"f1\":{quality.F1:0.######}}}");
}

/// <summary>Links or dedupes files: read, propose, train, score, cluster, measure, write.</summary>
public static class LinkJob
{
    /// <exception cref="LinkageException">A file, the settings or the options cannot be used; says how to mend it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; what was written so far is incomplete.</exception>
    public static LinkSummary Run(LinkOptions options, CancellationToken cancel = default)
    {
        var started = Stopwatch.GetTimestamp();
        var tell = options.Tell ?? (static _ => { });
        if (options.Files.Count == 0) throw new LinkageException("Name a file to dedupe, or two to link.");

        var data = new Dataset();
        foreach (var file in options.Files)
        {
            if (file.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase)) ParquetSource.Read(data, file, Path.GetFileName(file), cancel);
            else CsvSource.Read(data, file, Path.GetFileName(file));
        }
        tell($"{data.RowCount:N0} records read from {options.Files.Count} file(s)");
        var truth = options.Truth is null ? null : Truth.Read(data, options.Truth);

        var linked = new Linking(options, data, tell, cancel).Link();
        Func<int, int>? across = data.Sources.Count > 1 ? data.SourceOf : null;
        if (options.OutFolder is { } folder) LinkOutput.Write(folder, data, linked);
        using var process = Process.GetCurrentProcess();
        return new(
            data.RowCount, linked.ClusterCount, linked.PairsCompared,
            truth?.OfPairs(linked.Clusters, across), truth?.OfClusters(linked.Clusters),
            Stopwatch.GetElapsedTime(started).TotalSeconds, process.PeakWorkingSet64 >> 20, linked.Settings);
    }
}
