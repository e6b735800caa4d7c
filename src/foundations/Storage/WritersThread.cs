using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore.Storage;

namespace Homeward.Foundations.Storage;

/// <summary>A thread that does nothing but write to the database, and so may wait for it.</summary>
/// <remarks>
/// What the database answers to a task wakes that task only after all that other threads are asked to do was begun: under load
/// some fifty calls, at each of a transaction's steps. A thread that waits by itself is woken at once. Whatever
/// does not ask where it runs goes on as a task does, and is waited for.
/// </remarks>
[SuppressMessage("Performance", "CA1849", Justification = "To wait is what this thread is for.")]
public static class WritersThread
{
    [ThreadStatic]
    private static bool _isHere;

    /// <summary>Starts work on a thread of its own.</summary>
    /// <returns>Done when the work is.</returns>
    public static Task RunAsync(Action work) => Task.Factory.StartNew(
        () =>
        {
            _isHere = true;
            work();
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    internal static Task<int> ExecuteHereAsync(this DbBatch batch, CancellationToken cancel) =>
        _isHere ? Task.FromResult(batch.ExecuteNonQuery()) : batch.ExecuteNonQueryAsync(cancel);

    internal static Task CommitHereAsync(this IDbContextTransaction transaction, CancellationToken cancel)
    {
        if (!_isHere) return transaction.CommitAsync(cancel);
        transaction.Commit();
        return Task.CompletedTask;
    }
}
