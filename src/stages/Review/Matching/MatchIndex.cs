using System.Collections.Concurrent;
using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Linkage;

namespace Homeward.Review.Matching;

/// <summary>A person of a report and an entry that may be one child.</summary>
internal sealed record Hit(int Person, string PersonHash, EntryId Entry, double Weight, double Probability, string Waterfall);

/// <summary>Who may be whom, at once and both ways: open missing-child entries, and persons of the reports so far.</summary>
/// <remarks>
/// Held in memory and kept up by the listeners. Each part is built from the database when it is first needed, and both
/// when the house begins to serve: entries for the first report, the persons of reports (by far the
/// most) for the first entry or search, so that a bulk import of reports neither reads nor holds them. What another node
/// or an import beside this one stored is taken in whenever it is made ready. Asking is safe from many threads; the
/// changes are made by one listener at a time.
/// </remarks>
internal sealed partial class MatchIndex(IIntake intake, HouseClock clock) : IMakeReady, IDisposable
{
    /// <summary>Candidates below this weight are not proposed, in bits: about one chance in seventeen.</summary>
    public const double WeightMin = -4;

    /// <summary>So many candidates are kept for each person of a report.</summary>
    public const int CandidatesMax = 5;

    /// <summary>An identifier that more reports hold says nothing: a shared or public one, a hub.</summary>
    public const int HoldersMax = 25;

    private const int ReportsAsked = 200;

    /// <summary>With these a record's id begins: those of its entry or report.</summary>
    private const int IdLetters = 32;

    /// <summary>An entry has several records, one for each name: the best of them counts.</summary>
    private static readonly QueryOptions _asEntries = new() { Top = CandidatesMax, WeightMin = WeightMin, AreOne = AreOfOneEntry };

    private static readonly Scorer _scorer = new(ReviewSchema.Settings);

    /// <summary>Over what is read of entries.</summary>
    private readonly SemaphoreSlim _building = new(1, 1);

    /// <summary>Over what is read of reports, which takes most of a minute at a million: nobody who needs entries alone waits for it.</summary>
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly Hubs _hubs = new(intake);
    private readonly KnownServices _services = new();
    private readonly ConcurrentDictionary<EntryId, SoughtChild> _sought = new();
    private readonly Lock _arriving = new();
    private readonly SeenEntries _entryChanges = new();

    /// <summary>Under <see cref="_arriving"/>: the reports whose persons are here, or are none.</summary>
    private readonly SeenIds _reportsHere = new();
    private OnlineIndex? _entries;
    private OnlineIndex? _reports;

    /// <summary>What was put before there is anything to put it into: what the act that goes on has not stored yet, for another cannot read it, and all that arrives while the persons of reports are read.</summary>
    private readonly List<Arrived> _arrived = [];
    private Act? _arrivedIn;
    private bool _readsReports;

    /// <summary>How many make ready as the house begins to serve.</summary>
    private int _makers;

    /// <summary>Purged while the persons of reports were read, perhaps after theirs were: they are taken out of what was read.</summary>
    private readonly List<PurgedPersons> _purged = [];

    /// <summary>What was purged before, by whichever node, is in nobody's memory here.</summary>
    private DateTimeOffset _purgesSeen;

    private long _changes;

    /// <summary>So often a sought child came, changed or went: as long as it is the same, <see cref="Find"/> says the same.</summary>
    public long Changes => Interlocked.Read(ref _changes);

    public EntryGist? Sought(EntryId entry) => _sought.TryGetValue(entry, out var known) ? known.Gist : null;
    public string HashOf(EntryId entry) => _sought.TryGetValue(entry, out var known) ? known.Hash : "";

    /// <summary>The sought children who have one of some identifiers, with the one, as many as asked for. Each child is looked at once: for who asks by hand.</summary>
    public IReadOnlyList<(EntryGist Entry, ReportIdentifier By)> SoughtWith(IReadOnlyList<ReportIdentifier> any, int max) =>
    [
        .. _sought.Values.Select(known => (Entry: known.Gist, Has: Probes.IdentifiersOf(known.Gist)))
            .Select(known => (known.Entry, By: any.FirstOrDefault(one => known.Has.Contains((one.Kind, one.Value)))))
            .Where(known => known.By is not null).OrderBy(known => known.Entry.Nic, StringComparer.Ordinal).Take(max).Select(known => (known.Entry, known.By!)),
    ];

    /// <summary>An entry is sought, as it now stands.</summary>
    public void Put(EntryGist entry)
    {
        var records = Probes.Of(entry).ToList();
        Remove(entry.Id, keepFrom: records.Count);
        Keep(entry, records);
        foreach (var record in records) Entries.Put(record);
        Interlocked.Increment(ref _changes);
    }

    /// <summary>An entry is no longer sought.</summary>
    public void Remove(EntryId entry) => Remove(entry, keepFrom: 0);

    /// <summary>Persons of reports can be found from now on. A newer version takes the place of the older.</summary>
    public void Put(Act act, IReadOnlyList<ReportGist> reports)
    {
        List<Arrived> arrived = [.. reports.Select(report => new Arrived(Probes.Named(report), report.PersonsEver))];
        lock (_arriving)
        {
            if (_reports is null)
            {
                if (!_readsReports && _arrivedIn != act) _arrived.Clear();
                _arrivedIn = act;
                _arrived.AddRange(arrived);
                return;
            }
            foreach (var one in arrived) _reportsHere.Add(one.Named.Report.Value);
        }
        // What an earlier version said, of somebody more or of somebody else, is said no longer.
        foreach (var report in reports.Where(one => one.PersonsEver > 0)) Remove(Reports, new(report.Id, report.PersonsEver));
        foreach (var record in Records(arrived.ConvertAll(one => one.Named))) Reports.Put(record);
    }

    /// <summary>Reports were purged: nobody in them is found any more.</summary>
    public void Remove(IReadOnlyList<PurgedPersons> purged)
    {
        lock (_arriving)
        {
            var reports = purged.Select(one => one.Report).ToHashSet();
            _arrived.RemoveAll(one => reports.Contains(one.Named.Report));
            if (_readsReports) _purged.AddRange(purged);
            if (_reports is null) return;
        }
        foreach (var one in purged) Remove(Reports, one);
    }

    private static void Remove(OnlineIndex from, PurgedPersons purged)
    {
        for (var person = 0; person < purged.Persons; person++) from.Remove($"{purged.Report}/{person}");
    }

    /// <inheritdoc cref="KnownServices.Everywhere"/>
    public IReadOnlyList<string> Everywhere(string account) => _services.Everywhere(account);

    /// <summary>Records of those who can be known by something. On which services they have accounts is learnt beside.</summary>
    private IEnumerable<LinkRecord> Records(IReadOnlyList<NamedPersons> reports)
    {
        foreach (var report in reports)
            foreach (var person in report.Persons)
            {
                _services.Learn(person);
                if (Probes.Of(report, person) is { } record) yield return record;
            }
    }

    /// <summary>Learns what says nothing in these reports, for <see cref="Find"/>.</summary>
    /// <param name="until">Later reports are not yet known; null where all are.</param>
    public Task LearnHubsAsync(HomewardDb db, IReadOnlyList<ReportGist> reports, ReportId? until, CancellationToken cancel) =>
        _hubs.LearnAsync(db, reports.SelectMany(report => report.Persons), until, cancel);

    /// <summary>Learns what says nothing in these entries, for <see cref="FindReports"/>.</summary>
    public Task LearnHubsAsync(HomewardDb db, IReadOnlyList<EntryGist> entries, CancellationToken cancel) => _hubs.LearnAsync(db, entries, cancel);

    /// <summary>The entries that each person of a report may be, best first.</summary>
    public IReadOnlyList<Hit> Find(ReportGist report)
    {
        List<Hit>? hits = null;
        var named = Probes.Named(report);
        foreach (var person in report.Persons)
        {
            if (Probes.Of(named, person, _hubs) is not { } probe) continue;
            var found = Entries.Query(probe, _asEntries).Candidates;
            if (found.Count == 0) continue;
            var hash = Probes.Hash([probe]);
            hits ??= [];
            foreach (var one in found)
                hits.Add(new(person.Index, hash, EntryOf(one.Id), Math.Round(one.Weight, 2), Math.Round(one.Probability, 4), Waterfall.Write(one.Explanation)));
        }
        return hits ?? [];
    }

    /// <summary>The reports of the past that may speak of an entry.</summary>
    public IReadOnlyList<ReportId> FindReports(EntryGist entry) =>
        [.. Probes.Of(entry, _hubs).SelectMany(record => Reports.Query(record, new() { Top = ReportsAsked, WeightMin = WeightMin }).Candidates)
            .Select(candidate => ReportOf(candidate.Id)).Distinct()];

    /// <summary>The sought children and the persons of reports that are called alike by one of their names, best first, with what is alike in words. Persons of reports only once they are read.</summary>
    public (IReadOnlyList<(EntryId Entry, string Why)> Entries, IReadOnlyList<(ReportId Report, int Person, string Why)> Reports) Search(LinkRecord called, int max)
    {
        var options = new QueryOptions { Top = max * 4 };
        return (
            [.. Alike(Entries).Select(one => (EntryOf(one.Id), one.Why)).DistinctBy(one => one.Item1).Take(max)],
            [.. (Volatile.Read(ref _reports) is { } persons ? Alike(persons) : []).Select(one => (ReportOf(one.Id), PersonOf(one.Id), one.Why)).Take(max)]);

        IEnumerable<(string Id, string Why)> Alike(OnlineIndex index) =>
            from candidate in index.Query(called, options).Candidates
            let why = WhyCalledAlike(called, candidate)
            where why is not null
            select (candidate.Id, why);
    }

    /// <summary>Null where somebody is called otherwise by all of their names.</summary>
    private static string? WhyCalledAlike(LinkRecord called, Candidate candidate)
    {
        if (!SpeaksAgainst(candidate.Explanation)) return Words(candidate.Explanation.For) ?? "alike by sound";
        // An alias or a display name is a whole name too, and is misspelled as names are.
        foreach (var other in candidate.Record[PersonSchema.Alias])
        {
            if (other.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is not [var given, var family]) continue;
            var likeness = _scorer.Explain(called, new PersonRecord("other name") { GivenName = given, FamilyName = family }.ToRecord());
            if (!SpeaksAgainst(likeness) && Words(likeness.For) is { } alike) return $"also called {other}: {alike}";
        }
        return null;

        static string? Words(IReadOnlyList<Contribution> bars) => bars.Count == 0 ? null : string.Join("; ", bars.Select(bar => bar.Sentence));

        // A rare family name alone outweighs a given name that differs: a relative, and not whom one looks for.
        static bool SpeaksAgainst(Explanation explanation) => explanation.Against.Any(bar => bar.Field is PersonSchema.GivenName or PersonSchema.FamilyName);
    }

    public void Dispose()
    {
        _building.Dispose();
        _reading.Dispose();
    }

    private OnlineIndex Entries => Volatile.Read(ref _entries) ?? throw new BrokenInvariantException("the index is asked before it is ready");

    private OnlineIndex Reports => Volatile.Read(ref _reports) ?? throw new BrokenInvariantException("the reports are asked before they are ready");

    private void Keep(EntryGist entry, List<LinkRecord> records)
    {
        _hubs.Watch(entry);
        _sought[entry.Id] = new(entry, records.Count);
    }

    /// <param name="PersonsEver">As in <see cref="ReportGist.PersonsEver"/>.</param>
    private readonly record struct Arrived(NamedPersons Named, int PersonsEver);

    /// <param name="Variants">How many records it has in the index.</param>
    private sealed record SoughtChild(EntryGist Gist, int Variants)
    {
        /// <summary>Of what the entry says; asked only for those that somebody may be.</summary>
        public string Hash => field ??= Probes.Hash(Probes.Of(Gist));
    }

    private void Remove(EntryId entry, int keepFrom)
    {
        if (!_sought.TryRemove(entry, out var known)) return;
        for (var variant = keepFrom; variant < known.Variants; variant++) Entries.Remove($"{entry}/{variant}");
        Interlocked.Increment(ref _changes);
    }

    private static bool AreOfOneEntry(string one, string other) => one.AsSpan(0, IdLetters).SequenceEqual(other.AsSpan(0, IdLetters));
    private static EntryId EntryOf(string id) => EntryId.From(Guid.ParseExact(id.AsSpan(0, IdLetters), "N"));
    private static int PersonOf(string id) => int.Parse(id.AsSpan(id.LastIndexOf('/') + 1), System.Globalization.CultureInfo.InvariantCulture);
    private static ReportId ReportOf(string id) => ReportId.From(Guid.ParseExact(id.AsSpan(0, IdLetters), "N"));
}
