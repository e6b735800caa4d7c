using System.Text;
using Homeward.Kernel;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using SQLitePCL;

namespace Homeward.Foundations.Storage;

/// <summary>Writes many rows of the volume plane at once: COPY on PostgreSQL, one prepared insert on SQLite; a few to PostgreSQL as arrays.</summary>
/// <remarks>
/// Rows go in through the context's own connection and transaction, so that they stand or fall with the act.
/// Values may be: string, int, long, double, bool, Guid, byte[], DateTimeOffset, or null.
/// </remarks>
public sealed class BulkTable(string table, params string[] columns)
{
    private const int ScratchBytes = 4096;

    /// <summary>Writes the rows in order. Each row holds one value for each column.</summary>
    public async Task WriteAsync(HomewardDb db, IEnumerable<object?[]> rows, CancellationToken cancel)
    {
        var transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        Ensure.That(transaction is not null);
        if (db.Database.GetDbConnection() is NpgsqlConnection postgres)
            await (ArrayInsert.Suits(rows, out var few) ? ArrayInsert.WriteAsync(postgres, table, columns, few, cancel) : CopyAsync(postgres, rows, cancel));
        else Insert((SqliteConnection)db.Database.GetDbConnection(), rows, cancel);
    }

    /// <remarks>
    /// The rows are laid out here as the server reads them (PostgreSQL, "COPY", binary format): the driver's importer asks
    /// for a converter for every value of every row, which takes longer than the server needs to store it.
    /// </remarks>
    private async Task CopyAsync(NpgsqlConnection connection, IEnumerable<object?[]> rows, CancellationToken cancel)
    {
        await using var copy = await connection.BeginRawBinaryCopyAsync(
            $"COPY {table} ({string.Join(", ", columns)}) FROM STDIN (FORMAT BINARY)", cancel);
        try
        {
            var layout = new CopyLayout();
            foreach (var row in rows)
            {
                Ensure.That(row.Length == columns.Length);
                layout.Row(row);
                if (layout.Filled.Length < CopyLayout.SentFrom) continue;
                await copy.WriteAsync(layout.Filled, cancel);
                layout.Clear();
            }
            layout.End();
            await copy.WriteAsync(layout.Filled, cancel);
        }
        catch
        {
            // Else what was sent so far would be taken for all of it.
            await copy.CancelAsync();
            throw;
        }
    }

    /// <remarks>
    /// Through SQLite's own interface: a parameter of the provider is looked up by its name for every value of every row,
    /// which takes longer than the insert itself.
    /// </remarks>
    private void Insert(SqliteConnection connection, IEnumerable<object?[]> rows, CancellationToken cancel)
    {
        var sql = $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(_ => "?"))})";
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(connection.Handle, sql, out var insert), connection.Handle);
        using (insert)
        {
            var scratch = new byte[ScratchBytes];
            foreach (var row in rows)
            {
                cancel.ThrowIfCancellationRequested();
                Ensure.That(row.Length == columns.Length);
                for (var index = 0; index < row.Length; index++)
                {
                    var bound = Bind(insert, index + 1, row[index], scratch);
                    if (bound != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(bound, connection.Handle);
                }
                var answer = raw.sqlite3_step(insert);
                if (answer != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(answer, connection.Handle);
                raw.sqlite3_reset(insert);
            }
        }
    }

    /// <param name="scratch">For texts that fit: SQLite copies them, so each may use it in turn.</param>
    private static int Bind(sqlite3_stmt insert, int index, object? value, byte[] scratch) => value switch
    {
        null => raw.sqlite3_bind_null(insert, index),
        // An empty span has no address, and SQLite would take it for NULL.
        string { Length: 0 } text => raw.sqlite3_bind_text(insert, index, text),
        string text when text.Length * 3 <= scratch.Length => raw.sqlite3_bind_text(insert, index, scratch.AsSpan(0, Encoding.UTF8.GetBytes(text, scratch))),
        string text => raw.sqlite3_bind_text(insert, index, Encoding.UTF8.GetBytes(text).AsSpan()),
        int number => raw.sqlite3_bind_int(insert, index, number),
        Guid id => raw.sqlite3_bind_text(insert, index, scratch.AsSpan(0, StoredId(id, scratch))),
        DateTimeOffset instant => raw.sqlite3_bind_int64(insert, index, InstantMicroseconds.Of(instant)),
        bool flag => raw.sqlite3_bind_int(insert, index, flag ? 1 : 0),
        long number => raw.sqlite3_bind_int64(insert, index, number),
        double number => raw.sqlite3_bind_double(insert, index, number),
        byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(insert, index, 0),
        byte[] bytes => raw.sqlite3_bind_blob(insert, index, bytes),
        _ => throw new BrokenInvariantException($"a bulk value of {value.GetType().Name}"),
    };

    /// <summary>An id as EF writes it to SQLite, so that EF and plain SQL read the same rows: upper-case text with hyphens.</summary>
    internal static string StoredId(Guid id)
    {
        Span<byte> text = stackalloc byte[36];
        return Encoding.ASCII.GetString(text[..StoredId(id, text)]);
    }

    /// <returns>How many bytes.</returns>
    private static int StoredId(Guid id, Span<byte> text)
    {
        Ensure.That(id.TryFormat(text, out var length));
        foreach (ref var letter in text[..length])
            if (letter is >= (byte)'a' and <= (byte)'f') letter -= 'a' - 'A';
        return length;
    }
}
