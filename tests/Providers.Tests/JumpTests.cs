using System.Net;
using Homeward.Intake.Providers;
using Homeward.Kernel.Tests;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Providers.Tests;

/// <summary>The machine's clock jumps while reports are open: nobody's report ends by it, and nobody's account lives by it.</summary>
public sealed class JumpTests
{
    public static TheoryData<DatabaseKind> Databases => LineHouse.Databases;
    private readonly JumpingTime _machine = new(LineHouse.Noon);

    private Task<LineHouse> OpenAsync(DatabaseKind kind) => LineHouse.OpenAsync(kind, site: new(IsDriven: false, Change: options => options with { Time = _machine }));

    [Theory, MemberData(nameof(Databases))]
    public async Task A_clock_set_ahead_ends_no_open_report_and_time_that_passes_does(DatabaseKind kind)
    {
        await using var house = await OpenAsync(kind);
        var (first, second) = (await house.As().OpenAsync(), await house.As().OpenAsync());
        _machine.Jump(TimeSpan.FromDays(30));
        (await house.As().UploadAsync(first, [1])).ShouldSucceed();
        await house.TurnAsync();
        (await house.As().FinishAsync(first)).ShouldSucceed();
        (await StateAsync(house, second)).ShouldBe(SubmissionState.Open);
        _machine.Jump(TimeSpan.FromDays(-30));
        (await house.As().UploadAsync(second, [1])).ShouldSucceed();
        _machine.Pass(TimeSpan.FromDays(2));
        (await house.As().FinishAsync(second)).ShouldBe(5001, HttpStatusCode.NotFound);
        (await StateAsync(house, second)).ShouldBe(SubmissionState.Expired);
    }

    [Fact]
    public async Task A_clock_set_back_ends_no_open_report_and_keeps_no_ended_account()
    {
        await using var house = await OpenAsync(DatabaseKind.Sqlite);
        await house.AddAccountAsync("ended-esp", "ended-pass");
        var number = await house.As("ended-esp", "ended-pass").OpenAsync();
        _machine.Jump(TimeSpan.FromDays(-30));
        (await house.As("ended-esp", "ended-pass").FinishAsync(number)).ShouldSucceed();
        await house.WithDbAsync(db => db.Set<ProviderAccount>().Where(row => row.Name == "ended-esp")
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.EndedAt, LineHouse.Noon.AddDays(-60))));
        _machine.Pass(TimeSpan.FromSeconds(6));
        (await house.As("ended-esp", "ended-pass").GetAsync("status")).ShouldBe(2000, HttpStatusCode.Unauthorized);
    }

    private static async Task<SubmissionState> StateAsync(LineHouse house, string number)
    {
        var value = long.Parse(number, System.Globalization.CultureInfo.InvariantCulture);
        return await house.WithDbAsync(db => db.Set<Submission>().Where(row => row.Number == value).Select(row => row.State).SingleAsync());
    }
}
