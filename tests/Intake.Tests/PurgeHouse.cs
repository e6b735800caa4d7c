using Homeward.Exchange;
using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Intake.Retention;
using Homeward.Kernel;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Intake.Tests;

/// <summary>A house with reports of the past, whose later stages say what a test lays down.</summary>
internal sealed class PurgeHouse(TestHouse house, UsesInHand uses) : IAsyncDisposable
{
    public TestHouse House => house;
    public UsesInHand Uses => uses;

    public static async Task<PurgeHouse> OpenAsync(DatabaseKind kind)
    {
        var uses = new UsesInHand();
        return new PurgeHouse(await TestHouse.OpenAsync(kind, new IntakeStage(), new LaterStage(), uses), uses);
    }

    public Task<Actor> SupervisorAsync(string name = "Supervisor") => house.PersonAsync(Role.Supervisor, name: name);
    public Task<Actor> CounselAsync() => house.PersonAsync(Role.Counsel, name: "Counsel");

    /// <summary>Reports that people set aside on the day on which they came.</summary>
    public async Task<IReadOnlyList<ReportId>> SetAsideAsync(params RawOriginal[] originals)
    {
        var reports = (await house.ReceiveAsync(originals)).Reports;
        foreach (var report in reports) uses.Say(report, ReportEnd.SetAside, Given.Noon);
        return reports;
    }

    public void Now(DateTimeOffset at) => house.Clock.DriveTo(at);

    public async Task<Result<ProposePurge.Receipt>> ProposeAsync() =>
        await house.DoAsync<ProposePurge.Request, ProposePurge.Receipt>(await SupervisorAsync(), new());

    public async Task<Result<ApprovePurge.Receipt>> ApproveAsync(ProposePurge.Receipt list, Actor? by = null) =>
        await house.DoAsync<ApprovePurge.Request, ApprovePurge.Receipt>(by ?? await CounselAsync(), new(list.Id, list.Sha256));

    /// <summary>Proposed by one, approved by another, carried out.</summary>
    public async Task<PurgeCertificate> PurgeAsync()
    {
        var list = (await ProposeAsync()).Value;
        (await ApproveAsync(list)).IsDone.ShouldBeTrue();
        await house.DeliverAsync();
        return (await ShowAsync()).Purges.Single(row => row.Id == list.Id).Certificate.ShouldNotBeNull();
    }

    public async Task<ShowRetention.Page> ShowAsync() =>
        (await house.DoAsync<ShowRetention.Request, ShowRetention.Page>(await SupervisorAsync(), new())).Value;

    public async Task<Result<PlaceHold.Receipt>> HoldAsync(HoldOn on, string number, DateOnly? until = null) =>
        await house.DoAsync<PlaceHold.Request, PlaceHold.Receipt>(await CounselAsync(), new(on, number, "Reason withheld.", until));

    public async Task LiftAsync(Guid hold) =>
        (await house.DoAsync<LiftHold.Request, LiftHold.Receipt>(await CounselAsync(), new(hold, "Reason withheld."))).IsDone.ShouldBeTrue();

    public Task<List<ReportId>> StoredAsync() =>
        house.WithDbAsync(db => db.Set<ReportVersion>().Select(row => row.Id).Distinct().ToListAsync());

    public async Task<string> SealedFileAsync(ReportId report)
    {
        var provider = await house.PersonAsync(Role.Provider);
        var receipt = (await house.Services.GetRequiredService<SealedArrivals>().ReceiveAsync(
            provider, new MemoryStream([1, 2, 3]), "image/jpeg", report, CancellationToken.None)).Value;
        var blob = await house.WithDbAsync(db => db.Set<SealedFileRow>().Where(row => row.Id == receipt.Id).Select(row => row.Blob).SingleAsync());
        return Path.Combine(house.Services.GetRequiredService<HouseOptions>().BlobFolder, blob + ".sealed");
    }

    public async Task<byte[]?> OriginalAsync(ReportId report, int version) => await house.WithDbAsync(async db => await Originals.OpenAsync(
        db, house.Services.GetRequiredService<Envelope>(), await db.Set<ReportVersion>().SingleAsync(row => row.Id == report && row.Version == version),
        CancellationToken.None));

    public ValueTask DisposeAsync() => house.DisposeAsync();
}
