using System.Numerics;

namespace Homeward.Linkage;

/// <summary>What training found, and how far it can be trusted.</summary>
/// <param name="Settings">The settings with m, u and prior in them.</param>
/// <param name="Rounds">Rounds of EM.</param>
/// <param name="Converged">True when nothing moved any more before the rounds ran out.</param>
/// <param name="NotLearnt">Comparisons that no blocking rule leaves free: their m is learnt from pairs that it helped to find.</param>
public sealed record TrainingReport(LinkageSettings Settings, int Rounds, bool Converged, IReadOnlyList<string> NotLearnt)
{
    /// <summary>How far the m moved furthest in each round: it should fall, and end near 0.</summary>
    public IReadOnlyList<double> Movement { get; init; } = [];

    /// <summary>How many matching pairs each level's m was learnt from, by comparison.</summary>
    public IReadOnlyList<IReadOnlyList<double>> TaughtBy { get; init; } = [];

    /// <summary>Pairs that people had labelled "same" and that the training saw.</summary>
    public int Labelled { get; init; }
}

/// <summary>Learns m, u and the prior by expectation and maximisation over patterns.</summary>
/// <remarks>
/// Fellegi and Sunter 1969; Winkler 1988; Enamorado, Fifield and Imai 2019. u is counted over pairs taken at
/// random, each less by its own probability of being a match; of values that are the same it is counted over all
/// pairs by their shares, less the matches among them, for rare ones a sample would hardly see; where blocks count a level in full they replace a
/// sample that is too small to see it. m is learnt from the blocked pairs, for each comparison only from those
/// that a rule without its field has found, and of these rules from the ones that bring the largest share of matches together:
/// fields are never quite independent, and among many namesakes of one origin a few taken for matches would teach the wrong thing. Pairs outside of all blocks are taken for non-matches: the prior is
/// what the blocks hold. The m and u of the settings are the start and, with the weight of a few pairs, a prior.
/// Pairs that people labelled "same" teach m with certainty; where there are enough of them they alone do. Labels
/// "not the same" teach nothing here: people label pairs that look alike, and u is of pairs taken at random.
/// </remarks>
internal sealed class Training(LinkageSettings settings, PatternTable blocked, PatternTable random, double allPairs,
    PatternTable? labelled = null, (double Same, double Known)?[]? agreeing = null)
{
    /// <summary>From so many labelled pairs on, what people say stands for itself.</summary>
    private const int LabelsEnough = 100;

    private const int RoundsMax = 100;

    /// <summary>After so many rounds the rules that teach stay, or training would come to no end.</summary>
    private const int RoundsToChoose = 5;

    /// <summary>A rule with fewer matching pairs teaches only where none has more.</summary>
    private const double MatchesToTeach = 1000;

    /// <summary>A rule teaches whose share of matches is as much as this of the best one's.</summary>
    private const double PurityMin = 0.5;
    private const double MovementMin = 1e-4;

    /// <summary>The weight of the settings' own m, in matching pairs.</summary>
    private const double PriorPairs = 4;

    /// <summary>The weight of the settings' own u, in random pairs: nothing in a long list, all that there is in a list of ten.</summary>
    private const double PriorRandomPairs = 200;

    private readonly int _count = settings.Comparisons.Count;
    private readonly (ulong Pattern, uint Rules, double RarityBits, double Pairs)[] _blocked = [.. blocked.Rows];
    private readonly (ulong Pattern, uint Rules, double RarityBits, double Pairs)[] _random = [.. random.Rows];
    private readonly double[][] _m = [.. settings.Comparisons.Select(c => c.Levels.Select(level => level.M).ToArray())];
    private readonly double[][] _u = [.. settings.Comparisons.Select(c => c.Levels.Select(level => level.U).ToArray())];
    private readonly double[][] _labelled = CountLabels(settings, labelled);
    private readonly List<double> _movement = [];

    /// <summary>For each comparison the rules without its field.</summary>
    private readonly uint[] _without = [.. settings.Comparisons.Select(comparison => settings.Blocking
        .Select((rule, number) => rule.Parts.Any(part => part.Fields.Contains(comparison.Field)) ? 0U : 1U << number).Aggregate(0U, (bits, bit) => bits | bit))];

    /// <summary>Of those the ones that it learns from.</summary>
    private uint[] _teachers = [];
    private double _prior = settings.Prior;
    private double[][] _taughtBy = [];

    public TrainingReport Run()
    {
        LearnU(static (_, _) => 0);
        var (rounds, converged) = (0, false);
        while (rounds < RoundsMax && !converged)
        {
            rounds++;
            var weights = Weights();
            double Posterior(ulong pattern, double rarityBits, double odds) => 1 / (1 + (1 / (odds * Odds(pattern, weights) * Math.Pow(2, rarityBits))));
            var odds = _prior / (1 - _prior);
            var moved = LearnM((pattern, rarityBits) => Posterior(pattern, rarityBits, odds));
            LearnU((pattern, rarityBits) => Posterior(pattern, rarityBits, odds));
            _movement.Add(moved);
            converged = moved < MovementMin;
        }
        var met = _blocked.Aggregate(0U, (bits, row) => bits | row.Rules);
        return new(Result(), rounds, converged, [.. settings.Comparisons.Where((_, i) => (met & _without[i]) == 0).Select(c => c.Field)])
        {
            Movement = _movement, TaughtBy = _taughtBy, Labelled = (int)(labelled?.PairCount ?? 0),
        };
    }

    /// <returns>How far the m moved furthest.</returns>
    private double LearnM(Func<ulong, double, double> posterior)
    {
        var (taught, any) = (Zeros(), Zeros());
        double matches = 0;
        if (_movement.Count < RoundsToChoose) ChooseTeachers(posterior);
        foreach (var (pattern, rules, rarityBits, pairs) in _blocked)
        {
            var match = pairs * posterior(pattern, rarityBits);
            matches += match;
            for (var i = 0; i < _count; i++)
            {
                var level = Pattern.LevelOf(pattern, i);
                if (level == 0) continue;
                any[i][level - 1] += match;
                if ((rules & _teachers[i]) != 0) taught[i][level - 1] += match;
            }
        }
        for (var i = 0; i < _count; i++)
        {
            var enough = _labelled[i].Sum() >= LabelsEnough;
            for (var level = 0; level < _labelled[i].Length; level++)
            {
                taught[i][level] = _labelled[i][level] + (enough ? 0 : taught[i][level]);
                any[i][level] += _labelled[i][level];
            }
        }
        _taughtBy = taught;
        // At least one pair is a match, or there is nothing to learn from and the settings stand.
        _prior = Math.Clamp(Math.Max(matches, 1) / allPairs, 1e-12, 0.5);
        double moved = 0;
        for (var i = 0; i < _count; i++)
        {
            var counted = taught[i].Sum() > PriorPairs ? taught[i] : any[i];
            var total = counted.Sum() + PriorPairs;
            var prior = settings.Comparisons[i].Levels.Sum(level => level.M);
            for (var level = 0; level < counted.Length; level++)
            {
                var m = (counted[level] + (PriorPairs * settings.Comparisons[i].Levels[level].M / prior)) / total;
                moved = Math.Max(moved, Math.Abs(m - _m[i][level]));
                _m[i][level] = m;
            }
        }
        return moved;
    }

    /// <summary>A comparison learns from the rules without its field that bring hardly anything but matches together, where there are such: of a crowd of namesakes a few taken for matches would be many.</summary>
    private void ChooseTeachers(Func<ulong, double, double> posterior)
    {
        var (matches, all) = (new double[settings.Blocking.Count], new double[settings.Blocking.Count]);
        foreach (var (pattern, rules, rarityBits, pairs) in _blocked)
        {
            var match = pairs * posterior(pattern, rarityBits);
            for (var open = rules; open != 0; open &= open - 1)
            {
                var rule = BitOperations.TrailingZeroCount(open);
                matches[rule] += match;
                all[rule] += pairs;
            }
        }
        _teachers = [.. _without.Select(without =>
        {
            var free = Enumerable.Range(0, matches.Length).Where(rule => (without >> rule & 1) != 0 && matches[rule] >= MatchesToTeach).ToList();
            if (free.Count == 0) return without;
            var purest = free.Max(rule => matches[rule] / all[rule]);
            return free.Where(rule => matches[rule] / all[rule] >= PurityMin * purest).Aggregate(0U, (bits, rule) => bits | (1U << rule));
        })];
    }

    private void LearnU(Func<ulong, double, double> posterior)
    {
        var (sampled, inBlocks, matches) = (Zeros(), Zeros(), Zeros());
        Count(_random, sampled);
        Count(_blocked, inBlocks, matches);
        var countedOver = CountSame(sampled, matches);
        for (var i = 0; i < _count; i++)
        {
            var total = sampled[i].Sum();
            if (total <= 0) continue;
            // How many of all pairs know both values: the sample tells, the blocks count within them.
            var knownPairs = allPairs * total / Math.Max(1, _random.Sum(row => row.Pairs));
            for (var level = 0; level < sampled[i].Length; level++)
            {
                var assumed = settings.Comparisons[i].Levels[level].U / settings.Comparisons[i].Levels.Sum(one => one.U);
                var over = level == 0 && countedOver[i] > 0 ? countedOver[i] : total;
                var counted = ((sampled[i][level] * over / total) + (PriorRandomPairs * assumed)) / (over + PriorRandomPairs);
                var u = Math.Max(counted, inBlocks[i][level] / knownPairs * (total / (total + PriorRandomPairs)));
                // Never seen is not never: half a pair of the sample at most, and no more than the settings say.
                var floor = Math.Min(0.5 / total, settings.Comparisons[i].Levels[level].U);
                _u[i][level] = Math.Clamp(u, Math.Max(floor, 1e-12), 1);
            }
        }

        // For each comparison over how many pairs "the same" was counted; 0 where only the sample tells.
        double[] CountSame(double[][] sampled, double[][] matches)
        {
            var over = new double[_count];
            if (agreeing is null) return over;
            for (var i = 0; i < _count; i++)
            {
                var known = matches[i].Sum();
                if (agreeing[i] is not var (sameOfAll, knownOfAll) || sampled[i].Sum() is not (> 0 and var total) || knownOfAll <= known) continue;
                var share = Math.Clamp((sameOfAll - matches[i][0]) / (knownOfAll - known), 0, 1);
                var others = total - sampled[i][0];
                // The other levels share what is left as the sample says.
                for (var level = 1; level < sampled[i].Length && others > 0; level++) sampled[i][level] *= total * (1 - share) / others;
                if (others <= 0 && sampled[i].Length > 1) continue;
                (sampled[i][0], over[i]) = (total * share, knownOfAll - known);
            }
            return over;
        }

        void Count((ulong Pattern, uint Rules, double RarityBits, double Pairs)[] rows, double[][] counts, double[][]? matches = null)
        {
            foreach (var (pattern, _, rarityBits, pairs) in rows)
            {
                var match = posterior(pattern, rarityBits);
                for (var i = 0; i < _count; i++)
                {
                    if (Pattern.LevelOf(pattern, i) is not (> 0 and var level)) continue;
                    counts[i][level - 1] += pairs * (1 - match);
                    if (matches is not null) matches[i][level - 1] += pairs * match;
                }
            }
        }
    }

    private double[][] Weights() =>
        // A level that weighs by frequency is weighed with the u of the settings, from which rarity is counted: together they are the share.
        [.. _m.Select((levels, i) => levels.Select((m, level) =>
            m / (blocked.KnowsRarity && settings.Comparisons[i].Levels[level].ByFrequency ? settings.Comparisons[i].Levels[level].U : _u[i][level])).ToArray())];

    private double Odds(ulong pattern, double[][] weights)
    {
        double odds = 1;
        for (var i = 0; i < _count; i++)
            if (Pattern.LevelOf(pattern, i) is > 0 and var level) odds *= weights[i][level - 1];
        return odds;
    }

    private static double[][] CountLabels(LinkageSettings settings, PatternTable? labelled)
    {
        double[][] counts = [.. settings.Comparisons.Select(comparison => new double[comparison.Levels.Count])];
        foreach (var (pattern, _, _, pairs) in labelled?.Rows ?? [])
            for (var i = 0; i < counts.Length; i++)
                if (Pattern.LevelOf(pattern, i) is > 0 and var level) counts[i][level - 1] += pairs;
        return counts;
    }

    private double[][] Zeros() => [.. settings.Comparisons.Select(comparison => new double[comparison.Levels.Count])];

    private LinkageSettings Result() => settings with
    {
        Prior = _prior,
        Trained = true,
        Comparisons = [.. settings.Comparisons.Select((comparison, i) => comparison with
        {
            Levels = [.. comparison.Levels.Select((level, l) => level with { M = _m[i][l], U = _u[i][l] })],
        })],
    };
}
