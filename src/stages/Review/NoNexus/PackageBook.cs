using System.Security.Cryptography;
using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Rules;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Review.Model;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review.NoNexus;

/// <summary>Makes packages of what people returned or referred, draws them anew where a report was taken back, and lets go of what was purged.</summary>
internal sealed class PackageBook(IIntake intake, RuleBook rules, Envelope envelope, HouseOptions house)
{
    /// <summary>By when a package is handed over. Until it is, its reports stay (<see cref="Deciding.ReviewedReports"/>).</summary>
    public const string Rule = "hand-over-package";

    /// <summary>Of the reports that one decision set aside, all at the same instant.</summary>
    public async Task<NexusPackage> MakeAsync(Act act, NexusWay way, string to, string reason, IReadOnlyList<QueueItem> items, CancellationToken cancel)
    {
        Ensure.That(items.Count > 0);
        var (id, number) = (act.Ids.Next<NexusPackageId>(), await YearNumbers.NextAsync(act, 'P', "nexus_package_counters", cancel));
        var package = new NexusPackage
        {
            Id = id, Number = number, Way = way, To = to, State = NexusPackageState.Waiting, DecidedBy = act.Actor.Id, DecidedAt = act.Now,
            DueAt = act.Now + rules.Span(Rule, act.Now), Drawn = 0, Sha256 = "", Bytes = 0, Revision = act.Ids.Next(),
        };
        act.Db.Add(package);
        foreach (var item in items) act.Db.Add(new NexusPackageReport { Package = id, Report = item.Id, Number = item.Number, Version = item.Version });
        await DrawAsync(act, package, reason, [.. items.Select(item => item.Id)], cancel);
        return package;
    }

    /// <summary>The package without what was taken back, out of what its reports say now; where none is left it is withdrawn.</summary>
    public async Task DrawAnewAsync(Act act, NexusPackage package, CancellationToken cancel)
    {
        Ensure.That(package is { State: NexusPackageState.Waiting, Content: not null });
        var reason = JsonDocumentOf(package).Reason;
        var standings = await StandingsAsync(act.Db, package, cancel);
        var left = standings.Where(one => one.State is PackedState.Stands or PackedState.Changed).Select(one => one.Row).ToList();
        foreach (var gone in standings.Select(one => one.Row).Except(left)) act.Db.Remove(gone);
        if (left.Count > 0)
        {
            await DrawAsync(act, package, reason, [.. left.Select(row => row.Report)], cancel);
            return;
        }
        (package.State, package.Content, package.Revision) = (NexusPackageState.Withdrawn, null, act.Ids.Next());
        act.Trace("nexus-package", package.Id.Value, "withdrawn");
    }

    /// <summary>The bytes that leave.</summary>
    public byte[] Open(NexusPackage package)
    {
        Ensure.That(package.Content is not null);
        var clear = envelope.Open(Purpose, Context(package.Id), package.Content);
        Ensure.That(Convert.ToHexStringLower(SHA256.HashData(clear)) == package.Sha256, "a package is not what was hashed");
        return clear;
    }

    /// <summary>How each report of a package stands now.</summary>
    public static async Task<IReadOnlyList<(NexusPackageReport Row, PackedState State)>> StandingsAsync(HomewardDb db, NexusPackage package, CancellationToken cancel)
    {
        var rows = await db.Set<NexusPackageReport>().Where(row => row.Package == package.Id).OrderBy(row => row.Number).ToListAsync(cancel);
        var ids = rows.ConvertAll(row => row.Report);
        var items = await db.Set<QueueItem>().AsNoTracking().Where(item => ids.Contains(item.Id)).ToDictionaryAsync(item => item.Id, cancel);
        return [.. rows.Select(row => (row, items.GetValueOrDefault(row.Report) is not { } item ? PackedState.Purged
            : item.State != QueueState.Dismissed || item.NexusWay != package.Way || item.DecidedAt != package.DecidedAt ? PackedState.TakenBack
            : item.Version != row.Version ? PackedState.Changed : PackedState.Stands))];
    }

    /// <summary>How many of a package's reports another person still reads again: nothing leaves before the second word.</summary>
    public static async Task<int> ReadingsAsync(HomewardDb db, NexusPackageId package, CancellationToken cancel)
    {
        var ids = (await db.Set<NexusPackageReport>().Where(row => row.Package == package).Select(row => row.Report).ToListAsync(cancel)).ConvertAll(id => id.Value);
        return await db.Set<SecondReading>().CountAsync(row => row.State == ReadingState.Waiting && row.Subject == ReadingSubject.Report && ids.Contains(row.SubjectId), cancel);
    }

    /// <summary>Those of the reports that lie in a package which nobody has handed over: they stay, whatever their term says.</summary>
    public static async Task<HashSet<ReportId>> WaitingAsync(HomewardDb db, List<ReportId> reports, CancellationToken cancel) =>
        [.. await db.Set<NexusPackageReport>().Where(row => reports.Contains(row.Report))
            .Where(row => db.Set<NexusPackage>().Any(package => package.Id == row.Package && package.State == NexusPackageState.Waiting))
            .Select(row => row.Report).ToListAsync(cancel)];

    /// <summary>What packages say of purged reports goes with them; that they went, to whom, when, and the hash stay.</summary>
    public static Task ForgetAsync(HomewardDb db, IReadOnlyCollection<ReportId> reports, CancellationToken cancel) =>
        Holding(db, reports).ExecuteUpdateAsync(set => set.SetProperty(package => package.Content, (byte[]?)null), cancel);

    public static Task<int> CountLeftAsync(HomewardDb db, IReadOnlyCollection<ReportId> reports, CancellationToken cancel) => Holding(db, reports).CountAsync(cancel);

    private static IQueryable<NexusPackage> Holding(HomewardDb db, IReadOnlyCollection<ReportId> reports) => db.Set<NexusPackage>().Where(package =>
        package.Content != null && db.Set<NexusPackageReport>().Any(row => row.Package == package.Id && reports.Contains(row.Report)));

    private async Task DrawAsync(Act act, NexusPackage package, string reason, List<ReportId> reports, CancellationToken cancel)
    {
        var gists = (await intake.ReportsAsync(act.Db, reports, cancel)).OrderBy(gist => gist.Number, StringComparer.Ordinal).ToList();
        var originals = (await intake.OriginalsAsync(act.Db, reports, cancel)).ToDictionary(original => (original.Report, original.Version));
        foreach (var row in act.Db.Tracked<NexusPackageReport>().Where(row => row.Package == package.Id))
            if (gists.Find(gist => gist.Id == row.Report) is { } gist) row.Version = gist.Version;
        var rule = rules.On("no-nexus", DateOnly.FromDateTime(package.DecidedAt.UtcDateTime));
        var bytes = new PackageContent(
            PackageContent.FormatName, package.Number, house.Exercise, package.Way, package.To, package.DecidedAt, reason, rule.Says, rule.Source,
            PackageContent.Stays(package.Way), [.. gists.Select(gist => PackageContent.Of(package.Way, gist, originals[(gist.Id, gist.Version)]))]).Write();
        package.Content = envelope.Seal(Purpose, Context(package.Id), bytes);
        (package.Sha256, package.Bytes, package.Drawn, package.Revision) =
            (Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length, package.Drawn + 1, act.Ids.Next());
        act.Trace("nexus-package", package.Id.Value, $"drawn={package.Drawn};way={package.Way};reports={gists.Count};sha256={package.Sha256}");
        foreach (var gist in gists) act.Trace("report", gist.Id.Value, $"packed;package={package.Id}");
    }

    private PackageContent JsonDocumentOf(NexusPackage package) =>
        System.Text.Json.JsonSerializer.Deserialize<PackageContent>(Open(package), WorkItem.Json)!;

    private const string Purpose = "originals";
    private static string Context(NexusPackageId id) => $"nexus-package/{id}";
}

/// <summary>How a report stands that lies in a package.</summary>
public enum PackedState
{
    Stands,
    /// <summary>A newer version came since the package was drawn.</summary>
    Changed,
    /// <summary>It waits again, or was decided on anew: the decision by which it was packed stands no longer.</summary>
    TakenBack,
    Purged,
}
