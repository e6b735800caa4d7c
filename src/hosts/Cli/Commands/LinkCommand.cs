using System.CommandLine;
using System.Text.Json.Nodes;
using Homeward.Linkage;

namespace Homeward.Cli.Commands;

/// <summary><c>homeward link FILE [FILE2]</c>: who is the same as whom in files, without a database.</summary>
internal static class LinkCommand
{
    private static readonly Argument<FileInfo[]> _files = new("FILE")
    {
        Description = "CSV or Parquet. One file is deduped, two are linked.", Arity = new ArgumentArity(1, 2),
    };
    private static readonly Option<FileInfo?> _settings = new("--settings") { Description = "JSON; without it settings are proposed from the columns." };
    private static readonly Option<DirectoryInfo?> _out = new("--out") { Description = "Where clusters and weights go; without it only the summary." };
    private static readonly Option<string?> _truth = new("--truth") { Description = "COLUMN or 'COLUMN=REGEX': who each record is, to measure by." };

    public static Command Build() => new Command("link", "Link records. Example: homeward link people.csv --truth 'rec_id=rec-(\\d+)-'")
        { _files, _settings, _out, _truth }.Does(async (parsed, answer, cancel) =>
        {
            var files = parsed.GetValue(_files)!;
            if (files.FirstOrDefault(file => !file.Exists) is { } missing)
                return answer.Refuse(Exit.BadInput, "not-found", $"{missing.FullName} is not there.", "Check the path.");
            try
            {
                var settings = parsed.GetValue(_settings) is { } file ? LinkageSettings.FromJson(await File.ReadAllTextAsync(file.FullName, cancel)) : null;
                var summary = LinkJob.Run(new LinkOptions
                {
                    Files = [.. files.Select(one => one.FullName)], Settings = settings, OutFolder = parsed.GetValue(_out)?.FullName,
                    Truth = parsed.GetValue(_truth), Tell = answer.Tell,
                }, cancel);
                return answer.Say(Exit.Done, JsonNode.Parse(summary.ToJson())!, output =>
                    output.WriteLine($"{summary.Records:N0} records, {summary.Clusters:N0} persons, {summary.Seconds:0.0} s, {summary.PeakMiB:N0} MiB"));
            }
            catch (LinkageException fault)
            {
                return answer.Refuse(Exit.BadInput, "link-refused", fault.Message);
            }
        });
}
