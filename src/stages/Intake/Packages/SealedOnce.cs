using Homeward.Foundations.Storage;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Packages;

/// <summary>A file lies here once for each report, which no key of the table says: whoever adds or takes away such files does it in turn.</summary>
/// <remarks>Of two that seal the same file the second sees what the first sealed, and none relies on one that a purge is about to take.</remarks>
internal static class SealedOnce
{
    private const long Turn = 0x7061636B61676573;

    /// <summary>Until the act ends. SQLite has one writer anyway.</summary>
    public static Task TakeTurnAsync(HomewardDb db, CancellationToken cancel) =>
        db.IsSqlite ? Task.CompletedTask : db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Turn})", cancel);
}
