using Homeward.Foundations.Access;
using Homeward.Foundations.People;
using Homeward.Foundations.Places;
using Homeward.Foundations.Storage;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Operations;
using Homeward.Referral;
using Homeward.Review;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Outcomes.Tests;

/// <summary>What Outcomes is handed by the stages before it, held in memory, and what it gave back to them.</summary>
public sealed class EarlierStages(string file = "{}") : IStage, IIntake, IReview, IReferral, IOperations
{
    public InitiativeGist Initiative { get; } = new(
        new InitiativeId(Guid.CreateVersion7()), "Operation Exercise", new(2019, 7, 1), new(2019, 7, 31), null, null, file, true, default);
    public List<OperationGist> Ran { get; } = [];
    public List<LeadGist> Leads { get; } = [];
    public List<ReferralGist> Referrals { get; } = [];
    public List<EntryGist> Entries { get; } = [];
    public List<string> Doors { get; } = [];
    public List<string> GivenBack { get; } = [];

    string IStage.Name => "earlier";
    IReadOnlyList<UseCase> IStage.UseCases => [];
    void IStoragePart.Shape(ModelBuilder model) { }
    void IStage.AddServices(IServiceCollection services)
    {
        services.AddSingleton<IIntake>(this);
        services.AddSingleton<IReview>(this);
        services.AddSingleton<IReferral>(this);
        services.AddSingleton<IOperations>(this);
    }

    public OperationGist Operation(string reference, string office = "KC", bool begun = true, string[]? others = null, params LeadId[] leads)
    {
        var at = new DateTimeOffset(2019, 7, 1, 6, 0, 0, TimeSpan.Zero);
        var operation = new OperationGist(new OperationId(Guid.CreateVersion7()), reference, Initiative.Id, OperationKind.Lead, OperationState.Running,
            office, $"{office}-01", new PlaceQuery(), at, at, begun ? at : null, null, [], [], leads, null, others ?? []);
        Ran.Add(operation);
        return operation;
    }

    public EntryGist Entry(string nic, PersonRecordId record)
    {
        var entry = new EntryGist(new EntryId(Guid.CreateVersion7()), record, nic, null, "MOKPD0000", "EME", null, EntryState.Entered, [], default, null, [],
            null, null, "unknown", [], [], [], true, [], default);
        Entries.Add(entry);
        return entry;
    }

    public LeadId Lead(EntryGist? entry, bool viaReview = true)
    {
        var id = new LeadId(Guid.CreateVersion7());
        Leads.Add(new LeadGist(id, "L-1", LeadOrigin.ConfirmedMatch, LeadState.Open, entry?.Record, entry?.Id, entry?.Nic, null, [], [], 0, [], viaReview, false, false, default, 1));
        Referrals.Add(new ReferralGist(new ReferralId(Guid.CreateVersion7()), "RF-1", id, ReferralState.Accepted, "KC", "KC-01", "KC", default, null));
        return id;
    }

    Task<OperationGist?> IOperations.ByReferenceAsync(HomewardDb db, string reference, CancellationToken cancel) => Task.FromResult(Ran.Find(one => one.Reference == reference));
    Task<InitiativeGist?> IOperations.CurrentAsync(HomewardDb db, CancellationToken cancel) => Task.FromResult<InitiativeGist?>(Initiative);
    Task<InitiativeGist?> IOperations.InitiativeAsync(HomewardDb db, InitiativeId id, CancellationToken cancel) => Task.FromResult<InitiativeGist?>(Initiative);
    Task<InitiativeGist?> IOperations.InitiativeByNameAsync(HomewardDb db, string name, CancellationToken cancel) => Task.FromResult<InitiativeGist?>(Initiative);
    Task<IReadOnlyList<InitiativeGist>> IOperations.InitiativesAsync(HomewardDb db, CancellationToken cancel) => Task.FromResult<IReadOnlyList<InitiativeGist>>([Initiative]);
    Task<OperationGist?> IOperations.OperationAsync(HomewardDb db, OperationId id, CancellationToken cancel) => Task.FromResult(Ran.Find(one => one.Id == id));
    Task<IReadOnlyList<OperationGist>> IOperations.OfInitiativeAsync(HomewardDb db, InitiativeId id, CancellationToken cancel) => Task.FromResult<IReadOnlyList<OperationGist>>(Ran);

    Task<LeadGist?> IReview.LeadAsync(HomewardDb db, LeadId id, CancellationToken cancel) => Task.FromResult(Leads.Find(one => one.Id == id));
    Task<IReadOnlyList<LeadGist>> IReview.LeadsAsync(HomewardDb db, IReadOnlyCollection<LeadId> ids, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<LeadGist>>(Leads.FindAll(one => ids.Contains(one.Id)));
    Task<IReadOnlyList<LeadGist>> IReview.OpenLeadsOfAsync(HomewardDb db, IReadOnlyCollection<PersonRecordId> records, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<LeadGist>>(Leads.FindAll(one => one.State == LeadState.Open && one.Child is { } child && records.Contains(child)));
    Task IReview.CloseLeadAsync(Act act, LeadId lead, string outcome, CancellationToken cancel)
    {
        var at = Leads.FindIndex(one => one.Id == lead);
        Ensure.That(Leads[at].State == LeadState.Open);
        Leads[at] = Leads[at] with { State = LeadState.Closed };
        GivenBack.Add($"lead {outcome}");
        return Task.CompletedTask;
    }

    Task<ReferralGist?> IReferral.ReferralAsync(HomewardDb db, ReferralId id, CancellationToken cancel) => Task.FromResult(Referrals.Find(one => one.Id == id));
    Task<IReadOnlyList<ReferralGist>> IReferral.AcceptedAsync(HomewardDb db, string taskForce, CancellationToken cancel) => Task.FromResult<IReadOnlyList<ReferralGist>>([]);
    Task<IReadOnlyList<ReferralGist>> IReferral.ReferralsOfLeadsAsync(HomewardDb db, IReadOnlyCollection<LeadId> leads, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<ReferralGist>>(Referrals.FindAll(one => leads.Contains(one.Lead)));
    Task IReferral.CloseReferralAsync(Act act, ReferralId referral, string outcome, CancellationToken cancel)
    {
        GivenBack.Add($"referral {outcome}");
        return Task.CompletedTask;
    }
    public Task LetGoAsync(Act act, ReferralId referral, CancellationToken cancel) => Task.CompletedTask;
    Task IReferral.NoteActedAsync(Act act, ReferralId referral, CancellationToken cancel) => Task.CompletedTask;

    Task<EntryGist?> IIntake.EntryByNicAsync(HomewardDb db, string nic, CancellationToken cancel) => Task.FromResult(Entries.Find(one => one.Nic == nic));
    Task<IReadOnlyList<EntryGist>> IIntake.EntriesOfRecordsAsync(HomewardDb db, IReadOnlyCollection<PersonRecordId> records, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<EntryGist>>(Entries.FindAll(one => records.Contains(one.Record)));
    Task<IReadOnlyList<EntryGist>> IIntake.EntriesNamingPlatesAsync(HomewardDb db, IReadOnlyCollection<string> plates, int max, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<EntryGist>>([]);
    Task<DoorGist?> IIntake.DoorByNumberAsync(HomewardDb db, string number, CancellationToken cancel) => Task.FromResult(Doors.Contains(number)
        ? new DoorGist(new DoorId(Guid.CreateVersion7()), DoorKind.AgencyReferral, number, "child-found", false, null, "", "", default, null, null, null, default)
        : null);
    Task IIntake.NoteLocatedAsync(Act act, EntryId entry, DateTimeOffset locatedAt, CancellationToken cancel)
    {
        var at = Entries.FindIndex(one => one.Id == entry);
        Ensure.That(Entries[at].State == EntryState.Entered);
        Entries[at] = Entries[at] with { State = EntryState.Located };
        GivenBack.Add("entry located");
        return Task.CompletedTask;
    }
    IAsyncEnumerable<PurgedPersons> IIntake.PurgedSinceAsync(HomewardDb db, DateTimeOffset since) => AsyncEnumerable.Empty<PurgedPersons>();
    Task<IReadOnlyDictionary<ReportId, PurgedReport>> IIntake.PurgedAsync(HomewardDb db, IReadOnlyCollection<ReportId> ids, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyDictionary<ReportId, PurgedReport>>(new Dictionary<ReportId, PurgedReport>());
    Task<IReadOnlyList<ReportGist>> IIntake.ReportsAsync(HomewardDb db, IReadOnlyCollection<ReportId> ids, CancellationToken cancel) => Task.FromResult<IReadOnlyList<ReportGist>>([]);
    Task<IReadOnlyList<int>> IIntake.HoldersAsync(HomewardDb db, IReadOnlyList<HoldersAsked> identifiers, CancellationToken cancel) => Task.FromResult<IReadOnlyList<int>>(new int[identifiers.Count]);
    Task<IReadOnlyList<EntryGist>> IIntake.EntriesAsync(HomewardDb db, IReadOnlyCollection<EntryId> ids, CancellationToken cancel) => Task.FromResult<IReadOnlyList<EntryGist>>([]);
    IReadOnlyList<ReportGist>? IIntake.JustStored(IReadOnlyCollection<ReportId> ids) => null;
    Task<bool> IIntake.AreFirstAsync(HomewardDb db, IReadOnlyCollection<ReportId> ids, CancellationToken cancel) => Task.FromResult(false);
    Task<IReadOnlyList<EntryId>> IIntake.EndedAsync(HomewardDb db, IReadOnlyCollection<EntryId> ids, CancellationToken cancel) => Task.FromResult<IReadOnlyList<EntryId>>([]);
    Task<(int Count, long Versions)> IIntake.CountEntryChangesAsync(HomewardDb db, Guid after, CancellationToken cancel) => Task.FromResult<(int, long)>(default);
    Task<IReadOnlyList<EntryChange>> IIntake.EntryChangesAsync(HomewardDb db, Guid after, CancellationToken cancel) => Task.FromResult<IReadOnlyList<EntryChange>>([]);
    Task<Guid> IIntake.LastEntryChangeAsync(HomewardDb db, CancellationToken cancel) => Task.FromResult(Guid.Empty);
    Task<IReadOnlyList<EntryGist>> IIntake.OpenEntriesAsync(HomewardDb db, CancellationToken cancel) => Task.FromResult<IReadOnlyList<EntryGist>>([]);
    Task<IReadOnlyList<DoorGist>> IIntake.DoorsCalledAsync(HomewardDb db, string text, int max, CancellationToken cancel) => Task.FromResult<IReadOnlyList<DoorGist>>([]);
    Task<IReadOnlyDictionary<string, DoorId>> IIntake.DoorsByNumberAsync(HomewardDb db, IReadOnlyCollection<string> numbers, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyDictionary<string, DoorId>>(new Dictionary<string, DoorId>());
    Task<DoorGist?> IIntake.DoorAsync(HomewardDb db, DoorId id, CancellationToken cancel) => Task.FromResult<DoorGist?>(null);
    Task<IReadOnlyDictionary<string, ReportId>> IIntake.ReportsByNumberAsync(HomewardDb db, IReadOnlyCollection<string> numbers, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyDictionary<string, ReportId>>(new Dictionary<string, ReportId>());
    IReadOnlyList<ReportIdentifier> IIntake.ReadTyped(string text) => [];
    IAsyncEnumerable<IReadOnlyList<NamedPersons>> IIntake.NamedPersonsAsync(HomewardDb db, CancellationToken cancel) => AsyncEnumerable.Empty<IReadOnlyList<NamedPersons>>();
    Task<IReadOnlyList<Sighting>> IIntake.SightingsAsync(HomewardDb db, string kind, string value, int max, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Sighting>>([]);
    Task<TextSightings> IIntake.ReportsSayingAsync(HomewardDb db, IReadOnlyList<string> words, int max, TextPlace? from, CancellationToken cancel) => Task.FromResult(new TextSightings([], null));
    Task<IReadOnlyList<EntryGist>> IIntake.EntriesSayingAsync(HomewardDb db, IReadOnlyList<string> words, int max, CancellationToken cancel) => Task.FromResult<IReadOnlyList<EntryGist>>([]);
    Task<IReadOnlyList<ReportOriginal>> IIntake.OriginalsAsync(HomewardDb db, IReadOnlyCollection<ReportId> ids, CancellationToken cancel) => Task.FromResult<IReadOnlyList<ReportOriginal>>([]);
    Task<IReadOnlyDictionary<ReportId, IncidentGroup>> IIntake.SameIncidentsAsync(HomewardDb db, IReadOnlyCollection<ReportId> reports, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyDictionary<ReportId, IncidentGroup>>(new Dictionary<ReportId, IncidentGroup>());
    Task<IReadOnlyList<PersonRecordId>> IIntake.SoughtAsync(HomewardDb db, DateTimeOffset asOf, CancellationToken cancel) => Task.FromResult<IReadOnlyList<PersonRecordId>>([]);
    Task<DateTimeOffset?> IIntake.ClearedAtAsync(HomewardDb db, EntryId entry, CancellationToken cancel) => Task.FromResult<DateTimeOffset?>(null);
}
