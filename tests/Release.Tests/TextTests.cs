using Homeward.Exchange.Initiatives;
using Homeward.Outcomes;
using Homeward.Release.Counting;
using Homeward.Release.Wording;

namespace Homeward.Release.Tests;

public sealed class TextTests
{
    private static TextFacts Facts(bool exercise = false, int vegas = 14, int dallas = 13, int rest = 76)
    {
        var given = new Given().Lists("LV", "DL", "KC");
        for (var i = 0; i < vegas; i++) given.Child("LV");
        for (var i = 0; i < dallas; i++) given.Child("DL");
        for (var i = 0; i < rest; i++) given.Child("KC", kind: i < 21 ? OutcomeKind.Identified : OutcomeKind.Recovered);
        var tally = given.Count();
        return new TextFacts(tally, [("Ana", "Ortiz-Example")], [("Bruno", "Sample")],
            [new(Measures.Total, tally.Value(Measures.Total), "x"), new(Measures.Agencies, null, "more than 400")], exercise);
    }

    [Fact]
    public void T60_rescued_is_asked_for_its_kinds() =>
        TextCheck.Faults("Agents rescued 103 children.", Facts()).ShouldContain("\"Rescued\" is no kind of finding. Write what was counted: 82 recovered, 21 identified.");

    [Theory]
    [InlineData("Ana Ortiz Example is safe.")]
    [InlineData("Ortiz-Example, ANA")]
    public void A_victims_name_is_refused_however_it_is_written(string text) =>
        TextCheck.Faults(text, Facts()).ShouldContain("It names a victim. Take the name out.");

    [Theory]
    [InlineData("Bruno Sample was seen.", "not charged")]
    [InlineData("A.B., 15, of Wichita was found.", "Initials")]
    [InlineData("It was at 1200 North Main Street.", "address")]
    [InlineData("She left Lincoln High School.", "school")]
    [InlineData("Two men were arrested.", "presumption")]
    [InlineData("The operation found 104 children.", "no figure of this release")]
    public void What_must_not_be_said_is_named(string text, string fault) =>
        TextCheck.Faults(text, Facts()).ShouldContain(one => one.Contains(fault, StringComparison.Ordinal));

    [Fact]
    public void A_majority_is_computed() =>
        TextCheck.Faults("A majority came from Las Vegas and Dallas.", Facts()).Single().ShouldBe("\"majority\" is not so: Las Vegas and Dallas have 27 of 103, 26 %.");

    [Fact]
    public void A_rank_that_holds_is_let_pass_but_never_in_an_exercise()
    {
        TextCheck.Faults("Las Vegas had the highest number.", Facts(rest: 5)).ShouldBeEmpty();
        TextCheck.Faults("Las Vegas had the highest number.", Facts(exercise: true, rest: 5)).Single().ShouldContain("no real office is given a rank");
    }

    [Fact]
    public void T42_a_floor_is_printed_as_a_floor_and_never_as_a_number()
    {
        PublishedFigure.Of(Measures.Agencies, 412, Measure.MoreThan(400)).ShouldBe(new PublishedFigure(Measures.Agencies, null, "more than 400"));
        PublishedFigure.Of(Measures.Agencies, 400, Measure.MoreThan(400)).Text.ShouldBeNull();
        PublishedFigure.Of(Measures.Adults, 61, Measure.NotGiven).Text.ShouldBeNull();
        PublishedFigure.Of(Measures.Operations, 161, Measure.Exactly(161)).Text.ShouldBe("161");
    }

    [Fact]
    public void T56_a_single_hidden_office_takes_a_second_one_with_it()
    {
        var shown = SmallCells.Apply(SmallCellPolicy.Suppress, [("A", 1), ("B", 9), ("C", 5), ("D", 0), ("E", null)], 15, 3, new HashSet<string>());
        shown.Select(line => line.Shown).ShouldBe(["not shown", "9", "not shown", "0", "not reported"]);
    }

    [Fact]
    public void T56_what_a_local_release_gave_hides_nobody()
    {
        var shown = SmallCells.Apply(SmallCellPolicy.Suppress, [("A", 1), ("B", 2), ("C", 5)], 8, 3, new HashSet<string> { "B" });
        shown.Select(line => line.Shown).ShouldBe(["not shown", "2", "not shown"]);
    }

    [Fact]
    public void Small_offices_are_combined_into_one_line()
    {
        var shown = SmallCells.Apply(SmallCellPolicy.Combine, [("A", 1), ("B", 2), ("C", 5)], 8, 3, new HashSet<string>());
        shown.ShouldBe([new TableLine("C", 5, "5"), new TableLine("2 other offices together", 3, "3")]);
    }
}
