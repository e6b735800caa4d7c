using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Homeward.Intake.Packages;
using Homeward.Intake.Reading;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Retention;

/// <summary>Receipts of dropped files, with the sealed files that belong to no report: those of a report go with the report.</summary>
internal sealed class RetainedArrivals : IRetained
{
    private const string ReportKept = "report-kept";

    public RetainedKind Kind => RetainedKind.Arrival;

    public Task<List<Guid>> NextAsync(HomewardDb db, DateTimeOffset now, Guid after, int max, CancellationToken cancel) => db.Database.SqlQuery<Guid>(
        $"""SELECT id AS "Value" FROM arrivals WHERE id > {db.Stored(after)} ORDER BY id LIMIT {max}""").ToListAsync(cancel);

    public async Task<IReadOnlyList<Standing>> StandingsAsync(
        HomewardDb db, DateTimeOffset now, IReadOnlyCollection<Guid> ids, StandingHolds holds, CancellationToken cancel)
    {
        var arrivals = await db.Set<Arrival>().AsNoTracking().Where(row => ids.Contains(row.Id)).Select(row => new { row.Id, row.At }).ToListAsync(cancel);
        // Its parts that are files without a report go with it; the others are reports that are stored, for a purged one is struck.
        var withReports = (await db.Set<ArrivalPart>().AsNoTracking().Where(row => ids.Contains(row.ArrivalId) && !row.IsFile)
            .Select(row => row.ArrivalId).Distinct().ToListAsync(cancel)).ToHashSet();
        return [.. arrivals.Select(row => new Standing(
            new Retained(Kind, row.Id, "", row.At), holds.Cover(HoldOn.Receipt, row.Id, []), [withReports.Contains(row.Id) ? ReportKept : null], [new RunningTerm(RetentionRule.Receipt, row.At)]))];
    }

    public async Task<ILookup<Guid, string>> HashesAsync(HomewardDb db, IReadOnlyCollection<Guid> ids, CancellationToken cancel) =>
        (await db.Set<ArrivalPart>().AsNoTracking().Where(part => ids.Contains(part.ArrivalId) && part.IsFile)
            .Join(db.Set<SealedFileRow>(), part => part.PartId, file => file.Id, (part, file) => new { part.ArrivalId, file.Sha256 })
            .OrderBy(row => row.Sha256).ToListAsync(cancel)).ToLookup(row => row.ArrivalId, row => row.Sha256);

    public async Task PurgeAsync(Act act, IReadOnlyList<PurgeItem> going, CancellationToken cancel)
    {
        var (db, ids) = (act.Db, going.Select(item => item.SubjectId).ToList());
        await SealedOnce.TakeTurnAsync(db, cancel);
        // A file that was dropped again lies once: it stays while another receipt names it.
        var files = await db.Set<ArrivalPart>().Where(part => part.IsFile && ids.Contains(part.ArrivalId)
                && !db.Set<ArrivalPart>().Any(other => other.PartId == part.PartId && !ids.Contains(other.ArrivalId)))
            .Join(db.Set<SealedFileRow>(), part => part.PartId, file => file.Id, (part, file) => new { part.ArrivalId, file.Id, file.Blob }).ToListAsync(cancel);
        var blobs = files.ToLookup(row => row.ArrivalId, row => row.Blob);
        foreach (var item in going) item.Blobs = Lists.Join(blobs[item.SubjectId]);
        var rows = files.ConvertAll(row => row.Id);
        await db.Set<SealedFileRow>().Where(row => rows.Contains(row.Id)).ExecuteDeleteAsync(cancel);
        await db.Set<ArrivalPart>().Where(row => ids.Contains(row.ArrivalId)).ExecuteDeleteAsync(cancel);
        await db.Set<Arrival>().Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancel);
    }

    public async Task<IReadOnlyList<PurgeFinding>> FindLeftAsync(HomewardDb db, IReadOnlyList<PurgeItem> purged, CancellationToken cancel)
    {
        var ids = purged.Select(item => item.SubjectId).ToList();
        var blobs = purged.SelectMany(item => Lists.Split(item.Blobs)).ToList();
        return
        [
            new("arrivals", await db.Set<Arrival>().CountAsync(row => ids.Contains(row.Id), cancel)),
            new("arrival_parts", await db.Set<ArrivalPart>().CountAsync(row => ids.Contains(row.ArrivalId), cancel)),
            new("sealed_files", await db.Set<SealedFileRow>().CountAsync(row => blobs.Contains(row.Blob), cancel)),
        ];
    }
}
