using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Intake.Model;
using Homeward.Kernel;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Intake.Tests;

/// <summary>Hotline tips and agencies' referrals: once each, and a claim is a claim .</summary>
public sealed class DoorTests
{
    private const string Tip = """{"received":"2019-07-01T11:00:00Z","number":"HT-000001","imminent":true,"caller":"anonymous","child":{"given":"Marisol","family":"Quenneville","age":15},"place":{"city":"Kansas City","state":"MO"},"claim":"narrative withheld"}""";
    private const string Referral = """{"received":"2019-07-01T11:00:00Z","number":"AR-000001","ori":"XX0000001","kind":"child-found","child":{"given":"Marisol","family":"Quenneville","born":"2004"},"place":{"city":"Kansas City","state":"MO"},"note":"narrative withheld"}""";
    public static TheoryData<DatabaseKind> Databases => Given.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_tip_comes_in_once_and_its_claim_of_danger_alerts(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var line = new RawLine("tips/hotline.jsonl", Tip, 1);
        (await house.DoAsync<ReceiveTips.Request, BatchReceipt>(Actor.House, new([line, line, new("tips/hotline.jsonl", "{", 3)]))).Value
            .ShouldSatisfyAllConditions(
                receipt => (receipt with { Refused = null }).ShouldBe(new BatchReceipt(1, 0, 1, 1)),
                receipt => receipt.Refused.ShouldHaveSingleItem().Faults.ShouldNotBeEmpty());
        (await house.DoAsync<ReceiveTips.Request, BatchReceipt>(Actor.House, new([line]))).Value.Repeats.ShouldBe(1);
        (await house.WithDbAsync(db => db.Set<Duty>().SingleAsync())).Rule.ShouldBe("alert-imminent");
        var gist = await house.WithDbAsync(db => house.Services.GetRequiredService<IIntake>().DoorByNumberAsync(db, "HT-000001", CancellationToken.None));
        (gist!.Door, gist.ImminentClaimed, gist.Family, gist.Age, gist.Place!.City).ShouldBe((DoorKind.Hotline, true, "Quenneville", 15, "Kansas City"));
        var door = await house.WithDbAsync(db => db.Set<Door>().SingleAsync());
        System.Text.Encoding.UTF8.GetString(door.Claim!).ShouldNotContain("narrative");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_agency_s_referral_comes_in_once_with_what_it_asks(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var line = new RawLine("referrals/agency.jsonl", Referral, 1);
        (await house.DoAsync<ReceiveAgencyReferrals.Request, BatchReceipt>(Actor.House, new([line, line]))).Value.ShouldBe(new BatchReceipt(1, 0, 1, 0));
        var gist = await house.WithDbAsync(db => house.Services.GetRequiredService<IIntake>().DoorByNumberAsync(db, "AR-000001", CancellationToken.None));
        (gist!.Door, gist.Kind, gist.SenderOri, gist.Born.ToString()).ShouldBe((DoorKind.AgencyReferral, "child-found", "XX0000001", "2004"));
    }

    [Fact]
    public async Task A_call_is_taken_down_with_nothing_but_the_claim()
    {
        await using var house = await Given.HouseAsync();
        var analyst = await house.PersonAsync(Role.Analyst);
        var receipt = (await house.DoAsync<ReportTip.Request, ReportTip.Receipt>(analyst, new(null, null, false, false, "narrative withheld"))).Value;
        receipt.Number.ShouldStartWith("HW-");
        (await house.DoAsync<ReportTip.Request, ReportTip.Receipt>(analyst, new(null, null, false, false, ""))).Problem.Kind.ShouldBe(ProblemKind.Invalid);
        (await house.WithDbAsync(db => db.Set<Duty>().AnyAsync())).ShouldBeFalse();
    }
}
