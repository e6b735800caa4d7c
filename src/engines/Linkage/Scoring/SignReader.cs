using System.Numerics;

namespace Homeward.Linkage;

/// <summary>How much a row can weigh at most beside one that is asked about, told from its signs.</summary>
/// <remarks>Never too low. For one query at a time; what is worked out of a value is remembered while the query lasts.</remarks>
internal sealed class SignReader(RowSigns signs, Scorer scorer)
{
    private readonly (int Query, double Most)[][] _known = [.. signs.Plans.Select((_, number) => new (int, double)[signs.ValuesOf(number).Count])];
    private readonly double[] _slack = new double[signs.Plans.Length];
    private readonly (double Taken, long Looks)[] _worth = new (double, long)[signs.Plans.Length];
    private readonly Look[] _looks = new Look[signs.Plans.Length];
    private int _count;
    private int _query;
    private double _start;
    private Value?[] _left = [];

    /// <summary>What is looked at of each row in this query, for one plan.</summary>
    /// <param name="At">Where the plan's words begin.</param>
    /// <param name="Most">What the comparison can weigh.</param>
    /// <param name="More">See <see cref="RowSigns.More"/>, of the left value.</param>
    private readonly record struct Look(int Number, int At, double Most, Value Left, Value? With, LetterScreen? Letters, ulong UserBag, ulong More, DateValue? Span);

    /// <param name="left">The row that is asked about.</param>
    /// <param name="most">What each comparison can weigh at most beside it.</param>
    /// <param name="slack">What each field's being known adds to what a row can weigh.</param>
    /// <param name="userBags">See <see cref="LetterScreen.UserBag"/>, for each plan.</param>
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
                number, signs.At[number], most[plan.Comparison], value, plan.With < 0 ? null : left[plan.With], plan.Letters, userBags[number],
                RowSigns.More(value.FormalBag, value.WordBag, value.IsCompound), signs.Steps[number] is not null && DaySteps.IsSpan(value) ? (DateValue)value : null);
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
        var words = signs[row];
        var known = words[0];
        if (known == RowSigns.Open || (known & signs.Needed) != signs.Needed) return true;
        var open = _start;
        for (var rest = known; rest != 0; rest &= rest - 1) open += _slack[BitOperations.TrailingZeroCount(rest)];
        foreach (ref readonly var look in _looks.AsSpan(0, _count))
        {
            if ((known >> look.Number & 1) == 0) continue;
            var taken = look.Most - Most(look, words[look.At..]);
            ref var worth = ref _worth[look.Number];
            worth = (worth.Taken + taken, worth.Looks + 1);
            if ((open -= taken) < weightMin) return false;
        }
        return true;
    }

    private double Most(in Look look, ReadOnlySpan<ulong> words)
    {
        var number = words[0];
        if (number == RowSigns.Open) return look.Most;
        if (look.Letters is { } letters)
        {
            if (letters.IsFar(look.Left, look.UserBag, look.More, look.With, words)) return letters.FarWeight;
            if (!letters.LooksAtMore || (number = words[2]) == RowSigns.Open) return look.Most;
        }
        if (look.Span is { } span && signs.Days[look.Number]![number] is { First: >= 0 } days && days.First == days.Last) return signs.Steps[look.Number]!.Most(span, days.First);
        ref var remembered = ref _known[look.Number][number];
        if (remembered.Query != _query) remembered = (_query, scorer.Most(signs.Plans[look.Number].Comparison, _left, signs.ValuesOf(look.Number)[(int)number]));
        return remembered.Most;
    }

    private int ByWorth(Look one, Look other)
    {
        return Of(other).CompareTo(Of(one));
        double Of(in Look look) => _worth[look.Number] is { Looks: > 0 } worth ? worth.Taken / worth.Looks : double.MaxValue;
    }
}
