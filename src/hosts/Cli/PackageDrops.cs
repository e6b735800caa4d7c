using System.Runtime.CompilerServices;
using Homeward.Foundations.Access;
using Homeward.Intake;
using Homeward.Intake.Packages;
using Homeward.Scenario.Cast;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Cli;

/// <summary>What <c>import reports</c> takes as somebody drops it on the page: each ZIP, and each folder in which files lie beside their reports.</summary>
/// <remarks>Folders of nothing but reports are taken in bulk; there are a thousand times as many of them.</remarks>
internal sealed class PackageDrops
{
    private static readonly string[] _reports = [".xml", ".json", ".pdf"];
    private readonly List<string[]> _drops;
    private readonly HashSet<string> _held;

    private PackageDrops(List<string[]> drops) => (_drops, _held) = (drops, drops.SelectMany(drop => drop).ToHashSet(StringComparer.Ordinal));

    public static PackageDrops None { get; } = new([]);

    public static PackageDrops Of(IReadOnlyList<string> files)
    {
        var zips = files.Where(IsZip).Select(file => new[] { file });
        var folders = files.Where(file => !IsZip(file)).GroupBy(file => Path.GetDirectoryName(Path.GetFullPath(file)) ?? "")
            .Where(folder => folder.Any(file => !_reports.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))).Select(folder => folder.ToArray());
        return new([.. zips.Concat(folders)]);
    }

    public bool Holds(string file) => _held.Contains(file);

    /// <returns>What was not read, with reason and mend.</returns>
    public async Task<IReadOnlyList<string>> TakeAsync(IServiceProvider house, Actor clerk, MailRoom room, Func<Task> taken, CancellationToken cancel)
    {
        var notRead = new List<string>();
        var arrivals = house.GetRequiredService<PackageArrivals>();
        var stage = new Stagehand(house);
        foreach (var drop in _drops)
        {
            if (!(await arrivals.ReceiveAsync(clerk, OpenAsync(drop, cancel), cancel)).TryGet(out var receipt, out var problem))
            {
                notRead.Add($"{drop[0]}: {problem.What} {problem.Mend}");
                continue;
            }
            room.Count("reports", receipt.New + receipt.Versions + receipt.Repeats, receipt.Rejected);
            room.Count("files", receipt.Files, receipt.Refused);
            var page = await stage.MustAsync<ShowArrival.Request, ShowArrival.Page>(clerk, new(receipt.Id), cancel);
            notRead.AddRange(page.Refused.Select(part => $"{part.Path}: {part.Reason}; {part.Mend}{(part.IsKept ? " (it lies sealed as it came)" : "")}"));
            notRead.AddRange(page.Reports.SelectMany(report => report.Part.Absent.Select(name => $"report {report.Part.Number}: {name} is named, not in the package")));
            await taken();
        }
        return notRead;
    }

    private static bool IsZip(string file) => file.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

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

    public string Database => Path.Combine(_folder.FullName, "dry.db");

    public void Dispose() => _folder.Delete(recursive: true);
}
