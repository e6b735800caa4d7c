using System.Numerics;

namespace Homeward.Linkage;

/// <summary>How much a row can weigh at most beside one that is asked about, told from its signs.</summary>
/// <remarks>Never too low. For one query at a time; what is worked out of a value is remembered while the query lasts.</remarks>
internal sealed class SignReader(RowSigns signs, Scorer scorer)
{
    /// <summary>One of so many rows tells which look shows most.</summary>
    private const int Sampled = 16;

    private readonly (int Query, double Most)[][] _known = [.. signs.Plans.Select((_, plan) => new (int, double)[signs.Values[plan].Length])];

    /// <summary>What a row can weigh before its values are looked at, by the number of the fields that it knows.</summary>
    private readonly (int Query, double Most)[] _open = new (int, double)[signs.Fields.Count];
    private readonly double[] _slack = new double[signs.Plans.Length];
    private readonly (double Taken, long Looks)[] _worth = new (double, long)[signs.Plans.Length];
    private readonly Look[] _looks = new Look[signs.Plans.Length];
    private int _count;
    private int _query;
    private int _rows;
    private double _start;
    private Value?[] _left = [];

    /// <summary>What is looked at of each row in this query, for one plan.</summary>
    /// <param name="At">Where its number stands.</param>
    /// <param name="LettersAt">Where its letters stand; -1 where they stand with the value.</param>
    /// <param name="Most">What the comparison can weigh.</param>
    /// <param name="More">See <see cref="RowSigns.MoreOf"/>, of the left value.</param>
    private readonly record struct Look(
        int Plan, int At, int LettersAt, double Most, Value Left, Value? With, LetterScreen? Letters, ulong UserBag, ulong More, DateValue? Span);

    /// <param name="left">The row that is asked about.</param>
    /// <param name="most">What each comparison can weigh at most beside it.</param>
    /// <param name="slack">What each field's being known adds to what a row can weigh.</param>
    /// <param name="userBags">See <see cref="LetterScreen.UserBag"/>, for each comparison.</param>
    /// <param name="start">What a row can weigh of which no field is known.</param>
    public void Begin(Value?[] left, double[] most, double[] slack, ulong[] userBags, double start)
    {
        (_left, _start, _count) = (left, start, 0);
        _query++;
        for (var number = 0; number < signs.Plans.Length; number++)
        {
            var plan = signs.Plans[number];
            _slack[number] = slack[plan.Field];
            if (left[plan.Field] is not { } value || plan.NamesTheOther) continue;
            _looks[_count++] = new(
                number, signs.At[number], signs.LettersAt[number], most[plan.Comparison], value, plan.With < 0 ? null : left[plan.With], plan.Letters,
                userBags[plan.Comparison], RowSigns.MoreOf(value.FormalBag, value.WordBag, value.IsCompound),
                signs.Steps[number] is not null && DaySteps.IsSpan(value) ? (DateValue)value : null);
        }
        // What has shown most so far is looked at first: mostly the rest need not be.
        _looks.AsSpan(0, _count).Sort(ByWorth);
    }

    /// <summary>The values of a query that is over are let go.</summary>
    public void Return()
    {
        Array.Clear(_looks);
        _left = [];
        signs.Return(this);
    }

    /// <summary>Whether a row's weight may be as much as asked for.</summary>
    /// <param name="weightMin">In bits.</param>
    public bool Reach(double weightMin, int row)
    {
        var numbers = signs.Numbers(row);
        ref var open = ref _open[numbers[0]];
        if (open.Query != _query) open = (_query, OpenOf(signs.Fields[numbers[0]]));
        var (most, isSampled) = (open.Most, _rows++ % Sampled == 0);
        foreach (ref readonly var look in _looks.AsSpan(0, _count))
        {
            if (most < weightMin) return false;
            var taken = look.Most - (look.LettersAt >= 0 && AreFar(look, signs.Letters(row, look.LettersAt)) ? look.Letters!.FarWeight : MostOf(look, numbers[look.At]));
            most -= taken;
            if (isSampled) _worth[look.Plan] = (_worth[look.Plan].Taken + taken, _worth[look.Plan].Looks + 1);
        }
        return most >= weightMin;
    }

    /// <summary>Infinite where nothing is told of the row.</summary>
    private double OpenOf(ulong known)
    {
        if (known == 0 || (known & signs.Needed) != signs.Needed) return double.PositiveInfinity;
        var open = _start;
        for (var rest = known; rest != 0; rest &= rest - 1) open += _slack[BitOperations.TrailingZeroCount(rest)];
        return open;
    }

    private static bool AreFar(in Look look, ulong bag) => look.Letters!.AreLettersFar(look.Left, look.UserBag, look.With, bag);

    private double MostOf(in Look look, int number)
    {
        // Nothing is taken for a field that the row does not know, nor for a value that is read only when it is asked for.
        if (number == RowSigns.Open) return look.Most;
        ref var known = ref _known[look.Plan][number];
        if (known.Query != _query) known = (_query, MostOf(look, signs.Values[look.Plan][number]));
        return known.Most;
    }

    private double MostOf(in Look look, in RowSigns.SignedValue value)
    {
        if (look.LettersAt < 0 && look.Letters is { } letters && letters.IsFar(look.Left, look.UserBag, look.More, look.With, value)) return letters.FarWeight;
        if (look.Span is { } span && value.First >= 0 && value.First == value.Last) return signs.Steps[look.Plan]!.Most(span, value.First);
        return scorer.Most(signs.Plans[look.Plan].Comparison, _left, value.Value);
    }

    private int ByWorth(Look one, Look other)
    {
        return Of(other).CompareTo(Of(one));
        double Of(in Look look) => _worth[look.Plan] is { Looks: > 0 } worth ? worth.Taken / worth.Looks : double.MaxValue;
    }
}
