using Homeward.Foundations.Audit;
using Microsoft.EntityFrameworkCore;

namespace Homeward.House.Tests.Audit;

public sealed class TraceTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Eight_who_act_side_by_side_leave_whole_chains(DatabaseKind kind)
    {
        const int Actors = 8, ActsOfEach = 20;
        await using var house = await Given.HouseAsync(kind);
        await Task.WhenAll(Enumerable.Range(0, Actors).Select(actor => Task.Run(async () =>
        {
            for (var step = 0; step < ActsOfEach; step++)
            {
                var of = new Guid(actor, (short)step, 0, new byte[8]);
                try
                {
                    await house.ChangeAsync(act =>
                    {
                        act.Leave("done", of);
                        act.Trace("paper", of, "one");
                        act.Trace("paper", of, "two");
                        // Each fourth act fails after it has named what it touched.
                        if (step % 4 == 3) throw new InvalidOperationException("the bench breaks");
                    });
                }
                catch (InvalidOperationException)
                {
                    // Meant: nothing of it may stand.
                }
                if (step == ActsOfEach / 2 && actor == 0) await house.SignAsync();
            }
        })));
        await house.SignAsync();

        const int Stood = Actors * ActsOfEach * 3 / 4;
        (await house.EffectsAsync("done")).Count.ShouldBe(Stood);
        var verdict = await house.VerifyAsync();
        verdict.Faults.ShouldBeEmpty();
        (verdict.Entries, verdict.Uncovered).ShouldBe((Stood * 2, 0));
        verdict.Chains.ShouldBeLessThanOrEqualTo(Actors);
        foreach (var chain in (await house.TraceAsync()).GroupBy(entry => entry.Chain))
            chain.Select(entry => entry.Seq).ShouldBe(Enumerable.Range(1, chain.Count()).Select(seq => (long)seq));
    }

    /// <summary>The commit itself fails, when the entries are already written: by a promise that is checked only then.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_commit_that_fails_leaves_no_gap(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await house.PlantAsync("CREATE TABLE bench_anchors (id INT PRIMARY KEY)");
        await house.PlantAsync("CREATE TABLE bench_pledges (anchor INT REFERENCES bench_anchors (id) DEFERRABLE INITIALLY DEFERRED)");
        await house.ChangeAsync(act => act.Trace("paper", Guid.Empty, "before"));
        await Should.ThrowAsync<System.Data.Common.DbException>(() => house.ChangeAsync(async act =>
        {
            await act.Db.Database.ExecuteSqlRawAsync("INSERT INTO bench_pledges VALUES (1)");
            act.Trace("paper", Guid.Empty, "never");
            return Done.Value;
        }));
        await house.ChangeAsync(act => act.Trace("paper", Guid.Empty, "after"));
        await house.SignAsync();
        (await house.TraceAsync()).Select(entry => entry.Codes).Order().ShouldBe(["after", "before"]);
        (await house.VerifyAsync()).Faults.ShouldBeEmpty();
    }

    /// <summary>The database has committed and the answer is lost: the chain must not be written on from the old head.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_commit_whose_answer_was_lost_does_not_spoil_the_chain(DatabaseKind kind)
    {
        var bench = new Bench();
        await using var house = await Given.HouseAsync(kind, bench);
        await house.ChangeAsync(act => act.Trace("paper", Guid.Empty, "before"));
        bench.Commits.LoseNextAnswer();
        await Should.ThrowAsync<IOException>(() => house.ChangeAsync(act => act.Trace("paper", Guid.Empty, "unanswered")));
        await house.ChangeAsync(act => act.Trace("paper", Guid.Empty, "after"));
        await house.SignAsync();
        (await house.TraceAsync()).Select(entry => entry.Codes).Order().ShouldBe(["after", "before", "unanswered"]);
        (await house.VerifyAsync()).Faults.ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Both_times_are_kept_the_house_s_and_the_real_one(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await house.ChangeAsync(_ => { });
        var entry = (await house.TraceAsync()).ShouldHaveSingleItem();
        entry.At.ShouldBe(Given.Noon);
        entry.RealAt.ShouldBeInRange(house.Clock.RealNow.AddMinutes(-5), house.Clock.RealNow);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_checkpoint_is_signed_only_when_something_was_added(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await house.ChangeAsync(_ => { });
        (await house.SignAsync()).ShouldBeTrue();
        (await house.SignAsync()).ShouldBeFalse();
        await house.ChangeAsync(_ => { });
        (await house.SignAsync()).ShouldBeTrue();
        (await house.WithDbAsync(db => db.Set<AuditCheckpoint>().CountAsync())).ShouldBe(2);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_auditor_pages_through_the_whole_trace_even_of_one_instant(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await house.ChangeAsync(act =>
        {
            for (var line = 0; line < 250; line++) act.Trace("paper", Guid.CreateVersion7(), $"line={line}");
        });
        var auditor = await house.PersonAsync(Role.Auditor);
        var seen = new HashSet<string>();
        ShowTrace.Request? next = new(Action: "bench.change");
        while (next is not null)
        {
            var page = (await house.DoAsync<ShowTrace.Request, ShowTrace.Page>(auditor, next)).Value;
            foreach (var row in page.Rows) seen.Add(row.Codes).ShouldBeTrue(row.Codes);
            next = page.Older is { } older ? next with { Before = older, BeforeEntry = page.OlderEntry } : null;
        }
        seen.Count.ShouldBe(250);
    }
}
