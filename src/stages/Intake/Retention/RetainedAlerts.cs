using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Retention;

/// <summary>AMBER alerts with all their messages and decisions. One that lies beside an entry stays while its child is sought.</summary>
internal sealed class RetainedAlerts : IRetained
{
    private const string ChildSought = "child-sought";

    public RetainedKind Kind => RetainedKind.Alert;

    public Task<List<Guid>> NextAsync(HomewardDb db, DateTimeOffset now, Guid after, int max, CancellationToken cancel) => db.Database.SqlQuery<Guid>(
        // What turned out to be part of another goes with that one.
        $"""SELECT id AS "Value" FROM alerts WHERE part_of IS NULL AND id > {db.Stored(after)} ORDER BY id LIMIT {max}""").ToListAsync(cancel);

    public async Task<IReadOnlyList<Standing>> StandingsAsync(
        HomewardDb db, DateTimeOffset now, IReadOnlyCollection<Guid> ids, StandingHolds holds, CancellationToken cancel)
    {
        var asked = Ids(ids);
        var alerts = await db.Set<Alert>().AsNoTracking().Where(row => asked.Contains(row.Id)).ToListAsync(cancel);
        var entryIds = alerts.Select(row => row.EntryId).OfType<EntryId>().ToList();
        var entries = await db.Set<Entry>().AsNoTracking().Where(row => entryIds.Contains(row.Id))
            .Select(row => new { row.Id, row.Record, row.State, row.ReceivedAt }).ToDictionaryAsync(row => row.Id, cancel);
        var messages = (await db.Set<AlertMessage>().AsNoTracking().Where(row => asked.Contains(row.AlertId)).Select(row => new { row.AlertId, row.ReceivedAt })
            .ToListAsync(cancel)).ToLookup(row => row.AlertId, row => row.ReceivedAt);
        var held = await WholesAsync(db, holds.On(HoldOn.Alert), cancel);
        var decisions = (await db.Set<AlertDecision>().AsNoTracking().Where(row => asked.Contains(row.AlertId)).Select(row => new { row.AlertId, row.At })
            .ToListAsync(cancel)).ToLookup(row => row.AlertId, row => row.At);
        return [.. alerts.Select(alert =>
        {
            var entry = alert.EntryId is { } id ? entries.GetValueOrDefault(id) : null;
            var last = messages[alert.Id].Concat(decisions[alert.Id]).Append(alert.ReceivedAt).Max();
            if (entry is not null && entry.ReceivedAt > last) last = entry.ReceivedAt;
            return new Standing(
                new Retained(Kind, alert.Id.Value, "", alert.ReceivedAt), held.Contains(alert.Id) || (entry is not null && holds.CoverChild([entry.Record])),
                [alert.IsWaiting ? RetentionRule.Unreviewed : null, entry is { State: EntryState.Entered or EntryState.Modified } ? ChildSought : null],
                [new RunningTerm(RetentionRule.Alert, last)]);
        })];
    }

    /// <summary>The alerts themselves, and those of which they turned out to be part, before or after they were held.</summary>
    private static async Task<HashSet<AlertId>> WholesAsync(HomewardDb db, IReadOnlyList<Guid> held, CancellationToken cancel)
    {
        var (found, parts) = (new HashSet<AlertId>(Ids(held)), Ids(held));
        while (parts.Count > 0)
            parts = (await db.Set<Alert>().Where(row => row.PartOf != null && parts.Contains(row.Id)).Select(row => row.PartOf!.Value).ToListAsync(cancel)).FindAll(found.Add);
        return found;
    }

    public async Task<ILookup<Guid, string>> HashesAsync(HomewardDb db, IReadOnlyCollection<Guid> ids, CancellationToken cancel)
    {
        var asked = Ids(ids);
        return (await db.Set<AlertMessage>().AsNoTracking().Where(row => asked.Contains(row.AlertId)).OrderBy(row => row.SentAt).ThenBy(row => row.Id)
            .Select(row => new { row.AlertId, row.Sha256 }).ToListAsync(cancel)).ToLookup(row => row.AlertId.Value, row => row.Sha256);
    }

    public async Task PurgeAsync(Act act, IReadOnlyList<PurgeItem> going, CancellationToken cancel)
    {
        var db = act.Db;
        var ids = Ids([.. going.Select(item => item.SubjectId)]);
        // Those that were joined into it, and into those: their messages lie with it already.
        for (var parts = ids; parts.Count > 0; ids = [.. ids, .. parts])
        {
            var above = parts;
            parts = await db.Set<Alert>().Where(row => row.PartOf != null && above.Contains(row.PartOf.Value)).Select(row => row.Id).ToListAsync(cancel);
        }
        await db.Set<AlertMessage>().Where(row => ids.Contains(row.AlertId)).ExecuteDeleteAsync(cancel);
        await db.Set<AlertKey>().Where(row => ids.Contains(row.AlertId)).ExecuteDeleteAsync(cancel);
        await db.Set<AlertPlate>().Where(row => ids.Contains(row.AlertId)).ExecuteDeleteAsync(cancel);
        await db.Set<AlertDecision>().Where(row => ids.Contains(row.AlertId)).ExecuteDeleteAsync(cancel);
        await db.Set<Alert>().Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancel);
    }

    public async Task<IReadOnlyList<PurgeFinding>> FindLeftAsync(HomewardDb db, IReadOnlyList<PurgeItem> purged, CancellationToken cancel)
    {
        var ids = Ids([.. purged.Select(item => item.SubjectId)]);
        return
        [
            new("alerts", await db.Set<Alert>().CountAsync(row => ids.Contains(row.Id) || (row.PartOf != null && ids.Contains(row.PartOf.Value)), cancel)),
            new("alert_messages", await db.Set<AlertMessage>().CountAsync(row => ids.Contains(row.AlertId), cancel)),
            new("alert_keys", await db.Set<AlertKey>().CountAsync(row => ids.Contains(row.AlertId), cancel)),
            new("alert_plates", await db.Set<AlertPlate>().CountAsync(row => ids.Contains(row.AlertId), cancel)),
            new("alert_decisions", await db.Set<AlertDecision>().CountAsync(row => ids.Contains(row.AlertId), cancel)),
        ];
    }

    private static List<AlertId> Ids(IReadOnlyCollection<Guid> ids) => [.. ids.Select(AlertId.From)];
}
