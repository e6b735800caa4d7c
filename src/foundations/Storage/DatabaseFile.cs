using Microsoft.Data.Sqlite;

namespace Homeward.Foundations.Storage;

/// <summary>SQLite's own file: what was deleted is out of it once it was written anew.</summary>
/// <remarks>
/// A page that is split or moved leaves copies of its rows behind, and the log holds pages as they were: what is deleted
/// is overwritten in neither. VACUUM writes every page from the rows that are there; the log is then copied back and emptied.
/// https://www.sqlite.org/lang_vacuum.html
/// </remarks>
public sealed class DatabaseFile(DatabaseTarget target, WriteGate gate)
{
    /// <summary>How long others who are at the database are waited for: longer than a page reads. Whoever stores something waits too.</summary>
    private const int OthersSeconds = 2;
    private const int SqliteBusy = 5;

    /// <summary>How SQLite's logs end: another database's beside this one would be read as its own.</summary>
    public static IReadOnlyList<string> Logs { get; } = ["-wal", "-shm", "-journal"];

    /// <summary>How all that lies beside it ends: the logs, and whose turn it is to write.</summary>
    public static IReadOnlyList<string> Beside { get; } = [.. Logs, .. WritersTurn.Endings];

    /// <summary>Whether the house can write it anew. PostgreSQL's files are its administrator's.</summary>
    public bool IsOurs => target.IsSqlite;

    /// <summary>Writes it anew. Nobody stores anything meanwhile, and it needs room for a second copy and its log.</summary>
    /// <exception cref="SqliteException">Somebody is at the database, or the disk is full: it is to be done again.</exception>
    public async Task RewriteAsync(CancellationToken cancel)
    {
        await using var pass = await gate.EnterAsync(cancel);
        // Apart from the kept ones: those hold what is for a while in memory, and a whole database has no room there.
        await using var connection = new SqliteConnection(target.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        // It limits the waiting alone, and not the work.
        command.CommandTimeout = OthersSeconds;
        command.CommandText = $"PRAGMA busy_timeout={OthersSeconds * 1_000}; VACUUM;";
        await command.ExecuteNonQueryAsync(cancel);
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        // It does not fail where somebody reads on: it answers 1.
        if (await command.ExecuteScalarAsync(cancel) is not 0L) throw new SqliteException("The log of the database is being read.", SqliteBusy);
    }
}
