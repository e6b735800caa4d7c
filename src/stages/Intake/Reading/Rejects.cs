using Homeward.Exchange;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Reading;

/// <summary>What could not be taken, before it is stored.</summary>
internal sealed record RejectedRecord(string Kind, string Source, string Sha256, byte[] Bytes, IReadOnlyList<Rejection> Faults);

/// <summary>Puts aside what cannot be taken, sealed and with its reason, and counts the batch.</summary>
internal static class Rejects
{
    private static readonly BulkTable _table = new(
        "rejects", "id", "kind", "source", "sha256", "at", "faults", "fault_line", "fault_column", "field", "reason", "mend", "sealed");

    /// <summary>Stores each once: the same bytes from the same place are one reject, however often they come.</summary>
    public static async Task KeepAsync(Act act, Envelope envelope, IReadOnlyList<RejectedRecord> rejected, CancellationToken cancel)
    {
        if (rejected.Count == 0) return;
        var hashes = rejected.Select(one => one.Sha256).Distinct().ToList();
        var known = (await act.Db.Set<Reject>().AsNoTracking().Where(row => hashes.Contains(row.Sha256))
            .Select(row => new { row.Source, row.Sha256 }).ToListAsync(cancel)).Select(row => (row.Source, row.Sha256)).ToHashSet();
        var rows = new List<object?[]>();
        foreach (var one in rejected)
        {
            if (!known.Add((one.Source, one.Sha256))) continue;
            var (id, first) = (act.Ids.Next(), one.Faults[0]);
            rows.Add([id, one.Kind, one.Source, one.Sha256, act.Now, one.Faults.Count, first.Line, first.Column, first.Field,
                first.Reason, first.Mend, envelope.Seal("originals", Context(id), one.Bytes)]);
            act.Trace("reject", id, $"kind={one.Kind}");
        }
        await _table.WriteAsync(act.Db, rows, cancel);
    }

    /// <summary>Counts what a batch brought.</summary>
    public static void Count(Act act, string kind, BatchReceipt receipt) => act.Db.Add(new Batch
    {
        Id = act.Ids.Next(), Kind = kind, At = act.Now, ReceivedOn = Days.Utc(act.Now), New = receipt.New,
        Versions = receipt.Versions, Repeats = receipt.Repeats, Rejected = receipt.Rejected,
    });

    private static string Context(Guid id) => $"reject/{StrongId.Text(id)}";
}
