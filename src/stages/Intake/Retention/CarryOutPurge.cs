using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Work;
using Homeward.Intake.Reading;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Retention;

/// <summary>Work: the next step of a purge.</summary>
/// <param name="Blobs">The sealed files of the step before, whose rows are gone for good by now.</param>
internal sealed record PurgeGoesOn(Guid List, IReadOnlyList<string> Blobs);

/// <summary>Carries a purge out, some records a step, each step in one transaction with the next one's order: it can be stopped anywhere.</summary>
/// <remarks>
/// Each record is judged again when its turn comes: what was held, opened or taken up since stays. Files go in the step
/// after their rows, so that a step that is undone leaves rows and files together. After the last one it is proved.
/// </remarks>
internal sealed class CarryOutPurge(RetentionDesk desk, SealedBlobs blobs) : IListen<PurgeGoesOn>
{
    /// <summary>So few that others who write wait no longer than they would notice.</summary>
    internal const int RecordsAStep = 100;

    public async Task HearAsync(PurgeGoesOn happened, Act act, CancellationToken cancel)
    {
        var list = await act.Db.Set<PurgeList>().SingleAsync(row => row.Id == happened.List, cancel);
        // The order came twice.
        if (list.State != PurgeState.Running) return;
        // What is deleted is overwritten at once; copies that earlier moves left of it go when the file is written anew.
        if (act.Db.IsSqlite) await act.Db.Database.ExecuteSqlRawAsync("PRAGMA secure_delete = ON", cancel);
        await HoldOrder.TakeTurnAsync(act.Db, cancel);
        blobs.Destroy(happened.Blobs);
        var items = act.Db.Set<PurgeItem>().Where(row => row.ListId == list.Id);
        var step = await items.Where(row => row.State == PurgeItemState.Pending).OrderBy(row => row.Kind).ThenBy(row => row.SubjectId).Take(RecordsAStep).ToListAsync(cancel);
        if (step.Count == 0)
        {
            act.Tell(new PurgeEnds(list.Id));
            return;
        }
        foreach (var kind in step.GroupBy(item => item.Kind)) await PurgeAsync(act, list, kind.Key, [.. kind], cancel);
        act.Tell(new PurgeGoesOn(list.Id, [.. step.SelectMany(item => Lists.Split(item.Blobs))]));
    }

    private async Task PurgeAsync(Act act, PurgeList list, RetainedKind kind, List<PurgeItem> step, CancellationToken cancel)
    {
        var ids = step.ConvertAll(item => item.SubjectId);
        if (kind == RetainedKind.Report && !act.Db.IsSqlite)
            await act.Db.Database.ExecuteSqlAsync($"SELECT 1 FROM reports WHERE id = ANY ({ids}) FOR UPDATE", cancel);
        var verdicts = (await desk.JudgeAsync(act.Db, act.Now, kind, ids, cancel)).ToDictionary(verdict => verdict.Record.Id);
        foreach (var item in step)
        {
            if (!verdicts.TryGetValue(item.SubjectId, out var verdict)) (item.State, item.Kept) = (PurgeItemState.Kept, "not-there");
            else if (verdict.Stays is { } why) (item.State, item.Kept) = (PurgeItemState.Kept, why);
            else (item.State, item.PurgedAt) = (PurgeItemState.Purged, act.Now);
            act.Trace(TraceWord(kind), item.SubjectId, item.State == PurgeItemState.Purged ? $"purged;rule={item.Rule};purge={StrongId.Text(list.Id)}" : $"purge-kept={item.Kept}");
        }
        var going = step.FindAll(item => item.State == PurgeItemState.Purged);
        if (going.Count > 0) await desk.Of(kind).PurgeAsync(act, going, cancel);
    }

    /// <summary>As the trace names the kind everywhere else.</summary>
    private static string TraceWord(RetainedKind kind) => kind switch
    {
        RetainedKind.Report => "report",
        RetainedKind.Door => "door",
        RetainedKind.Arrival => "arrival",
        RetainedKind.Alert => "alert",
        RetainedKind.Reject => "reject",
    };
}
