using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;

namespace Homeward.Foundations.Storage;

/// <summary>While the house serves: writes SQLite's log back into the database file beside the writers, and not between them.</summary>
/// <remarks>
/// SQLite leaves that to whoever commits when the log has grown: he writes thousands of pages and waits for the disk twice, and all
/// who wait for their answers wait with him. Here it is done on a thread of its own, by a connection of its own that holds up
/// neither writers nor readers (PASSIVE, https://www.sqlite.org/c3ref/wal_checkpoint_v2.html). Writers who never
/// pause let the log grow all the same, as it begins anew only once all of it was written back: at
/// <see cref="KeptConnection.LogPagesMax"/> the writer does it, who finds little left to do.
/// </remarks>
internal sealed class LogWriteBack(HouseOptions options, WriteGate gate) : BackgroundService
{
    private static readonly TimeSpan _between = TimeSpan.FromMilliseconds(100);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => options.Database.IsSqlite
        ? Task.Factory.StartNew(() => Run(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
        : Task.CompletedTask;

    private void Run(CancellationToken stopping)
    {
        for (var (done, now) = (-1L, 0L); !stopping.WaitHandle.WaitOne(_between); done = now)
        {
            now = gate.Passes;
            if (now == done) continue;
            try
            {
                // Opened anew each time: whoever moves or rewrites the file finds nobody at it.
                using var connection = new SqliteConnection(options.Database.ConnectionString);
                connection.Open();
                using var command = connection.CreateCommand();
                command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
                command.ExecuteNonQuery();
            }
            catch (SqliteException)
            {
                // A full disk, or a file that is gone: nothing is lost by it, and who writes meets it and says so.
            }
        }
    }
}
