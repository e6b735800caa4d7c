using System.Numerics;

namespace Homeward.Linkage;

/// <summary>How much a row can weigh at most beside one that is asked about, told from its signs.</summary>
/// <remarks>Never too low. For one query at a time; what is worked out of a value is remembered, see <see cref="Sheets"/>.</remarks>
internal sealed class SignReader
{
    /// <summary>Rows that are told at once.</summary>
    public const int RowsMax = 32;

    /// <summary>After so many queries the looks are put in order again.</summary>
    private const int OrderedEvery = 64;

    /// <summary>To work out what a value weighs costs as much as so many looks at what is known.</summary>
    private const int WorkOutCost = 16;

    private readonly RowSigns _signs;
    private readonly Scorer _scorer;

    /// <summary>Of each plan, those that show most first.</summary>
    private readonly Look[] _all;

    /// <summary>Those of the fields that are asked about, in the same order.</summary>
    private readonly Look[] _looks;

    /// <summary>What a row can weigh before its values are looked at, by the number of the fields that it knows.</summary>
    private readonly (int Query, double Most)[] _open;
    private readonly double[] _slack;
    private int _count;
    private int _query;
    private double _start;
    private Value?[] _left = [];

    public SignReader(RowSigns signs, Scorer scorer)
    {
        (_signs, _scorer) = (signs, scorer);
        _all = [.. signs.Plans.Select((plan, number) => new Look(signs, number, Sheets.For(scorer.Settings.Fields[plan.Field], signs.Values[number].Length)))];
        (_looks, _slack, _open) = (new Look[_all.Length], new double[_all.Length], new (int, double)[signs.Fields.Count]);
    }

    /// <summary>What is looked at of each row, for one plan.</summary>
    private sealed class Look(RowSigns signs, int number, Sheets? sheets)
    {
        public int Number => number;
        public CeilingPlan Plan { get; } = signs.Plans[number];
        public RowSigns.SignedValue[] Values { get; } = signs.Values[number];
        public int[] Days { get; } = signs.Days[number];

        /// <summary>What each value can weigh in this query, where that was asked already.</summary>
        public (int Query, float Most)[] Known { get; } = new (int, float)[signs.Values[number].Length];

        /// <summary>Where it stands in a row's signs.</summary>
        public RowSigns.SignPlace At { get; } = signs.Places[number];

        public DaySteps? Steps { get; } = signs.Steps[number];

        /// <summary>What the comparison can weigh.</summary>
        public double Most { get; private set; }
        public Value Left { get; private set; } = null!;
        public Value? With { get; private set; }
        public LetterProbe Probe { get; private set; }

        /// <summary>What it weighs at most where two values are far apart.</summary>
        public double Far { get; } = signs.Plans[number].Letters?.FarWeight ?? 0;

        /// <summary>See <see cref="RowSigns.MoreOf"/>, of the left value.</summary>
        public ulong More { get; private set; }
        public DateValue? Span { get; private set; }

        /// <summary>What each value can weigh where it does not stand in the other field's place; null where nothing is remembered.</summary>
        public ushort[]? Sheet { get; private set; }

        /// <summary>Whether it may weigh something that each row has the other's value in the other field.</summary>
        public bool MaySwap => Plan.Swaps && With is not null;

        public double Taken { get; set; }
        public double Cost { get; set; }
        public double Worth => Cost > 0 ? Taken / Cost : double.MaxValue;

        public void Begin(Value left, Value? with, double most, in LetterProbe probe)
        {
            (Left, With, Most, Probe) = (left, with, most, probe);
            More = RowSigns.MoreOf(left.FormalBag, left.WordBag, left.IsCompound);
            Span = Steps is not null && DaySteps.IsSpan(left) ? (DateValue)left : null;
            // Where the other field is not known its values may stand in this one, and weigh otherwise.
            Sheet = Span is null && (with is not null || Plan.With < 0) ? sheets?.Of(left) : null;
        }

        public void End() => (Left, With, Span, Probe) = (null!, null, null, default);
    }

    /// <param name="left">The row that is asked about.</param>
    /// <param name="most">What each comparison can weigh at most beside it.</param>
    /// <param name="slack">What each field's being known adds to what a row can weigh.</param>
    /// <param name="probes">What letters are asked, for each comparison.</param>
    /// <param name="start">What a row can weigh of which no field is known.</param>
    public void Begin(Value?[] left, double[] most, double[] slack, LetterProbe[] probes, double start)
    {
        (_left, _start, _count) = (left, start, 0);
        if (_query++ % OrderedEvery == 0) Array.Sort(_all, static (one, other) => other.Worth.CompareTo(one.Worth));
        foreach (var look in _all)
        {
            var plan = look.Plan;
            _slack[look.Number] = slack[plan.Field];
            if (left[plan.Field] is not { } value || plan.NamesTheOther) continue;
            look.Begin(value, plan.With < 0 ? null : left[plan.With], most[plan.Comparison], probes[plan.Comparison]);
            _looks[_count++] = look;
        }
    }

    /// <summary>The values of a query that is over are let go.</summary>
    public void Return()
    {
        foreach (var look in _looks.AsSpan(0, _count)) look.End();
        _left = [];
        _signs.Return(this);
    }

    /// <summary>Which rows' weight may be as much as asked for: a bit for each.</summary>
    /// <remarks>
    /// One look at all that are left, then the next: the looks of one row wait for one another, those of many rows do not.
    /// Which rows are left is kept without a branch, for nobody could guess it.
    /// </remarks>
    /// <param name="weightMin">In bits.</param>
    /// <param name="rows">No more than <see cref="RowsMax"/>.</param>
    public uint Reach(double weightMin, ReadOnlySpan<int> rows)
    {
        Span<double> most = stackalloc double[RowsMax];
        Span<int> left = stackalloc int[RowsMax];
        var count = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            var fields = _signs.FieldsAt.In(_signs.Line(rows[i]));
            ref var open = ref _open[fields];
            if (open.Query != _query) open = (_query, OpenOf(_signs.Fields[fields]));
            (most[count], left[count]) = (open.Most, i);
            count += open.Most >= weightMin ? 1 : 0;
        }
        foreach (var look in _looks.AsSpan(0, _count))
        {
            if (count == 0) break;
            look.Cost += count;
            var (probe, at, kept, all) = (look.Probe, look.At, 0, 0.0);
            for (var i = 0; i < count; i++)
            {
                var line = _signs.Line(rows[left[i]]);
                var weighs = at.Letters >= 0 && probe.IsFar(line[at.Letters]) && (at.More < 0 || look.Plan.Letters!.IsRestFar(look.More, line[at.More])) ? look.Far
                    : at.Number.Word < 0 ? look.Most
                    : MostOf(look, at.Number.In(line));
                var taken = look.Most - weighs;
                all += taken;
                (most[kept], left[kept]) = (most[i] - taken, left[i]);
                kept += most[kept] >= weightMin ? 1 : 0;
            }
            count = kept;
            look.Taken += all;
        }
        var reaching = 0U;
        foreach (var i in left[..count]) reaching |= 1U << i;
        return reaching;
    }

    /// <summary>Infinite where nothing is told of the row.</summary>
    private double OpenOf(ulong known)
    {
        if (known == 0 || (known & _signs.Needed) != _signs.Needed) return double.PositiveInfinity;
        var open = _start;
        for (var rest = known; rest != 0; rest &= rest - 1) open += _slack[BitOperations.TrailingZeroCount(rest)];
        return open;
    }

    private double MostOf(Look look, int number)
    {
        // Nothing is taken for a field that the row does not know, nor for a value that is read only when it is asked for.
        if (number == RowSigns.Open) return look.Most;
        if (look.Span is { } span && look.Days[number] is >= 0 and var day) return look.Steps!.Most(span, day);
        if (!look.MaySwap && look.Sheet is { } sheet && sheet[number] is not 0 and var cell) return Sheets.WeightOf(cell);
        ref var known = ref look.Known[number];
        // Rounded up: it is never too low.
        if (known.Query != _query) known = (_query, float.BitIncrement((float)MostOf(look, look.Values[number], number)));
        return known.Most;
    }

    private double MostOf(Look look, in RowSigns.SignedValue value, int number)
    {
        var letters = look.Plan.Letters;
        if (look.MaySwap && (letters is null || look.Probe.MayBeSwapped(value.Bag))) return _scorer.Most(look.Plan.Comparison, _left, value.Value);
        if (look.Sheet is { } sheet && sheet[number] is not 0 and var cell) return Sheets.WeightOf(cell);
        look.Cost += WorkOutCost;
        var most = look.At.Letters < 0 && letters is not null && look.Probe.IsFarInPlace(value.Bag) && letters.IsRestFar(look.More, value.More) && (look.With is not null || !letters.Crosses)
            ? look.Far : _scorer.Most(look.Plan.Comparison, _left, value.Value, maySwap: false);
        if (look.Sheet is not null) look.Sheet[number] = Sheets.CellOf(most);
        return most;
    }
}
