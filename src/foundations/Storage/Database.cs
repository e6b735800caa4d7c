using System.Data;
using Homeward.Foundations.Audit;
using Homeward.Foundations.Sealing;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Foundations.Storage;

/// <summary>Creates and migrates the database, and refuses one that another version wrote, or that was written under other keys.</summary>
public sealed class Database(IServiceProvider services, DatabaseTarget target, HouseOptions options, KeyStore keys)
{
    /// <summary>Any number that no other lock of the house has.</summary>
    private const long MigrationLock = 0x484F_4D45_4D49_4752;

    public DatabaseTarget Target => target;

    /// <summary>Brings an empty or older database to this version.</summary>
    /// <returns><c>database-newer</c> or <c>database-older</c> when it holds migrations that this program does not know,
    /// <see cref="KeyStore.OtherKeys"/> when it was written under others than lie in the key folder; it is not touched, and no key is made.</returns>
    public async Task<Result<Done>> PrepareAsync(CancellationToken cancel)
    {
        if (target.IsSqlite) options.Disk.MakeFolder(Path.GetDirectoryName(target.Shown)!);
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
        var known = db.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        Ensure.That(known.Count > 0);
        var (isThere, isCurrent) = (await ExistsAsync(db, cancel), false);
        if (isThere)
        {
            if (target.IsSqlite && !IsSqliteFile(target.Shown))
                return Problem.Of("database-unreadable", $"{target.Shown} is no database. It was not touched.", "Name the database's own file with --database, or one that is not there yet.");
            await MakeHistoryAsync(db, cancel);
            var applied = (await db.Database.GetAppliedMigrationsAsync(cancel)).ToList();
            var unknown = applied.Where(name => !known.Contains(name)).ToList();
            // Migrations are named by when they were made.
            if (unknown.Count > 0)
            {
                var isNewer = string.CompareOrdinal(unknown[^1], known.Max(StringComparer.Ordinal)) > 0;
                return Problem.Of(
                    isNewer ? "database-newer" : "database-older", $"{target.Shown} was written by {(isNewer ? "a newer" : "an older")} version of Homeward ({unknown[^1]}). It was not touched.",
                    $"Use that version, or choose another database with --database{(isNewer ? "" : ": this version cannot bring it up to date")}.");
            }
            if (applied.Count > 0 && await CompareKeysAsync(db, cancel) is { } others) return others;
            isCurrent = applied.Count == known.Count;
        }
        // A database that is not there yet is made by the platform; SQLite's lock is held to the end.
        if (target.IsSqlite || !isThere) await db.Database.MigrateAsync(cancel);
        else if (!isCurrent) await MigrateInTurnAsync(db, cancel);
        // Asked again: another node may have been first meanwhile, with keys of its own; then those are the keys.
        var mark = await db.MarkAsync(HouseMark.Keys, cancel);
        if (mark is null && options.AdoptsKeys) mark = await db.KeepMarkAsync(HouseMark.Keys, keys.FingerprintOfKept(), cancel);
        if (keys.RefuseUnlessKnown(mark) is { } late) return late;
        if (!options.AdoptsKeys) return Done.Value;
        var marks = await MarksAsync(db, cancel);
        // Those alone that lack: whoever starts beside an import need not wait for its writer.
        foreach (var (purpose, fingerprint) in keys.FingerprintsOfKept())
            if (!marks.ContainsKey(HouseMark.KeyOf + purpose)) await db.KeepMarkAsync(HouseMark.KeyOf + purpose, fingerprint, cancel);
        var folder = new BlobFolder(options.BlobFolder, options.Disk);
        var blobs = marks.GetValueOrDefault(HouseMark.Blobs) ?? await db.KeepMarkAsync(HouseMark.Blobs, folder.IdOfKept(), cancel);
        return (folder.RefuseUnlessKnown(blobs) ?? keys.UnfitClearingUnit()) is { } unfit ? unfit : Done.Value;
    }

    /// <summary>Whether there is a database of ours. Makes none.</summary>
    public async Task<bool> IsThereAsync(CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
        if (!await ExistsAsync(db, cancel)) return false;
        // What lies there and is none is told by who opens it.
        if (target.IsSqlite) return new FileInfo(target.Shown).Length > 0;
        return (await db.Database.SqlQuery<bool>($"SELECT to_regclass('house_marks') IS NOT NULL AS \"Value\"").ToListAsync(cancel))[0];
    }

    /// <summary>An empty database of PostgreSQL has no list of migrations; asked for it, the library would log a failed command, as if something had gone wrong.</summary>
    private async Task MakeHistoryAsync(HomewardDb db, CancellationToken cancel)
    {
        if (!target.IsSqlite) await db.GetService<IHistoryRepository>().CreateIfNotExistsAsync(cancel);
    }

    /// <summary>One node at a time: the platform's own lock on PostgreSQL is free between two migrations, and two nodes would both make the second.</summary>
    private static async Task MigrateInTurnAsync(HomewardDb db, CancellationToken cancel)
    {
        await db.Database.OpenConnectionAsync(cancel);
        var timeout = db.Database.GetCommandTimeout();
        try
        {
            // However long the other takes.
            db.Database.SetCommandTimeout(0);
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({MigrationLock})", cancel);
            db.Database.SetCommandTimeout(timeout);
            try
            {
                await db.Database.MigrateAsync(cancel);
            }
            finally
            {
                // The connection goes back to the pool, which lets go of nothing. One that broke holds nothing any more.
                if (db.Database.GetDbConnection().State == ConnectionState.Open) await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({MigrationLock})", CancellationToken.None);
            }
        }
        finally
        {
            db.Database.SetCommandTimeout(timeout);
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <remarks>One from before databases knew their keys is known by who signed its first checkpoint; one without any cannot be.</remarks>
    private async Task<Problem?> CompareKeysAsync(HomewardDb db, CancellationToken cancel)
    {
        var first = await db.Set<AuditCheckpoint>().AsNoTracking().OrderBy(row => row.Number).FirstOrDefaultAsync(cancel);
        var marks = await MarksAsync(db, cancel);
        if (!marks.TryGetValue(HouseMark.Keys, out var mark)) return keys.RefuseUnless(first is null || keys.HasSigned(first.Hash, first.Signature));
        return keys.RefuseUnlessKnown(mark)
            ?? (first is null ? null : keys.RefuseUnlessItSigned(first.Hash, first.Signature))
            ?? marks.Where(one => one.Key.StartsWith(HouseMark.KeyOf, StringComparison.Ordinal)).Select(one => keys.RefuseUnlessKnown(one.Key[HouseMark.KeyOf.Length..], one.Value)).FirstOrDefault(one => one is not null)
            ?? new BlobFolder(options.BlobFolder, options.Disk).RefuseUnlessKnown(marks.GetValueOrDefault(HouseMark.Blobs));
    }

    private static Task<Dictionary<string, string>> MarksAsync(HomewardDb db, CancellationToken cancel) =>
        db.Set<HouseMark>().AsNoTracking().ToDictionaryAsync(one => one.Name, one => one.Value, StringComparer.Ordinal, cancel);

    /// <summary>Looks whether what the database calls stored outlives a power cut.</summary>
    /// <returns>The settings under which it does not, as <c>fsync=off</c>; empty when it does.</returns>
    /// <remarks>SQLite is told by ourselves, at each connection.</remarks>
    public async Task<IReadOnlyList<string>> ForgettingAsync(CancellationToken cancel)
    {
        if (target.IsSqlite) return [];
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
        return await db.Database.SqlQuery<string>(
            $"SELECT name || '=' || setting AS \"Value\" FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes') AND setting = 'off' ORDER BY name")
            .ToListAsync(cancel);
    }

    /// <remarks>https://www.sqlite.org/fileformat.html, section 1.3. An empty file is a database with nothing in it.</remarks>
    private static bool IsSqliteFile(string path)
    {
        using var file = File.OpenHandle(path, share: FileShare.ReadWrite);
        Span<byte> head = stackalloc byte[16];
        var read = RandomAccess.Read(file, head, 0);
        return read == 0 || head[..read].SequenceEqual("SQLite format 3\0"u8);
    }

    /// <remarks>Of a file it is asked without opening it: to open is to make it.</remarks>
    private async Task<bool> ExistsAsync(HomewardDb db, CancellationToken cancel) => target.IsSqlite
        ? File.Exists(target.Shown)
        : await ((RelationalDatabaseCreator)db.GetService<IDatabaseCreator>()).ExistsAsync(cancel);
}
