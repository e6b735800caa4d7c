using Homeward.Exchange;
using Homeward.Exchange.Missing;
using Homeward.Exchange.Tests.Alerts;
using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Intake.Model;
using Homeward.Intake.Retention;
using Homeward.Kernel;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Intake.Tests;

/// <summary>R-63 by kind of record: what is not a report has its term in the same table, and goes the same way.</summary>
public sealed class RetainedKindsTests
{
    private const string Nic = "M000000001";
    public static TheoryData<DatabaseKind> Databases => Given.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task What_was_dropped_goes_with_its_report_and_a_receipt_stays_while_it_tells_of_another(DatabaseKind kind)
    {
        await using var purge = await PurgeHouse.OpenAsync(kind);
        var analyst = await purge.House.PersonAsync(Role.Analyst);
        var first = await purge.House.ReceiptAsync(analyst, ("one.zip", Packages.Zip(("100200300.json", Packages.Json("100200300")), ("one.bin", [1, 2, 3]))));
        var both = await purge.House.ReceiptAsync(analyst,
            ("two.zip", Packages.Zip(("100200300.json", Packages.Json("100200300")), ("100200301.json", Packages.Json("100200301", "(816) 555-0198")))), ("loose.bin", [4, 5]));
        var (gone, stays) = (first.Reports[0].Part.Id!.Value, both.Reports.Single(one => one.Part.Number == "100200301").Part.Id!.Value);
        purge.Uses.Say(gone, ReportEnd.NoNexus, Given.Noon);
        var blobs = Blobs(purge);
        blobs.Length.ShouldBe(2);

        purge.Now(Given.Noon.AddDays(91));
        var certificate = await purge.PurgeAsync();

        certificate.Holds.ShouldBeTrue();
        certificate.PurgedByRule.ShouldBe(new Dictionary<string, int> { ["retain-no-nexus"] = 1 });
        (await purge.StoredAsync()).ShouldBe([stays]);
        // The file of the report is destroyed; the one of nobody lies with its receipt.
        Blobs(purge).ShouldHaveSingleItem();
        (await purge.House.DoAsync<ShowArrival.Request, ShowArrival.Page>(analyst, new(first.Id))).IsDone.ShouldBeFalse();
        var left = (await purge.House.DoAsync<ShowArrival.Request, ShowArrival.Page>(analyst, new(both.Id))).Value;
        left.Reports.ShouldHaveSingleItem().Part.Number.ShouldBe("100200301");
        left.Files.ShouldHaveSingleItem().Path.ShouldBe("loose.bin");

        // Its own time is over, and the report that came with it is kept.
        purge.Now(Given.Noon.AddYears(2).AddDays(1));
        (await purge.ShowAsync()).Stays.Single(row => row.Kind == RetainedKind.Arrival).Why.ShouldBe("report-kept");
        purge.Uses.Say(stays, ReportEnd.NoNexus, Given.Noon);
        (await purge.PurgeAsync()).PurgedByRule.ShouldBe(new Dictionary<string, int> { ["retain-no-nexus"] = 1 });
        (await purge.PurgeAsync()).PurgedByRule.ShouldBe(new Dictionary<string, int> { ["retain-receipt"] = 1 });
        Blobs(purge).ShouldBeEmpty();
        (await purge.House.WithDbAsync(async db => (await db.Set<Arrival>().CountAsync(), await db.Set<ArrivalPart>().CountAsync(), await db.Set<SealedFileRow>().CountAsync())))
            .ShouldBe((0, 0, 0));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_file_of_no_report_stays_while_a_younger_receipt_names_it(DatabaseKind kind)
    {
        await using var purge = await PurgeHouse.OpenAsync(kind);
        var analyst = await purge.House.PersonAsync(Role.Analyst);
        await purge.House.ReceiptAsync(analyst, ("loose.bin", [4, 5]));
        purge.Now(Given.Noon.AddDays(10));
        var later = await purge.House.ReceiptAsync(analyst, ("again.bin", [4, 5]));
        later.Files.Single().IsRepeat.ShouldBeTrue();
        purge.Now(Given.Noon.AddYears(2).AddDays(1));
        (await purge.PurgeAsync()).PurgedByRule["retain-receipt"].ShouldBe(1);
        Blobs(purge).ShouldHaveSingleItem();
        purge.Now(Given.Noon.AddYears(2).AddDays(11));
        (await purge.PurgeAsync()).Holds.ShouldBeTrue();
        Blobs(purge).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_tip_is_kept_from_its_coming_or_from_the_end_of_its_lead_and_whatever_is_open_keeps_it(DatabaseKind kind)
    {
        await using var purge = await PurgeHouse.OpenAsync(kind);
        var tips = new List<ReportTip.Receipt>();
        foreach (var imminent in new[] { false, false, false, false, true })
            tips.Add((await purge.House.DoAsync<ReportTip.Request, ReportTip.Receipt>(await purge.SupervisorAsync(), new(null, null, imminent, false, "narrative withheld"))).Value);
        foreach (var tip in (int[])[0, 2, 3]) (await OpenAsync(purge, tips[tip].Id)).IsDone.ShouldBeTrue();
        purge.Uses.Doors[tips[1].Id] = new(tips[1].Id, Given.Noon, null, []);
        purge.Uses.Doors[tips[2].Id] = new(tips[2].Id, null, "open-lead", []);
        var hold = (await purge.HoldAsync(HoldOn.Tip, tips[3].Number)).Value.Id;

        purge.Now(Given.Noon.AddYears(2));
        Waiting(await purge.ShowAsync()).ShouldBe(["hold 1", "open-duty 1", "open-lead 1", "term 2"]);
        purge.Now(Given.Noon.AddYears(2).AddDays(1));
        Waiting(await purge.ShowAsync()).ShouldBe(["hold 1", "open-duty 1", "open-lead 1", "term 1"]);
        (await purge.PurgeAsync()).PurgedByRule.ShouldBe(new Dictionary<string, int> { ["retain-tip"] = 1 });
        (await DoorsAsync(purge)).ShouldBe(tips.Skip(1).Select(tip => tip.Id), ignoreOrder: true);
        await purge.LiftAsync(hold);
        purge.Now(Given.Noon.AddYears(5).AddDays(1));
        (await purge.PurgeAsync()).PurgedByRule.ShouldBe(new Dictionary<string, int> { ["retain-led"] = 1, ["retain-tip"] = 1 });
        (await DoorsAsync(purge)).ShouldBe([tips[2].Id, tips[4].Id], ignoreOrder: true);

        static IEnumerable<string> Waiting(ShowRetention.Page page) => page.Stays.Where(row => row.Kind == RetainedKind.Door).Select(row => $"{row.Why} {row.Records}");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_tip_of_years_ago_stays_until_somebody_has_opened_what_stands_there_and_its_term_runs_from_its_coming_here(DatabaseKind kind)
    {
        await using var purge = await PurgeHouse.OpenAsync(kind);
        const string Tip = """{"received":"2013-05-01T10:00:00Z","number":"HT-000001","imminent":false,"caller":"anonymous","claim":"narrative withheld"}""";
        await ReceiveAsync(Tip);
        (await WhyAsync()).ShouldBe("unreviewed");
        purge.Now(Given.Noon.AddYears(3));
        var stays = (await purge.ShowAsync()).Stays.Single(row => row.Kind == RetainedKind.Door);
        (stays.Why, stays.Says).ShouldBe(("unreviewed", "Nobody has decided on it: 1 tip or agency referral"));
        (await purge.ProposeAsync()).Problem.Code.ShouldBe("nothing-due");

        // What its sender says anew under the number nobody has opened, though the message before it was.
        var id = (await DoorsAsync(purge)).ShouldHaveSingleItem();
        (await OpenAsync(purge, id)).IsDone.ShouldBeTrue();
        purge.Now(Given.Noon.AddYears(3).AddDays(1));
        await ReceiveAsync(Tip.Replace("withheld", "withheld again", StringComparison.Ordinal));
        (await WhyAsync()).ShouldBe("unreviewed");
        (await OpenAsync(purge, id)).IsDone.ShouldBeTrue();
        (await WhyAsync()).ShouldBe("term");
        purge.Now(Given.Noon.AddYears(5).AddDays(1));
        (await WhyAsync()).ShouldBe("term");
        purge.Now(Given.Noon.AddYears(5).AddDays(2));
        (await purge.PurgeAsync()).PurgedByRule.ShouldBe(new Dictionary<string, int> { ["retain-tip"] = 1 });

        async Task ReceiveAsync(string line) => (await purge.House.DoAsync<ReceiveTips.Request, BatchReceipt>(Actor.House, new([new("tips/hotline.jsonl", line, 1)]))).IsDone.ShouldBeTrue();
        async Task<string> WhyAsync() => (await purge.ShowAsync()).Stays.Single(row => row.Kind == RetainedKind.Door).Why;
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_alert_stays_while_it_waits_or_its_child_is_sought_and_goes_with_all_its_messages(DatabaseKind kind)
    {
        await using var purge = await PurgeHouse.OpenAsync(kind);
        var id = (await purge.House.DoAsync<ReceiveAlerts.Request, ReceiveAlerts.Receipt>(Actor.House, new([RawOriginal.Of("alert.xml", CapGiven.Xml(info: CapGiven.Info(parameters: CapGiven.Parameter("VehiclePlate", "123ABC"))))]))).Value.Told[0].Id!.Value;
        purge.Now(Given.Noon.AddYears(3));
        (await WhyAsync(purge)).ShouldBe("open-duty");
        await purge.House.WithDbAsync(db => db.Set<Duty>().ExecuteUpdateAsync(set => set.SetProperty(duty => duty.State, DutyState.Waived)));
        (await WhyAsync(purge)).ShouldBe("unreviewed");
        await purge.House.ReceiveAsync(Given.Line(Given.Entry(Nic)));
        var revision = await purge.House.WithDbAsync(db => db.Set<Alert>().Select(row => row.Revision).SingleAsync());
        (await purge.House.DoAsync<DecideAlert.Request, DecideAlert.Receipt>(await purge.House.PersonAsync(Role.Analyst), new(id, Nic, "narrative withheld", revision))).IsDone.ShouldBeTrue();
        (await WhyAsync(purge)).ShouldBe("child-sought");
        purge.Now(Given.Noon.AddYears(4));
        await purge.House.ReceiveAsync(Given.Line(Given.Entry(Nic, Given.Noon.AddYears(4)) with { Status = EntryStatus.Cleared }));
        // From the last of message, decision and the entry's end.
        (await WhyAsync(purge)).ShouldBe("term");
        purge.Now(Given.Noon.AddYears(6));
        (await WhyAsync(purge)).ShouldBe("term");
        var hold = (await purge.HoldAsync(HoldOn.Child, Nic)).Value.Id;
        purge.Now(Given.Noon.AddYears(6).AddDays(1));
        (await WhyAsync(purge)).ShouldBe("hold");
        await purge.LiftAsync(hold);
        (await purge.PurgeAsync()).ShouldSatisfyAllConditions(one => one.Holds.ShouldBeTrue(), one => one.PurgedByRule.ShouldBe(new Dictionary<string, int> { ["retain-alert"] = 1 }));
        (await purge.House.WithDbAsync(async db => (await db.Set<Alert>().CountAsync(), await db.Set<AlertMessage>().CountAsync(), await db.Set<AlertKey>().CountAsync(),
            await db.Set<AlertDecision>().CountAsync()))).ShouldBe((0, 0, 0, 0));

        static async Task<string> WhyAsync(PurgeHouse purge) => (await purge.ShowAsync()).Stays.Single(row => row.Kind == RetainedKind.Alert).Why;
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_reject_is_kept_for_a_year(DatabaseKind kind)
    {
        await using var purge = await PurgeHouse.OpenAsync(kind);
        await purge.House.ReceiveAsync(new RawOriginal("reports/odd.xml", "<report>"u8.ToArray()));
        purge.Now(Given.Noon.AddYears(1));
        (await purge.ProposeAsync()).Problem.Code.ShouldBe("nothing-due");
        purge.Now(Given.Noon.AddYears(1).AddDays(1));
        (await purge.PurgeAsync()).ShouldSatisfyAllConditions(one => one.Holds.ShouldBeTrue(), one => one.PurgedByRule.ShouldBe(new Dictionary<string, int> { ["retain-reject"] = 1 }));
        (await purge.House.WithDbAsync(db => db.Set<Reject>().CountAsync())).ShouldBe(0);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_has_no_number_is_held_by_its_id_and_goes_once_the_hold_is_lifted(DatabaseKind kind)
    {
        await using var purge = await PurgeHouse.OpenAsync(kind);
        await purge.House.ReceiveAsync(new RawOriginal("reports/odd.xml", "<report>"u8.ToArray()));
        var reject = await purge.House.WithDbAsync(db => db.Set<Reject>().Select(row => row.Id).SingleAsync());
        var receipt = (await purge.House.ReceiptAsync(await purge.House.PersonAsync(Role.Analyst), ("loose.bin", [4, 5]))).Id;
        var alerts = new List<AlertId>();
        foreach (var id in (string[])["one", "other"])
            alerts.Add((await purge.House.DoAsync<ReceiveAlerts.Request, ReceiveAlerts.Receipt>(Actor.House, new([RawOriginal.Of($"{id}.xml", CapGiven.Xml(identifier: id))]))).Value.Told[0].Id!.Value);
        await purge.House.WithDbAsync(db => db.Set<Duty>().ExecuteUpdateAsync(set => set.SetProperty(duty => duty.State, DutyState.Waived)));
        await purge.House.WithDbAsync(db => db.Set<Alert>().ExecuteUpdateAsync(set => set.SetProperty(row => row.IsWaiting, false)));
        var (dashed, holds) = (reject.ToString("D"), new List<Guid>());
        foreach (var (on, number) in new[] { (HoldOn.Reject, dashed), (HoldOn.Receipt, StrongId.Text(receipt)), (HoldOn.Alert, alerts[1].ToString()) })
        {
            holds.Add((await purge.HoldAsync(on, number)).Value.Id);
            (await purge.HoldAsync(on, new string('a', 32))).Problem.Code.ShouldBe("nothing-to-hold");
            (await purge.HoldAsync(on, "100200300")).Problem.Code.ShouldBe("nothing-to-hold");
        }
        (await purge.ShowAsync()).Holds.Select(hold => (hold.On, hold.Number)).ShouldBe(
            [(HoldOn.Reject, StrongId.Text(reject)), (HoldOn.Receipt, StrongId.Text(receipt)), (HoldOn.Alert, alerts[1].ToString())], ignoreOrder: true);

        // Since it was held the alert turned out to be part of the other, which has its messages.
        await purge.House.WithDbAsync(db => db.Set<Alert>().Where(row => row.Id == alerts[1]).ExecuteUpdateAsync(set => set.SetProperty(row => row.PartOf, alerts[0])));
        purge.Now(Given.Noon.AddYears(3));
        (await purge.ShowAsync()).Stays.Select(row => (row.Kind, row.Why, row.Records)).ShouldBe(
            [(RetainedKind.Arrival, "hold", 1), (RetainedKind.Alert, "hold", 1), (RetainedKind.Reject, "hold", 1)]);
        (await purge.ProposeAsync()).Problem.Code.ShouldBe("nothing-due");

        foreach (var hold in holds) await purge.LiftAsync(hold);
        (await purge.PurgeAsync()).ShouldSatisfyAllConditions(one => one.Holds.ShouldBeTrue(), one => one.PurgedByRule.ShouldBe(
            new Dictionary<string, int> { ["retain-receipt"] = 1, ["retain-alert"] = 1, ["retain-reject"] = 1 }, ignoreOrder: true));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_hold_on_a_receipt_keeps_the_reports_that_came_by_it(DatabaseKind kind)
    {
        await using var purge = await PurgeHouse.OpenAsync(kind);
        var analyst = await purge.House.PersonAsync(Role.Analyst);
        var held = await purge.House.ReceiptAsync(analyst, ("100200300.json", Packages.Json("100200300")));
        var free = await purge.House.ReceiptAsync(analyst, ("100200301.json", Packages.Json("100200301")));
        foreach (var receipt in new[] { held, free }) purge.Uses.Say(receipt.Reports[0].Part.Id!.Value, ReportEnd.NoNexus, Given.Noon);
        (await purge.HoldAsync(HoldOn.Receipt, StrongId.Text(held.Id))).IsDone.ShouldBeTrue();
        purge.Now(Given.Noon.AddDays(91));
        (await purge.ShowAsync()).Stays.Single(row => row.Kind == RetainedKind.Report).ShouldBe(new(RetainedKind.Report, "hold", 1, "Held: 1 report"));
        (await purge.PurgeAsync()).Holds.ShouldBeTrue();
        (await purge.StoredAsync()).ShouldBe([held.Reports[0].Part.Id!.Value]);
        (await purge.House.DoAsync<ShowArrival.Request, ShowArrival.Page>(analyst, new(held.Id))).Value.Reports.ShouldHaveSingleItem().Part.Number.ShouldBe("100200300");
    }

    private static async Task<Result<OpenDoor.Receipt>> OpenAsync(PurgeHouse purge, DoorId id) =>
        await purge.House.DoAsync<OpenDoor.Request, OpenDoor.Receipt>(await purge.House.PersonAsync(Role.Analyst), new(id));

    private static Task<List<DoorId>> DoorsAsync(PurgeHouse purge) => purge.House.WithDbAsync(db => db.Set<Door>().Select(row => row.Id).ToListAsync());

    private static string[] Blobs(PurgeHouse purge) =>
        Directory.GetFiles(purge.House.Services.GetRequiredService<HouseOptions>().BlobFolder, "*.sealed");
}
