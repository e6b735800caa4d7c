using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Operations;
using Homeward.Release.Counting;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Release.Model;

/// <summary>Drafts to approve, approved ones to publish, and releases whose figures have moved since (T-14, T-15).</summary>
internal sealed class WaitingReleases(IOperations operations, TallyDesk tallies) : IWaiting
{
    private const int RowsMax = 50;
    public string Stage => "release";

    public async Task<IReadOnlyList<WaitingRow>> ForAsync(Actor actor, HomewardDb db, DateTimeOffset now, CancellationToken cancel)
    {
        if (actor.Role is not (Role.National or Role.Counsel or Role.PublicAffairs)) return [];
        var rows = new List<WaitingRow>();
        var open = await db.Set<Announcement>().AsNoTracking().Where(row => row.State != AnnouncementState.Published)
            .OrderBy(row => row.DraftedAt).ThenBy(row => row.Id).Take(RowsMax).ToListAsync(cancel);
        foreach (var row in open)
        {
            var whose = row.OfficeCode is null ? "the nation's announcement" : $"the announcement of {row.OfficeCode}";
            if (row.State == AnnouncementState.Draft && actor.Role is Role.National or Role.Counsel && row.Author != actor.Id)
                rows.Add(new WaitingRow($"Approve {whose}", $"/release/announcements/{row.Id}"));
            if (row.State == AnnouncementState.Approved && actor.Role is Role.National or Role.PublicAffairs)
                rows.Add(new WaitingRow($"Publish {whose}", $"/release/announcements/{row.Id}", row.EmbargoUntil));
        }
        if (actor.Role is Role.National or Role.PublicAffairs) rows.AddRange(await MovedAsync(db, cancel));
        return rows;
    }

    private async Task<IEnumerable<WaitingRow>> MovedAsync(HomewardDb db, CancellationToken cancel)
    {
        var published = await (
            from row in db.Set<Announcement>().AsNoTracking()
            join snapshot in db.Set<CountSnapshot>() on row.Snapshot equals snapshot.Id
            where row.OfficeCode == null && row.State == AnnouncementState.Published
            orderby row.PublishedAt descending, row.Id
            select new { row.Id, Snapshot = snapshot.Id, snapshot.Initiative, snapshot.AsOf }).FirstOrDefaultAsync(cancel);
        if (published is null || await operations.InitiativeAsync(db, published.Initiative, cancel) is not { } initiative) return [];
        var moves = FigureMoves.Between(await tallies.FrozenAsync(db, initiative, published.Snapshot, published.AsOf, cancel), await tallies.LiveAsync(db, initiative, cancel));
        return moves.Count == 0 ? [] : [new WaitingRow("Figures have moved since the release: draft a correction", $"/release/announcements/{published.Id}", Count: moves.Count)];
    }
}
