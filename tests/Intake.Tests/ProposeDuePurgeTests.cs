using Homeward.Foundations.Access;
using Homeward.Intake.Model;
using Homeward.Intake.Retention;
using Homeward.Kernel;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Intake.Tests;

/// <summary>The house proposes what is due, once a day by its own clock; nothing goes before two persons said so.</summary>
public sealed class ProposeDuePurgeTests
{
    public static TheoryData<DatabaseKind> Databases => Given.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task What_the_house_proposes_waits_for_two_persons_who_approve_it(DatabaseKind kind)
    {
        await using var purge = await PurgeHouse.OpenAsync(kind);
        await purge.SetAsideAsync(Given.Xml("100200300"), Given.Xml("100200301"));
        await purge.House.PassAsync(TimeSpan.FromDays(600));
        (await purge.ShowAsync()).Purges.ShouldBeEmpty();
        await purge.House.PassAsync(TimeSpan.FromDays(132));
        var row = (await purge.ShowAsync()).Purges.ShouldHaveSingleItem();
        (row.State, row.ProposedBy, row.Records, row.NeedsTwo, row.Mine).ShouldBe((PurgeState.Proposed, "the house", 2, true, false));
        // It waits, and the house does not ask twice.
        await purge.House.PassAsync(TimeSpan.FromDays(3));
        (await purge.ShowAsync()).Purges.ShouldHaveSingleItem();
        (await purge.StoredAsync()).Count.ShouldBe(2);
        var (one, two) = (await purge.CounselAsync(), await purge.SupervisorAsync());
        (await WaitsForAsync(purge, one), await WaitsForAsync(purge, two), await WaitsForAsync(purge, await purge.House.PersonAsync(Role.Analyst))).ShouldBe((1, 1, 0));

        (await purge.House.DoAsync<ApprovePurge.Request, ApprovePurge.Receipt>(one, new(row.Id, row.Sha256))).Value.InForce.ShouldBeFalse();
        (await WaitsForAsync(purge, one), await WaitsForAsync(purge, two)).ShouldBe((0, 1));
        await purge.House.DeliverAsync();
        (await purge.StoredAsync()).Count.ShouldBe(2);
        (await purge.House.DoAsync<ApprovePurge.Request, ApprovePurge.Receipt>(one, new(row.Id, row.Sha256))).Problem.Code.ShouldBe("approves-twice");
        (await purge.House.DoAsync<ApprovePurge.Request, ApprovePurge.Receipt>(two, new(row.Id, row.Sha256))).Value.InForce.ShouldBeTrue();
        await purge.House.DeliverAsync();
        (await purge.StoredAsync()).ShouldBeEmpty();
        var done = (await purge.ShowAsync()).Purges.Single();
        (done.State, done.SecondedBy, done.ApprovedBy, done.Certificate!.SecondedBy).ShouldBe((PurgeState.Done, "Counsel", "Supervisor", one.Id.ToString()));
    }

    [Fact]
    public async Task A_dropped_proposal_removes_nothing_and_what_is_still_due_is_proposed_on_another_day()
    {
        await using var purge = await PurgeHouse.OpenAsync(DatabaseKind.Sqlite);
        await purge.SetAsideAsync(Given.Xml("100200300"));
        await purge.House.PassAsync(TimeSpan.FromDays(732));
        var row = (await purge.ShowAsync()).Purges.Single();
        (await purge.House.DoAsync<DropPurge.Request, DropPurge.Receipt>(await purge.CounselAsync(), new(row.Id, "Reason withheld."))).IsDone.ShouldBeTrue();
        (await purge.House.DoAsync<ApprovePurge.Request, ApprovePurge.Receipt>(await purge.SupervisorAsync(), new(row.Id, row.Sha256))).Problem.Code.ShouldBe("not-proposed");
        var dropped = (await purge.ShowAsync()).Purges.Single();
        (dropped.State, dropped.DroppedBy, dropped.DropReason).ShouldBe((PurgeState.Dropped, "Counsel", "Reason withheld."));
        await purge.House.PassAsync(TimeSpan.FromHours(23));
        (await purge.ShowAsync()).Purges.Count.ShouldBe(1);
        await purge.House.PassAsync(TimeSpan.FromHours(1));
        (await purge.ShowAsync()).Purges.Select(one => one.State).ShouldBe([PurgeState.Proposed, PurgeState.Dropped]);
        (await purge.StoredAsync()).Count.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_look_at_more_than_a_step_takes_in_is_gone_on_with_and_gathers_everything_once(DatabaseKind kind)
    {
        await using var purge = await PurgeHouse.OpenAsync(kind);
        const int Tips = 1_100;
        var lines = Enumerable.Range(1, Tips).Select(index => new RawLine("tips/hotline.jsonl",
            $$"""{"received":"2019-07-01T11:00:00Z","number":"HT-{{index:000000}}","imminent":false,"caller":"anonymous","claim":"narrative withheld"}""", index)).ToList();
        (await purge.House.DoAsync<ReceiveTips.Request, BatchReceipt>(Actor.House, new([.. lines, new("tips/hotline.jsonl", "{", 3)]))).Value.New.ShouldBe(Tips);
        // Somebody has seen each: what nobody opened stays.
        await purge.House.WithDbAsync(db => db.Set<Model.Door>().ExecuteUpdateAsync(set => set.SetProperty(row => row.OpenedAt, purge.House.Clock.GetUtcNow())));
        await purge.SetAsideAsync(Given.Xml("100200300"));
        purge.Now(Given.Noon.AddYears(2).AddDays(1));
        await purge.House.Services.GetRequiredService<Foundations.Work.Timetable>().RunDueAsync(CancellationToken.None);
        // Half of the look is done: nobody may propose beside it, and nobody sees it yet.
        (await purge.ShowAsync()).Purges.ShouldBeEmpty();
        (await purge.ProposeAsync()).Problem.Code.ShouldBe("purge-waits");
        await purge.House.DeliverAsync();
        var row = (await purge.ShowAsync()).Purges.Single();
        row.Kinds.ShouldBe(new Dictionary<RetainedKind, int> { [RetainedKind.Report] = 1, [RetainedKind.Door] = Tips, [RetainedKind.Reject] = 1 });
        (await purge.House.WithDbAsync(db => db.Set<PurgeItem>().Select(item => item.SubjectId).Distinct().CountAsync())).ShouldBe(Tips + 2);
        // The hash is of all of it: a person may approve it.
        (await purge.House.DoAsync<ApprovePurge.Request, ApprovePurge.Receipt>(await purge.CounselAsync(), new(row.Id, row.Sha256))).IsDone.ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task While_what_is_due_is_looked_for_others_store_and_a_hold_that_was_placed_meanwhile_counts(DatabaseKind kind)
    {
        await using var purge = await PurgeHouse.OpenAsync(kind);
        var reports = await purge.SetAsideAsync(Given.Xml("100200300"), Given.Xml("100200301"));
        purge.Now(Given.Noon.AddYears(2).AddDays(1));
        purge.Uses.WhenAsked = async () =>
        {
            purge.Uses.WhenAsked = () => Task.CompletedTask;
            // What waits so long waits for ever.
            (await purge.HoldAsync(HoldOn.Report, "100200300").WaitAsync(TimeSpan.FromMinutes(2))).IsDone.ShouldBeTrue();
        };
        (await purge.ProposeAsync()).Value.Records.ShouldBe(1);
        (await purge.House.WithDbAsync(db => db.Set<PurgeItem>().SingleAsync())).SubjectId.ShouldBe(reports[1].Value);
    }

    private static async Task<int> WaitsForAsync(PurgeHouse purge, Actor actor) => (await purge.House.WithDbAsync(db =>
        new WaitingPurge().ForAsync(actor, db, purge.House.Clock.GetUtcNow(), CancellationToken.None))).Sum(row => row.Count);
}
