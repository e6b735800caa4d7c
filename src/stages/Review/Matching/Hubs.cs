using System.Collections.Concurrent;
using Homeward.Foundations.Storage;
using Homeward.Intake;
using Homeward.Kernel;

namespace Homeward.Review.Matching;

/// <summary>Which telephone numbers, addresses and accounts so many reports hold that they say nothing of who it is.</summary>
/// <remarks>
/// Only what a sought child has too can bring a report to it: of that alone, and when a report or an entry that has it is looked
/// at, the database is asked how many hold it. So it costs the same whether a thousand reports are there or a nation's, every
/// node knows it of the others' reports, and nothing has to be counted when the house starts. A hub stays one until the house
/// ends, also when reports are purged. Safe for many threads.
/// </remarks>
internal sealed class Hubs(IIntake intake)
{
    private const int AskedAtOnce = 200;

    private readonly ConcurrentDictionary<string, bool> _sought = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Kind, string Value), bool> _hubs = new();

    public bool Contains(string kind, string value) => _hubs.ContainsKey((kind, value));

    /// <summary>What the child has may tell of it from now on.</summary>
    public void Watch(EntryGist entry)
    {
        foreach (var (kind, value) in Probes.IdentifiersOf(entry)) _sought[Sought(kind, value)] = true;
    }

    /// <summary>Learns which identifiers of these persons are hubs.</summary>
    /// <param name="until">Later reports do not count: what was stored ahead of its turn is not known before it. All count where it is null.</param>
    public Task LearnAsync(HomewardDb db, IEnumerable<ReportPerson> persons, ReportId? until, CancellationToken cancel) =>
        LearnAsync(db, persons.SelectMany(Probes.IdentifiersOf).Where(one => _sought.ContainsKey(Sought(one.Kind, one.Value))), until, cancel);

    /// <summary>Learns which identifiers of these children are hubs.</summary>
    public Task LearnAsync(HomewardDb db, IEnumerable<EntryGist> entries, CancellationToken cancel) =>
        LearnAsync(db, entries.SelectMany(Probes.IdentifiersOf), null, cancel);

    private async Task LearnAsync(HomewardDb db, IEnumerable<(string Kind, string Value)> identifiers, ReportId? until, CancellationToken cancel)
    {
        foreach (var some in identifiers.Where(one => !_hubs.ContainsKey(one)).Distinct().Chunk(AskedAtOnce))
            foreach (var hub in await intake.HeldByMoreAsync(db, some, MatchIndex.HoldersMax, until, cancel)) _hubs[hub] = true;
    }

    /// <summary>As far as it is compared: where it was written with a service and where without are one.</summary>
    private static string Sought(string kind, string value) => $"{kind} {value[(value.IndexOf(':', StringComparison.Ordinal) + 1)..]}";
}
