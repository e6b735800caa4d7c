using Homeward.Foundations.Access;
using Homeward.Foundations.People;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Retention;

/// <summary>Hotline tips and agencies' referrals. One that a lead was raised on is kept as long as a report would be.</summary>
internal sealed class RetainedDoors(IEnumerable<IDoorUse> uses) : IRetained
{
    public RetainedKind Kind => RetainedKind.Door;

    public Task<List<Guid>> NextAsync(HomewardDb db, DateTimeOffset now, Guid after, int max, CancellationToken cancel) => db.Database.SqlQuery<Guid>(
        $"""SELECT id AS "Value" FROM doors WHERE id > {db.Stored(after)} ORDER BY id LIMIT {max}""").ToListAsync(cancel);

    public async Task<IReadOnlyList<Standing>> StandingsAsync(
        HomewardDb db, DateTimeOffset now, IReadOnlyCollection<Guid> ids, StandingHolds holds, CancellationToken cancel)
    {
        var asked = Ids(ids);
        var doors = await db.Set<Door>().AsNoTracking().Where(row => asked.Contains(row.Id)).Select(row => new { row.Id, row.Number, row.ReceivedAt }).ToListAsync(cancel);
        var numbers = doors.ToDictionary(row => row.Id, row => row.Number);
        var standings = new List<DoorStanding>();
        foreach (var use in uses) standings.AddRange(await use.StandingsAsync(db, numbers, cancel));
        var byDoor = standings.ToLookup(standing => standing.Door);
        return [.. doors.Select(door => new Standing(
            new Retained(Kind, door.Id.Value, door.Number, door.ReceivedAt),
            holds.Cover(HoldOn.Tip, door.Id.Value, byDoor[door.Id].SelectMany(one => one.Children)),
            [.. byDoor[door.Id].Select(one => one.Stays)],
            [.. byDoor[door.Id].Where(one => one.LedUntil is not null).Select(one => new RunningTerm(RetentionRule.Led, one.LedUntil!.Value)),
                new RunningTerm(RetentionRule.Tip, door.ReceivedAt)]))];
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
