using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Homeward.Foundations.Storage;

/// <summary>Whether the house can store, by what it last tried; asked by <c>/health/ready</c>.</summary>
/// <remarks>It ends by itself: each store that stands says so, and who asks while one has failed has it tried. Safe for many threads.</remarks>
public sealed class StorageWatch(HouseOptions options, WriteGate gate, ILogger<StorageWatch> log)
{
    private const string ProbeMark = "storage-probe";
    /// <summary>So much that a disk which takes it takes an act.</summary>
    private const int ProbeBytes = 64 * 1024;
    private const int DatabasePart = 0, FilesPart = 1;
    private readonly StorageFault?[] _faults = new StorageFault?[2];

    /// <summary>What keeps the house from storing; null when nothing does.</summary>
    public StorageFault? Fault
    {
        get { lock (_faults) return _faults[DatabasePart] ?? _faults[FilesPart]; }
    }

    /// <summary>An act stands.</summary>
    public void Stored() => Set(DatabasePart, null);

    /// <summary>A sealed file lies on the disk.</summary>
    public void FileStored() => Set(FilesPart, null);

    /// <summary>Something could not be stored. Faults of other kinds are passed over.</summary>
    /// <returns>Always false, so that it can watch as a filter of what is caught elsewhere.</returns>
    public bool Failed(Exception fault)
    {
        if (StorageFaults.Of(fault) is { } kind) Set(fault is IOException or UnauthorizedAccessException ? FilesPart : DatabasePart, kind);
        return false;
    }

    /// <summary>Tries again what failed last.</summary>
    /// <returns>What keeps the house from storing; null when nothing does, or does any more.</returns>
    public async Task<StorageFault?> TryAsync(CancellationToken cancel)
    {
        bool database, files;
        lock (_faults) (database, files) = (_faults[DatabasePart] is not null, _faults[FilesPart] is not null);
        try
        {
            if (database) await TryDatabaseAsync(cancel);
            if (files) TryFiles();
        }
        catch (Exception fault) when (StorageFaults.Of(fault) is not null)
        {
            Failed(fault);
        }
        return Fault;
    }

    private async Task TryDatabaseAsync(CancellationToken cancel)
    {
        await using (var pass = await gate.EnterAsync(cancel))
        {
            var db = pass.Db;
            // Of chance: a database that packs what repeats would hardly need room for it.
            var value = Convert.ToBase64String(RandomNumberGenerator.GetBytes(ProbeBytes));
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO house_marks (name, value) VALUES ({ProbeMark}, {value}) ON CONFLICT (name) DO UPDATE SET value = excluded.value", cancel);
            await db.Database.ExecuteSqlAsync($"DELETE FROM house_marks WHERE name = {ProbeMark}", cancel);
        }
        Stored();
    }

    private void TryFiles()
    {
        options.Disk.MakeFolder(options.BlobFolder);
        var path = Path.Combine(options.BlobFolder, $"{Path.GetRandomFileName()}.part");
        try
        {
            using var file = options.Disk.Create(path);
            file.Write(new byte[ProbeBytes]);
            options.Disk.Sync(file);
        }
        finally
        {
            options.Disk.Delete(path);
        }
        FileStored();
    }

    private void Set(int part, StorageFault? fault)
    {
        lock (_faults)
        {
            if (_faults[part] == fault) return;
            _faults[part] = fault;
        }
        // Once when it begins and once when it is over: a log that fills the disk is no help.
        if (fault is { } kind) log.LogError("The house cannot store: {Fault}", Words(kind));
        else log.LogWarning("The house stores again");
    }

    public static string Words(StorageFault fault) => fault switch
    {
        StorageFault.Away => "the database does not answer",
        StorageFault.Full => "the disk is full",
        StorageFault.ReadOnly => "the database cannot be written to",
        StorageFault.FilesReadOnly => "the folder of sealed files cannot be written to",
    };
}
