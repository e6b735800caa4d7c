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

    /// <summary>True when another changed the row meanwhile, or stored one under the same key first.</summary>
    public static bool IsConflict(this DbUpdateException fault) =>
        fault is DbUpdateConcurrencyException
        || fault.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation }
            or SqliteException { SqliteExtendedErrorCode: SqlitePrimaryKey or SqliteUnique };
}
