namespace Homeward.Intake.Packages;

/// <summary>Which file belongs to which report: reports name their files, and those of one folder go together.</summary>
/// <remarks>
/// Names are compared without folders and case, as people and programs on the way write both otherwise; without spaces where none is
/// the very same, because a print breaks long names over lines; and by hash alone where no name fits. Many reports name an
/// <c>a.jpg</c>: the nearest is meant, unless its hash says that this is another file and another report's says that it is this one.
/// What fits several equally is given to none: booked to the wrong report, it would be evidence against the wrong person.
/// </remarks>
internal sealed class Belonging(IReadOnlyList<(ReceivePackage.PackedReport Packed, ReportId Id)> reports)
{
    /// <summary>Names by <see cref="Key"/>.</summary>
    private readonly HashSet<(ReportId, string)> _found = [];
    private readonly ILookup<string, (ReceivePackage.PackedReport Packed, ReportId Id, ReceivePackage.NamedFile Name)> _named =
        (from one in reports from name in one.Packed.Names from called in FilesOf(name) select (called, named: (one.Packed, one.Id, name)))
        .ToLookup(one => one.called, one => one.named);
    private readonly ILookup<string, (ReceivePackage.PackedReport Packed, ReportId Id, ReceivePackage.NamedFile Name)> _hashed =
        (from one in reports from name in one.Packed.Names where name.Md5 is not null select (one.Packed, one.Id, name)).ToLookup(one => one.name.Md5!, StringComparer.OrdinalIgnoreCase);

    /// <param name="Report">The report that names it; else the nearest in whose folder or below it lies; else the only one that it came with.</param>
    /// <param name="Name">As that report names it.</param>
    /// <param name="Between">Numbers of the reports that name it and that it fits equally; then it belongs to none.</param>
    public readonly record struct Answer(ReportId? Report, ReceivePackage.NamedFile? Name, IReadOnlyList<string> Between);

    private sealed record Candidate(string Number, ReportId Id, ReceivePackage.NamedFile Name, Nearness Nearness, ReceivePackage.HashAnswer Hash);

    public Answer Of(ReceivePackage.PackedFile file)
    {
        var called = Path.GetFileName(file.Path);
        var naming = _named[Key(called)].ToList();
        if (naming.FindAll(one => IsCalled(one.Name, called)) is { Count: > 0 } same) naming = same;
        if (naming.Count == 0) naming = [.. _hashed[file.Md5].Where(one => !IsFound(one.Id, one.Name))];
        if (naming.Count == 0) return new(Beside(file), null, []);
        // Of one report's files with the same name the next is meant that was not met yet.
        var best = Best(naming.ConvertAll(one => new Candidate(one.Packed.Number, one.Id, one.Name, Nearness.Of(one.Packed, file), HashOf(one.Name, file))), file)
            .GroupBy(one => one.Id).Select(own => own.FirstOrDefault(one => !IsFound(one.Id, one.Name)) ?? own.First()).ToList();
        foreach (var one in best) _found.Add((one.Id, Key(one.Name.Name)));
        return best.Count == 1 ? new(best[0].Id, best[0].Name, []) : new(null, null, [.. best.Select(one => one.Number)]);
    }

    /// <summary>What the report says of the file's hash, held against the file.</summary>
    public static ReceivePackage.HashAnswer HashOf(ReceivePackage.NamedFile? name, ReceivePackage.PackedFile file) =>
        name?.Md5 is not { } said ? ReceivePackage.HashAnswer.NotStated
        : said.Equals(file.Md5, StringComparison.OrdinalIgnoreCase) ? ReceivePackage.HashAnswer.Agrees : ReceivePackage.HashAnswer.Differs;

    /// <summary>Files that the report names and that <see cref="Of"/> did not meet.</summary>
    public IReadOnlyList<string> AbsentOf(ReceivePackage.PackedReport report)
    {
        var ids = reports.Where(one => one.Packed == report).Select(one => one.Id).ToList();
        return ids.Count == 0 ? [] : [.. report.Names.Where(name => !IsFound(ids[0], name)).Select(name => name.Name)];
    }

    private static List<Candidate> Best(List<Candidate> naming, ReceivePackage.PackedFile file)
    {
        var best = Nearest(naming);
        if (best.TrueForAll(one => one.Hash == ReceivePackage.HashAnswer.Differs) && naming.FindAll(one => one.Hash == ReceivePackage.HashAnswer.Agrees) is { Count: > 0 } agreeing)
            best = Nearest(agreeing);
        foreach (var wanted in new Predicate<Candidate>[]
        {
            one => one.Hash == ReceivePackage.HashAnswer.Agrees, one => one.Hash != ReceivePackage.HashAnswer.Differs, one => IsSame(one.Name.Name, Path.GetFileName(file.Path)),
        })
            if (best.FindAll(wanted) is { Count: > 0 } some) best = some;
        return best;
    }

    private static List<Candidate> Nearest(List<Candidate> candidates)
    {
        var nearest = candidates.Max(one => one.Nearness);
        return candidates.FindAll(one => one.Nearness == nearest);
    }

    private ReportId? Beside(ReceivePackage.PackedFile file)
    {
        var beside = reports.Where(one => one.Packed.Package == file.Package).Select(one => (one.Id, Nearness: Nearness.Of(one.Packed, file))).ToList();
        if (beside.DistinctBy(one => one.Id).Count() > 1)
        {
            var above = beside.FindAll(one => one.Nearness.IsAbove);
            beside = above.FindAll(one => one.Nearness == above.Max(other => other.Nearness));
        }
        return beside.DistinctBy(one => one.Id).Count() == 1 ? beside[0].Id : null;
    }

    private bool IsFound(ReportId report, ReceivePackage.NamedFile name) => _found.Contains((report, Key(name.Name)));

    private static IEnumerable<string> FilesOf(ReceivePackage.NamedFile name) => new[] { name.Name, name.OriginalName }.OfType<string>().Select(Key).Distinct();

    private static bool IsCalled(ReceivePackage.NamedFile name, string file) => IsSame(name.Name, file) || (name.OriginalName is { } original && IsSame(original, file));

    private static bool IsSame(string name, string file) => FileOf(name).Equals(file, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether two names are one, but for folders, case and spaces.</summary>
    public static bool IsAlike(string name, string file) => Key(name) == Key(file);

    private static string Key(string name) => string.Concat(FileOf(name).Where(letter => !char.IsWhiteSpace(letter))).ToUpperInvariant();

    private static string FileOf(string name) => Path.GetFileName(name.Replace('\\', '/'));

    /// <summary>How near a report lies to a file: in its own package first, then by how many folders they share from the top.</summary>
    /// <param name="IsAbove">The report lies in the file's own folder or in one above it.</param>
    private readonly record struct Nearness(bool IsSamePackage, int Shared, bool IsAbove) : IComparable<Nearness>
    {
        public static Nearness Of(ReceivePackage.PackedReport report, ReceivePackage.PackedFile file)
        {
            var (mine, its) = (Folders(report.Original.Path), Folders(file.Path));
            var shared = mine.Zip(its).TakeWhile(pair => pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase)).Count();
            return new(report.Package == file.Package, shared, shared == mine.Length);
        }

        public int CompareTo(Nearness other) => (IsSamePackage, Shared, IsAbove).CompareTo((other.IsSamePackage, other.Shared, other.IsAbove));

        private static string[] Folders(string path) => path.Split('/')[..^1];
    }
}
