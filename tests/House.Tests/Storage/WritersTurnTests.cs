using Homeward.Foundations;
using Homeward.Foundations.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.House.Tests.Storage;

/// <summary>Several programs at one file of SQLite: whoever writes all the time lets the others come.</summary>
public sealed class WritersTurnTests
{
    private static readonly TimeSpan _written = TimeSpan.FromMilliseconds(60);

    private static string Database(TestHouse house) => house.Get<HouseOptions>().Database.Shown;

    [Fact]
    public async Task Who_comes_from_another_program_writes_next_or_next_but_one()
    {
        var bench = new Bench();
        await using var house = await Given.HouseAsync(DatabaseKind.Sqlite, bench);
        await using var node = Given.NodeBeside(house, bench);
        var (written, ends) = (0, false);
        // As an import: two steps that write one after the other, and never pause.
        var import = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            while (!Volatile.Read(ref ends))
            {
                await house.ChangeAsync(async act =>
                {
                    act.Leave("import", act.Ids.Next());
                    await act.Db.SaveChangesAsync();
                    await Task.Delay(_written);
                    return Done.Value;
                });
                Interlocked.Increment(ref written);
            }
        })).ToList();
        var waited = new List<int>();
        while (Volatile.Read(ref written) < 3) await Task.Delay(10);
        for (var page = 0; page < 5; page++)
        {
            var before = Volatile.Read(ref written);
            (await node.GetRequiredService<Desk>().DoAsync<TryChange.Request, Done>(Given.National, new(act =>
            {
                act.Leave("page", act.Ids.Next());
                return Task.FromResult<Result<Done>>(Done.Value);
            }), TestContext.Current.CancellationToken)).IsDone.ShouldBeTrue();
            waited.Add(Volatile.Read(ref written) - before);
        }
        Volatile.Write(ref ends, true);
        await Task.WhenAll(import);
        // The one that was writing, and perhaps one that had its turn already.
        waited.ShouldAllBe(count => count <= 2);
        (await house.EffectsAsync("page")).Count.ShouldBe(5);
    }

    [Fact]
    public async Task Who_waits_and_is_called_off_leaves_the_turn_to_the_next()
    {
        await using var house = await Given.HouseAsync(DatabaseKind.Sqlite);
        using WritersTurn one = new(Database(house)), other = new(Database(house)), third = new(Database(house));
        await one.TakeAsync(TestContext.Current.CancellationToken);
        using (var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(50)))
            await Should.ThrowAsync<OperationCanceledException>(async () => await other.TakeAsync(soon.Token));
        var next = third.TakeAsync(TestContext.Current.CancellationToken).AsTask();
        (await Task.WhenAny(next, Task.Delay(100))).ShouldNotBe(next, "the turn is taken");
        one.Give();
        await next.WaitAsync(TimeSpan.FromSeconds(5));
        third.Give();
        await other.TakeAsync(TestContext.Current.CancellationToken);
        other.Give();
    }

    [Fact]
    public async Task A_folder_in_which_no_turn_can_be_kept_holds_nobody_up()
    {
        using var turn = new WritersTurn(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName(), "house.db"));
        await turn.TakeAsync(TestContext.Current.CancellationToken);
        turn.Give();
    }
}
