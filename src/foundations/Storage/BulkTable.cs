using System.Data.Common;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Homeward.Foundations.Storage;

/// <summary>Writes many rows of the volume plane at once: COPY on PostgreSQL, one prepared insert on SQLite.</summary>
/// <remarks>
/// Rows go in through the context's own connection and transaction, so that they stand or fall with the act.
/// Values may be: string, int, long, double, bool, Guid, byte[], DateTimeOffset, or null.
/// </remarks>
public sealed class BulkTable(string table, params string[] columns)
{
    /// <summary>Writes the rows in order. Each row holds one value for each column.</summary>
    public async Task WriteAsync(HomewardDb db, IEnumerable<object?[]> rows, CancellationToken cancel)
    {
        var transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        Ensure.That(transaction is not null);
        if (db.Database.GetDbConnection() is NpgsqlConnection postgres) await CopyAsync(postgres, rows, cancel);
        else Insert(db.Database.GetDbConnection(), transaction, rows, cancel);
    }

    private async Task CopyAsync(NpgsqlConnection connection, IEnumerable<object?[]> rows, CancellationToken cancel)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            $"COPY {table} ({string.Join(", ", columns)}) FROM STDIN (FORMAT BINARY)", cancel);
        foreach (var row in rows)
        {
            Ensure.That(row.Length == columns.Length);
            await copy.StartRowAsync(cancel);
            foreach (var value in row)
            {
                switch (value)
                {
                    case null: await copy.WriteNullAsync(cancel); break;
                    case DateTimeOffset instant:
                        await copy.WriteAsync(Instants.Truncate(instant).UtcDateTime, NpgsqlDbType.TimestampTz, cancel); break;
                    case string text: await copy.WriteAsync(text, NpgsqlDbType.Text, cancel); break;
                    case int number: await copy.WriteAsync(number, NpgsqlDbType.Integer, cancel); break;
                    case long number: await copy.WriteAsync(number, NpgsqlDbType.Bigint, cancel); break;
                    case double number: await copy.WriteAsync(number, NpgsqlDbType.Double, cancel); break;
                    case bool flag: await copy.WriteAsync(flag, NpgsqlDbType.Boolean, cancel); break;
                    case Guid id: await copy.WriteAsync(id, NpgsqlDbType.Uuid, cancel); break;
                    case byte[] bytes: await copy.WriteAsync(bytes, NpgsqlDbType.Bytea, cancel); break;
                    default: throw new BrokenInvariantException($"a bulk value of {value.GetType().Name}");
                }
            }
        }
        await copy.CompleteAsync(cancel);
    }

    private void Insert(DbConnection connection, DbTransaction transaction, IEnumerable<object?[]> rows, CancellationToken cancel)
    {
        using var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select((_, index) => $"@p{index}"))})";
        foreach (var index in Enumerable.Range(0, columns.Length))
        {
            var parameter = insert.CreateParameter();
            parameter.ParameterName = $"@p{index}";
            insert.Parameters.Add(parameter);
        }
        foreach (var row in rows)
        {
            cancel.ThrowIfCancellationRequested();
            Ensure.That(row.Length == columns.Length);
            for (var index = 0; index < row.Length; index++) insert.Parameters[index].Value = ForSqlite(row[index]);
            insert.ExecuteNonQuery();
        }
    }

    /// <summary>The value as EF would have stored it, so that EF and plain SQL read the same rows.</summary>
    internal static object ForSqlite(object? value) => value switch
    {
        null => DBNull.Value,
        DateTimeOffset instant => InstantMicroseconds.Of(instant),
        // EF writes a Guid to SQLite as upper-case text with hyphens.
        Guid id => id.ToString().ToUpperInvariant(),
        _ => value,
    };
}
