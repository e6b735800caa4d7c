using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Intake.Model;
using Homeward.Intake.Providers;
using Homeward.Intake.Reading;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Retention;

/// <summary>Carries a purge out, some reports a step, each step in one transaction with the next one's order: it can be stopped anywhere.</summary>
/// <remarks>
/// Each report is judged again when its turn comes: what was held, opened or taken up since stays. Files go in the step
/// after their rows, so that a step that is undone leaves rows and files together. The last step looks for everything
/// that went and writes what it found.
/// </remarks>
internal sealed class CarryOutPurge(RetentionDesk desk, IEnumerable<IReportUse> uses, Envelope envelope, SealedBlobs blobs, PurgeProof proof)
    : IListen<PurgeGoesOn>
{
    /// <summary>So few that others who write wait no longer than they would notice.</summary>
    internal const int ReportsAStep = 100;

    public async Task HearAsync(PurgeGoesOn happened, Act act, CancellationToken cancel)
    {
        var list = await act.Db.Set<PurgeList>().SingleAsync(row => row.Id == happened.List, cancel);
        // The order came twice.
        if (list.State != PurgeState.Running) return;
        // What is deleted is overwritten and not only let go of.
        if (act.Db.IsSqlite) await act.Db.Database.ExecuteSqlRawAsync("PRAGMA secure_delete = ON", cancel);
        await HoldOrder.TakeTurnAsync(act.Db, cancel);
        foreach (var blob in happened.Blobs) blobs.Destroy(blob);
        var items = act.Db.Set<PurgeItem>().Where(row => row.ListId == list.Id);
        var step = await items.Where(row => row.State == PurgeItemState.Pending).OrderBy(row => row.ReportId).Take(ReportsAStep).ToListAsync(cancel);
        if (step.Count == 0)
        {
            await proof.WriteAsync(act, list, await items.AsNoTracking().OrderBy(row => row.ReportId).ToListAsync(cancel), cancel);
            return;
        }
        await PurgeAsync(act, list, step, cancel);
        act.Tell(new PurgeGoesOn(list.Id, [.. step.SelectMany(item => Lists.Split(item.Blobs))]));
    }

    private async Task PurgeAsync(Act act, PurgeList list, List<PurgeItem> step, CancellationToken cancel)
    {
        var asked = step.ConvertAll(item => item.ReportId);
        if (!act.Db.IsSqlite)
            await act.Db.Database.ExecuteSqlAsync($"SELECT 1 FROM reports WHERE id = ANY ({asked.ConvertAll(id => id.Value)}) FOR UPDATE", cancel);
        var verdicts = (await desk.JudgeAsync(act.Db, act.Now, asked, cancel)).ToDictionary(verdict => verdict.Report.Id);
        foreach (var item in step)
        {
            if (!verdicts.TryGetValue(item.ReportId, out var verdict)) (item.State, item.Kept) = (PurgeItemState.Kept, "not-there");
            else if (verdict.Stays is { } why) (item.State, item.Kept) = (PurgeItemState.Kept, why);
            else (item.State, item.PurgedAt) = (PurgeItemState.Purged, act.Now);
            act.Trace("report", item.ReportId.Value, item.State == PurgeItemState.Purged ? $"purged;rule={item.Rule};purge={StrongId.Text(list.Id)}" : $"purge-kept={item.Kept}");
        }
        var going = step.Where(item => item.State == PurgeItemState.Purged).ToList();
        if (going.Count == 0) return;
        var ids = going.ConvertAll(item => item.ReportId);
        var persons = await act.Db.Set<ReportPersonRow>().Where(row => ids.Contains(row.ReportId)).MaxAsync(row => (int?)row.Ordinal, cancel) + 1 ?? 0;
        foreach (var use in uses) await use.ForgetAsync(act, ids, cancel);
        await ForgetAsync(act, going, ids, cancel);
        act.Tell(new ReportsPurged(ids, persons));
    }

    private async Task ForgetAsync(Act act, List<PurgeItem> going, List<ReportId> ids, CancellationToken cancel)
    {
        var db = act.Db;
        var blocks = (await db.Set<ReportVersion>().Where(row => ids.Contains(row.Id)).Select(row => new { row.Id, row.BlockId }).Distinct().ToListAsync(cancel))
            .ToLookup(row => row.Id, row => StrongId.Text(row.BlockId));
        var files = await db.Set<SealedFileRow>().Where(row => row.ReportId != null && ids.Contains(row.ReportId.Value))
            .Select(row => new { Report = row.ReportId!.Value, row.Blob }).ToListAsync(cancel);
        var sent = await db.Set<Submission>().Where(row => row.ReportId != null && ids.Contains(row.ReportId.Value))
            .Select(row => new { Report = row.ReportId!.Value, row.Number }).ToListAsync(cancel);
        var numbers = sent.ConvertAll(row => row.Number);
        var uploads = await db.Set<SubmissionFile>().Where(row => numbers.Contains(row.Number)).Select(row => new { row.Number, row.Blob }).ToListAsync(cancel);
        var reportOf = sent.ToDictionary(row => row.Number, row => row.Report);
        var names = files.Select(row => (row.Report, row.Blob)).Concat(uploads.Select(row => (reportOf[row.Number], row.Blob)))
            .Distinct().ToLookup(row => row.Item1, row => row.Blob);
        foreach (var item in going) (item.Blocks, item.Blobs) = (Lists.Join(blocks[item.ReportId]), Lists.Join(names[item.ReportId]));

        await Originals.RemoveAsync(db, envelope, act.Ids, act.Now, ids, cancel);
        await db.Set<ReportPersonRow>().Where(row => ids.Contains(row.ReportId)).ExecuteDeleteAsync(cancel);
        await db.Set<ReportIdentifierRow>().Where(row => ids.Contains(row.ReportId)).ExecuteDeleteAsync(cancel);
        await db.Set<ReportFileRow>().Where(row => ids.Contains(row.ReportId)).ExecuteDeleteAsync(cancel);
        await db.Set<ReportOpening>().Where(row => ids.Contains(row.ReportId)).ExecuteDeleteAsync(cancel);
        await db.Set<SealedFileRow>().Where(row => row.ReportId != null && ids.Contains(row.ReportId.Value)).ExecuteDeleteAsync(cancel);
        // That a provider sent it, when and with which hash, stays with the provider's account; what it said goes.
        await db.Set<SubmissionFile>().Where(row => numbers.Contains(row.Number)).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.SealedName, (byte[]?)null).SetProperty(row => row.Details, (byte[]?)null), cancel);
        await db.Set<ReportVersion>().Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancel);
    }
}
