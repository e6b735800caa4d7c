using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Homeward.Foundations.Storage;

/// <summary>What keeps the house from storing, and is nobody's fault who asked.</summary>
public enum StorageFault
{
    /// <summary>The database does not answer. Whether a commit that was on its way stands is not known.</summary>
    Away,
    /// <summary>The disk is full. What was on its way is not stored.</summary>
    Full,
    /// <summary>It answers, and may not be written to: a file without the right, a disk that is mounted so, a standby. Nothing is stored.</summary>
    ReadOnly,
    /// <summary>The folder of sealed files may not be written to. The file that came is not stored.</summary>
    FilesReadOnly,
}

/// <summary>Tells a disk that is full and a database that is away from what is broken.</summary>
public static class StorageFaults
{
    /// <summary>When whoever was told so is to try again, in seconds.</summary>
    public const int RetryAfterSeconds = 30;

    /// <summary>The same as a header says it.</summary>
    public static string RetryAfter { get; } = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);

    // https://www.sqlite.org/rescode.html
    private const int SqliteBusy = 5;
    private const int SqliteReadOnly = 8;
    private const int SqliteDiskFault = 10;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;
    private const int NoSpace = 28;
    private const int ReadOnlyDisk = 30;
    private const int QuotaReached = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <returns>Null when the fault is another one.</returns>
    public static StorageFault? Of(Exception? fault)
    {
        // EF and the host wrap what a driver throws.
        for (; fault is not null; fault = fault.InnerException)
        {
            switch (fault)
            {
                case SqliteException { SqliteErrorCode: SqliteReadOnly }: return StorageFault.ReadOnly;
                case SqliteException { SqliteErrorCode: SqliteFull }: return StorageFault.Full;
                case SqliteException { SqliteErrorCode: SqliteBusy or SqliteDiskFault or SqliteCannotOpen }: return StorageFault.Away;
                case PostgresException { SqlState: PostgresErrorCodes.DiskFull }: return StorageFault.Full;
                case PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction }: return StorageFault.ReadOnly;
                case PostgresException refused when IsAway(refused): return StorageFault.Away;
                case PostgresException: return null;
                case NpgsqlException or TimeoutException: return StorageFault.Away;
                case IOException { HResult: NoSpace or QuotaReached or WindowsDiskFull }: return StorageFault.Full;
                case UnauthorizedAccessException or IOException { HResult: ReadOnlyDisk }: return StorageFault.FilesReadOnly;
            }
        }
        return null;
    }

    /// <summary>Connection lost (class 08), an answer that takes too long, or a server that lets nobody in or ends who is in, for whatever reason it gives: that is what it calls fatal.</summary>
    /// <remarks>The severity is read as the server says it in every language: https://www.postgresql.org/docs/15/protocol-error-fields.html, V.</remarks>
    private static bool IsAway(PostgresException refused) =>
        refused.InvariantSeverity is "FATAL" or "PANIC" || refused.SqlState.StartsWith("08", StringComparison.Ordinal) || refused.SqlState is PostgresErrorCodes.QueryCanceled;
}
