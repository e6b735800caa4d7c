using Homeward.Foundations.Places;

namespace Homeward.Review.Tests;

/// <summary>An intake whose reports and entries a test lays down by hand; it tells of them as the real one does.</summary>
public sealed class IntakeInHand : IStage, IIntake
{
    public sealed record Deliver(IReadOnlyList<ReportId> Reports, IReadOnlyList<EntryId> Entries, DoorChanged? Changed = null);

    /// <summary>What is to happen while a delivery's act goes on.</summary>
    public Func<Act, Task> Within { get; set; } = _ => Task.CompletedTask;

    public sealed class DeliverHandler(IIntake intake) : IHandle<Deliver, Done>
    {
        public async Task<Result<Done>> HandleAsync(Deliver request, Act act, CancellationToken cancel)
        {
            await ((IntakeInHand)intake).Within(act);
            if (request.Entries.Count > 0) act.Tell(new EntryReceived(request.Entries));
            if (request.Reports.Count > 0) act.Tell(new ReportsReceived(request.Reports));
            if (request.Changed is { } changed) act.Tell(changed);
            return Done.Value;
        }
    }

    public sealed record Purge(IReadOnlyList<ReportId> Reports);

    public sealed class PurgeHandler(IEnumerable<IReportUse> uses) : IHandle<Purge, Done>
    {
        public async Task<Result<Done>> HandleAsync(Purge request, Act act, CancellationToken cancel)
        {
            foreach (var use in uses) await use.ForgetAsync(act, request.Reports, cancel);
            act.Tell(new ReportsPurged([.. request.Reports.Select(report => new PurgedPersons(report, 1))]));
            return Done.Value;
        }
    }

    /// <summary>Whether the next reading of reports or entries fails, as where the database is away.</summary>
    public bool FailsNext { get; set; }

    /// <summary>So many entries were asked for by their ids.</summary>
    public int EntriesRead { get; private set; }

    private void MayFail()
    {
        if (!FailsNext) return;
        FailsNext = false;
        throw new IOException("the database is away");
    }

    public Dictionary<ReportId, ReportGist> Reports { get; } = [];
    public Dictionary<EntryId, EntryGist> Entries { get; } = [];
    public Dictionary<DoorId, DoorGist> Doors { get; } = [];

    public string Name => "intake";
    public IReadOnlyList<UseCase> UseCases { get; } = [UseCase.Change<Deliver, Done, DeliverHandler>("intake.receive-reports"), UseCase.Change<Purge, Done, PurgeHandler>("intake.approve-purge")];
    public OutcomesInHand Outcomes { get; } = new();
    public void AddServices(IServiceCollection services) => services.AddSingleton<IIntake>(this).AddSingleton<ITellOutcomes>(Outcomes);
    // A program has one model: where the real Intake stands in a test's house, its tables must be in it.
    public void Shape(ModelBuilder model) => new IntakeStage().Shape(model);

    public Dictionary<ReportId, PurgedReport> Purged { get; } = [];

    /// <summary>By another node, of which nothing is told here.</summary>
    public List<PurgedPersons> PurgedElsewhere { get; } = [];

    public IAsyncEnumerable<PurgedPersons> PurgedSinceAsync(HomewardDb db, DateTimeOffset since) => PurgedElsewhere.ToAsyncEnumerable();

    public Task<IReadOnlyDictionary<ReportId, PurgedReport>> PurgedAsync(HomewardDb db, IReadOnlyCollection<ReportId> ids, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyDictionary<ReportId, PurgedReport>>(ids.Where(Purged.ContainsKey).ToDictionary(id => id, id => Purged[id]));

    public Task<IReadOnlyList<ReportGist>> ReportsAsync(HomewardDb db, IReadOnlyCollection<ReportId> ids, CancellationToken cancel)
    {
        MayFail();
        return Task.FromResult<IReadOnlyList<ReportGist>>([.. ids.Where(Reports.ContainsKey).Select(id => Reports[id])]);
    }

    public async IAsyncEnumerable<IReadOnlyList<NamedPersons>> NamedPersonsAsync(HomewardDb db, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        MayFail();
        yield return [.. Reports.Values.OrderBy(report => report.Id.Value).Select(report => new NamedPersons(report.Id, report.IncidentAt ?? report.ReceivedAt, report.Persons))];
        AfterAllWereRead();
    }

    /// <summary>What is to happen when whom all reports name was read, and not taken in yet.</summary>
    public Action AfterAllWereRead { get; set; } = () => { };

    /// <summary>What was asked of holders, for tests that look at it.</summary>
    public List<HoldersAsked> Asked { get; } = [];

    public Task<IReadOnlyList<int>> HoldersAsync(HomewardDb db, IReadOnlyList<HoldersAsked> identifiers, CancellationToken cancel)
    {
        Asked.AddRange(identifiers);
        return Task.FromResult<IReadOnlyList<int>>([.. identifiers.Select(one => Math.Min(one.Max, Reports.Values.Count(report =>
            (one.After is not { } after || report.Id.Value.CompareTo(after.Value) > 0) && (one.Until is not { } until || report.Id.Value.CompareTo(until.Value) <= 0) && (report.Identifiers.Any(held => held.Kind == one.Kind && held.Value == one.Value) || report.Persons.Any(person => (one.Kind switch
            {
                "phone" => person.Phones,
                "email" => person.Emails,
                "account-id" => person.AccountIds,
                _ => person.ScreenNames,
            }).Contains(one.Value))))))]);
    }

    public Task<IReadOnlyList<EntryGist>> EntriesAsync(HomewardDb db, IReadOnlyCollection<EntryId> ids, CancellationToken cancel)
    {
        MayFail();
        EntriesRead += ids.Count;
        return Task.FromResult<IReadOnlyList<EntryGist>>([.. ids.Where(Entries.ContainsKey).Select(id => Entries[id])]);
    }

    public IReadOnlyList<ReportGist>? JustStored(IReadOnlyCollection<ReportId> ids) => null;
    public Task<bool> AreFirstAsync(HomewardDb db, IReadOnlyCollection<ReportId> ids, CancellationToken cancel) => throw new NotSupportedException();

    public Task<IReadOnlyList<EntryId>> EndedAsync(HomewardDb db, IReadOnlyCollection<EntryId> ids, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<EntryId>>([.. ids.Where(id => Entries.TryGetValue(id, out var entry) && entry.State is not (EntryState.Entered or EntryState.Modified))]);

    /// <summary>What another node stored; of its own the house is told.</summary>
    public List<EntryChange> Changes { get; } = [];

    public Task<IReadOnlyList<EntryChange>> EntryChangesAsync(HomewardDb db, Guid after, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<EntryChange>>([.. Changes.Where(one => one.Revision.CompareTo(after) > 0)]);

    public async Task<(int Count, long Versions)> CountEntryChangesAsync(HomewardDb db, Guid after, CancellationToken cancel)
    {
        var changes = await EntryChangesAsync(db, after, cancel);
        return (changes.Count, changes.Sum(one => (long)one.Version));
    }

    public Task<Guid> LastEntryChangeAsync(HomewardDb db, CancellationToken cancel) => Task.FromResult(Guid.Empty);

    public Task<IReadOnlyList<EntryGist>> OpenEntriesAsync(HomewardDb db, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<EntryGist>>([.. Entries.Values.Where(entry => entry.State is EntryState.Entered or EntryState.Modified)]);

    public Task<IReadOnlyList<EntryGist>> EntriesOfRecordsAsync(
        HomewardDb db, IReadOnlyCollection<PersonRecordId> records, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<EntryGist>>([.. Entries.Values.Where(entry => records.Contains(entry.Record))]);

    public Task<IReadOnlyList<EntryGist>> EntriesNamingPlatesAsync(HomewardDb db, IReadOnlyCollection<string> plates, int max, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<EntryGist>>([.. Entries.Values.Where(entry => entry.Vehicles.Any(vehicle => plates.Contains(vehicle.Plate))).Take(max)]);

    public Task<EntryGist?> EntryByNicAsync(HomewardDb db, string nic, CancellationToken cancel) =>
        Task.FromResult(Entries.Values.SingleOrDefault(entry => entry.Nic == nic));

    public Task<DoorGist?> DoorAsync(HomewardDb db, DoorId id, CancellationToken cancel) => Task.FromResult(Doors.GetValueOrDefault(id));
    public Task<IReadOnlyList<DoorGist>> DoorsCalledAsync(HomewardDb db, string text, int max, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<DoorGist>>([.. Doors.Values.Where(door => door.Number == text || $"{door.Given} {door.Family}".Trim() == text).Take(max)]);
    public Task<IReadOnlyDictionary<string, DoorId>> DoorsByNumberAsync(HomewardDb db, IReadOnlyCollection<string> numbers, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyDictionary<string, DoorId>>(Doors.Values.Where(door => numbers.Contains(door.Number)).ToDictionary(door => door.Number, door => door.Id));
    public Task<DoorGist?> DoorByNumberAsync(HomewardDb db, string number, CancellationToken cancel) =>
        Task.FromResult(Doors.Values.SingleOrDefault(door => door.Number == number));

    public Task<IReadOnlyDictionary<string, ReportId>> ReportsByNumberAsync(
        HomewardDb db, IReadOnlyCollection<string> numbers, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyDictionary<string, ReportId>>(
            Reports.Values.Where(report => numbers.Contains(report.Number)).ToDictionary(report => report.Number, report => report.Id));

    public IReadOnlyList<ReportIdentifier> ReadTyped(string text) =>
        text.Contains('@', StringComparison.Ordinal) ? [new("email", text, "")] : text.StartsWith('+') ? [new("phone", text, "")]
        : text.Contains('.', StringComparison.Ordinal) ? [new("url", text, ""), new("screen-name", ":" + text, "")]
        : [new("screen-name", (text.Contains(':', StringComparison.Ordinal) ? "" : ":") + text, ""), new("account-id", ":" + text, "")];

    /// <summary>How often it was asked who holds one identifier.</summary>
    public int SightingsAsked { get; private set; }

    public Task<IReadOnlyList<Sighting>> SightingsAsync(HomewardDb db, string kind, string value, int max, CancellationToken cancel)
    {
        SightingsAsked++;
        return Task.FromResult<IReadOnlyList<Sighting>>([.. Reports.Values.OrderByDescending(report => report.Id.Value)
            .Select(report => (report.Id, report.Identifiers.FirstOrDefault(one => one.Kind == kind && one.Value == value)?.Path))
            .Where(one => one.Path is not null).Take(max).Select(one => new Sighting(one.Id, one.Path!))]);
    }

    /// <summary>What a report's free text says.</summary>
    public Dictionary<ReportId, string> Texts { get; } = [];

    /// <summary>Where a search for words ends that was told no place; it finds nothing then, and all behind that place.</summary>
    public TextPlace? TextsEndAt { get; set; }

    public Task<TextSightings> ReportsSayingAsync(HomewardDb db, IReadOnlyList<string> words, int max, TextPlace? from, CancellationToken cancel) => Task.FromResult(new TextSightings(
        [.. Texts.Where(one => TextWords.AllIn(one.Value, words) && from == TextsEndAt).Select(one => new TextSighting(one.Key, 1, "Additional information", "/report/additionalInfo[1]"))], from is null ? TextsEndAt : null));

    public Task<IReadOnlyList<EntryGist>> EntriesSayingAsync(HomewardDb db, IReadOnlyList<string> words, int max, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<EntryGist>>([.. Entries.Values.Where(entry => TextWords.AllIn(string.Join(' ', entry.Marks), words))]);

    /// <summary>Of sealed files that came with a report.</summary>
    public Dictionary<ReportId, SealedFileGist> SealedFiles { get; } = [];

    public Task<IReadOnlyList<ReportOriginal>> OriginalsAsync(HomewardDb db, IReadOnlyCollection<ReportId> ids, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<ReportOriginal>>([.. ids.Where(Reports.ContainsKey).Select(id => new ReportOriginal(
            id, Reports[id].Version, StrongId.Text(id.Value) + StrongId.Text(id.Value), SealedFiles.TryGetValue(id, out var file) ? [file] : []))]);

    public Dictionary<ReportId, IncidentGroup> Incidents { get; } = [];

    public Task<IReadOnlyDictionary<ReportId, IncidentGroup>> SameIncidentsAsync(HomewardDb db, IReadOnlyCollection<ReportId> reports, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyDictionary<ReportId, IncidentGroup>>(Incidents.Where(one => reports.Contains(one.Key)).ToDictionary());

    public Task<IReadOnlyList<PersonRecordId>> SoughtAsync(HomewardDb db, DateTimeOffset asOf, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<PersonRecordId>>([.. Entries.Values.Where(entry => entry.AtRisk).Select(entry => entry.Record)]);

    public Task NoteLocatedAsync(Act act, EntryId entry, DateTimeOffset locatedAt, CancellationToken cancel)
    {
        Entries[entry] = Entries[entry] with { State = EntryState.Located };
        return Task.CompletedTask;
    }

    public Task<DateTimeOffset?> ClearedAtAsync(HomewardDb db, EntryId entry, CancellationToken cancel) => Task.FromResult<DateTimeOffset?>(null);
}
