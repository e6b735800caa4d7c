namespace Homeward.Cli.Importing;

/// <summary>What computers leave in folders and archives by themselves: no report, and nobody's evidence.</summary>
internal static class Litter
{
    private const string MacFolder = "__MACOSX";
    private static readonly HashSet<string> _names = new([".DS_Store", "Thumbs.db", "ehthumbs.db", "desktop.ini"], StringComparer.OrdinalIgnoreCase);

    /// <param name="path">Within the folder or archive that was named, parted by slashes.</param>
    public static bool Is(string path)
    {
        var parts = path.Split('/');
        return _names.Contains(parts[^1]) || IsFolder(parts);
    }

    /// <summary>A folder of nothing else.</summary>
    public static bool IsFolder(params string[] names) => names.Contains(MacFolder, StringComparer.OrdinalIgnoreCase);
}
