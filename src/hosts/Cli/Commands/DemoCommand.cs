using System.CommandLine;
using System.Text.Json.Nodes;
using Homeward.Exchange;
using Homeward.Exchange.Initiatives;
using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Places;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Homeward.Scenario.Cast;
using Homeward.Scenario.Outside;
using Homeward.Scenario.World;
using Homeward.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Homeward.Cli.Commands;

/// <summary><c>homeward demo</c>: invents an initiative, takes its raw inputs through the house, prints the tally and the score.</summary>
internal static class DemoCommand
{
    private const string DefaultInitiative = "Initiatives/operation-independence-day.json";
    private static readonly Option<bool> _exit = new("--exit") { Description = "Open no port; end after the run." };
    private static readonly Option<FileInfo?> _initiative = new("--initiative") { Description = "An initiative file; Operation Independence Day by default." };
    private static readonly Option<long> _seed = new("--seed") { Description = "The same seed gives the same world.", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> _scale = new("--scale") { Description = "How much comes in beside what matters.", DefaultValueFactory = _ => 1 };
    private static readonly Option<bool> _keep = new("--keep") { Description = "Go on with the database of the last run." };
    private static readonly Option<string> _urls = new("--urls") { Description = "Where to listen.", DefaultValueFactory = _ => ServeCommand.DefaultUrls };
    private static readonly Option<DirectoryInfo?> _record = new("--record") { Description = "Write all that outsiders sent in the run." };
    private static readonly Option<DirectoryInfo?> _raw = new("--raw") { Description = "Run from a recorded folder, without world and truth." };
    private static readonly Option<string?> _close = new("--close") { Description = "A stage that refuses everything, to see that nothing of it appears.", Hidden = true };

    public static Command Build() => new Command("demo", "Run a whole initiative. Example: ./homeward demo")
        { _exit, _initiative, _seed, _scale, _keep, _urls, _record, _raw, _close }.Does(RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, Answer answer, CancellationToken cancel)
    {
        var raw = parsed.GetValue(_raw);
        if (parsed.GetValue(_scale) < 1) return answer.Refuse(Exit.BadInput, "scale", "--scale is 1 or more.");
        if (raw is not null && (parsed.GetValue(_initiative) ?? (object?)parsed.GetValue(_record)) is not null)
            return answer.Refuse(Exit.BadInput, "raw-alone", "--raw runs from what is in the folder.", "Leave out --initiative and --record.");
        var document = await ReadInitiativeAsync(parsed.GetValue(_initiative), raw, cancel);
        var faults = InitiativeFile.Read(document, new OfficeNames(Gazetteer.Default), out var plan);
        if (plan is null)
            return answer.Refuse(Exit.BadInput, "initiative-faults", "The initiative file has faults; nothing was run.",
                "Correct them all, then try again.", [.. faults.Select(fault => fault.ToString())]);

        var options = House.Options(parsed.GetValue(Common.Database) ?? $".homeward/{Slug(plan.Name)}.db", parsed.GetValue(_seed), exercise: true, demo: true)
            with { OutlivesPowerCut = false };
        var keep = parsed.GetValue(_keep);
        if (await DemoDatabase.PrepareAsync(options, keep, cancel) is { } refused) return answer.Refuse(refused);

        var exit = parsed.GetValue(_exit);
        // With --exit no port is opened: the house stands all the same, it only does not listen.
        var urls = parsed.GetValue(_urls)!;
        await using var app = HomewardWeb.Build(options, Line.Stages, urls, LogLevel.Warning);
        var prepared = await app.Services.GetRequiredService<Database>().PrepareAsync(cancel);
        if (!prepared.TryGet(out _, out var problem)) return answer.Refuse(problem);
        await DemoDatabase.MarkAsync(app.Services, cancel);
        if (parsed.GetValue(_close) is { } closed) app.Services.GetRequiredService<StageSwitch>().Close(closed);
        if (!exit)
        {
            try
            {
                await app.StartAsync(cancel);
            }
            catch (Exception fault) when (HomewardWeb.IsPortInUse(fault))
            {
                return answer.Refuse(Exit.Fault, "port-in-use", $"Somebody else listens at {urls}.", "Choose another with --urls http://127.0.0.1:PORT");
            }
            answer.Tell($"Homeward serves at {string.Join(", ", app.Urls)}: sign in as national and open the board.");
        }

        var code = Exit.Done;
        if (keep && await DemoDatabase.IsDoneAsync(app.Services, plan.Name, cancel))
            answer.Tell("This initiative has run its course in that database; its pages are served as they are.");
        else
        {
            await using var outside = await OutsideAsync(parsed, document, cancel);
            var ran = await new InitiativeRun(app.Services, plan, document, parsed.GetValue(_seed), answer.Tell).RunAsync(outside, cancel);
            if (!ran.TryGet(out var result, out var stopped)) return answer.Refuse(stopped);
            var differences = Expectations.Differences(plan, result);
            foreach (var difference in differences) answer.Tell("differs from its file: " + difference);
            code = answer.Say(differences.Count == 0 ? Exit.Done : Exit.No, result, output => TallyCommand.Print(output, result, byOffice: true));
        }
        if (exit) return code;
        answer.Tell("The run is over; the pages stay until Ctrl-C.");
        var ended = new TaskCompletionSource();
        await using var registration = cancel.Register(ended.SetResult);
        await ended.Task;
        await app.StopAsync(CancellationToken.None);
        return Exit.Interrupted;
    }

    private static async Task<byte[]> ReadInitiativeAsync(FileInfo? file, DirectoryInfo? raw, CancellationToken cancel)
    {
        if (file is not null) return await File.ReadAllBytesAsync(file.FullName, cancel);
        if (raw is not null)
        {
            var manifest = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(raw.FullName, RawFolder.Manifest), cancel));
            return System.Text.Encoding.UTF8.GetBytes(manifest?["initiative"]?.ToJsonString() ?? "{}");
        }
        await using var stream = typeof(WorldSession).Assembly.GetManifestResourceStream(DefaultInitiative);
        Ensure.That(stream is not null);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, cancel);
        return copy.ToArray();
    }

    private static async Task<IOutside> OutsideAsync(ParseResult parsed, byte[] document, CancellationToken cancel)
    {
        if (parsed.GetValue(_raw) is { } raw) return await RecordedWorld.OpenAsync(raw.FullName, cancel);
        var world = Scenario.Outside.WorldProcess.Start(
            ["dotnet", Path.Combine(AppContext.BaseDirectory, "homeward.dll"), "world"], JsonNode.Parse(document)!, parsed.GetValue(_seed), parsed.GetValue(_scale));
        return parsed.GetValue(_record) is { } record ? new Recording(world, record.FullName) : world;
    }

    private static string Slug(string name)
    {
        var slug = Names.Fold(name).Replace(' ', '-');
        return slug.Length == 0 ? "initiative" : slug[..Math.Min(slug.Length, 60)];
    }
}
