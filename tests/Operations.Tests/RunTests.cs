using Homeward.Foundations.Access;
using Homeward.Foundations.Duties;
using Homeward.Kernel;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Operations.Tests;

public sealed class RunTests
{
    [Fact]
    public async Task Approval_names_every_thing_that_is_missing()
    {
        await using var given = await Given.HouseAsync();
        var id = (await given.PlanAsync(given.Plan() with { VictimSpecialist = null })).Value.Id;
        (await given.ApproveAsync(id)).Problem.Details!.Keys.Order().ShouldBe(["no-specialist", "not-deconflicted", "place-not-verified"]);
    }

    [Fact]
    public async Task A_recorded_exception_stands_for_a_specialist()
    {
        await using var given = await Given.HouseAsync();
        var id = (await given.PlanAsync(given.Plan() with { VictimSpecialist = null, SpecialistException = "on call by phone" })).Value.Id;
        (await given.ApproveAsync(id)).Problem.Details!.Keys.ShouldNotContain("no-specialist");
        (await given.PlanAsync(given.Plan() with { VictimSpecialist = given.Planner.Id })).Problem.Code.ShouldBe("no-such-specialist");
    }

    [Fact]
    public async Task Who_planned_it_does_not_approve_it()
    {
        await using var given = await Given.HouseAsync();
        var id = await given.ReadyAsync();
        (await given.ApproveAsync(id, given.Planner)).Problem.Code.ShouldBe("own-plan");
        (await given.ApproveAsync(id, given.Other)).IsDone.ShouldBeTrue();
    }

    /// <summary>Place and hour are chosen by the mover: without this one person chose them and approved.</summary>
    [Fact]
    public async Task Who_moved_it_last_does_not_approve_it_nor_does_the_planner()
    {
        await using var given = await Given.HouseAsync();
        var second = await given.House.PersonAsync(Role.Coordinator, "KC", "KC-01", name: "Second coordinator of KC-01");
        var id = await given.ReadyAsync();
        (await given.House.DoAsync<MoveOperation.Request, MoveOperation.Receipt>(second, new(id, Given.Noon.AddHours(20), Given.Noon.AddHours(22)))).IsDone.ShouldBeTrue();
        await given.House.DeliverAsync();
        foreach (var planned in (await given.ShowAsync(id)).Events) (await given.RegionalAsync(planned.Id)).IsDone.ShouldBeTrue();
        (await given.ApproveAsync(id, second)).Problem.Code.ShouldBe("own-plan");
        (await given.ApproveAsync(id, given.Planner)).Problem.Code.ShouldBe("own-plan");
        (await given.ShowAsync(id, second)).IPlannedIt.ShouldBeTrue();
        (await given.ApproveAsync(id, given.Other)).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task A_place_verified_more_than_48_hours_before_does_not_hold()
    {
        await using var given = await Given.HouseAsync();
        var id = await given.ReadyAsync(from: Given.Noon.AddHours(49));
        (await given.ApproveAsync(id)).Problem.Code.ShouldBe("place-not-verified");
        await given.House.PassAsync(TimeSpan.FromHours(2));
        await given.VerifyAsync(id);
        (await given.ApproveAsync(id)).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task In_an_emergency_a_supervisor_passes_the_stops_and_the_auditor_is_told()
    {
        await using var given = await Given.HouseAsync();
        var id = await given.PlannedAsync();
        (await given.ApproveAsync(id, given.Other, "a child is in danger now")).Problem.Kind.ShouldBe(ProblemKind.Forbidden);
        (await given.ApproveAsync(id, exigency: "a child is in danger now")).IsDone.ShouldBeTrue();
        (await given.House.DoAsync<StartOperation.Request, StartOperation.Receipt>(given.Planner, new(id))).IsDone.ShouldBeTrue();
        (await given.NoticesAsync(await given.House.PersonAsync(Role.Auditor))).ShouldContain(notice => notice.Code == "exigency");
    }

    [Fact]
    public async Task An_operation_runs_from_start_to_after_action_and_closes_what_it_sought_in_vain()
    {
        await using var given = await Given.HouseAsync();
        var (lead, referral) = await given.AcceptedAsync();
        var id = (await given.PlanAsync(given.Plan() with { Kind = OperationKind.Lead, Referrals = [referral] })).Value.Id;
        await given.VerifyAsync(id);
        var planned = (await given.SubmitAsync(id)).Value.Event;
        await given.House.DeliverAsync();
        await given.RegionalAsync(planned);
        (await given.House.DoAsync<StartOperation.Request, StartOperation.Receipt>(given.Planner, new(id))).Problem.Code.ShouldBe("not-approved");
        await given.ApproveAsync(id);
        await given.House.PassAsync(TimeSpan.FromHours(10));
        (await given.House.DoAsync<StartOperation.Request, StartOperation.Receipt>(given.Planner, new(id))).IsDone.ShouldBeTrue();
        await given.House.PassAsync(TimeSpan.FromHours(3));
        (await given.House.DoAsync<CloseOperation.Request, CloseOperation.Receipt>(given.Planner, new(id, "nobody was there"))).IsDone.ShouldBeTrue();
        given.Review.Closed[lead.Id].ShouldBe("not-there");
        var gist = await given.House.WithDbAsync(db => given.Referrals.ReferralAsync(db, referral, CancellationToken.None));
        gist!.State.ShouldBe(Referral.ReferralState.Closed);
        (await given.House.WithDbAsync(db => db.Set<Duty>().AsNoTracking().Where(duty => duty.SubjectId == id.Value).ToListAsync()))
            .ShouldAllBe(duty => duty.State == DutyState.Met);
    }

    [Fact]
    public async Task The_log_is_only_added_to_and_two_who_correct_one_entry_see_each_other()
    {
        await using var given = await Given.HouseAsync();
        var id = await given.PlannedAsync();
        var officer = await given.House.PersonAsync(Role.Officer, "KC", "KC-01");
        Task<Result<LogEntry.Receipt>> LogAsync(Actor by, string text, Guid? key = null, Guid? corrects = null) =>
            given.House.DoAsync<LogEntry.Request, LogEntry.Receipt>(by, new(id, text, key, null, corrects));
        var key = Guid.Parse("00000000-0000-4000-8000-000000000001");
        var entry = (await LogAsync(officer, "text one", key)).Value.Entry;
        (await LogAsync(officer, "text one", key)).Value.Entry.ShouldBe(entry);
        (await LogAsync(officer, "text two", corrects: entry)).IsDone.ShouldBeTrue();
        var conflict = (await LogAsync(given.Planner, "text three", corrects: entry)).Problem;
        conflict.Kind.ShouldBe(ProblemKind.Conflict);
        (conflict.Details!["yours"], conflict.Details["theirs"]).ShouldBe(("text three", "text two"));
        (await given.ShowAsync(id)).Entries.Select(line => line.Text).ShouldBe(["text one", "text two"]);
    }

    [Fact]
    public async Task Undercover_details_are_for_the_team_and_the_approver_alone()
    {
        await using var given = await Given.HouseAsync();
        var member = await given.House.PersonAsync(Role.Officer, "KC", "KC-01", name: "Officer of the team");
        var outsider = await given.House.PersonAsync(Role.Officer, "KC", "KC-01", name: "Officer outside of the team");
        var id = (await given.PlanAsync(given.Plan() with { Undercover = "narrative withheld", Team = [member.Id] })).Value.Id;
        (await given.ShowAsync(id, given.Planner)).Undercover.ShouldBe("narrative withheld");
        (await given.ShowAsync(id, member)).Undercover.ShouldBe("narrative withheld");
        (await given.ShowAsync(id, given.Supervisor)).Undercover.ShouldBe("narrative withheld");
        (await given.ShowAsync(id, outsider)).Undercover.ShouldBeNull();
        (await given.ShowAsync(id, given.National)).Undercover.ShouldBeNull();
    }

    [Fact]
    public async Task What_is_another_task_force_s_is_as_if_it_were_not_there()
    {
        await using var given = await Given.HouseAsync();
        var id = await given.PlannedAsync();
        var hidden = (await given.VerifyAsync(id, given.Other)).Problem;
        hidden.ShouldBe((await given.VerifyAsync(new OperationId(Guid.Parse("00000000-0000-7000-8000-0000000fffff")), given.Other)).Problem);
        (await given.House.DoAsync<ShowOperation.Request, ShowOperation.Page>(given.Desk, new(id))).Problem.Kind.ShouldBe(ProblemKind.Forbidden);
    }
}
