using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Homeward.Linkage;

/// <summary>Of each row what mostly shows that it cannot be the one, side by side in memory: which fields it knows, its values by number, the letters of those that hardly any other has.</summary>
/// <remarks>
/// A row stands in bytes and its values elsewhere: to look at a thousand rows is to wait for memory some thousand times. A row's signs
/// are one look, and what a name or a town weighs is worked out once for all rows that have it. Of family names hardly two rows in a
/// list have the same: their letters stand in the row, too. They never say less than is possible. They take some sixty bytes a row,
/// and so are kept of small indexes only.
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

    private readonly List<ulong> _fields = [0];
    private readonly Dictionary<ulong, int> _fieldNumbers = [];
    private List<SignedValue>[] _values;
    private readonly ConcurrentBag<SignReader> _spare = [];

    /// <summary>A value that rows have.</summary>
    /// <param name="Bag">Its letters; 0 where nothing is told of them.</param>
    /// <param name="More">See <see cref="RowSigns.MoreOf"/>.</param>
    public readonly record struct SignedValue(ulong Bag, ulong More, Value Value);

    /// <summary>Where in a row's words a number of 32 bits stands.</summary>
    /// <param name="Word">-1 where there is none.</param>
    public readonly record struct NumberPlace(int Word, int Shift)
    {
        public static NumberPlace None { get; } = new(-1, 0);

        public int In(ReadOnlySpan<ulong> line) => (int)(uint)(line[Word] >> Shift);

        public void Set(Span<ulong> line, int number) => line[Word] = (line[Word] & ~((ulong)uint.MaxValue << Shift)) | ((ulong)(uint)number << Shift);
    }

    /// <summary>Where what is told of each plan stands in a row's words.</summary>
    /// <param name="Letters">Its letters; -1 where they stand with the value. Of a number or an address, which hardly two rows have in common, they mostly tell all.</param>
    /// <param name="More">See <see cref="MoreOf"/>; -1 where it stands with the value, or is not looked at.</param>
    /// <param name="Number">The number of its value.</param>
    public readonly record struct SignPlace(int Letters, int More, NumberPlace Number);

    /// <param name="apart">The plan whose values hardly two rows have in common; -1 where there is none.</param>
    private RowSigns(Scorer scorer, CeilingPlan[] plans, ulong needed, int count, int apart)
    {
        (_scorer, Plans, Places) = (scorer, plans, new SignPlace[plans.Length]);
        for (var number = 0; number < plans.Length; number++)
            if ((needed >> plans[number].Field & 1) != 0) Needed |= 1UL << number;
        var numbered = plans.Select(plan => !plan.NamesTheOther && !(plan.Letters is { LooksAtMore: false } && scorer.Settings.Fields[plan.Field].IsSet)).ToArray();
        var words = plans.Count(plan => plan.Letters is { LooksAtMore: false });
        var numbers = (1 + numbered.Count(one => one) + 1) / 2;
        // Only where the row stays in its line.
        if (words + 2 + numbers > LineWords) apart = -1;
        var (letters, at) = (0, 1);
        if (apart >= 0) words += 2;
        for (var number = 0; number < plans.Length; number++)
        {
            var standsThere = plans[number].Letters is { LooksAtMore: false } || number == apart;
            Places[number] = new(standsThere ? letters++ : -1, number == apart ? letters++ : -1, numbered[number] ? PlaceAt(at++) : NumberPlace.None);
        }
        FieldsAt = PlaceAt(0);
        _stride = words + numbers;

        NumberPlace PlaceAt(int which) => new(words + (which / 2), which % 2 * 32);
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

    /// <summary>Where each plan's signs stand among a row's.</summary>
    public SignPlace[] Places { get; }

    /// <summary>Where the number of the fields stands that a row knows.</summary>
    public NumberPlace FieldsAt { get; }

    /// <summary>A bit for each plan without whose field nothing is told of a row.</summary>
    public ulong Needed { get; }

    /// <summary>For each plan that compares dates: what days apart weigh. Null for the others.</summary>
    public DaySteps?[] Steps { get; }

    /// <summary>A bit for each plan whose field is known, by the number that stands in a row; nothing is told of <see cref="Open"/>.</summary>
    public IReadOnlyList<ulong> Fields => _fields;

    /// <returns>Null where there are too many rows, or the settings leave nothing to tell.</returns>
    public static RowSigns? Of(Scorer scorer, FrozenRows rows, int rowsMax)
    {
        if (rows.Count == 0 || rows.Count > rowsMax) return null;
        var room = RowRoom.Rent(scorer.Settings.Fields.Count);
        var known = 0UL;
        var distinct = new HashSet<Value>?[64];
        foreach (var plan in CeilingPlan.Of(scorer))
            if (plan.Letters is { LooksAtMore: true }) distinct[plan.Field] = new(ReferenceEqualityComparer.Instance);
        for (var row = 0; row < rows.Count; row++)
        {
            var count = Math.Max(0, rows.Cells(row, ulong.MaxValue, room));
            for (var i = 0; i < count; i++)
            {
                var field = room.Fields(count)[i];
                known |= 1UL << field;
                if (distinct[field] is { } values && room.Cells(count)[i] is { IsLate: false } cell) values.Add(cell.Value);
            }
        }
        var (plans, needed) = (CeilingPlan.Of(scorer).Where(plan => (known >> plan.Field & 1) != 0).ToArray(), CeilingPlan.Needed(scorer));
        var told = plans.Aggregate(0UL, (all, plan) => all | (1UL << plan.Field));
        if (plans.Length == 0 || (needed & ~told) != 0) return null;
        var apart = Array.FindIndex(plans, plan => distinct[plan.Field]?.Count > Sheets.ValuesMax);
        var signs = new RowSigns(scorer, plans, needed, rows.Count, apart);
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

    /// <summary>A row's signs.</summary>
    public ReadOnlySpan<ulong> Line(int row) => MutableLine(row);

    /// <summary>Brings a row's signs near, for when they are read.</summary>
    public unsafe void Prefetch(int row)
    {
        if (Sse.IsSupported) Sse.Prefetch0((ulong*)Address(_words) + PlaceOf(row));
    }

    /// <summary>For each plan its values by their number; the first stands for none.</summary>
    public SignedValue[][] Values { get; private set; } = [];

    /// <summary>For each plan the days that its values are; -1 for what is no single day.</summary>
    public int[][] Days { get; private set; } = [];

    /// <summary>What a value has beside its letters: formal names in the upper bits, whether it has several words, its words in the lower.</summary>
    public static ulong MoreOf(ulong formalBag, ulong wordBag, bool isCompound) =>
        (Folded(formalBag) << 33) | (isCompound ? 1UL << 32 : 0) | (uint)(wordBag | (wordBag >> 32));

    private static ulong Folded(ulong bag) => (uint)(bag | (bag >> 32)) is var half ? (half | (half >> 31)) & 0x7FFFFFFF : 0;

    private int PlaceOf(int row) => _start + (row * _stride);

    private Span<ulong> MutableLine(int row) => _words.AsSpan(PlaceOf(row), _stride);

    private static nuint Address(ulong[] pinned) => (nuint)Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);

    private void Draw(int row, FrozenRows rows, RowRoom room, Dictionary<Value, int>[] numbers)
    {
        var count = rows.Cells(row, ulong.MaxValue, room);
        if (count < 0) return;
        var known = 0UL;
        var line = MutableLine(row);
        for (var i = 0; i < count; i++)
        {
            var (field, cell) = (room.Fields(count)[i], room.Cells(count)[i]);
            var plan = Array.FindIndex(Plans, plan => plan.Field == field);
            if (plan < 0) continue;
            // So many that not each has a key: what is the same is not found by it.
            if (cell.Bag == 0 && cell.Value is SetValue { Members.Length: >= Keys.PerRuleMax }) return;
            known |= 1UL << plan;
            if (Plans[plan].NamesTheOther) continue;
            var (letters, more, number) = Places[plan];
            if (letters >= 0) line[letters] = cell.Bag;
            if (cell.IsLate || cell.Value is SetValue)
            {
                // Nothing is told of it.
                if (more >= 0) line[letters] = 0;
                continue;
            }
            if (more >= 0) line[more] = MoreOf(cell.FormalBag, cell.WordBag, cell.Value.IsCompound);
            if (number != NumberPlace.None) number.Set(line, NumberOf(plan, cell, numbers[plan]));
        }
        if (!_fieldNumbers.TryGetValue(known, out var fields))
        {
            _fieldNumbers[known] = fields = _fields.Count;
            _fields.Add(known);
        }
        FieldsAt.Set(line, fields);
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
