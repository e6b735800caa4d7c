using System.CommandLine;
using System.Text.Json.Nodes;
using Homeward.Linkage;

namespace Homeward.Cli.Commands;

/// <summary><c>homeward link FILE [FILE2 …]</c>: who is the same as whom in files, without a database.</summary>
internal static class LinkCommand
{
    private const int FilesMax = 16;

    private static readonly Argument<FileInfo[]> _files = new("FILE")
    {
        Description = "CSV or Parquet. One file is deduped, two or more are linked.", Arity = new ArgumentArity(1, FilesMax),
    };
    private static readonly Option<FileInfo?> _settings = new("--settings")
    {
        Description = "JSON of this program or of Splink 3 and 4; without it settings are proposed from the columns and printed.",
    };
    private static readonly Option<DirectoryInfo?> _out = new("--out")
    {
        Description = "Where clusters, pairs with their weights, settings, measures and report go; without it only the summary.",
        Validators = { Common.MayBeFolder },
    };
    private static readonly Option<string?> _truth = new("--truth") { Description = "COLUMN or 'COLUMN=REGEX': who each record is, to measure by." };
    private static readonly Option<string?> _id = new("--id") { Description = "The column that names a record in decisions and reports; never compared." };
    private static readonly Option<FileInfo?> _decisions = new("--decisions")
    {
        Description = "CSV with left, right, judgement (same, not the same, unsure): what people decided; it wins over every score.",
    };
    private static readonly Option<FileInfo?> _labels = new("--labels") { Description = "CSV in the same form: pairs whose answer is known, to learn from." };
    private static readonly Option<bool> _within = new("--within") { Description = "With several files: look for duplicates inside each as well." };
    private static readonly Option<string[]> _exclusive = new("--exclusive")
    {
        Description = "The name of a file that holds each person once at most; may be given again.", AllowMultipleArgumentsPerToken = true,
    };
    private static readonly Option<double?> _threshold = new("--threshold") { Description = "Join pairs from this probability on, 0 to 1." };
    private static readonly Option<int?> _sizeMax = new("--cluster-max")
    {
        Description = "Records of one cluster at most, 2 or more: what would be larger is set aside for a person, in set-aside.csv.",
    };
    private static readonly Option<string?> _form = new("--format") { Description = "csv, parquet or both: the form of clusters and pairs." };
    private static readonly Option<DirectoryInfo?> _since = new("--since") { Description = "The folder of an earlier run: says what changed." };
    private static readonly Option<long?> _pairsMax = new("--allow-pairs") { Description = "Compare up to so many pairs (default 4,000,000,000)." };
    private static readonly Option<string[]> _explain = new("--explain")
    {
        Description = "Two records by their names: prints why they are or are not the same.",
            Arity = new ArgumentArity(2, 2), AllowMultipleArgumentsPerToken = true,
    };
    private static readonly Option<bool> _quality = new("--quality") { Description = "Print all measures: thresholds, blocking, missing values, groups of names." };

    public static Command Build()
    {
        var command = new Command("link", "Link records. Example: homeward link people.csv --truth 'rec_id=rec-(\\d+)-'")
        {
            _files, _settings, _out, _truth, _id, _decisions, _labels, _within, _exclusive, _threshold, _sizeMax, _form, _since,
                _pairsMax, _explain, _quality,
        };
        foreach (var tool in LinkTools.All) command.Add(tool);
        return command.Does(RunAsync);
    }

    private static async Task<int> RunAsync(ParseResult parsed, Answer answer, CancellationToken cancel)
    {
        var files = parsed.GetValue(_files)!;
        if (files.Concat(new[] { parsed.GetValue(_settings), parsed.GetValue(_decisions), parsed.GetValue(_labels) }.OfType<FileInfo>())
            .FirstOrDefault(file => !file.Exists) is { } missing)
            return answer.Refuse(Exit.BadInput, "not-found", $"{missing.FullName} is not there.", "Check the path.");
        try
        {
            var options = new LinkOptions
            {
                Files = [.. files.Select(one => one.FullName)], OutFolder = parsed.GetValue(_out)?.FullName,
                    Truth = parsed.GetValue(_truth),
                Id = parsed.GetValue(_id), DecisionsFile = parsed.GetValue(_decisions)?.FullName,
                    LabelsFile = parsed.GetValue(_labels)?.FullName,
                WithinFiles = parsed.GetValue(_within), ExclusiveSources = parsed.GetValue(_exclusive) ?? [],
                    Threshold = ThresholdOf(parsed), ClusterSizeMax = parsed.GetValue(_sizeMax),
                Forms = FormOf(parsed.GetValue(_form)), Since = parsed.GetValue(_since)?.FullName, Tell = answer.Tell,
                    Measures = parsed.GetValue(_quality),
            };
            if (parsed.GetValue(_pairsMax) is { } pairsMax) options = options with { PairsMax = pairsMax };
            if (parsed.GetValue(_settings) is { } file) options = await LinkTools.WithSettingsAsync(options, file, answer, cancel);
            var explained = parsed.GetValue(_explain) is [var left, var right] ? LinkJob.Explain(options, left, right, cancel) : null;
            if (explained is not null)
            {
                return answer.Say(Exit.Done, new JsonObject
                {
                    ["weight"] = Math.Round(explained.Weight, 3), ["probability"] = explained.Probability, ["summary"] = explained.Summary(),
                }, output => output.Write(explained.ToText()));
            }
            var summary = LinkJob.Run(options, cancel);
            return answer.Say(Exit.Done, JsonNode.Parse(summary.ToJson())!, output =>
            {
                output.WriteLine($"{summary.Records:N0} records, {summary.Clusters:N0} persons, {summary.Seconds:0.0} s, {summary.PeakMiB:N0} MiB");
                if (summary.Report is { } report) output.Write(report.ToText());
                if (summary.Changes is { } changes) output.Write(changes.ToText());
                if (options.OutFolder is { } folder) output.WriteLine($"Report: {Path.Combine(folder, "report.html")}");
            });
        }
        catch (LinkageException fault)
        {
            return LinkTools.Refuse(answer, fault);
        }
    }

    private static double? ThresholdOf(ParseResult parsed) => parsed.GetValue(_threshold) is not { } threshold ? null
        : threshold is >= 0 and <= 1 ? threshold
        : throw new LinkageException([new("--threshold", "is no probability.", "Write 0.9 for nine in ten.")]);

    private static TableForms FormOf(string? form) => form?.ToLowerInvariant() switch
    {
        null or "csv" => TableForms.Csv,
        "parquet" => TableForms.Parquet,
        "both" => TableForms.Csv | TableForms.Parquet,
        _ => throw new LinkageException([new("--format", $"\"{form}\" is not known.", "Write csv, parquet or both.")]),
    };
}
