using Homeward.Exchange;

namespace Homeward.Cli.Importing;

/// <summary>Which files an import takes, and as what: by the path that each would have in a raw folder.</summary>
internal static class ImportPaths
{
    private static readonly string[] _feedEndings = [".jsonl", ".csv", ".xml"];
    /// <summary>What can be imported, and where its feed lies in a raw folder.</summary>
    public static IReadOnlyDictionary<string, string?> Kinds { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["reports"] = null, ["missing"] = RawFolder.MissingEntries, ["tips"] = RawFolder.HotlineTips,
        ["referrals"] = RawFolder.AgencyReferrals, ["agencies"] = null,
    };

    /// <summary>The files below a path in a stable order, each with the path that it has in a raw folder.</summary>
    /// <param name="unread">Told of what is passed by: where, and why.</param>
    public static IEnumerable<(string Path, string As)> Files(string path, string kind, Action<string, string> unread)
    {
        if (File.Exists(path)) return [(path, Path.GetFileName(path))];
        if (!Directory.Exists(path))
        {
            unread(path, FolderWalk.LeadsNowhere);
            return [];
        }
        var root = kind.Length == 0 && Directory.Exists(Path.Combine(path, RawFolder.Raw)) ? Path.Combine(path, RawFolder.Raw) : path;
        return FolderWalk.Files(root, unread).Where(file => !IsFeed(kind) || _feedEndings.Contains(Path.GetExtension(file).ToLowerInvariant()))
            .Order(StringComparer.Ordinal)
            .Select(file => (file, Path.GetRelativePath(root, file).Replace('\\', '/')))
            // Partner lists first: seats need their agencies.
            .OrderBy(file => file.Item2.StartsWith("partners/", StringComparison.Ordinal) ? 0 : 1);
    }

    /// <summary>Of a folder with a manifest, or of one raw folder, only what lies where reports do.</summary>
    public static string? ReportsBelow(string path)
    {
        var raw = Directory.Exists(Path.Combine(path, RawFolder.Raw)) ? Path.Combine(path, RawFolder.Raw) : path;
        var reports = Path.Combine(raw, RawFolder.Reports);
        return Directory.Exists(reports) ? reports : null;
    }

    /// <summary>Whether it is a folder that somebody made to be imported whole, or one raw folder.</summary>
    public static bool IsWhole(string path) =>
        File.Exists(Path.Combine(path, RawFolder.Manifest)) || Directory.Exists(Path.Combine(path, RawFolder.Raw)) || ReportsBelow(path) is not null
        || new[] { RawFolder.MissingEntries, RawFolder.HotlineTips, RawFolder.AgencyReferrals, RawFolder.Agencies }.Any(feed => Directory.Exists(Path.Combine(path, Path.GetDirectoryName(feed)!)));

    /// <summary>Among missing children XML is an AMBER alert; entries come as JSON lines.</summary>
    public static bool IsAlert(string path, string kind) =>
        IsXml(path) && (kind == "missing" || (kind.Length == 0 && path.StartsWith("missing/", StringComparison.Ordinal)));

    /// <summary>Of a folder of these only what may be a feed is read: other things lie in folders, too.</summary>
    public static bool IsFeed(string kind) => kind is "missing" or "tips" or "referrals";

    /// <summary>Entries may come as a table, too: by itself, or in a raw folder beside the lines.</summary>
    public static bool IsTable(string path) => path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
        && Kinds.Values.Any(feed => feed is not null && path.StartsWith(Path.GetDirectoryName(feed) + "/", StringComparison.Ordinal));

    private static bool IsXml(string path) => path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase);

    public static bool IsReport(string path) => path.StartsWith(RawFolder.Reports + "/", StringComparison.Ordinal);

    /// <summary>The path that a file would have in a raw folder: what it is follows from it.</summary>
    public static string PathIn(string path, string kind) => kind switch
    {
        "missing" when IsXml(path) => path,
        "agencies" => "partners/" + Path.GetFileName(path),
        _ => Kinds.GetValueOrDefault(kind) is { } feed ? $"{Path.GetDirectoryName(feed)}/{Path.GetFileName(path)}" : path,
    };
}
