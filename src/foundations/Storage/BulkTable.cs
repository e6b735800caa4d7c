using Homeward.Kernel;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Homeward.Foundations.Storage;

/// <summary>Writes many rows of the volume plane at once: COPY on PostgreSQL, one prepared insert on SQLite; a few to PostgreSQL as arrays.</summary>
/// <remarks>
/// Rows go in through the context's own connection and transaction, so that they stand or fall with the act.
/// Values may be what <see cref="BulkRow"/> takes.
/// </remarks>
public sealed class BulkTable(string table, params string[] columns)
{
    /// <summary>Writes the rows in order. Each row holds one value for each column.</summary>
    public Task WriteAsync(HomewardDb db, IEnumerable<object?[]> rows, CancellationToken cancel) =>
        WriteAsync(db, rows as IReadOnlyList<object?[]> ?? [.. rows], static (values, row) => row.PutAll(values), cancel);

    /// <summary>The same as the last that an act writes: on PostgreSQL a few rows go with its commit (<see cref="ActTransaction"/>), and what the act asks until then does not find them.</summary>
    public Task WriteLastAsync(HomewardDb db, IReadOnlyList<object?[]> rows, CancellationToken cancel) =>
        WriteAsync(db, db.Act, rows, static (values, row) => row.PutAll(values), cancel);

    /// <summary>The same for rows by the thousand: no array is made for a row, and no box for a value.</summary>
    /// <param name="put">Puts a row's values, one for each column; asked again for rows that turn out to be few and large.</param>
    public Task WriteAsync<TRow>(HomewardDb db, IReadOnlyList<TRow> rows, Action<TRow, BulkRow> put, CancellationToken cancel) =>
        WriteAsync(db, null, rows, put, cancel);

    /// <param name="untilCommit">A few rows for PostgreSQL are left to this; null where all are written at once.</param>
    private async Task WriteAsync<TRow>(HomewardDb db, ActTransaction? untilCommit, IReadOnlyList<TRow> rows, Action<TRow, BulkRow> put, CancellationToken cancel)
    {
        Ensure.That(db.Database.CurrentTransaction is not null);
        if (db.Database.GetDbConnection() is not NpgsqlConnection postgres) Insert((SqliteConnection)db.Database.GetDbConnection(), rows, put, cancel);
        else if (ArrayInsert.Suits(rows.Count) && Kept(rows, put) is var few && ArrayInsert.Suits(few))
        {
            if (untilCommit is not null) untilCommit.WriteLast(ArrayInsert.Of(table, columns, few), few.Count);
            else await ArrayInsert.WriteAsync(postgres, table, columns, few, cancel);
        }
        else await CopyAsync(postgres, rows, put, cancel);
    }

    private IReadOnlyList<object?[]> Kept<TRow>(IReadOnlyList<TRow> rows, Action<TRow, BulkRow> put)
    {
        var kept = new KeptRows(columns.Length);
        foreach (var row in rows)
        {
            put(row, kept);
            kept.End(columns.Length);
            kept.Keep();
        }
        return kept.Rows;
    }

    /// <remarks>
    /// The rows are laid out here as the server reads them (PostgreSQL, "COPY", binary format): the driver's importer asks
    /// for a converter for every value of every row, which takes longer than the server needs to store it.
    /// </remarks>
    private async Task CopyAsync<TRow>(NpgsqlConnection connection, IReadOnlyList<TRow> rows, Action<TRow, BulkRow> put, CancellationToken cancel)
    {
        await using var copy = await connection.BeginRawBinaryCopyAsync(
            $"COPY {table} ({string.Join(", ", columns)}) FROM STDIN (FORMAT BINARY)", cancel);
        try
        {
            using var layout = new CopyLayout();
            foreach (var row in rows)
            {
                layout.Begin(columns.Length);
                put(row, layout);
                layout.End(columns.Length);
                if (layout.Filled.Length < CopyLayout.SentFrom) continue;
                await copy.WriteAsync(layout.Filled, cancel);
                layout.Clear();
            }
            layout.EndAll();
            await copy.WriteAsync(layout.Filled, cancel);
        }
        catch
        {
            // Else what was sent so far would be taken for all of it.
            await copy.CancelAsync();
            throw;
        }
    }

    private void Insert<TRow>(SqliteConnection connection, IReadOnlyList<TRow> rows, Action<TRow, BulkRow> put, CancellationToken cancel)
    {
        using var insert = new SqliteInsert(connection, $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(_ => "?"))})");
        foreach (var row in rows)
        {
            cancel.ThrowIfCancellationRequested();
            put(row, insert);
            insert.End(columns.Length);
            insert.Step();
        }
    }
}
