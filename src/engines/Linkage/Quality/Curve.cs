namespace Homeward.Linkage;

/// <summary>How right the pairs at or above a weight are.</summary>
/// <param name="Weight">In bits.</param>
/// <param name="Probability">The same as a probability: what <c>threshold</c> in the settings means.</param>
/// <param name="Pairs">Pairs at or above it.</param>
public sealed record CurvePoint(double Weight, double Probability, double Pairs, double Precision, double Recall)
{
    public double F1 => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);
}

/// <summary>Precision and recall of pairs by threshold, and which threshold to take.</summary>
/// <remarks>With a truth they are counted; without one the model's own probabilities stand in, which is as good as the model is.</remarks>
/// <param name="Points">From the highest weight down.</param>
/// <param name="IsCounted">True with a truth.</param>
public sealed record PrecisionRecall(IReadOnlyList<CurvePoint> Points, bool IsCounted)
{
    /// <summary>Beyond these weights a threshold as a probability says nothing any more.</summary>
    private const double ChosenWeightMax = 20;

    /// <summary>The threshold with the best F1; of equal ones the one in the middle of the plateau, which is the safest.</summary>
    public CurvePoint? Best => Middle(Points.Where(point => point.Weight <= ChosenWeightMax).ToList());

    /// <summary>The lowest threshold at which at least this share of the pairs is right; null where there is none.</summary>
    public CurvePoint? ForPrecision(double precision) =>
        Points.TakeWhile(point => point.Precision >= precision).LastOrDefault(point => point.Weight <= ChosenWeightMax);

    /// <summary>The highest threshold at which at least this share of the true pairs is found; null where there is none.</summary>
    public CurvePoint? ForRecall(double recall) => Points.FirstOrDefault(point => point.Recall >= recall
        && point.Weight <= ChosenWeightMax);

    internal static PrecisionRecall Of(PairSurvey survey, bool isCounted)
    {
        var right = isCounted ? survey.True : survey.Expected;
        var all = isCounted ? survey.TruePairs.Pairs : survey.Expected.Sum();
        var points = new List<CurvePoint>();
        double pairs = 0, rightPairs = 0;
        for (var bin = PairSurvey.BinCount - 1; bin >= 0; bin--)
        {
            pairs += survey.Pairs[bin];
            rightPairs += right[bin];
            if (pairs == 0) continue;
            var weight = PairSurvey.WeightOf(bin);
            points.Add(new(weight, Scorer.Probability(weight), Math.Round(pairs), rightPairs / pairs, all == 0 ? 1
                : Math.Min(1, rightPairs / all)));
        }
        return new(points, isCounted);
    }

    private static CurvePoint? Middle(IReadOnlyList<CurvePoint> points)
    {
        if (points.Count == 0) return null;
        var best = points.Max(point => point.F1);
        var plateau = points.Where(point => point.F1 >= best - 1e-9).ToList();
        return plateau[plateau.Count / 2];
    }
}
