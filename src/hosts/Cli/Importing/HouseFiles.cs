using Homeward.Foundations;
using Homeward.Foundations.Storage;

namespace Homeward.Cli.Importing;

/// <summary>The files that a house keeps of its own: where it lies in a folder that is imported, they are nobody's evidence.</summary>
/// <remarks>As it does when <c>import reports .</c> names no database. Taken, its keys would lie among the evidence, and with each import more of it.</remarks>
internal sealed class HouseFiles
{
    private readonly string[] _folders;
    private readonly HashSet<string> _files;
    /// <summary>Of the folder that was asked for last: files come folder by folder.</summary>
    private Known _last = new("", "");

    private sealed record Known(string Folder, string Real);

    public HouseFiles(params HouseOptions[] houses)
    {
        _folders = [.. houses.SelectMany(house => new[] { house.KeyFolder, house.BlobFolder }).Select(folder => Real(Path.GetFullPath(Path.TrimEndingDirectorySeparator(folder))) + Path.DirectorySeparatorChar).Distinct()];
        _files = [.. houses.Where(house => house.Database.IsSqlite).SelectMany(house => DatabaseFile.Beside.Prepend("").Select(ending => RealFile(house.Database.Shown) + ending))];
    }

    /// <remarks>For any thread.</remarks>
    public bool Hold(string file)
    {
        var path = RealFile(Path.GetFullPath(file));
        return _files.Contains(path) || Array.Exists(_folders, folder => path.StartsWith(folder, StringComparison.Ordinal));
    }

    private string RealFile(string path)
    {
        var folder = Path.GetDirectoryName(path) ?? "";
        var last = _last;
        if (last.Folder != folder) _last = last = new Known(folder, Real(folder));
        return Path.Join(last.Real, Path.GetFileName(path));
    }

    /// <summary>Without links: a folder is the same by whatever way it is reached.</summary>
    private static string Real(string folder)
    {
        if (Path.GetDirectoryName(folder) is not { } above) return folder;
        var real = Target(folder) ?? folder;
        return Path.Join(Real(real == folder ? above : Path.GetDirectoryName(real) ?? ""), Path.GetFileName(real));
    }

    private static string? Target(string folder)
    {
        try
        {
            return Directory.ResolveLinkTarget(folder, returnFinalTarget: true)?.FullName;
        }
        catch (Exception fault) when (FolderWalk.IsUnreadable(fault))
        {
            return null;
        }
    }
}
