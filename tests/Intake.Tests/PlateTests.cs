using Homeward.Exchange.CyberTips;
using Homeward.Exchange.Missing;
using Homeward.Exchange.Tests.Alerts;
using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Intake.Model;
using Homeward.Kernel;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Tests;

/// <summary>A vehicle's plate ties alerts and reports: who types or opens it sees both, as far as each is theirs.</summary>
public sealed class PlateTests
{
    private const string Nic = "M100000001";
    public static TheoryData<DatabaseKind> Databases => Given.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_plate_shows_the_alerts_and_reports_in_which_it_stands_however_each_writes_it(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var (alert, report) = await PlatedAsync(house);
        var analyst = await house.PersonAsync(Role.Analyst);
        (await FindAsync(house, analyst, "ks 123-ABC")).ShouldBe([new Found("Vehicle plate", "123ABC", "/intake/plates/123ABC")]);
        (await FindAsync(house, analyst, "999ZZZ")).ShouldBeEmpty();

        var page = (await house.DoAsync<ShowPlate.Request, ShowPlate.Page>(analyst, new("KS 123-ABC"))).Value;
        page.Alerts.ShouldHaveSingleItem().ShouldSatisfyAllConditions(row => row.Id.ShouldBe(alert), row => row.Nic.ShouldBe(Nic), row => row.Issuer.ShouldBe("Exercise State Police"));
        page.Reports!.ShouldHaveSingleItem().ShouldSatisfyAllConditions(row => row.Id.ShouldBe(report), row => row.Path.ShouldContain("vehicleDescription"));
        (await house.DoAsync<ShowAlert.Request, ShowAlert.Page>(analyst, new(alert))).Value.Plates.ShouldBe([new ShowAlert.PlateRow("123ABC", 0, 0, 1)]);
        (await house.DoAsync<ShowPlate.Request, ShowPlate.Page>(analyst, new("12"))).Problem.Code.ShouldBe("no-plate");
        // Both were looked at, and the trace says so.
        var seen = await house.WithDbAsync(db => db.Set<Foundations.Audit.AuditEntry>().Where(row => row.Action == "intake.plate").Select(row => row.Codes).ToListAsync());
        seen.Count(codes => codes == "plate").ShouldBe(2);
    }

    [Fact]
    public async Task Who_may_not_open_reports_is_not_told_that_one_names_the_plate_and_an_office_sees_its_own_alerts()
    {
        await using var house = await Given.HouseAsync();
        var (alert, _) = await PlatedAsync(house);
        await house.ReceiveAsync(Given.Xml("100200301", but: Driven("plate 777 ZZZ")));
        var officer = await house.PersonAsync(Role.Officer, "KC", "KC-01");
        (await house.DoAsync<ShowPlate.Request, ShowPlate.Page>(officer, new("123ABC"))).Value.ShouldSatisfyAllConditions(
            page => page.Alerts.Single().Id.ShouldBe(alert), page => page.Reports.ShouldBeNull(), page => page.IsCut.ShouldBeFalse());
        (await FindAsync(house, officer, "777ZZZ")).ShouldBeEmpty();
        var elsewhere = await house.PersonAsync(Role.Officer, "DN", "DN-01");
        (await FindAsync(house, elsewhere, "123ABC")).ShouldBeEmpty();
        (await house.DoAsync<ShowPlate.Request, ShowPlate.Page>(elsewhere, new("123ABC"))).Value.Alerts.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_dropped_report_s_receipt_shows_the_alert_that_names_its_vehicle(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var alert = await AlertAsync(house);
        var page = await house.ReceiptAsync(await house.PersonAsync(Role.Analyst), ("r.json", Packages.Json("100200300", but: Driven("white van, license plate number 123-ABC"))));
        var row = page.Reports.Single().Before!.Single(one => one.Kind == "plate");
        (row.Value, row.Alerts.Single().Id).ShouldBe(("123ABC", alert));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_a_message_names_goes_with_the_alert_that_it_turns_out_to_belong_to(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var first = await AlertAsync(house);
        // An update that names another message is an alert by itself until the one between them comes.
        await TakeAsync(house, CapGiven.Xml("EX-3", "2019-07-01T07:30:00-05:00", kind: "Update", references: "amber@example.org,EX-2,2019-07-01T07:20:00-05:00",
            info: CapGiven.Info(parameters: CapGiven.Parameter("Vehicle", "grey van, plate 456 DEF"))));
        await TakeAsync(house, CapGiven.Xml("EX-2", "2019-07-01T07:20:00-05:00", kind: "Update", references: CapGiven.Key));
        (await house.DoAsync<ShowPlate.Request, ShowPlate.Page>(await house.PersonAsync(Role.Analyst), new("456DEF"))).Value.Alerts.Single().Id.ShouldBe(first);
    }

    private static async Task<(AlertId Alert, ReportId Report)> PlatedAsync(TestHouse house)
    {
        await house.ReceiveAsync(Given.Line(Given.Entry(Nic)));
        var alert = await AlertAsync(house);
        var report = (await house.ReceiveAsync(Given.Xml("100200300", but: Driven("Blue sedan, plate KS 123 ABC")))).Reports.Single();
        var revision = await house.WithDbAsync(db => db.Set<Alert>().Select(row => row.Revision).SingleAsync());
        (await house.DoAsync<DecideAlert.Request, DecideAlert.Receipt>(await house.PersonAsync(Role.Analyst), new(alert, Nic, "narrative withheld", revision))).IsDone.ShouldBeTrue();
        return (alert, report);
    }

    private static Func<CyberTipReport, CyberTipReport> Driven(string vehicle) => report => report with { Texts = [.. report.Texts, new FreeText(TextKind.Vehicle, vehicle, 0)] };

    private static async Task<AlertId> AlertAsync(TestHouse house) =>
        (await TakeAsync(house, CapGiven.Xml(info: CapGiven.Info(parameters: CapGiven.Parameter("VehiclePlate", "123ABC (Kansas)"))))).Told[0].Id!.Value;

    private static async Task<ReceiveAlerts.Receipt> TakeAsync(TestHouse house, string xml) =>
        (await house.DoAsync<ReceiveAlerts.Request, ReceiveAlerts.Receipt>(Actor.House, new([RawOriginal.Of("alert.xml", xml)]))).Value;

    private static async Task<IReadOnlyList<Found>> FindAsync(TestHouse house, Actor actor, string number) =>
        (await house.DoAsync<FindByNumber.Request, FindByNumber.Page>(actor, new(number))).Value.Rows;
}
