using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Homeward.Foundations.Audit;

/// <summary>Signs where all chains stand, so that cutting off a chain's end is found as well as changing its middle.</summary>
public sealed class Checkpoints(HouseClock clock, KeyStore keys, WriteGate gate, CheckpointRecords records, ILogger<Checkpoints> log)
{
    private const int Attempts = 3;
    private bool _isTold;

    /// <summary>Writes the next checkpoint; none when nothing was added since the last. What is kept of the last beside the key is brought up to it.</summary>
    public async Task<bool> SignAsync(CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var (isNew, id, kept) = await SignOnceAsync(cancel);
                // After the commit: a record of what was rolled back would call the database cut.
                if (id is not null && kept is not null && !records.Keep(id, kept) && !_isTold)
                {
                    _isTold = true;
                    log.LogWarning("The last checkpoint could not be kept beside the key that signs: {Path}. Whoever cuts the trace in the database is then found by an export from elsewhere only.", records.PathOf(id));
                }
                return isNew;
            }
            catch (Exception fault) when (fault.IsConflict() && attempt < Attempts)
            {
                // Another node signed at the same time; what came after it is signed now.
            }
        }
    }

    /// <returns>What is to be kept, and under which name; neither where the database is behind what is kept, or beside it: that is evidence, and stays.</returns>
    private async Task<(bool IsNew, string? Id, KeptCheckpoint? Kept)> SignOnceAsync(CancellationToken cancel)
    {
        await using var pass = await gate.EnterAsync(cancel);
        var db = pass.Db;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var heads = await ReadHeadsAsync(db, cancel);
        var (first, beforeLast, last) = await EndsAsync(db, cancel);
        var id = await db.MarkAsync(HouseMark.Trace, cancel);
        var isNew = last?.Heads != heads;
        if (!isNew && id is not null && records.Read(id)?.Checkpoint.Number >= last!.Number) return (false, null, null);

        if (isNew)
        {
            var (number, at, realAt) = ((last?.Number ?? 0) + 1, clock.GetUtcNow(), clock.RealNow);
            var hash = HashOf(last?.Hash ?? new byte[32], number, at, realAt, heads);
            using var key = keys.AuditSigningKey(mayMake: last is null);
            var next = new AuditCheckpoint
            {
                Number = number, At = at, RealAt = realAt, Heads = heads, Hash = hash, Signature = key.SignHash(hash),
            };
            db.Add(next);
            await db.SaveChangesAsync(cancel);
            (first, beforeLast, last) = (first ?? next, last, next);
        }
        var began = Convert.ToHexStringLower(first!.Hash);
        id ??= await db.KeepMarkAsync(HouseMark.Trace, records.ThatBeganWith(began).Select(one => one.Id).FirstOrDefault() ?? CheckpointRecords.NewId(), cancel);
        var follows = records.Read(id)?.Checkpoint is not { } known || await db.Set<AuditCheckpoint>().AnyAsync(row => row.Number == known.Number && row.Hash == known.Hash, cancel);
        await transaction.CommitAsync(cancel);
        return (isNew, id, follows ? new KeptCheckpoint(began, beforeLast?.Hash ?? new byte[32], last!) : null);
    }

    private static async Task<(AuditCheckpoint? First, AuditCheckpoint? BeforeLast, AuditCheckpoint? Last)> EndsAsync(HomewardDb db, CancellationToken cancel)
    {
        var rows = db.Set<AuditCheckpoint>().AsNoTracking();
        var ends = await rows.OrderByDescending(row => row.Number).Take(2).ToListAsync(cancel);
        return (await rows.OrderBy(row => row.Number).FirstOrDefaultAsync(cancel), ends.ElementAtOrDefault(1), ends.ElementAtOrDefault(0));
    }

    internal static byte[] HashOf(byte[] previous, long number, DateTimeOffset at, DateTimeOffset realAt, string heads) =>
        SHA256.HashData([.. previous, .. Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{number}\n{Instants.Iso(at)}\n{Instants.Iso(realAt)}\n{heads}"))]);

    private static async Task<string> ReadHeadsAsync(HomewardDb db, CancellationToken cancel)
    {
        const string sql = """
            SELECT e.chain, e.seq, e.hash FROM audit_entries e
            JOIN (SELECT chain, MAX(seq) AS seq FROM audit_entries GROUP BY chain) h ON h.chain = e.chain AND h.seq = e.seq
            ORDER BY e.chain
            """;
        var rows = await db.Connection().QueryAsync<(string Chain, long Seq, byte[] Hash)>(
            new CommandDefinition(sql, transaction: db.Transaction(), cancellationToken: cancel));
        return string.Join('\n', rows.Select(row => string.Create(
            CultureInfo.InvariantCulture, $"{row.Chain} {row.Seq} {Convert.ToHexStringLower(row.Hash)}")));
    }
}
