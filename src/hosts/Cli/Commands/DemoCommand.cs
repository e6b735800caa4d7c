using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Homeward.Exchange;
using Homeward.Exchange.Initiatives;
using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Places;
using Homeward.Foundations.Sealing;
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
    private static readonly Option<string> _urls = Common.Urls();
    private static readonly Option<DirectoryInfo?> _record = new("--record") { Description = "Write all that outsiders sent in the run.", Validators = { Common.MayBeFolder } };
    private static readonly Option<DirectoryInfo?> _raw = new("--raw") { Description = "Run from a recorded folder, without world and truth." };
    private static readonly Option<string?> _close = new("--close") { Description = "A stage that refuses everything, to see that nothing of it appears.", Hidden = true };

    public static Command Build() => new Command("demo", "Run a whole initiative. Example: ./homeward demo")
        { _exit, _initiative, _seed, _scale, _keep, _urls, _record, _raw, _close }.Does(RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, Answer answer, CancellationToken cancel)
    {
        if (BehindProxy.Misread() is { } misread) return answer.Refuse(misread);
        var raw = parsed.GetValue(_raw);
        if (parsed.GetValue(_scale) < 1) return answer.Refuse(Exit.BadInput, "scale", "--scale is 1 or more.");
        if (raw is not null && (parsed.GetValue(_initiative) ?? (object?)parsed.GetValue(_record)) is not null)
            return answer.Refuse(Exit.BadInput, "raw-alone", "--raw runs from what is in the folder.", "Leave out --initiative and --record.");
        if (!(await ReadInitiativeAsync(parsed.GetValue(_initiative), raw, cancel)).TryGet(out var document, out var unread)) return answer.Refuse(unread);
        var faults = InitiativeFile.Read(document, new OfficeNames(Gazetteer.Default), out var plan);
        if (plan is null)
            return answer.Refuse(Exit.BadInput, "initiative-faults", "The initiative file has faults; nothing was run.",
                "Correct them all, then try again.", [.. faults.Select(fault => fault.ToString())]);

        var database = parsed.GetValue(Common.Database) ?? $".homeward/{Slug(plan.Name)}.db";
        var journalPath = DatabaseTarget.Parse(database) is { IsSqlite: true } file ? Path.ChangeExtension(file.Shown, ".journal") : $".homeward/{Slug(plan.Name)}.journal";
        var keep = parsed.GetValue(_keep);
        var head = new Journal.Head(parsed.GetValue(_seed), parsed.GetValue(_scale), Convert.ToHexString(SHA256.HashData(document)));
        if (keep && Journal.HeadOf(journalPath) is { } begun)
        {
            if (begun.Document != head.Document)
                return answer.Refuse(Exit.BadInput, "another-initiative", "The run that is kept there is of another version of this initiative's file.",
                    "Start without --keep, or give the file as it was.");
            head = begun;
        }
        var options = House.Options(database, head.Seed, exercise: true, demo: true) with { OutlivesPowerCut = false, AdoptsKeys = true };
        if (await DemoDatabase.PrepareAsync(options, keep, cancel) is { } refused) return answer.Refuse(refused);

        // The outside is a process of its own, and comes up while the house does; a run that may be over already may not need it.
        await using var early = keep ? null : await OutsideAsync(parsed, document, head, cancel);
        var exit = parsed.GetValue(_exit);
        // With --exit no port is opened: the house stands all the same, it only does not listen.
        var urls = parsed.GetValue(_urls)!;
        await using var app = HomewardWeb.Build(options, Line.Stages, urls, LogLevel.Warning);
        var prepared = await app.Services.GetRequiredService<Database>().PrepareAsync(cancel);
        if (!prepared.TryGet(out _, out var problem)) return answer.Refuse(problem);
        var run = await DemoDatabase.RunAsync(app.Services, cancel);
        if (keep && run == DemoDatabase.Run.Begun && Journal.HeadOf(journalPath) is null)
            return answer.Refuse(Exit.BadInput, "nothing-to-go-on-with", $"The run in {options.Database.Shown} was interrupted, and its journal {journalPath} is gone.",
                "Start without --keep: the run begins anew.");
        await DemoDatabase.MarkAsync(app.Services, run == DemoDatabase.Run.None ? DemoDatabase.Run.Begun : run, cancel);
        if (parsed.GetValue(_close) is { } closed) app.Services.GetRequiredService<StageSwitch>().Close(closed);
        await using var journal = OpenJournal(app.Services, journalPath, head, goesOn: run != DemoDatabase.Run.None);
        if (!exit)
        {
            try
            {
                await app.StartAsync(cancel);
            }
            catch (Exception fault) when (HomewardWeb.IsPortInUse(fault))
            {
                // What began beside the port ends before its house does.
                await app.StopAsync(CancellationToken.None);
                return answer.Refuse(Exit.Fault, "port-in-use", $"Somebody else listens at {urls}.", "Choose another with --urls http://127.0.0.1:PORT");
            }
            answer.Tell($"Homeward serves at {string.Join(", ", app.Urls)}: sign in as national and open the board.");
        }

        JsonObject? line;
        if (run == DemoDatabase.Run.Done)
        {
            answer.Tell("This initiative has run its course in that database: this is what it came to, and its pages as they are.");
            line = await DemoDatabase.LineAsync(app.Services, cancel);
            if (journal.IsReplaying) app.Services.GetRequiredService<HouseClock>().GoOn();
        }
        else
        {
            if (journal.IsReplaying) answer.Tell("Going on where the last run stopped.");
            await using var late = early is null ? await OutsideAsync(parsed, document, head, cancel) : null;
            var ran = await new InitiativeRun(app.Services, plan, document, head.Seed, answer.Tell, journal).RunAsync(early ?? late!, cancel);
            if (!ran.TryGet(out line, out var stopped)) return answer.Refuse(stopped);
            await DemoDatabase.FinishAsync(app.Services, line, cancel);
        }
        var differences = Expectations.Differences(plan, line);
        foreach (var difference in differences) answer.Tell("differs from its file: " + difference);
        var code = answer.Say(differences.Count == 0 ? Exit.Done : Exit.No, line, output => TallyCommand.Print(output, line, byOffice: true));
        if (exit) return code;
        answer.Tell("The run is over; the pages stay until Ctrl-C.");
        var ended = new TaskCompletionSource();
        await using var registration = cancel.Register(ended.SetResult);
        await ended.Task;
        await app.StopAsync(CancellationToken.None);
        return Exit.Interrupted;
    }

    private static Journal OpenJournal(IServiceProvider house, string path, Journal.Head head, bool goesOn)
    {
        var (envelope, ids, clock) = (house.GetRequiredService<Envelope>(), house.GetRequiredService<IIdSource>(), house.GetRequiredService<HouseClock>());
        return goesOn && Journal.HeadOf(path) is not null ? Journal.Continue(path, envelope, ids, clock) : Journal.Begin(path, head, envelope, ids, clock);
    }

    private static async Task<Result<byte[]>> ReadInitiativeAsync(FileInfo? file, DirectoryInfo? raw, CancellationToken cancel)
    {
        // The mark goes here, once: the run, its journal and the world are given the file without it.
        if (file is not null) return InitiativeFile.WithoutMark(await File.ReadAllBytesAsync(file.FullName, cancel)).ToArray();
        if (raw is not null)
        {
            var path = Path.Combine(raw.FullName, RawFolder.Manifest);
            return Initiative(await File.ReadAllBytesAsync(path, cancel)) is { } initiative ? initiative
                : Problem.Invalid("manifest-unreadable", $"{path} is no manifest: it is cut or changed, or names no initiative.", "Name a folder that demo --record or scenario wrote, as it was written.");
        }
        await using var stream = typeof(WorldSession).Assembly.GetManifestResourceStream(DefaultInitiative);
        Ensure.That(stream is not null);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, cancel);
        return copy.ToArray();
    }

    /// <returns>Null where the manifest names none.</returns>
    private static byte[]? Initiative(byte[] manifest)
    {
        try
        {
            using var read = JsonDocument.Parse(manifest);
            return read.RootElement.ValueKind == JsonValueKind.Object && read.RootElement.TryGetProperty("initiative", out var initiative) && initiative.ValueKind == JsonValueKind.Object
                ? System.Text.Encoding.UTF8.GetBytes(JsonObject.Create(initiative)!.ToJsonString()) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<IOutside> OutsideAsync(ParseResult parsed, byte[] document, Journal.Head head, CancellationToken cancel)
    {
        if (parsed.GetValue(_raw) is { } raw) return await RecordedWorld.OpenAsync(raw.FullName, cancel);
        var world = Scenario.Outside.WorldProcess.Start(
            ["dotnet", Path.Combine(AppContext.BaseDirectory, "homeward.dll"), "world"], JsonNode.Parse(document)!, head.Seed, head.Scale);
        return parsed.GetValue(_record) is { } record ? new Recording(world, record.FullName) : world;
    }

    private static string Slug(string name)
    {
        var slug = Names.Fold(name).Replace(' ', '-');
        return slug.Length == 0 ? "initiative" : slug[..Math.Min(slug.Length, 60)];
    }
}
