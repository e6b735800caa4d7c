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
    public static IEnumerable<(string Path, string As)> Files(string path, string kind)
    {
        if (File.Exists(path)) return [(path, Path.GetFileName(path))];
        if (!Directory.Exists(path)) throw new FileNotFoundException($"{path} is not there.");
        var root = kind.Length == 0 && Directory.Exists(Path.Combine(path, RawFolder.Raw)) ? Path.Combine(path, RawFolder.Raw) : path;
        return Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Where(file => !IsFeed(kind) || _feedEndings.Contains(Path.GetExtension(file).ToLowerInvariant()))
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
