using System.Globalization;
using Homeward.Kernel;

namespace Homeward.Linkage;

/// <summary>Scores two records and says why. Immutable; safe for many threads; symmetric.</summary>
public sealed class Scorer
{
    /// <summary>No value is taken for rarer than this: a share counted from few records is not to be trusted below.</summary>
    private const double ShareMin = 2e-6;

    /// <summary>Weights added in another order differ by less.</summary>
    internal const double RoundingMax = 1e-9;

    internal static readonly float ShareMinBits = (float)Math.Log2(ShareMin);

    private readonly RecordReader _reader;
    private readonly RowComparer _comparer;
    private readonly Level[][] _levels;
    private readonly double[][] _weights;
    private readonly int[] _fields;
    private readonly int[] _cheapestFirst;
    private readonly string[] _onNeitherSide;

    /// <exception cref="LinkageException">The settings name what is not there.</exception>
    public Scorer(LinkageSettings settings)
    {
        settings.Check();
        Settings = settings;
        _reader = new(settings);
        _comparer = new(settings);
        _levels = [.. settings.Comparisons.Select(comparison => comparison.Levels.ToArray())];
        _weights = [.. _levels.Select(levels => levels.Select(level => level.Weight).ToArray())];
        _fields = [.. settings.Comparisons.Select(comparison => settings.IndexOf(comparison.Field))];
        // What looks at other fields looks longest; names, which weigh most, come first in the settings and so last here.
        _cheapestFirst = [.. Enumerable.Range(0, _fields.Length).OrderBy(_comparer.LooksAcross).ThenByDescending(i => _comparer.LooksAcross(i) ? i : -i)];
        _onNeitherSide = [.. settings.Comparisons.Select(comparison => $"{comparison.Field} is not known on either side")];
        PriorWeight = WeightOf(settings.Prior);
        Ensure.That(double.IsFinite(PriorWeight));
    }

    public LinkageSettings Settings { get; }
    internal double PriorWeight { get; }
    internal int ComparisonCount => _fields.Length;

    /// <summary>The match weight of two records, in bits, the prior included.</summary>
    public double Weight(LinkRecord left, LinkRecord right) => Weight(Read(left), Read(right));

    /// <summary>Weight, probability and waterfall of two records.</summary>
    public Explanation Explain(LinkRecord left, LinkRecord right) => Explain(Read(left), Read(right));

    /// <summary>The probability that a match weight stands for.</summary>
    public static double Probability(double weight) => weight > 60 ? 1 : Math.Pow(2, weight) / (1 + Math.Pow(2, weight));

    /// <summary>The match weight that a probability stands for; infinite at 0 and 1, and beyond them.</summary>
    internal static double WeightOf(double probability) =>
        probability <= 0 ? double.NegativeInfinity : probability >= 1 ? double.PositiveInfinity : Math.Log2(probability / (1 - probability));

    internal Value?[] Read(LinkRecord record) => _reader.Read(record);

    internal double Weight(ReadOnlySpan<Value?> left, ReadOnlySpan<Value?> right)
    {
        Span<byte> pattern = stackalloc byte[_fields.Length];
        _comparer.Compare(left, right, pattern);
        return Weight(left, right, pattern);
    }

    internal void Compare(ReadOnlySpan<Value?> left, ReadOnlySpan<Value?> right, Span<byte> pattern) =>
        _comparer.Compare(left, right, pattern);

    internal double Weight(ReadOnlySpan<Value?> left, ReadOnlySpan<Value?> right, ReadOnlySpan<byte> pattern)
    {
        var weight = PriorWeight;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == 0) continue;
            weight += _weights[i][pattern[i] - 1];
            var level = _levels[i][pattern[i] - 1];
            if (level.ByFrequency) weight += FrequencyWeight(level, left[_fields[i]], right[_fields[i]]);
        }
        return weight;
    }

    /// <summary>What each comparison can weigh at most with one record on the left: 0 where that does not know the field, and no other speaks for it.</summary>
    internal void MostWith(ReadOnlySpan<Value?> left, Span<double> most)
    {
        for (var i = 0; i < _levels.Length; i++) most[i] = MostWith(i, left[_fields[i]]);
    }

    /// <summary>The same of one comparison.</summary>
    /// <param name="left">Null where the field is not known.</param>
    /// <param name="areApart">It is known that the two have no value in common.</param>
    internal double MostWith(int comparison, Value? left, bool areApart = false)
    {
        var most = 0.0;
        if (left is null && !_comparer.TakesUnknown(comparison)) return most;
        for (var number = 0; number < _levels[comparison].Length; number++)
        {
            var level = _levels[comparison][number];
            if ((areApart && level.Likeness == Likeness.Same) || (left is not null && !Likenesses.MayHold(level.Likeness, left))) continue;
            most = Math.Max(most, _weights[comparison][number] + (level.ByFrequency ? Math.Max(0, FrequencyWeight(level, left?.Share ?? 0, 0)) : 0));
        }
        return most;
    }

    internal RowComparer Comparer => _comparer;

    internal ReadOnlySpan<Level> LevelsOf(int comparison) => _levels[comparison];

    /// <summary>What a comparison can weigh at most with a value on the right, the left row knowing the field and the right all that is looked at beside it.</summary>
    /// <param name="maySwap">False where it is known that the right value is not in the place of another field's.</param>
    internal double Most(int comparison, ReadOnlySpan<Value?> left, Value right, bool maySwap = true)
    {
        var (levels, one) = (_levels[comparison], left[_fields[comparison]]!);
        var plain = RowComparer.LevelOf(levels, one, right);
        var most = plain == 0 ? 0 : WeightOf(plain - 1);
        for (var level = 0; level < levels.Length && level != plain - 1; level++)
            if ((maySwap || levels[level].Likeness != Likeness.Swapped) && _comparer.MayHold(comparison, levels[level].Likeness, left, right)) most = Math.Max(most, WeightOf(level));
        return most;

        double WeightOf(int level) => levels[level].IsSilent ? 0
            : _weights[comparison][level] + (levels[level].ByFrequency ? FrequencyWeight(levels[level], one, right) : 0);
    }

    /// <summary>What letters alone tell of a comparison; null where that is nothing.</summary>
    internal LetterScreen? LettersOf(int comparison) => LetterScreen.Of(_levels[comparison], _weights[comparison]);

    /// <summary>The match weight where it is as much as asked for; else minus infinity, as soon as what is left open could not reach it.</summary>
    /// <param name="most">See <see cref="MostWith(ReadOnlySpan{Value?}, Span{double})"/>.</param>
    internal double WeightFrom(double weightMin, ReadOnlySpan<Value?> left, ReadOnlySpan<Value?> right, ReadOnlySpan<double> most)
    {
        Span<byte> pattern = stackalloc byte[_fields.Length];
        var open = PriorWeight + RoundingMax;
        foreach (var one in most) open += one;
        foreach (var i in _cheapestFirst)
        {
            if (open < weightMin) return double.NegativeInfinity;
            var level = _comparer.Compare(i, left, right);
            pattern[i] = (byte)level;
            open -= most[i];
            if (level == 0) continue;
            open += _weights[i][level - 1];
            if (_levels[i][level - 1] is { ByFrequency: true } byFrequency) open += FrequencyWeight(byFrequency, left[_fields[i]], right[_fields[i]]);
        }
        return Weight(left, right, pattern) is var weight && weight >= weightMin ? weight : double.NegativeInfinity;
    }

    internal Explanation Explain(ReadOnlySpan<Value?> left, ReadOnlySpan<Value?> right)
    {
        Span<byte> pattern = stackalloc byte[_fields.Length];
        _comparer.Compare(left, right, pattern);
        var (known, unknown) = (new List<Contribution>(pattern.Length), new List<Contribution>());
        for (var i = 0; i < pattern.Length; i++)
        {
            var field = Settings.Fields[_fields[i]].Name;
            var (one, other) = (left[_fields[i]], right[_fields[i]]);
            if (pattern[i] != 0)
            {
                var level = _levels[i][pattern[i] - 1];
                var byFrequency = level.ByFrequency ? FrequencyWeight(level, one, other) : 0;
                known.Add(new(field, level.Label, level.Weight + byFrequency, byFrequency, Sentence(level, _levels[i], one, other, byFrequency)));
            }
            else if (one is null || other is null)
            {
                unknown.Add(new(field, "not known", 0, 0, one is null && other is null
                    ? _onNeitherSide[i]
                    : $"{field} is known on one side only: {(one ?? other)!.Text}"));
            }
        }
        var weight = Weight(left, right, pattern);
        return new(weight, Probability(weight), PriorWeight, known, unknown);
    }

    /// <summary>Replaces the average chance of agreement by that of this very value: log2(u / share).</summary>
    private static double FrequencyWeight(Level level, Value? left, Value? right) =>
        left is null || right is null ? 0 : FrequencyWeight(level, left.Share, right.Share);

    /// <summary>The same of two shares; NaN where nothing tells.</summary>
    internal static double FrequencyWeight(Level level, double left, double right)
    {
        // The commoner of the two where they differ: the careful side.
        var share = double.IsNaN(left) ? right : double.IsNaN(right) ? left : Math.Max(left, right);
        return double.IsNaN(share) ? 0 : Math.Log2(level.U / Math.Max(share, ShareMin));
    }


    private static string Sentence(Level level, Level[] levels, Value? left, Value? right, double byFrequency)
    {
        if (left is null || right is null) return $"{level.Label}: {(left ?? right)?.Text ?? "found in the other field"}";
        (var _, left, right) = RowComparer.BestOf(levels, left, right) is { Level: > 0 } best && levels[best.Level - 1] == level
            ? best
            : (0, left, right);
        var words = left.Text == right.Text ? $"{level.Label}: {left.Text}" : $"{level.Label}: {left.Text} / {right.Text}";
        var share = double.IsNaN(left.Share) ? right.Share : double.IsNaN(right.Share) ? left.Share : Math.Max(left.Share, right.Share);
        return byFrequency == 0
            ? words
            : string.Create(CultureInfo.InvariantCulture, $"{words} (about 1 in {1 / Math.Max(share, ShareMin):N0})");
    }
}
