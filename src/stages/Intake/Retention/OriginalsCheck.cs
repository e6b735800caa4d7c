using Homeward.Foundations.Audit;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Intake.Retention;

/// <summary>Opens every block of originals and holds it against the rows of its reports and against the trace.</summary>
/// <remarks>
/// Blocks are never changed: what an intake adds meanwhile comes later in the order of ids, and what a purge takes away is looked
/// for once more before it is told as missing. So it can run beside a house that serves.
/// </remarks>
internal sealed class OriginalsCheck(IServiceProvider services, Envelope envelope)
{
    /// <summary>Up to 32 000 rows of reports at a time. Reports are not indexed by block: each step is a scan of them.</summary>
    private const int BlocksAtOnce = 500;
    private const int NumbersNamed = 3;
    private const string Restore = "Restore it from a backup. Where no block opens, it is the key that is another's: originals.key in the key folder.";

    private sealed record Held(Guid Block, int Offset, int Bytes, string Number, int Version, string Sha256);

    public async Task RunAsync(ContentFaults faults, Action<string> tell, CancellationToken cancel)
    {
        var of = await WithDbAsync(db => db.Set<OriginalBlock>().LongCountAsync(cancel));
        var last = Guid.Empty;
        while (await StepAsync(last, faults, cancel) is { } next)
        {
            last = next;
            tell($"{faults.Originals} originals in {faults.Blocks} of {of} blocks, {faults.Broken} faults");
        }
        await WithDbAsync(async db =>
        {
            await MissingAsync(db, faults, cancel);
            return 0;
        });
    }

    /// <returns>The last block of the step; null when there was none left.</returns>
    private Task<Guid?> StepAsync(Guid after, ContentFaults faults, CancellationToken cancel) => WithDbAsync<Guid?>(async db =>
    {
        // Plain SQL: EF knows no order of ids by which to go on.
        var blocks = await db.Database.SqlQuery<Guid>(
            $"""SELECT id AS "Value" FROM original_blocks WHERE id > {db.Stored(after)} ORDER BY id LIMIT {BlocksAtOnce}""").ToListAsync(cancel);
        if (blocks.Count == 0) return null;
        var held = (await db.Set<ReportVersion>().AsNoTracking().Where(row => blocks.Contains(row.BlockId))
            .Select(row => new Held(row.BlockId, row.BlockOffset, row.Bytes, row.Number, row.Version, row.Sha256)).ToListAsync(cancel)).ToLookup(row => row.Block);
        var traced = (await db.Set<AuditEntry>().AsNoTracking()
            .Where(entry => blocks.Contains(entry.SubjectId) && entry.SubjectType == BlockTrace.Subject && entry.Outcome == "done" && entry.Codes.StartsWith(BlockTrace.StoredWord))
            .Select(entry => new { entry.SubjectId, entry.Codes }).ToListAsync(cancel)).ToLookup(entry => entry.SubjectId, entry => entry.Codes);
        foreach (var block in blocks)
        {
            var opened = await Originals.OpenBlockAsync(db, envelope, block, cancel);
            List<Held> rows = [.. held[block].OrderBy(row => row.Offset)];
            var broken = FaultsOf(block, opened, rows, traced[block].FirstOrDefault()).ToList();
            // Gone since it was listed: where no purge took it, it is told with the missing ones.
            if (broken.Count > 0 && !await db.Set<OriginalBlock>().AnyAsync(row => row.Id == block, cancel)) continue;
            faults.Blocks++;
            faults.Originals += rows.Count;
            foreach (var fault in broken) faults.Add(fault);
        }
        return blocks[^1];
    });

    private static IEnumerable<VerifyContents.Fault> FaultsOf(Guid block, OpenedBlock opened, List<Held> held, string? traced)
    {
        var name = $"block {StrongId.Text(block)}";
        if (opened.State != BlockState.Whole) yield return new($"{name} with {Numbers(held.Count, held.Take(NumbersNamed).Select(row => row.Number))}", "does not open: what is stored was changed or damaged.", Restore);
        else
        {
            foreach (var row in held)
            {
                var where = $"report {row.Number}, version {row.Version}, in {name}";
                if (opened.Cut(row.Offset, row.Bytes) is not { } original) yield return new(where, "its row names a place that is not in the block: place or length was changed.", "Restore the row from a backup.");
                else if (!SameHash(original, row.Sha256)) yield return new(where, "its original is not the one whose hash stands in its row: hash, place, length or original was changed.", "Restore row and block from a backup.");
            }
        }
        if (traced is null || BlockTrace.Read(traced) is not { } stored)
            yield return new(name, "is not in the trace: the house did not store it.", "Find out who put it there; restore the database from a backup.");
        else if (stored.Sha256 != BlockTrace.HashOf(held.Select(row => (row.Number, row.Version, row.Sha256))))
            yield return new(name, $"the rows of its reports are not what the trace says was stored: it held {stored.Reports}, and {held.Count} stand in it. A number, a version, a hash or a place was changed, or a row removed.", "Restore the rows of its reports from a backup.");
    }

    private static bool SameHash(byte[] original, string sha256) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(original)) == sha256;

    /// <summary>Blocks that reports name, or that the trace says were stored, and that are not there though no purge took them.</summary>
    private static async Task MissingAsync(HomewardDb db, ContentFaults faults, CancellationToken cancel)
    {
        var named = new HashSet<Guid>();
        var missing = db.Set<ReportVersion>().AsNoTracking().Where(row => !db.Set<OriginalBlock>().Any(block => block.Id == row.BlockId))
            .GroupBy(row => row.BlockId).Select(block => new { block.Key, Count = block.Count(), Number = block.Min(row => row.Number) });
        await foreach (var block in missing.AsAsyncEnumerable().WithCancellation(cancel))
        {
            named.Add(block.Key);
            faults.Add(new($"block {StrongId.Text(block.Key)} with {Numbers(block.Count, [block.Number!])}", "is not there, and its reports are.", Restore));
        }
        var entries = db.Set<AuditEntry>().AsNoTracking().Where(entry => entry.SubjectType == BlockTrace.Subject && entry.Outcome == "done");
        var untold = entries.Where(entry => entry.Codes.StartsWith(BlockTrace.StoredWord) && !db.Set<OriginalBlock>().Any(block => block.Id == entry.SubjectId)
            && !entries.Any(other => other.SubjectId == entry.SubjectId && other.Codes == BlockTrace.WentWord)).Select(entry => new { entry.SubjectId, entry.Codes });
        await foreach (var block in untold.AsAsyncEnumerable().WithCancellation(cancel))
            if (!named.Contains(block.SubjectId))
                faults.Add(new($"block {StrongId.Text(block.SubjectId)}", $"was stored with {BlockTrace.Read(block.Codes)?.Reports} reports, as the trace says, and neither it nor they are there, though no purge took them.", "Restore block and reports from a backup."));
    }

    private static string Numbers(int count, IEnumerable<string> first) => count switch
    {
        0 => "no reports",
        1 => $"report {first.First()}",
        _ => $"{count} reports ({string.Join(", ", first)}{(count > first.Count() ? ", …" : "")})",
    };

    private async Task<T> WithDbAsync<T>(Func<HomewardDb, Task<T>> read)
    {
        await using var scope = services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<HomewardDb>());
    }
}
