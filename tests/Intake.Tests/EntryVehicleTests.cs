using Homeward.Exchange.CyberTips;
using Homeward.Exchange.Missing;
using Homeward.Exchange.Tests.Alerts;
using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Intake.Alerts;
using Homeward.Intake.Model;
using Homeward.Kernel;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Intake.Tests;

/// <summary>A vehicle that the child may be in: kept with the entry, found by its plate, and evidence for people where an alert or a report names it.</summary>
public sealed class EntryVehicleTests
{
    private const string Nic = "M100000001";
    private static readonly EntryVehicle _blue = new(Plate: "KS 123-abc", State: "ks", PlateYear: "2020", Vin: "1m8gdm9axkp042788", Year: 2012, Make: "FORD", Model: "FOCUS", Color: "BLU");
    private static readonly EntryVehicle _van = new(Plate: "MARISOL", Vin: "1M8GDM9AXKP042789");
    public static TheoryData<DatabaseKind> Databases => Given.Databases;

    /// <summary>Of a child whom no alert here names.</summary>
    private static MissingChildEntry Entry(string nic = Nic, int hour = 0, params EntryVehicle[] vehicles) => Given.Entry(nic, Given.Noon.AddHours(hour)) with
    {
        Status = hour == 0 ? EntryStatus.Entered : EntryStatus.Modified, Names = [new EntryName("Ada", "Other")], Vehicles = vehicles,
    };

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_said_of_a_vehicle_stands_with_the_entry_and_its_plate_is_found_wherever_it_is_written(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var id = (await house.ReceiveAsync(Given.Line(Entry(vehicles: [_blue, _van, new(Color: "RED")])))).Entries.Single();
        var analyst = await house.PersonAsync(Role.Analyst);
        var page = await ShowAsync(house, analyst, id);
        page.Vehicles.ShouldBe(
        [
            new("BLU 2012 FORD FOCUS", "KS 123-abc", "KS, until 2020", "123ABC", "1M8GDM9AXKP042788", true),
            new("", "MARISOL", "", null, "1M8GDM9AXKP042789", false), new("RED", null, "", null, null, null),
        ]);
        page.Plates.ShouldBe([new ShowAlert.PlateRow("123ABC", 0, 0, 0)]);

        // Known from the entry alone.
        (await FindAsync(house, analyst, "123 abc")).ShouldBe([new Found("Vehicle plate", "123ABC", "/intake/plates/123ABC")]);
        var named = (await PlateAsync(house, analyst)).Entries.ShouldHaveSingleItem();
        (named.Id, named.Nic, named.State, named.AgencyOri).ShouldBe((id, Nic, EntryState.Entered, "XX0000001"));
        named.Vehicles.ShouldBe(["BLU 2012 FORD FOCUS, plate KS 123-abc (KS, until 2020), VIN 1M8GDM9AXKP042788"]);
        var traces = await house.WithDbAsync(db => db.Set<Foundations.Audit.AuditEntry>().Where(row => row.Action == "intake.plate").Select(row => row.Codes).ToListAsync());
        traces.ShouldContain("plate");

        // Another entry, an alert and a report name it: each is counted where it may be seen.
        await house.ReceiveAsync(Given.Line(Entry("M100000002", vehicles: new EntryVehicle(Plate: "123ABC")) with { LastSeen = new EntryPlace("Denver", "CO", null, null) }, 2));
        await house.ReceiveAsync(Given.Xml("100200300", but: Driven));
        await AlertAsync(house);
        (await ShowAsync(house, analyst, id)).Plates.ShouldBe([new ShowAlert.PlateRow("123ABC", 1, 1, 1)]);
        var officer = await house.PersonAsync(Role.Officer, "KC", "KC-01");
        (await ShowAsync(house, officer, id)).Plates.ShouldBe([new ShowAlert.PlateRow("123ABC", 1, 0, null)]);
        (await PlateAsync(house, officer)).Entries.ShouldHaveSingleItem().Id.ShouldBe(id);
        (await PlateAsync(house, analyst)).Entries.Count.ShouldBe(2);
        (await FindAsync(house, await house.PersonAsync(Role.Officer, "SL", "SL-01"), "123ABC")).ShouldBeEmpty();
        // A number of a vehicle is found as what is written in an entry.
        var intake = house.Services.GetRequiredService<IIntake>();
        (await house.WithDbAsync(db => intake.EntriesSayingAsync(db, TextWords.Of("1M8GDM9AXKP042788"), 9, CancellationToken.None))).Single().Nic.ShouldBe(Nic);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_vehicle_that_a_later_message_no_longer_names_is_told_as_such_and_the_history_shows_what_changed(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        house.Clock.DriveTo(Given.Noon.AddDays(1));
        var id = (await house.ReceiveAsync(Given.Line(Entry(vehicles: _blue)))).Entries.Single();
        // Overtaken on its way: it is held against what was said before it, and what came after it against it.
        await house.ReceiveAsync(Given.Line(Entry(hour: 2, vehicles: _van), 2), Given.Line(Entry(hour: 1, vehicles: [_blue, _van]) with { Sex = "M", HeightInMin = null, HeightInMax = null }, 3));
        var analyst = await house.PersonAsync(Role.Analyst);
        var page = await ShowAsync(house, analyst, id);
        page.Vehicles.Single().Plate.ShouldBe("MARISOL");
        const string blue = "BLU 2012 FORD FOCUS, plate KS 123-abc (KS, until 2020), VIN 1M8GDM9AXKP042788", van = "plate MARISOL, VIN 1M8GDM9AXKP042789";
        page.Messages.Select(message => message.Version).ShouldBe([1, 2, 3]);
        page.Messages[0].Changes.ShouldBeEmpty();
        page.Messages[1].Changes.ShouldBe([new("Sex", "Male (M)", "Female (F)"), new("Height", "", "61 to 63 in"), new("Vehicles", $"{blue}; {van}", van)]);
        page.Messages[2].Changes.ShouldBe([new("Sex", "Female (F)", "Male (M)"), new("Height", "61 to 63 in", ""), new("Vehicles", blue, $"{blue}; {van}")]);
        // Where the plate was named once is still told; nothing is proposed on it.
        (await PlateAsync(house, analyst)).Entries.Single().Vehicles.ShouldBeEmpty();
        var intake = house.Services.GetRequiredService<IIntake>();
        (await house.WithDbAsync(db => intake.EntriesNamingPlatesAsync(db, ["123ABC"], 9, CancellationToken.None))).ShouldBeEmpty();
        (await CandidatesAsync(house, analyst, await AlertAsync(house))).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_alert_that_names_the_vehicle_proposes_the_entry_and_says_why_and_the_clock_of_an_entry_owed_runs(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await house.ReceiveAsync(
            Given.Line(Entry(vehicles: [_blue, _van])), Given.Line(Entry("M100000002", vehicles: new EntryVehicle(Plate: "999ZZZ")), 2),
            Given.Line(Entry("M100000003", hour: 1, vehicles: _blue) with { Status = EntryStatus.Located }, 3));
        var alert = await AlertAsync(house, CapGiven.Parameter("Vehicle", "white truck, plate 555-XYZ"));
        var officer = await house.PersonAsync(Role.Officer, "KC", "KC-01");
        var candidate = (await CandidatesAsync(house, officer, alert)).ShouldHaveSingleItem();
        (candidate.Nic, candidate.Likeness).ShouldBe((Nic, null));
        candidate.Why.ShouldBe(["the alert names plate 123ABC, which the entry gives as: BLU 2012 FORD FOCUS, plate KS 123-abc (KS, until 2020), VIN 1M8GDM9AXKP042788"]);
        // Who drives is not who the child is: the agency still owes an entry until a person says that this is it.
        (await house.WithDbAsync(db => db.Set<Duty>().SingleAsync(row => row.Rule == "enter-missing"))).State.ShouldBe(DutyState.Open);
        var revision = await house.WithDbAsync(db => db.Set<Alert>().Select(row => row.Revision).SingleAsync());
        (await house.DoAsync<DecideAlert.Request, DecideAlert.Receipt>(officer, new(alert, Nic, "narrative withheld", revision))).IsDone.ShouldBeTrue();
        var vehicles = "BLU 2012 FORD FOCUS, plate KS 123-abc (KS, until 2020), VIN 1M8GDM9AXKP042788; plate MARISOL, VIN 1M8GDM9AXKP042789";
        var shown = (await house.DoAsync<ShowAlert.Request, ShowAlert.Page>(officer, new(alert))).Value;
        shown.Entry!.Lines.ShouldBe([new("Vehicle plate", "123ABC (Kansas)", vehicles, AlertAnswer.Agrees), new("Vehicle", "white truck, plate 555-XYZ", vehicles, AlertAnswer.Adds)]);
        shown.Plates.ShouldBe([new ShowAlert.PlateRow("123ABC", 0, 2, null), new ShowAlert.PlateRow("555XYZ", 0, 0, null)]);
    }

    [Fact]
    public async Task The_same_plate_leads_before_a_name_that_stands_in_the_text_and_counts_beside_it()
    {
        await using var house = await Given.HouseAsync();
        await house.ReceiveAsync(
            Given.Line(Given.Entry("M100000001")), Given.Line(Entry("M100000002", vehicles: _blue), 2),
            Given.Line(Given.Entry("M100000003") with { Vehicles = [_blue] }, 3));
        var alert = await AlertAsync(house, CapGiven.Parameter("Circumstances", "Marisol Quenneville was seen"));
        var candidates = await CandidatesAsync(house, await house.PersonAsync(Role.Analyst), alert);
        candidates.Select(one => one.Nic).ShouldBe(["M100000003", "M100000002", "M100000001"]);
        candidates[0].Why.Count.ShouldBe(2);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_dropped_report_s_receipt_shows_the_entry_that_names_its_vehicle(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var id = (await house.ReceiveAsync(Given.Line(Entry(vehicles: _blue)))).Entries.Single();
        var page = await house.ReceiptAsync(await house.PersonAsync(Role.Analyst), ("r.json", Packages.Json("100200300", but: Driven)));
        page.Reports.Single().Before!.Single(one => one.Kind == "plate").Children.Single().Id.ShouldBe(id);
        var intake = house.Services.GetRequiredService<IIntake>();
        var gist = (await house.WithDbAsync(db => intake.EntriesNamingPlatesAsync(db, ["123ABC", "1111AA"], 9, CancellationToken.None))).ShouldHaveSingleItem();
        gist.Vehicles.ShouldBe([new PlatedVehicle("123ABC", "BLU 2012 FORD FOCUS, plate KS 123-abc (KS, until 2020), VIN 1M8GDM9AXKP042788")]);
    }

    private static CyberTipReport Driven(CyberTipReport report) => report with { Texts = [.. report.Texts, new FreeText(TextKind.Vehicle, "Blue sedan, plate KS 123 ABC", 0)] };

    private static async Task<AlertId> AlertAsync(TestHouse house, string more = "")
    {
        var xml = CapGiven.Xml(info: CapGiven.Info(parameters: CapGiven.Parameter("VehiclePlate", "123ABC (Kansas)") + more));
        return (await house.DoAsync<ReceiveAlerts.Request, ReceiveAlerts.Receipt>(Actor.House, new([RawOriginal.Of("alert.xml", xml)]))).Value.Told[0].Id!.Value;
    }

    private static async Task<IReadOnlyList<ShowAlert.Candidate>> CandidatesAsync(TestHouse house, Actor actor, AlertId alert) =>
        (await house.DoAsync<ShowAlert.Request, ShowAlert.Page>(actor, new(alert))).Value.Candidates;

    private static async Task<ShowMissing.Page> ShowAsync(TestHouse house, Actor actor, EntryId id) => (await house.DoAsync<ShowMissing.Request, ShowMissing.Page>(actor, new(id))).Value;

    private static async Task<ShowPlate.Page> PlateAsync(TestHouse house, Actor actor) => (await house.DoAsync<ShowPlate.Request, ShowPlate.Page>(actor, new("123ABC"))).Value;

    private static async Task<IReadOnlyList<Found>> FindAsync(TestHouse house, Actor actor, string number) =>
        (await house.DoAsync<FindByNumber.Request, FindByNumber.Page>(actor, new(number))).Value.Rows;
}
