using Homeward.Foundations.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.House.Tests.Storage;

/// <summary>Connections and compiled statements outlive the act that used them; what an act left half done does not.</summary>
public sealed class ConnectionTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_statement_that_failed_holds_nobody_up(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var id = Guid.CreateVersion7();
        Effect New() => new() { Id = id, What = "once", Of = id, At = Given.Noon };
        await house.ChangeAsync(act => act.Db.Add(New()));
        await Should.ThrowAsync<DbUpdateException>(() => house.WithDbAsync(async db =>
        {
            db.Add(New());
            return await db.SaveChangesAsync();
        }));
        // The same text again, on the connection on which it failed.
        await house.ChangeAsync(act => act.Db.Add(new Effect { Id = Guid.CreateVersion7(), What = "twice", Of = id, At = Given.Noon }));
        (await house.WithDbAsync(db => db.Set<Effect>().CountAsync(row => row.Of == id))).ShouldBe(2);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Rows_that_nobody_read_to_the_end_hold_nobody_up(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await PutAsync(house, 50);
        for (var round = 0; round < 3; round++)
        {
            await house.WithDbAsync(async db =>
            {
                await foreach (var row in db.Set<Effect>().AsNoTracking().OrderBy(row => row.At).AsAsyncEnumerable()) return row.At;
                return default;
            });
            await PutAsync(house, 1);
        }
        (await house.WithDbAsync(db => db.Set<Effect>().AsNoTracking().OrderBy(row => row.At).ToListAsync())).Count.ShouldBe(53);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_same_question_inside_itself_and_side_by_side_is_answered_each_time_for_its_own_values(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        await PutAsync(house, 20);
        async Task<int> CountAfterAsync(int hour)
        {
            await using var scope = house.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
            await Task.Yield();
            return await db.Set<Effect>().CountAsync(row => row.At > Given.Noon.AddHours(hour));
        }
        for (var round = 0; round < 3; round++)
        {
            var counts = await Task.WhenAll(Enumerable.Range(0, 20).Select(CountAfterAsync));
            counts.ShouldBe(Enumerable.Range(0, 20).Select(hour => 19 - hour));
        }
        if (kind == DatabaseKind.Postgres) return; // It answers one question at a time on a connection.
        static IAsyncEnumerable<Effect> After(HomewardDb db, DateTimeOffset at) =>
            db.Set<Effect>().AsNoTracking().Where(row => row.At > at).AsAsyncEnumerable();
        var inner = await house.WithDbAsync(async db =>
        {
            // Once alone, so that it is there to be taken again.
            var found = new List<int> { await After(db, Given.Noon).CountAsync() };
            await foreach (var row in After(db, Given.Noon.AddHours(16))) found.Add(await After(db, row.At).CountAsync());
            return found;
        });
        inner.Order().ShouldBe([0, 1, 2, 19]);
    }

    [Fact]
    public async Task Nothing_of_an_act_that_was_broken_off_stays_on_its_connection()
    {
        await using var house = await Given.HouseAsync(DatabaseKind.Sqlite);
        for (var round = 0; round < 3; round++)
        {
            await house.WithDbAsync(async db =>
            {
                await db.Database.BeginTransactionAsync();
                db.Add(new Effect { Id = Guid.CreateVersion7(), What = "lost", Of = Guid.Empty, At = Given.Noon });
                return await db.SaveChangesAsync();
            });
            await PutAsync(house, 1);
        }
        (await house.WithDbAsync(db => db.Set<Effect>().CountAsync())).ShouldBe(3);
    }

    private static Task PutAsync(TestHouse house, int count) => house.ChangeAsync(act => act.Db.AddRange(Enumerable.Range(0, count).Select(hour =>
        new Effect { Id = Guid.CreateVersion7(), What = "put", Of = Guid.Empty, At = Given.Noon.AddHours(hour) })));
}
