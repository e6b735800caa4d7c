using Homeward.Foundations.Audit;

namespace Homeward.Review.Tests;

/// <summary>A report that names the plate of a sought child's entry: told to the reader with its reason, and weighing nothing.</summary>
public sealed class SameVehicleTests
{
    private static readonly PlatedVehicle _blue = new("123ABC", "BLU 2012 FORD, plate 123ABC (KS)");

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task The_reader_is_told_which_entry_names_the_vehicle_and_no_match_or_score_comes_of_it(DatabaseKind kind)
    {
        await using var house = await ReviewHouse.OpenAsync(kind);
        var other = house.Entry("Ada", "Otherwise", "2001-01-01", city: "Denver", state: "CO");
        house.Intake.Entries[other.Id] = other with { Vehicles = [_blue, new("999ZZZ", "a van")] };
        var entry = house.Entry("Renata", "Solberg", "2003-04-15");
        var plain = house.Report("Renata", "Solberg", "2003-04-15");
        var named = house.Report("Renata", "Solberg", "2003-04-15", identifiers: [("plate", "123ABC"), ("plate", "123ABC"), ("plate", "555XYZ")]);
        await house.DeliverAsync([plain, named], [entry, other]);

        var analyst = await house.AnalystAsync();
        var page = await PageAsync(house, analyst, named);
        page.Vehicles.ShouldBe([new ShowReport.SameVehicle("123ABC", "/report/plate[1]", other.Id, other.Nic, _blue.Says, null)]);
        (await PageAsync(house, analyst, plain)).Vehicles.ShouldBeEmpty();
        (await house.MatchesAsync(named)).Single().Entry.ShouldBe(entry.Id);
        (await house.MatchesAsync(named)).Single().Weight.ShouldBe((await house.MatchesAsync(plain)).Single().Weight);
        (await house.ItemAsync(named)).Risk.ShouldBe((await house.ItemAsync(plain)).Risk);
        var traces = await house.House.WithDbAsync(db => db.Set<AuditEntry>().Where(row => row.SubjectType == "entry" && row.Codes == "plate").CountAsync());
        traces.ShouldBe(1);
    }

    [Fact]
    public async Task Beside_a_match_the_vehicles_of_both_stand_and_what_they_say()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var entry = house.Entry("Renata", "Solberg", "2003-04-15");
        house.Intake.Entries[entry.Id] = entry with { Vehicles = [_blue] };
        ReportGist[] reports =
        [
            house.Report("Renata", "Solberg", "2003-04-15", identifiers: ("plate", "123ABC")), house.Report("Renata", "Solberg", "2003-04-15", identifiers: ("plate", "555XYZ")),
            house.Report("Renata", "Solberg", "2003-04-15"),
        ];
        await house.DeliverAsync(reports, [entry]);
        var analyst = await house.AnalystAsync();
        (await LineAsync(reports[0]))!.ShouldSatisfyAllConditions(
            line => (line.Known, line.CameIn, line.Mark).ShouldBe((_blue.Says, "plate 123ABC", "same")), line => line.Says.ShouldContain("weighs nothing in the score"));
        (await LineAsync(reports[1]))!.ShouldSatisfyAllConditions(
            line => (line.CameIn, line.Mark).ShouldBe(("plate 555XYZ", "unknown")), line => line.Says.ShouldBe("not compared: other plates speak for nothing"));
        (await LineAsync(reports[2]))!.Says.ShouldBe("not known on both sides");
        (await PageAsync(house, analyst, reports[0])).Vehicles.Single().Match.ShouldBe((await house.MatchesAsync(reports[0])).Single().Id);
        house.Intake.Entries[entry.Id] = entry;
        (await LineAsync(reports[2])).ShouldBeNull();

        async Task<ShowMatch.Line?> LineAsync(ReportGist report) =>
            (await house.ShowAsync(analyst, (await house.MatchesAsync(report)).Single().Id)).Lines.SingleOrDefault(line => line.Field == "Vehicle");
    }

    private static async Task<ShowReport.Page> PageAsync(ReviewHouse house, Actor actor, ReportGist report) =>
        (await house.House.DoAsync<ShowReport.Request, ShowReport.Page>(actor, new(report.Id))).Value;
}
