using System.Collections.Concurrent;

namespace Homeward.Linkage;

/// <summary>The slots that share a key with a probe, each once. Lists are kept for the next query.</summary>
internal sealed class CandidateSearch : IDisposable
{
    private static readonly ConcurrentBag<CandidateSearch> Spare = [];

    private readonly List<int> _slots = [];
    private readonly List<(int Size, ulong Key)> _order = [];

    private readonly HashSet<int> _moved = [];
    private readonly List<ulong> _otherKeys = [];

    private readonly Value?[]?[] _values = new Value?[AtOnce][];

    private CandidateSearch() { }

    /// <summary>Slots whose rows are fetched together.</summary>
    public const int AtOnce = 32;

    /// <summary>How many letters were fetched last; said so that the looks are not left out for having no use.</summary>
    public int Fetched { get; private set; }

    public List<ulong> Keys { get; } = [];
    public IReadOnlyList<int> Slots => _slots;

    public static CandidateSearch Rent() => Spare.TryTake(out var search) ? search : new();

    /// <summary>Gathers slots, those under the rarest keys first, as long as the bound holds.</summary>
    /// <returns>How many keys were skipped.</returns>
    public int Find(IndexState state, int slotsMax)
    {
        _order.Clear();
        _slots.Clear();
        _moved.Clear();
        foreach (var key in Keys)
            if (state.Frozen[key].Length + state.Fresh[key].Length is > 0 and var size) _order.Add((size, key));
        _order.Sort();
        var (taken, skipped) = (0, 0);
        foreach (var (size, key) in _order)
        {
            if (taken > 0 && taken + size > slotsMax)
            {
                skipped++;
                continue;
            }
            taken += size;
            _slots.AddRange(state.Frozen[key]);
            _slots.AddRange(state.Fresh[key]);
        }
        _slots.Sort();
        var kept = 0;
        for (var i = 0; i < _slots.Count; i++)
            if (i == 0 || _slots[i] != _slots[i - 1]) _slots[kept++] = _slots[i];
        _slots.RemoveRange(kept, _slots.Count - kept);
        return skipped;
    }

    /// <summary>Brings near what comparing the next slots will look at: looks that do not wait for one another are answered together.</summary>
    public void Fetch(IndexState state, int from)
    {
        var count = Math.Min(AtOnce, _slots.Count - from);
        for (var i = 0; i < count; i++) _values[i] = state[_slots[from + i]]?.Values;
        var letters = 0;
        for (var i = 0; i < count; i++)
            foreach (var value in _values[i] ?? []) letters += value?.Length ?? 0;
        Fetched = letters;
        Array.Clear(_values);
    }

    /// <summary>True when the slot is among those that were found.</summary>
    public bool Has(int slot) => _slots.BinarySearch(slot) >= 0;

    /// <summary>True the first time: a record that moved twice is reached from two slots.</summary>
    public bool TakeMoved(int slot) => _moved.Add(slot);

    public bool SharesKey(Linkage.Keys keys, ReadOnlySpan<Value?> row)
    {
        keys.Collect(row, _otherKeys);
        return Keys.Exists(key => _otherKeys.BinarySearch(key) >= 0);
    }

    public void Dispose() => Spare.Add(this);
}
