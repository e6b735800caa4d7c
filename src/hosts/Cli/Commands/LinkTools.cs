using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Homeward.Linkage;

namespace Homeward.Cli.Commands;

/// <summary>What stands beside a linkage: converting Splink's settings, comparing runs, weighing blocking rules, the schema.</summary>
internal static class LinkTools
{
    public static IReadOnlyList<Command> All => [Convert(), Compare(), Blocking(), Schema()];

    /// <summary>All faults of a linkage, one by one.</summary>
    public static int Refuse(Answer answer, LinkageException fault) => fault.Faults.Count == 0
        ? answer.Refuse(Exit.BadInput, "link-refused", fault.Message)
        : answer.Refuse(Exit.BadInput, "link-refused", fault.Faults.Count == 1 ? "One thing is wrong."
            : $"{fault.Faults.Count} things are wrong.",
            faults: [.. fault.Faults.Select(one => one.ToString())]);

    /// <summary>Settings of this program, or of Splink with a word on what could not be taken.</summary>
    public static async Task<LinkOptions> WithSettingsAsync(LinkOptions options, FileInfo file, Answer answer, CancellationToken cancel)
    {
        var text = await File.ReadAllTextAsync(file.FullName, cancel);
        if (!SplinkSettings.Recognise(text)) return options with { Settings = LinkageSettings.FromJson(text) };
        var conversion = SplinkSettings.Read(text);
        answer.Tell($"{file.Name} is a settings file of Splink"
            + (conversion.NotTaken.Count == 0 ? "; all of it was taken" : "; of it was not taken as it stands:"));
        foreach (var fault in conversion.NotTaken) answer.Tell($"  {fault}");
        return options with { Settings = conversion.Settings, WithinFiles = options.WithinFiles || conversion.WithinFiles };
    }

    private static Command Convert()
    {
        var file = new Argument<FileInfo>("SPLINK.JSON") { Description = "Settings that Splink 3 or 4 has saved." };
        var to = new Option<FileInfo?>("--out") { Description = "Where the settings go; without it they are printed." };
        return new Command("convert",
            "Turn settings of Splink into settings of this program. Example: homeward link convert model.json --out settings.json")
            { file, to }.Does(async (parsed, answer, cancel) =>
            {
                try
                {
                    var conversion = SplinkSettings.Read(await File.ReadAllTextAsync(parsed.GetValue(file)!.FullName, cancel));
                    if (parsed.GetValue(to) is { } target) await File.WriteAllTextAsync(target.FullName,
                        conversion.Settings.ToJson(), cancel);
                    return answer.Say(Exit.Done, new JsonObject
                    {
                        ["settings"] = JsonNode.Parse(conversion.Settings.ToJson()), ["trained"] = conversion.Settings.Trained,
                        ["withinFiles"] = conversion.WithinFiles, ["id"] = conversion.IdColumn,
                        ["notTaken"] = new JsonArray([.. conversion.NotTaken.Select(fault => (JsonNode)new JsonObject { ["where"] = fault.Where, ["what"] = fault.What, ["mend"] = fault.Mend })]),
                    }, output =>
                    {
                        if (parsed.GetValue(to) is null) output.WriteLine(conversion.Settings.ToJson());
                        foreach (var fault in conversion.NotTaken) answer.Tell(fault.ToString());
                        answer.Tell($"{conversion.Settings.Comparisons.Count} comparisons and {conversion.Settings.Blocking.Count} blocking rules taken, {conversion.NotTaken.Count} remarks");
                    });
                }
                catch (LinkageException fault)
                {
                    return Refuse(answer, fault);
                }
            });
    }

    private static Command Compare()
    {
        var before = new Argument<DirectoryInfo>("BEFORE") { Description = "The folder that the earlier run wrote." };
        var after = new Argument<DirectoryInfo>("AFTER") { Description = "The folder that the later run wrote." };
        var to = new Option<FileInfo?>("--out") { Description = "A page (.html) with the same." };
        return new Command("compare", "Say what changed between two runs. Example: homeward link compare monday tuesday --out changes.html")
            { before, after, to }.Does(async (parsed, answer, cancel) =>
            {
                try
                {
                    var changes = RunChanges.Between(parsed.GetValue(before)!.FullName, parsed.GetValue(after)!.FullName, cancel);
                    if (parsed.GetValue(to) is { } target) await File.WriteAllTextAsync(target.FullName, changes.ToHtml(), cancel);
                    return answer.Say(Exit.Done, JsonNode.Parse(changes.ToJson())!, output => output.Write(changes.ToText()));
                }
                catch (LinkageException fault)
                {
                    return Refuse(answer, fault);
                }
            });
    }

    private static Command Blocking()
    {
        var files = new Argument<FileInfo[]>("FILE") { Description = "The files that would be linked.", Arity = new ArgumentArity(1, 16) };
        var settings = new Option<FileInfo?>("--settings") { Description = "Settings whose rules are weighed; without it the proposed ones." };
        var truth = new Option<string?>("--truth") { Description = "COLUMN or 'COLUMN=REGEX': then also what each rule finds, and what all together lose." };
        return new Command("blocking",
            "Count the pairs of each blocking rule before any is compared. Example: homeward link blocking people.csv")
            { files, settings, truth }.Does(async (parsed, answer, cancel) =>
            {
                try
                {
                    var options = new LinkOptions { Files = [.. parsed.GetValue(files)!.Select(one => one.FullName)],
                        Truth = parsed.GetValue(truth) };
                    if (parsed.GetValue(settings) is { } file) options = await WithSettingsAsync(options, file, answer, cancel);
                    var analysis = LinkJob.WeighBlocking(options, cancel);
                    return answer.Say(Exit.Done, JsonNode.Parse(analysis.ToJson())!, output => output.Write(analysis.ToText()));
                }
                catch (LinkageException fault)
                {
                    return Refuse(answer, fault);
                }
            });
    }

    private static Command Schema() => new Command("schema", "Print the JSON schema of a settings file, for an editor.")
        .Does((_, answer, _) =>
        Task.FromResult(answer.Say(Exit.Done, JsonNode.Parse(LinkageSettings.JsonSchema)!,
            output => output.WriteLine(LinkageSettings.JsonSchema))));
}
