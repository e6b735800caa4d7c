using System.Text.Json;
using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Operations.Model;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Operations.Tests;

public sealed class DeconflictionTests
{
    public static TheoryData<DatabaseKind> Databases => Given.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Both_parties_of_a_conflict_are_told_and_neither_sees_the_other_s_case(DatabaseKind kind)
    {
        await using var given = await Given.HouseAsync(kind);
        var one = await given.PlannedAsync();
        var other = await given.PlannedAsync(given.Other);
        (await given.SubmitAsync(one)).Value.Answer.ShouldBe("received");
        (await given.SubmitAsync(other, given.Other)).Value.Answer.ShouldBe("received");
        await given.House.DeliverAsync();

        (await given.ConflictsAsync()).Single().ByPlace.ShouldBeTrue();
        foreach (var party in new[] { given.Planner, given.Other })
            (await given.NoticesAsync(party)).Count(notice => notice.Code == "event-conflict").ShouldBe(1);
        var seen = await given.ShowAsync(one);
        var otherReference = (await given.ShowAsync(other, given.Other)).Reference;
        seen.Conflicts.Single().Contact.ShouldBeNull();
        JsonSerializer.Serialize(seen, WorkItem.Json).ShouldNotContain(otherReference);
        JsonSerializer.Serialize(seen, WorkItem.Json).ShouldNotContain("KC-02");
    }

    [Fact]
    public async Task The_desk_gives_contacts_and_both_must_agree_before_it_is_settled()
    {
        await using var given = await Given.HouseAsync();
        var one = await given.ReadyAsync();
        var other = await given.ReadyAsync(given.Other);
        var conflict = (await given.ConflictsAsync()).Single().Id;
        (await given.ApproveAsync(one)).Problem.Code.ShouldBe("conflict-open");
        async Task<Kernel.Result<ResolveConflict.Receipt>> AgreeAsync(Actor by) =>
            await given.House.DoAsync<ResolveConflict.Request, ResolveConflict.Receipt>(by, new(conflict, "one goes first"));
        (await AgreeAsync(given.Planner)).Problem.Code.ShouldBe("contacts-not-released");
        (await given.House.DoAsync<ReleaseContacts.Request, ReleaseContacts.Receipt>(given.Desk, new(conflict))).IsDone.ShouldBeTrue();
        (await given.ShowAsync(one)).Conflicts.Single().Contact.ShouldBe($"{given.Other.Name}, KC-02");
        (await AgreeAsync(given.Planner)).Value.Settled.ShouldBeFalse();
        (await given.ApproveAsync(one)).Problem.Code.ShouldBe("conflict-open");
        (await AgreeAsync(given.Other)).Value.Settled.ShouldBeTrue();
        (await given.ApproveAsync(one)).IsDone.ShouldBeTrue();
        (await given.ApproveAsync(other)).IsDone.ShouldBeTrue();
        var stranger = await given.House.PersonAsync(Role.Coordinator, "HN", "HN-01");
        (await AgreeAsync(stranger)).Problem.Kind.ShouldBe(Kernel.ProblemKind.NotFound);
    }

    [Fact]
    public async Task Between_two_operations_of_one_task_force_nobody_agrees_with_oneself()
    {
        await using var given = await Given.HouseAsync();
        await given.ReadyAsync();
        await given.ReadyAsync();
        var second = await given.House.PersonAsync(Role.Coordinator, "KC", "KC-01", name: "Second coordinator of KC-01");
        var conflict = (await given.ConflictsAsync()).Single().Id;
        (await given.House.DoAsync<ReleaseContacts.Request, ReleaseContacts.Receipt>(given.Desk, new(conflict))).IsDone.ShouldBeTrue();
        (await AgreeAsync(given.Planner)).Value.Settled.ShouldBeFalse();
        (await AgreeAsync(given.Planner)).Problem.Code.ShouldBe("agreed-already");
        (await AgreeAsync(second)).Value.Settled.ShouldBeTrue();

        Task<Kernel.Result<ResolveConflict.Receipt>> AgreeAsync(Actor by) =>
            given.House.DoAsync<ResolveConflict.Request, ResolveConflict.Receipt>(by, new(conflict, "one goes first"));
    }

    [Fact]
    public async Task A_supervisor_overrides_with_a_reason()
    {
        await using var given = await Given.HouseAsync();
        var one = await given.ReadyAsync();
        await given.ReadyAsync(given.Other);
        var conflict = (await given.ConflictsAsync()).Single().Id;
        async Task<Kernel.Result<OverrideConflict.Receipt>> OverrideAsync(Actor by, string reason) =>
            await given.House.DoAsync<OverrideConflict.Request, OverrideConflict.Receipt>(by, new(conflict, reason));
        (await OverrideAsync(given.Planner, "because we were first")).Problem.Kind.ShouldBe(Kernel.ProblemKind.Forbidden);
        (await OverrideAsync(given.Supervisor, "")).Problem.Code.ShouldBe("request-invalid");
        (await OverrideAsync(given.Supervisor, "both teams work together")).IsDone.ShouldBeTrue();
        (await given.ApproveAsync(one)).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task A_conflict_with_one_s_own_task_force_is_told_too()
    {
        await using var given = await Given.HouseAsync();
        var one = await given.PlannedAsync();
        var two = await given.PlannedAsync();
        await given.SubmitAsync(one);
        await given.SubmitAsync(two);
        await given.House.DeliverAsync();
        (await given.ShowAsync(one)).Conflicts.Single().OwnTaskForce.ShouldBeTrue();
        (await given.NoticesAsync(given.Planner)).Count(notice => notice.Code == "event-conflict").ShouldBe(2);
    }

    [Fact]
    public async Task A_subject_in_common_is_a_conflict_wherever_it_is_and_only_a_keyed_hash_is_kept()
    {
        await using var given = await Given.HouseAsync();
        var honolulu = await given.House.PersonAsync(Role.Coordinator, "HN", "HN-01");
        var here = await given.PlannedAsync();
        var there = (await given.PlanAsync(given.Plan(Given.Noon.AddDays(9), new() { Latitude = 21.3, Longitude = -157.86 }), honolulu)).Value.Id;
        await given.SubmitAsync(here, subjects: new EventSubjectLine(Phone: "(816) 555-0100"));
        await given.SubmitAsync(there, honolulu, subjects: new EventSubjectLine(Phone: "+1 816 555 0100"));
        await given.House.DeliverAsync();
        var conflict = (await given.ConflictsAsync()).Single();
        (conflict.ByPlace, conflict.BySubject).ShouldBe((false, true));
        (await given.House.WithDbAsync(db => db.Set<EventSubject>().AsNoTracking().ToListAsync())).ShouldAllBe(row => !row.Key.Contains("555"));
    }

    [Fact]
    public async Task Checked_among_Homeward_s_events_is_never_called_clear()
    {
        await using var given = await Given.HouseAsync();
        var id = await given.PlannedAsync();
        await given.VerifyAsync(id);
        var planned = (await given.SubmitAsync(id)).Value.Event;
        (await given.ShowAsync(id)).Events.Single().Says.ShouldBe("Received.");
        await given.House.DeliverAsync();
        (await given.ShowAsync(id)).Events.Single().Says.ShouldBe("Checked among Homeward's events only.");
        (await given.ApproveAsync(id)).Problem.Code.ShouldBe("no-regional-answer");
        await given.RegionalAsync(planned, answer: RegionalAnswer.Conflict);
        (await given.ApproveAsync(id)).Problem.Code.ShouldBe("regional-conflict");
        await given.RegionalAsync(planned, given.Desk);
        (await given.ApproveAsync(id)).IsDone.ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_moved_event_is_checked_again_its_approval_lapses_and_the_other_party_is_told(DatabaseKind kind)
    {
        await using var given = await Given.HouseAsync(kind);
        var one = await given.ReadyAsync();
        (await given.ApproveAsync(one)).IsDone.ShouldBeTrue();
        var other = await given.ReadyAsync(given.Other, Given.Noon.AddDays(1));
        (await given.ConflictsAsync()).ShouldBeEmpty();

        var from = Given.Noon.AddDays(1).AddHours(1);
        (await given.House.DoAsync<MoveOperation.Request, MoveOperation.Receipt>(given.Planner, new(one, from, from.AddHours(2)))).Value.Version.ShouldBe(2);
        (await given.ShowAsync(one)).State.ShouldBe(OperationState.Planned);
        await given.House.DeliverAsync();
        (await given.ConflictsAsync()).Single().State.ShouldBe(ConflictState.Open);
        var stops = (await given.ApproveAsync(one)).Problem.Details!.Keys;
        stops.ShouldContain("conflict-open");
        stops.ShouldContain("no-regional-answer");

        (await given.House.DoAsync<CallOff.Request, CallOff.Receipt>(given.Planner, new(one, "not needed"))).IsDone.ShouldBeTrue();
        (await given.ConflictsAsync()).Single().State.ShouldBe(ConflictState.Lapsed);
        (await given.NoticesAsync(given.Other)).ShouldContain(notice => notice.Code == "event-moved");
        (await given.ApproveAsync(other)).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task A_check_that_a_crash_left_owed_is_made_good()
    {
        await using var given = await Given.HouseAsync();
        await given.SubmitAsync(await given.PlannedAsync());
        await given.SubmitAsync(await given.PlannedAsync(given.Other), given.Other);
        // As if the queue had been lost: the mark in the events is all that is left.
        await given.House.WithDbAsync(db => db.Database.ExecuteSqlRawAsync("DELETE FROM work"));
        await given.House.PassAsync(TimeSpan.FromMinutes(6));
        (await given.ConflictsAsync()).Count.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Of_pairs_that_are_handed_in_at_the_same_instant_none_is_missed(DatabaseKind kind)
    {
        const int pairs = 10;
        await using var given = await Given.HouseAsync(kind);
        var plans = new List<(OperationId One, OperationId Other)>();
        for (var index = 0; index < pairs; index++)
        {
            var place = Given.Motel with { Latitude = 30 + index };
            plans.Add((await given.PlannedAsync(place: place), await given.PlannedAsync(given.Other, place: place)));
        }
        await Parallel.ForEachAsync(plans, async (pair, cancel) =>
        {
            using var start = new Barrier(2);
            await Task.WhenAll(SubmitAndCheckAsync(pair.One, given.Planner), SubmitAndCheckAsync(pair.Other, given.Other));

            Task SubmitAndCheckAsync(OperationId id, Actor by) => Task.Run(async () =>
            {
                start.SignalAndWait();
                (await given.SubmitAsync(id, by)).IsDone.ShouldBeTrue();
                await given.House.DeliverAsync();
            }, cancel);
        });
        await given.House.DeliverAsync();
        (await given.ConflictsAsync()).Count.ShouldBe(pairs);
        foreach (var party in new[] { given.Planner, given.Other })
            (await given.NoticesAsync(party)).Count(notice => notice.Code == "event-conflict").ShouldBe(pairs);
    }
}
