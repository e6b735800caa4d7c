using Homeward.Foundations.Access;
using Homeward.Foundations.Partners;
using Homeward.Foundations.People;
using Homeward.Foundations.Places;
using Homeward.Foundations.Work;
using Homeward.Kernel;
using Homeward.Operations.Model;
using Homeward.Referral;
using Homeward.Review;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Operations.Tests;

/// <summary>A house with Referral and Operations, two task forces in Kansas City and one in Honolulu, and their people.</summary>
internal sealed class Given : IAsyncDisposable
{
    public const string Member = "XX0000001";
    public const string FormerMember = "XX0000002";
    public static readonly DateTimeOffset Noon = new(2019, 7, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly PlaceQuery Motel = new() { Street = "100 Exercise Street", City = "Kansas City", State = "MO", Zip = "64106", Latitude = 39.1, Longitude = -94.57 };
    public static readonly PlaceSource Seen = new(BasisKind.Observation, "officer saw it, narrative withheld");

    private Given(TestHouse house, FakeReview review) => (House, Review) = (house, review);

    public TestHouse House { get; }
    public FakeReview Review { get; }
    public Actor National { get; private set; } = null!;
    public Actor Supervisor { get; private set; } = null!;
    public Actor Desk { get; private set; } = null!;
    public Actor Planner { get; private set; } = null!;
    public Actor Other { get; private set; } = null!;
    public Actor Specialist { get; private set; } = null!;
    public IOperations Operations => House.Services.GetRequiredService<IOperations>();
    public IReferral Referrals => House.Services.GetRequiredService<IReferral>();

    public static TheoryData<DatabaseKind> Databases =>
        Environment.GetEnvironmentVariable("HOMEWARD_TEST_POSTGRES") is null ? [DatabaseKind.Sqlite] : [DatabaseKind.Sqlite, DatabaseKind.Postgres];

    public static async Task<Given> HouseAsync(DatabaseKind kind = DatabaseKind.Sqlite)
    {
        var review = new FakeReview();
        var house = await TestHouse.OpenAsync(kind, review, new ReferralStage(), new OperationsStage());
        (await house.DoAsync<ImportPartners.Request, ImportPartners.Receipt>(Actor.House, new(
            [new(Member, "Invented police", "City", "MO", null, true), new(FormerMember, "Invented sheriff", "County", "MO", null, true)],
            [new("KC-01", "KC 1", "KC", null), new("KC-02", "KC 2", "KC", null), new("HN-01", "HN 1", "HN", null)],
            [new("KC-01", Member, new(2018, 1, 1), null), new("KC-01", FormerMember, new(2018, 1, 1), new(2019, 6, 30))]))).Value.Refused.ShouldBeEmpty();
        return new Given(house, review)
        {
            National = await house.PersonAsync(Role.National), Supervisor = await house.PersonAsync(Role.Supervisor),
            Desk = await house.PersonAsync(Role.Deconfliction), Planner = await house.PersonAsync(Role.Coordinator, "KC", "KC-01"),
            Other = await house.PersonAsync(Role.Coordinator, "KC", "KC-02"), Specialist = await house.PersonAsync(Role.VictimSpecialist, "KC"),
        };
    }

    public PlanOperation.Request Plan(DateTimeOffset? from = null, PlaceQuery? place = null) => new(
        null, OperationKind.Proactive, from ?? Noon.AddHours(10), (from ?? Noon.AddHours(10)).AddHours(3), place ?? Motel, [Seen], VictimSpecialist: Specialist.Id);

    public Task<Result<PlanOperation.Receipt>> PlanAsync(PlanOperation.Request request, Actor? by = null) =>
        House.DoAsync<PlanOperation.Request, PlanOperation.Receipt>(by ?? Planner, request);

    public async Task<OperationId> PlannedAsync(Actor? by = null, DateTimeOffset? from = null, PlaceQuery? place = null) =>
        (await PlanAsync(Plan(from, place), by)).Value.Id;

    public Task<Result<VerifyPlace.Receipt>> VerifyAsync(OperationId id, Actor? by = null, PlaceSource? source = null) =>
        House.DoAsync<VerifyPlace.Request, VerifyPlace.Receipt>(by ?? Planner, new(id, source ?? Seen));

    public Task<Result<SubmitEvent.Receipt>> SubmitAsync(OperationId id, Actor? by = null, string type = "undercover", params EventSubjectLine[] subjects) =>
        House.DoAsync<SubmitEvent.Request, SubmitEvent.Receipt>(by ?? Planner, new(id, type, subjects));

    public Task<Result<RecordRegionalCheck.Receipt>> RegionalAsync(Guid planned, Actor? by = null, RegionalAnswer answer = RegionalAnswer.NoConflict) =>
        House.DoAsync<RecordRegionalCheck.Request, RecordRegionalCheck.Receipt>(by ?? Planner, new(planned, RegionalSystem.RISSafe, "E-1", answer));

    public Task<Result<ApproveOperation.Receipt>> ApproveAsync(OperationId id, Actor? by = null, string? exigency = null) =>
        House.DoAsync<ApproveOperation.Request, ApproveOperation.Receipt>(by ?? Supervisor, new(id, exigency));

    public async Task<ShowOperation.Page> ShowAsync(OperationId id, Actor? by = null) =>
        (await House.DoAsync<ShowOperation.Request, ShowOperation.Page>(by ?? Planner, new(id))).Value;

    /// <summary>Ready for approval: verified, handed in, checked, answered by the regional system.</summary>
    public async Task<OperationId> ReadyAsync(Actor? by = null, DateTimeOffset? from = null, PlaceQuery? place = null)
    {
        var id = await PlannedAsync(by, from, place);
        (await VerifyAsync(id, by)).IsDone.ShouldBeTrue();
        var planned = (await SubmitAsync(id, by)).Value.Event;
        await House.DeliverAsync();
        (await RegionalAsync(planned, by)).IsDone.ShouldBeTrue();
        return id;
    }

    public Task<List<EventConflict>> ConflictsAsync() =>
        House.WithDbAsync(db => db.Set<EventConflict>().AsNoTracking().OrderBy(row => row.FoundAt).ThenBy(row => row.Id).ToListAsync());

    public Task<List<Notice>> NoticesAsync(Actor actor) =>
        House.WithDbAsync(db => Notices.UnseenBy(db, actor).AsNoTracking().OrderBy(row => row.At).ToListAsync());

    /// <summary>A referral of Kansas City that KC-01 has accepted.</summary>
    public async Task<(LeadGist Lead, ReferralId Referral)> AcceptedAsync()
    {
        var analyst = await House.PersonAsync(Role.Analyst);
        var lead = Review.Raise(new PersonRecordId(Guid.Parse("00000000-0000-7000-8000-00000000c001")), places: Motel);
        var id = (await House.DoAsync<ReferLead.Request, ReferLead.Receipt>(analyst, new(lead.Id, "KC", "KC-01", RecipientCheck.No))).Value.Id;
        await House.DoAsync<DocumentVoiceContact.Request, DocumentVoiceContact.Receipt>(analyst, new(id, "duty officer"));
        await House.DoAsync<ConfirmReceipt.Request, ConfirmReceipt.Receipt>(Planner, new(id));
        (await House.DoAsync<AcceptReferral.Request, AcceptReferral.Receipt>(Planner, new(id))).IsDone.ShouldBeTrue();
        return (lead, id);
    }

    public ValueTask DisposeAsync() => House.DisposeAsync();
}
