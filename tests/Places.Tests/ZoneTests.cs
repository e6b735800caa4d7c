namespace Homeward.Places.Tests;

public sealed class ZoneTests
{
    private static TimeZoneInfo ZoneOfCounty(string fips) => Zones.ZoneOf(Days.Places.Counties.WithFips(fips)!);

    [Fact]
    public void An_act_before_local_midnight_is_on_the_local_day()   // T-19
    {
        var act = new DateTimeOffset(2019, 7, 11, 4, 50, 0, TimeSpan.Zero);
        Zones.LocalDay(act, ZoneOfCounty("29077")).ShouldBe(new(2019, 7, 10));
    }

    [Fact]
    public void The_last_evening_of_July_in_Honolulu_is_in_July()   // T-33
    {
        var honolulu = Zones.ZoneOf(Days.Places.Offices.WithCode("HN")!);
        var (start, end) = Zones.Window(new(2019, 7, 1), new(2019, 7, 31), honolulu);
        var operation = new DateTimeOffset(2019, 7, 31, 23, 30, 0, TimeSpan.FromHours(-10));
        operation.UtcDateTime.Day.ShouldBe(1);
        (operation >= start && operation < end).ShouldBeTrue();
        (operation.AddMinutes(70) < end).ShouldBeFalse();
    }

    [Fact]
    public void July_starts_in_Guam_20_hours_before_Hawaii_and_14_before_New_York()   // T-34
    {
        var guam = Zones.StartOf(new(2019, 7, 1), ZoneOfCounty("66010"));
        (Zones.StartOf(new(2019, 7, 1), ZoneOfCounty("15003")) - guam).ShouldBe(TimeSpan.FromHours(20));
        (Zones.StartOf(new(2019, 7, 1), ZoneOfCounty("36061")) - guam).ShouldBe(TimeSpan.FromHours(14));
        Days.Places.Territory.OfficeOf("66010", Days.July2019)!.Name.ShouldBe("Honolulu");
    }

    [Fact]
    public void A_day_of_23_hours_is_23_hours_long()
    {
        var (start, end) = Zones.Window(new(2019, 3, 10), new(2019, 3, 10), ZoneOfCounty("36061"));
        (end - start).ShouldBe(TimeSpan.FromHours(23));
    }

    [Theory]
    [InlineData("KX", "America/New_York")]
    [InlineData("ME", "America/Chicago")]
    [InlineData("EP", "America/Denver")]
    [InlineData("PX", "America/Phoenix")]
    public void Offices_keep_the_time_of_their_city(string code, string zone) =>
        Days.Places.Offices.WithCode(code)!.Zone.ShouldBe(zone);

    [Theory]
    [InlineData("12033", "America/Chicago")]    // Pensacola
    [InlineData("48141", "America/Denver")]     // El Paso
    [InlineData("16055", "America/Los_Angeles")] // Coeur d'Alene
    [InlineData("18089", "America/Chicago")]    // Gary
    [InlineData("47093", "America/New_York")]   // Knoxville
    [InlineData("04013", "America/Phoenix")]
    public void Split_states_are_split_by_county(string fips, string zone) =>
        Days.Places.Counties.WithFips(fips)!.Zone.ShouldBe(zone);

    [Fact]
    public void Every_zone_is_known_to_the_machine() =>
        Days.Places.Counties.All.Select(county => county.Zone).Concat(Days.Places.Offices.All.Select(office => office.Zone)).Distinct()
            .ShouldAllBe(zone => Zones.Of(zone).BaseUtcOffset != TimeSpan.Zero);
}
