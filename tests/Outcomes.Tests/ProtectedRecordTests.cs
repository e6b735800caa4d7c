using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Foundations.People;
using Homeward.Kernel;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Homeward.Outcomes.Tests.Given;

namespace Homeward.Outcomes.Tests;

/// <summary>A victim's own custody is known to counsel, victim staff, the nation and the auditor, by whatever way one asks .</summary>
public sealed class ProtectedRecordTests
{
    private static Task<Actor> OtherNationalAsync(TestHouse house) => house.PersonAsync(Role.National, name: "Another for the nation");

    [Fact]
    public async Task Who_may_not_see_it_neither_corrects_it_nor_withdraws_it_nor_foresees_it_nor_is_led_to_it()
    {
        var (house, _, coordinator) = await OpenAsync();
        await using var closing = house;
        var custody = (await RecordAsync(house, coordinator, Arrest("R-1", ArrestKind.VictimCustody))).Value;
        var turned = new CorrectFact.Request(custody.Id, "It was an arrest.", Arrest: Arrest("R-1"));
        foreach (var correction in new[] { turned, new CorrectFact.Request(custody.Id, "It was filed twice.", Withdraw: true) })
        {
            (await CorrectAsync(house, coordinator, correction)).Problem.Kind.ShouldBe(ProblemKind.NotFound);
            (await house.DoAsync<PreviewCorrection.Request, PreviewCorrection.Page>(coordinator, new(correction))).Problem.Kind.ShouldBe(ProblemKind.NotFound);
        }
        var refused = (await RecordAsync(house, coordinator, Arrest("R-1", ArrestKind.Buyer))).Problem;
        refused.Code.ShouldBe("record-differs");
        refused.ToString().ShouldNotContain(custody.Id.ToString());
        var open = (await RecordAsync(house, coordinator, Arrest("R-2"))).Value;
        (await RecordAsync(house, coordinator, Arrest("R-2", ArrestKind.Buyer))).Problem.ToString().ShouldContain(open.Id.ToString());
    }

    [Fact]
    public async Task A_correction_into_custody_or_out_of_it_waits_for_another_who_may_see_it()
    {
        var (house, earlier, coordinator) = await OpenAsync();
        await using var _ = house;
        var arrest = (await RecordAsync(house, coordinator, Arrest("R-1"))).Value;
        var into = new CorrectFact.Request(arrest.Id, "She was a victim herself.", Arrest: Arrest("R-1", ArrestKind.VictimCustody));
        (await house.DoAsync<PreviewCorrection.Request, PreviewCorrection.Page>(coordinator, new(into))).Value.NeedsApproval.ShouldBeTrue();
        var waits = (await CorrectAsync(house, coordinator, into)).Value;
        waits.AwaitsApproval.ShouldBeTrue();
        (await FactsAsync(house, earlier)).Arrests.Single().Kind.ShouldBe(ArrestKind.Trafficking);
        var national = await house.PersonAsync(Role.National);
        var custody = (await ApproveAsync(house, national, waits.Correction)).Value.Replacement!.Value;
        (await FactsAsync(house, earlier)).Arrests.Single().Kind.ShouldBe(ArrestKind.VictimCustody);

        await house.PassAsync(TimeSpan.FromMinutes(1));
        var outOf = (await CorrectAsync(house, national, new(custody, "It was an arrest after all.", Arrest: Arrest("R-1")))).Value;
        outOf.AwaitsApproval.ShouldBeTrue();
        var supervisor = await house.PersonAsync(Role.Supervisor);
        (await ApproveAsync(house, supervisor, outOf.Correction)).Problem.Kind.ShouldBe(ProblemKind.NotFound);
        (await WaitsAsync(house, supervisor, "outcomes")).ShouldBe(0);
        var another = await OtherNationalAsync(house);
        (await WaitsAsync(house, another, "outcomes")).ShouldBe(1);
        (await ApproveAsync(house, another, outOf.Correction)).IsDone.ShouldBeTrue();
        (await FactsAsync(house, earlier)).Arrests.Single().Kind.ShouldBe(ArrestKind.Trafficking);
    }

    [Fact]
    public async Task Its_duty_is_listed_and_shown_to_who_may_know_of_it_and_to_no_other()
    {
        var (house, _, coordinator) = await OpenAsync();
        await using var closing = house;
        await RecordAsync(house, coordinator, Arrest("R-1", ArrestKind.VictimCustody));
        await house.PassAsync(TimeSpan.FromDays(3));
        var duty = await house.WithDbAsync(db => db.Set<Duty>().SingleAsync());
        foreach (var (who, may) in new[]
        {
            (coordinator, false), (await house.PersonAsync(Role.Officer, "KC", "KC-01"), false), (await house.PersonAsync(Role.Supervisor), false),
            (await house.PersonAsync(Role.VictimSpecialist, "KC"), true), (await house.PersonAsync(Role.National), true), (await house.PersonAsync(Role.Auditor), true),
        })
        {
            var listed = (await house.DoAsync<ListDuties.Request, ListDuties.Page>(who, new(Rule: VictimDuties.CheckSafeHarbour))).Value;
            (listed.Rows.Count, listed.Total, listed.Totals.Due).ShouldBe(may ? (1, 1, 1) : (0, 0, 0), who.Role.ToString());
            (await house.DoAsync<ShowDuty.Request, ShowDuty.Page>(who, new(duty.Id))).IsDone.ShouldBe(may, who.Role.ToString());
        }
        (await WaitsAsync(house, await house.PersonAsync(Role.Supervisor), "duties")).ShouldBe(0);
        (await WaitsAsync(house, await house.PersonAsync(Role.National), "duties")).ShouldBe(1);
        (await house.DoAsync<WaiveDuty.Request, Done>(await house.PersonAsync(Role.Supervisor), new(duty.Id, "Not needed here."))).Problem.Kind.ShouldBe(ProblemKind.NotFound);
    }

    [Fact]
    public async Task Whether_its_person_is_somebody_else_s_record_is_asked_of_the_nation_alone_and_who_looks_leaves_both_persons_in_the_trace()
    {
        var (house, _, coordinator) = await OpenAsync();
        await using var closing = house;
        var custody = (await RecordAsync(house, coordinator, new RecordArrest.Request(Filed("R-1"), ArrestKind.VictimCustody, "old warrant",
            new DescribedPerson("Ana", "Example", Born: Born("2003-04-15"), Prints: "B-1")))).Value;
        var found = (await RecordAsync(house, coordinator, Finding(prints: "B-1"))).Value;
        await RecordAsync(house, coordinator, Finding(Filed("C-5"), given: "Nobody", family: "Alike", born: "2004-01-01", prints: "B-2"));
        await RecordAsync(house, coordinator, Finding(Filed("C-6"), given: "Quite", family: "Different", born: "2005-09-09", prints: "B-2"));
        await house.DeliverAsync();
        var (supervisor, national) = (await house.PersonAsync(Role.Supervisor), await house.PersonAsync(Role.National));
        var forNation = (await house.DoAsync<ListProposals.Request, ListProposals.Page>(national, new())).Value.Rows;
        forNation.Count.ShouldBe(2);
        var forSupervisor = (await house.DoAsync<ListProposals.Request, ListProposals.Page>(supervisor, new())).Value.Rows;
        forSupervisor.Single().Left.Source.ShouldStartWith("finding/");
        (await WaitsAsync(house, supervisor, "people"), await WaitsAsync(house, national, "people")).ShouldBe((1, 2));

        var decision = new DecideSame.Request(custody.Person, found.Person, Judgement.Same, "Prints agree.");
        (await house.DoAsync<DecideSame.Request, DecideSame.Receipt>(supervisor, decision)).Problem.Kind.ShouldBe(ProblemKind.NotFound);
        (await house.DoAsync<DecideSame.Request, DecideSame.Receipt>(national, decision)).IsDone.ShouldBeTrue();
        (await house.DoAsync<ShowFact.Request, ShowFact.Page>(coordinator, new(found.Id))).Value.Decisions.ShouldBeEmpty();
        (await house.DoAsync<ShowFact.Request, ShowFact.Page>(national, new(found.Id))).Value.Decisions.Count.ShouldBe(1);

        var traced = await TracedAsync(house, "people.ledger");
        foreach (var side in forNation.SelectMany(row => new[] { row.Left, row.Right })) traced.ShouldContain(("person", side.Id.Value));
    }

    private static async Task<int> WaitsAsync(TestHouse house, Actor actor, string stage)
    {
        await using var scope = house.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Foundations.Storage.HomewardDb>();
        var waits = scope.ServiceProvider.GetServices<IWaiting>().Single(one => one.Stage == stage);
        return (await waits.ForAsync(actor, db, house.Clock.GetUtcNow(), CancellationToken.None)).Sum(row => row.Count);
    }
}
