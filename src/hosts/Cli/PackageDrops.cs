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
/// Folders and archives of nothing but reports are taken in bulk; there are a thousand times as many of them. So is a folder in which a
/// provider's XML lies, whose number is its path's, which a dropped file has not; what else lies there is told by name.
/// </remarks>
internal sealed class PackageDrops
{
    private static readonly string[] _bulk = [".xml", ".jsonl"];
    private static readonly string[] _reports = [.. _bulk, ".json", ".pdf", ".zip", ".tar", ".gz", ".tgz"];

    private readonly List<string[]> _drops = [];
    private readonly HashSet<string> _held = new(StringComparer.Ordinal);

    private PackageDrops() { }

    public static PackageDrops None { get; } = new();

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
            foreach (var deeper in below[true]) Look(walk, deeper);
        }
    }

    private void Add(IEnumerable<string> together, Func<string, bool> isOurs)
    {
        var files = together.Where(file => !isOurs(file)).ToList();
        var drops = files.Where(IsPackage).Select(zip => new[] { zip }).ToList();
        files.RemoveAll(file => Has(file, ".zip"));
        if (files.Exists(file => !IsReport(file)) && !files.Exists(file => IsProvidersReport(Path.GetFullPath(file)))) drops.Add([.. files]);
        _drops.AddRange(drops);
        _held.UnionWith(drops.SelectMany(drop => drop));
    }

    public bool Holds(string file) => _held.Contains(file);

    /// <param name="tell">Told which one is at hand, and of how many.</param>
    /// <returns>What was not read, with reason and mend.</returns>
    public async Task<IReadOnlyList<string>> TakeAsync(
        IServiceProvider house, Actor clerk, MailRoom room, Action<string> tell, Func<Task> taken, CancellationToken cancel)
    {
        var notRead = new List<string>();
        var arrivals = house.GetRequiredService<PackageArrivals>();
        foreach (var (place, drop) in _drops.Index())
        {
            tell($"packages: {place + 1:N0} of {_drops.Count:N0}, {Path.GetFileName(drop[0])}{(drop.Length > 1 ? $" and {drop.Length - 1:N0} files beside it" : "")}");
            if (await ReceiveAsync(drop) is not { } answer) continue;
            if (!answer.TryGet(out var receipt, out var problem))
            {
                notRead.Add($"{drop[0]}: {problem.What} {problem.Mend}");
                continue;
            }
            room.Count("reports", new BatchReceipt(receipt.New, receipt.Versions, receipt.Repeats, receipt.Rejected));
            room.Count("files", new BatchReceipt(receipt.Files - receipt.Superfluous.Count, 0, receipt.Superfluous.Count, receipt.Refused));
            notRead.AddRange(NotRead(drop, receipt));
            await taken();
        }
        return notRead;

        // One file that cannot be read is told, and what lies beside it is taken without it.
        async Task<Result<ReceivePackage.Receipt>?> ReceiveAsync(string[] drop)
        {
            var files = drop.ToList();
            while (files.Count > 0)
            {
                try
                {
                    return await arrivals.ReceiveAsync(clerk, OpenAsync(files, cancel), cancel);
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

    private static IEnumerable<string> NotRead(string[] drop, ReceivePackage.Receipt receipt)
    {
        if (receipt.Parts.Count == 0)
            yield return $"{drop[0]}{(drop.Length > 1 ? $" and {drop.Length - 1:N0} files beside it" : "")}: no report came with it; what came lies sealed and belongs to none. Put the report's JSON or PDF beside it and import it again";
        foreach (var part in receipt.NotRead) yield return $"{part.Path}: {part.Reason}; {part.Mend}{(part.IsKept ? " (it lies sealed as it came)" : "")}";
        foreach (var part in receipt.Parts)
            foreach (var name in part.Absent) yield return $"report {part.Number}: {name} is named, not in the package";
        foreach (var file in receipt.Undecided)
            yield return $"{file.Path}: reports {string.Join(" and ", file.Between)} name such a file, and nothing says whose it is; it lies sealed, booked to none";
    }

    /// <summary>A ZIP that cannot be read is refused as a package, with its reason; one that cannot be opened is told by whoever reads the reports.</summary>
    private static bool IsPackage(string file)
    {
        if (!Has(file, ".zip")) return false;
        try
        {
            using var zip = ZipFile.OpenRead(file);
            var names = zip.Entries.Select(entry => entry.FullName.Replace('\\', '/')).Where(name => !name.EndsWith('/')).ToList();
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

    private static async IAsyncEnumerable<PackageArrivals.Dropped> OpenAsync(IReadOnlyList<string> files, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var file in files)
        {
            cancel.ThrowIfCancellationRequested();
            await using var content = new DroppedFile(file);
            yield return new PackageArrivals.Dropped(Path.GetFileName(file), content);
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
