using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Homeward.Foundations.Storage;

/// <summary>The context's own connection and transaction, for the volume plane's plain SQL (with Dapper).</summary>
public static class PlainSql
{
    /// <summary>The open connection. EF opens it for the transaction; without one, it is opened here and closed with the context.</summary>
    public static DbConnection Connection(this HomewardDb db)
    {
        var connection = db.Database.GetDbConnection();
        if (connection.State != System.Data.ConnectionState.Open) db.Database.OpenConnection();
        return connection;
    }

    public static DbTransaction? Transaction(this HomewardDb db) => db.Database.CurrentTransaction?.GetDbTransaction();

    /// <summary>A value as this database stores it, for parameters of plain SQL: ids and instants differ.</summary>
    public static object Stored(this HomewardDb db, Guid id) => db.IsSqlite ? IdBytes.Of(id) : id;

    /// <inheritdoc cref="Stored(HomewardDb,Guid)"/>
    public static object Stored(this HomewardDb db, DateTimeOffset instant) =>
        db.IsSqlite ? InstantMicroseconds.Of(instant) : instant.UtcDateTime;

    /// <summary>An id of a row of plain SQL. The reader's own would take SQLite's bytes in another order.</summary>
    public static Guid Id(this DbDataReader row, int column) =>
        row.GetValue(column) switch { Guid id => id, byte[] bytes => IdBytes.From(bytes), var other => throw new InvalidCastException($"{other.GetType().Name} is no id.") };
}
