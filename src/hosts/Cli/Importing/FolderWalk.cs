namespace Homeward.Cli.Importing;

/// <summary>What lies in a folder and below it. What cannot be looked at is told, and holds nothing else up.</summary>
/// <remarks>A link is followed once where it leads out of the folder. Where it leads back inside, what it names is met at its own place: so a loop ends.</remarks>
/// <param name="root">The folder that was named.</param>
/// <param name="unread">Told of what is passed by: where, and why.</param>
internal sealed class FolderWalk(string root, Action<string, string> unread)
{
    private readonly string _root = Path.TrimEndingDirectorySeparator(Directory.ResolveLinkTarget(root, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(root));
    private readonly HashSet<string> _followed = new(StringComparer.Ordinal);

    /// <summary>What lies in one folder, by name. Names are sorted here, not all names below: versions come in the order of their days.</summary>
    public IEnumerable<(string Path, bool IsFolder)> In(string folder)
    {
        foreach (var path in Names(folder))
            if (IsFolder(path) is { } isFolder) yield return (path, isFolder);
    }

    /// <summary>All files, those of folders below among them; a file that was named itself is the only one.</summary>
    public static IEnumerable<string> Files(string path, Action<string, string> unread)
    {
        if (File.Exists(path)) return [path];
        return Directory.Exists(path) ? Below(new FolderWalk(path, unread), path) : [];

        static IEnumerable<string> Below(FolderWalk walk, string folder) =>
            walk.In(folder).SelectMany(one => one.IsFolder ? Below(walk, one.Path) : [one.Path]);
    }

    /// <summary>Whether a path is a link of which nothing is left: it is there, and leads nowhere.</summary>
    public static bool IsLinkToNothing(string path) => !File.Exists(path) && !Directory.Exists(path) && new FileInfo(path).LinkTarget is not null;

    /// <summary>Whether what lies in a folder can be seen at all; false for a file.</summary>
    public static bool MayLookInto(string folder)
    {
        var isSeen = Directory.Exists(folder);
        if (isSeen) new FolderWalk(folder, (_, _) => isSeen = false).Names(folder);
        return isSeen;
    }

    public const string LeadsNowhere = "a link that leads nowhere; put in its place what it should lead to";

    /// <summary>Whether the fault is of the path that was read, and none of ours.</summary>
    public static bool IsUnreadable(Exception fault) => fault is IOException or UnauthorizedAccessException;

    public static string Words(Exception fault) => fault switch
    {
        UnauthorizedAccessException => "it may not be read by whoever runs this; allow it and import it again",
        FileNotFoundException or DirectoryNotFoundException => "it went while it was being read; import it again",
        _ => $"it cannot be read ({fault.Message.Split(" : ")[0].TrimEnd('.')}); see to it and import it again",
    };

    private IReadOnlyList<string> Names(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal)];
        }
        catch (Exception fault) when (IsUnreadable(fault))
        {
            unread(folder, Words(fault));
            return [];
        }
    }

    /// <returns>Null for what is passed by; it was told.</returns>
    private bool? IsFolder(string path)
    {
        try
        {
            var there = new FileInfo(path);
            var isFolder = there.Attributes.HasFlag(FileAttributes.Directory);
            if (!there.Attributes.HasFlag(FileAttributes.ReparsePoint))
            {
                if (isFolder || there.Length > 0 || !IsPipe(path)) return isFolder;
                unread(path, "a pipe or a device, which ends when its other side does; put a file in its place");
                return null;
            }
            FileSystemInfo? target = isFolder ? Directory.ResolveLinkTarget(path, returnFinalTarget: true) : File.ResolveLinkTarget(path, returnFinalTarget: true);
            if (target is not { Exists: true }) unread(path, LeadsNowhere);
            else if (target is FileInfo { Length: 0 } && IsPipe(target.FullName)) unread(path, "a link to a pipe or a device; put a file in its place");
            else if (!isFolder) return false;
            else if (!IsInside(target.FullName) && _followed.Add(target.FullName)) return true;
            else unread(path, "a link to a folder that is read at its own place; nothing to mend");
        }
        catch (Exception fault) when (IsUnreadable(fault))
        {
            unread(path, Words(fault));
        }
        return null;
    }

    /// <summary>Whether what says that it is empty is no file. Opened for writing, too, for else opening waits for whoever writes; nothing is written.</summary>
    private static bool IsPipe(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
            return !file.CanSeek;
        }
        catch (Exception fault) when (IsUnreadable(fault))
        {
            // It may not be written to: who reads it is told what it is.
            return false;
        }
    }

    private bool IsInside(string target) => target == _root || target.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
