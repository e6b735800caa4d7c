namespace Homeward.Places.Tests;

public sealed class AgencyTests
{
    [Theory]
    [InlineData("Springfield PD")]
    [InlineData("SPRINGFIELD POLICE DEPARTMENT")]
    [InlineData("Springfield Police Dept.")]
    [InlineData("Springfield Police")]
    public void Springfield_police_without_a_state_is_every_one(string name)   // T-01
    {
        var routes = Days.Places.Agencies.Find(name)
            .Select(agency => (agency.State, Days.Places.OfficesOf(agency, Days.July2019)[0].Name));
        (string, string)[] expected =
            [("MO", "Kansas City"), ("IL", "Springfield"), ("MA", "Boston"), ("OH", "Cincinnati"), ("OR", "Portland")];
        expected.ShouldBeSubsetOf(routes);
    }

    [Fact]
    public void A_state_beside_or_behind_the_name_decides()
    {
        Days.Places.Agencies.Find("Springfield PD", "MO").ShouldHaveSingleItem().Ori.ShouldBe("MO0390300");
        Days.Places.Agencies.Find("Springfield PD, Missouri").ShouldHaveSingleItem().Ori.ShouldBe("MO0390300");
        Days.Places.Agencies.Find("Springfield PD", "Gondor").ShouldBeEmpty();
    }

    [Fact]
    public void An_Ori_is_found_in_nine_or_seven_characters()
    {
        Days.Places.Agencies.WithOri("mo0390300")!.State.ShouldBe("MO");
        Days.Places.Agencies.WithOri("MO03903")!.Ori.ShouldBe("MO0390300");
        Days.Places.Agencies.WithOri("ZZ9999999").ShouldBeNull();
    }

    [Fact]
    public void Every_agency_serves_a_county_that_has_an_office() =>
        Days.Places.Agencies.All.ShouldAllBe(agency => Days.Places.OfficesOf(agency, Days.July2019).Count > 0);

    [Fact]
    public void Near_agencies_come_by_distance()
    {
        var near = Days.Places.Agencies.Near(new(37.2155, -93.2907), kilometresMax: 40, countMax: 10);
        near[0].Agency.Ori.ShouldBe("MO0390300");
        near.Select(found => found.Kilometres).ShouldBeInOrder();
    }
}
