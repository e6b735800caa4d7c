namespace Homeward.Intake.Packages;

/// <summary>Which file belongs to which report: reports name their files, and those of one package go together.</summary>
/// <remarks>Names are compared without folders and case, as people and programs on the way write both otherwise.</remarks>
internal sealed class Belonging(IReadOnlyList<(ReceivePackage.PackedReport Packed, ReportId Id)> reports)
{
    private readonly HashSet<(ReportId, string)> _found = [];

    /// <summary>The report that names the file, in its own package first; else the only report that it came with.</summary>
    public (ReportId? Report, ReceivePackage.NamedFile? Name) Of(ReceivePackage.PackedFile file)
    {
        foreach (var (packed, id) in reports.OrderBy(one => one.Packed.Package == file.Package ? 0 : 1))
        {
            if (packed.Names.FirstOrDefault(name => IsNamed(name, file.Path)) is not { } name) continue;
            _found.Add((id, name.Name));
            return (id, name);
        }
        var beside = reports.Where(one => one.Packed.Package == file.Package).Select(one => one.Id).Distinct().ToList();
        return (beside.Count == 1 ? beside[0] : null, null);
    }

    /// <summary>Files that the report names and that <see cref="Of"/> did not meet.</summary>
    public IReadOnlyList<string> AbsentOf(ReceivePackage.PackedReport report)
    {
        var ids = reports.Where(one => one.Packed == report).Select(one => one.Id).ToList();
        return ids.Count == 0 ? [] : [.. report.Names.Where(name => !_found.Contains((ids[0], name.Name))).Select(name => name.Name)];
    }

    private static bool IsNamed(ReceivePackage.NamedFile name, string path)
    {
        var file = Path.GetFileName(path);
        return IsSame(name.Name, file) || (name.OriginalName is { } original && IsSame(original, file));
    }

    public static bool IsSame(string name, string file) =>
        Path.GetFileName(name.Replace('\\', '/')).Equals(file, StringComparison.OrdinalIgnoreCase);
}
