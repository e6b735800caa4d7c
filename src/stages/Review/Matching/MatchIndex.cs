using System.Collections.Concurrent;
using Homeward.Foundations.Storage;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Linkage;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review.Matching;

/// <summary>A person of a report and an entry that may be one child.</summary>
internal sealed record Hit(int Person, string PersonHash, EntryId Entry, double Weight, double Probability, string Waterfall);

/// <summary>Who may be whom, at once and both ways: open missing-child entries, and persons of the reports so far.</summary>
/// <remarks>
/// Held in memory, built from the database when first needed and kept up by the listeners. Asking is safe from many
/// threads; <see cref="ReadyAsync"/> and the changes are called by one listener at a time.
/// </remarks>
internal sealed class MatchIndex(IIntake intake) : IDisposable
{
    /// <summary>Candidates below this weight are not proposed, in bits: about one chance in seventeen.</summary>
    public const double WeightMin = -4;

    /// <summary>So many candidates are kept for each person of a report.</summary>
    public const int CandidatesMax = 5;

    /// <summary>An identifier that more persons of reports hold says nothing: a shared or public one, a hub.</summary>
    public const int HoldersMax = 25;

    private const int ReportsAtOnce = 1_000;
    /// <summary>An entry has several records, one for each name: more are asked for than are kept.</summary>
    private const int RecordsAsked = CandidatesMax * 4;
    private const int ReportsAsked = 200;

    private readonly SemaphoreSlim _building = new(1, 1);
    private readonly OnlineIndex _reports = new(ReviewSchema.Settings);
    private readonly ConcurrentDictionary<string, int> _holders = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<EntryId, (EntryGist Gist, int Variants, string Hash)> _sought = new();
    private OnlineIndex? _entries;

    /// <summary>Builds the index from what the house holds, once.</summary>
    public async Task ReadyAsync(HomewardDb db, CancellationToken cancel)
    {
        if (Volatile.Read(ref _entries) is not null) return;
        await _building.WaitAsync(cancel);
        try
        {
            if (_entries is not null) return;
            var open = await intake.OpenEntriesAsync(db, cancel);
            var records = open.Select(entry => Probes.Of(entry).ToList()).ToList();
            for (var place = 0; place < open.Count; place++) Keep(open[place], records[place]);
            var index = OnlineIndex.Build(ReviewSchema.Settings, records.SelectMany(one => one));
            var known = await db.Set<QueueItem>().AsNoTracking().OrderBy(item => item.ReceivedAt).ThenBy(item => item.Id)
                .Select(item => item.Id).ToListAsync(cancel);
            foreach (var some in known.Chunk(ReportsAtOnce)) Put(await intake.ReportsAsync(db, some, cancel));
            Volatile.Write(ref _entries, index);
        }
        finally
        {
            _building.Release();
        }
    }

    public EntryGist? Sought(EntryId entry) => _sought.TryGetValue(entry, out var known) ? known.Gist : null;
    public string HashOf(EntryId entry) => _sought.TryGetValue(entry, out var known) ? known.Hash : "";

    /// <summary>An entry is sought, as it now stands.</summary>
    public void Put(EntryGist entry)
    {
        var records = Probes.Of(entry).ToList();
        Remove(entry.Id, keepFrom: records.Count);
        Keep(entry, records);
        foreach (var record in records) Entries.Put(record);
    }

    /// <summary>An entry is no longer sought.</summary>
    public void Remove(EntryId entry) => Remove(entry, keepFrom: 0);

    /// <summary>Persons of reports can be found from now on. A newer version takes the place of the older.</summary>
    public void Put(IReadOnlyList<ReportGist> reports)
    {
        foreach (var report in reports)
            foreach (var person in report.Persons)
                foreach (var identifier in Probes.IdentifiersOf(person)) _holders.AddOrUpdate(identifier, 1, (_, count) => count + 1);
        foreach (var report in reports)
            foreach (var person in report.Persons)
                if (Probes.Of(report, person, IsHub) is { } record) _reports.Put(record);
    }

    /// <summary>The entries that each person of a report may be, best first.</summary>
    public IReadOnlyList<Hit> Find(ReportGist report)
    {
        var hits = new List<Hit>();
        foreach (var person in report.Persons)
        {
            if (Probes.Of(report, person, IsHub) is not { } probe) continue;
            var found = Entries.Query(probe, new() { Top = RecordsAsked, WeightMin = WeightMin });
            if (found.Candidates.Count == 0) continue;
            var hash = Probes.Hash([probe]);
            hits.AddRange(found.Candidates.Select(candidate => (Entry: EntryOf(candidate.Id), Candidate: candidate))
                .DistinctBy(pair => pair.Entry).Take(CandidatesMax)
                .Select(pair => new Hit(person.Index, hash, pair.Entry, Math.Round(pair.Candidate.Weight, 2),
                    Math.Round(pair.Candidate.Probability, 4), Waterfall.Write(pair.Candidate.Explanation))));
        }
        return hits;
    }

    /// <summary>The reports of the past that may speak of an entry.</summary>
    public IReadOnlyList<ReportId> FindReports(EntryGist entry) =>
        [.. Probes.Of(entry).SelectMany(record => _reports.Query(record, new() { Top = ReportsAsked, WeightMin = WeightMin }).Candidates)
            .Select(candidate => ReportOf(candidate.Id)).Distinct()];

    /// <summary>The sought children and the persons of reports that are called alike, best first.</summary>
    public (IReadOnlyList<(EntryId Entry, Candidate Why)> Entries, IReadOnlyList<(ReportId Report, int Person, Candidate Why)> Reports) Search(
        LinkRecord called, int max)
    {
        var options = new QueryOptions { Top = max * 4 };
        return (
            [.. Entries.Query(called, options).Candidates.Where(IsCalledAlike).Select(one => (EntryOf(one.Id), one)).DistinctBy(one => one.Item1).Take(max)],
            [.. _reports.Query(called, options).Candidates.Where(IsCalledAlike).Select(one => (ReportOf(one.Id), PersonOf(one.Id), one)).Take(max)]);

        // A rare family name alone outweighs a given name that differs: a relative, and not whom one looks for.
        static bool IsCalledAlike(Candidate candidate) =>
            !candidate.Explanation.Against.Any(bar => bar.Field is PersonSchema.GivenName or PersonSchema.FamilyName);
    }

    public void Dispose() => _building.Dispose();

    private OnlineIndex Entries => Volatile.Read(ref _entries) ?? throw new BrokenInvariantException("the index is asked before it is ready");

    private bool IsHub(string identifier) => _holders.GetValueOrDefault(identifier) > HoldersMax;

    private void Keep(EntryGist entry, List<LinkRecord> records) => _sought[entry.Id] = (entry, records.Count, Probes.Hash(records));

    private void Remove(EntryId entry, int keepFrom)
    {
        if (!_sought.TryRemove(entry, out var known)) return;
        for (var variant = keepFrom; variant < known.Variants; variant++) Entries.Remove($"{entry}/{variant}");
    }

    private static EntryId EntryOf(string id) => EntryId.From(Guid.ParseExact(id.AsSpan(0, 32), "N"));
    private static int PersonOf(string id) => int.Parse(id.AsSpan(id.LastIndexOf('/') + 1), System.Globalization.CultureInfo.InvariantCulture);
    private static ReportId ReportOf(string id) => ReportId.From(Guid.ParseExact(id.AsSpan(0, 32), "N"));
}
