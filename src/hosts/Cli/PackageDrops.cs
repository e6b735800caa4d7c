using System.IO.Compression;
using System.Runtime.CompilerServices;
using Homeward.Foundations.Access;
using Homeward.Intake;
using Homeward.Intake.Packages;
using Homeward.Scenario.Cast;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Cli;

/// <summary>What <c>import reports</c> takes as somebody drops it on the page: each ZIP that holds more than bulk reports, and each folder in which files lie beside their reports.</summary>
/// <remarks>
/// Folders and archives of nothing but reports are taken in bulk; there are a thousand times as many of them. So is every place
/// where a provider's XML lies: its number is its path's, which a package has not.
/// </remarks>
internal sealed class PackageDrops
{
    private static readonly string[] _bulk = [".xml", ".jsonl"];
    private static readonly string[] _reports = [.. _bulk, ".json", ".pdf", ".zip", ".tar", ".gz", ".tgz"];

    private readonly List<string[]> _drops;
    private readonly HashSet<string> _held;

    private PackageDrops(List<string[]> drops) => (_drops, _held) = (drops, drops.SelectMany(drop => drop).ToHashSet(StringComparer.Ordinal));

    public static PackageDrops None { get; } = new([]);

    /// <summary>Of a folder no more names are held than it has in one place: it may have millions below.</summary>
    public static PackageDrops Of(IReadOnlyList<string> paths)
    {
        var drops = new List<string[]>();
        Add(paths.Where(File.Exists));
        foreach (var folder in paths.Where(Directory.Exists).SelectMany(path => Directory.EnumerateDirectories(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Prepend(path)))
            Add(Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal));
        return new(drops);

        void Add(IEnumerable<string> together)
        {
            var files = together.ToList();
            drops.AddRange(files.Where(IsPackage).Select(zip => new[] { zip }));
            files.RemoveAll(file => Has(file, ".zip"));
            if (files.Exists(file => !_reports.Any(ending => Has(file, ending))) && !files.Exists(file => Has(file, ".xml"))) drops.Add([.. files]);
        }
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
            if (!(await arrivals.ReceiveAsync(clerk, OpenAsync(drop, cancel), cancel)).TryGet(out var receipt, out var problem))
            {
                notRead.Add($"{drop[0]}: {problem.What} {problem.Mend}");
                continue;
            }
            room.Count("reports", receipt.New + receipt.Versions + receipt.Repeats, receipt.Rejected);
            room.Count("files", receipt.Files, receipt.Refused);
            notRead.AddRange(receipt.NotRead.Select(part => $"{part.Path}: {part.Reason}; {part.Mend}{(part.IsKept ? " (it lies sealed as it came)" : "")}"));
            notRead.AddRange(receipt.Parts.SelectMany(part => part.Absent.Select(name => $"report {part.Number}: {name} is named, not in the package")));
            notRead.AddRange(receipt.Undecided.Select(file => $"{file.Path}: reports {string.Join(" and ", file.Between)} name such a file, and nothing says whose it is; it lies sealed, booked to none"));
            await taken();
        }
        return notRead;
    }

    /// <summary>A ZIP that cannot be read is refused as a package, with its reason.</summary>
    private static bool IsPackage(string file)
    {
        if (!Has(file, ".zip")) return false;
        try
        {
            using var zip = ZipFile.OpenRead(file);
            var files = zip.Entries.Where(entry => !entry.FullName.EndsWith('/')).ToList();
            return files.Exists(file => !_bulk.Any(ending => Has(file.FullName, ending))) && !files.Exists(file => Has(file.FullName, ".xml"));
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }

    private static bool Has(string file, string ending) => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase);

    private static async IAsyncEnumerable<PackageArrivals.Dropped> OpenAsync(string[] drop, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var file in drop)
        {
            cancel.ThrowIfCancellationRequested();
            await using var content = File.OpenRead(file);
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
