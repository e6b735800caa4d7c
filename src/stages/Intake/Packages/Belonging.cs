using System.Text;
using Homeward.Kernel;

namespace Homeward.Intake.Packages;

/// <summary>Which file belongs to which report: reports name their files, and those of one folder go together.</summary>
/// <remarks>
/// Names are compared without folders, case and the way in which accents are written, as people and programs on the way write all of them otherwise;
/// without spaces where none is the very same, because a print breaks long names over lines; by hash alone where no name fits; then by a report's number as its name. Many reports name an
/// <c>a.jpg</c>: the nearest is meant, unless its hash says that this is another file and another report's says that it is this one.
/// What fits several equally is given to none: booked to the wrong report, it would be evidence against the wrong person.
/// One act may hold thousands of either: what is compared is made ready once, and a report in the file's own folder is found without looking at the others.
/// </remarks>
internal sealed class Belonging
{
    /// <summary>Reports that are told of a file which several name: who has to look at more looks for something else.</summary>
    private const int BetweenMax = 50;

    private readonly Dictionary<ReceivePackage.PackedReport, ReportId> _ids = new(ReferenceEqualityComparer.Instance);
    private readonly ILookup<string?, ReportId> _inPackage;
    private readonly ILookup<string?, IGrouping<Place, ReportId>> _placesIn;
    private readonly Dictionary<string, Naming> _called, _alike;
    private readonly ILookup<string, Candidate> _hashed;
    private readonly ILookup<string, ReportId> _numbered;
    /// <summary>Names by <see cref="Key"/>.</summary>
    private readonly HashSet<(ReportId, string)> _found = [];

    public Belonging(IReadOnlyList<(ReceivePackage.PackedReport Packed, ReportId Id)> reports)
    {
        foreach (var (packed, id) in reports) _ids.TryAdd(packed, id);
        var placed = reports.Select(one => (one.Packed, one.Id, Place: Place.Of(one.Packed.Package, one.Packed.Original.Path))).ToList();
        _inPackage = placed.Select(one => (one.Packed.Package, one.Id)).Distinct().ToLookup(one => one.Package, one => one.Id);
        _placesIn = placed.Select(one => (one.Place, one.Id)).Distinct().GroupBy(one => one.Place, one => one.Id).ToLookup(group => group.Key.Package);
        _numbered = placed.Select(one => (one.Packed.Number, one.Id)).Distinct().ToLookup(one => one.Number, one => one.Id);
        List<Candidate> named = [.. from one in placed from name in one.Packed.Names select new Candidate(one.Packed.Number, one.Id, name, Called(name.Name), Key(name.Name), one.Place)];
        _called = Index(named, Called);
        _alike = Index(named, Key);
        _hashed = named.Where(one => one.Name.Md5 is not null).ToLookup(one => one.Name.Md5!, StringComparer.OrdinalIgnoreCase);

        static Dictionary<string, Naming> Index(List<Candidate> named, Func<string, string> form) =>
            (from one in named
             from name in new[] { one.Name.Name, one.Name.OriginalName }.OfType<string>().Select(form).Distinct()
             group one by name).ToDictionary(group => group.Key, group => new Naming([.. group]));
    }

    /// <param name="Report">The report that names it; else the one whose number it is called by; else the nearest in whose folder or below it lies; else the only one that it came with.</param>
    /// <param name="Name">As that report names it.</param>
    /// <param name="Between">Numbers of the reports that name it and that it fits equally, the first of them; then it belongs to none.</param>
    public readonly record struct Answer(ReportId? Report, ReceivePackage.NamedFile? Name, IReadOnlyList<string> Between);

    /// <param name="Called">Its name, as names are compared; <paramref name="Key"/> is without spaces.</param>
    private sealed record Candidate(string Number, ReportId Id, ReceivePackage.NamedFile Name, string Called, string Key, Place Place);

    public Answer Of(ReceivePackage.PackedFile file)
    {
        var (place, called) = (Place.Of(file.Package, file.Path), Called(file.Path));
        var naming = _called.GetValueOrDefault(called) ?? _alike.GetValueOrDefault(Key(file.Path));
        if (naming is null && _hashed[file.Md5].Where(one => !IsFound(one)).ToList() is { Count: > 0 } hashed) naming = new Naming(hashed);
        if (naming is null) return new(Only(_numbered[Bare(file.Path)]) ?? Beside(place), null, []);
        // Of one report's files with the same name the next is meant that was not met yet.
        var best = Best(naming, place, called, file).GroupBy(one => one.Id).Select(own => own.FirstOrDefault(one => !IsFound(one)) ?? own.First()).ToList();
        foreach (var one in best) _found.Add((one.Id, one.Key));
        return best.Count == 1 ? new(best[0].Id, best[0].Name, []) : new(null, null, [.. best.Take(BetweenMax).Select(one => one.Number)]);
    }

    /// <summary>What the report says of the file's hash, held against the file.</summary>
    public static ReceivePackage.HashAnswer HashOf(ReceivePackage.NamedFile? name, ReceivePackage.PackedFile file) =>
        name?.Md5 is not { } said ? ReceivePackage.HashAnswer.NotStated
        : said.Equals(file.Md5, StringComparison.OrdinalIgnoreCase) ? ReceivePackage.HashAnswer.Agrees : ReceivePackage.HashAnswer.Differs;

    /// <summary>Files that the report names and that <see cref="Of"/> did not meet.</summary>
    public IReadOnlyList<string> AbsentOf(ReceivePackage.PackedReport report) =>
        _ids.TryGetValue(report, out var id) ? [.. report.Names.Where(name => !_found.Contains((id, Key(name.Name)))).Select(name => name.Name)] : [];

    private static List<Candidate> Best(Naming naming, Place place, string called, ReceivePackage.PackedFile file)
    {
        var best = naming.Nearest(place);
        if (best.TrueForAll(one => Hash(one) == ReceivePackage.HashAnswer.Differs) && naming.Agreeing(file.Md5) is { Count: > 0 } agreeing)
            best = new Naming(agreeing).Nearest(place);
        foreach (var wanted in new Predicate<Candidate>[]
        {
            one => Hash(one) == ReceivePackage.HashAnswer.Agrees, one => Hash(one) != ReceivePackage.HashAnswer.Differs, one => one.Called == called,
        })
            if (best.Count > 1 && best.FindAll(wanted) is { Count: > 0 } some) best = some;
        return best;

        ReceivePackage.HashAnswer Hash(Candidate one) => HashOf(one.Name, file);
    }

    private ReportId? Beside(Place file)
    {
        if (Only(_inPackage[file.Package]) is { } only) return only;
        var above = _placesIn[file.Package].Where(one => one.Key.IsAbove(file)).MaxBy(one => one.Key.Folder.Length);
        return above is null ? null : Only(above);
    }

    private static ReportId? Only(IEnumerable<ReportId> ids) => ids.Take(2).ToList() is [var one] ? one : null;

    private bool IsFound(Candidate one) => _found.Contains((one.Id, one.Key));

    /// <summary>Whether two names are one, but for folders, case, spaces and how accents are written.</summary>
    public static bool IsAlike(string name, string file) => Key(name) == Key(file);

    /// <summary>The name as it is compared where none is the very same.</summary>
    public static string Key(string name) => string.Concat(Called(name).Where(letter => !char.IsWhiteSpace(letter)));

    /// <summary>The name without folders and endings: <c>100200300</c> of <c>a/100200300.tar.gz</c>.</summary>
    public static string Bare(string name) => Path.GetFileName(name.Replace('\\', '/')).Split('.')[0];

    private static string Called(string name) => Compared(Path.GetFileName(name.Replace('\\', '/')));

    /// <summary>Composed, because macOS takes letters and their accents apart; in capitals.</summary>
    private static string Compared(string name) => Texts.WellFormed(name).Normalize(NormalizationForm.FormC).ToUpperInvariant();

    /// <summary>All that name a file alike.</summary>
    private sealed class Naming(List<Candidate> all)
    {
        private readonly ILookup<Place, Candidate> _byPlace = all.ToLookup(one => one.Place);
        private ILookup<string, Candidate>? _byHash;

        /// <summary>In its own package first, then by how many folders they share from the top, then in a folder above the file's own.</summary>
        public List<Candidate> Nearest(Place file)
        {
            if (_byPlace.Contains(file)) return [.. _byPlace[file]];
            var best = _byPlace.Max(group => group.Key.To(file));
            return [.. _byPlace.Where(group => group.Key.To(file) == best).SelectMany(group => group)];
        }

        public List<Candidate> Agreeing(string md5) =>
            [.. (_byHash ??= all.Where(one => one.Name.Md5 is not null).ToLookup(one => one.Name.Md5!, StringComparer.OrdinalIgnoreCase))[md5]];
    }

    /// <summary>Where something lies.</summary>
    /// <param name="Folder">As it is compared, with a slash behind each folder; empty at the top.</param>
    private readonly record struct Place(string? Package, string Folder)
    {
        public static Place Of(string? package, string path) => new(package, Compared(path[..(path.LastIndexOf('/') + 1)]));

        /// <summary>In the file's own folder or in one above it.</summary>
        public bool IsAbove(Place file) => file.Folder.StartsWith(Folder, StringComparison.Ordinal);

        /// <summary>How near a report lies to a file.</summary>
        public (bool IsSamePackage, int Shared, bool IsAbove) To(Place file)
        {
            var shared = file.Folder.AsSpan(0, file.Folder.AsSpan().CommonPrefixLength(Folder)).Count('/');
            return (Package == file.Package, shared, IsAbove(file));
        }
    }
}
