using System.CommandLine;
using System.Diagnostics;
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

/// <summary><c>homeward import reports / missing / agencies PATH...</c> and <c>import DIR</c>: bulk, resumable, idempotent.</summary>
/// <remarks>What was taken before is a repeat and changes nothing; so a stopped import is simply started again.</remarks>
internal static class ImportCommand
{
    private const int BatchMax = 1000, AlertsAtOnce = 50;
    private static readonly Argument<string[]> _what = new("WHAT")
    {
        Description = "reports, missing, tips, referrals or agencies, then files or folders (missing: JSON lines, and AMBER alerts in CAP 1.2 XML); or one folder with a manifest.", Arity = ArgumentArity.OneOrMore,
    };
    private static readonly Dictionary<string, string?> _kinds = new(StringComparer.Ordinal)
    {
        ["reports"] = null, ["missing"] = RawFolder.MissingEntries, ["tips"] = RawFolder.HotlineTips,
        ["referrals"] = RawFolder.AgencyReferrals, ["agencies"] = null,
    };

    private static readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Read everything and say what would be rejected and why; store nothing.",
    };
    private static readonly Option<string?> _rejects = new("--rejects")
    {
        Description = "Where to write, a line each, which reports were rejected and why. Default: rejects.jsonl beside the first path; written only if there are any.",
    };

    public static Command Build() => new Command("import", "Take files in bulk. Example: homeward import reports inbox/") { _what, _dryRun, _rejects }
        .Does(async (parsed, answer, cancel) =>
        {
            var isDry = parsed.GetValue(_dryRun);
            // The same house with the same rules, over a database that is thrown away: what it says is what would happen.
            using var scratch = isDry ? new ScratchFolder() : null;
            var words = parsed.GetValue(_what)!;
            var (kind, paths) = _kinds.ContainsKey(words[0]) ? (words[0], words[1..]) : ("", words);
            if (words[0] == "outcomes")
                return answer.Refuse(Exit.BadInput, "import-outcomes", "Outcomes belong to operations and are filed by their offices.",
                    "File them at /outcomes/record, or replay a recorded folder: homeward demo --raw DIR");
            if (paths.Length == 0) return answer.Refuse(Exit.BadInput, "nothing-named", $"import {kind}: no file is named.", "Name files or folders.");
            var opened = await House.OpenAsync(House.Options(scratch?.Database ?? parsed.GetValue(Common.Database)) with { IsForBulk = true }, cancel);
            if (!opened.TryGet(out var house, out var problem)) return answer.Refuse(problem);
            await using var closing = house;
            var stage = new Stagehand(house);
            var clerk = Actor.House;
            var room = new MailRoom(stage, clerk, clerk);
            var drops = kind == "reports" ? PackageDrops.Of(paths) : PackageDrops.None;
            var files = paths.Where(_ => kind != "reports").SelectMany(path => Files(path, kind)).Select(file => (file.Path, As: PathIn(file.As, kind)))
                .Where(file => !IsReport(file.As)).ToList();
            var alerts = files.Where(file => IsAlert(file.As, kind)).Select(file => file.Path).ToList();
            files.RemoveAll(file => IsAlert(file.As, kind));
            foreach (var batch in alerts.Chunk(AlertsAtOnce))
                await DoneAsync(TakeAlertsAsync([.. batch.Select(path => new RawOriginal(Path.GetFileName(path), File.ReadAllBytes(path)))]));
            foreach (var batch in files.SelectMany(file => Read(file.Path, file.As)).Chunk(BatchMax))
                await DoneAsync(room.TakeAsync(batch, cancel));

            using var rejects = new RejectsFile(parsed.GetValue(_rejects) ?? Path.Combine(
                scratch?.Path ?? Path.GetDirectoryName(Path.GetFullPath(Path.TrimEndingDirectorySeparator(paths[0]))) ?? ".", "rejects.jsonl"));
            var source = new ReportFiles(drops.Holds, (where, why) => rejects.Add(where, [new Rejection(0, 0, "", why, "send it again, whole")]));
            List<string> below = kind == "reports" ? [.. paths] : kind.Length == 0 ? [.. paths.Select(ReportsBelow).OfType<string>()] : [];
            var import = new ReportImport(house, clerk, new ReportProgress(() => source.BytesRead, Task.Run(() => source.BytesIn(below, cancel), cancel)), answer.Tell);
            if (kind is "reports" or "")
            {
                var taking = await import.TakeAsync(below.SelectMany(source.In), rejects.Add, cancel);
                if (!taking.TryGet(out _, out var refusal)) return answer.Refuse(refusal);
            }

            var notRead = await drops.TakeAsync(house, clerk, room, answer.Tell, () => DoneAsync(Task.CompletedTask), cancel);

            async Task TakeAlertsAsync(IReadOnlyList<RawOriginal> originals)
            {
                foreach (var told in await room.TakeAlertsAsync(originals, cancel))
                    answer.Tell(told.Id is null
                        ? $"{told.Path}: [{told.Line},{told.Column}] {told.Field}: {told.Reason}; {told.Mend}"
                        : $"{told.Path}: {told.Status} {told.Kind}, {told.Became}{(told.Counts ? "" : ", touches nothing here")}{(told.Unknown.Count > 0 ? $", kept though CAP does not name it: {string.Join(", ", told.Unknown)}" : "")}");
            }

            async Task DoneAsync(Task taking)
            {
                await taking;
                await house.GetRequiredService<Courier>().DeliverDueAsync(cancel);
                answer.Tell(string.Join(", ", room.Tallies.Select(tally => $"{tally.Key}: {tally.Value.Taken:N0} taken, {tally.Value.Rejected:N0} rejected")));
            }
            var alike = files.Exists(file => file.As.StartsWith("partners/", StringComparison.Ordinal)) ? await AlikeAsync() : [];
            foreach (var pair in alike) answer.Tell($"may be one agency: {pair}");

            async Task<IReadOnlyList<string>> FaultsAsync()
            {
                var rejects = await stage.MustAsync<ListRejects.Request, ListRejects.Page>(clerk, new(), cancel);
                return [.. rejects.Rows.Select(row => $"{row.Source}: [{row.Line},{row.Column}] {(row.Field.Length == 0 ? "record" : row.Field)}: {row.Reason}; {row.Mend}")];
            }

            async Task<IReadOnlyList<string>> AlikeAsync()
            {
                await using var scope = house.CreateAsyncScope();
                return await AlikeAgencies.FindAsync(scope.ServiceProvider.GetRequiredService<HomewardDb>(), cancel);
            }
            var tallies = room.Tallies.ToDictionary(StringComparer.Ordinal);
            var reports = import.Taken;
            if (reports != new BatchReceipt(0, 0, 0, 0))
            {
                var (taken, rejected) = tallies.GetValueOrDefault("reports");
                tallies["reports"] = (taken + reports.New + reports.Versions + reports.Repeats, rejected + reports.Rejected);
            }
            return answer.Say(Exit.Done, new
            {
                dryRun = isDry,
                notRead,
                faults = isDry ? await FaultsAsync() : [],
                agenciesAlike = alike,
                taken = tallies.ToDictionary(tally => tally.Key, tally => tally.Value.Taken),
                rejected = tallies.ToDictionary(tally => tally.Key, tally => tally.Value.Rejected),
                reports = new { reports.New, reports.Versions, reports.Repeats, reports.Rejected, source.PassedOver, import.Seconds, PeakMiB = PeakMiB() },
                rejects = "/intake/rejects",
                rejectsFile = isDry && parsed.GetValue(_rejects) is null ? null : rejects.Path,
            });
        });

    private static double PeakMiB()
    {
        using var process = Process.GetCurrentProcess();
        return Math.Round(process.PeakWorkingSet64 / (1024.0 * 1024), 1);
    }

    /// <summary>The files below a path in a stable order, each with the path that it has in a raw folder.</summary>
    private static IEnumerable<(string Path, string As)> Files(string path, string kind)
    {
        if (File.Exists(path)) return [(path, Path.GetFileName(path))];
        if (!Directory.Exists(path)) throw new FileNotFoundException($"{path} is not there.");
        var root = kind.Length == 0 && Directory.Exists(Path.Combine(path, RawFolder.Raw)) ? Path.Combine(path, RawFolder.Raw) : path;
        return Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => (file, Path.GetRelativePath(root, file).Replace('\\', '/')))
            // Partner lists first: seats need their agencies.
            .OrderBy(file => file.Item2.StartsWith("partners/", StringComparison.Ordinal) ? 0 : 1);
    }

    /// <summary>Of a folder with a manifest, or of one raw folder, only what lies where reports do.</summary>
    private static string? ReportsBelow(string path)
    {
        var raw = Directory.Exists(Path.Combine(path, RawFolder.Raw)) ? Path.Combine(path, RawFolder.Raw) : path;
        var reports = Path.Combine(raw, RawFolder.Reports);
        return Directory.Exists(reports) ? reports : null;
    }

    /// <summary>Among missing children XML is an AMBER alert; entries come as JSON lines.</summary>
    private static bool IsAlert(string path, string kind) =>
        IsXml(path) && (kind == "missing" || (kind.Length == 0 && path.StartsWith("missing/", StringComparison.Ordinal)));

    private static bool IsXml(string path) => path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase);

    private static bool IsReport(string path) => path.StartsWith(RawFolder.Reports + "/", StringComparison.Ordinal);

    /// <summary>The path that a file would have in a raw folder: what it is follows from it.</summary>
    private static string PathIn(string path, string kind) => kind switch
    {
        "missing" when IsXml(path) => path,
        "agencies" => "partners/" + Path.GetFileName(path),
        _ => _kinds.GetValueOrDefault(kind) ?? path,
    };

    private static IEnumerable<Sent> Read(string file, string path) => path.EndsWith(".jsonl", StringComparison.Ordinal)
        ? File.ReadLines(file).Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => new Sent(path, DateTimeOffset.UnixEpoch, line))
        : [new Sent(path, DateTimeOffset.UnixEpoch, File.ReadAllText(file))];
}
