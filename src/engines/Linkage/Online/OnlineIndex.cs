using System.Collections.Concurrent;
using Homeward.Kernel;

namespace Homeward.Linkage;

/// <summary>Answers at once which records may be of the same person as one that is asked about.</summary>
/// <remarks>
/// Records are added, changed and removed while others ask: a change is seen by the next query, and a query
/// never waits for a writer. Writers wait for one another, and not for the merging of what came into the whole,
/// which goes on in the background. The same records give the same answer, whatever the
/// order in which they came.
/// </remarks>
public sealed class OnlineIndex
{
    /// <summary>The fresh part is frozen when it passes this count and an eighth of the whole.</summary>
    private const int FreshRowsMin = 4096;

    private const int TouchedAtOnce = 32;

    private readonly Scorer _scorer;
    private readonly Keys _keys;
    private readonly RecordReader _reader;
    private readonly Lock _writing = new();
    private SlotTable _slots = new();
    private Task? _merging;
    private IndexState _state = new(FrozenPostings.Empty, FrozenRows.Empty);

    /// <exception cref="LinkageException">The settings name what is not there.</exception>
    public OnlineIndex(LinkageSettings settings)
    {
        _scorer = new(settings);
        _keys = new(settings);
        _reader = new(settings);
    }

    /// <summary>An index of many records, sorted once; of two with one id the later stands.</summary>
    public static OnlineIndex Build(LinkageSettings settings, IEnumerable<LinkRecord> records)
    {
        var index = new OnlineIndex(settings);
        var latest = records as IReadOnlyList<LinkRecord> ?? [.. records];
        var slots = SlotTable.Of(latest.Count, i => latest[i].Id, out var earlier);
        if (earlier.Length > 0) return Build(settings, [.. latest.Where((_, i) => Array.BinarySearch(earlier, i) < 0)]);
        // Each thread remembers its own values: that a name is read twice costs less than waiting for one another.
        var readers = new ConcurrentBag<RecordReader>();
        var (frozen, postings) = FrozenRows.Of(latest.Count, index._keys, (from, to, piece) =>
        {
            if (!readers.TryTake(out var reader)) reader = new(settings);
            var (row, touched) = (new Value?[settings.Fields.Count], 0);
            for (var i = from; i < to; i++)
            {
                if ((i - from) % TouchedAtOnce == 0) touched += Touch(latest, i, Math.Min(to, i + TouchedAtOnce));
                reader.ReadShared(latest[i], row);
                piece.Add(latest[i], row);
            }
            readers.Add(reader);
            GC.KeepAlive(touched);
        });
        index.Take(frozen, postings, slots);
        return index;
    }

    /// <summary>Looks at the letters of the next records: looks that do not wait for one another are answered together.</summary>
    private static int Touch(IReadOnlyList<LinkRecord> records, int from, int to)
    {
        var (cells, letters) = (0, 0);
        for (var i = from; i < to; i++) cells += records[i].Values.Length;
        for (var i = from; i < to; i++) foreach (var (_, text) in records[i].Values) letters += text.Length;
        return cells + letters;
    }

    /// <summary>Reads an index that <see cref="Save"/> has written; a million records take seconds.</summary>
    /// <param name="path">The file.</param>
    /// <param name="settings">As they are now. Where fields and rules are those of then the keys are taken over, else made anew.</param>
    /// <exception cref="LinkageException">The file is no snapshot, or was cut or changed: build the index from its records.</exception>
    public static OnlineIndex Load(string path, LinkageSettings settings)
    {
        var index = new OnlineIndex(settings);
        var (rows, postings) = SnapshotFile.Read(path, settings, index._reader, index._keys);
        index.Take(rows, postings, SlotsOf(rows));
        return index;
    }

    /// <summary>Writes the records and keys as they are at this moment to a file; others go on to ask and to change.</summary>
    /// <exception cref="IOException">The file cannot be written; the one that was there stays.</exception>
    public void Save(string path)
    {
        IndexState state;
        int[] slots;
        bool isFrozen;
        lock (_writing)
        {
            (state, slots) = (_state, _state.Slots());
            // Where nothing came or went since the last freeze, the keys are those of these very rows.
            isFrozen = slots.Length == state.SlotCount && state.FreshCount == 0;
        }
        var (rows, postings) = isFrozen ? (state.FrozenRows, state.Frozen) : state.Freeze(slots, _keys, FieldCount);
        SnapshotFile.Write(path, _scorer.Settings, rows, postings);
    }

    private int FieldCount => _scorer.Settings.Fields.Count;

    /// <summary>How many records are in the index.</summary>
    public int Count
    {
        get
        {
            lock (_writing) return _slots.Count;
        }
    }

    /// <summary>Adds a record, or puts it in the place of the one with its id.</summary>
    public void Put(LinkRecord record)
    {
        lock (_writing)
        {
            var row = new FreshRow(record, _reader.ReadShared(record));
            // The new row first, then the word in the old slot: a reader in between finds the record at one or the other.
            var slot = _state.Append(row);
            var keys = new List<uint>();
            _keys.Collect(row.Values, keys);
            foreach (var key in keys) _state.Fresh.Add(key, slot);
            if (_slots.TryGet(record.Id, out var before)) _state.Leave(before, movedTo: slot);
            _slots.Set(record.Id, slot);
            if (_state.FreshCount > FreshRowsMin && _state.FreshCount > _state.FrozenCount / 8) Merge();
        }
    }

    /// <returns>False when there is no such record.</returns>
    public bool Remove(string id)
    {
        lock (_writing)
        {
            if (!_slots.Remove(id, out var slot)) return false;
            _state.Leave(slot);
            return true;
        }
    }

    /// <summary>The records most likely of the same person, best first; of equal weight by id.</summary>
    /// <param name="probe">The record asked about. A record of the index with its id is itself and left out.</param>
    /// <param name="query">How many and from which weight on; by default the best ten.</param>
    public QueryResult Query(LinkRecord probe, QueryOptions? query = null)
    {
        query ??= QueryOptions.Default;
        Ensure.That(query.Top > 0);
        var values = _scorer.Read(probe);
        using var search = CandidateSearch.Rent();
        var state = Volatile.Read(ref _state);
        _keys.Collect(values, search.Keys);
        var skipped = search.Find(state, query.ComparedMax);
        var room = search.Room(values.Length);
        var best = new PriorityQueue<int, (double Weight, string Id)>(query.Top + 1, WorstFirst.Instance);
        var compared = 0;
        var worst = query.WeightMin;
        Span<double> most = stackalloc double[_scorer.ComparisonCount];
        _scorer.MostWith(values, most);
        search.Ceilings.Begin(_scorer, values, most);
        for (var from = 0; from < search.Slots.Count; from += CandidateSearch.AtOnce)
        {
            search.Fetch(state, from);
            for (var i = from; i < Math.Min(search.Slots.Count, from + CandidateSearch.AtOnce); i++)
            {
                var slot = SlotOf(state, search.Slots[i], search, room);
                if (slot < 0 || query.Excludes?.Invoke(state.Record(slot)) == true) continue;
                compared++;
                if (slot < state.FrozenCount && !state.FrozenRows.Reaches(slot, search.Ceilings, worst)) continue;
                var weight = _scorer.WeightFrom(worst, values, state.Values(slot, room), most);
                // The id is one look further into memory: only those that come to stand among the best are asked.
                if (weight < worst || state.Record(slot).Id is var id && id == probe.Id) continue;
                if (best.Count < query.Top) best.Enqueue(slot, (weight, id));
                else best.EnqueueDequeue(slot, (weight, id));
                if (best.Count == query.Top && best.TryPeek(out _, out var last)) worst = Math.Max(query.WeightMin, last.Weight);
            }
        }
        var candidates = new List<Candidate>(best.Count);
        while (best.TryDequeue(out var slot, out var rank))
        {
            var own = state.Values(slot, room).ToArray();
            candidates.Add(new(state.Record(slot), rank.Weight, () => _scorer.Explain(values, own)));
        }
        candidates.Reverse();
        return new(candidates, compared, skipped);
    }

    /// <summary>The slot itself, where its record is there. One that moved is taken where it is now, once, and only if it shares a key there; else -1.</summary>
    private int SlotOf(IndexState state, int slot, CandidateSearch search, Value?[] room)
    {
        var at = state.Follow(slot);
        return at == slot || (at >= 0 && !search.Has(at) && search.TakeMoved(at) && search.SharesKey(_keys, state.Values(at, room))) ? at : -1;
    }

    private void Take(FrozenRows rows, FrozenPostings postings, SlotTable slots)
    {
        lock (_writing)
        {
            _slots = slots;
            Volatile.Write(ref _state, new IndexState(postings, rows));
        }
    }

    private static SlotTable SlotsOf(FrozenRows rows) => SlotTable.Of(rows.Count, row => rows.Record(row).Id, out _);

    /// <summary>Starts to freeze what is there, in the background; under the lock.</summary>
    private void Merge()
    {
        if (_merging is { IsCompleted: false }) return;
        // What failed in the background is told to the next writer, not lost.
        _merging?.GetAwaiter().GetResult();
        var (state, slots, end) = (_state, _state.Slots(), _state.SlotCount);
        _merging = Task.Run(() => Merge(state, slots, end));
    }

    /// <param name="state">What was and still is written to; nothing takes its place but this.</param>
    /// <param name="slots">The slots that are frozen.</param>
    /// <param name="end">Slots from here on came after these were taken.</param>
    private void Merge(IndexState state, int[] slots, int end)
    {
        var (rows, postings) = state.Freeze(slots, _keys, FieldCount);
        var places = SlotsOf(rows);
        var keys = new List<uint>();
        lock (_writing)
        {
            Ensure.That(ReferenceEquals(state, _state));
            var next = new IndexState(postings, rows);
            for (var i = 0; i < slots.Length; i++)
            {
                if (state.Follow(slots[i]) == slots[i]) continue;
                places.Remove(rows.Record(i).Id, out _);
                next.Leave(i);
            }
            for (var slot = end; slot < state.SlotCount; slot++)
            {
                if (state.Follow(slot) != slot) continue;
                var row = new FreshRow(state.Record(slot), state.Values(slot, []).ToArray());
                var place = next.Append(row);
                _keys.Collect(row.Values, keys);
                foreach (var key in keys) next.Fresh.Add(key, place);
                places.Set(row.Record.Id, place);
            }
            _slots = places;
            Volatile.Write(ref _state, next);
        }
    }

    /// <summary>The lightest in front, and of equals the one whose id comes last.</summary>
    private sealed class WorstFirst : IComparer<(double Weight, string Id)>
    {
        public static readonly WorstFirst Instance = new();

        public int Compare((double Weight, string Id) left, (double Weight, string Id) right)
        {
            var byWeight = left.Weight.CompareTo(right.Weight);
            return byWeight != 0 ? byWeight : string.CompareOrdinal(right.Id, left.Id);
        }
    }
}

/// <summary>How much a query wants.</summary>
public sealed record QueryOptions
{
    public static readonly QueryOptions Default = new();

    /// <summary>At most so many candidates, 1 or more.</summary>
    public int Top { get; init; } = 10;

    /// <summary>Candidates below this match weight, in bits, are left out.</summary>
    public double WeightMin { get; init; } = double.NegativeInfinity;

    /// <summary>
    /// About how many records are compared at most. Rare keys come first; keys that would pass the bound are
    /// skipped and counted in <see cref="QueryResult.KeysSkipped"/>. Against a million records a bound of 4,000 found
    /// no more than one of 1,000 (./bench linkage: linkage.query.found) and took three times as long.
    /// </summary>
    public int ComparedMax { get; init; } = 1000;

    /// <summary>True for records that are not to be candidates, such as those decided not the same.</summary>
    public Func<LinkRecord, bool>? Excludes { get; init; }
}

/// <summary>What a query found.</summary>
/// <param name="Candidates">Best first.</param>
/// <param name="Compared">How many records shared a key and were compared.</param>
/// <param name="KeysSkipped">Keys too common to follow; 0 means that nothing was left out.</param>
public sealed record QueryResult(IReadOnlyList<Candidate> Candidates, int Compared, int KeysSkipped);
