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
    /// <summary>The fresh part is frozen when it passes an eighth of the whole, and not less than this count.</summary>
    private const int FreshRowsMin = 4096;

    /// <summary>And no more than this: a fresh row takes about ten times the room of a frozen one.</summary>
    private const int FreshRowsMax = 1 << 19;

    private const int TouchedAtOnce = 32;

    private readonly Scorer _scorer;
    private readonly Keys _keys;
    private readonly RecordReader _reader;
    private readonly Lock _writing = new();
    private readonly ulong _lookedAtAcross;

    /// <summary>For each comparison the rule by which all that have a value in common are found; -1 where there is none.</summary>
    private readonly int[] _ruleOfTheSame;
    private SlotTable _slots;
    private Task? _merging;
    private readonly int _signedMax;
    private IndexState _state = new(FrozenPostings.Empty, FrozenRows.Empty, null);

    /// <exception cref="LinkageException">The settings name what is not there.</exception>
    public OnlineIndex(LinkageSettings settings)
        : this(settings, RowSigns.RowsMax)
    {
    }

    /// <param name="signedMax">Of more frozen rows no signs are kept: the same is found, more slowly and in less room.</param>
    internal OnlineIndex(LinkageSettings settings, int signedMax)
    {
        _signedMax = signedMax;
        _scorer = new(settings);
        _keys = new(settings);
        _reader = new(settings);
        _slots = new(IdsOf(_state));
        _ruleOfTheSame = [.. Enumerable.Range(0, _scorer.ComparisonCount).Select(number => _keys.RuleOfTheSame(_scorer.Comparer.FieldsOf(number).Field))];
        for (var i = 0; i < _scorer.ComparisonCount; i++)
        {
            if (!_scorer.Comparer.LooksAcross(i)) continue;
            var (field, with) = _scorer.Comparer.FieldsOf(i);
            foreach (var looked in (int[])[field, .. with]) _lookedAtAcross |= Bit(looked);
        }
    }

    /// <summary>An index of many records, sorted once; of two with one id the later stands.</summary>
    /// <remarks>A list is read by all processors. What comes one by one is taken in as it comes, and not gathered first: see <see cref="OnlineIndexBuilder"/>.</remarks>
    public static OnlineIndex Build(LinkageSettings settings, IEnumerable<LinkRecord> records) => Build(settings, records, RowSigns.RowsMax);

    /// <param name="signedMax">See <see cref="RowSigns"/>.</param>
    internal static OnlineIndex Build(LinkageSettings settings, IEnumerable<LinkRecord> records, int signedMax)
    {
        if (records is not IReadOnlyList<LinkRecord> list)
        {
            var builder = new OnlineIndexBuilder(settings);
            foreach (var record in records) builder.Add(record);
            return builder.Build();
        }
        var index = new OnlineIndex(settings, signedMax);
        var (frozen, postings) = FrozenRows.Of(list.Count, settings, index._keys, (from, to, piece) =>
        {
            var touched = 0;
            for (var i = from; i < to; i++)
            {
                if ((i - from) % TouchedAtOnce == 0) touched += Touch(list, i, Math.Min(to, i + TouchedAtOnce));
                piece.Add(list[i]);
            }
            GC.KeepAlive(touched);
        });
        index.Take(frozen, postings);
        return index;
    }

    /// <summary>An index of rows that were made before, with the settings' own keys.</summary>
    internal static OnlineIndex Of(LinkageSettings settings, FrozenRows rows)
    {
        var index = new OnlineIndex(settings);
        index.Take(rows, FrozenRows.PostingsOf(rows.Pieces));
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
        var (rows, postings) = SnapshotFile.Read(path, settings, index._keys);
        index.Take(rows, postings);
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
        var (rows, postings) = isFrozen ? (state.FrozenRows, state.Frozen) : state.Freeze(slots, _scorer.Settings, _keys);
        SnapshotFile.Write(path, _scorer.Settings, rows, postings);
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
            var row = new FreshRow(record, _reader.ReadShared(record));
            // The new row first, then the word in the old slot: a reader in between finds the record at one or the other.
            var slot = _state.Append(row);
            var keys = new List<uint>();
            _keys.Collect(row.Values, keys);
            foreach (var key in keys) _state.Fresh.Add(key, slot);
            if (_slots.TryGet(record.Id, out var before)) _state.Leave(before, movedTo: slot);
            _slots.Set(record.Id, slot);
            if (_state.FreshCount > Math.Clamp(_state.FrozenCount / 8, FreshRowsMin, FreshRowsMax)) Merge();
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
        var needed = _lookedAtAcross;
        for (var field = 0; field < values.Length; field++) if (values[field] is not null) needed |= Bit(field);
        var state = Volatile.Read(ref _state);
        _keys.Collect(values, search.Keys);
        var skipped = search.Find(state, query.ComparedMax);
        if (search.Slots.Count == 0) return new([], 0, skipped);
        var rows = RowRoom.Rent(values.Length);
        var room = search.Room(values.Length);
        var best = search.Best;
        var compared = 0;
        var worst = query.WeightMin;
        Span<double> most = stackalloc double[_scorer.ComparisonCount];
        _scorer.MostWith(values, most);
        Span<int> slots = stackalloc int[CandidateSearch.AtOnce];
        Span<double> told = stackalloc double[most.Length];
        MostApart(values, most, state, search, told);
        search.Ceilings.Begin(_scorer, values, told, state.Signs);
        for (var from = 0; from < search.Slots.Count; from += CandidateSearch.AtOnce)
        {
            search.Fetch(state, from);
            var found = 0;
            for (var i = from; i < Math.Min(search.Slots.Count, from + CandidateSearch.AtOnce); i++)
            {
                var slot = SlotOf(state, search.Slots[i], search, room);
                if (slot >= 0 && query.Excludes?.Invoke(state.Record(slot)) != true) slots[found++] = slot;
            }
            compared += found;
            foreach (var slot in slots[..search.Reach(state, slots[..found], worst, rows)])
            {
                var weight = _scorer.WeightFrom(worst, values, state.Values(slot, room, needed), most);
                // The id is one look further into memory: only those that come to stand among the best are asked.
                if (weight < worst || state.Id(slot) is var id && id == probe.Id) continue;
                if (query.AreOne is { } areOne && !search.TakesPlace((weight, id), areOne)) continue;
                if (best.Count < query.Top) best.Enqueue(slot, (weight, id));
                else best.EnqueueDequeue(slot, (weight, id));
                if (best.Count == query.Top && best.TryPeek(out _, out var last)) worst = Math.Max(query.WeightMin, last.Weight);
            }
        }
        var candidates = new Candidate[best.Count];
        while (best.TryDequeue(out var slot, out var rank)) candidates[best.Count] = new(state, slot, rank.Id, rank.Weight, _scorer, values);
        rows.Return();
        return new(candidates, compared, skipped);
    }

    /// <summary>What each comparison can weigh at most beside rows that share no number and no account: the few that do are gathered, and are told by themselves.</summary>
    /// <remarks>A shared one weighs more than all else together: as long as any row might have it, much else would have to be looked at.</remarks>
    private void MostApart(ReadOnlySpan<Value?> values, ReadOnlySpan<double> most, IndexState state, CandidateSearch search, Span<double> apart)
    {
        most.CopyTo(apart);
        search.Untie();
        if (state.Signs is null) return;
        for (var i = 0; i < apart.Length; i++)
        {
            var value = values[_scorer.Comparer.FieldsOf(i).Field];
            if (value is not null && _ruleOfTheSame[i] is >= 0 and var rule && search.Tie(state, _keys, rule, values)) apart[i] = _scorer.MostWith(i, value, areApart: true);
        }
    }

    /// <summary>The slot itself, where its record is there. One that moved is taken where it is now, once, and only if it shares a key there; else -1.</summary>
    private int SlotOf(IndexState state, int slot, CandidateSearch search, Value?[] room)
    {
        var at = state.Follow(slot);
        return at == slot || (at >= 0 && !search.Has(at) && search.TakeMoved(at) && search.SharesKey(_keys, state.Values(at, room))) ? at : -1;
    }

    /// <summary>A bit for a field; none for those beyond, whose values are looked at always.</summary>
    private static ulong Bit(int field) => field < 64 ? 1UL << field : 0;

    private void Take(FrozenRows rows, FrozenPostings postings)
    {
        var state = StateOf(rows, postings);
        var slots = SlotTable.Of(rows, IdsOf(state), out var earlier);
        foreach (var slot in earlier) state.Leave(slot);
        lock (_writing)
        {
            _slots = slots;
            Volatile.Write(ref _state, state);
        }
    }

    private IndexState StateOf(FrozenRows rows, FrozenPostings postings) => new(postings, rows, RowSigns.Of(_scorer, rows, _signedMax));

    private static Func<int, string, bool> IdsOf(IndexState state) => (slot, id) => state.Id(slot) == id;

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
        var (rows, postings) = state.Freeze(slots, _scorer.Settings, _keys);
        var next = StateOf(rows, postings);
        var places = SlotTable.Of(rows, IdsOf(next), out _);
        var keys = new List<uint>();
        lock (_writing)
        {
            Ensure.That(ReferenceEquals(state, _state));
            for (var i = 0; i < slots.Length; i++)
            {
                if (state.Follow(slots[i]) == slots[i]) continue;
                places.Remove(rows.Id(i), out _);
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
}
