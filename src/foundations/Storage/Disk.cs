namespace Homeward.Foundations.Storage;

/// <summary>The one way of the house's own files to the disk: sealed files, their recipients' lines, keys, backups.</summary>
/// <remarks>
/// A file outlives a power cut when its content was synced, and is found again when the folder with its name was too; a
/// folder that was just made needs the same of the folder above it. What is not told to this class is not promised.
/// Tests put a disk in place that forgets whatever was not synced, or that is full. Safe for use from many threads.
/// </remarks>
public class Disk
{
    /// <summary>A new file, written from its start.</summary>
    /// <param name="mode">Who may use it; null for what the system gives.</param>
    /// <exception cref="IOException">The name is taken, or the disk refused.</exception>
    public virtual Stream Create(string path, UnixFileMode? mode = null)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (mode is { } wanted && !OperatingSystem.IsWindows()) options.UnixCreateMode = wanted;
        return new FileStream(path, options);
    }

    /// <summary>At the end of a file, which is made if it is not there.</summary>
    public virtual Stream Append(string path) => new FileStream(path, FileMode.Append, FileAccess.Write);

    /// <summary>From the start of a file that is there.</summary>
    public virtual Stream Overwrite(string path) => new FileStream(path, FileMode.Open, FileAccess.Write);

    /// <summary>Brings what was written to the disk: fsync, and not only to the system.</summary>
    public virtual void Sync(Stream file) => ((FileStream)file).Flush(flushToDisk: true);

    /// <summary>Gives it another name.</summary>
    /// <exception cref="IOException">The name is taken, or the disk refused.</exception>
    public virtual void Move(string from, string to) => File.Move(from, to, overwrite: false);

    /// <summary>Gives it another name, which may be another file's until then: whoever reads finds the one or the other whole.</summary>
    public virtual void Replace(string from, string to) => File.Move(from, to, overwrite: true);

    /// <summary>Gives it one name more if nobody has that name: one step of the system, where a move looks first and takes the name after.</summary>
    /// <exception cref="IOException">The name is taken, or the disk refused.</exception>
    public virtual void Name(string whole, string path) => HardLink.Make(whole, path);

    public virtual void Delete(string path) => File.Delete(path);

    /// <summary>Brings a folder's names to the disk.</summary>
    public virtual void SyncFolder(string folder) => FolderSync.Flush(folder);

    /// <summary>Makes a folder and those above it where they are missing; each outlives a power cut.</summary>
    public void MakeFolder(string folder)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (Directory.Exists(path)) return;
        var above = Path.GetDirectoryName(path)!;
        MakeFolder(above);
        Directory.CreateDirectory(path);
        SyncFolder(above);
    }

    /// <summary>Writes a small file for its owner alone, whole and on disk, unless somebody has that name already.</summary>
    /// <remarks>
    /// Under a name of its own first, then given its name if that is free: two nodes that start together must not each believe in
    /// a key of their own, nor one read half of what the other is writing. And on disk before anything rests on it.
    /// </remarks>
    public void WriteOnce(string path, string text) => Write(path, text, whole =>
    {
        try
        {
            Name(whole, path);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another node was first; what it wrote stands.
        }
        Delete(whole);
    });

    /// <summary>The same, in place of what has that name already.</summary>
    public void WriteOver(string path, string text) => Write(path, text, whole => Replace(whole, path));

    private void Write(string path, string text, Action<string> name)
    {
        MakeFolder(Path.GetDirectoryName(path)!);
        var whole = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            using (var file = Create(whole, UnixFileMode.UserRead | UnixFileMode.UserWrite))
            {
                file.Write(System.Text.Encoding.UTF8.GetBytes(text));
                Sync(file);
            }
            name(whole);
        }
        catch
        {
            Delete(whole);
            throw;
        }
        SyncFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Brings a folder to the disk with all that is in it, as others wrote it there.</summary>
    public void SyncTree(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder)) SyncContent(path);
        foreach (var inner in Directory.EnumerateDirectories(folder)) SyncTree(inner);
        SyncFolder(folder);
    }

    /// <summary>Brings one file to the disk, with its name, as others wrote it there.</summary>
    public void SyncFile(string path)
    {
        SyncContent(path);
        SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    private void SyncContent(string path)
    {
        try
        {
            using var file = Overwrite(path);
            Sync(file);
        }
        catch (UnauthorizedAccessException)
        {
            // A sealed file is for reading only, also for its owner, and comes to the disk as well by who reads it.
            using var file = File.OpenHandle(path);
            RandomAccess.FlushToDisk(file);
        }
    }
}
