using Homeward.Foundations.Access;
using Homeward.Foundations.Places;
using Homeward.Kernel;
using Homeward.Operations;
using Homeward.Release.Model;
using Homeward.Release.Wording;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Release;

/// <summary>An announcement with its text, where it stands, and what the check says of it.</summary>
public static class ShowAnnouncement
{
    public sealed record Request(AnnouncementId Id);

    /// <param name="Faults">What the text check refuses, while it is a draft.</param>
    /// <param name="CorrectedBy">A published correction of this one.</param>
    public sealed record Page(
        AnnouncementId Id, string Initiative, string? Office, AnnouncementState State, bool Exercise, ReleaseText Text, DateTimeOffset DraftedAt,
        DateTimeOffset? ApprovedAt, DateTimeOffset? PublishedAt, DateTimeOffset? EmbargoUntil, DateTimeOffset AsOf, string SnapshotHash,
        SnapshotId Snapshot, AnnouncementId? Corrects, AnnouncementId? CorrectedBy, IReadOnlyList<string> Faults, bool IsAuthor);

    internal sealed class Handler(IOperations operations, Drafting drafting, CheckFacts facts) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var row = await act.Db.Set<Announcement>().SingleOrDefaultAsync(one => one.Id == request.Id, cancel);
            // Before it is out, an office reads its own draft only: the nation's is under embargo.
            var isForAll = row?.State == AnnouncementState.Published || act.Actor.Role is Role.National or Role.PublicAffairs or Role.Counsel or Role.Auditor;
            if (row is null || (!isForAll && (row.OfficeCode is null || row.OfficeCode != act.Actor.Office))
                || await operations.InitiativeAsync(act.Db, row.Initiative, cancel) is not { } initiative)
                return Problem.Missing("There is no such announcement for you.");
            var snapshot = await act.Db.Set<CountSnapshot>().SingleAsync(one => one.Id == row.Snapshot, cancel);
            var correctedBy = await act.Db.Set<Announcement>().Where(one => one.Corrects == row.Id && one.State == AnnouncementState.Published)
                .OrderByDescending(one => one.PublishedAt).ThenBy(one => one.Id).Select(one => (AnnouncementId?)one.Id).FirstOrDefaultAsync(cancel);
            var text = drafting.TextOf(row);
            var faults = row.State == AnnouncementState.Draft && await facts.OfAsync(act, row, text, cancel) is { } against ? TextCheck.Faults(text.Whole, against) : [];
            act.Trace("announcement", row.Id.Value, "read");
            return new Page(row.Id, initiative.Name, row.OfficeCode, row.State, initiative.Exercise, text, row.DraftedAt, row.ApprovedAt, row.PublishedAt,
                row.EmbargoUntil, snapshot.AsOf, snapshot.Hash, snapshot.Id, row.Corrects, correctedBy, faults, row.Author == act.Actor.Id);
        }
    }
}

/// <summary>The announcements of an initiative, newest first.</summary>
public static class ListAnnouncements
{
    private const int RowsMax = 200;
    /// <param name="Office">Only those of this office: code, name or alias on the dates of the initiative. All when left out.</param>
    public sealed record Request(string? Initiative = null, string? Office = null);
    public sealed record Row(AnnouncementId Id, string? Office, AnnouncementState State, DateTimeOffset DraftedAt, DateTimeOffset? PublishedAt, bool IsCorrection);
    public sealed record Frozen(SnapshotId Id, DateTimeOffset AsOf, string Hash);
    public sealed record Page(string? Initiative, IReadOnlyList<Row> Rows, IReadOnlyList<Frozen> Snapshots);

    internal sealed class Handler(IOperations operations) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var found = await Chosen.InitiativeAsync(operations, act, request.Initiative, cancel);
            if (!found.TryGet(out var initiative, out _)) return new Page(null, [], []);
            var rows = act.Db.Set<Announcement>().Where(row => row.Initiative == initiative.Id);
            if (act.Actor.Role is not (Role.National or Role.PublicAffairs or Role.Counsel or Role.Auditor))
                rows = rows.Where(row => row.State == AnnouncementState.Published || (row.OfficeCode != null && row.OfficeCode == act.Actor.Office));
            if (request.Office is { } named)
            {
                if (!Gazetteer.Default.ResolveOffice(named, initiative.From, initiative.To).TryGet(out var office, out var unknown)) return unknown;
                rows = rows.Where(row => row.OfficeCode == office.Code);
            }
            var shown = await rows.OrderByDescending(row => row.DraftedAt).ThenBy(row => row.Id).Take(RowsMax)
                .Select(row => new Row(row.Id, row.OfficeCode, row.State, row.DraftedAt, row.PublishedAt, row.Corrects != null)).ToListAsync(cancel);
            var snapshots = await act.Db.Set<CountSnapshot>().Where(row => row.Initiative == initiative.Id).OrderByDescending(row => row.FrozenAt).ThenBy(row => row.Id)
                .Take(RowsMax).Select(row => new Frozen(row.Id, row.AsOf, row.Hash)).ToListAsync(cancel);
            act.Trace("initiative", initiative.Id.Value, "announcements");
            return new Page(initiative.Name, shown, snapshots);
        }
    }
}
