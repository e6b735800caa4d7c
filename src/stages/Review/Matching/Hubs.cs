using System.Buffers.Binary;
using System.Collections.Concurrent;
using Homeward.Foundations.Storage;
using Homeward.Intake;
using Homeward.Kernel;

namespace Homeward.Review.Matching;

/// <summary>Which telephone numbers, addresses and accounts so many reports hold that they say nothing of who it is.</summary>
/// <remarks>
/// Only what a sought child has too can bring a report to it: of that alone, and when a report or an entry that has it is looked
/// at, the database is asked how many hold it. What was counted a while ago is not counted again, so that it costs the same whether
/// a thousand reports are there or a nation's; every node knows it of the others' reports, and nothing has to be counted when the
/// house starts. What was counted stays so until the house ends, also when reports are purged or read anew. Safe for many threads.
/// </remarks>
internal sealed class Hubs
{
    /// <summary>Longer ones are looked up in memory of their own.</summary>
    private const int LettersUsual = 256;

    /// <summary>What came so long before the last report is counted for good: by then whatever was begun before is stored.</summary>
    private static readonly TimeSpan _settledAfter = TimeSpan.FromSeconds(30);

    private const int TimeShift = 16;

    /// <summary>Fewer are counted again sooner than that they are looked up.</summary>
    private const int SettledFrom = 4;

    private readonly ConcurrentDictionary<string, bool> _sought = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool>.AlternateLookup<ReadOnlySpan<char>> _soughtSpans;
    private readonly ConcurrentDictionary<(string Kind, string Value), bool> _hubs = new();
    private volatile bool _isHubKnown;

    /// <summary>How many reports hold it up to one of a while ago.</summary>
    private readonly ConcurrentDictionary<(string Kind, string Value), (int Count, ReportId Until)> _counted = new();

    private readonly IIntake _intake;

    public Hubs(IIntake intake) => (_intake, _soughtSpans) = (intake, _sought.GetAlternateLookup<ReadOnlySpan<char>>());

    public bool Contains(string kind, string value) => _isHubKnown && _hubs.ContainsKey((kind, value));

    /// <summary>Whether there is one among these.</summary>
    public bool ContainsAny(string kind, IReadOnlyList<string> values)
    {
        if (!_isHubKnown) return false;
        for (var i = 0; i < values.Count; i++) if (Contains(kind, values[i])) return true;
        return false;
    }

    /// <summary>What the child has may tell of it from now on.</summary>
    public void Watch(EntryGist entry)
    {
        foreach (var (kind, value) in Probes.IdentifiersOf(entry)) _sought[Sought(kind, value)] = true;
    }

    /// <summary>Learns which identifiers of these persons are hubs.</summary>
    /// <param name="until">Later reports do not count: what was stored ahead of its turn is not known before it. All count where it is null.</param>
    public Task LearnAsync(HomewardDb db, IEnumerable<ReportPerson> persons, ReportId? until, CancellationToken cancel)
    {
        var sought = new List<(string Kind, string Value)>();
        foreach (var person in persons)
        {
            Gather("phone", person.Phones);
            Gather("email", person.Emails);
            Gather("screen-name", person.ScreenNames);
        }
        return LearnAsync(db, sought, until, cancel);

        void Gather(string kind, IReadOnlyList<string> values)
        {
            for (var i = 0; i < values.Count; i++) if (IsSought(kind, values[i])) sought.Add((kind, values[i]));
        }
    }

    /// <summary>Learns which identifiers of these children are hubs.</summary>
    public Task LearnAsync(HomewardDb db, IEnumerable<EntryGist> entries, CancellationToken cancel) =>
        LearnAsync(db, entries.SelectMany(Probes.IdentifiersOf), null, cancel);

    private async Task LearnAsync(HomewardDb db, IEnumerable<(string Kind, string Value)> identifiers, ReportId? until, CancellationToken cancel)
    {
        var counts = await CountAsync(db, [.. identifiers.Where(one => !Contains(one.Kind, one.Value)).Distinct()], until, cancel);
        foreach (var (one, before, since) in counts)
            if (before + since > MatchIndex.HoldersMax) _isHubKnown = _hubs[one] = true;
        if (until is not { } last || WhileBefore(last) is not { } settled) return;
        // What was counted is kept, so that it is not counted again.
        var kept = counts.Where(count => count.Since >= SettledFrom && !Contains(count.One.Kind, count.One.Value)).Select(count => count.One).ToArray();
        foreach (var (one, before, since) in await CountAsync(db, kept, settled, cancel)) _counted[one] = (before + since, settled);
    }

    /// <summary>How many hold each up to a report: what was counted before, and what has come since, which is as far as a hub at most.</summary>
    private async Task<IReadOnlyList<((string Kind, string Value) One, int Before, int Since)>> CountAsync(
        HomewardDb db, (string Kind, string Value)[] some, ReportId? until, CancellationToken cancel)
    {
        var before = Array.ConvertAll(some, one => CountedBefore(one, until));
        var since = await _intake.HoldersAsync(db, [.. some.Select((one, index) =>
            new HoldersAsked(one.Kind, one.Value, before[index].Until, until, MatchIndex.HoldersMax + 1 - before[index].Count))], cancel);
        return [.. some.Select((one, index) => (one, before[index].Count, since[index]))];
    }

    /// <summary>Nothing where what was counted reaches further than is asked.</summary>
    private (int Count, ReportId? Until) CountedBefore((string Kind, string Value) one, ReportId? until) =>
        _counted.TryGetValue(one, out var counted) && (until is null || counted.Until.Value.CompareTo(until.Value.Value) < 0) ? counted : (0, null);

    /// <summary>The least id of a while before another: ids begin with their time, in milliseconds (RFC 9562, version 7).</summary>
    private static ReportId? WhileBefore(ReportId last)
    {
        Span<byte> bytes = stackalloc byte[16];
        last.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        var at = (long)(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> TimeShift) - (long)_settledAfter.TotalMilliseconds;
        if (at <= 0) return null;
        bytes.Clear();
        BinaryPrimitives.WriteUInt64BigEndian(bytes, (ulong)at << TimeShift);
        return ReportId.From(new Guid(bytes, bigEndian: true));
    }

    /// <summary>Whether a sought child has it: mostly none has, and then no text is made.</summary>
    private bool IsSought(string kind, string value)
    {
        var name = value.AsSpan(value.IndexOf(':', StringComparison.Ordinal) + 1);
        var length = kind.Length + 1 + name.Length;
        if (length > LettersUsual) return _sought.ContainsKey(Sought(kind, value));
        Span<char> letters = stackalloc char[LettersUsual];
        kind.CopyTo(letters);
        letters[kind.Length] = ' ';
        name.CopyTo(letters[(kind.Length + 1)..]);
        return _soughtSpans.ContainsKey(letters[..length]);
    }

    /// <summary>As far as it is compared: where it was written with a service and where without are one.</summary>
    private static string Sought(string kind, string value) => $"{kind} {value[(value.IndexOf(':', StringComparison.Ordinal) + 1)..]}";
}
