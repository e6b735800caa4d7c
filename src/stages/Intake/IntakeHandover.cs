using Homeward.Exchange;
using Homeward.Exchange.CyberTips;
using Homeward.Foundations.Access;
using Homeward.Foundations.People;
using Homeward.Foundations.Storage;
using Homeward.Intake.Incidents;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Intake.Retention;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>What later stages read of Intake, from its rows.</summary>
internal sealed class IntakeHandover(Locating locating, FreshReports fresh, TextSearch texts, LookGenerations generations) : IIntake
{
    public Task<IReadOnlyList<ReportGist>> ReportsAsync(HomewardDb db, IReadOnlyCollection<ReportId> ids, CancellationToken cancel) =>
        Gists.ReportsAsync(db, fresh, ids, cancel);

    public Task<IReadOnlyList<int>> HoldersAsync(HomewardDb db, IReadOnlyList<HoldersAsked> identifiers, CancellationToken cancel) =>
        Holders.CountAsync(db, generations, identifiers, cancel);

    public IAsyncEnumerable<IReadOnlyList<NamedPersons>> NamedPersonsAsync(HomewardDb db, CancellationToken cancel) => PersonScan.ReadAsync(db, cancel);

    public Task<IReadOnlyList<EntryGist>> EntriesAsync(HomewardDb db, IReadOnlyCollection<EntryId> ids, CancellationToken cancel) =>
        EntriesAsync(db.Set<Entry>().Where(row => ids.Contains(row.Id)), cancel);

    public IReadOnlyList<ReportGist>? JustStored(IReadOnlyCollection<ReportId> ids) => fresh.TakeFirst(ids) is { } versions ? [.. versions.Select(Gists.Gist)] : null;

    public async Task<bool> AreFirstAsync(HomewardDb db, IReadOnlyCollection<ReportId> ids, CancellationToken cancel) =>
        await db.Set<ReportVersion>().Where(row => ids.Contains(row.Id)).GroupBy(_ => 1)
            .Select(all => new { Count = all.Count(), Newest = all.Max(row => row.Version) }).SingleOrDefaultAsync(cancel) is { Newest: 1 } found
        && found.Count == ids.Count;

    public async Task<IReadOnlyList<EntryId>> EndedAsync(HomewardDb db, IReadOnlyCollection<EntryId> ids, CancellationToken cancel) =>
        await db.Set<Entry>().Where(row => ids.Contains(row.Id) && row.State != EntryState.Entered && row.State != EntryState.Modified)
            .Select(row => row.Id).ToListAsync(cancel);

    public async Task<IReadOnlyList<EntryChange>> EntryChangesAsync(HomewardDb db, Guid after, CancellationToken cancel) =>
        await db.Set<Entry>().Where(row => row.Revision > after).Select(row => new EntryChange(row.Id, row.Revision, row.Version)).ToListAsync(cancel);

    public async Task<(int Count, long Versions)> CountEntryChangesAsync(HomewardDb db, Guid after, CancellationToken cancel) =>
        await db.Set<Entry>().Where(row => row.Revision > after).GroupBy(_ => 1)
            .Select(all => new { Count = all.Count(), Versions = all.Sum(row => (long)row.Version) }).SingleOrDefaultAsync(cancel) is { } all
            ? (all.Count, all.Versions)
            : default;

    public Task<Guid> LastEntryChangeAsync(HomewardDb db, CancellationToken cancel) =>
        db.Set<Entry>().OrderByDescending(row => row.Revision).Select(row => row.Revision).FirstOrDefaultAsync(cancel);

    public Task<IReadOnlyList<EntryGist>> OpenEntriesAsync(HomewardDb db, CancellationToken cancel) =>
        EntriesAsync(db.Set<Entry>().Where(Entry.IsOpen), cancel);

    public async Task<IReadOnlyList<EntryGist>> EntriesNamingPlatesAsync(HomewardDb db, IReadOnlyCollection<string> plates, int max, CancellationToken cancel)
    {
        if (plates.Count == 0) return [];
        var named = db.Set<Entry>().Where(Entry.IsOpen).Where(row => db.Set<EntryPlate>().Any(one => one.EntryId == row.Id && plates.Contains(one.Plate)));
        return [.. (await EntriesAsync(named.OrderByDescending(row => row.FirstReceivedAt).ThenBy(row => row.Id).Take(max), cancel))
            // A later message may have taken it back.
            .Where(entry => entry.Vehicles.Any(vehicle => plates.Contains(vehicle.Plate)))];
    }

    public Task<IReadOnlyList<EntryGist>> EntriesOfRecordsAsync(
        HomewardDb db, IReadOnlyCollection<PersonRecordId> records, CancellationToken cancel) =>
        EntriesAsync(db.Set<Entry>().Where(row => records.Contains(row.Record)), cancel);

    public async Task<EntryGist?> EntryByNicAsync(HomewardDb db, string nic, CancellationToken cancel) =>
        (await EntriesAsync(db.Set<Entry>().Where(row => row.Nic == nic), cancel)).SingleOrDefault();

    public async Task<DoorGist?> DoorAsync(HomewardDb db, DoorId id, CancellationToken cancel) =>
        await db.Set<Door>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel) is { } door ? Gists.Gist(door) : null;

    public async Task<DoorGist?> DoorByNumberAsync(HomewardDb db, string number, CancellationToken cancel) =>
        await db.Set<Door>().AsNoTracking().SingleOrDefaultAsync(row => row.Number == number, cancel) is { } door ? Gists.Gist(door) : null;

    public async Task<IReadOnlyDictionary<string, DoorId>> DoorsByNumberAsync(HomewardDb db, IReadOnlyCollection<string> numbers, CancellationToken cancel) =>
        await db.Set<Door>().AsNoTracking().Where(row => numbers.Contains(row.Number)).ToDictionaryAsync(row => row.Number, row => row.Id, StringComparer.Ordinal, cancel);

    public Task<IReadOnlyList<DoorGist>> DoorsCalledAsync(HomewardDb db, string text, int max, CancellationToken cancel) => DoorSearch.FindAsync(db, text, max, cancel);

    public async Task<IReadOnlyDictionary<string, ReportId>> ReportsByNumberAsync(
        HomewardDb db, IReadOnlyCollection<string> numbers, CancellationToken cancel) =>
        await db.Set<ReportVersion>().AsNoTracking().Where(row => numbers.Contains(row.Number) && row.Version == 1)
            .ToDictionaryAsync(row => row.Number, row => row.Id, StringComparer.Ordinal, cancel);

    public IReadOnlyList<ReportIdentifier> ReadTyped(string text) => Typed.Read(text);

    public Task<IReadOnlyList<Sighting>> SightingsAsync(HomewardDb db, string kind, string value, int max, CancellationToken cancel) =>
        Sightings.OfAsync(db, generations, kind, value, max, cancel);

    public Task<TextSightings> ReportsSayingAsync(HomewardDb db, IReadOnlyList<string> words, int max, TextPlace? from, CancellationToken cancel) =>
        texts.FindAsync(db, words, max, from, cancel);

    public Task<IReadOnlyList<EntryGist>> EntriesSayingAsync(HomewardDb db, IReadOnlyList<string> words, int max, CancellationToken cancel) =>
        EntryWords.FindAsync(db, words, max, cancel);

    public async Task<IReadOnlyList<ReportOriginal>> OriginalsAsync(HomewardDb db, IReadOnlyCollection<ReportId> ids, CancellationToken cancel)
    {
        var files = (await db.Set<SealedFileRow>().AsNoTracking().Where(row => row.ReportId != null && ids.Contains(row.ReportId.Value))
            .OrderBy(row => row.ReceivedAt).ThenBy(row => row.Id).Select(row => new { Report = row.ReportId!.Value, row.Sha256, row.Bytes, row.MediaType })
            .ToListAsync(cancel)).ToLookup(row => row.Report, row => new SealedFileGist(row.Sha256, row.Bytes, row.MediaType));
        return [.. (await db.Set<ReportVersion>().AsNoTracking().Where(row => ids.Contains(row.Id)).OrderBy(row => row.Id).ThenBy(row => row.Version)
            .Select(row => new { row.Id, row.Version, row.Sha256 }).ToListAsync(cancel))
            .Select(row => new ReportOriginal(row.Id, row.Version, row.Sha256, [.. files[row.Id]]))];
    }

    public Task<IReadOnlyDictionary<ReportId, IncidentGroup>> SameIncidentsAsync(
        HomewardDb db, IReadOnlyCollection<ReportId> reports, CancellationToken cancel) => SameIncidents.OfAsync(db, generations, reports, cancel);

    public async Task<IReadOnlyList<PersonRecordId>> SoughtAsync(HomewardDb db, DateTimeOffset asOf, CancellationToken cancel) =>
        await (from message in db.Set<EntryMessage>().AsNoTracking()
               join entry in db.Set<Entry>() on message.EntryId equals entry.Id
               where message.AtRisk == Stated.Yes && message.ReceivedAt <= asOf
               select entry.Record).Distinct().ToListAsync(cancel);

    public Task NoteLocatedAsync(Act act, EntryId entry, DateTimeOffset locatedAt, CancellationToken cancel) =>
        locating.LocateAsync(act, entry, locatedAt, isFoundHere: true, cancel);

    public Task<IReadOnlyDictionary<ReportId, PurgedReport>> PurgedAsync(HomewardDb db, IReadOnlyCollection<ReportId> ids, CancellationToken cancel) =>
        Tombstones.OfAsync(db, ids, cancel);

    public IAsyncEnumerable<PurgedPersons> PurgedSinceAsync(HomewardDb db, DateTimeOffset since) => Tombstones.SinceAsync(db, since);

    public async Task<DateTimeOffset?> ClearedAtAsync(HomewardDb db, EntryId entry, CancellationToken cancel)
    {
        var current = (await Disappearances.OfAsync(db, entry, cancel))[^1].Versions;
        return await db.Set<ClearingMessage>().AsNoTracking().Where(row => row.EntryId == entry && current.Contains(row.Version)).Select(row => row.ConfirmedAt).SingleOrDefaultAsync(cancel);
    }

    private static async Task<IReadOnlyList<EntryGist>> EntriesAsync(IQueryable<Entry> entries, CancellationToken cancel) =>
        [.. (await entries.AsNoTracking().OrderBy(row => row.FirstReceivedAt).ThenBy(row => row.Id).ToListAsync(cancel)).Select(Gists.Gist)];
}

/// <summary>What the house itself adds to an entry's history.</summary>
internal static class HouseMessages
{
    /// <summary>A duty about an entry is of one disappearance, and names a message of it.</summary>
    public static string DutyKey(Entry entry, int version) => $"entry/{entry.Nic}/{version}";

    /// <summary>The entry stands as said from now on, and its history says that the house said so.</summary>
    public static void Add(Act act, Entry entry, EntryState state, DateTimeOffset at)
    {
        (entry.State, entry.ReceivedAt, entry.Revision) = (state, at > entry.ReceivedAt ? at : entry.ReceivedAt, act.Ids.Next());
        entry.Version++;
        var message = new EntryMessage
        {
            EntryId = entry.Id, Version = entry.Version, Sha256 = "", Source = EntryMessage.House, ReceivedAt = at, State = state,
        };
        message.Take(entry);
        message.ReceivedAt = at;
        act.Db.Add(message);
    }
}
