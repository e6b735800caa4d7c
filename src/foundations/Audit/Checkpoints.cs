using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Foundations.Audit;

/// <summary>Signs where all chains stand, so that cutting off a chain's end is found as well as changing its middle.</summary>
public sealed class Checkpoints(HouseClock clock, KeyStore keys, WriteGate gate)
{
    /// <summary>Writes the next checkpoint; none when nothing was added since the last.</summary>
    public async Task<bool> SignAsync(CancellationToken cancel)
    {
        await using (var pass = await gate.EnterAsync(cancel))
        {
            var db = pass.Db;
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            var heads = await ReadHeadsAsync(db, cancel);
            var last = await db.Set<AuditCheckpoint>().OrderByDescending(row => row.Number).FirstOrDefaultAsync(cancel);
            if (last?.Heads == heads) return false;

            var (number, at, realAt) = ((last?.Number ?? 0) + 1, clock.GetUtcNow(), clock.RealNow);
            var hash = HashOf(last?.Hash ?? new byte[32], number, at, realAt, heads);
            using var key = keys.AuditSigningKey(mayMake: last is null);
            db.Add(new AuditCheckpoint
            {
                Number = number, At = at, RealAt = realAt, Heads = heads, Hash = hash, Signature = key.SignHash(hash),
            });
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            return true;
        }
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
