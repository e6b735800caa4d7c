using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Homeward.Foundations.Storage;

/// <summary>What every connection must be told when it opens.</summary>
/// <remarks>
/// SQLite: write-ahead log, and an fsync at each commit, because acknowledged means durable (not where an exercise may be
/// run again). Checkpoints come seldom (8,000 pages), for each holds up the one who commits.
/// </remarks>
internal sealed class ConnectionSetup(HouseOptions options) : DbConnectionInterceptor
{
    /// <summary>Handles that were told already: the pool gives them out again as they are.</summary>
    private readonly ConditionalWeakTable<object, object> _told = [];

    private readonly string _sqlite = $"PRAGMA journal_mode=WAL; PRAGMA synchronous={(options.OutlivesPowerCut ? "FULL" : "NORMAL")}; PRAGMA wal_autocheckpoint=8000; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Tell(connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Tell(connection);
        return Task.CompletedTask;
    }

    private void Tell(DbConnection connection)
    {
        if (!options.Database.IsSqlite || connection is not SqliteConnection { Handle: { } handle } || !_told.TryAdd(handle, handle)) return;
        using var command = connection.CreateCommand();
        command.CommandText = _sqlite;
        command.ExecuteNonQuery();
    }
}
