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
}
