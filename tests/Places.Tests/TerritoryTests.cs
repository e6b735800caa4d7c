namespace Homeward.Places.Tests;

public sealed class TerritoryTests
{
    private static Gazetteer Places => Days.Places;

    [Fact]
    public void In_2019_all_56_offices_are_open_and_have_counties()
    {
        Places.OfficesOn(Days.July2019).Count.ShouldBe(56);
        foreach (var office in Places.OfficesOn(Days.July2019))
            Places.Territory.CountiesOf(office.Code, Days.July2019).ShouldNotBeEmpty(office.Name);
    }

    [Fact]
    public void From_October_2024_there_are_55_and_Memphis_and_Knoxville_have_no_county()
    {
        Places.OfficesOn(Days.LastOfMemphis).Count.ShouldBe(56);
        Places.OfficesOn(Days.FirstOfNashville).Count.ShouldBe(55);
        Places.OfficesOn(Days.FirstOfNashville).ShouldAllBe(
            office => Places.Territory.CountiesOf(office.Code, Days.FirstOfNashville).Count > 0);
        Places.Territory.CountiesOf("ME", Days.FirstOfNashville).ShouldBeEmpty();
        Places.Territory.CountiesOf("KX", Days.FirstOfNashville).ShouldBeEmpty();
    }

    [Fact]
    public void Every_county_in_force_has_exactly_one_office()
    {
        foreach (var day in (DateOnly[])[new(2000, 1, 1), new(2019, 1, 1), new(2019, 1, 2), Days.July2019, Days.LastOfMemphis, Days.FirstOfNashville])
        {
            var held = Places.OfficesOn(day).SelectMany(office => Places.Territory.CountiesOf(office.Code, day)).ToList();
            held.Select(county => county.Fips).ShouldBeUnique();
            held.Count.ShouldBe(Places.Counties.All.Count(county => county.IsInForce(day)));
            held.ShouldAllBe(county => Places.Territory.OfficeOf(county.Fips, day) != null);
        }
    }

    [Fact]
    public void Memphis_child_of_2019_belongs_to_Nashville_now()   // T-07
    {
        Places.Territory.OfficeOf("47157", Days.July2019)!.Name.ShouldBe("Memphis");
        Places.Territory.OfficeOf("47157", Days.LastOfMemphis)!.Name.ShouldBe("Memphis");
        Places.Territory.OfficeOf("47157", Days.FirstOfNashville)!.Name.ShouldBe("Nashville");
        Places.Offices.WithCode("ME")!.Successor.ShouldBe("NV");
    }

    [Fact]
    public void Owner_changes_with_the_local_day_not_the_day_in_Utc()   // T-08
    {
        var shelby = Places.Counties.WithFips("47157")!;
        var created = new DateTimeOffset(2024, 9, 30, 23, 30, 0, TimeSpan.FromHours(-5));
        Places.Territory.OfficeOf(shelby.Fips, Zones.LocalDay(created, Zones.ZoneOf(shelby)))!.Name.ShouldBe("Memphis");
        Places.Territory.OfficeOf(shelby.Fips, Zones.LocalDay(created.AddHours(1), Zones.ZoneOf(shelby)))!.Name.ShouldBe("Nashville");
    }

    [Fact]
    public void Before_the_record_begins_there_is_no_office()
    {
        Places.Territory.OfficeOf("29077", new(1999, 12, 31)).ShouldBeNull();
        var answer = Days.Resolve(new() { Zip = "65802" }, new(1999, 12, 31));
        answer.Candidates.ShouldBeEmpty();
        answer.Remarks.ShouldHaveSingleItem().ShouldContain("2000-01-01");
    }

    [Theory]
    [InlineData("GU", "Honolulu")]
    [InlineData("MP", "Honolulu")]
    [InlineData("AS", "Honolulu")]
    [InlineData("VI", "San Juan")]
    [InlineData("NV", "Las Vegas")]
    [InlineData("WY", "Denver")]
    [InlineData("KS", "Kansas City")]
    public void Whole_states_and_territories_go_to_one_office(string state, string office) =>
        Places.Counties.OfState(state).Where(county => county.IsInForce(Days.July2019))
            .Select(county => Places.Territory.OfficeOf(county.Fips, Days.July2019)!.Name).Distinct()
            .ShouldHaveSingleItem().ShouldBe(office);
}
