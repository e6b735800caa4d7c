namespace Homeward.Linkage;

/// <summary>Weighs pairs of rows: the same sum in the same order as <see cref="Scorer"/>, and so the same weight to the last bit.</summary>
internal sealed class BatchScorer
{
    /// <summary>Estimates are nearer than this, in bits: they add single-precision logarithms of shares.</summary>
    private const double EstimateErrorMax = 0.001;

    private readonly RowTable _rows;
    private readonly double _prior;
    private readonly Weighed[] _comparisons;
    private readonly int[] _cheapestFirst;
    private readonly Plain[] _plain;

    /// <param name="IsTold">Equal numbers are the first level, and a missing one is none: nothing else is to be looked at.</param>
    private readonly record struct Plain(int Field, bool IsTold, double MostWhereOpen);

    private sealed record Weighed(int Field, ValueTable Values, Level[] Levels, double[] Weights, bool[] ByFrequency, double[] UBits)
    {
        /// <summary>The most that a level can weigh, "the same" left out where equal numbers tell it, and no level at all.</summary>
        public double MostWhereOpen { get; } = Math.Max(0, Levels.Select((level, i) =>
            i == 0 && level.Likeness == Likeness.Same && !level.IsSilent && !Values.HasDoubtful && !Values.HasSets ? double.NegativeInfinity
            : Weights[i] + (ByFrequency[i] ? Math.Max(0, UBits[i] - Scorer.ShareMinBits) : 0)).Max());
    }

    public BatchScorer(Scorer scorer, RowTable rows)
    {
        (_rows, _prior) = (rows, scorer.PriorWeight);
        var settings = scorer.Settings;
        Comparer = new(rows, settings);
        _cheapestFirst = Comparer.CheapestFirst();
        _comparisons = [.. settings.Comparisons.Select(comparison => new Weighed(settings.IndexOf(comparison.Field),
            rows.Values[settings.IndexOf(comparison.Field)], [.. comparison.Levels], [.. comparison.Levels.Select(level => level.Weight)],
            [.. comparison.Levels.Select(level => level.ByFrequency)], [.. comparison.Levels.Select(level => Math.Log2(level.U))]))];
        _plain = [.. _comparisons.Select((comparison, i) => new Plain(comparison.Field, Comparer.TellsSame(i), comparison.MostWhereOpen))];
    }

    public BatchComparer Comparer { get; }

    /// <summary>What a thread keeps while it weighs pairs: what it knows of the row that leads, and of value pairs met before.</summary>
    public sealed class Hand(int comparisons)
    {
        public int Left { get; set; } = -1;

        /// <summary>What each comparison weighs where the leading row's value is met again.</summary>
        public double[] Same { get; } = new double[comparisons];
        public byte[] Pattern { get; } = new byte[comparisons];
    }

    public Hand NewHand() => new(_comparisons.Length);

    /// <summary>The match weight of two rows, in bits, the prior included, where it is as much as asked for; else minus infinity.</summary>
    /// <remarks>
    /// Most pairs that share a key are far below. What the numbers tell is added up first; then fields that differ are
    /// looked at one by one, the cheap ones first, until even the best that is left open could not reach the bound.
    /// </remarks>
    public double WeightFrom(double weightMin, int left, int right, ulong agreeing, ValuePairs known, Hand hand)
    {
        ReadOnlySpan<int> one = _rows.Numbers(left), other = _rows.Numbers(right);
        if (hand.Left != left) Lead(hand, left, one);
        var (pattern, same, most) = (hand.Pattern, hand.Same, _prior);
        for (var i = 0; i < _plain.Length; i++)
        {
            ref readonly var plain = ref _plain[i];
            if (!plain.IsTold)
            {
                pattern[i] = Comparer.AtOnce(i, one, other, agreeing);
                most += pattern[i] == BatchComparer.Open ? plain.MostWhereOpen : Estimate(_comparisons[i], pattern[i], one, other);
            }
            else if ((agreeing >> plain.Field & 1) != 0) (pattern[i], most) = (1, most + same[i]);
            else if (one[plain.Field] == 0 || other[plain.Field] == 0) pattern[i] = 0;
            else (pattern[i], most) = (BatchComparer.Open, most + plain.MostWhereOpen);
        }
        var mostMin = weightMin - EstimateErrorMax;
        foreach (var i in _cheapestFirst)
        {
            if (most < mostMin) return double.NegativeInfinity;
            if (pattern[i] != BatchComparer.Open) continue;
            pattern[i] = Comparer.Differing(i, left, right, one, other, known);
            most += Estimate(_comparisons[i], pattern[i], one, other) - _plain[i].MostWhereOpen;
        }
        if (most < mostMin) return double.NegativeInfinity;
        return Weight(left, right, pattern) is var weight && weight >= weightMin ? weight : double.NegativeInfinity;
    }

    private void Lead(Hand hand, int left, ReadOnlySpan<int> numbers)
    {
        hand.Left = left;
        for (var i = 0; i < _comparisons.Length; i++)
            hand.Same[i] = _plain[i].IsTold && numbers[_plain[i].Field] != 0 ? Estimate(_comparisons[i], 1, numbers, numbers) : 0;
    }

    /// <summary>The match weight of two rows, in bits, the prior included.</summary>
    public double Weight(int left, int right, ReadOnlySpan<byte> pattern)
    {
        ReadOnlySpan<int> one = _rows.Numbers(left), other = _rows.Numbers(right);
        var weight = _prior;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == 0) continue;
            var (comparison, level) = (_comparisons[i], pattern[i] - 1);
            weight += comparison.Weights[level];
            if (!comparison.ByFrequency[level] || one[comparison.Field] == 0 || other[comparison.Field] == 0) continue;
            weight += Scorer.FrequencyWeight(comparison.Levels[level],
                comparison.Values.Share(one[comparison.Field]), comparison.Values.Share(other[comparison.Field]));
        }
        return weight;
    }

    /// <summary>The match weight of two rows that no sweep brought together.</summary>
    public double Weight(int left, int right, ValuePairs known)
    {
        Span<byte> pattern = stackalloc byte[Comparer.Count];
        Comparer.Compare(left, right, known, pattern);
        return Weight(left, right, pattern);
    }

    /// <summary>How much rarer the values that agree are than the u of their levels says, in bits; below 0 where they are commoner.</summary>
    public double RarityBits(int left, int right, ReadOnlySpan<byte> pattern)
    {
        ReadOnlySpan<int> one = _rows.Numbers(left), other = _rows.Numbers(right);
        double bits = 0;
        for (var i = 0; i < pattern.Length; i++)
            if (pattern[i] != 0 && _comparisons[i].ByFrequency[pattern[i] - 1]) bits += Estimate(_comparisons[i], pattern[i], one, other) - _comparisons[i].Weights[pattern[i] - 1];
        return bits;
    }

    private static double Estimate(Weighed comparison, byte number, ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        if (number == 0) return 0;
        var level = number - 1;
        var (one, other) = (left[comparison.Field], right[comparison.Field]);
        var weight = comparison.Weights[level];
        if (!comparison.ByFrequency[level] || one == 0 || other == 0) return weight;
        var bits = comparison.Values.ShareBits(one);
        if (one != other)
        {
            var others = comparison.Values.ShareBits(other);
            bits = float.IsNaN(bits) ? others : float.IsNaN(others) ? bits : Math.Max(bits, others);
        }
        return float.IsNaN(bits) ? weight : weight + comparison.UBits[level] - Math.Max(bits, Scorer.ShareMinBits);
    }
}
