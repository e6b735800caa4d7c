using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Homeward.Foundations.Storage;

/// <summary>Tells what two people at once bring about from what is broken.</summary>
internal static class Conflicts
{
    // https://www.sqlite.org/rescode.html
    private const int SqlitePrimaryKey = 1555;
    private const int SqliteUnique = 2067;

    /// <summary>True when another changed the row meanwhile, or stored one under the same key first; or when two waited for one another and this one had to give way.</summary>
    /// <remarks>EF wraps what a driver throws; what goes past it in bulk is not wrapped.</remarks>
    public static bool IsConflict(this Exception fault) =>
        fault is DbUpdateConcurrencyException
        || (fault is DbUpdateException { InnerException: { } inner } ? inner : fault)
            is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected }
            or SqliteException { SqliteExtendedErrorCode: SqlitePrimaryKey or SqliteUnique };
}
