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
    public async Task What_cannot_be_so_in_a_tip_is_told_and_the_tip_is_taken_and_alerts_all_the_same(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var odd = Tip.Replace("\"age\":15", "\"born\":\"2035\",\"age\":3", StringComparison.Ordinal).Replace("\"MO\"", "\"Misery\",\"zip\":\"abc\"", StringComparison.Ordinal);
        var old = Tip.Replace("HT-000001", "HT-000002", StringComparison.Ordinal).Replace("\"age\":15", "\"born\":\"2010\",\"age\":3", StringComparison.Ordinal).Replace("\"MO\"", "\"Missouri\"", StringComparison.Ordinal);
        var receipt = (await house.DoAsync<ReceiveTips.Request, BatchReceipt>(Actor.House, new([new("tips/hotline.jsonl", odd, 1), new("tips/hotline.jsonl", old, 2)]))).Value;
        (receipt.New, receipt.Rejected).ShouldBe((2, 0));
        receipt.Doubted.ShouldNotBeNull().Select(one => (one.Line, one.Field)).ShouldBe([(1, "child.born"), (1, "place.state"), (1, "place.zip"), (2, "child.age")]);
        receipt.Doubted[3].Says.ShouldBe("does not agree with the birth date, by which the child is 8 or 9");
        receipt.Doubted.ShouldAllBe(one => !one.Says.Contains("abc", StringComparison.Ordinal));
        (await house.WithDbAsync(db => db.Set<Duty>().CountAsync())).ShouldBe(2);
        (await house.WithDbAsync(db => db.Set<Door>().OrderBy(row => row.Number).Select(row => row.State).ToListAsync())).ShouldBe(["Misery", "MO"]);
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

    [Theory, MemberData(nameof(Databases))]
    public async Task What_comes_again_under_its_number_and_says_something_else_is_a_version_that_counts_from_now_on(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var first = Tip.Replace("\"imminent\":true", "\"imminent\":false", StringComparison.Ordinal);
        var changed = Tip.Replace("Marisol", "Odette", StringComparison.Ordinal).Replace("\"age\":15", "\"age\":9,\"nickname\":\"Odie\"", StringComparison.Ordinal);
        (await ReceiveAsync(house, first)).New.ShouldBe(1);
        (await AlertsAsync(house)).ShouldBeEmpty();

        var receipt = await ReceiveAsync(house, changed, first, changed);
        (receipt.New, receipt.Versions, receipt.Repeats, receipt.Rejected).ShouldBe((0, 1, 2, 0));
        receipt.Unread.ShouldHaveSingleItem().ShouldBe(new UnreadField("tips/hotline.jsonl", "child.nickname", 2));
        (await AlertsAsync(house)).ShouldHaveSingleItem().State.ShouldBe(DutyState.Open);
        var gist = await GistAsync(house);
        (gist.Given, gist.Age, gist.ImminentClaimed, gist.Version).ShouldBe(("Odette", 9, true, 2));
        var analyst = await house.PersonAsync(Role.Analyst);
        var page = (await house.DoAsync<ShowDoor.Request, ShowDoor.Page>(analyst, new(gist.Id))).Value;
        page.Messages[0].Says.ShouldContain(new ShowDoor.Said("child.given", "Marisol"));
        page.Messages[1].Changes.ShouldBe(
            [new("imminent", "False", "True"), new("child.given", "Marisol", "Odette"), new("child.age", "15", "9"), new("child.nickname", null, "Odie")], ignoreOrder: true);
        (await house.DoAsync<ShowDoor.Request, ShowDoor.Page>(await house.PersonAsync(Role.Officer, "KC", "KC-01"), new(gist.Id))).Problem.Kind.ShouldBe(ProblemKind.Forbidden);

        // Other bytes that say the same are kept, and alarm nobody; one that was overtaken is kept, and changes nothing but what it claims.
        (await ReceiveAsync(house, changed.Replace("{\"received\"", "{ \"received\"", StringComparison.Ordinal))).Versions.ShouldBe(1);
        (await ReceiveAsync(house, first.Replace("11:00", "10:00", StringComparison.Ordinal))).Versions.ShouldBe(1);
        (await AlertsAsync(house)).Count.ShouldBe(1);
        (await GistAsync(house)).Given.ShouldBe("Odette");

        // Whoever answered the alarm answered what was said then.
        await house.WithDbAsync(db => db.Set<Duty>().ExecuteUpdateAsync(set => set.SetProperty(duty => duty.State, DutyState.Met)));
        await ReceiveAsync(house, changed.Replace("\"age\":9", "\"age\":8", StringComparison.Ordinal));
        (await AlertsAsync(house)).Select(duty => duty.State).ShouldBe([DutyState.Met, DutyState.Open]);
        (await house.WithDbAsync(db => db.Set<DoorMessage>().ToListAsync())).ShouldAllBe(message => !System.Text.Encoding.UTF8.GetString(message.Original).Contains("narrative"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Tips_and_referrals_are_listed_in_their_order_and_narrowed_by_what_is_asked(DatabaseKind kind)
    {
        var uses = new UsesInHand();
        await using var house = await TestHouse.OpenAsync(kind, new IntakeStage(), uses);
        await ReceiveAsync(house, Tip, Tip.Replace("HT-000001", "HT-000002", StringComparison.Ordinal).Replace("T11:00", "T11:30", StringComparison.Ordinal)
            .Replace("\"imminent\":true", "\"imminent\":false", StringComparison.Ordinal).Replace("Quenneville", "Ståhl-Vega", StringComparison.Ordinal));
        await house.DoAsync<ReceiveAgencyReferrals.Request, BatchReceipt>(Actor.House, new([new("referrals/agency.jsonl", Referral.Replace("T11:00", "T10:00", StringComparison.Ordinal), 1)]));
        var analyst = await house.PersonAsync(Role.Analyst);
        uses.ActedOn.Add("HT-000002");

        var page = await PageAsync(new());
        (page.Total, string.Join(' ', page.Rows.Select(row => row.Number))).ShouldBe((3, "HT-000001 HT-000002 AR-000001"));
        page.Rows[0].ShouldSatisfyAllConditions(
            row => (row.Kind, row.About, row.ImminentClaimed, row.IsActedOn, row.IsUnanswered).ShouldBe((DoorKind.Hotline, "tip", true, false, true)),
            row => (row.Child, row.Age, row.Place, row.SenderOri).ShouldBe(("Marisol Quenneville", 15, "Kansas City, MO", null)));
        (page.Rows[1].IsActedOn, page.Rows[2].SenderOri, page.Rows[2].Born.ToString()).ShouldBe((true, "XX0000001", "2004"));
        (await ListAsync(new(Kind: DoorKind.AgencyReferral))).ShouldBe("AR-000001");
        (await ListAsync(new(Imminent: true))).ShouldBe("HT-000001");
        (await ListAsync(new(Waiting: true))).ShouldBe("HT-000001 AR-000001");
        (await ListAsync(new(Q: "ht-000001"))).ShouldBe("HT-000001");
        (await ListAsync(new(Q: "quenn MARI"))).ShouldBe("HT-000001 AR-000001");
        (await ListAsync(new(Q: "Stahl"))).ShouldBe("HT-000002");
        (await ListAsync(new(Q: "nobody"))).ShouldBe("");
        (await ListAsync(new(From: 2))).ShouldBe("AR-000001");
        (await house.DoAsync<ListDoors.Request, ListDoors.Page>(await house.PersonAsync(Role.Officer, "KC", "KC-01"), new())).Problem.Kind.ShouldBe(ProblemKind.Forbidden);

        async Task<ListDoors.Page> PageAsync(ListDoors.Request request) => (await house.DoAsync<ListDoors.Request, ListDoors.Page>(analyst, request)).Value;
        async Task<string> ListAsync(ListDoors.Request request) => string.Join(' ', (await PageAsync(request)).Rows.Select(row => row.Number));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Claims_of_danger_that_nobody_answered_stand_first_on_whatever_page(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        // One a minute; the oldest two claim danger, and another that was answered.
        await ReceiveAsync(house, [.. Enumerable.Range(0, 60).Select(index => Tip.Replace("HT-000001", $"HT-{index:000000}", StringComparison.Ordinal)
            .Replace("T11:00", $"T10:{index:00}", StringComparison.Ordinal).Replace("\"imminent\":true", index < 3 ? "\"imminent\":true" : "\"imminent\":false", StringComparison.Ordinal))]);
        await house.WithDbAsync(db => db.Set<Duty>().Where(duty => duty.Key == "door/HT-000001").ExecuteUpdateAsync(set => set.SetProperty(duty => duty.State, DutyState.Met)));
        var analyst = await house.PersonAsync(Role.Analyst);

        var first = await PageAsync(new());
        first.Rows.Select(row => row.Number).ShouldBe([Number(2), Number(0), .. Enumerable.Range(12, 48).Reverse().Select(Number)]);
        var second = await PageAsync(new(From: 50));
        second.Rows.Select(row => row.Number).ShouldBe([.. Enumerable.Range(3, 9).Reverse().Select(Number), Number(1)]);
        (second.Total, second.From).ShouldBe((60, 50));
        (await PageAsync(new(From: 1))).Rows.Select(row => row.Number).Take(2).ShouldBe([Number(0), Number(59)]);
        (await PageAsync(new(Imminent: true))).Rows.Select(row => row.Number).ShouldBe([Number(2), Number(0), Number(1)]);
        (await PageAsync(new(Q: "HT-000059"))).Rows.ShouldHaveSingleItem().Number.ShouldBe(Number(59));

        static string Number(int index) => $"HT-{index:000000}";

        async Task<ListDoors.Page> PageAsync(ListDoors.Request request) => (await house.DoAsync<ListDoors.Request, ListDoors.Page>(analyst, request)).Value;
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_supervisor_who_opens_a_tip_has_answered_its_alerts_and_others_have_not(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await ReceiveAsync(house, Tip, Tip.Replace("HT-000001", "HT-000002", StringComparison.Ordinal));
        var (id, supervisor) = ((await GistAsync(house)).Id, await house.PersonAsync(Role.Supervisor));
        (await house.DoAsync<OpenDoor.Request, OpenDoor.Receipt>(await house.PersonAsync(Role.Analyst), new(id))).Value.ShouldBe(new OpenDoor.Receipt(id, 0));
        (await AlertsAsync(house)).ShouldAllBe(duty => duty.State == DutyState.Open);
        (await house.DoAsync<OpenDoor.Request, OpenDoor.Receipt>(supervisor, new(id))).Value.ShouldBe(new OpenDoor.Receipt(id, 1));
        (await AlertsAsync(house)).Where(duty => duty.State == DutyState.Met).ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(duty => duty.Key.ShouldBe("door/HT-000001"), duty => duty.ProvedBy.ShouldBe(supervisor.Id));
        (await house.DoAsync<OpenDoor.Request, OpenDoor.Receipt>(supervisor, new(id))).Value.Answered.ShouldBe(0);
        (await house.DoAsync<OpenDoor.Request, OpenDoor.Receipt>(await house.PersonAsync(Role.Officer, "KC", "KC-01"), new(id))).Problem.Kind.ShouldBe(ProblemKind.Forbidden);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_tip_s_page_says_of_whom_it_tells_and_its_words_are_opened_by_themselves_and_each_time_on_record(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await ReceiveAsync(house, Tip, Tip.Replace("withheld", "withheld again", StringComparison.Ordinal));
        var (id, analyst) = ((await GistAsync(house)).Id, await house.PersonAsync(Role.Analyst));
        var page = (await house.DoAsync<ShowDoor.Request, ShowDoor.Page>(analyst, new(id))).Value;
        (page.Told, page.Place, page.CallerNamed).ShouldBe((new ShowDoor.Child("Marisol Quenneville", default, 15, null), "Kansas City, MO", false));
        page.Messages.ShouldAllBe(message => message.HasWords && message.Says.All(said => !said.Text.Contains("narrative", StringComparison.Ordinal)));
        page.Messages[1].Changes.ShouldBe([new("claim", "in free words", "in free words")]);

        (await house.DoAsync<ShowClaim.Request, ShowClaim.Page>(analyst, new(id, 2))).Value.Words.ShouldBe("narrative withheld again");
        (await house.DoAsync<ShowClaim.Request, ShowClaim.Page>(analyst, new(id, 3))).Problem.Kind.ShouldBe(ProblemKind.NotFound);
        (await house.DoAsync<ShowClaim.Request, ShowClaim.Page>(await house.PersonAsync(Role.Officer, "KC", "KC-01"), new(id, 1))).Problem.Kind.ShouldBe(ProblemKind.Forbidden);
        (await house.WithDbAsync(db => db.Set<Foundations.Audit.AuditEntry>().Where(row => row.Action == "intake.narrative" && row.SubjectId == id.Value).Select(row => row.Codes).ToListAsync()))
            .ShouldBe(["narrative;version=2"]);

        var waiting = await house.WithDbAsync(async db => await new WaitingAlerts(new DutyRows([new IntakeSubjects(AuthorizationTable.Shipped)], AuthorizationTable.Shipped)).ForAsync(await house.PersonAsync(Role.Supervisor), db, Given.Noon, CancellationToken.None));
        waiting.Select(row => (row.What, row.Note)).ShouldBe([("Unreviewed: a caller claims imminent danger", "tip HT-000001")]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_number_that_another_sender_gave_already_is_rejected_and_touches_nothing(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var other = Referral.Replace("XX0000001", "XX0000002", StringComparison.Ordinal);
        var receipt = (await house.DoAsync<ReceiveAgencyReferrals.Request, BatchReceipt>(Actor.House, new([new("referrals/agency.jsonl", Referral, 1), new("referrals/agency.jsonl", other, 2)]))).Value;
        (receipt.New, receipt.Versions, receipt.Rejected).ShouldBe((1, 0, 1));
        receipt.Refused!.Single().Faults.Single().ShouldSatisfyAllConditions(fault => fault.Field.ShouldBe("number"), fault => fault.Line.ShouldBe(2));
        (await ReceiveAsync(house, Tip.Replace("HT-000001", "AR-000001", StringComparison.Ordinal))).Rejected.ShouldBe(1);
        (await house.WithDbAsync(db => db.Set<Door>().SingleAsync())).SenderOri.ShouldBe("XX0000001");
        (await house.WithDbAsync(db => db.Set<Reject>().CountAsync())).ShouldBe(2);
    }

    [Fact]
    public async Task What_is_dated_ahead_of_the_house_came_now_or_is_rejected_and_stands_in_nobody_s_way()
    {
        await using var house = await Given.HouseAsync();
        (await ReceiveAsync(house, Tip.Replace("2019-07-01", "2199-07-01", StringComparison.Ordinal))).Refused!.Single().Faults.Single().Field.ShouldBe("received");
        await ReceiveAsync(house, Tip.Replace("T11:00", "T22:00", StringComparison.Ordinal));
        (await GistAsync(house)).ReceivedAt.ShouldBe(Given.Noon);
        await house.PassAsync(TimeSpan.FromMinutes(5));
        await ReceiveAsync(house, Tip.Replace("T11:00", "T12:02", StringComparison.Ordinal).Replace("Marisol", "Odette", StringComparison.Ordinal));
        (await GistAsync(house)).Given.ShouldBe("Odette");
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

    private static async Task<BatchReceipt> ReceiveAsync(TestHouse house, params string[] tips) =>
        (await house.DoAsync<ReceiveTips.Request, BatchReceipt>(Actor.House, new([.. tips.Select((tip, index) => new RawLine("tips/hotline.jsonl", tip, index + 1))]))).Value;

    private static async Task<DoorGist> GistAsync(TestHouse house) =>
        (await house.WithDbAsync(db => house.Services.GetRequiredService<IIntake>().DoorByNumberAsync(db, "HT-000001", CancellationToken.None)))!;

    private static Task<List<Duty>> AlertsAsync(TestHouse house) =>
        house.WithDbAsync(db => db.Set<Duty>().Where(duty => duty.Rule == "alert-imminent").OrderBy(duty => duty.Key).ToListAsync());
}
