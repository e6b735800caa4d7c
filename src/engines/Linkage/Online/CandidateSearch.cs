using System.Collections.Concurrent;

namespace Homeward.Linkage;

/// <summary>The slots that share a key with a probe, each once. Lists are kept for the next query.</summary>
internal sealed class CandidateSearch : IDisposable
{
    private static readonly ConcurrentBag<CandidateSearch> Spare = [];

    private readonly List<int> _slots = [];
    private readonly List<(int Size, uint Key)> _order = [];

    private readonly HashSet<int> _moved = [];
    private readonly List<uint> _otherKeys = [];
    private Value?[] _room = [];

    private CandidateSearch() { }

    /// <summary>Slots whose rows are fetched together.</summary>
    public const int AtOnce = 32;

    /// <summary>What was fetched last; said so that the looks are not left out for having no use.</summary>
    public ulong Fetched { get; private set; }

    public Ceilings Ceilings { get; } = new();
    public List<uint> Keys { get; } = [];
    public IReadOnlyList<int> Slots => _slots;

    public static CandidateSearch Rent() => Spare.TryTake(out var search) ? search : new();

    /// <summary>Room for the values of one row.</summary>
    public Value?[] Room(int fieldCount)
    {
        if (_room.Length != fieldCount) _room = new Value?[fieldCount];
        return _room;
    }

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
        var (rows, to, seen) = (state.FrozenRows, Math.Min(_slots.Count, from + AtOnce), 0UL);
        if (state.Signs is { } signs)
        {
            for (var i = from; i < to; i++)
                if (_slots[i] < state.FrozenCount) seen += signs.Touch(_slots[i]);
            Fetched = seen;
            return;
        }
        for (var i = from; i < to; i++)
            if (_slots[i] < state.FrozenCount) seen += (ulong)rows.Touch(_slots[i]);
        for (var i = from; i < to; i++)
            if (_slots[i] < state.FrozenCount) seen += rows.TouchCells(_slots[i], Ceilings.Looked);
        Fetched = seen;
    }

    /// <summary>True when the slot is among those that were found.</summary>
    public bool Has(int slot) => _slots.BinarySearch(slot) >= 0;

    /// <summary>True the first time: a record that moved twice is reached from two slots.</summary>
    public bool TakeMoved(int slot) => _moved.Add(slot);

    public bool SharesKey(Keys keys, ReadOnlySpan<Value?> row)
    {
        keys.Collect(row, _otherKeys);
        return Keys.Exists(key => _otherKeys.BinarySearch(key) >= 0);
    }

    public void Dispose()
    {
        // A spare search must not hold on to the values of an index that is gone.
        Array.Clear(_room);
        Ceilings.End();
        Spare.Add(this);
    }
}
