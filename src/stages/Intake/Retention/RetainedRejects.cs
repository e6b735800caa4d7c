using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Retention;

/// <summary>What came in and could not be taken: kept for its sender to mend, and no longer.</summary>
internal sealed class RetainedRejects : IRetained
{
    public RetainedKind Kind => RetainedKind.Reject;

    public Task<List<Guid>> NextAsync(HomewardDb db, DateTimeOffset now, Guid after, int max, CancellationToken cancel) => db.Database.SqlQuery<Guid>(
        $"""SELECT id AS "Value" FROM rejects WHERE id > {db.Stored(after)} ORDER BY id LIMIT {max}""").ToListAsync(cancel);

    public async Task<IReadOnlyList<Standing>> StandingsAsync(
        HomewardDb db, DateTimeOffset now, IReadOnlyCollection<Guid> ids, StandingHolds holds, CancellationToken cancel) =>
        [.. (await db.Set<Reject>().AsNoTracking().Where(row => ids.Contains(row.Id)).Select(row => new { row.Id, row.At }).ToListAsync(cancel))
            .Select(row => new Standing(new Retained(Kind, row.Id, "", row.At), holds.Cover(HoldOn.Reject, row.Id, []), [], [new RunningTerm(RetentionRule.Reject, row.At)]))];

    public async Task<ILookup<Guid, string>> HashesAsync(HomewardDb db, IReadOnlyCollection<Guid> ids, CancellationToken cancel) =>
        (await db.Set<Reject>().AsNoTracking().Where(row => ids.Contains(row.Id)).Select(row => new { row.Id, row.Sha256 }).ToListAsync(cancel))
            .ToLookup(row => row.Id, row => row.Sha256);

    public async Task PurgeAsync(Act act, IReadOnlyList<PurgeItem> going, CancellationToken cancel)
    {
        var ids = going.Select(item => item.SubjectId).ToList();
        await act.Db.Set<Reject>().Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancel);
    }

    public async Task<IReadOnlyList<PurgeFinding>> FindLeftAsync(HomewardDb db, IReadOnlyList<PurgeItem> purged, CancellationToken cancel)
    {
        var ids = purged.Select(item => item.SubjectId).ToList();
        return [new("rejects", await db.Set<Reject>().CountAsync(row => ids.Contains(row.Id), cancel))];
    }
}
