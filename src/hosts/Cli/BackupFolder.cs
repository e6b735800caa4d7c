using System.Data.Common;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Homeward.Foundations;
using Homeward.Foundations.Audit;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Homeward.Cli;

/// <summary>A backup: the database as of one instant, the sealed files that it names, the keys, and a manifest with the hash of every file.</summary>
/// <remarks>Keys and database lie in one folder here: who holds it can read everything that the server can. Guard it so.</remarks>
internal static class BackupFolder
{
    private const string ManifestName = "backup.json";
    private const string KeysName = "keys";
    private static readonly TimeSpan _betweenTold = TimeSpan.FromSeconds(2);

    /// <param name="Missing">Sealed files that the database names and that were not there.</param>
    public sealed record Manifest(string Format, string Database, IReadOnlyDictionary<string, string> Files, int Missing = 0);

    /// <param name="tell">Told now and then how far it is.</param>
    public static async Task<Result<Manifest>> WriteAsync(HouseOptions options, string folder, Action<string> tell, CancellationToken cancel)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            return Problem.Invalid("folder-not-empty", $"{folder} is not empty.", "Name a new folder.");
        if (options.Database.IsSqlite && !File.Exists(options.Database.Shown))
            return Problem.Invalid("no-database", $"{options.Database.Shown} is not there.", "Check --database.");
        // A backup with other keys is found out when it is needed.
        if (await OtherKeysAsync(options, cancel) is { } others) return others;
        options.Disk.MakeFolder(folder);
        CloseToOthers(folder);
        // Before the database: it would else speak of what was signed meanwhile, and the backup would seem to be cut.
        await CopyRecordAsync(options, Path.Combine(folder, KeysName), cancel);
        var copy = Path.Combine(folder, options.Database.IsSqlite ? "house.db" : "house.dump");
        var copying = options.Database.IsSqlite ? Task.Run(() => CopySqlite(options.Database.ConnectionString, copy), cancel) : RunAsync("pg_dump", options, ["--format=custom", $"--file={copy}"], cancel);
        if (await ToldAsync(copying, () => $"database: {SizeOf(copy):N0} MB written", tell, cancel) is { } fault) return fault;
        var missing = await BackupBlobs.WriteAsync(options, folder, tell, cancel);
        tell("copied; now the hash of every file is made");
        if (Directory.Exists(options.KeyFolder)) CopyKeys(options.KeyFolder, Path.Combine(folder, KeysName));
        var manifest = new Manifest("homeward-backup/1", options.Database.IsSqlite ? "sqlite" : "postgres", HashAll(folder), missing);
        await File.WriteAllTextAsync(Path.Combine(folder, ManifestName), JsonSerializer.Serialize(manifest, JsonSerializerOptions.Web), cancel);
        CloseToOthers(folder);
        // Who is told that there is a backup may take away what it is of.
        options.Disk.SyncTree(folder);
        return manifest;
    }

    public static async Task<Result<Manifest>> RestoreAsync(HouseOptions options, string folder, CancellationToken cancel)
    {
        var path = Path.Combine(folder, ManifestName);
        if (!File.Exists(path)) return Problem.Invalid("no-backup", $"{folder} holds no {ManifestName}.", "Name the folder that homeward backup wrote.");
        if (ReadManifest(await File.ReadAllTextAsync(path, cancel)) is not { } manifest)
            return Problem.Invalid("backup-damaged", $"{path} cannot be read: it is cut or changed.", "Use another copy of the backup.");
        var hashes = HashAll(folder);
        var damaged = manifest.Files.Where(file => hashes.GetValueOrDefault(file.Key) != file.Value).Select(file => file.Key).ToList();
        if (damaged.Count > 0)
            return Problem.Invalid("backup-damaged", $"Damaged or missing: {string.Join(", ", damaged)}.", "Use another copy of the backup.");
        if (manifest.Database == "sqlite" != options.Database.IsSqlite)
            return Problem.Invalid("other-database", $"This backup is of {manifest.Database}.", "Choose such a --database.");
        // All is looked at before anything is written; the database comes last, so that a restore that was cut off is done again.
        var keys = Path.Combine(folder, KeysName);
        if (Clash(keys, options.KeyFolder, file => !CheckpointRecords.IsOne(file)) is { } key) return Problem.Invalid("keys-there", $"{key} is already there, and another.", "Restore to a place that has no keys.");
        if (BackupBlobs.Clash(options, folder) is { } blob) return Problem.Invalid("blob-there", $"{blob} is already there, and another.", "Restore to a place that has no sealed files.");
        if (await DatabaseThereAsync(options, cancel) is { } there) return there;
        BackupBlobs.Restore(options, folder);
        if (Directory.Exists(keys))
        {
            options.Disk.MakeFolder(options.KeyFolder);
            CopyKeys(keys, options.KeyFolder);
            CloseToOthers(options.KeyFolder);
            options.Disk.SyncTree(options.KeyFolder);
        }
        var record = RestoreRecord(options, keys);
        if (!options.Database.IsSqlite)
        {
            if (await RunAsync("pg_restore", options, ["--exit-on-error", "--single-transaction", "--no-owner", $"--dbname={new NpgsqlConnectionStringBuilder(options.Database.ConnectionString).Database}", Path.Combine(folder, "house.dump")], cancel) is { } fault) return fault;
            await using var restored = new NpgsqlConnection(options.Database.ConnectionString);
            await NameRecordAsync(restored, record, cancel);
            return manifest;
        }
        options.Disk.MakeFolder(Path.GetDirectoryName(options.Database.Shown)!);
        // Under its name only when it is whole.
        var part = options.Database.Shown + ".part";
        File.Copy(Path.Combine(folder, "house.db"), part, overwrite: true);
        await using (var restored = new SqliteConnection($"Data Source={part};Pooling=False")) await NameRecordAsync(restored, record, cancel);
        options.Disk.SyncFile(part);
        options.Disk.Move(part, options.Database.Shown);
        options.Disk.SyncFile(options.Database.Shown);
        return manifest;
    }

    private static readonly JsonSerializerOptions _strict = new(JsonSerializerOptions.Web) { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    /// <returns>Null where it is none.</returns>
    private static Manifest? ReadManifest(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Manifest>(text, _strict);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Why there is no room for the database; null where there is.</summary>
    private static async Task<Problem?> DatabaseThereAsync(HouseOptions options, CancellationToken cancel)
    {
        if (options.Database.IsSqlite)
        {
            // A log that stayed behind would be written into the database that comes back; and it may hold what was acknowledged.
            var there = DatabaseFile.Logs.Prepend("").Select(ending => options.Database.Shown + ending).Where(File.Exists).ToList();
            return there.Count == 0 ? null : Problem.Invalid("database-there", $"Already there: {string.Join(", ", there)}.", "Restore beside it, or move all of these away together: they are one database.");
        }
        try
        {
            await using var db = new NpgsqlConnection(options.Database.ConnectionString);
            await db.OpenAsync(cancel);
            return await db.ExecuteScalarAsync<bool>(new CommandDefinition("SELECT EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace)", cancellationToken: cancel))
                ? Problem.Invalid("database-there", $"{options.Database.Shown} is not empty.", "Make a new one, as with createdb, and name that: doctor and serve, too, leave it as it is until then.") : null;
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            return Problem.Invalid("no-database", $"{options.Database.Shown} is not there.", "Make it empty, as with createdb, and start again.");
        }
    }

    /// <returns>A file that is in both folders, and not the same; null where there is none.</returns>
    public static string? Clash(string from, string to, Func<string, bool>? looked = null) => !Directory.Exists(from) ? null : Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories)
        .Where(file => looked?.Invoke(file) != false).Select(file => (file, There: Path.Combine(to, Path.GetRelativePath(from, file)))).FirstOrDefault(one => File.Exists(one.There) && !AreSame(one.file, one.There)).There;

    private static bool AreSame(string one, string other) => new FileInfo(one).Length == new FileInfo(other).Length && HashOf(one) == HashOf(other);

    private static async Task<Problem?> OtherKeysAsync(HouseOptions options, CancellationToken cancel) =>
        new KeyStore(options.KeyFolder, options.Disk).RefuseUnlessKnown(await MarkAsync(options, HouseMark.Keys, cancel));

    private static async Task<string?> MarkAsync(HouseOptions options, string name, CancellationToken cancel)
    {
        await using DbConnection db = options.Database.IsSqlite ? new SqliteConnection(options.Database.ConnectionString) : new NpgsqlConnection(options.Database.ConnectionString);
        await db.OpenAsync(cancel);
        return await db.QuerySingleOrDefaultAsync<string>(new CommandDefinition("SELECT value FROM house_marks WHERE name = @name", new { name }, cancellationToken: cancel));
    }

    /// <summary>Of the records of last checkpoints that lie in the key folder the database's own; others may keep theirs there.</summary>
    private static async Task CopyRecordAsync(HouseOptions options, string to, CancellationToken cancel)
    {
        if (await MarkAsync(options, HouseMark.Trace, cancel) is not { } id || CheckpointRecords.PathIn(options.KeyFolder, id) is not { } path || !File.Exists(path)) return;
        options.Disk.MakeFolder(to);
        options.Disk.WriteOver(CheckpointRecords.PathIn(to, id)!, await File.ReadAllTextAsync(path, cancel));
    }

    /// <summary>Brings it back under a name of its own: the database that it was copied from may stand beside, and is further.</summary>
    /// <returns>That name.</returns>
    private static string RestoreRecord(HouseOptions options, string keys)
    {
        var id = CheckpointRecords.NewId();
        if (Directory.Exists(keys) && Directory.EnumerateFiles(keys).FirstOrDefault(CheckpointRecords.IsOne) is { } record)
            options.Disk.WriteOver(CheckpointRecords.PathIn(options.KeyFolder, id)!, File.ReadAllText(record));
        return id;
    }

    /// <remarks>A backup from before there were records stays as it is: the next checkpoint names one.</remarks>
    private static Task NameRecordAsync(DbConnection db, string id, CancellationToken cancel) =>
        db.ExecuteAsync(new CommandDefinition("UPDATE house_marks SET value = @id WHERE name = @Trace", new { id, HouseMark.Trace }, cancellationToken: cancel));

    /// <summary>For the owner only, whatever tool wrote it; what was for reading only stays so.</summary>
    private static void CloseToOthers(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        File.SetUnixFileMode(folder, owner);
        foreach (var path in Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)) File.SetUnixFileMode(path, File.GetUnixFileMode(path) & owner);
    }

    private static Problem? CopySqlite(string from, string to)
    {
        using var source = new SqliteConnection(from);
        using var copy = new SqliteConnection($"Data Source={to};Pooling=False");
        source.Open();
        copy.Open();
        source.BackupDatabase(copy);
        return null;
    }

    /// <summary>Waits for something, and tells now and then how far it is.</summary>
    private static async Task<Problem?> ToldAsync(Task<Problem?> something, Func<string> words, Action<string> tell, CancellationToken cancel)
    {
        while (await Task.WhenAny(something, Task.Delay(_betweenTold, cancel)) != something && !cancel.IsCancellationRequested) tell(words());
        return await something;
    }

    /// <summary>Megabytes; 0 while it is not there.</summary>
    private static long SizeOf(string file) => new FileInfo(file) is { Exists: true } there ? there.Length / 1_000_000 : 0;

    private static async Task<Problem?> RunAsync(string tool, HouseOptions options, string[] words, CancellationToken cancel)
    {
        var target = new NpgsqlConnectionStringBuilder(options.Database.ConnectionString);
        var start = new ProcessStartInfo(tool) { RedirectStandardError = true };
        start.Environment["PGHOST"] = target.Host;
        start.Environment["PGPORT"] = target.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        start.Environment["PGUSER"] = target.Username;
        start.Environment["PGDATABASE"] = target.Database;
        if (target.Password is not null) start.Environment["PGPASSWORD"] = target.Password;
        // Nothing is passed over: who asks for TLS must not get a line in clear.
        start.Environment["PGSSLMODE"] = target.SslMode switch { SslMode.VerifyCA => "verify-ca", SslMode.VerifyFull => "verify-full", var mode => mode.ToString().ToLowerInvariant() };
        foreach (var (name, value) in ((string, string?)[])[("PGSSLROOTCERT", target.RootCertificate), ("PGSSLCERT", target.SslCertificate), ("PGSSLKEY", target.SslKey), ("PGPASSFILE", target.Passfile)])
            if (value is not null) start.Environment[name] = value;
        foreach (var word in words) start.ArgumentList.Add(word);
        try
        {
            using var process = Process.Start(start)!;
            var said = await process.StandardError.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            return process.ExitCode == 0 ? null : new Problem("tool-failed", $"{tool} says: {said.Trim()}", "Mend what it says, and start again.", ProblemKind.Unavailable);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return new Problem("tool-missing", $"{tool} is not there.", "apt-get install postgresql-client", ProblemKind.Unavailable);
        }
    }

    /// <summary>All but the records of last checkpoints, which are no keys and change while one looks.</summary>
    private static void CopyKeys(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(file => !CheckpointRecords.IsOne(file)))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            // What is there already is the same: it was looked at.
            if (File.Exists(target)) continue;
            File.Copy(file, target);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private static Dictionary<string, string> HashAll(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != ManifestName)
            .ToDictionary(file => Path.GetRelativePath(folder, file).Replace('\\', '/'), HashOf);

    private static string HashOf(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
