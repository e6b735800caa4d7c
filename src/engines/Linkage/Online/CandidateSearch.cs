using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Homeward.Linkage;

/// <summary>The slots that share a key with a probe, each once. Lists are kept for the next query.</summary>
internal sealed class CandidateSearch : IDisposable
{
    private static readonly ConcurrentBag<CandidateSearch> Spare = [];

    private readonly List<int> _slots = [];

    /// <summary>Of each key how many slots have it, and below that the key itself: in order, those of the rarest come first.</summary>
    private readonly List<ulong> _order = [];

    /// <summary>Where the slots of each stand, in the same order.</summary>
    private readonly List<int> _places = [];

    private readonly SlotMarks _marks = new();
    private readonly HashSet<int> _moved = [];
    private readonly List<int> _tied = [];
    private readonly List<ulong> _ties = [];
    private readonly List<uint> _otherKeys = [];
    private Value?[] _room = [];

    private CandidateSearch() { }

    /// <summary>Slots whose rows are fetched together.</summary>
    public const int AtOnce = SignReader.RowsMax;

    /// <summary>More that share a number or an account are looked at like all others.</summary>
    private const int TiedMax = 16;

    /// <summary>What was fetched last; said so that the looks are not left out for having no use.</summary>
    public ulong Fetched { get; private set; }

    public Ceilings Ceilings { get; } = new();
    public List<uint> Keys { get; } = [];

    /// <summary>Those that stand among the best so far.</summary>
    public PriorityQueue<int, (double Weight, string Id)> Best { get; } = new(WorstFirst.Instance);
    public List<int> Slots => _slots;

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
        _places.Clear();
        _slots.Clear();
        _moved.Clear();
        // Mostly nothing came since the last freeze.
        var fresh = state.FreshCount > 0 ? state.Fresh : null;
        Fetched = state.Frozen.Touch(CollectionsMarshal.AsSpan(Keys));
        foreach (var key in Keys)
        {
            var place = state.Frozen.PlaceOf(key);
            if (state.Frozen.At(place).Length + (fresh is null ? 0 : fresh[key].Length) is not (> 0 and var size)) continue;
            _order.Add(((ulong)size << 32) | key);
            _places.Add(place);
        }
        CollectionsMarshal.AsSpan(_order).Sort(CollectionsMarshal.AsSpan(_places));
        var (taken, keys) = (0, 0);
        _marks.Begin();
        for (var i = 0; i < _order.Count; i++)
        {
            var size = (int)(_order[i] >> 32);
            if (taken > 0 && taken + size > slotsMax) continue;
            taken += size;
            keys++;
            foreach (var slot in state.Frozen.At(_places[i]))
            {
                if (!_marks.Add(slot)) continue;
                _slots.Add(slot);
                state.Signs?.Prefetch(slot);
            }
            if (fresh is null) continue;
            foreach (var slot in fresh[(uint)_order[i]]) if (_marks.Add(slot)) _slots.Add(slot);
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

    private bool IsTied(int slot) => _tied.Count > 0 && _tied.Contains(slot);

    /// <summary>Brings near what comparing the next slots will look at: looks that do not wait for one another are answered together.</summary>
    public void Fetch(IndexState state, int from)
    {
        // Signs were called for as their slots were found.
        if (state.Signs is not null) return;
        var (rows, to, seen) = (state.FrozenRows, Math.Min(_slots.Count, from + AtOnce), 0UL);
        for (var i = from; i < to; i++)
            if (_slots[i] < state.FrozenCount) seen += (ulong)rows.Touch(_slots[i]);
        for (var i = from; i < to; i++)
            if (_slots[i] < state.FrozenCount) seen += rows.TouchCells(_slots[i], Ceilings.Looked);
        Fetched = seen;
    }

    /// <summary>Keeps the slots whose weight may be as much as asked for, in their order.</summary>
    /// <returns>How many: they come to stand in front.</returns>
    public int Reach(IndexState state, Span<int> slots, double weightMin, RowRoom room)
    {
        var kept = 0;
        if (state.Signs is null)
        {
            foreach (var slot in slots)
                if (slot >= state.FrozenCount || state.FrozenRows.Reaches(slot, Ceilings, weightMin, room)) slots[kept++] = slot;
            return kept;
        }
        // Of what came since, and of what shares a number, nothing is told by signs.
        Span<int> signed = stackalloc int[AtOnce];
        var (count, reaching) = (0, 0U);
        Span<int> places = stackalloc int[AtOnce];
        for (var i = 0; i < slots.Length; i++)
        {
            if (slots[i] >= state.FrozenCount || IsTied(slots[i])) reaching |= 1U << i;
            else (signed[count], places[count++]) = (slots[i], i);
        }
        for (var told = Ceilings.Reach(weightMin, signed[..count]); told != 0; told &= told - 1) reaching |= 1U << places[BitOperations.TrailingZeroCount(told)];
        for (; reaching != 0; reaching &= reaching - 1) slots[kept++] = slots[BitOperations.TrailingZeroCount(reaching)];
        return kept;
    }

    /// <summary>True when the slot is among those that were found.</summary>
    public bool Has(int slot) => _marks.Has(slot);

    /// <summary>True the first time: a record that moved twice is reached from two slots.</summary>
    public bool TakeMoved(int slot) => _moved.Add(slot);

    /// <summary>Makes room for a record where another that stands for the same is among the best.</summary>
    /// <returns>False where the other is better.</returns>
    public bool TakesPlace((double Weight, string Id) rank, Func<string, string, bool> areOne)
    {
        foreach (var (slot, other) in Best.UnorderedItems)
        {
            if (!areOne(rank.Id, other.Id)) continue;
            return WorstFirst.Instance.Compare(rank, other) > 0 && Best.Remove(slot, out _, out _);
        }
        return true;
    }

    public bool SharesKey(Keys keys, ReadOnlySpan<Value?> row)
    {
        keys.Collect(row, _otherKeys);
        return Keys.Exists(key => _otherKeys.BinarySearch(key) >= 0);
    }

    public void Dispose()
    {
        // A spare search must not hold on to the values of an index that is gone.
        Array.Clear(_room);
        Best.Clear();
        Ceilings.End();
        Spare.Add(this);
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
