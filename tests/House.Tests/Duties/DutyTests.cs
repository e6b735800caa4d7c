using System.Text;
using Homeward.Foundations;
using Homeward.Foundations.Duties;
using Microsoft.EntityFrameworkCore;

namespace Homeward.House.Tests.Duties;

/// <summary>R-68 to R-74: a duty is closed by proof, or set aside with a reason; it lapses, rises, and stays late.</summary>
public sealed class DutyTests
{
    private const string Proof = "Marked Person reached by telephone, reference 12";
    private static readonly Guid Subject = new(7, 0, 0, new byte[8]);

    private static async Task<Duty> StartedAsync(TestHouse house, string key = "child/1", string rule = "report-abuse")
    {
        await house.ChangeAsync(async act =>
        {
            await house.Get<DutyBook>().StartAsync(
                act, rule, key, "child", Subject, new DutyOwner(Role.Officer, "KC", "KC-01"), act.Now, CancellationToken.None);
            return Done.Value;
        });
        return await DutyAsync(house, key);
    }

    private static Task<Duty> DutyAsync(TestHouse house, string key = "child/1") =>
        house.WithDbAsync(db => db.Set<Duty>().AsNoTracking().SingleAsync(row => row.Key == key));

    private static Task<Actor> OfficerAsync(TestHouse house, string force = "KC-01") => house.PersonAsync(Role.Officer, "KC", force);

    private static async Task<Result<Done>> ProveAsync(TestHouse house, Duty duty, string proof = Proof, DateTimeOffset? metAt = null, Actor? by = null) =>
        await house.DoAsync<ProveDuty.Request, Done>(
            by ?? await OfficerAsync(house), new(duty.Id, metAt, EvidenceGrade.ConfirmedByReceiver, proof));

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task It_is_due_when_its_rule_says(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var duty = await StartedAsync(house);
        (duty.StartsAt, duty.DueAt, duty.State).ShouldBe((Given.Noon, Given.Noon.AddHours(24), DutyState.Open));
    }

    [Fact]
    public async Task However_many_wait_all_are_counted()
    {
        await using var house = await Given.HouseAsync(DatabaseKind.Sqlite);
        for (var index = 0; index < 53; index++) await StartedAsync(house, $"child/{index}");
        var home = await house.DoAsync<ShowHome.Request, ShowHome.Page>(await OfficerAsync(house), new());
        var group = home.Value.Groups.Single(one => one.Stage == "duties");
        (group.Count, group.Rows.Count, group.Rows[^1].Count).ShouldBe((53, 21, 33));

        // Where the clocks of some have run out, the number behind the rows is told apart: of those that are late, and of the others.
        house.Clock.DriveTo(Given.Noon.AddHours(1));
        for (var index = 53; index < 60; index++) await StartedAsync(house, $"child/{index}");
        house.Clock.DriveTo(Given.Noon.AddHours(24));
        var rows = (await house.DoAsync<ShowHome.Request, ShowHome.Page>(await OfficerAsync(house), new())).Value.Groups.Single(one => one.Stage == "duties").Rows;
        rows.Skip(20).Select(row => (row.Count, row.Critical, row.Link)).ShouldBe(
            [(33, true, "/duties?state=open&rule=report-abuse&about=child&from=20"), (7, false, "/duties?state=open&rule=report-abuse&about=child&from=53")]);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_kind_of_which_there_are_many_hides_no_other(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        for (var index = 0; index < 25; index++) await StartedAsync(house, $"child/{index}");
        house.Clock.DriveTo(Given.Noon.AddMinutes(1));
        await StartedAsync(house, "victim/1", "offer-services");
        var rows = (await house.DoAsync<ShowHome.Request, ShowHome.Page>(await OfficerAsync(house), new())).Value.Groups.Single(one => one.Stage == "duties").Rows;
        rows.GroupBy(row => row.What).Select(alike => (alike.Key, alike.Sum(row => row.Count)))
            .ShouldBe([(DutyWords.Of("offer-services"), 1), (DutyWords.Of("report-abuse"), 25)], ignoreOrder: true);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Each_total_leads_to_as_many_duties_page_by_page(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        for (var index = 0; index < ListDuties.RowsMax + 3; index++) await StartedAsync(house, $"child/{index}");
        (await ProveAsync(house, await DutyAsync(house, "child/0"))).IsDone.ShouldBeTrue();
        house.Clock.DriveTo(Given.Noon.AddHours(25));
        (await ProveAsync(house, await DutyAsync(house, "child/1"))).IsDone.ShouldBeTrue();
        var officer = await OfficerAsync(house);
        async Task<ListDuties.Page> PageAsync(ListDuties.Request request) => (await house.DoAsync<ListDuties.Request, ListDuties.Page>(officer, request)).Value;

        var first = await PageAsync(new(State: DutyState.Open));
        var second = await PageAsync(new(State: DutyState.Open, From: ListDuties.RowsMax));
        (first.Total, first.Totals.Open, first.Rows.Count, second.Rows.Count).ShouldBe((ListDuties.RowsMax + 1, ListDuties.RowsMax + 1, ListDuties.RowsMax, 1));
        first.Rows.Concat(second.Rows).Select(row => row.Id).Distinct().Count().ShouldBe(ListDuties.RowsMax + 1);
        (await PageAsync(new(State: DutyState.Met, Late: false))).Rows.ShouldHaveSingleItem().MetAt.ShouldBe(Given.Noon);
        (await PageAsync(new(State: DutyState.Met, Late: true))).Rows.ShouldHaveSingleItem().MetAt.ShouldBe(Given.Noon.AddHours(25));
        (await PageAsync(new(Grade: EvidenceGrade.SelfAttested))).Total.ShouldBe(0);
        (await PageAsync(new(Rule: "report-abuse", About: "child", Raised: false))).Total.ShouldBe(ListDuties.RowsMax + 3);
        (await PageAsync(new(Raised: true))).Total.ShouldBe(0);
        (await PageAsync(new(About: "door"))).Total.ShouldBe(0);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Without_proof_it_cannot_be_closed(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var duty = await StartedAsync(house);
        (await ProveAsync(house, duty, "")).Problem.Kind.ShouldBe(ProblemKind.Invalid);
        (await ProveAsync(house, duty, " \n ")).Problem.Kind.ShouldBe(ProblemKind.Invalid);
        (await ProveAsync(house, duty, Proof, Given.Noon.AddMinutes(1))).Problem.Code.ShouldBe("met-in-future");
        await house.ChangeAsync(act =>
        {
            act.Db.Attach(duty);
            house.Get<DutyBook>().Prove(act, duty, act.Now, EvidenceGrade.Document, " ").Problem.Code.ShouldBe("proof-missing");
        });
        (await DutyAsync(house)).State.ShouldBe(DutyState.Open);

        house.Clock.DriveTo(Given.Noon.AddHours(3));
        (await ProveAsync(house, duty, metAt: Given.Noon.AddHours(1))).IsDone.ShouldBeTrue();
        var met = await DutyAsync(house);
        (met.State, met.MetAt, met.EnteredAt, met.IsLate(Given.Noon.AddYears(1)))
            .ShouldBe((DutyState.Met, Given.Noon.AddHours(1), Given.Noon.AddHours(3), false));
        (await ProveAsync(house, duty)).Problem.Code.ShouldBe("duty-closed");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Only_a_supervisor_sets_it_aside_with_a_reason_and_it_is_counted_apart(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var duty = await StartedAsync(house);
        var (officer, supervisor) = (await OfficerAsync(house), await house.PersonAsync(Role.Supervisor));
        Task<Result<Done>> WaiveAsync(Actor by, string reason) => house.DoAsync<WaiveDuty.Request, Done>(by, new(duty.Id, reason));
        (await WaiveAsync(officer, "a reason that is long enough")).Problem.Kind.ShouldBe(ProblemKind.Forbidden);
        (await WaiveAsync(supervisor, "short")).Problem.Kind.ShouldBe(ProblemKind.Invalid);
        (await WaiveAsync(supervisor, "            ")).Problem.Kind.ShouldBe(ProblemKind.Invalid);
        (await WaiveAsync(supervisor, "a reason that is long enough")).IsDone.ShouldBeTrue();
        (await ProveAsync(house, duty)).Problem.Code.ShouldBe("duty-closed");
        var totals = (await house.DoAsync<ListDuties.Request, ListDuties.Page>(supervisor, new())).Value.Totals;
        totals.ShouldBe(new DutyTotals(Due: 1, MetInTime: 0, MetLate: 0, Open: 0, Waived: 1, WithoutEvidence: 0, SelfAttested: 0));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task There_is_one_for_each_rule_and_key(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var first = await StartedAsync(house);
        house.Clock.DriveTo(Given.Noon.AddHours(6));
        (await StartedAsync(house)).ShouldSatisfyAllConditions(
            again => again.Id.ShouldBe(first.Id), again => again.DueAt.ShouldBe(Given.Noon.AddHours(24)));
        await StartedAsync(house, "child/2");
        (await house.WithDbAsync(db => db.Set<Duty>().CountAsync())).ShouldBe(2);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task There_is_one_for_each_key_even_when_eight_start_it_at_once(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => house.ChangeAsync(async act =>
        {
            await house.Get<DutyBook>().StartAsync(
                act, "report-abuse", "child/1", "child", Subject, new DutyOwner(Role.Officer, "KC", "KC-01"), act.Now, CancellationToken.None);
            return Done.Value;
        }))));
        answers.ShouldContain(answer => answer.IsDone);
        answers.Where(answer => !answer.IsDone).ShouldAllBe(answer => answer.Problem.Kind == ProblemKind.Conflict);
        await DutyAsync(house);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_lapses_rises_twice_and_is_never_closed_by_the_house(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await StartedAsync(house);
        async Task RisesToAsync(TimeSpan after, int step)
        {
            await house.PassAsync(after);
            var duty = await DutyAsync(house);
            (duty.Escalations, duty.State).ShouldBe((step, DutyState.Open), house.Clock.GetUtcNow().ToString("O"));
        }
        await RisesToAsync(TimeSpan.FromHours(24), 0);
        await RisesToAsync(TimeSpan.FromMinutes(31), 1);
        await RisesToAsync(TimeSpan.FromHours(11), 1);
        await RisesToAsync(TimeSpan.FromHours(2), 2);
        await RisesToAsync(TimeSpan.FromDays(30), 2);
        (await house.TraceAsync()).Where(entry => entry.Codes.Contains("escalated", StringComparison.Ordinal))
            .Select(entry => entry.Codes).Order().ShouldBe(["rule=report-abuse;escalated=1", "rule=report-abuse;escalated=2"]);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task However_many_lapse_at_once_all_of_them_rise_at_once(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var duty = await StartedAsync(house);
        await house.WithDbAsync(async db =>
        {
            for (var more = 0; more < 1_000; more++)
                db.Add(new Duty
                {
                    Id = DutyId.From(Guid.CreateVersion7()), Rule = duty.Rule, Key = $"child/more-{more}", SubjectType = duty.SubjectType, SubjectId = duty.SubjectId,
                    OwedBy = duty.OwedBy, OfficeCode = duty.OfficeCode, TaskForce = duty.TaskForce, AgencyOri = duty.AgencyOri, AssignedTo = duty.AssignedTo,
                    StartsAt = duty.StartsAt, DueAt = duty.DueAt, Revision = Guid.CreateVersion7(),
                });
            return await db.SaveChangesAsync();
        });
        await house.PassAsync(TimeSpan.FromHours(25));
        for (var turn = 0; turn < 2; turn++) await house.PassAsync(TimeSpan.Zero);
        (await house.WithDbAsync(db => db.Set<Duty>().CountAsync(row => row.Escalations == 1))).ShouldBe(1_001);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_was_met_late_is_late_for_ever_and_keeps_its_steps(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var duty = await StartedAsync(house);
        await house.PassAsync(TimeSpan.FromHours(25));
        (await ProveAsync(house, duty)).IsDone.ShouldBeTrue();
        await house.PassAsync(TimeSpan.FromDays(100));
        var late = await DutyAsync(house);
        (late.IsLate(house.Clock.GetUtcNow()), late.Escalations).ShouldBe((true, 1));
        var totals = (await house.DoAsync<ListDuties.Request, ListDuties.Page>(await house.PersonAsync(Role.Supervisor), new())).Value.Totals;
        (totals.MetLate, totals.MetInTime).ShouldBe((1, 0));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Another_task_force_s_duty_is_answered_as_one_that_is_not_there(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var duty = await StartedAsync(house);
        var (stranger, nobody) = (await OfficerAsync(house, "DN-01"), await house.PersonAsync(Role.Officer, name: "without a task force"));
        var missing = await house.DoAsync<ProveDuty.Request, Done>(
            stranger, new(new(Guid.CreateVersion7()), null, EvidenceGrade.Document, Proof));
        (await ProveAsync(house, duty, by: stranger)).ShouldBe(missing);
        (await ProveAsync(house, duty, by: nobody)).ShouldBe(missing);
        (await house.DoAsync<ListDuties.Request, ListDuties.Page>(stranger, new())).Value.Rows.ShouldBeEmpty();
        (await house.DoAsync<ListDuties.Request, ListDuties.Page>(nobody, new())).Value.Rows.ShouldBeEmpty();
        (await house.DoAsync<ListDuties.Request, ListDuties.Page>(await OfficerAsync(house), new())).Value.Rows.Count.ShouldBe(1);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_duty_is_proved_by_who_owes_it_and_by_nobody_beside(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var (mine, other) = (await house.PersonAsync(Role.Analyst, name: "First analyst"), await house.PersonAsync(Role.Analyst, name: "Another analyst"));
        await house.ChangeAsync(async act =>
        {
            await house.Get<DutyBook>().StartAsync(act, "report-abuse", "analyst", "report", Guid.CreateVersion7(), new DutyOwner(Role.Analyst, User: mine.Id), act.Now, CancellationToken.None);
            await house.Get<DutyBook>().StartAsync(act, "report-abuse", "victim", "outcome", Guid.CreateVersion7(), new DutyOwner(Role.VictimSpecialist, "KC", "KC-01"), act.Now, CancellationToken.None);
            return Done.Value;
        });
        var (analysts, specialists) = (await DutyAsync(house, "analyst"), await DutyAsync(house, "victim"));
        // Another analyst cannot see it; an officer of the very task force sees the specialist's, and it is not the officer's to prove.
        (await ProveAsync(house, analysts, by: other)).Problem.Code.ShouldBe("not-found");
        (await ProveAsync(house, specialists, by: other)).Problem.Code.ShouldBe("not-found");
        (await ProveAsync(house, specialists, by: await OfficerAsync(house))).Problem.Code.ShouldBe("not-permitted");
        (await ProveAsync(house, analysts, by: mine)).IsDone.ShouldBeTrue();

        // What a supervisor wrote in Care's place is no secret of Care's; what Care wrote is.
        var (supervisor, specialist) = (await house.PersonAsync(Role.Supervisor), await house.PersonAsync(Role.VictimSpecialist, "KC"));
        (await ProveAsync(house, specialists, by: supervisor)).IsDone.ShouldBeTrue();
        (await house.DoAsync<ShowDuty.Request, ShowDuty.Page>(await OfficerAsync(house), new(specialists.Id))).Value.Proof.ShouldBe(Proof);
        await house.ChangeAsync(async act =>
        {
            await house.Get<DutyBook>().StartAsync(act, "report-abuse", "victim/2", "outcome", Guid.CreateVersion7(), new DutyOwner(Role.VictimSpecialist, "KC", "KC-01"), act.Now, CancellationToken.None);
            return Done.Value;
        });
        var second = await DutyAsync(house, "victim/2");
        (await ProveAsync(house, second, by: specialist)).IsDone.ShouldBeTrue();
        (await house.DoAsync<ShowDuty.Request, ShowDuty.Page>(supervisor, new(second.Id))).Value.ShouldSatisfyAllConditions(
            page => page.Proof.ShouldBeNull(), page => page.ProofIsWithCare.ShouldBeTrue());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_proof_is_sealed_and_opens_in_its_place_only(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var duty = await StartedAsync(house);
        await ProveAsync(house, duty);
        var stored = (await DutyAsync(house)).Proof.ShouldNotBeNull();
        Encoding.UTF8.GetString(stored).ShouldNotContain("Marked");
        (await house.DoAsync<ShowDuty.Request, ShowDuty.Page>(await OfficerAsync(house), new(duty.Id))).Value.Proof.ShouldBe(Proof);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_specialist_s_proof_stays_behind_the_wall(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await house.ChangeAsync(async act =>
        {
            await house.Get<DutyBook>().StartAsync(
                act, "offer-services", "victim/1", "child", Subject, new DutyOwner(Role.VictimSpecialist, "KC"), act.Now, CancellationToken.None);
            return Done.Value;
        });
        var duty = await DutyAsync(house, "victim/1");
        var specialist = await house.PersonAsync(Role.VictimSpecialist, "KC");
        (await ProveAsync(house, duty, by: specialist)).IsDone.ShouldBeTrue();
        var seen = (await house.DoAsync<ShowDuty.Request, ShowDuty.Page>(await house.PersonAsync(Role.Auditor), new(duty.Id))).Value;
        (seen.Proof, seen.Grade).ShouldBe((null, EvidenceGrade.ConfirmedByReceiver));
        (await house.DoAsync<ShowDuty.Request, ShowDuty.Page>(specialist, new(duty.Id))).Value.Proof.ShouldBe(Proof);
    }
}
