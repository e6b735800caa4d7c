using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Kernel;
using Homeward.Operations;
using Homeward.Outcomes;
using Homeward.Release.Counting;
using Homeward.Release.Model;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Release;

/// <summary>Lets an approved announcement out, once its embargo is over; an office's never before the nation's .</summary>
public static class PublishAnnouncement
{
    public sealed record Request(AnnouncementId Id);
    public sealed record Receipt(AnnouncementId Id, DateTimeOffset PublishedAt);

    internal sealed class Handler(IOperations operations) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var announcement = await act.Db.Set<Announcement>().SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            if (announcement is null || await operations.InitiativeAsync(act.Db, announcement.Initiative, cancel) is not { } initiative)
                return Problem.Missing("There is no such announcement.");
            if (announcement.State == AnnouncementState.Published) return Problem.Conflict("published", "This is out already.", "To change it, publish a correction.");
            if (announcement.State != AnnouncementState.Approved) return Problem.Of("not-approved", "Nobody has approved this.", "Have counsel or the nation approve it.");
            if (announcement.EmbargoUntil is { } until && act.Now < until)
                return Problem.Of("embargo", $"Not before {Instants.Iso(until)}.", "Wait until the embargo is over.");
            if (DateOnly.FromDateTime(act.Now.UtcDateTime) < initiative.From)
                return Problem.Of("before-start", "The initiative has not begun.", "Check the dates.");
            if (announcement.OfficeCode is not null && !await act.Db.Set<Announcement>().AnyAsync(row => row.Initiative == initiative.Id
                && row.OfficeCode == null && row.State == AnnouncementState.Published, cancel))
                return Problem.Of("national-first", "The nation has not announced yet.", "An office goes out after the nation.");
            (announcement.State, announcement.PublishedAt, announcement.Revision) = (AnnouncementState.Published, act.Now, act.Ids.Next());
            act.Trace("announcement", announcement.Id.Value, "published");
            return new Receipt(announcement.Id, act.Now);
        }
    }
}

/// <summary>Drafts a correction: a new dated release that states old, new and why. The old one stays readable .</summary>
public static class CorrectAnnouncement
{
    /// <param name="Snapshot">The new count; the old announcement keeps its own.</param>
    public sealed record Request(AnnouncementId Id, SnapshotId Snapshot, [Required, MinLength(10), MaxLength(2000)] string Why);
    public sealed record Receipt(AnnouncementId Id, IReadOnlyList<FigureMove> Moves);

    internal sealed class Handler(Drafting drafting, IOperations operations, ITally tallies) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var earlier = await act.Db.Set<Announcement>().SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            if (earlier is null || await operations.InitiativeAsync(act.Db, earlier.Initiative, cancel) is not { } initiative)
                return Problem.Missing("There is no such announcement.");
            if (earlier.State != AnnouncementState.Published) return Problem.Of("not-published", "This is not out yet.", "Draft it again instead.");
            var snapshots = await act.Db.Set<CountSnapshot>().Where(row => row.Id == earlier.Snapshot || row.Id == request.Snapshot).ToListAsync(cancel);
            if (snapshots.SingleOrDefault(row => row.Id == request.Snapshot && row.Initiative == initiative.Id) is not { } now)
                return Problem.Missing("There is no such snapshot of this initiative.");
            var was = snapshots.Single(row => row.Id == earlier.Snapshot);
            var printed = drafting.TextOf(earlier).Figures.Where(figure => figure.Text is not null).Select(figure => figure.Measure).ToHashSet(StringComparer.Ordinal);
            var office = earlier.OfficeCode;
            var (before, after) = (await tallies.CountAsync(act.Db, initiative, was.AsOf, cancel), await tallies.CountAsync(act.Db, initiative, now.AsOf, cancel));
            var scope = office is null ? FigureMoves.Nation : (after.Office(office) ?? before.Office(office))?.WrittenAs;
            var moves = FigureMoves.Between(before, after).Where(move => move.Scope == scope && printed.Contains(move.Measure)).ToList();
            if (moves.Count == 0) return Problem.Of("nothing-moved", "No printed figure has moved.", "There is nothing to correct.");
            var stated = string.Join(' ', moves.Select(move => $"{Measures.Title(move.Measure)}: was {Say(move.Old)}, is {Say(move.New)}."));
            var drafted = await drafting.DraftAsync(act, new DraftAnnouncement.Request(request.Snapshot, office, earlier.SmallCells),
                earlier, $"Correction of the announcement of {Instants.Iso(earlier.PublishedAt!.Value)}. {stated} Reason: {request.Why}", cancel);
            return drafted.TryGet(out var announcement, out var problem) ? new Receipt(announcement.Id, moves) : problem;
        }

        private static string Say(int? value) => value?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "not reported";
    }
}
