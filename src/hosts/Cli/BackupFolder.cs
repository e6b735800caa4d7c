using System.Data.Common;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Homeward.Foundations;
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

    /// <param name="Missing">Sealed files that the database names and that were not there.</param>
    public sealed record Manifest(string Format, string Database, IReadOnlyDictionary<string, string> Files, int Missing = 0);

    public static async Task<Result<Manifest>> WriteAsync(HouseOptions options, string folder, CancellationToken cancel)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            return Problem.Invalid("folder-not-empty", $"{folder} is not empty.", "Name a new folder.");
        if (options.Database.IsSqlite && !File.Exists(options.Database.Shown))
            return Problem.Invalid("no-database", $"{options.Database.Shown} is not there.", "Check --database.");
        // A backup with other keys is found out when it is needed.
        if (await OtherKeysAsync(options, cancel) is { } others) return others;
        options.Disk.MakeFolder(folder);
        CloseToOthers(folder);
        if (options.Database.IsSqlite) CopySqlite(options.Database.ConnectionString, Path.Combine(folder, "house.db"));
        else if (await RunAsync("pg_dump", options, ["--format=custom", $"--file={Path.Combine(folder, "house.dump")}"], cancel) is { } fault) return fault;
        var missing = await BackupBlobs.WriteAsync(options, folder, cancel);
        if (Directory.Exists(options.KeyFolder)) CopyFolder(options.KeyFolder, Path.Combine(folder, "keys"));
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
        var manifest = JsonSerializer.Deserialize<Manifest>(await File.ReadAllTextAsync(path, cancel), JsonSerializerOptions.Web)!;
        var hashes = HashAll(folder);
        var damaged = manifest.Files.Where(file => hashes.GetValueOrDefault(file.Key) != file.Value).Select(file => file.Key).ToList();
        if (damaged.Count > 0)
            return Problem.Invalid("backup-damaged", $"Damaged or missing: {string.Join(", ", damaged)}.", "Use another copy of the backup.");
        if (manifest.Database == "sqlite" != options.Database.IsSqlite)
            return Problem.Invalid("other-database", $"This backup is of {manifest.Database}.", "Choose such a --database.");
        if (Directory.Exists(options.KeyFolder) && Directory.EnumerateFiles(options.KeyFolder).Any())
            return Problem.Invalid("keys-there", $"{options.KeyFolder} already holds keys.", "Restore to a place that has none.");
        if (options.Database.IsSqlite)
        {
            if (File.Exists(options.Database.Shown))
                return Problem.Invalid("database-there", $"{options.Database.Shown} is already there.", "Restore beside it, or move it away.");
            options.Disk.MakeFolder(Path.GetDirectoryName(options.Database.Shown)!);
            File.Copy(Path.Combine(folder, "house.db"), options.Database.Shown);
            options.Disk.SyncFile(options.Database.Shown);
        }
        else if (await RunAsync("pg_restore", options, ["--exit-on-error", "--no-owner", $"--dbname={new NpgsqlConnectionStringBuilder(options.Database.ConnectionString).Database}", Path.Combine(folder, "house.dump")], cancel) is { } fault)
            return fault;
        if (BackupBlobs.Restore(options, folder) is { } clash) return clash;
        if (Directory.Exists(Path.Combine(folder, "keys")))
        {
            options.Disk.MakeFolder(options.KeyFolder);
            CopyFolder(Path.Combine(folder, "keys"), options.KeyFolder);
            CloseToOthers(options.KeyFolder);
            options.Disk.SyncTree(options.KeyFolder);
        }
        return manifest;
    }

    private static async Task<Problem?> OtherKeysAsync(HouseOptions options, CancellationToken cancel)
    {
        await using DbConnection db = options.Database.IsSqlite ? new SqliteConnection(options.Database.ConnectionString) : new NpgsqlConnection(options.Database.ConnectionString);
        await db.OpenAsync(cancel);
        var mark = await db.QuerySingleOrDefaultAsync<string>(new CommandDefinition("SELECT value FROM house_marks WHERE name = @Keys", new { HouseMark.Keys }, cancellationToken: cancel));
        return new KeyStore(options.KeyFolder, options.Disk).RefuseUnlessKnown(mark);
    }

    /// <summary>For the owner only, whatever tool wrote it; what was for reading only stays so.</summary>
    private static void CloseToOthers(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        File.SetUnixFileMode(folder, owner);
        foreach (var path in Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)) File.SetUnixFileMode(path, File.GetUnixFileMode(path) & owner);
    }

    private static void CopySqlite(string from, string to)
    {
        using var source = new SqliteConnection(from);
        using var copy = new SqliteConnection($"Data Source={to};Pooling=False");
        source.Open();
        copy.Open();
        source.BackupDatabase(copy);
    }

    private static async Task<Problem?> RunAsync(string tool, HouseOptions options, string[] words, CancellationToken cancel)
    {
        var target = new NpgsqlConnectionStringBuilder(options.Database.ConnectionString);
        var start = new ProcessStartInfo(tool) { RedirectStandardError = true };
        start.Environment["PGHOST"] = target.Host;
        start.Environment["PGPORT"] = target.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        start.Environment["PGUSER"] = target.Username;
        start.Environment["PGDATABASE"] = target.Database;
        if (target.Password is not null) start.Environment["PGPASSWORD"] = target.Password;
        foreach (var word in words) start.ArgumentList.Add(word);
        try
        {
            using var process = Process.Start(start)!;
            var said = await process.StandardError.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            return process.ExitCode == 0 ? null : Problem.Of("tool-failed", $"{tool} says: {said.Trim()}", "");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return Problem.Of("tool-missing", $"{tool} is not there.", "apt-get install postgresql-client");
        }
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private static Dictionary<string, string> HashAll(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != ManifestName)
            .ToDictionary(file => Path.GetRelativePath(folder, file).Replace('\\', '/'), file =>
            {
                using var stream = File.OpenRead(file);
                return Convert.ToHexStringLower(SHA256.HashData(stream));
            });
}
