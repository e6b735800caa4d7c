using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Homeward.Cli.Importing;
using Homeward.Exchange;
using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Scenario.Cast;
using Homeward.Scenario.World;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Cli.Commands;

/// <summary><c>homeward import reports / missing / tips / referrals / agencies / outcomes PATH...</c> and <c>import DIR</c>: bulk, resumable, idempotent.</summary>
/// <remarks>What was taken before is a repeat and changes nothing; so a stopped import is simply started again.</remarks>
internal static class ImportCommand
{
    private const int BatchMax = 1000, AlertsAtOnce = 50;
    private static readonly Argument<string[]> _what = new("WHAT")
    {
        Description = "reports, missing, tips, referrals, agencies or outcomes, then files or folders (missing: JSON lines or CSV, and AMBER alerts in CAP 1.2 XML; outcomes: the offices' files children, adults, arrests, investigations, courts); or one folder with a manifest.", Arity = ArgumentArity.OneOrMore,
    };
    private static readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Read everything and say what would be rejected and why; store nothing.",
    };
    private static readonly Option<string?> _rejects = new("--rejects")
    {
        Description = "Where to write, a line each, what was rejected and why. Default: rejects.jsonl beside the first path; written only if there is any.",
    };
    private static readonly Option<string?> _map = new("--map")
    {
        Description = "A JSON file that says which column of a CSV of missing children is which of ours; docs/running.md tells how.",
    };

    public static Command Build() => new Command("import", "Take files in bulk. Example: homeward import reports inbox/") { _what, _dryRun, _rejects, _map }
        .Does(async (parsed, answer, cancel) =>
        {
            var isDry = parsed.GetValue(_dryRun);
            // The same house with the same rules, over a database that is thrown away: what it says is what would happen.
            using var scratch = isDry ? new ScratchFolder() : null;
            var words = parsed.GetValue(_what)!;
            var (kind, paths) = ImportPaths.Kinds.ContainsKey(words[0]) ? (words[0], words[1..]) : ("", words);
            if (words.FirstOrDefault(word => word.StartsWith("--", StringComparison.Ordinal) && !Path.Exists(word)) is { } unknown)
                return answer.Refuse(Exit.BadInput, "wrong-use", $"{unknown} is no option of import.", "See homeward import --help. Nothing was imported.");
            if (parsed.GetValue(_map) is not null && kind is not ("missing" or ""))
                return answer.Refuse(Exit.BadInput, "wrong-use", $"--map tells the columns of missing children, and {kind} have none.", "Leave it out. Nothing was imported.");
            if (paths.Length == 0) return answer.Refuse(Exit.BadInput, "nothing-named", $"import {kind}: no file is named.", "Name files or folders.");
            if (paths.Any(string.IsNullOrWhiteSpace)) return answer.Refuse(Exit.BadInput, "nothing-named", "One of the paths is empty.", "Name files or folders. Nothing was imported.");
            var absent = paths.Where(path => !Path.Exists(path) && !FolderWalk.IsLinkToNothing(path)).ToList();
            if (absent.Count > 0) return answer.Refuse(Exit.BadInput, "not-found", $"{string.Join(", ", absent)}: not there.", "Check the path. Nothing was imported.");
            var (map, unusable) = FeedLines.ReadMap(parsed.GetValue(_map));
            if (unusable is not null) return answer.Refuse(unusable);
            if (RejectsFile.Unusable(parsed.GetValue(_rejects)) is { } noFile) return answer.Refuse(noFile);
            var options = House.Options(scratch?.Database ?? parsed.GetValue(Common.Database)) with { IsForBulk = true, AdoptsKeys = true };
            var opened = await House.OpenAsync(options, cancel);
            if (!opened.TryGet(out var house, out var problem)) return answer.Refuse(problem);
            await using var closing = house;
            var stage = new Stagehand(house);
            var clerk = Actor.House;
            var rejectsPath = Path.GetFullPath(parsed.GetValue(_rejects) ?? Path.Combine(
                scratch?.Path ?? Path.GetDirectoryName(Path.GetFullPath(Path.TrimEndingDirectorySeparator(paths[0]))) ?? ".", "rejects.jsonl"));
            using var rejects = new RejectsFile(rejectsPath);
            var own = new HouseFiles(options, House.Options(parsed.GetValue(Common.Database)));
            var (notRead, unread, left) = (new List<string>(), new UnreadFields(), new List<string>());
            var isUnread = false;
            var (refused, doubted) = (new List<RefusedLine>(), new DoubtedValues());
            var room = new MailRoom(stage, clerk, clerk, refused.Add, unread.Add, doubted.Add);
            var outcomes = new OutcomeLines(stage, room, refused.Add, unread.Add, isDry);
            List<string> below = kind == "reports" ? [.. paths] : kind.Length == 0 ? [.. paths.Select(ImportPaths.ReportsBelow).OfType<string>()] : [];
            var drops = PackageDrops.Of(below, IsOurs);
            var files = paths.Where(_ => kind != "reports").SelectMany(path => ImportPaths.Files(path, kind, NotRead))
                .Where(file => !ImportPaths.IsReport(file.As) && !IsOurs(file.Path) && CanOpen(file.Path)).ToList();
            var alerts = files.Where(file => ImportPaths.IsAlert(file.As, kind)).Select(file => file.Path).ToList();
            files.RemoveAll(file => ImportPaths.IsAlert(file.As, kind));
            foreach (var batch in alerts.Chunk(AlertsAtOnce))
                await DoneAsync(TakeAlertsAsync([.. batch.Select(path => new RawOriginal(Path.GetFileName(path), File.ReadAllBytes(path)))]));
            var lists = files.Where(file => ImportPaths.IsPartnerList(file.As)).Select(file => new Sent(file.As, DateTimeOffset.UnixEpoch, File.ReadAllText(file.Path))).ToList();
            if (lists.Count > 0) await DoneAsync(room.TakeAsync(lists, cancel));
            foreach (var feed in ImportPaths.Feeds)
            {
                foreach (var batch in files.Where(file => ImportPaths.IsOf(feed, file.As)).OrderBy(file => ImportPaths.OutcomesOrder(file.As))
                    .SelectMany(file => Lines(feed, file)).Chunk(BatchMax))
                    await DoneAsync(feed switch { "outcomes" => outcomes.TakeAsync(batch, cancel), "tips" => room.TakeTipsAsync(batch, cancel), "referrals" => room.TakeReferralsAsync(batch, cancel), _ => room.TakeEntriesAsync(batch, cancel) });
            }
            TellRefused();
            var source = new ReportFiles(file => drops.Holds(file) || IsOurs(file));
            var import = new ReportImport(house, clerk, new ReportProgress(() => source.BytesRead, Task.Run(() => source.BytesIn(below, cancel), cancel)), answer.Tell);
            if (kind is "reports" or "")
            {
                var taking = await import.TakeAsync(below.SelectMany(source.In), rejects.Add, cancel);
                if (!taking.TryGet(out _, out var refusal)) return answer.Refuse(refusal);
            }

            notRead.AddRange(source.NotRead);
            notRead.AddRange(await drops.TakeAsync(house, clerk, room, isDry, answer.Tell, rejects.Add, () => DoneAsync(Task.CompletedTask), cancel));

            void NotRead(string path, string why) => notRead.Add($"{path}: {why}");

            // Of what was meant to be read, and not only passed over on the way.
            void Unread(string why)
            {
                notRead.Add(why);
                isUnread = true;
            }

            bool CanOpen(string path)
            {
                try
                {
                    using var file = File.OpenRead(path);
                    return true;
                }
                catch (Exception fault) when (FolderWalk.IsUnreadable(fault))
                {
                    Unread($"{path}: {FolderWalk.Words(fault)}");
                    return false;
                }
            }

            IEnumerable<RawLine> Lines(string feed, (string Path, string As) file)
            {
                if (file.As.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) return JsonFile.Lines(file.Path, file.As, Unread, Rejected);
                if (!ImportPaths.IsTable(file.As)) return FeedLines.OfLines(file.Path, file.As, Rejected);
                if (file.As.StartsWith("missing/", StringComparison.Ordinal)) return FeedLines.OfTable(file.Path, file.As, map, Unread, left.Add, Rejected);
                Unread($"{file.Path}: only missing children are read as a table; send these as JSON lines");
                return [];

                void Rejected(RefusedLine line)
                {
                    refused.Add(line);
                    room.Count(feed, new BatchReceipt(0, 0, 0, 1));
                }
            }

            // What an import before this one said of the same folder, or of another; and the house itself, where it lies in the folder.
            bool IsOurs(string file) => Path.GetFullPath(file) == rejectsPath || own.Hold(file) || RejectsFile.IsOne(file);

            async Task TakeAlertsAsync(IReadOnlyList<RawOriginal> originals)
            {
                foreach (var told in await room.TakeAlertsAsync(originals, cancel))
                    answer.Tell(told.Id is null
                        ? $"{told.Path}: [{told.Line},{told.Column}] {told.Field}: {told.Reason}; {told.Mend}"
                        : $"{told.Path}: {told.Status} {told.Kind}, {told.Became}{(told.Counts ? "" : ", touches nothing here")}{(told.Unknown.Count > 0 ? $", kept though CAP does not name it: {string.Join(", ", told.Unknown)}" : "")}");
            }

            // In the order of the files, whoever refused a line: it may have been none of ours before anybody asked what it says.
            void TellRefused()
            {
                foreach (var line in refused.OrderBy(line => files.FindIndex(file => file.As == line.Source)).ThenBy(line => line.Line)) rejects.Add(line.Source, line.Faults);
                refused.Clear();
            }

            async Task DoneAsync(Task taking)
            {
                await taking;
                TellRefused();
                await house.GetRequiredService<Courier>().DeliverDueAsync(cancel);
                answer.Tell(string.Join(", ", room.Tallies.Select(tally => $"{tally.Key}: {tally.Value.Taken:N0} taken{Split(tally.Key)}, {tally.Value.Rejected:N0} rejected")));
            }

            string Split(string kind) => room.Splits.TryGetValue(kind, out var split) ? $" ({split.New:N0} new, {split.Versions:N0} new versions, {split.Repeats:N0} there already)" : "";

            var alike = files.Exists(file => ImportPaths.IsPartnerList(file.As)) ? await AlikeAsync() : [];
            foreach (var pair in alike) answer.Tell($"may be one agency: {pair}");

            async Task<IReadOnlyList<string>> AlikeAsync()
            {
                await using var scope = house.CreateAsyncScope();
                return await AlikeAgencies.FindAsync(scope.ServiceProvider.GetRequiredService<HomewardDb>(), cancel);
            }
            // Those of packages and those in bulk.
            if (import.Taken != new BatchReceipt(0, 0, 0, 0)) room.Count("reports", import.Taken);
            var (tallies, reports) = (room.Tallies, room.Splits.GetValueOrDefault("reports") ?? new BatchReceipt(0, 0, 0, 0));
            foreach (var why in NothingTaken(kind, paths, tallies.Count > 0 || notRead.Count > 0)) notRead.Add(why);
            rejects.Complete();
            await House.SignOffAsync(house, answer, cancel);
            if (Examination.HolderKey(options, await DemoDatabase.IsExerciseAsync(house, cancel)) is { } lies) answer.Tell($"{lies} {Examination.HolderKeyMend}");
            if (isDry && rejects.Count > rejects.Told.Count)
                answer.Tell($"{rejects.Told.Count:N0} of {rejects.Count:N0} faults are told here; --rejects FILE writes all.");
            var said = JsonSerializer.SerializeToNode(new
            {
                dryRun = isDry,
                notRead,
                unread = left.Concat(unread.Told),
                doubted = doubted.Told,
                faults = isDry ? rejects.Told : [],
                // All of them, where more were found than are told above.
                faultsFound = rejects.Count,
                agenciesAlike = alike,
                taken = tallies.ToDictionary(tally => tally.Key, tally => tally.Value.Taken),
                rejected = tallies.ToDictionary(tally => tally.Key, tally => tally.Value.Rejected),
                kinds = room.Splits.ToDictionary(one => one.Key, one => new { one.Value.New, one.Value.Versions, one.Value.Repeats, one.Value.Rejected }),
                reports = new { reports.New, reports.Versions, reports.Repeats, reports.Rejected, source.PassedOver, import.Seconds, PeakMiB = PeakMiB() },
                // Refused lines of outcomes are no mail that waits at Intake: the file alone tells them.
                rejects = isDry || kind == "outcomes" ? null : "/intake/rejects",
                rejectsFile = isDry && parsed.GetValue(_rejects) is null ? null : rejects.Path,
            }, WorkItem.Json)!;
            // Of a folder that can be looked into it may be right that nothing of a kind lies there; who names a file means it, and so does who names a whole folder.
            if (tallies.Count > 0 || notRead.Count == 0 || (kind.Length > 0 && !isUnread && paths.Any(FolderWalk.MayLookInto))) return answer.Say(Exit.Done, said);
            said["error"] = JsonSerializer.SerializeToNode(
                new { code = "nothing-read", what = "Nothing of it could be read, and nothing was imported.", mend = "Mend what notRead tells and import it again." }, WorkItem.Json);
            return answer.Say(Exit.BadInput, said);
        });

    /// <summary>Why an import did nothing, for whoever sees no figure: a folder without the feed that was asked for, or one that does not say what it is.</summary>
    private static IEnumerable<string> NothingTaken(string kind, string[] paths, bool isTold) => isTold ? [] : kind.Length > 0
        ? [$"{string.Join(", ", paths)}: nothing was taken: no file with {kind} lies there"]
        : paths.Select(path => ImportPaths.IsWhole(path)
            ? $"{path}: nothing was taken: its folders are empty"
            : $"{path}: nothing was taken: no manifest lies there, nor a folder of what can be imported whole. Say what it is: homeward import reports {path} (or missing, tips, referrals, agencies, outcomes)");

    private static double PeakMiB()
    {
        using var process = Process.GetCurrentProcess();
        return Math.Round(process.PeakWorkingSet64 / (1024.0 * 1024), 1);
    }
}
