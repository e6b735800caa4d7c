using Homeward.Foundations.Access;
using Homeward.Foundations.People;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Retention;

/// <summary>Hotline tips and agencies' referrals. One that a lead was raised on is kept as long as a report would be.</summary>
/// <remarks>
/// The term runs from the day on which the house took it in, the newest message under its number: an old file's tips of
/// years ago came in today. And it runs only for what a person has seen: what nobody opened since then, and no lead was
/// raised on, waits for somebody to decide, as a report does.
/// </remarks>
internal sealed class RetainedDoors(IEnumerable<IDoorUse> uses) : IRetained
{
    public RetainedKind Kind => RetainedKind.Door;

    public Task<List<Guid>> NextAsync(HomewardDb db, DateTimeOffset now, Guid after, int max, CancellationToken cancel) => db.Database.SqlQuery<Guid>(
        $"""SELECT id AS "Value" FROM doors WHERE id > {db.Stored(after)} ORDER BY id LIMIT {max}""").ToListAsync(cancel);

    public async Task<IReadOnlyList<Standing>> StandingsAsync(
        HomewardDb db, DateTimeOffset now, IReadOnlyCollection<Guid> ids, StandingHolds holds, CancellationToken cancel)
    {
        var asked = Ids(ids);
        var doors = await db.Set<Door>().AsNoTracking().Where(row => asked.Contains(row.Id)).Select(row => new { row.Id, row.Number, row.OpenedAt }).ToListAsync(cancel);
        var came = (await db.Set<DoorMessage>().AsNoTracking().Where(row => asked.Contains(row.DoorId)).Select(row => new { row.DoorId, row.CameAt }).ToListAsync(cancel))
            .ToLookup(row => row.DoorId, row => row.CameAt);
        var numbers = doors.ToDictionary(row => row.Id, row => row.Number);
        var standings = new List<DoorStanding>();
        foreach (var use in uses) standings.AddRange(await use.StandingsAsync(db, numbers, cancel));
        var byDoor = standings.ToLookup(standing => standing.Door);
        return [.. doors.Select(door =>
        {
            var (mine, lastAt) = (byDoor[door.Id].ToList(), came[door.Id].Max());
            var isDecided = door.OpenedAt >= lastAt || mine.Exists(one => one.LedUntil is not null);
            return new Standing(
                new Retained(Kind, door.Id.Value, door.Number, came[door.Id].Min()), holds.Cover(HoldOn.Tip, door.Id.Value, mine.SelectMany(one => one.Children)),
                [.. mine.Select(one => one.Stays), isDecided ? null : RetentionRule.Unreviewed],
                [.. mine.Where(one => one.LedUntil is not null).Select(one => new RunningTerm(RetentionRule.Led, one.LedUntil!.Value)), new RunningTerm(RetentionRule.Tip, lastAt)]);
        })];
    }

    /// <remarks>What a caller says has no form that could be hashed and found again: the number names it.</remarks>
    public Task<ILookup<Guid, string>> HashesAsync(HomewardDb db, IReadOnlyCollection<Guid> ids, CancellationToken cancel) =>
        Task.FromResult(Array.Empty<Guid>().ToLookup(id => id, _ => ""));

    public async Task PurgeAsync(Act act, IReadOnlyList<PurgeItem> going, CancellationToken cancel)
    {
        var ids = Ids([.. going.Select(item => item.SubjectId)]);
        await act.Db.Set<DoorMessage>().Where(row => ids.Contains(row.DoorId)).ExecuteDeleteAsync(cancel);
        await act.Db.Set<Door>().Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancel);
    }

    public async Task<IReadOnlyList<PurgeFinding>> FindLeftAsync(HomewardDb db, IReadOnlyList<PurgeItem> purged, CancellationToken cancel)
    {
        var ids = Ids([.. purged.Select(item => item.SubjectId)]);
        return
        [
            new("doors", await db.Set<Door>().CountAsync(row => ids.Contains(row.Id), cancel)),
            new("door_messages", await db.Set<DoorMessage>().CountAsync(row => ids.Contains(row.DoorId), cancel)),
        ];
    }

    private static List<DoorId> Ids(IReadOnlyCollection<Guid> ids) => [.. ids.Select(DoorId.From)];
}
