using System.Collections.Concurrent;

namespace Homeward.Linkage;

/// <summary>Of each row what mostly shows that it cannot be the one, side by side in one stretch of memory: fields that it knows, letters, numbers of values.</summary>
/// <remarks>
/// A row stands in bytes and its values elsewhere: to look at a thousand rows is to wait for memory some thousand times. A row's signs
/// are one look. They never say less than is possible. They take some hundred bytes a row, and so are kept of small indexes only.
/// </remarks>
internal sealed class RowSigns
{
    /// <summary>Of more rows none are kept: in a large index the rarest keys already lead to few rows.</summary>
    public const int RowsMax = 1 << 18;

    /// <summary>Of a row of which nothing is told, or a value.</summary>
    public const ulong Open = ulong.MaxValue;

    private readonly int _stride;
    private readonly ulong[] _words;

    /// <summary>Values by their number, for each plan that looks at more than letters.</summary>
    private readonly List<Value>[] _values;

    private readonly Scorer _scorer;
    private readonly ConcurrentBag<SignReader> _spare = [];

    private RowSigns(Scorer scorer, CeilingPlan[] plans, int count)
    {
        _scorer = scorer;
        (Plans, At) = (plans, new int[plans.Length]);
        _stride = 1;
        for (var number = 0; number < plans.Length; number++)
        {
            At[number] = _stride;
            _stride += WordsOf(plans[number]);
        }
        _values = [.. plans.Select(_ => new List<Value>())];
        _words = new ulong[(long)_stride * count];
        Steps = [.. plans.Select(plan => DaySteps.Of(scorer, plan.Comparison))];
        Days = new (int, int)[]?[plans.Length];
        var needed = CeilingPlan.Needed(scorer);
        for (var number = 0; number < plans.Length; number++)
            if ((needed >> plans[number].Field & 1) != 0) Needed |= 1UL << number;
    }

    public CeilingPlan[] Plans { get; }

    /// <summary>Where each plan's words begin in a row's.</summary>
    public int[] At { get; }

    /// <summary>A bit for each plan without whose field nothing is told of a row.</summary>
    public ulong Needed { get; }

    /// <summary>For each plan that compares dates: what days apart weigh. Null for the others.</summary>
    public DaySteps?[] Steps { get; }

    /// <summary>For the same plans: first and last day of each value, by its number; -1 where it is no date.</summary>
    public (int First, int Last)[]?[] Days { get; }

    /// <returns>Null where there are too many rows, or the settings leave nothing to tell.</returns>
    public static RowSigns? Of(Scorer scorer, FrozenRows rows, int rowsMax)
    {
        var plans = CeilingPlan.Of(scorer);
        var told = plans.Aggregate(0UL, (all, plan) => all | (1UL << plan.Field));
        // The last bit of a row's first word is left for those of which nothing is told.
        if (rows.Count == 0 || rows.Count > rowsMax || plans.Length is 0 or > 63 || (CeilingPlan.Needed(scorer) & ~told) != 0) return null;
        var signs = new RowSigns(scorer, plans, rows.Count);
        var room = RowRoom.Rent(scorer.Settings.Fields.Count);
        var numbers = new Dictionary<Value, ulong>(ReferenceEqualityComparer.Instance);
        for (var row = 0; row < rows.Count; row++) signs.Draw(row, rows, room, numbers);
        room.Return();
        for (var number = 0; number < plans.Length; number++)
            if (signs.Steps[number] is not null) signs.Days[number] = [.. signs._values[number].Select(DaysOf)];
        return signs;
    }

    public SignReader Rent() => _spare.TryTake(out var reader) ? reader : new(this, _scorer);

    public void Return(SignReader reader) => _spare.Add(reader);

    public ReadOnlySpan<ulong> this[int row] => _words.AsSpan(row * _stride, _stride);

    /// <summary>Looks at a row's signs, so that they are near when they are read.</summary>
    public ulong Touch(int row) => _words[row * _stride] + _words[((row + 1) * _stride) - 1];

    public IReadOnlyList<Value> ValuesOf(int number) => _values[number];

    /// <summary>What a value has beside its letters: formal names in the upper bits, whether it has several words, its words in the lower.</summary>
    public static ulong More(ulong formalBag, ulong wordBag, bool isCompound) =>
        (Folded(formalBag) << 33) | (isCompound ? 1UL << 32 : 0) | (uint)(wordBag | (wordBag >> 32));

    private static ulong Folded(ulong bag) => (uint)(bag | (bag >> 32)) is var half ? (half | (half >> 31)) & 0x7FFFFFFF : 0;

    /// <summary>Letters, what there is beside them, the value's number; of other values the number alone.</summary>
    private static int WordsOf(CeilingPlan plan) => plan.NamesTheOther ? 0 : plan.Letters is { LooksAtMore: true } ? 3 : 1;

    private void Draw(int row, FrozenRows rows, RowRoom room, Dictionary<Value, ulong> numbers)
    {
        var words = _words.AsSpan(row * _stride, _stride);
        var count = rows.Cells(row, ulong.MaxValue, room);
        if (count < 0)
        {
            words[0] = Open;
            return;
        }
        for (var i = 0; i < count; i++)
        {
            var (field, cell) = (room.Fields(count)[i], room.Cells(count)[i]);
            var number = Array.FindIndex(Plans, plan => plan.Field == field);
            if (number < 0) continue;
            words[0] |= 1UL << number;
            var plan = Plans[number];
            if (plan.NamesTheOther) continue;
            var at = At[number];
            words[at] = plan.Letters is null ? NumberOf(number, cell, numbers) : cell.Bag == 0 ? Open : cell.Bag;
            if (plan.Letters is not { LooksAtMore: true }) continue;
            (words[at + 1], words[at + 2]) = (cell.IsLate ? Open : More(cell.FormalBag, cell.WordBag, cell.Value.IsCompound), NumberOf(number, cell, numbers));
        }
    }

    private ulong NumberOf(int plan, in FrozenRows.Cell cell, Dictionary<Value, ulong> numbers)
    {
        if (cell.IsLate || cell.Value is SetValue) return Open;
        var value = cell.Value;
        if (numbers.TryGetValue(value, out var number)) return number;
        numbers[value] = number = (ulong)_values[plan].Count;
        _values[plan].Add(value);
        return number;
    }

    private static (int First, int Last) DaysOf(Value value) => value is DateValue { IsDate: true } date ? (date.First, date.Last) : (-1, -1);
}
