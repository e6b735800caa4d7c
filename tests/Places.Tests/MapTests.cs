using System.Text.RegularExpressions;
using System.Xml.Linq;
using Homeward.Foundations.Places.Map;

namespace Homeward.Places.Tests;

public sealed class MapTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly TerritoryMeasure Measure = new("Children recovered", new Dictionary<string, int?>
    {
        ["LV"] = 14, ["KC"] = 2, ["DE"] = 9, ["SE"] = 6, ["DN"] = 4, ["AL"] = 0, ["NY"] = null,
    })
    { Link = office => $"/offices/{office.Code}?a=1&b=2" };

    private static string Draw(DateOnly date, TerritoryMeasure? measure = null) => Days.Places.Map.RenderSvg(date, measure ?? Measure);
    private static XElement Office(string svg, string code) =>
        XDocument.Parse(svg).Descendants().Single(element => (string?)element.Attribute("data-office") == code);

    [Fact]
    public void The_map_is_well_formed_and_shows_every_office_of_its_day()
    {
        foreach (var date in (DateOnly[])[Days.July2019, Days.FirstOfNashville])
            XDocument.Parse(Draw(date)).Descendants().Attributes("data-office").Select(code => code.Value).Order()
                .ShouldBe(Days.Places.OfficesOn(date).Select(office => office.Code).Order());
        Draw(Days.July2019).ShouldNotContain("Nashville");
        Draw(Days.FirstOfNashville).ShouldNotContain("Memphis");
    }

    [Fact]
    public void Every_office_has_a_shape_a_link_a_title_and_a_label()
    {
        foreach (var office in XDocument.Parse(Draw(Days.July2019)).Descendants(Svg + "a"))
        {
            var name = Days.Places.Offices.WithCode((string?)office.Attribute("data-office"))!.Name;
            ((string?)office.Attribute("href"))!.ShouldStartWith("/offices/");
            ((string?)office.Attribute("aria-label"))!.ShouldStartWith(name);
            office.Element(Svg + "title")!.Value.ShouldBe((string?)office.Attribute("aria-label"));
            ((string?)office.Element(Svg + "path")!.Attribute("d"))!.Length.ShouldBeGreaterThan(15, name);
        }
    }

    [Fact]
    public void A_strict_content_policy_finds_nothing_to_refuse()
    {
        var svg = Draw(Days.July2019);
        Regex.IsMatch(svg, """\sstyle=|<style|<script|\son[a-z]+=|javascript:""", RegexOptions.IgnoreCase).ShouldBeFalse();
    }

    [Fact]
    public void The_map_is_light_enough_for_a_bad_line() => Draw(Days.July2019).Length.ShouldBeLessThan(150_000);

    [Fact]
    public void None_and_not_reported_are_two_things()
    {
        var svg = Draw(Days.July2019);
        ((string?)Office(svg, "AL").Attribute("class")).ShouldBe("map-office map-zero");
        ((string?)Office(svg, "NY").Attribute("class")).ShouldBe("map-office map-unreported");
        ((string?)Office(svg, "LV").Attribute("class")).ShouldBe("map-office map-step-5");
        Office(svg, "LV").Element(Svg + "title")!.Value.ShouldBe("Las Vegas. Children recovered: 14");
    }

    [Fact]
    public void The_legend_says_the_steps_in_words()
    {
        var legend = XDocument.Parse(Draw(Days.July2019)).Descendants(Svg + "g")
            .Where(group => (string?)group.Attribute("role") == "listitem").Select(item => item.Value);
        legend.ShouldBe(["1", "2 to 3", "4 to 6", "7 to 9", "10 to 14", "none", "not reported"]);
    }

    [Fact]
    public void Protected_small_counts_cannot_be_told_apart()
    {
        string With(int count) => Draw(Days.July2019, Measure with
        {
            ProtectBelow = 5,
            Values = new Dictionary<string, int?> { ["LV"] = 14, ["KC"] = count },
        });
        With(1).ShouldBe(With(4));
        With(1).ShouldNotBe(With(5));
        Office(With(3), "KC").Element(Svg + "title")!.Value.ShouldBe("Kansas City. Children recovered: fewer than 5");
    }

    [Fact]
    public void A_map_of_nothing_is_drawn_and_a_label_cannot_break_out()
    {
        var svg = Draw(Days.July2019, new("<script>\"&", new Dictionary<string, int?>()));
        XDocument.Parse(svg).Descendants(Svg + "script").ShouldBeEmpty();
        svg.ShouldContain("not reported");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(14)]
    [InlineData(1000)]
    [InlineData(int.MaxValue)]
    public void Every_count_up_to_the_largest_has_a_step_and_the_largest_is_darkest(int largest)
    {
        var svg = Draw(Days.July2019, new("Operations", new Dictionary<string, int?> { ["KC"] = largest, ["LV"] = 1 }));
        ((string?)Office(svg, "KC").Attribute("class")).ShouldBe("map-office map-step-5");
        ((string?)Office(svg, "LV").Attribute("class"))!.ShouldContain("map-step-");
    }
}
