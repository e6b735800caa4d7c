using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Incidents;

/// <summary>Which other reports tell of the incident that a report tells of: the same file, NCMEC's bundle, or the same account at the same time.</summary>
/// <remarks>
/// Asked when somebody looks, so that a report is in its group as soon as it is stored, and one that is corrected leaves it.
/// A group is what is tied to the report itself: ties of ties would join strangers by way of a mailbox that thousands use.
/// It says what is the same and decides nothing; no report is dropped, hidden or moved by it.
/// </remarks>
internal static class SameIncidents
{
    /// <summary>Two tell of one incident while they put it no further apart.</summary>
    private static readonly TimeSpan _apartMax = TimeSpan.FromHours(1);
    /// <summary>An account that more reports hold ties nothing: a throw-away mailbox, a shared telephone.</summary>
    private const int HoldersMax = 50;
    /// <summary>A viral file may be in millions of reports: of each file and bundle so many are read, newest first, and it is told that there are more.</summary>
    private const int TiedMax = 100;
    /// <summary>Of so many files that others have too, in all the reports asked about.</summary>
    private const int FilesMax = 100;
    private static readonly string[] _accounts = ["email", "phone", "screen-name", "account-id"];

    /// <param name="Key">The file or bundle that both have; null for an account.</param>
    private sealed record Pair(ReportId Mine, ReportId Other, IncidentTie Tie, string? Key);

    /// <returns>A group for each report that has one.</returns>
    public static async Task<IReadOnlyDictionary<ReportId, IncidentGroup>> OfAsync(
        HomewardDb db, LookGenerations generations, IReadOnlyCollection<ReportId> reports, CancellationToken cancel)
    {
        var ids = reports.ToList();
        var told = await db.Set<ReportVersion>().AsNoTracking().Where(row => ids.Contains(row.Id))
            .Select(row => new { row.Id, row.Version, row.IncidentAt, row.IncidentZoneKnown, row.IsBatched }).ToListAsync(cancel);
        var newest = told.GroupBy(row => row.Id).Select(versions => versions.MaxBy(row => row.Version)!).ToList();
        var files = await FilesAsync(db, ids, cancel);
        var bundles = await BundlesAsync(db, ids, cancel);
        var times = newest.Where(row => row.IncidentAt is not null && row.IncidentZoneKnown).ToDictionary(row => row.Id, row => row.IncidentAt!.Value);
        var accounts = await AccountsAsync(db, generations, times, cancel);
        var pairs = files.Concat(bundles).Concat(accounts).ToLookup(pair => pair.Mine);
        var viral = newest.Where(row => row.IsBatched).Select(row => row.Id).ToHashSet();
        return ids.Where(id => viral.Contains(id) || pairs.Contains(id)).Distinct().ToDictionary(id => id, id => new IncidentGroup(
            viral.Contains(id), pairs[id].GroupBy(pair => pair.Key).Any(tied => tied.Key is not null && tied.Count() >= TiedMax - 1),
            [.. pairs[id].GroupBy(pair => pair.Other).OrderByDescending(group => group.Key.Value)
                .Select(group => new SameIncident(group.Key, [.. group.Select(pair => pair.Tie).Distinct().Order()]))]));
    }

    /// <summary>A hash is known of a file that lies sealed here, and is told to Review alone: to a sender it would say what the house has.</summary>
    private static async Task<List<Pair>> FilesAsync(HomewardDb db, List<ReportId> ids, CancellationToken cancel)
    {
        var files = db.Set<SealedFileRow>().AsNoTracking();
        var mine = await files.Where(row => row.ReportId != null && ids.Contains(row.ReportId.Value)
                && files.Any(other => other.Sha256 == row.Sha256 && other.ReportId != null && other.ReportId != row.ReportId))
            .Select(row => new { Report = row.ReportId!.Value, row.Sha256 }).Distinct().OrderBy(row => row.Report).ThenBy(row => row.Sha256).Take(FilesMax).ToListAsync(cancel);
        var pairs = new List<Pair>();
        foreach (var shared in mine.GroupBy(row => row.Sha256))
        {
            var holders = await files.Where(row => row.Sha256 == shared.Key && row.ReportId != null).Select(row => row.ReportId!.Value).Distinct()
                .OrderByDescending(id => id).Take(TiedMax).ToListAsync(cancel);
            pairs.AddRange(Tied(shared.Select(row => row.Report), holders, IncidentTie.File, shared.Key));
        }
        return pairs;
    }

    private static async Task<List<Pair>> BundlesAsync(HomewardDb db, List<ReportId> ids, CancellationToken cancel)
    {
        var reports = db.Set<ReportVersion>().AsNoTracking().Where(row => row.Bundle != null);
        var mine = await reports.Where(row => ids.Contains(row.Id)).Select(row => new { row.Id, row.Bundle }).Distinct().ToListAsync(cancel);
        var pairs = new List<Pair>();
        foreach (var bundle in mine.GroupBy(row => row.Bundle!))
        {
            var holders = await reports.Where(row => row.Bundle == bundle.Key).Select(row => row.Id).Distinct().OrderByDescending(id => id).Take(TiedMax).ToListAsync(cancel);
            pairs.AddRange(Tied(bundle.Select(row => row.Id), holders, IncidentTie.Bundle, bundle.Key));
        }
        return pairs;
    }

    private static IEnumerable<Pair> Tied(IEnumerable<ReportId> mine, List<ReportId> holders, IncidentTie tie, string key) =>
        mine.Distinct().SelectMany(one => holders.Where(other => other != one).Select(other => new Pair(one, other, tie, key)));

    /// <param name="times">When each happened, where that is told with its zone: without one it may be fourteen hours off.</param>
    private static async Task<List<Pair>> AccountsAsync(HomewardDb db, LookGenerations generations, Dictionary<ReportId, DateTimeOffset> times, CancellationToken cancel)
    {
        if (times.Count == 0) return [];
        var ids = times.Keys.ToList();
        var reports = db.Set<ReportVersion>().AsNoTracking();
        var mine = (await reports.Where(row => ids.Contains(row.Id)).Select(row => new { row.Id, row.Packed }).ToListAsync(cancel))
            .SelectMany(row => Accounts(row.Packed), (row, one) => (ReportId: row.Id, one.Kind, one.Value)).Distinct().ToList();
        var held = mine.Select(row => (row.Kind, row.Value)).Distinct().ToList();
        var holders = await Holders.CountAsync(db, generations, [.. held.Select(one => new HoldersAsked(one.Kind, one.Value, null, null, HoldersMax + 1))], cancel);
        var shared = held.Where((_, place) => holders[place] is > 1 and <= HoldersMax).ToHashSet();
        if (shared.Count == 0) return [];
        var looks = await generations.EachAsync(db, shared, cancel);
        var others = (await (from row in db.Set<ReportIdentifierRow>().Where(row => looks.Contains(row.Look)).Select(row => new { row.ReportId, row.Version }).Distinct()
                             join report in reports on new { Id = row.ReportId, row.Version } equals new { report.Id, report.Version }
                             where report.IncidentAt != null && report.IncidentZoneKnown
                             select new { report.Id, At = report.IncidentAt!.Value, report.Packed }).ToListAsync(cancel))
            .SelectMany(row => Accounts(row.Packed), (row, one) => (one.Kind, one.Value, ReportId: row.Id, row.At)).Distinct().ToLookup(row => (row.Kind, row.Value));
        return [.. from one in mine
                   where shared.Contains((one.Kind, one.Value))
                   from other in others[(one.Kind, one.Value)]
                   where other.ReportId != one.ReportId && (other.At - times[one.ReportId]).Duration() <= _apartMax
                   select new Pair(one.ReportId, other.ReportId, IncidentTie.Account, null)];
    }

    private static IEnumerable<(string Kind, string Value)> Accounts(byte[] packed) =>
        PackedParts.Unpack(packed).Identifiers.Where(one => one.Person is not null && _accounts.Contains(one.Kind)).Select(one => (one.Kind, one.Value));
}
