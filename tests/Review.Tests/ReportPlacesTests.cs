using Homeward.Intake;
using Homeward.Review.Matching;

namespace Homeward.Review.Tests;

/// <summary>Where a person of a report may be: as the report says of that person, and not of another.</summary>
public sealed class ReportPlacesTests
{
    [Fact]
    public async Task A_place_is_of_the_person_in_whose_path_it_stands_and_not_of_one_whose_number_begins_alike()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var report = house.Report(city: null);
        report = report with
        {
            Persons = [report.Persons[0] with { Index = 1, Path = "/victims/1" }, report.Persons[0] with { Index = 10, Path = "/victims/10" }],
            Identifiers = [new("place", "wichita/KS//", "/victims/10/estimatedLocation"), new("place", "topeka/KS//", "/victims/1/estimatedLocation")],
        };
        ReportPlaces.For(report, 1).Select(place => place.City).ShouldBe(["topeka"]);
        ReportPlaces.For(report, 10).Select(place => place.City).ShouldBe(["wichita"]);
    }

    /// <summary>R-19, T-48: a state is enough to route by, a country is not; either is enough to be ours.</summary>
    [Theory]
    [InlineData("/MO//US", "MO"), InlineData("/MISSOURI//US", "MISSOURI"), InlineData("/MO//", "MO"), InlineData("exampletown/KS//", "KS")]
    [InlineData("///US", null), InlineData("exampletown///PR", "PR"), InlineData("///GU", "GU"), InlineData("//64106/", null)]
    // As an older extractor left them.
    [InlineData("exampletown/KS//UNITED STATES", "KS"), InlineData("exampletown/KS//USA", "KS")]
    public async Task Whoever_is_stated_to_be_in_the_United_States_gives_the_report_its_nexus(string place, string? state)
    {
        await using var house = await ReviewHouse.OpenAsync();
        var report = house.Report(city: null, foreign: "manila///PH");
        report = report with
        {
            Persons = [report.Persons[0], report.Persons[0] with { Index = 1, Path = "/report/victim[1]" }],
            Identifiers = [.. report.Identifiers, new("place", place, "/report/victim[1]/estimatedLocation")],
        };
        ReportPlaces.NexusOf(report, matchesSomebody: false).ShouldBe(Nexus.UnitedStates);
        ReportPlaces.For(report, 1).Select(one => one.State).FirstOrDefault().ShouldBe(state);
        ReportPlaces.FirstOf(report)?.State.ShouldBe(state);
        if (place == "/MO//US") (ReportPlaces.Told(report, report.Persons[1]), ReportPlaces.Told(report)).ShouldBe(("MO", "MO"));
        (ReportPlaces.For(report, 1).Count, ReportPlaces.FirstOf(report) is null).ShouldBe(place == "///US" ? (0, true) : (1, false));
    }

    [Theory]
    [InlineData("manila///PH", Nexus.NoneProposed), InlineData("///PH", Nexus.NoneProposed), InlineData("manila///PHILIPPINES", Nexus.NoneProposed)]
    // No country that is known for sure: nobody is taken for abroad by it.
    [InlineData("exampletown///A1", Nexus.Open), InlineData("atlanta///GEORGIA", Nexus.Open), InlineData("exampletown///WITHHELD", Nexus.Open), InlineData("exampletown///", Nexus.Open)]
    public async Task Abroad_is_only_who_is_in_a_country_that_is_known(string place, Nexus nexus)
    {
        await using var house = await ReviewHouse.OpenAsync();
        ReportPlaces.NexusOf(house.Report(city: null, foreign: place), matchesSomebody: false).ShouldBe(nexus);
    }

    [Fact]
    public async Task An_estimate_that_says_less_than_the_persons_own_address_is_no_second_place()
    {
        await using var house = await ReviewHouse.OpenAsync();
        var report = house.Report(city: "Wichita", state: "KS", foreign: "/KS//US");
        ReportPlaces.For(report, 0).ShouldHaveSingleItem().City.ShouldBe("Wichita");
        var other = house.Report(city: "Wichita", state: "KS", foreign: "/MO//US");
        ReportPlaces.For(other, 0).Select(place => place.State).ShouldBe(["KS", "MO"]);
    }
}
