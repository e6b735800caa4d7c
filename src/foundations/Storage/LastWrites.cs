using System.Diagnostics;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Homeward.Foundations.Storage;

/// <summary>What an act writes last goes to PostgreSQL together with its commit: one question and one answer, where each write would be one.</summary>
/// <remarks>For one transaction. If one of them fails nothing after it is done, the commit neither.</remarks>
internal sealed class LastWrites
{
    private readonly List<(NpgsqlBatchCommand Insert, int Rows)> _inserts = [];

    /// <param name="rows">So many are written by it.</param>
    public void Add(NpgsqlBatchCommand insert, int rows) => _inserts.Add((insert, rows));

    /// <summary>Commits, with what was to be written last. The transaction is over then, whoever began it.</summary>
    public async Task CommitAsync(HomewardDb db, IDbContextTransaction transaction, CancellationToken cancel)
    {
        if (_inserts.Count == 0)
        {
            await transaction.CommitHereAsync(cancel);
            return;
        }
        await using var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection());
        foreach (var (insert, _) in _inserts) batch.BatchCommands.Add(insert);
        batch.BatchCommands.Add(new("COMMIT"));
        var (started, asked) = (TimeProvider.System.GetUtcNow(), Stopwatch.GetTimestamp());
        await batch.ExecuteHereAsync(cancel);
        // EF did not see it, and whoever listens there for commits hears of this one too.
        await db.GetService<IDiagnosticsLogger<DbLoggerCategory.Database.Transaction>>().TransactionCommittedAsync(
            db.GetService<IRelationalConnection>(), transaction.GetDbTransaction(), transaction.TransactionId, started, Stopwatch.GetElapsedTime(asked), cancel);
        foreach (var (insert, rows) in _inserts) Ensure.That(insert.Rows == (ulong)rows);
    }
}
