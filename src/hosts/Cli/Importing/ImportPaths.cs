using Homeward.Exchange;

namespace Homeward.Cli.Importing;

/// <summary>Which files an import takes, and as what: by the path that each would have in a raw folder.</summary>
internal static class ImportPaths
{
    private const int NamesMax = 10;
    private static readonly string[] _feedEndings = [".jsonl", ".csv", ".xml"];
    private static readonly string[] _packed = [".gz", ".tgz", ".zip", ".tar", ".bz2", ".xz", ".7z"];

    /// <summary>What can be imported, and where its feed lies in a raw folder.</summary>
    public static IReadOnlyDictionary<string, string?> Kinds { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["reports"] = null, ["missing"] = RawFolder.MissingEntries, ["tips"] = RawFolder.HotlineTips,
        ["referrals"] = RawFolder.AgencyReferrals, ["agencies"] = null, ["outcomes"] = null,
    };

    /// <summary>The five files of outcomes, in the order in which they are taken: a court's step needs its arrest.</summary>
    private static readonly string[] _outcomes = [RawFolder.Children, RawFolder.Adults, RawFolder.Arrests, RawFolder.Investigations, RawFolder.Courts];

    /// <summary>The files below a path in a stable order, each with the path that it has in a raw folder.</summary>
    /// <param name="unread">Told of what is passed over: which, why, and how to mend it.</param>
    public static IReadOnlyList<(string Path, string As)> Files(string path, string kind, Action<string, string> unread)
    {
        if (File.Exists(path)) return Alone(path, kind, unread);
        if (!Directory.Exists(path))
        {
            unread(path, FolderWalk.LeadsNowhere);
            return [];
        }
        var root = kind.Length == 0 ? RawFolder.Of(path) : path;
        var passed = new List<string>();
        var files = new List<(string Path, string As)>();
        foreach (var file in FolderWalk.Files(root, unread).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(root, file).Replace('\\', '/');
            if (As(file, name, kind) is { } known) files.Add((file, known));
            else if (name != RawFolder.Manifest && !IsReport(name)) passed.Add(name);
        }
        // Of a folder that does not say what it is nothing is meant to be read: that is told once, for all of it.
        if (kind.Length == 0 && !IsWhole(path)) return files;
        if (passed.Count > 0) unread(path, $"passed over {Listed(passed)}; {Reads(kind)}");
        else if (files.Count == 0 && ReportsBelow(path) is null) unread(path, $"holds nothing that is read; {Reads(kind)}");
        // Partner lists first: seats need their agencies.
        return [.. files.OrderBy(file => IsPartnerList(file.As) ? 0 : 1)];
    }

    /// <summary>A file that a person names is taken whatever its name, if it can be what they say.</summary>
    private static IReadOnlyList<(string Path, string As)> Alone(string path, string kind, Action<string, string> unread)
    {
        var name = Path.GetFileName(path);
        if (_packed.Contains(Path.GetExtension(path).ToLowerInvariant())) unread(path, "packed; unpack it and import what is in it");
        else if (kind.Length == 0) unread(path, "nobody said what it is; write import missing, tips, referrals, agencies, outcomes or reports before it");
        else if (kind == "outcomes" && OutcomesIn(name) is null) unread(path, $"its name does not say of what its outcomes are; begin it with {OutcomeNames}, as in children-july.jsonl");
        else if (kind != "agencies") return [(path, PathIn(name, kind))];
        else if (PartnerFiles.PathOf(path) is { } list) return [(path, list)];
        else unread(path, $"no partner list; give it the header {PartnerFiles.Columns}");
        return [];
    }

    /// <summary>The path that a file of a folder has in a raw folder; null where it is passed over.</summary>
    private static string? As(string file, string name, string kind) => kind switch
    {
        "agencies" => name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? PartnerFiles.PathOf(file) : null,
        "" => IsFixed(name) || IsTable(name) || IsAlert(name, kind) ? name : null,
        "outcomes" => OutcomesIn(name) is null || !name.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) ? null : PathIn(name, kind),
        _ => _feedEndings.Contains(Path.GetExtension(file).ToLowerInvariant()) ? PathIn(name, kind) : null,
    };

    private static bool IsFixed(string name) => _outcomes.Contains(name) || name is RawFolder.MissingEntries or RawFolder.HotlineTips or RawFolder.AgencyReferrals or RawFolder.Agencies or RawFolder.TaskForces or RawFolder.Members;

    private static string Reads(string kind) => kind switch
    {
        "" => $"of a whole folder {RawFolder.Reports}/, {RawFolder.MissingEntries}, {RawFolder.HotlineTips}, {RawFolder.AgencyReferrals}, outcomes/ and the lists in partners/ are read",
        "outcomes" => $"of a folder .jsonl files are read whose names begin with {OutcomeNames}; name a .json file by itself, and unpack what is packed",
        "agencies" => $"read are .csv files with the header {PartnerFiles.Columns}",
        _ => $"of a folder {string.Join(", ", _feedEndings)} are read; name a .json file by itself, and unpack what is packed",
    };

    private static string Listed(List<string> names) =>
        $"{(names.Count == 1 ? "one file" : $"{names.Count} files")} ({string.Join(", ", names.Take(NamesMax))}{(names.Count > NamesMax ? " …" : "")})";

    /// <summary>Of a folder with a manifest, or of one raw folder, only what lies where reports do.</summary>
    public static string? ReportsBelow(string path)
    {
        var reports = Path.Combine(RawFolder.Of(path), RawFolder.Reports);
        return Directory.Exists(reports) ? reports : null;
    }

    /// <summary>Whether it is a folder that somebody made to be imported whole, or one raw folder.</summary>
    public static bool IsWhole(string path) =>
        File.Exists(Path.Combine(path, RawFolder.Manifest)) || Directory.Exists(Path.Combine(path, RawFolder.Raw)) || ReportsBelow(path) is not null
        || new[] { RawFolder.MissingEntries, RawFolder.HotlineTips, RawFolder.AgencyReferrals, RawFolder.Agencies }.Any(feed => Directory.Exists(Path.Combine(path, Path.GetDirectoryName(feed)!)));

    /// <summary>Among missing children XML is an AMBER alert; entries come as JSON lines.</summary>
    public static bool IsAlert(string path, string kind) =>
        IsXml(path) && (kind == "missing" || (kind.Length == 0 && path.StartsWith("missing/", StringComparison.Ordinal)));

    /// <summary>Which of the five files of outcomes a file is, by how its name begins; null when it is none of them.</summary>
    public static string? OutcomesIn(string path) =>
        Array.Find(_outcomes, one => Path.GetFileName(path).StartsWith(Path.GetFileNameWithoutExtension(one), StringComparison.OrdinalIgnoreCase));

    private static string OutcomeNames => string.Join(", ", _outcomes.Select(Path.GetFileNameWithoutExtension));

    /// <summary>Where among the files of outcomes one is taken.</summary>
    public static int OutcomesOrder(string path) => Array.IndexOf(_outcomes, OutcomesIn(path));

    /// <summary>In the order in which they are taken.</summary>
    public static IReadOnlyList<string> Feeds { get; } = ["missing", "tips", "referrals", "outcomes"];

    /// <summary>Whether a file is of this feed, by the path that it has in a raw folder.</summary>
    public static bool IsOf(string feed, string path) => path.StartsWith(feed + "/", StringComparison.Ordinal);

    public static bool IsPartnerList(string path) => path.StartsWith("partners/", StringComparison.Ordinal);

    /// <summary>Entries may come as a table, too: by itself, or in a raw folder beside the lines.</summary>
    public static bool IsTable(string path) => path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) && Feeds.Any(feed => IsOf(feed, path));

    private static bool IsXml(string path) => path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase);

    public static bool IsReport(string path) => path.StartsWith(RawFolder.Reports + "/", StringComparison.Ordinal);

    /// <summary>The path that a file would have in a raw folder: what it is follows from it.</summary>
    private static string PathIn(string path, string kind) => kind switch
    {
        "missing" when IsXml(path) => path,
        "outcomes" => $"outcomes/{Path.GetFileName(path)}",
        _ => Kinds.GetValueOrDefault(kind) is { } feed ? $"{Path.GetDirectoryName(feed)}/{Path.GetFileName(path)}" : path,
    };
}
