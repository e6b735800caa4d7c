using System.IO.Compression;
using System.Runtime.CompilerServices;
using Homeward.Cli.Importing;
using Homeward.Exchange;
using Homeward.Exchange.Packages;
using Homeward.Foundations.Access;
using Homeward.Intake;
using Homeward.Intake.Packages;
using Homeward.Kernel;
using Homeward.Scenario.Cast;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Cli;

/// <summary>What <c>import reports</c> takes as somebody drops it on the page: each ZIP that holds more than bulk reports, and each folder in which files lie beside their reports.</summary>
/// <remarks>
/// Folders and archives of nothing but reports are taken in bulk; there are a thousand times as many of them. So is every provider's XML in a
/// folder: it names no file, so that what lies beside it needs its number alone, which its path says, and is sealed when the report is there.
/// </remarks>
internal sealed class PackageDrops
{
    private static readonly string[] _bulk = [".xml", ".jsonl"];
    private static readonly string[] _documents = [".json", ".pdf", ".xml"];
    private static readonly string[] _reports = [.. _documents, ".jsonl", ".zip", ".tar", ".gz", ".tgz"];

    /// <summary>Files that are taken together, and the providers' reports beside them, which are not.</summary>
    private sealed record Drop(IReadOnlyList<string> Files, IReadOnlyList<string> Reports)
    {
        /// <summary>With the folder of its day, where one of them needs that to say its number.</summary>
        private readonly bool _isOfDay = Files.Concat(Reports).Any(file => ReportFiles.NameOf(file).Contains('/'));

        /// <summary>Reports lay there that none of the files belongs to by its name or hash: they are taken without them.</summary>
        public bool LayWithReports { get; init; }

        /// <summary>Archives or files of lines lay there, whose reports are taken in bulk: a file is found to be theirs by its hash.</summary>
        public bool LayWithMany { get; init; }

        public string NameOf(string file) => _isOfDay ? $"{Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file)))}/{Path.GetFileName(file)}" : Path.GetFileName(file);
    }

    private const int LooseToldMax = 100;
    /// <summary>Files of one act: it holds the house's writers up as long as it takes.</summary>
    private const int FilesMax = 1_000;

    private readonly List<Drop> _drops = [];
    private readonly HashSet<string> _held = new(StringComparer.Ordinal);
    /// <summary>Archives that are files as any other, and sealed whole.</summary>
    private readonly HashSet<string> _evidence = new(StringComparer.Ordinal);

    private PackageDrops() { }

    /// <summary>Of a folder no more names are held than it has in one place: it may have millions below.</summary>
    /// <param name="isOurs">True for a file that an import wrote: it is nobody's evidence.</param>
    public static PackageDrops Of(IReadOnlyList<string> paths, Func<string, bool> isOurs)
    {
        var drops = new PackageDrops();
        drops.Add(paths.Where(File.Exists), isOurs);
        // What cannot be looked at is told by whoever reads the reports, who walks the same way.
        foreach (var folder in paths.Where(Directory.Exists)) Look(new FolderWalk(folder, (_, _) => { }), folder);
        return drops;

        void Look(FolderWalk walk, string folder)
        {
            var below = walk.In(folder).ToLookup(one => one.IsFolder, one => one.Path);
            drops.Add(below[false], isOurs);
            foreach (var deeper in below[true].Where(path => !Litter.IsFolder(Path.GetFileName(path)))) Look(walk, deeper);
        }
    }

    private void Add(IEnumerable<string> together, Func<string, bool> isOurs)
    {
        var files = together.Where(file => !isOurs(file) && !Litter.Is(Path.GetFileName(file))).ToList();
        var many = OfMany(files);
        var drops = many.Where(IsPackage).Select(zip => new Drop([zip], [])).ToList();
        files.RemoveAll(many.Contains);
        if (files.Exists(file => !_documents.Any(ending => Has(file, ending))))
        {
            var beside = files.ToLookup(file => IsProvidersReport(Path.GetFullPath(file)));
            drops.AddRange(Cut([.. beside[false]], [.. beside[true]], many.Count > drops.Count));
        }
        _drops.AddRange(drops);
        _held.UnionWith(drops.SelectMany(drop => drop.Files));
    }

    public bool Holds(string file) => _held.Contains(file);

    /// <summary>What is read for the reports in it, whatever else lies there: all that may hold one and that no report names as its file.</summary>
    private HashSet<string> OfMany(List<string> files)
    {
        var many = files.Where(ReportFiles.IsOfMany).ToHashSet(StringComparer.Ordinal);
        // By itself it is read whatever it holds, and what is none is told.
        if (many.Count == files.Count) return many;
        // A ZIP is read as a package where it is none in bulk.
        var without = many.Where(file => !Has(file, ".zip") && !ReportFiles.MayHold(file)).ToList();
        // Lines of something else are somebody's mistake until a report names them, and are told as one.
        _evidence.UnionWith(without.Where(file => !Has(file, ".jsonl") && !Has(file, ".jsonl.gz")));
        many.ExceptWith(without);
        var named = Bonds.Named([.. many], files);
        _evidence.UnionWith(named);
        many.ExceptWith(named);
        return many;
    }

    /// <summary>
    /// What lies in one folder as it is taken together. Of more than one act should hold, reports stay with the files that they name;
    /// those of no file that lies here are taken in bulk.
    /// </summary>
    /// <param name="withMany">Others lie there in archives and lines: what nobody names is not the only report's that lies beside it.</param>
    private static IEnumerable<Drop> Cut(List<string> files, List<string> beside, bool withMany)
    {
        if (!withMany && files.Count <= FilesMax && DocumentBytes(files) <= PackageArrivals.DocumentsBytesMax) return [new Drop(files, beside)];
        var bonds = new Bonds(files);
        // What nobody names is the only report's that lies there.
        if (!withMany && bonds.Reports == 1 && beside.Count == 0 && Fits(files)) return [new Drop(files, beside)];
        var together = bonds.Together().ToLookup(some => some.Exists(bonds.IsReport) && Fits(some));
        // Where several lie it is nobody's, and must not meet one of them alone. So is what belongs together and is too much at once: its reports go in bulk.
        var alone = together[false].SelectMany(some => some).Where(file => !bonds.IsReport(file)).Select(file => new List<string> { file });
        return [.. Pieces(together[true]).Select(some => new Drop(some, beside)), .. Pieces(alone).Select(some => new Drop(some, withMany || bonds.Reports > 0 ? [] : beside) { LayWithReports = bonds.Reports > 0, LayWithMany = withMany })];

        static bool Fits(List<string> some) => some.Count <= ReceivePackage.PartsMax && DocumentBytes(some) <= PackageArrivals.DocumentsBytesMax;
    }

    private static List<List<string>> Pieces(IEnumerable<List<string>> groups)
    {
        var (pieces, bytes) = (new List<List<string>>(), 0L);
        foreach (var group in groups)
        {
            var more = DocumentBytes(group);
            if (pieces.Count == 0 || pieces[^1].Count + group.Count > FilesMax || bytes + more > PackageArrivals.DocumentsBytesMax)
            {
                pieces.Add([]);
                bytes = 0;
            }
            pieces[^1].AddRange(group);
            bytes += more;
        }
        // Versions of a report come in the order of their names.
        foreach (var piece in pieces) piece.Sort(StringComparer.Ordinal);
        return pieces;
    }

    /// <summary>What is read whole, and held until all of a drop is stored.</summary>
    private static long DocumentBytes(List<string> files) => files.Where(file => _documents.Any(ending => Has(file, ending))).Sum(file => new FileInfo(file) is { Exists: true } one ? one.Length : 0);

    /// <param name="isDry">What is said is what would happen.</param>
    /// <param name="tell">Told which one is at hand, and of how many.</param>
    /// <param name="rejected">Told of each report, each alert and each whole file that was put aside.</param>
    /// <returns>What was not read, with reason and mend.</returns>
    public async Task<IReadOnlyList<string>> TakeAsync(
        IServiceProvider house, Actor clerk, MailRoom room, bool isDry, Action<string> tell, Action<string, IReadOnlyList<Rejection>> rejected, Func<Task> taken, CancellationToken cancel)
    {
        var notRead = new List<string>();
        var arrivals = house.GetRequiredService<PackageArrivals>();
        foreach (var (place, drop) in _drops.Index())
        {
            tell($"packages: {place + 1:N0} of {_drops.Count:N0}, {Path.GetFileName(drop.Files[0])}{Others(drop)}");
            if (await ReceiveAsync(drop) is not { } answer) continue;
            if (!answer.TryGet(out var receipt, out var problem))
            {
                notRead.Add($"{drop.Files[0]}: {problem.What} {problem.Mend}");
                // Nothing of it is stored: each file of it has to come again.
                foreach (var file in drop.Files) rejected(file, [new Rejection(0, 0, "", problem.What, problem.Mend)]);
                room.Count("files", new BatchReceipt(0, 0, 0, drop.Files.Count));
                continue;
            }
            room.Count("reports", new BatchReceipt(receipt.New, receipt.Versions, receipt.Repeats, receipt.Rejected));
            room.Count("files", new BatchReceipt(receipt.Files - receipt.Superfluous.Count, 0, receipt.Superfluous.Count, receipt.Refused));
            if (receipt.Alerts.Count > 0) room.Count("alerts", Alerts(receipt.Alerts));
            notRead.AddRange(NotRead(drop, receipt, isDry));
            foreach (var part in receipt.Parts.Where(part => part.Became == ReceivePackage.Became.Rejected))
                rejected(part.Path, [part.Fault()]);
            foreach (var part in receipt.NotRead)
                rejected(part.Path, [new Rejection(0, 0, "", part.Reason, part.Mend)]);
            foreach (var alert in receipt.Alerts.Where(alert => alert.Id is null))
                rejected(alert.Path, [alert.Fault()]);
            await taken();
        }
        return notRead;

        // One file that cannot be read is told, and what lies beside it is taken without it.
        async Task<Result<ReceivePackage.Receipt>?> ReceiveAsync(Drop drop)
        {
            var files = drop.Files.ToList();
            var beside = drop.Reports.Take(ReceivePackage.PartsMax).Select(report => drop.NameOf(report)).ToList();
            while (files.Count > 0)
            {
                try
                {
                    return await arrivals.ReceiveAsync(clerk, OpenAsync(drop, files, cancel), beside, cancel);
                }
                catch (UnreadableFile fault)
                {
                    notRead.Add($"{fault.Path}: {fault.Why}");
                    files.Remove(fault.Path);
                }
            }
            return null;
        }
    }

    private static string Others(Drop drop) => drop.Files.Count > 1 ? $" and {drop.Files.Count - 1:N0} files beside it" : "";

    private static BatchReceipt Alerts(IReadOnlyList<ReceiveAlerts.Told> told)
    {
        return new(Count(ReceivePackage.Became.New), Count(ReceivePackage.Became.Version), Count(ReceivePackage.Became.Repeat), Count(ReceivePackage.Became.Rejected));

        int Count(ReceivePackage.Became became) => told.Count(one => one.Became == became);
    }

    private static IEnumerable<string> NotRead(Drop drop, ReceivePackage.Receipt receipt, bool isDry)
    {
        var (lies, lie) = isDry ? ("would lie", "would lie") : ("lies", "lie");
        var isWithoutReport = receipt.Parts.Count == 0 && drop.Reports.Count == 0 && !drop.LayWithReports && !drop.LayWithMany;
        if (isWithoutReport)
            yield return $"{drop.Files[0]}{Others(drop)}: no report came with it; what came {lies} sealed and belongs to none. Put the report's JSON or PDF beside it and import it again";
        foreach (var part in receipt.NotRead) yield return $"{part.Path}: {part.Reason}; {part.Mend}{(part.IsKept ? $" (it {lies} sealed as it came)" : "")}";
        foreach (var part in receipt.Parts)
            foreach (var name in part.Absent) yield return $"report {part.Number}: {name} is named, not in the package";
        foreach (var file in receipt.Undecided)
            yield return $"{file.Path}: reports {string.Join(" and ", file.Between)} name such a file, and nothing says whose it is; it {lies} sealed, booked to none";
        if (isWithoutReport) yield break;
        foreach (var path in receipt.Loose.Take(LooseToldMax))
            yield return $"{path}: no report names it, and it lies beside none or beside several{(drop.LayWithMany ? " (those in archives and lines are asked by its hash)" : "")}; it {lies} sealed, booked to none";
        if (receipt.Loose.Count > LooseToldMax) yield return $"{receipt.Loose.Count - LooseToldMax:N0} more files {lie} sealed, booked to none";
    }

    /// <summary>A ZIP that cannot be read is refused as a package, with its reason; one that cannot be opened is told by whoever reads the reports.</summary>
    private static bool IsPackage(string file)
    {
        if (!Has(file, ".zip")) return false;
        try
        {
            using var zip = ZipFile.OpenRead(file);
            var names = zip.Entries.Select(entry => entry.FullName.Replace('\\', '/')).Where(name => !name.EndsWith('/') && !Litter.Is(name)).ToList();
            // Providers' reports in a package are read there by their paths; more than a package holds are taken in bulk.
            return names.Exists(IsProvidersReport)
                ? names.Exists(name => !IsReport(name)) && names.Count <= ZipPackage.EntriesMax
                : names.Exists(name => !_bulk.Any(ending => Has(name, ending)));
        }
        catch (InvalidDataException)
        {
            return true;
        }
        catch (Exception fault) when (FolderWalk.IsUnreadable(fault))
        {
            return false;
        }
    }

    private static bool IsReport(string file) => _reports.Any(ending => Has(file, ending));

    /// <summary>A provider's XML whose path says its number. Any other XML may be a file of a report.</summary>
    private static bool IsProvidersReport(string file) => Has(file, ".xml") && RawFolder.TryReadReportPath(file, out _);

    private static bool Has(string file, string ending) => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase);

    private async IAsyncEnumerable<PackageArrivals.Dropped> OpenAsync(Drop drop, IReadOnlyList<string> files, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var file in files)
        {
            cancel.ThrowIfCancellationRequested();
            await using var content = new DroppedFile(file);
            yield return new PackageArrivals.Dropped(drop.NameOf(file), content) { IsEvidence = _evidence.Contains(file) };
        }
    }
}

/// <summary>A database that is thrown away, with its keys and blobs.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("homeward-dry-");

    public string Path => _folder.FullName;
    public string Database => System.IO.Path.Combine(_folder.FullName, "dry.db");

    public void Dispose() => _folder.Delete(recursive: true);
}
