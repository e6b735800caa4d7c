using System.Globalization;
using Homeward.Foundations.Access;
using Homeward.Foundations.Rules;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Homeward.Intake.Packages;
using Homeward.Intake.Providers;
using Homeward.Intake.Reading;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Retention;

/// <summary>Reports: all their versions, originals, values, sealed files, and what later stages and receipts hold of them.</summary>
internal sealed class RetainedReports(RuleBook rules, IEnumerable<IReportUse> uses, Envelope envelope, ArrivalBook arrivals, TextSearch texts) : IRetained
{
    public RetainedKind Kind => RetainedKind.Report;

    public async Task<List<Guid>> NextAsync(HomewardDb db, DateTimeOffset now, Guid after, int max, CancellationToken cancel)
    {
        // Plain SQL: EF knows no order of ids by which to go on.
        var ids = await db.Database.SqlQuery<Guid>(
            $"""SELECT DISTINCT id AS "Value" FROM reports WHERE preserve_until < {Days.Utc(now)} AND id > {db.Stored(after)} ORDER BY id LIMIT {max}""").ToListAsync(cancel);
        // Those of no nexus are looked at by their own clock, which mostly ends before the provider's year.
        foreach (var use in uses) ids.AddRange((await use.NoNexusAsync(db, now.AddDays(-RetentionRule.DaysMin(rules, RetentionRule.NoNexus, now)), after, max, cancel)).Select(id => id.Value));
        // Of two lists that each begin behind the place, the first so many of both together are there. A Guid's order is that of both databases.
        return [.. ids.Distinct().Order().Take(max)];
    }

    public async Task<IReadOnlyList<Standing>> StandingsAsync(
        HomewardDb db, DateTimeOffset now, IReadOnlyCollection<Guid> ids, StandingHolds holds, CancellationToken cancel)
    {
        var asked = Ids(ids);
        var reports = (await db.Set<ReportVersion>().AsNoTracking().Where(row => asked.Contains(row.Id))
            .Select(row => new { row.Id, row.Number, row.ReceivedAt, row.PreserveUntil }).ToListAsync(cancel))
            .GroupBy(row => row.Id).Select(versions => new Retained(
                Kind, versions.Key.Value, versions.First().Number, versions.Min(row => row.ReceivedAt),
                DateOnly.ParseExact(versions.Max(row => row.PreserveUntil)!, "yyyy-MM-dd", CultureInfo.InvariantCulture))).ToList();
        var numbers = reports.ToDictionary(report => ReportId.From(report.Id), report => report.Number);
        var standings = new List<ReportStanding>();
        foreach (var use in uses) standings.AddRange(await use.StandingsAsync(db, numbers, now, cancel));
        var byReport = standings.ToLookup(standing => standing.Report.Value);
        // A receipt is struck of what goes: one that is held stays whole.
        var receipts = holds.On(HoldOn.Receipt);
        var heldByReceipt = receipts.Count == 0 ? []
            : (await db.Set<ArrivalPart>().AsNoTracking().Where(part => receipts.Contains(part.ArrivalId) && ids.Contains(part.PartId)).Select(part => part.PartId).ToListAsync(cancel)).ToHashSet();
        return [.. reports.Select(report =>
        {
            var mine = byReport[report.Id].ToList();
            return new Standing(
                report, heldByReceipt.Contains(report.Id) || holds.Cover(HoldOn.Report, report.Id, mine.SelectMany(one => one.Children)), mine.ConvertAll(one => one.Stays),
                [.. mine.Where(one => one.End is not null).Select(one => new RunningTerm(RetentionRule.NameOf(one.End!.Value), Since(one)))]);
        })];
    }

    public async Task<ILookup<Guid, string>> HashesAsync(HomewardDb db, IReadOnlyCollection<Guid> ids, CancellationToken cancel)
    {
        var asked = Ids(ids);
        return (await db.Set<ReportVersion>().AsNoTracking().Where(row => asked.Contains(row.Id)).OrderBy(row => row.Version)
            .Select(row => new { row.Id, row.Sha256 }).ToListAsync(cancel)).ToLookup(row => row.Id.Value, row => row.Sha256);
    }

    public async Task PurgeAsync(Act act, IReadOnlyList<PurgeItem> going, CancellationToken cancel)
    {
        var (db, ids) = (act.Db, Ids([.. going.Select(item => item.SubjectId)]));
        await SealedOnce.TakeTurnAsync(db, cancel);
        var versions = await db.Set<ReportVersion>().AsNoTracking().Where(row => ids.Contains(row.Id)).ToListAsync(cancel);
        foreach (var use in uses) await use.ForgetAsync(act, ids, cancel);

        var sent = await db.Set<Submission>().Where(row => row.ReportId != null && ids.Contains(row.ReportId.Value))
            .Select(row => new { Report = row.ReportId!.Value, row.Number }).ToListAsync(cancel);
        var numbers = sent.ConvertAll(row => row.Number);
        await NoteWhereAsync(db, going, ids, versions, sent.ToDictionary(row => row.Number, row => row.Report), cancel);
        var (blocks, moved) = await Originals.RemoveAsync(db, envelope, act.Ids, act.Now, ids, cancel);
        BlockTrace.Went(act, blocks);
        BlockTrace.Stored(act, moved.Select(one => (one.Block, one.Report)));
        await texts.MoveAsync(db, blocks, moved, cancel);
        foreach (var version in versions) await ReportRows.ForgetLooksAsync(db, version, cancel);
        await db.Set<ReportExtraction>().Where(row => ids.Contains(row.ReportId)).ExecuteDeleteAsync(cancel);
        await db.Set<ReportOpening>().Where(row => ids.Contains(row.ReportId)).ExecuteDeleteAsync(cancel);
        await db.Set<SealedFileRow>().Where(row => row.ReportId != null && ids.Contains(row.ReportId.Value)).ExecuteDeleteAsync(cancel);
        // That a provider sent it, when and with which hash, stays with the provider's account; what it said goes.
        await db.Set<SubmissionFile>().Where(row => numbers.Contains(row.Number)).ExecuteUpdateAsync(set => set.SetProperty(row => row.SealedName, (byte[]?)null), cancel);
        await db.Set<FileDetails>().Where(row => numbers.Contains(row.Number)).ExecuteUpdateAsync(set => set.SetProperty(row => row.Sealed, (byte[]?)null), cancel);
        await db.Set<RefusedCall>().Where(row => row.Number != null && numbers.Contains(row.Number.Value)).ExecuteUpdateAsync(set => set.SetProperty(row => row.Sealed, (byte[]?)null), cancel);
        await db.Set<ReportVersion>().Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancel);
        await arrivals.StrikeAsync(act, ids, cancel);
        act.Tell(new ReportsPurged([.. going.Select(item => new PurgedPersons(ReportId.From(item.SubjectId), item.Persons))]));
    }

    public async Task<IReadOnlyList<PurgeFinding>> FindLeftAsync(HomewardDb db, IReadOnlyList<PurgeItem> purged, CancellationToken cancel)
    {
        var ids = Ids([.. purged.Select(item => item.SubjectId)]);
        var parts = ids.ConvertAll(id => id.Value);
        var blocks = purged.SelectMany(item => Lists.Split(item.Blocks)).Distinct().Select(Guid.Parse).ToList();
        var sent = await db.Set<Submission>().Where(row => row.ReportId != null && ids.Contains(row.ReportId.Value)).Select(row => row.Number).ToListAsync(cancel);
        List<PurgeFinding> found =
        [
            new("reports", await db.Set<ReportVersion>().CountAsync(row => ids.Contains(row.Id), cancel)),
            new("report_identifiers", await db.Set<ReportIdentifierRow>().CountAsync(row => ids.Contains(row.ReportId), cancel)),
            new("report_extractions", await db.Set<ReportExtraction>().CountAsync(row => ids.Contains(row.ReportId), cancel)),
            new("report_openings", await db.Set<ReportOpening>().CountAsync(row => ids.Contains(row.ReportId), cancel)),
            new("original_blocks", await db.Set<OriginalBlock>().CountAsync(row => blocks.Contains(row.Id), cancel)),
            new("original_words", await db.Set<OriginalWords>().CountAsync(row => blocks.Contains(row.Id), cancel)),
            new("sealed_files", await db.Set<SealedFileRow>().CountAsync(row => row.ReportId != null && ids.Contains(row.ReportId.Value), cancel)),
            new("submissions: content", await db.Set<Submission>().CountAsync(row => sent.Contains(row.Number) && row.Sealed != null, cancel)),
            new("submission_files: names", await db.Set<SubmissionFile>().CountAsync(row => sent.Contains(row.Number) && row.SealedName != null, cancel)),
            new("file_details: content", await db.Set<FileDetails>().CountAsync(row => sent.Contains(row.Number) && row.Sealed != null, cancel)),
            new("refused_calls: content", await db.Set<RefusedCall>().CountAsync(row => row.Number != null && sent.Contains(row.Number.Value) && row.Sealed != null, cancel)),
            new("arrival_parts", await db.Set<ArrivalPart>().CountAsync(row => parts.Contains(row.PartId), cancel)),
        ];
        foreach (var use in uses) found.AddRange(await use.FindLeftAsync(db, ids, cancel));
        return found;
    }

    /// <summary>The blocks and sealed files in which each lies: the files go a step later, and both are looked for at the end.</summary>
    private static async Task NoteWhereAsync(HomewardDb db, IReadOnlyList<PurgeItem> going, List<ReportId> ids, List<ReportVersion> versions, Dictionary<long, ReportId> sent, CancellationToken cancel)
    {
        var blocks = versions.Select(row => (row.Id, row.BlockId)).Distinct().ToLookup(row => row.Id.Value, row => StrongId.Text(row.BlockId));
        var files = await db.Set<SealedFileRow>().Where(row => row.ReportId != null && ids.Contains(row.ReportId.Value))
            .Select(row => new { Report = row.ReportId!.Value, row.Blob }).ToListAsync(cancel);
        var numbers = sent.Keys.ToList();
        var uploads = await db.Set<SubmissionFile>().Where(row => numbers.Contains(row.Number)).Select(row => new { row.Number, row.Blob }).ToListAsync(cancel);
        var blobs = files.Select(row => (row.Report, row.Blob)).Concat(uploads.Select(row => (sent[row.Number], row.Blob)))
            .Distinct().ToLookup(row => row.Item1.Value, row => row.Blob);
        var persons = versions.GroupBy(row => row.Id.Value).ToDictionary(report => report.Key, report => StandingPersons.Most(report.Select(row => row.Parts)));
        foreach (var item in going)
            (item.Blocks, item.Blobs, item.Persons) = (Lists.Join(blocks[item.SubjectId]), Lists.Join(blobs[item.SubjectId]), persons.GetValueOrDefault(item.SubjectId));
    }

    private static DateTimeOffset Since(ReportStanding standing)
    {
        Ensure.That(standing.Since is not null, "an end without its day");
        return standing.Since.Value;
    }

    private static List<ReportId> Ids(IReadOnlyCollection<Guid> ids) => [.. ids.Select(ReportId.From)];
}
