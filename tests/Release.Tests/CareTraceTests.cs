using Homeward.Care;
using Homeward.Foundations.Access;
using Homeward.Foundations.Audit;
using Homeward.Foundations.People;
using Homeward.Kernel;
using Homeward.Outcomes;
using Homeward.Outcomes.Tests;
using Homeward.Tests.Support;

namespace Homeward.Release.Tests;

/// <summary>The trace says that somebody was behind the wall of Care, and nothing of what is there.</summary>
public sealed class CareTraceTests
{
    [Fact]
    public async Task Acts_of_Care_name_the_plan_and_neither_the_victim_nor_an_answer_nor_a_kind_of_notice()
    {
        var earlier = new EarlierStages(ReleaseFlowTests.File);
        await using var house = await TestHouse.OpenAsync(DatabaseKind.Sqlite, earlier, new OutcomesStage(), new CareStage(), new ReleaseStage());
        earlier.Operation("KC-01/2019-07-01/1");
        await house.PassAsync(TimeSpan.FromDays(1));
        var (coordinator, specialist) = (await house.PersonAsync(Role.Coordinator, "KC", "KC-01"), await house.PersonAsync(Role.VictimSpecialist, "KC"));
        var found = (await house.DoAsync<RecordFinding.Request, RecordFinding.Receipt>(coordinator, new(
            new OfficeRecord("C-1", "KC", house.Clock.GetUtcNow().AddHours(-1), "KC-01/2019-07-01/1"),
            OutcomeKind.Recovered, Exploitation.Sex, new DescribedPerson("Ana", "Example", Born: PartialDate.Of(new DateOnly(2003, 4, 15)))))).Value;
        await house.DeliverAsync();
        var plan = (await house.DoAsync<OpenCarePlan.Request, OpenCarePlan.Receipt>(specialist, new(found.Id))).Value.Id;
        (await house.DoAsync<OfferServices.Request, OfferServices.Receipt>(specialist, new(plan, ["shelter"], "English", ServiceAnswer.Declined))).IsDone.ShouldBeTrue();
        (await house.DoAsync<GiveNotice.Request, GiveNotice.Receipt>(specialist, new(plan, "rights", "in-person"))).IsDone.ShouldBeTrue();
        (await house.DoAsync<ShowCarePlan.Request, ShowCarePlan.Page>(specialist, new(plan))).IsDone.ShouldBeTrue();

        var auditor = await house.PersonAsync(Role.Auditor);
        var rows = (await house.DoAsync<ShowTrace.Request, ShowTrace.Page>(auditor, new(By: specialist.Id))).Value.Rows;
        rows.Count(row => row.SubjectId == plan.Value).ShouldBeGreaterThanOrEqualTo(3);
        rows.ShouldAllBe(row => row.SubjectId != found.Person.Value);
        var codes = string.Join(' ', rows.Select(row => row.Codes));
        codes.ShouldNotContain("eclined");
        codes.ShouldNotContain("rights");
    }
}
