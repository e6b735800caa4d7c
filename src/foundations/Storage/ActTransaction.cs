using System.Diagnostics;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Homeward.Foundations.Storage;

/// <summary>The transaction of an act. What the act writes last goes to PostgreSQL together with its commit: one question and one answer, where each write would be one.</summary>
/// <remarks>If one of them fails nothing after it is done, the commit neither. Not committed, all is rolled back when it is disposed.</remarks>
internal sealed class ActTransaction : IAsyncDisposable
{
    private readonly HomewardDb _db;
    private readonly IDbContextTransaction _transaction;
    private readonly List<(NpgsqlBatchCommand Insert, int Rows)> _last = [];

    private ActTransaction(HomewardDb db, IDbContextTransaction transaction) => (_db, _transaction) = (db, transaction);

    public static async Task<ActTransaction> BeginAsync(HomewardDb db, CancellationToken cancel) =>
        db.Act = new(db, await db.Database.BeginTransactionAsync(cancel));

    /// <param name="rows">So many are written by it.</param>
    public void WriteLast(NpgsqlBatchCommand insert, int rows) => _last.Add((insert, rows));

    public async Task CommitAsync(CancellationToken cancel)
    {
        if (_last.Count == 0)
        {
            await _transaction.CommitHereAsync(cancel);
            return;
        }
        await using var batch = new NpgsqlBatch((NpgsqlConnection)_db.Database.GetDbConnection());
        foreach (var (insert, _) in _last) batch.BatchCommands.Add(insert);
        batch.BatchCommands.Add(new("COMMIT"));
        var (started, asked) = (TimeProvider.System.GetUtcNow(), Stopwatch.GetTimestamp());
        await batch.ExecuteHereAsync(cancel);
        // EF did not see it, and whoever listens there for commits hears of this one too.
        await _db.GetService<IDiagnosticsLogger<DbLoggerCategory.Database.Transaction>>().TransactionCommittedAsync(
            _db.GetService<IRelationalConnection>(), _transaction.GetDbTransaction(), _transaction.TransactionId, started, Stopwatch.GetElapsedTime(asked), cancel);
        foreach (var (insert, rows) in _last) Ensure.That(insert.Rows == (ulong)rows);
    }

    public ValueTask DisposeAsync()
    {
        _db.Act = null;
        return _transaction.DisposeAsync();
    }
}
