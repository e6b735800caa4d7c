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

    private const int RowsPerPiece = 1 << 15;

    private readonly Scorer _scorer;
    private readonly Keys _keys;
    private readonly RecordReader _reader;
    private readonly Lock _writing = new();
    private Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private Task? _merging;
    private IndexState _state = new(FrozenPostings.Empty, []);

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
        var expected = records.TryGetNonEnumeratedCount(out var count) ? count : 0;
        var latest = new List<LinkRecord>(expected);
        var places = new Dictionary<string, int>(expected, StringComparer.Ordinal);
        foreach (var record in records)
        {
            if (places.TryAdd(record.Id, latest.Count)) latest.Add(record);
            else latest[places[record.Id]] = record;
        }
        // Each piece remembers its own values: that a name is read once a piece costs less than waiting for one another.
        var rows = new IndexRow[latest.Count];
        Parallel.ForEach(Partitioner.Create(0, Math.Max(1, rows.Length), Math.Max(RowsPerPiece, rows.Length / (4 * Environment.ProcessorCount))), piece =>
        {
            var reader = new RecordReader(settings);
            for (var i = piece.Item1; i < Math.Min(rows.Length, piece.Item2); i++) rows[i] = new(latest[i], reader.ReadShared(latest[i]));
        });
        index.Take(rows, index.Freeze(rows), places);
        return index;
    }

    /// <summary>Reads an index that <see cref="Save"/> has written; a million records take seconds.</summary>
    /// <param name="path">The file.</param>
    /// <param name="settings">As they are now. Where fields and rules are those of then the keys are taken over, else made anew.</param>
    /// <exception cref="LinkageException">The file is no snapshot, or was cut or changed: build the index from its records.</exception>
    public static OnlineIndex Load(string path, LinkageSettings settings)
    {
        var index = new OnlineIndex(settings);
        var (rows, postings) = SnapshotFile.Read(path, settings, index._reader);
        index.Take(rows, postings ?? index.Freeze(rows), SlotsOf(rows));
        return index;
    }

    /// <summary>Writes the records and keys as they are at this moment to a file; others go on to ask and to change.</summary>
    /// <exception cref="IOException">The file cannot be written; the one that was there stays.</exception>
    public void Save(string path)
    {
        IndexRow[] rows;
        FrozenPostings? postings;
        lock (_writing)
        {
            (rows, _) = _state.Rows();
            // Where nothing came or went since the last freeze, the keys are those of these very rows.
            postings = rows.Length == _state.SlotCount && _state.FreshCount == 0 ? _state.Frozen : null;
        }
        SnapshotFile.Write(path, _scorer.Settings, rows, postings ?? Freeze(rows));
    }

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
            var row = new IndexRow(record, _reader.ReadShared(record));
            // The new row first, then the word in the old slot: a reader in between finds the record at one or the other.
            var slot = _state.Append(row);
            var keys = new List<ulong>();
            _keys.Collect(row.Values, keys);
            foreach (var key in keys) _state.Fresh.Add(key, slot);
            if (_slots.TryGetValue(record.Id, out var before)) _state.Leave(before, movedTo: slot);
            _slots[record.Id] = slot;
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
        var best = new PriorityQueue<IndexRow, (double Weight, IndexRow Row)>(query.Top + 1, WorstFirst.Instance);
        var compared = 0;
        var worst = query.WeightMin;
        Span<double> most = stackalloc double[_scorer.ComparisonCount];
        _scorer.MostWith(values, most);
        for (var from = 0; from < search.Slots.Count; from += CandidateSearch.AtOnce)
        {
            search.Fetch(state, from);
            for (var i = from; i < Math.Min(search.Slots.Count, from + CandidateSearch.AtOnce); i++)
            {
                if (Row(state, search.Slots[i], search) is not { } row || query.Excludes?.Invoke(row.Record) == true) continue;
                compared++;
                var weight = _scorer.WeightFrom(worst, values, row.Values, most);
                // The id is one look further into memory: only those that come to stand among the best are asked.
                if (weight < worst || row.Record.Id == probe.Id) continue;
                if (best.Count < query.Top) best.Enqueue(row, (weight, row));
                else best.EnqueueDequeue(row, (weight, row));
                if (best.Count == query.Top && best.TryPeek(out _, out var last)) worst = Math.Max(query.WeightMin, last.Weight);
            }
        }
        var candidates = new List<Candidate>(best.Count);
        while (best.TryDequeue(out var row, out var rank))
            candidates.Add(new(row.Record, rank.Weight, () => _scorer.Explain(values, row.Values)));
        candidates.Reverse();
        return new(candidates, compared, skipped);
    }

    /// <summary>The row at a slot. One that moved is taken where it is now, once, and only if it shares a key there.</summary>
    private IndexRow? Row(IndexState state, int slot, CandidateSearch search)
    {
        var found = state[slot];
        if (found is null or { MovedTo: < 0 }) return found;
        var (row, at) = state.Follow(found, slot);
        return row is null || search.Has(at) || !search.TakeMoved(at) || !search.SharesKey(_keys, row.Values) ? null : row;
    }

    private void Take(IndexRow[] rows, FrozenPostings postings, Dictionary<string, int> slots)
    {
        lock (_writing)
        {
            _slots = slots;
            Volatile.Write(ref _state, new IndexState(postings, rows));
        }
    }

    private static Dictionary<string, int> SlotsOf(IReadOnlyList<IndexRow> rows)
    {
        var slots = new Dictionary<string, int>(rows.Count, StringComparer.Ordinal);
        for (var slot = 0; slot < rows.Count; slot++) slots[rows[slot].Record.Id] = slot;
        return slots;
    }

    private FrozenPostings Freeze(IReadOnlyList<IndexRow> rows)
    {
        var pieces = new (List<ulong> Keys, List<int> Slots)[(rows.Count + RowsPerPiece - 1) / RowsPerPiece];
        Parallel.For(0, pieces.Length, piece =>
        {
            var (allKeys, allSlots, keys) = (new List<ulong>(RowsPerPiece * 12), new List<int>(RowsPerPiece * 12), new List<ulong>());
            for (var slot = piece * RowsPerPiece; slot < Math.Min(rows.Count, (piece + 1) * RowsPerPiece); slot++)
            {
                _keys.Collect(rows[slot].Values, keys);
                foreach (var key in keys)
                {
                    allKeys.Add(key);
                    allSlots.Add(slot);
                }
            }
            pieces[piece] = (allKeys, allSlots);
        });
        return FrozenPostings.Of(pieces);
    }

    /// <summary>Starts to freeze what is there, in the background; under the lock.</summary>
    private void Merge()
    {
        if (_merging is { IsCompleted: false }) return;
        // What failed in the background is told to the next writer, not lost.
        _merging?.GetAwaiter().GetResult();
        var (state, end) = (_state, _state.SlotCount);
        var (rows, slots) = state.Rows();
        _merging = Task.Run(() => Merge(state, rows, slots, end));
    }

    /// <param name="state">What was and still is written to; nothing takes its place but this.</param>
    /// <param name="rows">The rows that are frozen, and their slots in the state.</param>
    /// <param name="slots">The slots.</param>
    /// <param name="end">Slots from here on came after the rows were taken.</param>
    private void Merge(IndexState state, IndexRow[] rows, int[] slots, int end)
    {
        var (postings, places) = (Freeze(rows), SlotsOf(rows));
        var keys = new List<ulong>();
        lock (_writing)
        {
            Ensure.That(ReferenceEquals(state, _state));
            var next = new IndexState(postings, rows);
            for (var i = 0; i < slots.Length; i++)
            {
                if (ReferenceEquals(state[slots[i]], rows[i])) continue;
                places.Remove(rows[i].Record.Id);
                next.Leave(i);
            }
            for (var slot = end; slot < state.SlotCount; slot++)
            {
                if (state[slot] is not { MovedTo: < 0 } row) continue;
                var place = next.Append(row);
                _keys.Collect(row.Values, keys);
                foreach (var key in keys) next.Fresh.Add(key, place);
                places[row.Record.Id] = place;
            }
            _slots = places;
            Volatile.Write(ref _state, next);
        }
    }

    /// <summary>The lightest in front, and of equals the one whose id comes last.</summary>
    private sealed class WorstFirst : IComparer<(double Weight, IndexRow Row)>
    {
        public static readonly WorstFirst Instance = new();

        public int Compare((double Weight, IndexRow Row) left, (double Weight, IndexRow Row) right)
        {
            var byWeight = left.Weight.CompareTo(right.Weight);
            return byWeight != 0 ? byWeight : string.CompareOrdinal(right.Row.Record.Id, left.Row.Record.Id);
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
