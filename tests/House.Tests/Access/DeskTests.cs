using Microsoft.EntityFrameworkCore;

namespace Homeward.House.Tests.Access;

public sealed class DeskTests
{
    private static readonly Problem Refusal = Problem.Of("bench-refused", "The bench says no.");

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_was_done_stands_with_its_trace_and_its_work(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var of = Guid.CreateVersion7();
        (await house.ChangeAsync(act =>
        {
            act.Leave("done", of);
            act.Trace("paper", of, "left");
            act.Tell(new Noted(of));
        })).IsDone.ShouldBeTrue();
        (await house.EffectsAsync("done")).ShouldHaveSingleItem().At.ShouldBe(Given.Noon);
        (await house.WorkAsync()).ShouldHaveSingleItem().Kind.ShouldBe("Noted");
        var entry = (await house.TraceAsync()).ShouldHaveSingleItem();
        (entry.Action, entry.Kind, entry.Outcome, entry.SubjectType, entry.SubjectId, entry.Codes, entry.ActorId, entry.Role, entry.At)
            .ShouldBe(("bench.change", "Change", "done", "paper", of, "left", Given.National.Id.Value, "national", Given.Noon));
    }

    [Fact]
    public async Task An_action_without_a_row_in_the_table_opens_no_house()
    {
        await using var house = await TestHouse.OpenAsync(DatabaseKind.Sqlite, new Bench("bench.forgotten"));
        Should.Throw<BrokenInvariantException>(() => house.Desk);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_role_without_the_row_is_refused_and_that_is_traced(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var auditor = await house.PersonAsync(Role.Auditor);
        var wasCalled = false;
        var answer = await house.ChangeAsync(_ => wasCalled = true, auditor);
        (answer.Problem.Code, answer.Problem.Kind, wasCalled).ShouldBe(("not-permitted", ProblemKind.Forbidden, false));
        var entry = (await house.TraceAsync()).ShouldHaveSingleItem();
        (entry.Action, entry.Outcome, entry.ActorId).ShouldBe(("bench.change", "not-permitted", auditor.Id.Value));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Of_a_refusal_nothing_stands_but_its_trace(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var answer = await house.ChangeAsync(async act =>
        {
            act.Leave("refused", Guid.Empty);
            await act.Db.SaveChangesAsync();
            act.Trace("paper", Guid.Empty, "left");
            act.Tell(new Noted(Guid.Empty));
            return Refusal;
        });
        answer.Problem.ShouldBe(Refusal);
        (await house.EffectsAsync("refused")).ShouldBeEmpty();
        (await house.WorkAsync()).ShouldBeEmpty();
        (await house.TraceAsync()).ShouldHaveSingleItem().Outcome.ShouldBe("bench-refused");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Of_a_handler_that_fails_nothing_stands_and_the_next_act_goes_on(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await Should.ThrowAsync<InvalidOperationException>(() => house.ChangeAsync(async act =>
        {
            act.Leave("failed", Guid.Empty);
            await act.Db.SaveChangesAsync();
            act.Trace("paper", Guid.Empty, "left");
            act.Tell(new Noted(Guid.Empty));
            throw new InvalidOperationException("the bench breaks");
        }));
        (await house.EffectsAsync("failed")).ShouldBeEmpty();
        (await house.WorkAsync()).ShouldBeEmpty();
        (await house.TraceAsync()).ShouldBeEmpty();
        (await house.ChangeAsync(act => act.Leave("next", Guid.Empty))).IsDone.ShouldBeTrue();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Without_trace_no_act_and_no_look(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await house.PlantAsync("ALTER TABLE audit_entries RENAME TO audit_away");
        await Should.ThrowAsync<System.Data.Common.DbException>(() => house.ChangeAsync(act => act.Leave("untraced", Guid.Empty)));
        await Should.ThrowAsync<System.Data.Common.DbException>(() => house.LookAsync(_ => { }));
        (await house.EffectsAsync("untraced")).ShouldBeEmpty();
        await house.PlantAsync("ALTER TABLE audit_away RENAME TO audit_entries");
        (await house.ChangeAsync(_ => { })).IsDone.ShouldBeTrue();
        (await house.VerifyAsync()).Holds.ShouldBeTrue();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_look_is_traced_row_by_row_and_changes_nothing(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var (one, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await house.LookAsync(act =>
        {
            act.Trace("paper", one);
            act.Trace("paper", other);
        });
        (await house.TraceAsync()).Select(entry => (entry.Kind, entry.SubjectId)).ShouldBe([("Look", one), ("Look", other)]);
        await Should.ThrowAsync<BrokenInvariantException>(() => house.LookAsync(act => act.Leave("looked", Guid.Empty)));
        (await house.EffectsAsync("looked")).ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Annotations_are_checked_before_the_handler_and_every_fault_is_named(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var answer = await house.DoAsync<TryAnnotated.Request, Done>(Given.National, new("ab", 9));
        (answer.Problem.Code, answer.Problem.Kind).ShouldBe(("request-invalid", ProblemKind.Invalid));
        answer.Problem.What.ShouldContain("Last seen at");
        answer.Problem.What.ShouldContain("How many");
        (await house.DoAsync<TryAnnotated.Request, Done>(Given.National, new("abc", 1))).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task What_must_be_there_and_is_not_is_a_fault_of_the_request()
    {
        await using var house = await Given.HouseAsync(DatabaseKind.Sqlite);
        TryAnnotated.Request[] bad =
        [
            new("abc", 1, new("abcd", "word")), new("abc", 1, new("abc", null!)), new("abc", 1, null, [new("abc", "word"), null!]),
            new("abc", 1, null, [new("abcd", "word")]),
        ];
        foreach (var request in bad)
        {
            var answer = await house.DoAsync<TryAnnotated.Request, Done>(Given.National, request);
            answer.Problem.Code.ShouldBe("request-invalid");
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Who_changed_it_meanwhile_is_answered_as_a_conflict(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var id = Guid.CreateVersion7();
        await house.ChangeAsync(act => act.Db.Add(new Paper { Id = id, Title = "first", Revision = act.Ids.Next() }));
        foreach (var savesItself in new[] { false, true })
        {
            var answer = await house.ChangeAsync(async act =>
            {
                var paper = await act.Db.Set<Paper>().SingleAsync(row => row.Id == id);
                var meanwhile = act.Ids.Next();
                await act.Db.Set<Paper>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Revision, meanwhile));
                (paper.Title, paper.Revision) = ("mine", act.Ids.Next());
                act.Tell(new Noted(id));
                if (savesItself) await act.Db.SaveChangesAsync();
                return Done.Value;
            });
            (answer.Problem.Code, answer.Problem.Kind).ShouldBe(("changed-meanwhile", ProblemKind.Conflict));
        }
        (await house.WithDbAsync(db => db.Set<Paper>().SingleAsync())).Title.ShouldBe("first");
        (await house.WorkAsync()).ShouldBeEmpty();
        (await house.TraceAsync()).Count(entry => entry.Outcome == "changed-meanwhile").ShouldBe(2);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_another_wrote_first_under_the_same_key_is_a_conflict(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var id = Guid.CreateVersion7();
        await house.ChangeAsync(act => act.Db.Add(new Paper { Id = id }));
        var answer = await house.ChangeAsync(act => act.Db.Add(new Paper { Id = id }));
        (answer.Problem.Code, answer.Problem.Kind).ShouldBe(("changed-meanwhile", ProblemKind.Conflict));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_closed_stage_takes_nothing_and_opens_again(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        house.Stages.Close("bench");
        (await house.ChangeAsync(act => act.Leave("closed", Guid.Empty))).Problem.Code.ShouldBe("stage-closed");
        house.Stages.Close();
        (await house.ChangeAsync(act => act.Leave("open", Guid.Empty))).IsDone.ShouldBeTrue();
        (await house.EffectsAsync("closed")).ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_is_cancelled_before_the_save_is_not_stored(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        using var cancel = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => house.Desk.DoAsync<TryChange.Request, Done>(
            Given.National, new(act =>
            {
                act.Leave("cancelled", Guid.Empty);
                cancel.Cancel();
                return Task.FromResult<Result<Done>>(Done.Value);
            }), cancel.Token));
        (await house.EffectsAsync("cancelled")).ShouldBeEmpty();
        (await house.TraceAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task One_who_was_ended_is_no_longer_active_from_that_instant()
    {
        await using var house = await Given.HouseAsync(DatabaseKind.Sqlite);
        var officer = await house.PersonAsync(Role.Officer, "KC", "KC-01");
        var administrator = await house.PersonAsync(Role.Administrator);
        (await house.DoAsync<EndUser.Request, Done>(administrator, new(officer.Id))).IsDone.ShouldBeTrue();
        var user = await house.WithDbAsync(db => db.Set<User>().SingleAsync(row => row.Id == officer.Id));
        user.IsActive(Given.Noon).ShouldBeFalse();
        (await house.DoAsync<EndUser.Request, Done>(administrator, new(new(Guid.CreateVersion7())))).Problem.Kind.ShouldBe(ProblemKind.NotFound);
    }
}
