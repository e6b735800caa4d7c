namespace Homeward.Linkage;

/// <summary>Draws the pairs that the model is trained on: from the blocks, and at random from all.</summary>
/// <remarks>Deterministic: blocked pairs are drawn by their rows, random pairs by a fixed seed.</remarks>
internal sealed class PairSampling(RowTable rows, BlockKeys keys, Scorer scorer, PairScope scope)
{
    private const int BlockedPairsMax = 600_000;
    private const int RandomPairsMax = 400_000;
    private const int RandomPairsPerPiece = 1 << 14;
    private const int Ahead = 6;
    private const int Seed = 20190701;

    /// <summary>In shorter lists a name that stands three times is one person three times: its share is no rarity to learn by.</summary>
    private const int RowsWithRarityMin = 10_000;

    private readonly BatchScorer _batch = new(scorer, rows);

    private sealed class Receiver(BlockKeys keys, BatchScorer? rarity, double weight) : PairSweep.IReceiver
    {
        public PatternTable Patterns { get; } = new();

        public void Take(int left, int right, ReadOnlySpan<byte> levels) =>
            Patterns.Add(Pattern.Pack(levels), keys.SharedRules(left, right), weight, rarity?.RarityBits(left, right, levels) ?? 0);
    }

    /// <summary>True where patterns are kept apart by rarity.</summary>
    private bool KnowsRarity => rows.RowCount >= RowsWithRarityMin;

    private BatchScorer? Rarity => KnowsRarity ? _batch : null;

    /// <summary>Patterns of pairs from the blocks, as if all had been counted.</summary>
    public PatternTable FromBlocks(long[] pairsOfRule)
    {
        var sweep = new PairSweep(rows, keys, scorer, scope);
        var patterns = new PatternTable { KnowsRarity = KnowsRarity };
        for (var rule = 0; rule < keys.RuleCount; rule++)
        {
            var share = Math.Min(1, BlockedPairsMax / (double)keys.RuleCount / Math.Max(1, pairsOfRule[rule]));
            foreach (var receiver in sweep.Sweep(rule, share, () => new Receiver(keys, Rarity, 1 / share))) patterns.Add(receiver.Patterns);
        }
        return patterns;
    }

    /// <summary>Patterns of pairs taken at random; all of them where they are few.</summary>
    public PatternTable AtRandom()
    {
        var patterns = new PatternTable();
        var drawn = scope.PairCount <= RandomPairsMax ? scope.Each() : scope.Draw(new Random(Seed), RandomPairsMax);
        var pieces = drawn.Chunk(RandomPairsPerPiece).ToArray();
        var counted = new PatternTable[pieces.Length];
        Parallel.For(0, pieces.Length, Cores.All, piece => counted[piece] = Count(pieces[piece]));
        foreach (var piece in counted) patterns.Add(piece);
        return patterns;
    }

    /// <summary>For each comparison whose first level is "the same" how many of all pairs have it, and how many know both values; null where numbers do not tell.</summary>
    public (double Same, double Known)?[] Agreeing()
    {
        var agreeing = new (double, double)?[scorer.ComparisonCount];
        Parallel.For(0, agreeing.Length, Cores.All, i =>
        {
            var field = scorer.Settings.IndexOf(scorer.Settings.Comparisons[i].Field);
            if (_batch.Comparer.TellsSame(i) && !rows.Values[field].HasSets) agreeing[i] = scope.Count(rows, field);
        });
        return agreeing;
    }

    private PatternTable Count((int Left, int Right)[] pairs)
    {
        var (patterns, comparer, known) = (new PatternTable(), _batch.Comparer, new ValuePairs());
        Span<byte> levels = stackalloc byte[comparer.Count];
        for (var i = 0; i < pairs.Length; i++)
        {
            if (i + (2 * Ahead) < pairs.Length)
            {
                rows.Prefetch(pairs[i + (2 * Ahead)].Left);
                rows.Prefetch(pairs[i + (2 * Ahead)].Right);
                comparer.Prefetch(pairs[i + Ahead].Left);
                comparer.Prefetch(pairs[i + Ahead].Right);
            }
            var (left, right) = pairs[i];
            if (left == right) continue;
            comparer.Compare(left, right, known, levels);
            patterns.Add(Pattern.Pack(levels), rules: 0, 1, Rarity?.RarityBits(left, right, levels) ?? 0);
        }
        return patterns;
    }
}
