using Microsoft.EntityFrameworkCore;

namespace Homeward.House.Tests.Access;

public sealed class ScopeTests
{
    private static readonly string?[] Marks = [null, "A", "B"];
    private static readonly UserId[] People = [new(new Guid(1, 0, 0, new byte[8])), new(new Guid(2, 0, 0, new byte[8]))];
    private static readonly Role[] OneForEachScope =
        [Role.Analyst, Role.Officer, Role.Coordinator, Role.VictimSpecialist, Role.National];

    /// <summary>What the words of the table mean, said once more and plainly.</summary>
    private static bool Reaches(Actor actor, Paper row) => actor.Role switch
    {
        Role.Analyst => row.AssignedTo is { } assigned && assigned == actor.Id,
        Role.Officer => actor.Agency is { } agency && row.AgencyOri == agency,
        Role.Coordinator => actor.TaskForce is { } force && row.TaskForce == force,
        Role.VictimSpecialist => actor.Office is { } office && row.OfficeCode == office,
        _ => true,
    };

    private static IEnumerable<Paper> EveryRow() =>
        from office in Marks
        from force in Marks
        from agency in Marks
        from assigned in new UserId?[] { null, People[0], People[1] }
        select new Paper { Id = Guid.CreateVersion7(), OfficeCode = office, TaskForce = force, AgencyOri = agency, AssignedTo = assigned };

    private static IEnumerable<Actor> EveryActor() =>
        from role in OneForEachScope
        from mark in Marks
        from person in People
        select new Actor(person, "Invented", role, mark, mark, mark);

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Every_actor_sees_exactly_the_rows_that_the_scope_says_and_covers_the_same(DatabaseKind kind)
    {
        await using var house = await Given.HouseAsync(kind);
        var rows = EveryRow().ToList();
        await house.ChangeAsync(act => act.Db.AddRange(rows));
        foreach (var actor in EveryActor())
        {
            var expected = rows.Where(row => Reaches(actor, row)).Select(row => row.Id).Order().ToList();
            var seen = new List<Guid>();
            await house.LookAsync(async act =>
            {
                seen = await act.Seen(act.Db.Set<Paper>()).Select(row => row.Id).ToListAsync();
                rows.Where(row => act.Covers(row)).Select(row => row.Id).Order().SequenceEqual(expected).ShouldBeTrue($"covered by {actor}");
                return Done.Value;
            }, actor);
            seen.Order().SequenceEqual(expected).ShouldBeTrue($"seen by {actor}");
        }
    }

    [Fact]
    public void An_actor_without_the_scope_s_mark_reaches_nothing_not_even_rows_without_one()
    {
        var rows = EveryRow().ToList();
        EveryActor().Where(actor => actor is { Office: null, Role: Role.Officer or Role.Coordinator or Role.VictimSpecialist })
            .SelectMany(actor => rows.Where(row => Reaches(actor, row))).ShouldBeEmpty();
    }
}
