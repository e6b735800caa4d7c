using Homeward.Intake.Packages;

namespace Homeward.Cli.Importing;

/// <summary>Which files of a folder belong together: a report and the files that it names or that bear its number, and the other reports that name them.</summary>
/// <remarks>For a folder that cannot be taken as one: each report in it is read for this alone.</remarks>
internal sealed class Bonds
{
    private static readonly string[] _reports = [".json", ".pdf"];

    private readonly List<string> _files = [];
    private readonly Dictionary<string, IReadOnlyList<string>> _marks = new(StringComparer.Ordinal);
    private readonly HashSet<string> _isReport = new(StringComparer.Ordinal);

    public Bonds(IReadOnlyList<string> files)
    {
        // A report may name another document; what nobody here could be meant by is not kept.
        var here = files.Select(PackageArrivals.MarkOf).ToHashSet(StringComparer.Ordinal);
        var others = files.Where(file => !MayBeReport(file)).Select(file => (File: file, Number: PackageArrivals.NumberMark(file), Hash: Hash(file) is { } hash && here.Add(hash) ? hash : null)).ToList();
        here.UnionWith(others.Select(one => one.Number));
        var asked = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in files.Where(MayBeReport))
        {
            if (Read(file) is not { } bytes) continue;   // whoever reads the reports tells why
            if (PackageArrivals.MarksIn(file, bytes) is not { } named)
            {
                Put(file, [PackageArrivals.MarkOf(file)]);
                continue;
            }
            Reports++;
            if (named.Where(here.Contains).ToList() is not { Count: > 0 } met || !_isReport.Add(file)) continue;
            asked.UnionWith(met);
            Put(file, met);
        }
        // Names that begin alike tie files only where they are a report's number.
        foreach (var (file, number, hash) in others) Put(file, [PackageArrivals.MarkOf(file), .. hash is null ? Array.Empty<string>() : [hash], .. asked.Contains(number) ? new[] { number } : []]);
    }

    /// <summary>How many reports lie there.</summary>
    public int Reports { get; private set; }

    /// <summary>Whether it is one, and names a file that lies there.</summary>
    public bool IsReport(string file) => _isReport.Contains(file);

    /// <summary>Files with those that they belong together with, all but the reports that name none of them.</summary>
    public IEnumerable<List<string>> Together()
    {
        var marked = _files.SelectMany(file => _marks[file].Select(mark => (mark, file))).ToLookup(one => one.mark, one => one.file, StringComparer.Ordinal);
        var (met, followed) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var first in _files.Where(met.Add))
        {
            List<string> together = [first];
            for (var at = 0; at < together.Count; at++)
                foreach (var mark in _marks[together[at]].Where(followed.Add)) together.AddRange(marked[mark].Where(met.Add));
            yield return together;
        }
    }

    /// <summary>Those of some files that a report beside them names, by name or hash.</summary>
    /// <remarks>That one bears a report's number makes it no file of it: what holds reports is looked into all the same.</remarks>
    public static IReadOnlyList<string> Named(IReadOnlyList<string> some, IEnumerable<string> beside)
    {
        if (some.Count == 0) return [];
        var byMark = some.ToLookup(PackageArrivals.MarkOf, StringComparer.Ordinal);
        // All of each is read for it, so only where a report speaks of files.
        var byHash = new Lazy<ILookup<string?, string>>(() => some.ToLookup(Hash));
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var report in beside.Where(MayBeReport))
            foreach (var mark in Read(report) is { } bytes ? PackageArrivals.MarksIn(report, bytes) ?? [] : [])
                named.UnionWith(byMark[mark].Concat(PackageArrivals.IsHash(mark) ? byHash.Value[mark] : []));
        return [.. named];
    }

    private void Put(string file, IReadOnlyList<string> marks)
    {
        _files.Add(file);
        _marks[file] = marks;
    }

    private static bool MayBeReport(string file) => _reports.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static byte[]? Read(string file)
    {
        try
        {
            // What is larger is no report, and is told as one that is too large.
            return new FileInfo(file).Length > PackageArrivals.DocumentBytesMax ? [] : File.ReadAllBytes(file);
        }
        catch (Exception fault) when (FolderWalk.IsUnreadable(fault))
        {
            return null;
        }
    }

    private static string? Hash(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return PackageArrivals.HashMark(stream);
        }
        catch (Exception fault) when (FolderWalk.IsUnreadable(fault))
        {
            return null;   // told when it is taken
        }
    }
}
