using System.Collections.Concurrent;

namespace Homeward.Linkage;

/// <summary>The slots that share a key with a probe, each once. Lists are kept for the next query.</summary>
internal sealed class CandidateSearch : IDisposable
{
    private static readonly ConcurrentBag<CandidateSearch> Spare = [];

    private readonly List<int> _slots = [];
    private readonly List<(int Size, uint Key)> _order = [];

    private readonly SlotMarks _marks = new();
    private readonly HashSet<int> _moved = [];
    private readonly List<int> _tied = [];
    private readonly List<ulong> _ties = [];
    private readonly List<uint> _otherKeys = [];
    private Value?[] _room = [];

    private CandidateSearch() { }

    /// <summary>Slots whose rows are fetched together.</summary>
    public const int AtOnce = 32;

    /// <summary>More that share a number or an account are looked at like all others.</summary>
    private const int TiedMax = 16;

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
        var (taken, keys) = (0, 0);
        for (var i = 0; i < _order.Count; i++)
        {
            if (taken > 0 && taken + _order[i].Size > slotsMax) continue;
            taken += _order[i].Size;
            _order[keys++] = _order[i];
        }
        _marks.Begin();
        for (var i = 0; i < keys; i++)
        {
            foreach (var slot in state.Frozen[_order[i].Key]) if (_marks.Add(slot)) _slots.Add(slot);
            foreach (var slot in state.Fresh[_order[i].Key]) if (_marks.Add(slot)) _slots.Add(slot);
        }
        return _order.Count - keys;
    }

    /// <summary>Begins to gather what has a value in common with the row that is asked about.</summary>
    public void Untie() => _tied.Clear();

    /// <summary>Gathers the frozen slots that have a value of a field in common with it.</summary>
    /// <param name="rule">See <see cref="Keys.RuleOfTheSame"/>.</param>
    /// <returns>False where they are too many to be told by this.</returns>
    public bool Tie(IndexState state, Keys keys, int rule, ReadOnlySpan<Value?> row)
    {
        _ties.Clear();
        keys.Collect(rule, row, _ties);
        if (_ties.Count >= Linkage.Keys.PerRuleMax) return false;
        foreach (var key in _ties)
        {
            var sharing = state.Frozen[(uint)(key >> 32)];
            if (_tied.Count + sharing.Length > TiedMax) return false;
            _tied.AddRange(sharing);
        }
        return true;
    }

    /// <summary>True when the slot has been gathered so.</summary>
    public bool IsTied(int slot) => _tied.Contains(slot);

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
    public bool Has(int slot) => _marks.Has(slot);

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
