using System.Text.RegularExpressions;
using Homeward.Exchange.CyberTips;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Homeward.Intake.Reading;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Packages;

/// <summary>Whose a file is that comes after its report: agencies download a report without its files first, and fetch those when they need them.</summary>
/// <remarks>
/// By its hash, which reports state; where that is stated by several, by the number of one of them in the file's path. And by its name alone only
/// in a folder or ZIP that is called by the report's number: names like <c>a.jpg</c> are everywhere. What fits several is booked to none.
/// </remarks>
internal sealed partial class EarlierReports(Envelope envelope, LookGenerations generations)
{
    private const string Kind = "file";

    /// <summary>Reports that are told of a file which several name; a viral one's are counted no further.</summary>
    private const int BetweenMax = 50;

    /// <returns>For each file that an earlier report names.</returns>
    public async Task<IReadOnlyDictionary<ReceivePackage.PackedFile, Found>> OfAsync(HomewardDb db, IReadOnlyList<ReceivePackage.PackedFile> files, CancellationToken cancel)
    {
        var found = new Dictionary<ReceivePackage.PackedFile, Found>(ReferenceEqualityComparer.Instance);
        var hashed = files.Select(file => (File: file, Hash: NormalForms.FileHash("MD5", file.Md5))).ToList();
        var asked = hashed.Select(one => one.Hash).OfType<string>().Distinct().ToList();
        var counts = await Holders.CountAsync(db, generations, asked.ConvertAll(hash => new HoldersAsked(Kind, hash, null, null, 1)), cancel);
        var held = asked.Where((_, place) => counts[place] > 0).ToHashSet();
        var names = new Dictionary<ReportId, IReadOnlyList<TipFile>>();
        foreach (var (file, hash) in hashed)
        {
            var numbers = NumbersIn(file);
            if (hash is not null && held.Contains(hash) && await ByHashAsync(db, names, hash, numbers, cancel) is { } named) found[file] = named;
            else if (numbers.Count > 0 && await ByNumberAsync(db, names, file, numbers, cancel) is { } inside) found[file] = inside;
        }
        return found;
    }

    /// <param name="Number">Of the report; empty when there are several.</param>
    public sealed record Found(Belonging.Answer Answer, string Number);

    private async Task<Found?> ByHashAsync(HomewardDb db, Dictionary<ReportId, IReadOnlyList<TipFile>> names, string hash, HashSet<string> numbers, CancellationToken cancel)
    {
        var ids = (await Sightings.OfAsync(db, generations, Kind, hash, BetweenMax, cancel)).Select(one => one.Report).ToList();
        var named = await db.Set<ReportVersion>().AsNoTracking().Where(row => ids.Contains(row.Id) && row.Version == 1).OrderBy(row => row.Number)
            .Select(row => new { row.Id, row.Number }).ToListAsync(cancel);
        if (named.Count > 1 && named.FindAll(one => numbers.Contains(one.Number)) is { Count: 1 } meant) named = meant;
        return named switch
        {
            [] => null,
            [var only] => new(new(only.Id, await NameAsync(db, names, only.Id, file => SameFiles.HashesOf(file).Contains(hash), cancel), []), only.Number),
            _ => new(new(null, null, [.. named.Select(one => one.Number)]), ""),
        };
    }

    private async Task<Found?> ByNumberAsync(HomewardDb db, Dictionary<ReportId, IReadOnlyList<TipFile>> names, ReceivePackage.PackedFile file, HashSet<string> numbers, CancellationToken cancel)
    {
        var reports = await db.Set<ReportVersion>().AsNoTracking().Where(row => numbers.Contains(row.Number) && row.Version == 1).Select(row => new { row.Id, row.Number }).ToListAsync(cancel);
        return reports is [var only] && await NameAsync(db, names, only.Id, named => SameFiles.NamesOf(named).Any(name => Belonging.IsAlike(name, file.Path)), cancel) is { } name
            ? new(new(only.Id, name, []), only.Number) : null;
    }

    /// <summary>The file as what stands of the report names it.</summary>
    private async Task<ReceivePackage.NamedFile?> NameAsync(
        HomewardDb db, Dictionary<ReportId, IReadOnlyList<TipFile>> names, ReportId report, Func<TipFile, bool> isMeant, CancellationToken cancel)
    {
        // A report's files mostly come together: it is opened once.
        if (!names.TryGetValue(report, out var files)) files = names[report] = await FilesAsync(db, report, cancel);
        return files.FirstOrDefault(isMeant) is { } file ? PackedDocuments.Named(file) : null;
    }

    private async Task<IReadOnlyList<TipFile>> FilesAsync(HomewardDb db, ReportId report, CancellationToken cancel)
    {
        var versions = await db.Set<ReportVersion>().AsNoTracking().Where(row => row.Id == report).ToListAsync(cancel);
        var files = new List<TipFile>();
        foreach (var version in Current.Of(versions).Versions)
            if ((await ReadOriginals.OfAsync(db, envelope, version, cancel)).TryGet(out var read, out _)) files.AddRange(read.Files);
        return files;
    }

    /// <summary>What may be a report's number in the name of its ZIP or of a folder that it lies in, or in its own.</summary>
    private static HashSet<string> NumbersIn(ReceivePackage.PackedFile file) =>
        [.. $"{file.Package}/{file.Path}".Split('/', '\\').SelectMany(part => Number().Matches(part)).Select(match => match.Value)];

    [GeneratedRegex(@"(?<!\d)[1-9]\d{4,17}(?!\d)")]
    private static partial Regex Number();
}
