using System.CommandLine;
using Homeward.Foundations.Places;
using Homeward.Scenario.World;

namespace Homeward.Cli.Commands;

/// <summary><c>homeward scenario FILE --out DIR</c>: an invented world as files, the truth beside them.</summary>
internal static class ScenarioCommand
{
    private static readonly Argument<FileInfo> _file = new("FILE") { Description = "The initiative file." };
    private static readonly Option<DirectoryInfo> _out = new("--out") { Description = "Where raw/, truth/ and manifest.json go.", Required = true, Validators = { Common.MayBeFolder } };
    private static readonly Option<long> _seed = new("--seed") { Description = "The same seed gives the same world.", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> _scale = new("--scale") { Description = "How much comes in beside what matters.", DefaultValueFactory = _ => 1 };

    public static Command Build() => new Command("scenario", "Write an invented world. Example: homeward scenario initiative.json --out world")
        { _file, _out, _seed, _scale }.Does(async (parsed, answer, cancel) =>
        {
            var document = await File.ReadAllBytesAsync(parsed.GetValue(_file)!.FullName, cancel);
            if (parsed.GetValue(_scale) < 1) return answer.Refuse(Exit.BadInput, "scale", "--scale is 1 or more.");
            var faults = WorldSession.Begin(document, parsed.GetValue(_seed), parsed.GetValue(_scale), Gazetteer.Default, out var session);
            if (session is null)
                return answer.Refuse(Exit.BadInput, "initiative-faults", "The initiative file has faults; nothing was written.",
                    "Correct them all, then try again.", [.. faults.Select(fault => fault.ToString())]);
            var folder = parsed.GetValue(_out)!.FullName;
            var sent = await WorldFiles.WriteAsync(session, folder, cancel);
            return answer.Say(Exit.Done, new { written = folder, sent }, output => output.WriteLine($"Written: {folder} ({sent} things that outsiders send)"));
        });
}
