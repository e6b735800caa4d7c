using Homeward.Care;
using Homeward.Foundations.Access;
using Homeward.Foundations.People;
using Homeward.Kernel;
using Homeward.Outcomes;
using Homeward.Outcomes.Tests;
using Homeward.Release.Counting;
using Homeward.Tests.Support;

namespace Homeward.Release.Tests;

/// <summary>Nobody alone takes a child out of the count, by whatever part of its record (T-22).</summary>
public sealed class LineOfCountTests
{
    private static readonly DateTimeOffset _inWindow = new(2019, 7, 5, 15, 0, 0, TimeSpan.Zero);

    private static async Task<(TestHouse House, Actor Coordinator)> OpenAsync()
    {
        var earlier = new EarlierStages(ReleaseFlowTests.File);
        var house = await TestHouse.OpenAsync(DatabaseKind.Sqlite, earlier, new OutcomesStage(), new CareStage(), new ReleaseStage());
        earlier.Operation("KC-01/2019-07-01/1");
        await house.PassAsync(TimeSpan.FromDays(10));
        return (house, await house.PersonAsync(Role.Coordinator, "KC", "KC-01"));
    }

    private static OfficeRecord Filed(string record, DateTimeOffset at) => new(record, "KC", at, "KC-01/2019-07-01/1", TaskForce: "KC-01", Ori: "MOKPD0000");

    private static RecordFinding.Request Child(string given = "Ana", DateTimeOffset? at = null, OutcomeKind kind = OutcomeKind.Recovered, Exploitation exploitation = Exploitation.Sex) =>
        new(Filed("C-1", at ?? _inWindow), kind, exploitation, new DescribedPerson(given, "Example", Born: PartialDate.Of(new DateOnly(2003, 4, 15))));

    public static TheoryData<string, bool> Corrections => new()
    {
        { "name", false }, { "hour", false }, { "day", true }, { "kind", true }, { "stronger kind", true }, { "labor", true },
    };

    [Theory, MemberData(nameof(Corrections))]
    public async Task A_correction_that_lowers_a_figure_of_children_or_changes_the_kind_waits_for_another(string part, bool waits)
    {
        var (house, coordinator) = await OpenAsync();
        await using var _ = house;
        var first = part == "stronger kind" ? Child(kind: OutcomeKind.Identified) : Child();
        var child = (await house.DoAsync<RecordFinding.Request, RecordFinding.Receipt>(coordinator, first)).Value;
        await house.PassAsync(TimeSpan.FromMinutes(1));
        var right = part switch
        {
            "name" => Child("Anna"),
            "hour" => Child(at: _inWindow.AddHours(1)),
            "day" => Child(at: _inWindow.AddDays(-20)),
            "kind" => Child(kind: OutcomeKind.Located, exploitation: Exploitation.None),
            "labor" => Child(exploitation: Exploitation.Labor),
            _ => Child(),
        };
        var correction = new CorrectFact.Request(child.Id, "The record says otherwise.", Finding: right);
        (await house.DoAsync<PreviewCorrection.Request, PreviewCorrection.Page>(coordinator, new(correction))).Value.NeedsApproval.ShouldBe(waits);
        (await house.DoAsync<CorrectFact.Request, CorrectFact.Receipt>(coordinator, correction)).Value.AwaitsApproval.ShouldBe(waits);
    }

    [Fact]
    public async Task Protected_figures_that_a_correction_would_move_are_foreseen_for_who_may_see_them_alone()
    {
        var (house, coordinator) = await OpenAsync();
        await using var _ = house;
        RecordArrest.Request Arrest(ArrestKind kind) => new(Filed("R-1", _inWindow), kind, "old warrant", new DescribedPerson("Bruno", "Sample"));
        var arrest = (await house.DoAsync<RecordArrest.Request, RecordArrest.Receipt>(coordinator, Arrest(ArrestKind.Trafficking))).Value;
        await house.PassAsync(TimeSpan.FromMinutes(1));
        var correction = new CorrectFact.Request(arrest.Id, "She was a victim herself.", Arrest: Arrest(ArrestKind.VictimCustody));
        var (forOffice, forNation) = (await ForeseenAsync(coordinator), await ForeseenAsync(await house.PersonAsync(Role.National)));
        forOffice.ShouldContain(Measures.Traffickers);
        forOffice.ShouldAllBe(measure => !Measures.IsProtected(measure));
        forNation.ShouldContain(Measures.VictimsInCustody);

        async Task<List<string>> ForeseenAsync(Actor actor) =>
            [.. (await house.DoAsync<PreviewCorrection.Request, PreviewCorrection.Page>(actor, new(correction))).Value.Moves.Select(move => move.Measure)];
    }
}
