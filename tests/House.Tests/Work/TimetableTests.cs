using Homeward.Foundations.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.House.Tests.Work;

public sealed class TimetableTests
{
    private static Bench Turning() => new()
    {
        OnTurn = act =>
        {
            act.Leave("turn", Guid.Empty);
            act.Trace("bench", Guid.Empty, "turn");
            return Task.CompletedTask;
        },
    };

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_schedule_runs_once_at_its_turn_however_many_were_missed(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind, Turning());
        await house.PassAsync(TimeSpan.Zero);
        await house.PassAsync(TimeSpan.FromMinutes(59));
        (await house.EffectsAsync("turn")).Count.ShouldBe(1);
        await house.PassAsync(TimeSpan.FromMinutes(1));
        (await house.EffectsAsync("turn")).Count.ShouldBe(2);
        await house.PassAsync(TimeSpan.FromHours(10));
        (await house.EffectsAsync("turn")).Count.ShouldBe(3);
        (await house.TraceAsync()).Count(entry => entry is { Action: "house.schedule", Codes: "turn" }).ShouldBe(3);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Of_two_nodes_one_runs_the_turn_the_first_one_too(DatabaseKind kind)
    {
        var bench = Turning();
        await using var house = await Given.HouseAsync(kind, bench);
        await using var node = Given.NodeBeside(house, bench);
        for (var turn = 1; turn <= 5; turn++)
        {
            await Task.WhenAll(
                Task.Run(() => house.Get<Timetable>().RunDueAsync(CancellationToken.None)),
                Task.Run(() => node.GetRequiredService<Timetable>().RunDueAsync(CancellationToken.None)));
            (await house.EffectsAsync("turn")).Count.ShouldBe(turn);
            house.Clock.DriveTo(house.Clock.GetUtcNow().AddHours(1));
            node.GetRequiredService<HouseClock>().DriveTo(house.Clock.GetUtcNow());
        }
        (await house.VerifyAsync()).Faults.ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_schedule_that_fails_holds_up_no_other_and_is_tried_again(DatabaseKind kind)
    {
        var bench = Turning();
        var turn = bench.OnTurn;
        bench.OnTurn = _ => throw new InvalidOperationException("the bench breaks");
        await using var house = await Given.HouseAsync(kind, bench);
        await house.PassAsync(TimeSpan.Zero);
        // "escalate-duties" comes after "bench" and had its turn.
        (await house.WithDbAsync(db => Task.FromResult(db.Set<ScheduleTurn>().Select(row => row.Name).ToList()))).ShouldContain("escalate-duties");
        (await house.EffectsAsync("turn")).ShouldBeEmpty();
        bench.OnTurn = turn;
        await house.PassAsync(TimeSpan.FromMinutes(1));
        (await house.EffectsAsync("turn")).Count.ShouldBe(1);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task While_more_waits_the_next_turn_is_now_and_then_in_its_time(DatabaseKind kind)
    {
        var bench = Turning();
        bench.TurnsEnd = Turn.MoreWaits;
        await using var house = await Given.HouseAsync(kind, bench);
        for (var turn = 1; turn <= 3; turn++)
        {
            if (turn == 3) bench.TurnsEnd = Turn.Done;
            await house.PassAsync(TimeSpan.Zero);
            (await house.EffectsAsync("turn")).Count.ShouldBe(turn);
        }
        await house.PassAsync(TimeSpan.FromMinutes(59));
        (await house.EffectsAsync("turn")).Count.ShouldBe(3);
        await house.PassAsync(TimeSpan.FromMinutes(1));
        (await house.EffectsAsync("turn")).Count.ShouldBe(4);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Of_many_things_of_a_kind_that_became_due_each_is_told_in_one_notice_until_it_is_seen(DatabaseKind kind)
    {
        var (bench, due) = (Turning(), ManyNotices.SinglesMax);
        bench.OnTurn = act =>
        {
            for (var task = 0; task < due; task++) Notices.Leave(act, new NoticeTo(Role.Supervisor), "task-late", $"/task/{task}");
            Notices.Leave(act, new NoticeTo(Role.National), "task-late", "/task/0");
            return Task.CompletedTask;
        };
        await using var house = await Given.HouseAsync(kind, bench);
        async Task<IEnumerable<string>> ToldAsync(Role role) => (await house.WithDbAsync(
            db => db.Set<Notice>().Where(row => row.Role == role && row.SeenAt == null).Select(row => row.Code).ToListAsync())).Order(StringComparer.Ordinal);

        await house.PassAsync(TimeSpan.Zero);
        (await ToldAsync(Role.Supervisor)).ShouldBe(Enumerable.Repeat("task-late", due));
        await house.WithDbAsync(db => db.Set<Notice>().ExecuteUpdateAsync(set => set.SetProperty(row => row.SeenAt, Given.Noon)));

        due = ManyNotices.SinglesMax + 1;
        for (var turn = 0; turn < 3; turn++) await house.PassAsync(TimeSpan.FromHours(1));
        due = 1;
        await house.PassAsync(TimeSpan.FromHours(1));
        (await ToldAsync(Role.Supervisor)).ShouldBe(["tasks-late"]);
        (await ToldAsync(Role.National)).ShouldBe(Enumerable.Repeat("task-late", 4));
        Notices.Words("tasks-late").ShouldBe("Many tasks are late");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_turn_in_which_nothing_happened_leaves_no_entry(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await house.PassAsync(TimeSpan.Zero);
        (await house.TraceAsync()).ShouldBeEmpty();
    }
}
