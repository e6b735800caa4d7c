using Homeward.Exchange.Initiatives;

namespace Homeward.Exchange.Tests.Initiatives;

public sealed class InitiativeFileTests
{
    internal const string Good = """
        {"name":"Operation Example","from":"2022-03-01","to":"2022-03-14","after":"Operation Before","programme":"Example",
         "taskForces":9,"agencies":{"moreThan":40},"operations":20,"traffickersArrested":7,"investigationsOpened":6,"adultsIdentified":12,
         "children":{"recovered":8,"identified":3,"located":1},
         "offices":[{"office":"Kansas City","children":2,"adults":5,"arrests":7,"partners":["MOKPD0000"]},{"office":"Washington Field","children":1}]}
        """;

    internal sealed class Offices : IOfficeNames
    {
        public string? Resolve(string written, DateOnly from, DateOnly to) => written switch
        {
            "Kansas City" or "KC" => "KC",
            "Washington Field" or "Washington Field Office" => "WFO",
            "Boston" => "BS",
            _ => null,
        };

        public DateOnly OnRecordFrom => new(2000, 1, 1);
        public IReadOnlyList<string> Known(DateOnly from, DateOnly to) => ["Boston", "Kansas City", "Washington Field Office"];
        public bool KnowsOri(string ori) => ori is "MOKPD0000" or "KS0460600";
    }

    private static (IReadOnlyList<InitiativeFault> Faults, InitiativePlan? Plan) Read(string json) =>
        (InitiativeFile.Read(Given.Utf8(json), new Offices(), out var plan), plan);

    [Fact]
    public void Good_file_becomes_a_plan()
    {
        var (faults, plan) = Read(Good);
        faults.ShouldBeEmpty();
        plan!.Agencies.ShouldBe(Measure.MoreThan(40));
        plan.Children.Total.ShouldBe(Measure.Exactly(11));
        plan.Children.SplitIsFree.ShouldBeFalse();
        plan.Offices.Select(office => (office.WrittenAs, office.Code)).ShouldBe([("Kansas City", "KC"), ("Washington Field", "WFO")]);
        plan.Offices[1].Adults.ShouldBe(Measure.NotGiven);
        plan.OthersAreNone.ShouldBe([OfficeMeasure.Arrests]);
    }

    [Fact]
    public void Total_alone_leaves_the_split_free()
    {
        var plan = Read("""{"name":"A","from":"2022-03-01","to":"2022-03-01","children":{"total":{"moreThan":5}}}""").Plan!;
        plan.Children.SplitIsFree.ShouldBeTrue();
        plan.Children.Total.AtLeast.ShouldBe(6);
        plan.TaskForces.IsGiven.ShouldBeFalse();
    }

    [Theory]
    [InlineData("\"taskForces\":9", "\"taskForce\":9", "taskForce: 9: unknown key; known: ")]
    [InlineData("\"taskForces\":9", "\"taskForces\":9,\"taskForces\":8", "taskForces: 8: key given twice; give it once")]
    [InlineData("\"taskForces\":9", "\"taskForces\":-1", "taskForces: -1: not a whole number of 0 or more; ")]
    [InlineData("\"taskForces\":9", "\"taskForces\":9.5", "taskForces: 9.5: not a whole number of 0 or more; ")]
    [InlineData("\"taskForces\":9", "\"taskForces\":null", "taskForces: null: not a whole number of 0 or more; ")]
    [InlineData("{\"moreThan\":40}", "{}", "agencies: {}: neither a count nor a floor; ")]
    [InlineData("\"from\":\"2022-03-01\"", "\"from\":\"03/01/2022\"", "from: \"03/01/2022\": not a day; ")]
    [InlineData("\"to\":\"2022-03-14\"", "\"to\":\"2022-02-14\"", "to: \"2022-02-14\": before from; ")]
    [InlineData("\"to\":\"2022-03-14\"", "\"to\":\"2222-03-14\"", "to: \"2222-03-14\": more than 400 days after from; ")]
    [InlineData("\"name\":\"Operation Example\",", "", "name: missing; ")]
    [InlineData("\"located\":1", "\"total\":11", "children: {\"recovered\":8,\"identified\":3,\"total\":11}: total and kinds together; ")]
    [InlineData("\"Washington Field\"", "\"Gotham\"", "offices[1].office: \"Gotham\": no such office; known: Boston, Kansas City, Washington Field Office")]
    [InlineData("\"Washington Field\"", "\"KC\"", "offices[1].office: \"KC\": the same office as offices[0].office; ")]
    [InlineData("\"children\":2", "\"children\":{\"moreThan\":1}", "offices[0].children: {\"moreThan\":1}: a floor, which only a national count may be; ")]
    [InlineData("\"children\":2", "\"children\":20", "offices: children sum 21 > children 11")]
    [InlineData("\"adults\":5", "\"adults\":13", "offices: adults sum 13 > adultsIdentified 12")]
    [InlineData("\"from\":\"2022-03-01\"", "\"from\":\"1999-12-31\"", "from: \"1999-12-31\": before any field office on record; give a day from 2000-01-01 on")]
    [InlineData("\"to\":\"2022-03-14\"", "\"to\":\"9999-12-31\"", "to: \"9999-12-31\": too far ahead to reckon with; give a day up to 2999-12-31")]
    [InlineData("\"after\":\"Operation Before\"", "\"after\":\"a\\ud800\"", "after: \"a\\ud800\": not a text; ")]
    [InlineData("\"after\":", "\"a\\ud800\":", "a\\ud800: \"Operation Before\": unknown key; ")]
    [InlineData("MOKPD0000", "MOKP\\ud800", "offices[0].partners[0]: \"MOKP\\ud800\": not an ORI; ")]
    [InlineData("{\"moreThan\":40}", "0", "agencies: 0: a partner is named; ")]
    [InlineData("MOKPD0000", "MOKPD", "offices[0].partners[0]: \"MOKPD\": not an ORI; ")]
    [InlineData("MOKPD0000", "MOXXX0000", "offices[0].partners[0]: \"MOXXX0000\": no such agency; ")]
    public void Fault_is_named_with_path_value_and_mend(string good, string bad, string expected)
    {
        Good.ShouldContain(good);
        var (faults, plan) = Read(Good.Replace(good, bad, StringComparison.Ordinal));
        plan.ShouldBeNull();
        faults.ShouldHaveSingleItem().ToString().ShouldStartWith(expected);
    }

    [Theory]
    // Every office is listed with its own, and the nation has more.
    [InlineData(""" "children":{"recovered":5},"offices":[{"office":"KC","children":1},{"office":"Boston","children":2},{"office":"Washington Field","children":0}]""",
        "offices: children sum 3 < children 5, and no office is left to have the rest; correct the children, or leave them out where they are not known")]
    [InlineData(""" "children":{"total":{"moreThan":3}},"offices":[{"office":"KC","children":1},{"office":"Boston","children":2},{"office":"Washington Field","children":0}]""",
        "offices: children sum 3 < children more than 3, and no office is left")]
    [InlineData(""" "children":{"recovered":0},"agencies":1,"offices":[{"office":"KC","partners":["MOKPD0000","KS0460600"]}]""", "agencies: 1: 2 different partners are named; give 2 or more")]
    [InlineData(""" "children":{"recovered":0},"taskForces":1,"operations":2,"offices":[{"office":"KC","operations":1},{"office":"Boston","operations":1}]""",
        "taskForces: 1: 2 offices have operations; an operation is one of a task force, and a task force of one office: give 2 or more")]
    [InlineData(""" "children":{"recovered":0},"taskForces":1,"operations":3,"offices":[{"office":"KC","operations":1}]""",
        "taskForces: 1: 1 office has operations, and others have the rest of 3; ")]
    [InlineData(""" "children":{"recovered":0},"taskForces":0,"operations":2""", "taskForces: 0: there are operations; ")]
    [InlineData(""" "children":{"recovered":0},"taskForces":2,"agencies":0""", "agencies: 0: a task force has a member; ")]
    [InlineData(""" "children":{"recovered":0},"taskForces":0,"agencies":4""", "agencies: 4: no task force that they could be members of; ")]
    [InlineData(""" "children":{"recovered":0},"taskForces":0,"agencies":{"moreThan":4}""", "agencies: more than 4, and no task force")]
    public void Figures_that_cannot_be_true_together_are_refused(string figures, string expected)
    {
        var (faults, plan) = Read($"{{\"name\":\"A\",\"from\":\"2022-03-01\",\"to\":\"2022-03-02\",{figures}}}");
        plan.ShouldBeNull();
        faults.ShouldHaveSingleItem().ToString().ShouldStartWith(expected);
    }

    [Theory]
    [InlineData(""" "children":{"recovered":3},"offices":[{"office":"KC","children":1},{"office":"Boston","children":2},{"office":"Washington Field"}]""")]
    [InlineData(""" "children":{"recovered":0},"taskForces":4,"agencies":2""")]
    [InlineData(""" "children":{"recovered":0},"taskForces":1,"offices":[{"office":"KC","operations":1}]""")]
    [InlineData(""" "children":{"recovered":0},"taskForces":0,"agencies":0,"operations":0""")]
    public void Figures_that_can_be_true_together_are_taken(string figures) =>
        Read($"{{\"name\":\"A\",\"from\":\"2022-03-01\",\"to\":\"2022-03-02\",{figures}}}").Faults.ShouldBeEmpty();

    [Fact]
    public void Half_a_character_hides_no_other_fault() =>
        Read("""{"name":"a\ud800","from":"2019-02-30","to":"2019-7-31","\udc00":1,"children":{}}""").Faults
            .Select(fault => fault.Path).ShouldBe(["\\udc00", "name", "from", "to", "children"]);

    [Fact]
    public void All_faults_come_at_once() =>
        Read("""{"name":"","to":"x","children":{"recovered":"a"},"extra":1,"offices":[{"office":3},5]}""").Faults
            .Select(fault => fault.Path).ShouldBe(["extra", "name", "from", "to", "children.recovered", "offices[0].office", "offices[1]"]);

    [Theory]
    [InlineData("")]
    [InlineData("{\"name\":")]
    [InlineData("[]")]
    public void File_that_is_no_object_is_refused(string json) => Read(json).Faults.ShouldHaveSingleItem().Path.ShouldBe("file");
}
