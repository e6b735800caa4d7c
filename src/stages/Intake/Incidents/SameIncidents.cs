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
    private const string NamedFile = "file";
    private static readonly string[] _accounts = ["email", "phone", "screen-name", "account-id"];

    /// <param name="Key">The file or bundle that both have; null for an account.</param>
    private sealed record Pair(ReportId Mine, ReportId Other, IncidentTie Tie, string? Key);

    /// <summary>What of a report stands says of its incident.</summary>
    /// <param name="At">When it happened, where that is told with its zone: without one it may be fourteen hours off.</param>
    private sealed record Told(ReportId Id, DateTimeOffset? At, string? Bundle, bool IsViral, IReadOnlyList<byte[]> Packed)
    {
        private IReadOnlyList<IdentifierPart>? _identifiers;

        /// <summary>Unpacked when they are first asked for: a bundle is tied without them.</summary>
        public IReadOnlyList<IdentifierPart> Identifiers => _identifiers ??= [.. Packed.SelectMany(packed => PackedParts.Unpack(packed).Identifiers)];
    }

    /// <returns>A group for each report that has one.</returns>
    public static async Task<IReadOnlyDictionary<ReportId, IncidentGroup>> OfAsync(
        HomewardDb db, LookGenerations generations, IReadOnlyCollection<ReportId> reports, CancellationToken cancel)
    {
        var ids = reports.ToList();
        var told = await ToldAsync(db, ids, cancel);
        var files = (await FilesAsync(db, ids, cancel)).Concat(await NamedFilesAsync(db, generations, told, cancel));
        var bundles = await BundlesAsync(db, told, cancel);
        var accounts = await AccountsAsync(db, generations, told, cancel);
        var pairs = files.Concat(bundles).Concat(accounts).ToLookup(pair => pair.Mine);
        var viral = told.Where(one => one.IsViral).Select(one => one.Id).ToHashSet();
        return ids.Where(id => viral.Contains(id) || pairs.Contains(id)).Distinct().ToDictionary(id => id, id => new IncidentGroup(
            viral.Contains(id), pairs[id].GroupBy(pair => pair.Key).Any(tied => tied.Key is not null && tied.Count() >= TiedMax - 1),
            [.. pairs[id].GroupBy(pair => pair.Other).OrderByDescending(group => group.Key.Value)
                .Select(group => new SameIncident(group.Key, [.. group.Select(pair => pair.Tie).Distinct().Order()]))]));
    }

    private static async Task<List<Told>> ToldAsync(HomewardDb db, IReadOnlyCollection<ReportId> ids, CancellationToken cancel) =>
        [.. (await db.Set<ReportVersion>().AsNoTracking().Where(row => ids.Contains(row.Id))
                .Select(row => new { row.Id, row.Version, row.Form, row.IncidentAt, row.IncidentZoneKnown, row.Bundle, row.IsBatched, row.Packed }).ToListAsync(cancel))
            .GroupBy(row => row.Id).Select(versions => Current.Standing(versions, row => (row.Form, row.Version)))
            .Select(standing => new Told(
                standing[0].Id, standing.Find(row => row.IncidentAt is not null && row.IncidentZoneKnown)?.IncidentAt, standing.Find(row => row.Bundle is not null)?.Bundle,
                standing.Exists(row => row.IsBatched), standing.ConvertAll(row => row.Packed)))];

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

    /// <summary>Files need not have come along: a report names them by their hash.</summary>
    private static async Task<List<Pair>> NamedFilesAsync(HomewardDb db, LookGenerations generations, List<Told> told, CancellationToken cancel)
    {
        var (pairs, mine) = (new List<Pair>(), FilesOf(told).GroupBy(one => one.Hash).ToList());
        var counts = await Holders.CountAsync(db, generations, mine.ConvertAll(one => new HoldersAsked(NamedFile, one.Key, null, null, 2)), cancel);
        foreach (var file in mine.Where((_, place) => counts[place] > 1).Take(FilesMax))
        {
            var looks = await generations.EachAsync(db, [(NamedFile, file.Key)], cancel);
            var holders = await db.Set<ReportIdentifierRow>().AsNoTracking().Where(row => looks.Contains(row.Look)).Select(row => row.ReportId).Distinct()
                .OrderByDescending(id => id).Take(TiedMax).ToListAsync(cancel);
            var hold = FilesOf(await ToldAsync(db, holders, cancel)).Where(one => one.Hash == file.Key).Select(one => one.Report).ToHashSet();
            pairs.AddRange(Tied(file.Select(one => one.Report), [.. holders.Where(hold.Contains)], IncidentTie.File, file.Key));
        }
        return pairs;
    }

    private static IEnumerable<(string Hash, ReportId Report)> FilesOf(IEnumerable<Told> told) =>
        (from one in told
         from identifier in one.Identifiers
         where identifier.Kind == NamedFile
         select (identifier.Value, one.Id)).Distinct();

    private static async Task<List<Pair>> BundlesAsync(HomewardDb db, List<Told> told, CancellationToken cancel)
    {
        var pairs = new List<Pair>();
        foreach (var bundle in told.Where(one => one.Bundle is not null).GroupBy(one => one.Bundle!))
        {
            var holders = await db.Set<ReportVersion>().AsNoTracking().Where(row => row.Bundle == bundle.Key).Select(row => row.Id).Distinct()
                .OrderByDescending(id => id).Take(TiedMax).ToListAsync(cancel);
            // A version of before may be what holds it.
            var hold = (await ToldAsync(db, holders, cancel)).Where(one => one.Bundle == bundle.Key).Select(one => one.Id).ToHashSet();
            pairs.AddRange(Tied(bundle.Select(one => one.Id), [.. holders.Where(hold.Contains)], IncidentTie.Bundle, bundle.Key));
        }
        return pairs;
    }

    private static IEnumerable<Pair> Tied(IEnumerable<ReportId> mine, List<ReportId> holders, IncidentTie tie, string key) =>
        mine.Distinct().SelectMany(one => holders.Where(other => other != one).Select(other => new Pair(one, other, tie, key)));

    private static async Task<List<Pair>> AccountsAsync(HomewardDb db, LookGenerations generations, List<Told> told, CancellationToken cancel)
    {
        var mine = Accounts(told).ToList();
        if (mine.Count == 0) return [];
        var held = mine.Select(row => (row.Kind, row.Value)).Distinct().ToList();
        var holders = await Holders.CountAsync(db, generations, [.. held.Select(one => new HoldersAsked(one.Kind, one.Value, null, null, HoldersMax + 1))], cancel);
        var shared = held.Where((_, place) => holders[place] is > 1 and <= HoldersMax).ToHashSet();
        if (shared.Count == 0) return [];
        var looks = await generations.EachAsync(db, shared, cancel);
        var having = await db.Set<ReportIdentifierRow>().Where(row => looks.Contains(row.Look)).Select(row => row.ReportId).Distinct().ToListAsync(cancel);
        var others = Accounts(await ToldAsync(db, having, cancel)).ToLookup(one => (one.Kind, one.Value));
        return [.. from one in mine
                   where shared.Contains((one.Kind, one.Value))
                   from other in others[(one.Kind, one.Value)]
                   where other.Report != one.Report && (other.At - one.At).Duration() <= _apartMax
                   select new Pair(one.Report, other.Report, IncidentTie.Account, null)];
    }

    /// <summary>The accounts of persons, of reports that say when it happened.</summary>
    private static IEnumerable<(string Kind, string Value, ReportId Report, DateTimeOffset At)> Accounts(IEnumerable<Told> told) =>
        (from one in told
         where one.At is not null
         from identifier in one.Identifiers
         where identifier.Person is not null && _accounts.Contains(identifier.Kind)
         select (identifier.Kind, identifier.Value, one.Id, one.At!.Value)).Distinct();
}
