using System.Numerics;

namespace Homeward.Linkage;

/// <summary>How much a row can weigh at most beside one that is asked about, told from its signs.</summary>
/// <remarks>Never too low. For one query at a time; what is worked out of a value is remembered, see <see cref="Sheets"/>.</remarks>
internal sealed class SignReader
{
    /// <summary>One of so many rows tells which look shows most for what it costs.</summary>
    private const int Sampled = 16;

    /// <summary>After so many queries the looks are put in order again.</summary>
    private const int OrderedEvery = 64;

    /// <summary>To work out what a value weighs costs as much as so many looks at what is known. All are counted, and of the looks those of the sampled rows.</summary>
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
    private int _rows;
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

        /// <summary>Where its number stands among a row's.</summary>
        public int At { get; } = signs.At[number];

        /// <summary>Where its letters stand; -1 where they stand with the value.</summary>
        public int LettersAt { get; } = signs.LettersAt[number];

        public DaySteps? Steps { get; } = signs.Steps[number];

        /// <summary>What the comparison can weigh.</summary>
        public double Most { get; private set; }
        public Value Left { get; private set; } = null!;
        public Value? With { get; private set; }
        public ulong UserBag { get; private set; }

        /// <summary>See <see cref="RowSigns.MoreOf"/>, of the left value.</summary>
        public ulong More { get; private set; }
        public DateValue? Span { get; private set; }

        /// <summary>What each value can weigh where it does not stand in the other field's place; null where nothing is remembered.</summary>
        public ushort[]? Sheet { get; private set; }

        public double Taken { get; set; }
        public double Cost { get; set; }
        public double Worth => Cost > 0 ? Taken / Cost : double.MaxValue;

        public void Begin(Value left, Value? with, double most, ulong userBag)
        {
            (Left, With, Most, UserBag) = (left, with, most, userBag);
            More = RowSigns.MoreOf(left.FormalBag, left.WordBag, left.IsCompound);
            Span = Steps is not null && DaySteps.IsSpan(left) ? (DateValue)left : null;
            // Where the other field is not known its values may stand in this one, and weigh otherwise.
            Sheet = Span is null && (with is not null || Plan.With < 0) ? sheets?.Of(left) : null;
        }

        public void End() => (Left, With, Span) = (null!, null, null);
    }

    /// <param name="left">The row that is asked about.</param>
    /// <param name="most">What each comparison can weigh at most beside it.</param>
    /// <param name="slack">What each field's being known adds to what a row can weigh.</param>
    /// <param name="userBags">See <see cref="LetterScreen.UserBag"/>, for each comparison.</param>
    /// <param name="start">What a row can weigh of which no field is known.</param>
    public void Begin(Value?[] left, double[] most, double[] slack, ulong[] userBags, double start)
    {
        (_left, _start, _count) = (left, start, 0);
        if (_query++ % OrderedEvery == 0) Array.Sort(_all, static (one, other) => other.Worth.CompareTo(one.Worth));
        foreach (var look in _all)
        {
            var plan = look.Plan;
            _slack[look.Number] = slack[plan.Field];
            if (left[plan.Field] is not { } value || plan.NamesTheOther) continue;
            look.Begin(value, plan.With < 0 ? null : left[plan.With], most[plan.Comparison], userBags[plan.Comparison]);
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

    /// <summary>Whether a row's weight may be as much as asked for.</summary>
    /// <param name="weightMin">In bits.</param>
    public bool Reach(double weightMin, int row)
    {
        var numbers = _signs.Numbers(row);
        ref var open = ref _open[numbers[0]];
        if (open.Query != _query) open = (_query, OpenOf(_signs.Fields[numbers[0]]));
        var (most, isSampled) = (open.Most, _rows++ % Sampled == 0);
        foreach (var look in _looks.AsSpan(0, _count))
        {
            if (most < weightMin) return false;
            if (isSampled) look.Cost++;
            var taken = look.Most - (look.LettersAt >= 0 && AreFar(look, _signs.Letters(row, look.LettersAt)) ? look.Plan.Letters!.FarWeight : MostOf(look, numbers[look.At]));
            most -= taken;
            if (isSampled) look.Taken += taken;
        }
        return most >= weightMin;
    }

    /// <summary>Infinite where nothing is told of the row.</summary>
    private double OpenOf(ulong known)
    {
        if (known == 0 || (known & _signs.Needed) != _signs.Needed) return double.PositiveInfinity;
        var open = _start;
        for (var rest = known; rest != 0; rest &= rest - 1) open += _slack[BitOperations.TrailingZeroCount(rest)];
        return open;
    }

    private static bool AreFar(Look look, ulong bag) => look.Plan.Letters!.AreLettersFar(look.Left, look.UserBag, look.With, bag);

    private double MostOf(Look look, int number)
    {
        // Nothing is taken for a field that the row does not know, nor for a value that is read only when it is asked for.
        if (number == RowSigns.Open) return look.Most;
        if (look.Span is { } span && look.Days[number] is >= 0 and var day) return look.Steps!.Most(span, day);
        ref var known = ref look.Known[number];
        // Rounded up: it is never too low.
        if (known.Query != _query) known = (_query, float.BitIncrement((float)MostOf(look, look.Values[number], number)));
        return known.Most;
    }

    private double MostOf(Look look, in RowSigns.SignedValue value, int number)
    {
        var letters = look.Plan.Letters;
        if (look.Plan.Swaps && look.With is { } with && letters?.MayBeSwapped(with, value.Bag) != false) return _scorer.Most(look.Plan.Comparison, _left, value.Value);
        if (look.Sheet is { } sheet && sheet[number] is not 0 and var cell) return Sheets.WeightOf(cell);
        look.Cost += (double)WorkOutCost / Sampled;
        var most = look.LettersAt < 0 && letters?.IsFarInPlace(look.Left, look.UserBag, look.More, look.With is not null, value) == true
            ? letters.FarWeight : _scorer.Most(look.Plan.Comparison, _left, value.Value, maySwap: false);
        if (look.Sheet is not null) look.Sheet[number] = Sheets.CellOf(most);
        return most;
    }
}
