using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Homeward.Linkage;

/// <summary>Of each row what mostly shows that it cannot be the one, side by side in memory: which fields it knows, its values by number, the letters of those that hardly any other has.</summary>
/// <remarks>
/// A row stands in bytes and its values elsewhere: to look at a thousand rows is to wait for memory some thousand times. A row's signs
/// are one look, and what a name or a town weighs is worked out once for all rows that have it. They never say less than is
/// possible. They take some sixty bytes a row, and so are kept of small indexes only.
/// </remarks>
internal sealed class RowSigns
{
    /// <summary>Of more rows none are kept: in a large index the rarest keys already lead to few rows.</summary>
    public const int RowsMax = 1 << 18;

    /// <summary>The number of a value of which nothing is told, and of the fields of a row of which nothing is.</summary>
    public const int Open = 0;

    private readonly Scorer _scorer;

    /// <summary>What the processor fetches from memory at once, in words.</summary>
    private const int LineWords = 8;

    /// <summary>
    /// Of each row the letters of its values, 0 of one that is not there or of which nothing is told; behind them, two in a word,
    /// the number of the fields that it knows and the numbers of its values. Up to a line long, a row lies in a single one.
    /// </summary>
    private readonly ulong[] _words;
    private readonly int _start;
    private readonly int _stride;
    private readonly int _letterCount;
    private readonly int _numberCount = 1;

    private readonly List<ulong> _fields = [0];
    private readonly Dictionary<ulong, int> _fieldNumbers = [];
    private List<SignedValue>[] _values;
    private readonly ConcurrentBag<SignReader> _spare = [];

    /// <summary>A value that rows have.</summary>
    /// <param name="Bag">Its letters; 0 where nothing is told of them.</param>
    /// <param name="More">See <see cref="RowSigns.MoreOf"/>.</param>
    public readonly record struct SignedValue(ulong Bag, ulong More, Value Value);

    private RowSigns(Scorer scorer, CeilingPlan[] plans, ulong needed, int count)
    {
        (_scorer, Plans, At, LettersAt) = (scorer, plans, new int[plans.Length], new int[plans.Length]);
        for (var number = 0; number < plans.Length; number++)
        {
            if ((needed >> plans[number].Field & 1) != 0) Needed |= 1UL << number;
            if (!plans[number].NamesTheOther) At[number] = _numberCount++;
            LettersAt[number] = plans[number].Letters is { LooksAtMore: false } ? _letterCount++ : -1;
        }
        _stride = _letterCount + ((_numberCount + 1) / 2);
        if (_stride is > LineWords / 2 and < LineWords) _stride = LineWords;
        _words = GC.AllocateArray<ulong>(checked((_stride * count) + LineWords), pinned: true);
        // Where the first line begins: what is pinned stays there.
        var beyond = (int)(Address(_words) / sizeof(ulong) % LineWords);
        _start = beyond == 0 ? 0 : LineWords - beyond;
        _values = [.. plans.Select(_ => new List<SignedValue> { default })];
        Steps = [.. plans.Select(plan => DaySteps.Of(scorer, plan.Comparison))];
    }

    /// <summary>Those of fields that some row knows.</summary>
    public CeilingPlan[] Plans { get; }

    /// <summary>Where each plan's number stands among a row's.</summary>
    public int[] At { get; }

    /// <summary>Where its letters stand; -1 where they stand with the value. Of a number or an address, which hardly two rows have in common, they mostly tell all.</summary>
    public int[] LettersAt { get; }

    /// <summary>A bit for each plan without whose field nothing is told of a row.</summary>
    public ulong Needed { get; }

    /// <summary>For each plan that compares dates: what days apart weigh. Null for the others.</summary>
    public DaySteps?[] Steps { get; }

    /// <summary>A bit for each plan whose field is known, by the number that stands first in a row; nothing is told of <see cref="Open"/>.</summary>
    public IReadOnlyList<ulong> Fields => _fields;

    /// <returns>Null where there are too many rows, or the settings leave nothing to tell.</returns>
    public static RowSigns? Of(Scorer scorer, FrozenRows rows, int rowsMax)
    {
        if (rows.Count == 0 || rows.Count > rowsMax) return null;
        var room = RowRoom.Rent(scorer.Settings.Fields.Count);
        var known = 0UL;
        for (var row = 0; row < rows.Count; row++)
            for (var i = rows.Cells(row, ulong.MaxValue, room) - 1; i >= 0; i--) known |= 1UL << room.Fields(i + 1)[i];
        var (plans, needed) = (CeilingPlan.Of(scorer).Where(plan => (known >> plan.Field & 1) != 0).ToArray(), CeilingPlan.Needed(scorer));
        var told = plans.Aggregate(0UL, (all, plan) => all | (1UL << plan.Field));
        if (plans.Length == 0 || (needed & ~told) != 0) return null;
        var signs = new RowSigns(scorer, plans, needed, rows.Count);
        var numbers = new Dictionary<Value, int>[plans.Length];
        for (var number = 0; number < plans.Length; number++) numbers[number] = new(ReferenceEqualityComparer.Instance);
        for (var row = 0; row < rows.Count; row++) signs.Draw(row, rows, room, numbers);
        signs.Values = [.. signs._values.Select(values => values.ToArray())];
        signs._values = [];
        signs.Days = [.. signs.Values.Select(values => Array.ConvertAll(values, DayOf))];
        room.Return();
        return signs;
    }

    public SignReader Rent() => _spare.TryTake(out var reader) ? reader : new(this, _scorer);

    public void Return(SignReader reader) => _spare.Add(reader);

    /// <summary>The fields that a row knows, by their number; then its values by theirs.</summary>
    public ReadOnlySpan<int> Numbers(int row) => MutableNumbers(row);

    public ulong Letters(int row, int at) => _words[PlaceOf(row) + at];

    /// <summary>Looks at a row's signs, so that they are near when they are read.</summary>
    public ulong Touch(int row) => _words[PlaceOf(row)];

    /// <summary>For each plan its values by their number; the first stands for none.</summary>
    public SignedValue[][] Values { get; private set; } = [];

    /// <summary>For each plan the days that its values are; -1 for what is no single day.</summary>
    public int[][] Days { get; private set; } = [];

    /// <summary>What a value has beside its letters: formal names in the upper bits, whether it has several words, its words in the lower.</summary>
    public static ulong MoreOf(ulong formalBag, ulong wordBag, bool isCompound) =>
        (Folded(formalBag) << 33) | (isCompound ? 1UL << 32 : 0) | (uint)(wordBag | (wordBag >> 32));

    private static ulong Folded(ulong bag) => (uint)(bag | (bag >> 32)) is var half ? (half | (half >> 31)) & 0x7FFFFFFF : 0;

    private int PlaceOf(int row) => _start + (row * _stride);

    private Span<int> MutableNumbers(int row) => MemoryMarshal.Cast<ulong, int>(_words.AsSpan(PlaceOf(row) + _letterCount, _stride - _letterCount))[.._numberCount];

    private static nuint Address(ulong[] pinned) => (nuint)Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);

    private void Draw(int row, FrozenRows rows, RowRoom room, Dictionary<Value, int>[] numbers)
    {
        var count = rows.Cells(row, ulong.MaxValue, room);
        if (count < 0) return;
        var known = 0UL;
        var own = MutableNumbers(row);
        for (var i = 0; i < count; i++)
        {
            var (field, cell) = (room.Fields(count)[i], room.Cells(count)[i]);
            var plan = Array.FindIndex(Plans, plan => plan.Field == field);
            if (plan < 0) continue;
            // So many that not each has a key: what is the same is not found by it.
            if (cell.Bag == 0 && cell.Value is SetValue { Members.Length: >= Keys.PerRuleMax }) return;
            known |= 1UL << plan;
            if (Plans[plan].NamesTheOther) continue;
            if (LettersAt[plan] is >= 0 and var letters) _words[PlaceOf(row) + letters] = cell.Bag;
            if (!cell.IsLate && cell.Value is not SetValue) own[At[plan]] = NumberOf(plan, cell, numbers[plan]);
        }
        if (!_fieldNumbers.TryGetValue(known, out var number))
        {
            _fieldNumbers[known] = number = _fields.Count;
            _fields.Add(known);
        }
        own[0] = number;
    }

    private int NumberOf(int plan, in FrozenRows.Cell cell, Dictionary<Value, int> numbers)
    {
        var value = cell.Value;
        if (numbers.TryGetValue(value, out var number)) return number;
        numbers[value] = number = _values[plan].Count;
        _values[plan].Add(new(cell.Bag, MoreOf(cell.FormalBag, cell.WordBag, value.IsCompound), value));
        return number;
    }

    private static int DayOf(SignedValue value) => value.Value is DateValue { IsFull: true, Day: not 0 } day ? day.First : -1;
}
