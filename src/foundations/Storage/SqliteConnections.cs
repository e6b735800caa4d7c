using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Homeward.Kernel;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Homeward.Foundations.Storage;

/// <summary>Keeps SQLite's connections open between acts, and on each the statements that were compiled on it.</summary>
/// <remarks>
/// An act is a dozen short statements: to open a connection for each and to compile its SQL again takes longer than to run
/// it. A connection lives as long as the pooled context that has it; the next act finds its cache warm.
/// </remarks>
internal sealed class SqliteConnections(HouseOptions options) : DbConnectionInterceptor
{
    /// <remarks>Without the functions that EF registers for decimals and regular expressions: the house stores neither.</remarks>
    public override InterceptionResult<DbConnection> ConnectionCreating(
        ConnectionCreatingEventData eventData, InterceptionResult<DbConnection> result) =>
        InterceptionResult<DbConnection>.SuppressWithResult(new KeptConnection(options));
}

/// <inheritdoc cref="SqliteConnections"/>
internal sealed class SqliteStatements : DbCommandInterceptor
{
    public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result) =>
        result is SqliteCommand { Connection: KeptConnection connection } made ? connection.Compiled(made) : result;

    public override void CommandFailed(DbCommand command, CommandErrorEventData eventData) => KeptCommand.Spoil(command);

    public override Task CommandFailedAsync(
        DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        KeptCommand.Spoil(command);
        return Task.CompletedTask;
    }

    public override void CommandCanceled(DbCommand command, CommandEndEventData eventData) => KeptCommand.Spoil(command);

    public override Task CommandCanceledAsync(
        DbCommand command, CommandEndEventData eventData, CancellationToken cancellationToken = default)
    {
        KeptCommand.Spoil(command);
        return Task.CompletedTask;
    }
}

/// <summary>Stays open when it is closed, until it is disposed. For one act at a time.</summary>
/// <remarks>
/// Told when it opens: write-ahead log; an fsync at each commit, because acknowledged means durable (not where an exercise
/// may be run again); checkpoints by the one who commits seldom, for each holds him up.
/// </remarks>
internal sealed class KeptConnection(HouseOptions options) : SqliteConnection(options.Database.ConnectionString)
{
    /// <summary>More texts than the house has: there a text is made up anew each time, and keeping it is of no use.</summary>
    private const int IdleMax = 1_000;

    /// <summary>From so many pages on, of 4 KiB, the one who commits writes the log back. While the house serves, most of it is by then (<see cref="LogWriteBack"/>).</summary>
    public const int LogPagesMax = 16_000;
    private const int LogPagesMaxInBulk = 64_000;

    private readonly string _setUp = $"""
        PRAGMA journal_mode=WAL; PRAGMA synchronous={(options.OutlivesPowerCut ? "FULL" : "NORMAL")};
        PRAGMA wal_autocheckpoint={(options.IsForBulk ? LogPagesMaxInBulk : LogPagesMax)}; PRAGMA cache_size={(options.IsForBulk ? -262_144 : -65_536)};
        PRAGMA temp_store=MEMORY;
        """;
    private readonly Dictionary<string, KeptCommand> _idle = new(StringComparer.Ordinal);
    private bool _ends;

    public override void Open()
    {
        if (State == System.Data.ConnectionState.Open) return;
        base.Open();
        using var command = CreateCommand();
        command.CommandText = _setUp;
        command.ExecuteNonQuery();
    }

    public override void Close()
    {
        if (_ends) base.Close();
    }

    /// <summary>The command with its statements compiled, where they were compiled before.</summary>
    public KeptCommand Compiled(SqliteCommand made)
    {
        if (!_idle.Remove(made.CommandText, out var kept)) kept = new KeptCommand(this, made.CommandText);
        kept.TakeOver(made);
        made.Dispose();
        return kept;
    }

    /// <returns>Whether it is kept for the next who asks the same.</returns>
    public bool Keeps(KeptCommand command) =>
        !_ends && State == System.Data.ConnectionState.Open && _idle.Count < IdleMax && _idle.TryAdd(command.CommandText, command);

    protected override void Dispose(bool disposing)
    {
        _ends = true;
        base.Dispose(disposing);
    }
}

/// <summary>Goes back to its connection when it is disposed, with its compiled statements.</summary>
[SuppressMessage("Security", "CA2100", Justification = "The text is that of a command that EF made.")]
internal sealed class KeptCommand(KeptConnection connection, string text) : SqliteCommand(text, connection)
{
    private bool _isSpoilt;

    /// <summary>It failed half way: in what state its statements are is not known, and it is not used again.</summary>
    public static void Spoil(DbCommand command)
    {
        if (command is KeptCommand kept) kept._isSpoilt = true;
    }

    public void TakeOver(SqliteCommand made)
    {
        (Transaction, CommandTimeout) = (made.Transaction, made.CommandTimeout);
        var parameters = made.Parameters.Cast<SqliteParameter>().ToArray();
        // The provider would write it as text, and no id is text: nothing would be found, and nobody told. PlainSql.Stored has it as it lies.
        Ensure.That(!Array.Exists(parameters, parameter => parameter.Value is Guid));
        made.Parameters.Clear();
        Parameters.AddRange(parameters);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isSpoilt)
        {
            Parameters.Clear();
            Transaction = null;
            if (connection.Keeps(this)) return;
        }
        base.Dispose(disposing);
    }
}
