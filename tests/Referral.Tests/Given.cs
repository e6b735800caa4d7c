using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Foundations.Partners;
using Homeward.Foundations.People;
using Homeward.Foundations.Places;
using Homeward.Foundations.Work;
using Homeward.Kernel;
using Homeward.Referral.Model;
using Homeward.Review;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Referral.Tests;

/// <summary>A house with Referral, two task forces in Kansas City, one each in Memphis and Nashville, and the people of them.</summary>
internal sealed class Given : IAsyncDisposable
{
    public static readonly PlaceQuery KansasCity = new() { City = "Kansas City", State = "MO", Zip = "64106" };
    public static readonly PlaceQuery Memphis = new() { City = "Memphis", State = "TN", Zip = "38103" };
    public static readonly PersonRecordId Child = new(new Guid("00000000-0000-7000-8000-00000000c001"));

    private Given(TestHouse house, FakeReview review) => (House, Review) = (house, review);

    public TestHouse House { get; }
    public FakeReview Review { get; }
    public IReferral Referrals => House.Services.GetRequiredService<IReferral>();
    public Actor Analyst { get; private set; } = null!;
    public Actor National { get; private set; } = null!;
    public Actor Receiver { get; private set; } = null!;

    public static TheoryData<DatabaseKind> Databases =>
        Environment.GetEnvironmentVariable("HOMEWARD_TEST_POSTGRES") is null ? [DatabaseKind.Sqlite] : [DatabaseKind.Sqlite, DatabaseKind.Postgres];

    public static async Task<Given> HouseAsync(DatabaseKind kind = DatabaseKind.Sqlite, DateTimeOffset? at = null)
    {
        var review = new FakeReview();
        var house = await TestHouse.OpenAsync(kind, review, new ReferralStage(), new ActInHouse());
        if (at is { } later) house.Clock.DriveTo(later);
        var partners = await house.DoAsync<ImportPartners.Request, ImportPartners.Receipt>(Actor.House, new([],
            [new("KC-01", "KC 1", "KC", null), new("KC-02", "KC 2", "KC", null), new("ME-01", "ME 1", "ME", null), new("NH-01", "NH 1", NashvilleCode, null)], []));
        partners.IsDone.ShouldBeTrue();
        return new Given(house, review)
        {
            Analyst = await house.PersonAsync(Role.Analyst), National = await house.PersonAsync(Role.National),
            Receiver = await house.PersonAsync(Role.Coordinator, "KC", "KC-01"),
        };
    }

    public static string NashvilleCode { get; } = Gazetteer.Default.Offices.All.Single(office => office.Name == "Nashville").Code;

    public Task<Result<ReferLead.Receipt>> ReferAsync(LeadGist lead, string? office = "KC", string? force = "KC-01", RecipientCheck check = RecipientCheck.No) =>
        House.DoAsync<ReferLead.Request, ReferLead.Receipt>(Analyst, new(lead.Id, office, force, check));

    public async Task<ReferralId> ReferredAsync(LeadGist lead, string office = "KC", string? force = "KC-01") => (await ReferAsync(lead, office, force)).Value.Id;

    public Task<Result<DocumentVoiceContact.Receipt>> SpeakAsync(ReferralId id, Actor? by = null) =>
        House.DoAsync<DocumentVoiceContact.Request, DocumentVoiceContact.Receipt>(by ?? Analyst, new(id, "duty officer, by phone"));

    public Task<Result<ConfirmReceipt.Receipt>> ConfirmAsync(ReferralId id, Actor? by = null) =>
        House.DoAsync<ConfirmReceipt.Request, ConfirmReceipt.Receipt>(by ?? Receiver, new(id));

    public Task<Result<AcceptReferral.Receipt>> AcceptAsync(ReferralId id, Actor? by = null) =>
        House.DoAsync<AcceptReferral.Request, AcceptReferral.Receipt>(by ?? Receiver, new(id));

    public Task<Result<ReturnReferral.Receipt>> ReturnAsync(ReferralId id, string proposed = "national", Actor? by = null) =>
        House.DoAsync<ReturnReferral.Request, ReturnReferral.Receipt>(by ?? Receiver, new(id, "not in our territory", proposed));

    public Task<Result<TransferReferral.Receipt>> TransferAsync(ReferralId id, string office, string? force, Actor? by = null, string? reason = "the child is there now") =>
        House.DoAsync<TransferReferral.Request, TransferReferral.Receipt>(by ?? Analyst, new(id, office, force, RecipientCheck.No, Reason: reason));

    public async Task<ReferralGist> GistAsync(ReferralId id) =>
        (await House.WithDbAsync(db => Referrals.ReferralAsync(db, id, CancellationToken.None)))!;

    public Task<List<Duty>> DutiesAsync(string rule) =>
        House.WithDbAsync(db => db.Set<Duty>().AsNoTracking().Where(row => row.Rule == rule).OrderBy(row => row.StartsAt).ToListAsync());

    public Task<List<Notice>> NoticesAsync(Actor actor) =>
        House.WithDbAsync(db => Notices.UnseenBy(db, actor).AsNoTracking().OrderBy(row => row.At).ToListAsync());

    public ValueTask DisposeAsync() => House.DisposeAsync();
}
