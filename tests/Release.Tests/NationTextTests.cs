using System.Text;
using Homeward.Exchange.Initiatives;
using Homeward.Foundations.Places;
using Homeward.Outcomes;
using Homeward.Release.Wording;

namespace Homeward.Release.Tests;

/// <summary>The nation's announcement: what it prints of what was counted, and in which words.</summary>
public sealed class NationTextTests
{
    private sealed class Offices : IOfficeNames
    {
        public DateOnly OnRecordFrom => Gazetteer.Default.Offices.OnRecordFrom;
        public string? Resolve(string written, DateOnly from, DateOnly to) => Gazetteer.Default.ResolveOffice(written, from, to).Value.Code;
        public IReadOnlyList<string> Known(DateOnly from, DateOnly to) => [.. Gazetteer.Default.Offices.On(from).Select(office => office.Name)];
        public bool KnowsOri(string ori) => true;
    }

    private static InitiativePlan Plan(string figures, string from = "2019-07-01", string to = "2019-07-31")
    {
        var file = $"{{\"name\":\"Operation Exercise\",\"from\":\"{from}\",\"to\":\"{to}\",{figures}}}";
        InitiativeFile.Read(Encoding.UTF8.GetBytes(file), new Offices(), out var plan).ShouldBeEmpty();
        return plan!;
    }

    private static ReleaseText Text(Given given, string figures, SmallCellPolicy policy = SmallCellPolicy.Show, bool exercise = true) =>
        ComposeRelease.Nation(Plan(figures), given.Count() with { Exercise = exercise }, policy, smallBelow: 3, new HashSet<string>(), "");

    private static Given Children(int recovered, int identified, int located = 0)
    {
        var given = new Given();
        for (var i = 0; i < recovered; i++) given.Child();
        for (var i = 0; i < identified; i++) given.Child(kind: OutcomeKind.Identified);
        for (var i = 0; i < located; i++) given.Child(kind: OutcomeKind.Located);
        given.Certify(null, Counting.Measures.Total);
        return given;
    }

    [Theory]
    [InlineData(1, 0, 0, "recovered or identified 1 child who was a victim of sex trafficking. The child was recovered.")]
    [InlineData(0, 1, 0, "recovered or identified 1 child who was a victim of sex trafficking. The child was identified.")]
    [InlineData(1, 1, 1, "recovered or identified 2 children who were victims of sex trafficking. Of these children, 1 was recovered and 1 was identified. Apart from these, 1 missing child was located, with no finding of exploitation.")]
    [InlineData(2, 0, 2, "recovered or identified 2 children who were victims of sex trafficking. Of these children, 2 were recovered and 0 were identified. Apart from these, 2 missing children were located, with no finding of exploitation.")]
    [InlineData(0, 0, 0, "recovered or identified 0 children who were victims of sex trafficking. Counting rule")]
    public void One_is_spoken_of_as_one_and_none_of_these_children_as_nothing(int recovered, int identified, int located, string expected)
    {
        var text = Text(Children(recovered, identified, located), $"\"children\":{{\"recovered\":{recovered},\"identified\":{identified},\"located\":{located}}}");
        string.Join(' ', text.Paragraphs.Where(one => !one.StartsWith("Recovered means", StringComparison.Ordinal))).ShouldContain(expected);
    }

    [Fact]
    public void One_day_is_not_from_itself_to_itself() =>
        ComposeRelease.Nation(Plan("\"children\":{\"recovered\":1}", "2018-05-05", "2018-05-05"), Children(1, 0).Count(), SmallCellPolicy.Show, 3, new HashSet<string>(), "")
            .Paragraphs[0].ShouldStartWith("In Operation Exercise, on May 5, 2018, the FBI");

    [Fact]
    public void T42_located_children_are_printed_as_the_floor_that_was_published()
    {
        var text = Text(Children(2, 0, located: 4), "\"children\":{\"recovered\":{\"moreThan\":1},\"located\":{\"moreThan\":3}}");
        text.Whole.ShouldContain("Apart from these, more than 3 missing children were located");
        TextCheck.Faults(text.Whole, new TextFacts(Children(2, 0, 4).Count(), [], [], text.Figures, IsExercise: true)).ShouldBeEmpty();
    }

    [Fact]
    public void An_exercise_prints_no_office_and_no_figure_that_the_file_does_not_give()
    {
        var given = Children(2, 0);
        given.Child("AT");
        given.Child(exploitation: Exploitation.Labor);
        var figures = "\"children\":{\"recovered\":3},\"offices\":[{\"office\":\"Kansas City\",\"children\":2}]";
        var text = Text(given, figures);
        text.Table.ShouldBe([new TableLine("Kansas City", 2, "2"), new TableLine("All other offices", null, "not published")]);
        text.Whole.ShouldNotContain("labor");
        var real = Text(given, figures, exercise: false);
        real.Table.Select(line => (line.Office, line.Shown)).ShouldBe([("Kansas City", "2"), ("Atlanta", "1")], ignoreOrder: true);
        real.Whole.ShouldContain("1 child was found exploited for labor.");
        Text(given, "\"children\":{\"recovered\":3}").Table.ShouldBeEmpty();
    }

    [Fact]
    public void Small_numbers_beside_the_table_follow_the_policy_of_the_release()
    {
        var given = Children(9, 0);
        given.Child(exploitation: Exploitation.Labor);
        Text(given, "\"children\":{\"recovered\":9}", SmallCellPolicy.Suppress, exercise: false).Whole
            .ShouldContain("children were found exploited for labor; how many is too few to be shown.");
    }
}
