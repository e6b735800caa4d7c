using System.Runtime.Intrinsics;

namespace Homeward.Linkage;

/// <summary>Weighs pairs of rows: the same sum in the same order as <see cref="Scorer"/>, and so the same weight to the last bit.</summary>
internal sealed unsafe class BatchScorer
{
    /// <summary>Estimates are nearer than this, in bits: they add single-precision logarithms of shares.</summary>
    public const double EstimateErrorMax = 0.001;

    private readonly RowTable _rows;
    private readonly double _prior;
    private readonly Weighed[] _comparisons;

    /// <summary>The order in which fields are looked at.</summary>
    private readonly Look[] _looks;

    /// <summary>How much less two e-mail addresses can weigh where their users differ.</summary>
    private readonly double[] _spared;
    private readonly Plain[] _plain;

    /// <summary>For each cell the most that its comparisons can weigh where two values differ.</summary>
    private readonly float[] _mostWhereOpen;

    /// <summary>The prior, and the most that those comparisons can weigh which numbers alone never tell.</summary>
    private readonly float _mostAtOnce;

    /// <param name="IsTold">Equal numbers are the first level, and a missing one is none: nothing else is to be looked at.</param>
    private readonly record struct Plain(int Field, bool IsTold, double MostWhereOpen);

    private readonly record struct Look(int Comparison, bool UsersOnly);

    private sealed record Weighed(int Field, ValueTable Values, Level[] Levels, double[] Weights, bool[] ByFrequency, double[] UBits)
    {
        /// <summary>The most that a level can weigh, and no level at all; "the same" is left out where it has been ruled out, and "of the same user" likewise.</summary>
        public double Most(bool sameIsOut, bool userIsOut = false) => Math.Max(0, Levels.Select((level, i) =>
            (i == 0 && sameIsOut) || (userIsOut && level.Likeness == Likeness.SameUser) ? double.NegativeInfinity : MostOf(i)).Max());

        /// <summary>The most that one level can weigh.</summary>
        public double MostOf(int level) => Weights[level] + (ByFrequency[level] ? Math.Max(0, UBits[level] - Scorer.ShareMinBits) : 0);
    }

    public BatchScorer(Scorer scorer, RowTable rows)
    {
        (_rows, _prior) = (rows, scorer.PriorWeight);
        var settings = scorer.Settings;
        Comparer = new(rows, settings);
        _comparisons = [.. settings.Comparisons.Select(comparison => new Weighed(settings.IndexOf(comparison.Field),
            rows.Values[settings.IndexOf(comparison.Field)], [.. comparison.Levels], [.. comparison.Levels.Select(level => level.Weight)],
            [.. comparison.Levels.Select(level => level.ByFrequency)], [.. comparison.Levels.Select(level => Math.Log2(level.U))]))];
        _plain = [.. _comparisons.Select((comparison, i) => new Plain(comparison.Field, Comparer.TellsSame(i), comparison.Most(sameIsOut: Comparer.TellsSame(i) && !comparison.Values.HasSets)))];
        // Dates first, which need no more than their digits; then users, and then what needs records and letters.
        var cheapestFirst = Comparer.CheapestFirst();
        _spared = [.. _plain.Select((plain, i) => plain.IsTold && _comparisons[i].Values.HasUsers ? plain.MostWhereOpen - _comparisons[i].Most(sameIsOut: true, userIsOut: true) : 0)];
        _looks =
        [
            .. cheapestFirst.Where(Comparer.ReadsDigits).Select(i => new Look(i, UsersOnly: false)),
            .. cheapestFirst.Where(i => _spared[i] > 0).Select(i => new Look(i, UsersOnly: true)),
            .. cheapestFirst.Where(i => !Comparer.ReadsDigits(i)).Select(i => new Look(i, UsersOnly: false)),
        ];
        _mostWhereOpen = new float[rows.Stride];
        var mostAtOnce = _prior;
        foreach (var plain in _plain)
        {
            if (plain.IsTold) _mostWhereOpen[plain.Field] += (float)plain.MostWhereOpen;
            else mostAtOnce += plain.MostWhereOpen;
        }
        _mostAtOnce = (float)mostAtOnce;
    }

    public BatchComparer Comparer { get; }

    /// <summary>The bounds that <see cref="WeightFrom"/> begins with, for who rules pairs out beforehand.</summary>
    /// <param name="MostAtOnce">The prior, and the most that those comparisons can weigh which numbers alone never tell.</param>
    /// <param name="MostWhereOpen">For each cell the most that its comparisons can weigh where two values differ.</param>
    public sealed record Bounds(float MostAtOnce, float[] MostWhereOpen, DateBound[] Dates, UserBound[] Users);

    public Bounds BoundsOf => new(_mostAtOnce, _mostWhereOpen,
        [.. Enumerable.Range(0, _plain.Length).Where(i => _plain[i].IsTold && Comparer.ReadsDigits(i)).Select(i => new DateBound(_plain[i].Field, Drops(i)))],
        [.. Enumerable.Range(0, _plain.Length).Where(i => _spared[i] > 0).Select(i => new UserBound(_plain[i].Field, (float)_spared[i]))]);

    private float[] Drops(int number)
    {
        var drops = new float[2 * DateBound.SameYear];
        for (var distance = 0; distance < 3; distance++)
        {
            drops[distance] = Drop(level => IsNear(level, distance) && level.Likeness is not (Likeness.DayMonthSwapped or Likeness.SameMonth or Likeness.SameYear));
            drops[distance + DateBound.SameYear] = Drop(level => IsNear(level, distance));
        }
        return drops;

        static bool IsNear(Level level, int distance) => level.Likeness != Likeness.Edits || level.Threshold > distance;

        float Drop(Func<Level, bool> isOpen)
        {
            var comparison = _comparisons[number];
            var open = comparison.Levels.Select((level, i) => (level, Most: comparison.MostOf(i))).Where(one => one.level.Likeness != Likeness.Same && isOpen(one.level)).ToList();
            // Without a level for whatever is left two dates may have none.
            var most = open.Exists(one => one.level.Likeness == Likeness.Else) ? open.Max(one => one.Most) : open.Select(one => one.Most).Append(0).Max();
            return (float)(_plain[number].MostWhereOpen - most);
        }
    }

    /// <summary>What a thread keeps while it weighs pairs: what it knows of the row that leads.</summary>
    public sealed class Hand(int comparisons, int stride)
    {
        public int Left { get; set; } = -1;

        /// <summary>For each cell what its comparisons weigh where the leading row's value is met again.</summary>
        public float[] Same { get; } = new float[stride];
        public byte[] Pattern { get; } = new byte[comparisons];
    }

    public Hand NewHand() => new(_comparisons.Length, _rows.Stride);

    /// <summary>The match weight of two rows, in bits, the prior included, where it is as much as asked for; else minus infinity.</summary>
    /// <remarks>
    /// Most pairs that share a key are far below. What the numbers tell is added up first, all fields at once; then
    /// fields that differ are looked at one by one, the cheap ones first, until even the best that is left open could
    /// not reach the bound.
    /// </remarks>
    public double WeightFrom(double weightMin, in Met met, ValuePairs known, Hand hand)
    {
        if (hand.Left != met.Left) Lead(hand, met.Left, met.LeftCells);
        double most = MostOf(met, hand.Same);
        var mostMin = weightMin - EstimateErrorMax;
        var pattern = hand.Pattern;
        var spared = 0U;
        foreach (ref readonly var look in _looks.AsSpan())
        {
            if (most < mostMin) return double.NegativeInfinity;
            var i = look.Comparison;
            ref readonly var plain = ref _plain[i];
            int one = met.LeftCells[plain.Field], other = met.RightCells[plain.Field];
            if (look.UsersOnly)
            {
                if (one == 0 || other == 0 || one == other) continue;
                if (_comparisons[i].Values.User(one) == _comparisons[i].Values.User(other)) continue;
                most -= _spared[i];
                spared |= 1U << i;
            }
            else if (plain.IsTold && (one == 0 || other == 0)) pattern[i] = 0;
            else if (plain.IsTold && one == other) pattern[i] = 1;
            else
            {
                pattern[i] = plain.IsTold ? BatchComparer.Open : Comparer.AtOnce(i, met);
                if (pattern[i] == BatchComparer.Open) pattern[i] = Comparer.Differing(i, met, known);
                most += Estimate(_comparisons[i], pattern[i], one, other) - plain.MostWhereOpen;
                if ((spared >> i & 1) != 0) most += _spared[i];
            }
        }
        if (most < mostMin) return double.NegativeInfinity;
        return Weight(met.Left, met.Right, pattern) is var weight && weight >= weightMin ? weight : double.NegativeInfinity;
    }

    /// <summary>What the weight can be at most, before any two values that differ have been looked at.</summary>
    private float MostOf(in Met met, float[] same)
    {
        var sum = Vector256<float>.Zero;
        for (var at = 0; at < same.Length; at += Vector256<int>.Count)
        {
            Vector256<int> one = Vector256.Load(met.LeftCells + at), other = Vector256.Load(met.RightCells + at);
            var unknown = Vector256.Equals(one, Vector256<int>.Zero) | Vector256.Equals(other, Vector256<int>.Zero);
            var most = Vector256.ConditionalSelect(Vector256.Equals(one, other).AsSingle(), Vector256.Create(same.AsSpan(at)), Vector256.Create(_mostWhereOpen.AsSpan(at)));
            sum += Vector256.AndNot(most, unknown.AsSingle());
        }
        return _mostAtOnce + Vector256.Sum(sum);
    }

    /// <summary>Learns of the row that leads what it weighs where its values are met again.</summary>
    public void Lead(Hand hand, int left, int* cells)
    {
        hand.Left = left;
        Array.Clear(hand.Same);
        for (var i = 0; i < _comparisons.Length; i++)
        {
            var (field, number) = (_plain[i].Field, cells[_plain[i].Field]);
            if (_plain[i].IsTold && number != 0) hand.Same[field] += (float)Estimate(_comparisons[i], 1, number, number);
        }
    }

    /// <summary>The match weight of two rows, in bits, the prior included.</summary>
    public double Weight(int left, int right, ReadOnlySpan<byte> pattern)
    {
        ReadOnlySpan<int> one = _rows.Numbers(left), other = _rows.Numbers(right);
        var weight = _prior;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == 0) continue;
            weight += _comparisons[i].Weights[pattern[i] - 1];
            weight += ByFrequency(_comparisons[i], pattern[i] - 1, one, other);
        }
        return weight;
    }

    /// <summary>What each comparison weighs, in bits, as the waterfall of <see cref="Scorer.Explain(LinkRecord, LinkRecord)"/> shows it; NaN where a value is not known.</summary>
    public void Waterfall(int left, int right, ValuePairs known, Span<double> weights)
    {
        Span<byte> pattern = stackalloc byte[Comparer.Count];
        Comparer.Compare(left, right, known, pattern);
        ReadOnlySpan<int> one = _rows.Numbers(left), other = _rows.Numbers(right);
        for (var i = 0; i < pattern.Length; i++)
            weights[i] = pattern[i] == 0 ? double.NaN : _comparisons[i].Weights[pattern[i] - 1] + ByFrequency(_comparisons[i], pattern[i] - 1, one, other);
    }

    private static double ByFrequency(Weighed comparison, int level, ReadOnlySpan<int> left, ReadOnlySpan<int> right) =>
        !comparison.ByFrequency[level] || left[comparison.Field] == 0 || right[comparison.Field] == 0
            ? 0
            : Scorer.FrequencyWeight(comparison.Levels[level], comparison.Values.Share(left[comparison.Field]), comparison.Values.Share(right[comparison.Field]));

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
            if (pattern[i] != 0 && _comparisons[i].ByFrequency[pattern[i] - 1]) bits += Estimate(_comparisons[i], pattern[i], one[_comparisons[i].Field], other[_comparisons[i].Field]) - _comparisons[i].Weights[pattern[i] - 1];
        return bits;
    }

    private static double Estimate(Weighed comparison, byte number, int one, int other)
    {
        if (number == 0) return 0;
        var level = number - 1;
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
