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
    private const int FilesTold = 1_000;
    private static readonly string[] _tables = ["sealed_files", "submission_files"];

    /// <param name="folder">The backup's, in which the database stands already.</param>
    /// <param name="tell">Told now and then how far it is.</param>
    /// <returns>How many the database names and are not there: what a purge took away meanwhile, or somebody.</returns>
    public static async Task<int> WriteAsync(HouseOptions options, string folder, Action<string> tell, CancellationToken cancel)
    {
        // After the database: what the copy names was there before. What came since is taken along, and does no harm.
        var names = await NamesAsync(options);
        var (target, missing) = (Path.Combine(folder, FolderName), 0);
        var id = Path.Combine(options.BlobFolder, BlobFolder.IdFile);
        if (names.Count > 0 || File.Exists(id)) options.Disk.MakeFolder(target);
        // By which the database knows the folder again.
        if (File.Exists(id)) File.Copy(id, Path.Combine(target, BlobFolder.IdFile));
        foreach (var (copied, name) in names.Index())
        {
            if (copied > 0 && copied % FilesTold == 0) tell($"sealed files: {copied:N0} of {names.Count:N0} copied");
            cancel.ThrowIfCancellationRequested();
            if (!Copy(Path.Combine(options.BlobFolder, SealedBlobs.FileNameOf(name)), target)) missing++;
        }
        return missing;
    }

    /// <returns>What lies there already under a name of the backup's, and is another; null where nothing.</returns>
    /// <remarks>A list of recipients only grows: one that begins as the backup's is the same, with more.</remarks>
    public static string? Clash(HouseOptions options, string folder)
    {
        var from = Path.Combine(folder, FolderName);
        foreach (var list in Directory.Exists(from) ? Directory.EnumerateFiles(from, "*" + RecipientList.Ending) : [])
        {
            var there = Path.Combine(options.BlobFolder, Path.GetFileName(list));
            if (File.Exists(there) && !File.ReadAllText(there).StartsWith(File.ReadAllText(list), StringComparison.Ordinal)) return there;
        }
        return BackupFolder.Clash(from, options.BlobFolder, file => !file.EndsWith(RecipientList.Ending, StringComparison.Ordinal));
    }

    /// <summary>Brings back what is not there yet.</summary>
    public static void Restore(HouseOptions options, string folder)
    {
        var from = Path.Combine(folder, FolderName);
        if (!Directory.Exists(from)) return;
        options.Disk.MakeFolder(options.BlobFolder);
        // A file after its list: one that lies there can be opened by somebody.
        foreach (var file in Directory.EnumerateFiles(from).OrderBy(file => file.EndsWith(RecipientList.Ending, StringComparison.Ordinal) ? 0 : 1))
            if (Path.Combine(options.BlobFolder, Path.GetFileName(file)) is var there && !File.Exists(there)) File.Copy(file, there);
        options.Disk.SyncTree(options.BlobFolder);
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
