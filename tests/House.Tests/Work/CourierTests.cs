using Homeward.Foundations.Work;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.House.Tests.Work;

public sealed class CourierTests
{
    private static Task TellAsync(TestHouse house, int count) => house.ChangeAsync(act =>
    {
        for (var index = 0; index < count; index++) act.Tell(new Noted(new Guid(index, 0, 0, new byte[8])));
    });

    private static async Task OnceEachAsync(TestHouse house, int count)
    {
        foreach (var what in new[] { "heard", "heard-too" })
        {
            var effects = await house.EffectsAsync(what);
            effects.Count.ShouldBe(count, what);
            effects.Select(effect => effect.Of).Distinct().Count().ShouldBe(count, what);
        }
        (await house.WorkAsync()).ShouldAllBe(row => row.DoneAt != null);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Each_listener_hears_of_each_event_once(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await TellAsync(house, 30);
        (await house.DeliverAsync()).ShouldBe(30);
        (await house.DeliverAsync()).ShouldBe(0);
        await OnceEachAsync(house, 30);
        (await house.VerifyAsync()).Faults.ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_fails_is_tried_again_later_and_is_not_lost_and_holds_up_nobody(DatabaseKind kind)
    {
        var bench = new Bench();
        await using var house = await Given.HouseAsync(kind, bench);
        var bad = new Guid(1, 0, 0, new byte[8]);
        var failures = 3;
        // The second listener fails: what the first one did may not stand, or it would stand twice.
        bench.OnNotedToo = (noted, _) => noted.Of == bad && failures-- > 0 ? throw new InvalidOperationException("the bench breaks") : Task.CompletedTask;
        await TellAsync(house, 3);
        (await house.DeliverAsync()).ShouldBe(2);
        var put = (await house.WorkAsync()).Single(row => row.DoneAt is null);
        (put.Attempts, put.LastFault, put.DueAt).ShouldBe((1, "InvalidOperationException", Given.Noon.AddMinutes(2)));
        (await house.EffectsAsync("heard")).Count.ShouldBe(2);

        await house.PassAsync(TimeSpan.FromMinutes(1));
        (await house.WorkAsync()).Single(row => row.DoneAt is null).Attempts.ShouldBe(1);
        for (var hour = 0; hour < 3; hour++) await house.PassAsync(TimeSpan.FromHours(1));
        await OnceEachAsync(house, 3);
        (await house.VerifyAsync()).Faults.ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_needs_something_that_is_being_made_ready_waits_for_it_and_nothing_else_does(DatabaseKind kind)
    {
        var bench = new Bench { IsMakingReady = true };
        await using var house = await Given.HouseAsync(kind, bench);
        await house.ChangeAsync(act =>
        {
            for (var index = 0; index < 250; index++) act.Tell(new NotedElsewhere(Guid.Empty));
            act.Tell(new Noted(Guid.Empty));
        });
        (await house.DeliverAsync()).ShouldBe(1);
        (await house.EffectsAsync("heard")).Count.ShouldBe(1);
        (await house.EffectsAsync("heard-elsewhere")).ShouldBeEmpty();
        bench.IsMakingReady = false;
        (await house.DeliverAsync()).ShouldBe(250);
        (await house.WorkAsync()).ShouldAllBe(row => row.DoneAt != null && row.Attempts == 0);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Two_couriers_side_by_side_do_each_item_once(DatabaseKind kind)
    {
        const int Items = 120;
        var bench = new Bench();
        await using var house = await Given.HouseAsync(kind, bench);
        await using var node = Given.NodeBeside(house, bench);
        await TellAsync(house, Items);
        var done = await Task.WhenAll(
            Task.Run(() => house.DeliverAsync()),
            Task.Run(() => node.GetRequiredService<Courier>().DeliverDueAsync(CancellationToken.None)));
        // One may end while the other still holds the last item; what is left is found at the next round.
        (done.Sum() + await house.DeliverAsync()).ShouldBe(Items);
        await OnceEachAsync(house, Items);
        (await house.VerifyAsync()).Faults.ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_courier_that_dies_between_effect_and_commit_leaves_the_item_to_another(DatabaseKind kind)
    {
        var bench = new Bench();
        await using var house = await Given.HouseAsync(kind, bench);
        await TellAsync(house, 1);
        using var death = new CancellationTokenSource();
        await using (var node = Given.NodeBeside(house, bench))
        {
            bench.OnNotedToo = async (_, act) =>
            {
                await act.Db.SaveChangesAsync();
                await death.CancelAsync();
            };
            await Should.ThrowAsync<OperationCanceledException>(
                () => node.GetRequiredService<Courier>().DeliverDueAsync(death.Token));
        }
        (await house.EffectsAsync("heard")).ShouldBeEmpty();
        bench.OnNotedToo = (_, _) => Task.CompletedTask;
        (await house.DeliverAsync()).ShouldBe(1);
        await OnceEachAsync(house, 1);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_commit_whose_answer_was_lost_is_not_done_again(DatabaseKind kind)
    {
        var bench = new Bench();
        await using var house = await Given.HouseAsync(kind, bench);
        await TellAsync(house, 2);
        bench.OnNotedToo = (_, _) =>
        {
            bench.OnNotedToo = (_, _) => Task.CompletedTask;
            bench.Commits.LoseNextAnswer();
            return Task.CompletedTask;
        };
        await house.DeliverAsync();
        for (var hour = 0; hour < 2; hour++) await house.PassAsync(TimeSpan.FromHours(2));
        await OnceEachAsync(house, 2);
        (await house.VerifyAsync()).Faults.ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_a_delivery_tells_is_delivered_in_the_same_round(DatabaseKind kind)
    {
        var bench = new Bench();
        await using var house = await Given.HouseAsync(kind, bench);
        bench.OnNoted = (noted, act) =>
        {
            act.Tell(new NotedElsewhere(noted.Of));
            return Task.CompletedTask;
        };
        await TellAsync(house, 1);
        (await house.DeliverAsync()).ShouldBe(2);
        (await house.EffectsAsync("heard-elsewhere")).Count.ShouldBe(1);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Work_for_later_waits_for_its_time(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await house.ChangeAsync(act => act.Later(new Noted(Guid.Empty), act.Now.AddHours(5)));
        var row = (await house.WorkAsync()).ShouldHaveSingleItem();
        (row.CreatedAt, row.DueAt).ShouldBe((Given.Noon, Given.Noon.AddHours(5)));
        await house.PassAsync(TimeSpan.FromHours(4));
        (await house.EffectsAsync("heard")).ShouldBeEmpty();
        await house.PassAsync(TimeSpan.FromHours(1));
        await OnceEachAsync(house, 1);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_sender_sees_to_its_own_ahead_of_time_and_to_nothing_else(DatabaseKind kind)
    {
        var bench = new Bench();
        await using var house = await Given.HouseAsync(kind, bench);
        var (due, own, farOff) = (new Guid(1, 0, 0, new byte[8]), new Guid(2, 0, 0, new byte[8]), new Guid(3, 0, 0, new byte[8]));
        await house.ChangeAsync(act =>
        {
            act.Tell(new Noted(due));
            act.Later(new Noted(own), act.Now.AddMinutes(3));
            act.Later(new NotedElsewhere(own), act.Now.AddMinutes(3));
            act.Later(new Noted(farOff), act.Now.AddMinutes(4));
        });
        Task<int> AheadAsync() => house.Services.GetRequiredService<Courier>().DeliverAheadAsync<Noted>(TimeSpan.FromMinutes(3), CancellationToken.None);

        (await AheadAsync()).ShouldBe(1);
        (await house.EffectsAsync("heard")).ShouldHaveSingleItem().Of.ShouldBe(own);
        (await AheadAsync()).ShouldBe(0);

        // What failed keeps its wait: nobody tries it again and again.
        bench.OnNoted = (_, _) => throw new InvalidOperationException("the bench breaks");
        await house.ChangeAsync(act => act.Later(new Noted(Guid.Empty), act.Now.AddMinutes(1)));
        (await AheadAsync()).ShouldBe(0);
        (await AheadAsync()).ShouldBe(0);
        (await house.WorkAsync()).Single(row => row.LastFault is not null).Attempts.ShouldBe(1);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_sender_can_have_as_many_delivered_as_are_their_turn(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await house.ChangeAsync(act =>
        {
            for (var index = 1; index <= 5; index++) act.Later(new Noted(new Guid(index, 0, 0, new byte[8])), act.Now.AddMinutes(1).AddSeconds(index));
        });
        Task<int> AheadAsync(int most) => house.Services.GetRequiredService<Courier>().DeliverAheadAsync<Noted>(TimeSpan.FromMinutes(3), CancellationToken.None, most);

        (await AheadAsync(1)).ShouldBe(1);
        (await house.EffectsAsync("heard")).ShouldHaveSingleItem().Of.ShouldBe(new Guid(1, 0, 0, new byte[8]));
        (await AheadAsync(2)).ShouldBe(2);
        (await house.EffectsAsync("heard")).Count.ShouldBe(3);
        (await AheadAsync(int.MaxValue)).ShouldBe(2);
    }

    /// <summary>More is held for the closed stage than a courier takes at once; others may not starve behind it.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_a_closed_stage_would_hear_waits_and_the_rest_goes_on(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await house.ChangeAsync(act =>
        {
            for (var index = 0; index < 250; index++) act.Later(new NotedElsewhere(Guid.Empty), act.Now);
            act.Later(new Noted(Guid.Empty), act.Now.AddSeconds(1));
        });
        house.Stages.Close("elsewhere");
        await house.PassAsync(TimeSpan.FromMinutes(1));
        (await house.EffectsAsync("heard")).Count.ShouldBe(1);
        (await house.EffectsAsync("heard-elsewhere")).ShouldBeEmpty();
        house.Stages.Close();
        await house.PassAsync(TimeSpan.FromMinutes(1));
        (await house.EffectsAsync("heard-elsewhere")).Count.ShouldBe(250);
    }
}
