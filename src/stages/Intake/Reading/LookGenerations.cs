using Dapper;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Reading;

/// <summary>Puts reports into generations, so that the index by which identifiers are looked up is written in one place at a time.</summary>
/// <remarks>
/// Identifiers are looked up by what a hash makes of them, and hashes fall everywhere. Over a nation's reports each would change a page
/// of the index that nothing else had changed since the last checkpoint, and PostgreSQL writes such a page whole: 8 KiB for
/// 24 bytes. SQLite writes each page that a batch changed to its log, and once more to its file. A generation is some two million
/// reports, on SQLite a hundred thousand: its part of the index stays in memory, and who looks something up asks each
/// generation. How full one is, a sample of its index tells; nodes need not agree, so none counts for all. Safe for use from many threads.
/// </remarks>
/// <param name="valuesMax">So many different values fill a generation.</param>
internal sealed class LookGenerations(HouseClock clock, int valuesMax = LookGenerations.OnPostgres)
{
    /// <summary>As many as a nation's house asks in turn, some twenty for a year.</summary>
    public const int OnPostgres = 10_000_000;

    /// <summary>A batch of reports changes most pages of a larger part, each for one value. A house on SQLite is smaller, too.</summary>
    public const int OnSqlite = 500_000;

    /// <summary>Nobody fills a generation in that time: who asks for one more than was there misses none.</summary>
    private static readonly TimeSpan _knownFor = TimeSpan.FromSeconds(10);
    /// <summary>It is looked how full the generation is so often while it fills.</summary>
    private const int LooksPerGeneration = 50;
    private const int SampledMax = 10_000;

    private readonly int _askedEvery = valuesMax / LooksPerGeneration;
    private readonly int _sampledOneIn = Math.Max(1, valuesMax / SampledMax);
    private int _newest = -1;
    private int _written;
    private volatile Range? _read;

    private sealed record Range(int First, int Last, TimeSpan At);

    /// <summary>Puts versions into their generation: a report's later ones go where its earlier ones are, what is new to the newest.</summary>
    /// <param name="maybeThere">Reports that may have versions; all others have none.</param>
    public async Task PlaceAsync(HomewardDb db, IReadOnlyList<ReportVersion> versions, IReadOnlyCollection<ReportId> maybeThere, CancellationToken cancel)
    {
        var there = await ThereAsync(db, maybeThere, cancel);
        var newest = await NewestAsync(db, versions.Sum(version => version.Parts.Identifiers.Length), cancel);
        foreach (var version in versions) version.Generation = there.GetValueOrDefault(version.Id, newest);
    }

    /// <summary>All looks that values may have: of each generation that holds something, and of one more.</summary>
    public async Task<IReadOnlyList<long>> EachAsync(HomewardDb db, IEnumerable<(string Kind, string Value)> values, CancellationToken cancel)
    {
        var starts = await StartsAsync(db, cancel);
        return [.. values.Select(one => Look.Of(one.Kind, one.Value)).Distinct().SelectMany(look => starts.Select(start => start | look))];
    }

    /// <summary>Where the generations start: what is added to a look of the first.</summary>
    public async Task<IReadOnlyList<long>> StartsAsync(HomewardDb db, CancellationToken cancel)
    {
        if (_read is not { } read || clock.RunFor - read.At > _knownFor)
        {
            // Each by itself: SQLite would read the whole index for both at once.
            var (first, last) = await db.Connection().QuerySingleAsync<(long? First, long? Last)>(new CommandDefinition(
                "SELECT (SELECT MIN(look) FROM report_identifiers), (SELECT MAX(look) FROM report_identifiers)", null, db.Transaction(), cancellationToken: cancel));
            _read = read = new(Look.GenerationOf(first ?? 0), Look.GenerationOf(last ?? 0), clock.RunFor);
        }
        // What this process has begun meanwhile it knows.
        var newest = Math.Max(read.Last, Volatile.Read(ref _newest)) + 1;
        return [.. Enumerable.Range(read.First, newest - read.First + 1).Select(Look.StartOf)];
    }

    private static async Task<Dictionary<ReportId, int>> ThereAsync(HomewardDb db, IReadOnlyCollection<ReportId> reports, CancellationToken cancel)
    {
        var ids = reports.ToList();
        return ids.Count == 0 ? [] : await db.Set<ReportVersion>().Where(row => ids.Contains(row.Id)).GroupBy(row => row.Id)
            .Select(rows => new { Report = rows.Key, Generation = rows.Max(row => row.Generation) }).ToDictionaryAsync(row => row.Report, row => row.Generation, cancel);
    }

    private async Task<int> NewestAsync(HomewardDb db, int more, CancellationToken cancel)
    {
        if (Volatile.Read(ref _newest) is var newest and >= 0 && Interlocked.Add(ref _written, more) < _askedEvery) return newest;
        Volatile.Write(ref _written, 0);
        var last = await db.Connection().QuerySingleAsync<long?>(new CommandDefinition("SELECT MAX(look) FROM report_identifiers", null, db.Transaction(), cancellationToken: cancel));
        newest = Look.GenerationOf(last ?? 0);
        if (await ValuesAsync(db, newest, cancel) >= valuesMax) newest++;
        Volatile.Write(ref _newest, newest);
        return newest;
    }

    /// <summary>How many different values a generation holds, from a part of them: hashes fall evenly.</summary>
    private async Task<long> ValuesAsync(HomewardDb db, int generation, CancellationToken cancel)
    {
        var (from, to) = (Look.StartOf(generation), Look.StartOf(generation + 1));
        return _sampledOneIn * await db.Connection().QuerySingleAsync<long>(new CommandDefinition(
            "SELECT COUNT(DISTINCT look) FROM report_identifiers WHERE look >= @from AND look < @until",
            new { from, until = from + ((to - from) / _sampledOneIn) }, db.Transaction(), cancellationToken: cancel));
    }
}
