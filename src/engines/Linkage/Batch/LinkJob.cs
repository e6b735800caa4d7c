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

    /// <summary>See <see cref="LinkageSettings.ClusterSizeMax"/>; null leaves it to the settings.</summary>
    public int? ClusterSizeMax { get; init; }

    /// <summary>From this probability on a pair joins; null leaves it to the settings.</summary>
    public double? Threshold { get; init; }

    /// <summary>True measures everything even where nothing is written.</summary>
    public bool Measures { get; init; }

    /// <summary>In which forms clusters and pairs are written.</summary>
    public TableForms Forms { get; init; } = TableForms.Csv;

    /// <summary>The folder of an earlier run: what changed since is written and told.</summary>
    public string? Since { get; init; }

    /// <summary>Takes a line on what goes on; null is silent.</summary>
    public Action<string>? Tell { get; init; }

    /// <summary>True when pairs are looked at again after they are linked.</summary>
    internal bool IsMeasured => OutFolder is not null || Since is not null || Measures;

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
    /// <summary>All measures; null when neither a folder nor <see cref="LinkOptions.Measures"/> was asked for.</summary>
    public QualityReport? Report { get; init; }

    /// <summary>What changed since <see cref="LinkOptions.Since"/>; null without it.</summary>
    public RunChanges? Changes { get; init; }

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

        // The earlier run is read first: the folder may be the one that is written.
        var before = options.Since is { } since ? RunFolder.Read(since, cancel) : null;
        var data = ReadFiles(options, cancel);
        tell($"{data.RowCount:N0} records read from {options.Files.Count} file(s)");
        var truth = options.Truth is null ? null : Truth.Read(data, options.Truth);
        var names = RecordNames.Of(data, options.Id, tell);
        options = options with
        {
            Decisions = [.. options.Decisions, .. ReadDecisions(options.DecisionsFile, data, names, tell)],
            Labels = [.. options.Labels, .. ReadDecisions(options.LabelsFile, data, names, tell)],
        };

        var linked = new Linking(options, data, tell, cancel).Link();
        foreach (var (pair, _, _, _, reason) in linked.WeakBridges.Where(bridge => double.IsPositiveInfinity(bridge.Pair.Weight)))
            tell($"decisions contradict one another: {names[pair.Left]} and {names[pair.Right]} were decided the same, but {reason}");
        Func<int, int>? across = data.Sources.Count > 1 ? data.SourceOf : null;
        QualityReport? report = null;
        RunChanges? changes = null;
        if (options.IsMeasured)
        {
            report = Measuring.Of(data, linked, truth);
            if (before is not null) changes = RunChanges.Of(before, Now(data, linked, names, report));
            if (options.OutFolder is not null) LinkOutput.Write(options, data, linked, names, report, changes);
        }
        using var process = Process.GetCurrentProcess();
        return new(
            data.RowCount, linked.ClusterCount, linked.PairsCompared,
            report?.Pairs ?? truth?.OfPairs(linked.Clusters, across), report?.Clusters ?? truth?.OfClusters(linked.Clusters),
            Stopwatch.GetElapsedTime(started).TotalSeconds, process.PeakWorkingSet64 >> 20, linked.Settings)
        {
            Report = report, Changes = changes,
        };
    }

    /// <summary>Counts the pairs of each blocking rule, and what the rules lose where the truth is known; compares nothing.</summary>
    /// <exception cref="LinkageException">A file, the settings or the options cannot be used.</exception>
    public static BlockingAnalysis WeighBlocking(LinkOptions options, CancellationToken cancel = default)
    {
        var data = ReadFiles(options, cancel);
        var truth = options.Truth is null ? null : Truth.Read(data, options.Truth);
        return new Linking(options, data, options.Tell ?? (static _ => { }), cancel).WeighBlocking(truth);
    }

    /// <summary>Says why two records are, or are not, of one person; they are named as the reports name them.</summary>
    /// <remarks>With settings that are trained no other record is compared; else the whole linkage runs to learn them.</remarks>
    /// <exception cref="LinkageException">There is no such record, or the input cannot be used.</exception>
    public static Explanation Explain(LinkOptions options, string left, string right, CancellationToken cancel = default)
    {
        var tell = options.Tell ?? (static _ => { });
        var data = ReadFiles(options, cancel);
        var names = RecordNames.Of(data, options.Id, tell);
        var faults = ((string[])[left, right]).Where(name => names.Find(name) < 0)
            .Select(name => new LinkageFault("--explain", $"no record \"{name}\".", data.RowCount > 0 ? $"Records are named as \"{names[0]}\"." : "There are none.")).ToList();
        if (faults.Count > 0) throw new LinkageException(faults);
        var settings = options.Settings is { Trained: true } trained ? trained : new Linking(options, data, tell, cancel).Link().Settings;
        var rows = new RowTable(data, settings);
        return new Scorer(settings).Explain(rows[names.Find(left)], rows[names.Find(right)]);
    }

    internal static Dataset ReadFiles(LinkOptions options, CancellationToken cancel)
    {
        var data = new Dataset();
        var named = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in options.Files)
        {
            // Two files of one name in two folders: the folder tells them apart.
            if (!named.Add(Path.GetFullPath(file))) throw new LinkageException([new(file, "is named twice.", "Name it once to dedupe it.")]);
            var name = Path.GetFileName(file);
            if (data.Sources.Any(source => source.Name == name)) name = file;
            if (file.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase)) ParquetSource.Read(data, file, name, cancel);
            else CsvSource.Read(data, file, name);
        }
        return data;
    }

    private static IReadOnlyList<DecidedRows> ReadDecisions(string? path, Dataset data, RecordNames names, Action<string> tell)
    {
        if (path is null) return [];
        var (decisions, gone) = DecisionFile.Read(path, data, names);
        tell($"{decisions.Count:N0} pairs read from {Path.GetFileName(path)}" + (gone > 0 ? $"; {gone:N0} speak of records that are not there" : ""));
        return decisions;
    }

    private static RunFolder Now(Dataset data, Linked linked, RecordNames names, QualityReport report)
    {
        var clusterOf = new Dictionary<string, int>(data.RowCount, StringComparer.Ordinal);
        for (var row = 0; row < data.RowCount; row++) clusterOf[names[row]] = linked.Clusters[row] + 1;
        return new(clusterOf, linked.Settings, report.Pairs, report.Clusters);
    }
}
