using CsCheck;

namespace Homeward.Places.Tests;

public sealed class PlaceTests
{
    [Fact]
    public void Springfield_without_a_state_is_every_Springfield()   // T-01
    {
        var answer = Days.Resolve(new() { City = "Springfield" });
        (string, string)[] expected =
            [("MO", "Kansas City"), ("IL", "Springfield"), ("MA", "Boston"), ("OH", "Cincinnati"), ("OR", "Portland")];
        expected.ShouldBeSubsetOf(answer.Routes());
        answer.Candidates.Count.ShouldBeGreaterThan(20);
        answer.Office.ShouldBeNull();
        answer.State.ShouldBeNull();
    }

    [Theory]
    [InlineData("Springfield", "MO")]
    [InlineData("springfield", "Missouri")]
    [InlineData("Springfield, MO", null)]
    [InlineData("City of Springfield", "mo")]
    public void Springfield_Missouri_goes_to_Kansas_City(string city, string? state)   // T-02
    {
        var answer = Days.Resolve(new() { City = city, State = state });
        answer.Office!.Code.ShouldBe("KC");
        answer.County!.Fips.ShouldBe("29077");
        answer.District.ShouldBe("MOWD");
        answer.Circuit.ShouldBe("8");
    }

    [Fact]
    public void Kansas_City_alone_is_one_office_and_two_circuits()   // T-03
    {
        var answer = Days.Resolve(new() { City = "Kansas City" });
        answer.Office!.Code.ShouldBe("KC");
        answer.Circuit.ShouldBeNull();
        answer.Candidates.Select(candidate => (candidate.State, candidate.Circuit)).Distinct()
            .ShouldBe([("MO", "8"), ("KS", "10")], ignoreOrder: true);
    }

    [Fact]
    public void Kansas_City_Missouri_is_one_division_with_the_county_left_open()   // T-10
    {
        var answer = Days.Resolve(new() { City = "Kansas City", State = "MO" });
        answer.Candidates.Select(candidate => candidate.County!.Fips).Order().ShouldBe(["29037", "29047", "29095", "29165"]);
        answer.County.ShouldBeNull();
        answer.Office!.Code.ShouldBe("KC");
        answer.Circuit.ShouldBe("8");
    }

    [Fact]
    public void The_basis_of_a_Zip_tells_source_share_and_tenure()
    {
        var candidate = Days.Resolve(new() { Zip = "65802" }).Candidates.ShouldHaveSingleItem();
        candidate.Basis.ShouldBe("ZIP 65802 → Greene County MO (HUD 2020 Q1, 100 % of addresses) → Kansas City, territory since 2000-01-01");
        candidate.Precision.ShouldBe(PlacePrecision.Zip);
        candidate.Share.ShouldBe(1);
    }

    [Fact]
    public void Fort_Campbell_lies_in_two_states()   // T-09
    {
        var answer = Days.Resolve(new() { Zip = "42223" });
        answer.Candidates.Select(candidate => candidate.State).ShouldBe(["TN", "KY"]);
        answer.Office.ShouldBeNull();
        Days.Resolve(new() { Zip = "42223-1234", State = "KY" }).Office!.Name.ShouldBe("Louisville");
    }

    [Fact]
    public void A_Zip_over_a_county_line_has_a_candidate_for_each_county_largest_first()   // T-09
    {
        var answer = Days.Resolve(new() { Zip = "02066" });
        answer.Candidates.Select(candidate => candidate.County!.Fips).ShouldBe(["25023", "25021"]);
        answer.Candidates.Select(candidate => candidate.Share).ShouldBeInOrder(SortDirection.Descending);
    }

    [Theory]
    [InlineData("00544", "mail is fetched")]
    [InlineData("99999", "not known")]
    [InlineData("hello", "not known")]
    public void A_Zip_of_post_office_boxes_or_an_unknown_one_is_no_place(string zip, string remark)   // T-09
    {
        var answer = Days.Resolve(new() { Zip = zip });
        answer.Candidates.ShouldBeEmpty();
        answer.Office.ShouldBeNull();
        answer.Remarks.ShouldHaveSingleItem().ShouldContain(remark);
        Days.Resolve(new() { Zip = zip, State = "NY" }).Candidates.ShouldBeEmpty();
        Days.Resolve(new() { Zip = zip, City = "Springfield", State = "IL" }).Office!.Code.ShouldBe("SI");
    }

    [Fact]
    public void Clues_that_disagree_are_all_shown()
    {
        var answer = Days.Resolve(new() { Zip = "65802", City = "Springfield", State = "IL" });
        answer.Routes().ShouldBe([("MO", "Kansas City"), ("IL", "Springfield")]);
        answer.Remarks.ShouldContain(remark => remark.Contains("disagree", StringComparison.Ordinal));
    }

    [Fact]
    public void Clues_narrow_each_other()
    {
        Days.Resolve(new() { City = "Springfield", Zip = "65802" }).Office!.Code.ShouldBe("KC");
        Days.Resolve(new() { City = "Kansas City", State = "MO", County = "Clay" }).County!.Fips.ShouldBe("29047");
    }

    [Fact]
    public void A_county_without_state_is_every_county_of_the_name()
    {
        Days.Resolve(new() { County = "Greene County" }).Candidates.Count.ShouldBeGreaterThan(10);
        Days.Resolve(new() { County = "Orleans Parish", State = "LA" }).Office!.Name.ShouldBe("New Orleans");
        Days.Resolve(new() { County = "29077" }).Office!.Code.ShouldBe("KC");
    }

    [Fact]
    public void A_state_alone_is_its_offices_and_districts_with_the_county_open()
    {
        Days.Resolve(new() { State = "Nevada" }).Office!.Name.ShouldBe("Las Vegas");
        var missouri = Days.Resolve(new() { State = "MO" });
        missouri.Routes().ShouldBe([("MO", "Kansas City"), ("MO", "St. Louis")]);
        missouri.Candidates.ShouldAllBe(candidate => candidate.County == null && candidate.Precision == PlacePrecision.State);
    }

    [Theory]
    [InlineData(37.209, -93.292, "29077", "KC")]      // Springfield MO
    [InlineData(39.1147, -94.6275, "20209", "KC")]    // Kansas City KS
    [InlineData(38.8977, -77.0365, "11001", "WF")]
    [InlineData(13.4757, 144.7489, "66010", "HN")]    // Hagåtña
    [InlineData(21.3069, -157.8583, "15003", "HN")]
    [InlineData(51.88, -176.65, "02016", "AN")]       // Adak
    public void A_point_lies_in_its_county(double north, double east, string fips, string office)
    {
        var answer = Days.Resolve(new() { Latitude = north, Longitude = east });
        answer.County!.Fips.ShouldBe(fips);
        answer.Office!.Code.ShouldBe(office);
        answer.Candidates[0].Precision.ShouldBe(PlacePrecision.Point);
    }

    [Fact]
    public void A_point_with_a_wide_circle_is_every_county_that_it_touches()
    {
        var answer = Days.Resolve(new() { Latitude = 39.0997, Longitude = -94.5786, AccuracyKm = 15 });
        answer.Candidates.Select(candidate => candidate.State).Distinct().Order().ShouldBe(["KS", "MO"]);
        answer.Office!.Code.ShouldBe("KC");
        answer.Circuit.ShouldBeNull();
    }

    [Fact]
    public void A_point_at_sea_or_off_the_Earth_is_no_place()
    {
        Days.Resolve(new() { Latitude = 30, Longitude = -50 }).Candidates.ShouldBeEmpty();
        Days.Resolve(new() { Latitude = 300, Longitude = double.NaN }).Candidates.ShouldBeEmpty();
    }

    [Fact]
    public void An_address_of_a_data_centre_is_shown_as_low_precision() =>   // T-12
        Days.Resolve(new() { City = "Ashburn", State = "VA", IsLowPrecision = true })
            .Candidates.ShouldAllBe(candidate => candidate.Precision == PlacePrecision.Low);

    [Fact]
    public void Tribal_land_is_flagged() =>   // T-11
        Days.Resolve(new() { City = "Window Rock", State = "AZ" }).Candidates[0].TribalLands.ShouldNotBeEmpty();

    [Fact]
    public void A_county_that_ended_gives_its_heirs()
    {
        Days.Resolve(new() { Zip = "99574" }).Candidates.Select(candidate => candidate.County!.Fips).ShouldBe(["02063", "02066"]);
        Days.Resolve(new() { Zip = "99574" }, new(2018, 7, 1)).County!.Fips.ShouldBe("02261");
    }

    [Fact]
    public void A_box_in_the_street_is_remarked() =>
        Days.Resolve(new() { Street = "P.O. Box 12", City = "Springfield", State = "MO" })
            .Remarks.ShouldHaveSingleItem().ShouldContain("post-office box");

    [Fact]
    public void Nothing_stated_is_no_place_and_says_what_to_give() =>
        Days.Resolve(new()).Remarks.ShouldHaveSingleItem().ShouldContain("ZIP");

    [Fact]
    public void A_third_clue_does_not_settle_what_two_disagree_on() =>
        Days.Resolve(new() { Zip = "65802", City = "Springfield, IL", County = "Sangamon" })
            .Routes().ShouldBe([("MO", "Kansas City"), ("IL", "Springfield")]);

    [Theory]
    [InlineData("Saint Louis", "MO", "29510")]
    [InlineData("St. Louis", "MO", "29510")]
    [InlineData("ft. worth", "TX", "48439")]
    [InlineData("Canon City", "CO", "08043")]
    [InlineData("Cañon City", "CO", "08043")]
    public void Spellings_of_a_city_meet(string city, string state, string fips) =>
        Days.Resolve(new() { City = city, State = state }).Candidates.Select(c => c.County!.Fips).ShouldContain(fips);

    [Fact]
    public void Whatever_is_typed_nothing_throws_and_the_answer_is_always_the_same()
    {
        string[] real = ["Springfield", "MO", "65802", "Kansas City", "Greene", "\ud800", ",", ""];
        var text = Gen.Frequency((3, Gen.String), (1, Gen.Int[0, real.Length - 1].Select(at => real[at])));
        Gen.Select(text, text, text, text, Gen.Double, Gen.Date).Sample((city, state, zip, county, number, day) =>
        {
            var query = new PlaceQuery { City = city, State = state, Zip = zip, County = county, Latitude = number, Longitude = number };
            var date = DateOnly.FromDateTime(day);
            var answer = Days.Resolve(query, date);
            answer.Candidates.Select(c => c.Basis).ShouldBe(Days.Resolve(query, date).Candidates.Select(c => c.Basis));
            Days.Places.ResolveOffice(city, date, date);
            Days.Places.Agencies.Find(city, state);
        }, iter: 3000);
    }
}
