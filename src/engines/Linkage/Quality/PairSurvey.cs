namespace Homeward.Linkage;

/// <summary>How pairs are spread over match weights, and which of the true ones the blocking rules bring together.</summary>
/// <remarks>
/// Pairs above the threshold are counted one by one; of those below a share is drawn by their rows, so that the survey
/// of a million records takes a second. True pairs are each looked at, found or not.
/// </remarks>
internal sealed class PairSurvey
{
    /// <summary>Bits of one bin, and the span of all.</summary>
    public const double BinBits = 0.5;
    public const double WeightMin = -30;
    public const int BinCount = 160;

    private const double DrawnMax = 400_000;
    private const int TruePairsMax = 2_000_000;
    private const int PersonsPerPiece = 1 << 14;

    /// <summary>Pairs that the rules bring together, by bin of their weight.</summary>
    public double[] Pairs { get; } = new double[BinCount];

    /// <summary>How many of them match by the model's own probabilities.</summary>
    public double[] Expected { get; } = new double[BinCount];

    /// <summary>True pairs that a rule brings together, by bin; zeros without a truth.</summary>
    public double[] True { get; } = new double[BinCount];

    /// <summary>Empty without a truth.</summary>
    public TruePairTally TruePairs { get; }

    /// <summary>Pairs that each rule brings together and no earlier one does.</summary>
    public double[] NewPairs { get; }

    private PairSurvey(int rules) => (NewPairs, TruePairs) = (new double[rules], new(rules));

    public static int BinOf(double weight) => (int)Math.Clamp((weight - WeightMin) / BinBits, 0, BinCount - 1);

    /// <summary>The lowest weight of a bin.</summary>
    public static double WeightOf(int bin) => WeightMin + (bin * BinBits);

    /// <returns>Null where nothing was compared.</returns>
    public static PairSurvey? Of(Linked linked, Truth? truth)
    {
        if (linked is not { Rows: { } rows, Keys: { } keys, Scope: { } scope }) return null;
        var (survey, scorer) = (new PairSurvey(keys.RuleCount), new Scorer(linked.Settings));
        var weigher = new BatchScorer(scorer, rows);
        survey.CountBelow(linked, rows, keys, scorer, weigher, scope, truth);
        foreach (var pair in linked.Pairs) survey.Add(pair.Weight, 1, IsTrue(truth, pair.Left, pair.Right));
        if (truth is not null) survey.CountTrue(linked.Settings.WeightMin, keys, weigher, scope, truth);
        return survey;
    }

    private void CountBelow(Linked linked, RowTable rows, BlockKeys keys, Scorer scorer, BatchScorer weigher, PairScope scope, Truth? truth)
    {
        var weightMin = linked.Settings.WeightMin;
        var share = Math.Min(1, DrawnMax / Math.Max(1, linked.PairsCompared));
        var sweep = new PairSweep(rows, keys, scorer, scope);
        for (var rule = 0; rule < keys.RuleCount; rule++)
        {
            foreach (var drawn in sweep.Sweep(rule, share, () => new Drawer(weigher)))
            {
                NewPairs[rule] += drawn.Pairs.Count / share;
                foreach (var (left, right, weight) in drawn.Pairs)
                    if (weight < weightMin && !IsTrue(truth, left, right)) Add(weight, 1 / share, isTrue: false);
            }
        }
    }

    /// <summary>Every true pair, at its weight; those below the threshold are not among the pairs counted so far.</summary>
    private void CountTrue(double weightMin, BlockKeys keys, BatchScorer weigher, PairScope scope, Truth truth)
    {
        var persons = Looked(truth).Chunk(PersonsPerPiece).ToArray();
        var counted = new PairSurvey[persons.Length];
        Parallel.For(0, persons.Length, Cores.All, piece =>
        {
            var (own, known) = (counted[piece] = new(keys.RuleCount), new ValuePairs());
            foreach (var person in persons[piece])
                foreach (var (left, right) in scope.Among(person)) own.CountTrue(left, right, weightMin, keys, weigher, known);
        });
        foreach (var own in counted) Add(own);
    }

    /// <summary>Persons, until their pairs are as many as are looked at.</summary>
    private static IEnumerable<ArraySegment<int>> Looked(Truth truth)
    {
        var pairs = 0.0;
        return truth.Persons().TakeWhile(person => pairs < TruePairsMax && (pairs += person.Count * (person.Count - 1.0) / 2) >= 0);
    }

    private void CountTrue(int left, int right, double weightMin, BlockKeys keys, BatchScorer weigher, ValuePairs known)
    {
        var shared = keys.SharedRules(left, right);
        TruePairs.Take(shared);
        if (shared == 0) return;
        var weight = weigher.Weight(left, right, known);
        if (weight < weightMin) Add(weight, 1, isTrue: true);
    }

    private void Add(PairSurvey other)
    {
        TruePairs.Add(other.TruePairs);
        foreach (var (to, from) in ((double[], double[])[])[(Pairs, other.Pairs), (Expected, other.Expected), (True, other.True)])
            for (var i = 0; i < to.Length; i++) to[i] += from[i];
    }

    private void Add(double weight, double pairs, bool isTrue)
    {
        var bin = BinOf(weight);
        Pairs[bin] += pairs;
        Expected[bin] += pairs * Scorer.Probability(weight);
        if (isTrue) True[bin] += pairs;
    }

    private static bool IsTrue(Truth? truth, int left, int right) =>
        truth is not null && truth.PersonOf(left) is >= 0 and var person && person == truth.PersonOf(right);

    private sealed class Drawer(BatchScorer weigher) : PairSweep.IReceiver
    {
        public List<(int Left, int Right, double Weight)> Pairs { get; } = [];

        public void Take(int left, int right, ReadOnlySpan<byte> levels) =>
            Pairs.Add((left, right, weigher.Weight(left, right, levels)));
    }
}
