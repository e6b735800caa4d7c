using Homeward.Kernel;

namespace Homeward.Linkage.Tests;

/// <summary>The traps about persons: who must be found, and who must not be taken for one.</summary>
public sealed class PersonTraps
{
    private static readonly Scorer Scorer = new(PersonSchema.Settings);

    private static PersonRecord Person(string id, string? given, string? family, string born = "") => new(id)
    {
        GivenName = given, FamilyName = family,
        BornOn = PartialDate.TryParse(born, out var date) ? date : default,
    };

    private static Explanation Explain(PersonRecord left, PersonRecord right)
    {
        var one = Scorer.Explain(left.ToRecord(), right.ToRecord());
        var other = Scorer.Explain(right.ToRecord(), left.ToRecord());
        other.Weight.ShouldBe(one.Weight, 1e-9);
        one.Weight.ShouldBe(one.PriorWeight + one.Waterfall.Sum(bar => bar.Weight), 1e-9);
        return one;
    }

    [Fact]
    public void Same_name_and_birth_date_is_a_match() =>
        Explain(Person("a", "Renata", "Solberg", "2003-04-03"), Person("b", "RENATA", "Solberg", "2003-04-03"))
            .Probability.ShouldBeGreaterThan(0.99);

    [Theory]
    [InlineData("José", "Ibáñez", "Jose", "Ibanez")]
    [InlineData("Renata", "Solberg", "Solberg", "Renata")]
    [InlineData("Elizabeth", "Kowalczyk", "Liz", "Kowalczyk")]
    [InlineData("Ana", "Garcia-Lopez", "Ana", "Lopez")]
    [InlineData("Siobhan", "O'Dowd", "Siobhan", "ODowd")]
    [InlineData("Katheryne", "Zimmermann", "Katherine", "Zimmerman")]
    public void Names_as_they_are_written_are_matched(string given, string family, string otherGiven, string otherFamily) =>
        Explain(Person("a", given, family, "2004-11-19"), Person("b", otherGiven, otherFamily, "2004-11-19"))
            .Probability.ShouldBeGreaterThan(0.95);

    [Theory]
    [InlineData("Ava", "Showers", "Ave", "Showers")]
    [InlineData("Zoe", "Burch", "Zae", "Burch")]
    [InlineData("Madeleine", "Meyer", "Medeleine", "Meyer")]
    [InlineData("Amelia", "Cobb", "Amelia", "Cabb")]
    public void One_letter_is_a_slip_in_short_names_and_in_those_with_repeated_letters_too(string given, string family, string otherGiven, string otherFamily)
    {
        var explanation = Explain(Person("a", given, family, "2009-02-08"), Person("b", otherGiven, otherFamily, "2009-02-08"));
        explanation.Probability.ShouldBeGreaterThan(0.95);
        explanation.Against.ShouldBeEmpty();
    }

    [Fact]
    public void Day_and_month_swapped_is_said_in_words()
    {
        var explanation = Explain(Person("a", "Renata", "Solberg", "2003-04-03"), Person("b", "Renata", "Solberg", "2003-03-04"));
        explanation.Probability.ShouldBeGreaterThan(0.95);
        explanation.For.ShouldContain(bar => bar.Sentence == "day and month swapped: 2003-04-03 / 2003-03-04");
    }

    [Fact]
    public void Alias_that_equals_another_childs_name_does_not_merge_them()
    {
        var child = Person("a", "Ana", "Lopez", "2004-05-06") with { Aliases = ["Mia Cruz"] };
        var explanation = Explain(child, Person("b", "Mia", "Cruz", "2002-01-30"));
        explanation.For.ShouldContain(bar => bar.Level == "an alias is the whole name of the other");
        explanation.Probability.ShouldBeLessThan(0.05);
    }

    [Fact]
    public void Alias_with_the_same_birth_date_is_put_before_a_person()
    {
        var child = Person("a", "Ana", "Lopez", "2004-05-06") with { Aliases = ["Mia Cruz"] };
        Explain(child, Person("b", "Mia", "Cruz", "2004-05-06")).Weight.ShouldBeGreaterThan(-1);
    }

    [Fact]
    public void Another_name_altogether_is_one_thing_that_differs_and_not_two()
    {
        var child = Person("a", "Heather", "Llewellyn") with { Emails = ["lake.river9168@example.net"] };
        double Weight(string given, string family) => Explain(child, child with { Id = "b", GivenName = given, FamilyName = family }).Weight;
        var (givenAlone, both, nickname) = (Weight("Oda", "Llewellyn"), Weight("Madison", "Mayo"), Weight("Heath", "Mayo"));

        var explanation = Explain(child, child with { Id = "b", GivenName = "Madison", FamilyName = "Mayo" });
        explanation.Against.Select(bar => bar.Field).ShouldBe([PersonSchema.GivenName, PersonSchema.FamilyName]);
        explanation.Against[1].Level.ShouldContain("another name altogether");
        explanation.Against[1].Weight.ShouldBeInRange(-1, 0);
        // Where the given names agree, another family name counts in full.
        Explain(child, child with { Id = "b", FamilyName = "Mayo" }).Against.ShouldHaveSingleItem().Level.ShouldBe("family names differ");
        (both < givenAlone, both < nickname).ShouldBe((true, true));
    }

    [Fact]
    public void Twins_are_two()
    {
        var one = Person("a", "Renata", "Solberg", "2003-04-03") with { City = "Wichita", State = "KS", Phones = ["316-555-0143"], Sex = "F" };
        var other = one with { Id = "b", GivenName = "Oda" };
        Explain(one, other).Probability.ShouldBeLessThan(0.5);
        Explain(one, other).Against[0].Sentence.ShouldContain("twins");
    }

    [Theory]
    [InlineData("Baby", "Baby")]
    [InlineData("Unknown Female", "Unknown")]
    [InlineData("Jane Doe", "jane doe")]
    public void Placeholder_never_agrees_with_placeholder(string left, string right)
    {
        var explanation = Explain(Person("a", left, null), Person("b", right, null));
        explanation.Waterfall.ShouldBeEmpty();
        explanation.Unknown.ShouldContain(field => field.Field == PersonSchema.GivenName);
    }

    [Fact]
    public void Single_name_is_found_in_either_field()
    {
        var full = Person("a", "Anneliese", "Solberg", "2003-04-03");
        Explain(full, Person("b", null, "Anneliese", "2003-04-03")).Weight.ShouldBeGreaterThan(0);
        Explain(full, Person("b", "Solberg", null, "2003-04-03")).Weight.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void What_is_unknown_weighs_nothing()
    {
        var known = Person("a", "Renata", "Solberg", "2003-04-03");
        var more = known with { Phones = ["316-555-0143"], City = "Wichita", State = "KS", Sex = "F", HeightCm = (160, 165), WeightKg = (50, 55), MeasuredOn = new(2019, 7, 1) };
        Explain(known, known with { Id = "b" }).Weight.ShouldBe(Explain(more, known with { Id = "b" }).Weight, 1e-9);
    }

    [Fact]
    public void A_child_grows_and_its_height_of_years_ago_still_agrees_while_a_height_without_a_date_says_nothing()
    {
        PersonRecord Tall(string id, double cm, int year, string sex = "F") =>
            Person(id, "Renata", "Solberg", "2005-04-03") with { Sex = sex, HeightCm = (cm, cm), MeasuredOn = new(year, 4, 3) };
        string Level(PersonRecord one, PersonRecord other) => Explain(one, other).Waterfall.Single(bar => bar.Field == PersonSchema.Height).Level;

        // The medians of the chart: 127 cm at eight, 162 cm at sixteen.
        Level(Tall("a", 127, 2013), Tall("b", 162, 2021)).ShouldBe("heights agree");
        Level(Tall("a", 162, 2021), Tall("b", 127, 2013)).ShouldBe("heights agree");
        Level(Tall("a", 127, 2013), Tall("b", 185, 2021)).ShouldBe("heights differ");
        // Nobody shrinks: 165 cm at twelve and 150 at sixteen are two girls.
        Level(Tall("a", 165, 2017), Tall("b", 150, 2021)).ShouldBe("heights differ");
        // Boys of that height at twelve are taller when grown than girls.
        Level(Tall("a", 149, 2017, "M"), Tall("b", 176, 2024, "M")).ShouldBe("heights agree");
        Level(Tall("a", 149, 2017), Tall("b", 176, 2024)).ShouldBe("heights differ");
        Explain(Tall("a", 127, 2013) with { MeasuredOn = null }, Tall("b", 185, 2021)).Unknown.ShouldContain(bar => bar.Field == PersonSchema.Height);
        Explain(Tall("a", 127, 2013) with { BornOn = default }, Tall("b", 185, 2021)).Unknown.ShouldContain(bar => bar.Field == PersonSchema.Height);
    }

    [Fact]
    public void A_child_gains_weight_as_its_age_does_and_what_nobody_can_become_speaks_against()
    {
        PersonRecord Heavy(string id, double kg, int year, string sex = "F") =>
            Person(id, "Renata", "Solberg", "2005-04-03") with { Sex = sex, WeightKg = (kg, kg), MeasuredOn = new(year, 4, 3) };
        string Level(PersonRecord one, PersonRecord other) => Explain(one, other).Waterfall.Single(bar => bar.Field == PersonSchema.BodyWeight).Level;

        // The medians of the chart: 26 kg at eight, 54 kg at sixteen, and 37 years later somewhat more.
        Level(Heavy("a", 25.8, 2013), Heavy("b", 53.9, 2021)).ShouldBe("weights may agree");
        Level(Heavy("a", 53.9, 2021), Heavy("b", 25.8, 2013)).ShouldBe("weights may agree");
        Level(Heavy("a", 25.8, 2013), Heavy("b", 62, 2058)).ShouldBe("weights may agree");
        // The lightest of a hundred at eight does not become the heaviest of a hundred at sixteen.
        Level(Heavy("a", 20, 2013), Heavy("b", 90, 2021)).ShouldBe("weights differ");
        // Median at eight, and more than ninety-nine of a hundred weigh at sixteen.
        Level(Heavy("a", 25.8, 2013), Heavy("b", 110, 2021)).ShouldBe("weights at most 10 kg apart");
        // At any age it says little for a match.
        Explain(Heavy("a", 25.8, 2013), Heavy("b", 53.9, 2021)).Waterfall.Single(bar => bar.Field == PersonSchema.BodyWeight).Weight.ShouldBeInRange(0.1, 0.5);
        Explain(Heavy("a", 25.8, 2013) with { MeasuredOn = null }, Heavy("b", 53.9, 2021)).Unknown.ShouldContain(bar => bar.Field == PersonSchema.BodyWeight);
        // A baby's weight says nothing of what it will be.
        Explain(Heavy("a", 10, 2006), Heavy("b", 53.9, 2021)).Unknown.ShouldContain(bar => bar.Field == PersonSchema.BodyWeight);
    }

    [Theory]
    [InlineData(-1.8808, 44.7952)]
    [InlineData(0.6745, 64.7784)]
    [InlineData(1.6449, 82.0214)]
    public void Chart_gives_the_percentiles_that_its_source_prints(double place, double printed)
    {
        // wtage, girls, 228.5 months: the 3rd, 75th and 95th percentile.
        GrowthChart.Weight.Value(place, GrowthChart.GrownMonths, isGirl: true).ShouldBe(printed, 0.01);
        GrowthChart.Weight.Place(printed, GrowthChart.GrownMonths, isGirl: true).ShouldBe(place, 0.001);
    }

    [Fact]
    public void Place_on_the_chart_and_value_are_each_other_s_inverse_between_its_rows_too()
    {
        foreach (var chart in (GrowthChart[])[GrowthChart.Stature, GrowthChart.Weight])
            for (var months = 24.0; months <= GrowthChart.GrownMonths; months += 3.7)
                foreach (var isGirl in (bool[])[false, true])
                    for (var place = -3.0; place <= 3.0; place += 0.5)
                        chart.Place(chart.Value(place, months, isGirl), months, isGirl).ShouldBe(place, 1e-6);
    }

    [Fact]
    public void Age_at_a_date_agrees_with_the_birth_date_years_later()
    {
        var aged = new PersonRecord("a") { GivenName = "Renata", FamilyName = "Solberg", Age = new(15, 16, new(2019, 7, 1)) };
        var explanation = Explain(aged, Person("b", "Renata", "Solberg", "2003-04-03"));
        explanation.For.ShouldContain(bar => bar.Level == "may be the same birth date");
        Explain(aged, Person("b", "Renata", "Solberg", "1988-04-03")).Against.ShouldContain(bar => bar.Field == PersonSchema.Born);
    }

    [Fact]
    public void Birth_year_alone_is_no_full_agreement() =>
        Explain(Person("a", "Renata", "Solberg", "2003"), Person("b", "Renata", "Solberg", "2003"))
            .Waterfall.ShouldContain(bar => bar.Level == "may be the same birth date");

    [Fact]
    public void Rare_name_weighs_more_than_a_common_one()
    {
        var common = Explain(Person("a", null, "Smith"), Person("b", null, "Smith")).Weight;
        Explain(Person("a", null, "Solbergsen"), Person("b", null, "Solbergsen")).Weight.ShouldBeGreaterThan(common + 3);
    }
}
