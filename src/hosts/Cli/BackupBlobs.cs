using System.Data.Common;
using Dapper;
using Homeward.Foundations;
using Homeward.Foundations.Sealing;
using Homeward.Kernel;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Homeward.Cli;

/// <summary>The sealed files of a backup, as they lie: each with the list of those who may open it. Nobody opens one for that.</summary>
/// <remarks>Several houses may keep theirs in one folder: of those that lie there a backup takes what its own database names.</remarks>
internal static class BackupBlobs
{
    private const string FolderName = "blobs";
    private static readonly string[] _tables = ["sealed_files", "submission_files"];

    /// <param name="folder">The backup's, in which the database stands already.</param>
    /// <returns>How many the database names and are not there: what a purge took away meanwhile, or somebody.</returns>
    public static async Task<int> WriteAsync(HouseOptions options, string folder, CancellationToken cancel)
    {
        // After the database: what the copy names was there before. What came since is taken along, and does no harm.
        var names = await NamesAsync(options);
        var (target, missing) = (Path.Combine(folder, FolderName), 0);
        if (names.Count > 0) options.Disk.MakeFolder(target);
        foreach (var name in names)
        {
            cancel.ThrowIfCancellationRequested();
            if (!Copy(Path.Combine(options.BlobFolder, SealedBlobs.FileNameOf(name)), target)) missing++;
        }
        return missing;
    }

    /// <summary>Brings them back. What lies there already under the same name is the same, or refused.</summary>
    public static Problem? Restore(HouseOptions options, string folder)
    {
        var from = Path.Combine(folder, FolderName);
        if (!Directory.Exists(from)) return null;
        options.Disk.MakeFolder(options.BlobFolder);
        foreach (var file in Directory.EnumerateFiles(from, "*.sealed"))
        {
            var there = Path.Combine(options.BlobFolder, Path.GetFileName(file));
            if (!File.Exists(there)) Copy(file, options.BlobFolder);
            else if (new FileInfo(there).Length != new FileInfo(file).Length)
                return Problem.Invalid("blob-there", $"{there} is already there, and another.", "Restore to a place that has no sealed files.");
        }
        options.Disk.SyncTree(options.BlobFolder);
        return null;
    }

    private static bool Copy(string file, string folder)
    {
        var (lines, target) = (RecipientList.PathOf(file), Path.Combine(folder, Path.GetFileName(file)));
        if (!File.Exists(file) || !File.Exists(lines)) return false;
        File.Copy(lines, RecipientList.PathOf(target), overwrite: true);
        File.Copy(file, target);
        return true;
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(HouseOptions options)
    {
        await using DbConnection db = options.Database.IsSqlite ? new SqliteConnection(options.Database.ConnectionString) : new NpgsqlConnection(options.Database.ConnectionString);
        await db.OpenAsync();
        return [.. await db.QueryAsync<string>(string.Join(" UNION ", _tables.Select(table => $"SELECT blob FROM {table}")))];
    }
}
