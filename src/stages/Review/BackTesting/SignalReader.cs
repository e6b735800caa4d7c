using System.Runtime.InteropServices;
using Dapper;
using Homeward.Foundations.Places;
using Homeward.Foundations.Storage;
using Homeward.Intake;
using Homeward.Kernel;

namespace Homeward.Review.BackTesting;

/// <summary>What a back-test keeps of one report while it runs.</summary>
/// <param name="Group">By each dimension of <see cref="SignalReader.Dimensions"/>: the number of its group.</param>
internal readonly record struct Signal(long Received, long Held, float TopWeight, ReportFate Fate, (byte Origin, byte Sex, byte Size, byte State) Group);

[Flags]
internal enum ReportFate : byte
{
    None = 0,
    SetAside = 1,
    ReadTwice = 2,
}

/// <summary>Reads the stored indicators of an initiative's reports, with the groups of those whom they name, some at a time.</summary>
/// <remarks>No original is opened. Groups are made of what the report's persons say and are kept for the run only, never stored with a report.</remarks>
internal sealed class SignalReader(IIntake intake)
{
    /// <summary>About 40 bytes each: a quarter of a gigabyte.</summary>
    public const int ReportsMax = 6_000_000;

    public const string NotStated = "not stated";
    private const string SizeNotKnown = "population not on record";

    /// <summary>The Census Bureau's bounds of 2010: fewer than 2,500 is rural, 50,000 and more an urbanized area.</summary>
    private const int ClusterFrom = 2_500;
    private const int UrbanFrom = 50_000;

    public static readonly IReadOnlyList<string> Dimensions = ["origin of the family name", "sex", "size of the place", "state"];

    /// <summary>True for those of whom the group is not told: they are counted and compared with nobody.</summary>
    public static bool SaysNothing(string group) => group is NotStated or SizeNotKnown or NameOrigins.NoName or NameOrigins.NotInTable;

    /// <summary>The groups that were met, each numbered by dimension.</summary>
    public sealed class Groups
    {
        private readonly List<string>[] _names = [[], [], [], []];
        private readonly Dictionary<string, byte>[] _numbers = [.. Dimensions.Select(_ => new Dictionary<string, byte>(StringComparer.Ordinal))];
        private readonly Dictionary<(string?, string?), string> _sizes = [];

        public IReadOnlyList<string> Of(int dimension) => _names[dimension];

        public (byte, byte, byte, byte) NumbersOf(NamedPersons report)
        {
            var child = report.Persons.FirstOrDefault(person => person.Role == "victim");
            var place = child?.Place ?? report.Persons.Select(person => person.Place).FirstOrDefault(one => one is not null);
            return (
                Number(0, child is null ? NameOrigins.NoName : NameOrigins.Of(child.Family)),
                Number(1, child?.Sex?.ToUpperInvariant() switch { "F" or "FEMALE" => "girls", "M" or "MALE" => "boys", _ => NotStated }),
                Number(2, SizeOf(place)), Number(3, States.CodeOf(place?.State) ?? NotStated));
        }

        private byte Number(int dimension, string name)
        {
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers[dimension], name, out var isKnown);
            if (isKnown) return number;
            number = checked((byte)_names[dimension].Count);
            _names[dimension].Add(name);
            return number;
        }

        private string SizeOf(PlaceQuery? place)
        {
            if (place?.City is null || States.CodeOf(place.State) is not { } state) return NotStated;
            ref var size = ref CollectionsMarshal.GetValueRefOrAddDefault(_sizes, (place.City, state), out var isKnown);
            if (isKnown) return size!;
            // Of two places with one name in one state the larger: most people mean it.
            var people = Gazetteer.Default.Cities.Named(place.City, state).Max(city => city.Population);
            return size = people switch
            {
                null => SizeNotKnown,
                < ClusterFrom => "fewer than 2,500 people",
                < UrbanFrom => "2,500 to 50,000 people",
                _ => "50,000 people and more",
            };
        }
    }

    /// <param name="readTwice">Reports that somebody read again.</param>
    /// <param name="wanted">Reports whose place among the signals is asked for; filled in.</param>
    /// <param name="progress">Told how many were read so far.</param>
    /// <returns>In the order of arrival.</returns>
    public async Task<(Signal[] Signals, Groups Groups)> ReadAsync(
        HomewardDb db, DateTimeOffset from, DateTimeOffset to, IReadOnlySet<Guid> readTwice, Dictionary<Guid, int> wanted, Action<int> progress, CancellationToken cancel)
    {
        var (signals, ids, groups, after) = (new List<Signal>(), new Dictionary<int, Guid>(), new Groups(), Guid.Empty);
        await foreach (var some in intake.NamedPersonsAsync(db, cancel))
        {
            if (some.Count == 0) continue;
            var named = some.ToDictionary(report => report.Report.Value);
            var last = some[^1].Report.Value;
            await using var row = await db.Connection().ExecuteReaderAsync(new CommandDefinition("""
                SELECT id, received_at, indicators, top_weight, state FROM queue_items
                WHERE id > @after AND id <= @last AND received_at >= @from AND received_at < @to ORDER BY id
                """, new { after = db.Stored(after), last = db.Stored(last), from = db.Stored(from), to = db.Stored(to) }, db.Transaction(), cancellationToken: cancel));
            while (await row.ReadAsync(cancel))
            {
                var id = row.Id(0);
                Ensure.That(signals.Count < ReportsMax);
                if (wanted.ContainsKey(id)) ids[signals.Count] = id;
                var fate = (row.GetString(4) is nameof(QueueState.Dismissed) or nameof(QueueState.Parked) ? ReportFate.SetAside : ReportFate.None)
                    | (readTwice.Contains(id) ? ReportFate.ReadTwice : ReportFate.None);
                signals.Add(new(
                    db.IsSqlite ? row.GetInt64(1) : InstantMicroseconds.Of(row.GetFieldValue<DateTimeOffset>(1)), row.GetInt64(2),
                    row.IsDBNull(3) ? float.NaN : (float)row.GetDouble(3), fate, groups.NumbersOf(named[id])));
            }
            after = last;
            progress(signals.Count);
        }
        return (InOrder(signals, ids, wanted), groups);
    }

    /// <summary>By the instant of receipt; of one instant, by id, as the queue has it.</summary>
    private static Signal[] InOrder(List<Signal> signals, Dictionary<int, Guid> ids, Dictionary<Guid, int> wanted)
    {
        var order = new int[signals.Count];
        for (var place = 0; place < order.Length; place++) order[place] = place;
        var all = CollectionsMarshal.AsSpan(signals).ToArray();
        Array.Sort(order, (left, right) => all[left].Received != all[right].Received ? all[left].Received.CompareTo(all[right].Received) : left.CompareTo(right));
        var ordered = new Signal[order.Length];
        for (var place = 0; place < order.Length; place++)
        {
            ordered[place] = all[order[place]];
            if (ids.TryGetValue(order[place], out var id)) wanted[id] = place;
        }
        return ordered;
    }
}
