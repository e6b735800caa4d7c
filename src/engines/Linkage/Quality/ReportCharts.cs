using System.Globalization;
using static Homeward.Linkage.Svg;

namespace Homeward.Linkage;

/// <summary>The figures of the report. Each says its finding in its title and has its numbers as a table.</summary>
internal static class ReportCharts
{
    private const double ShownWeightMin = -20;
    private const double ShownWeightMax = 20;

    public static string Curve(QualityReport quality, double threshold)
    {
        if (quality.Curve is not { Points.Count: > 1 } curve || curve.Best is not { } best) return "";
        var at = curve.Points.LastOrDefault(point => point.Probability >= threshold);
        var by = curve.IsCounted ? "" : " (by the model's own probabilities, for there is no truth)";
        var finding = at is not null && at.F1 >= best.F1 - 0.001
            ? Invariant($"The threshold {threshold:0.##} is as good as any: F1 of pairs {at.F1:0.000}{by}")
            : Invariant($"A threshold of {best.Probability:0.###} would do better: F1 of pairs {best.F1:0.000} rather than {at?.F1 ?? 0:0.000}{by}");
        var shown = curve.Points.Where(point => point.Weight is >= ShownWeightMin and <= ShownWeightMax).ToList();
        var lines = Lines(finding, "threshold in bits", ShownWeightMin, ShownWeightMax,
        [
            new("precision", "first", [.. shown.Select(point => (point.Weight, point.Precision))]),
            new("recall", "second", [.. shown.Select(point => (point.Weight, point.Recall))]),
            new("F1", "third", [.. shown.Select(point => (point.Weight, point.F1))]),
        ], threshold is > 0 and < 1 ? Scorer.WeightOf(threshold) : null);
        var choice = Table(["Choose", "Threshold", "Bits", "Precision", "Recall", "F1"], Choices(curve));
        var trade = Figure(Invariant($"Recall is {(curve.ForPrecision(0.99)?.Recall ?? 0):0.000} where 99 in 100 pairs are right{by}"),
            Lines("Precision by recall", "recall", 0, 1, [new("precision", "first", [.. curve.Points.Select(point =>
                (point.Recall, point.Precision))])], null),
            Table(["Recall", "Precision"], Thinned(curve.Points)
                .Select(point => (IReadOnlyList<string>)[Share(point.Recall), Share(point.Precision)])));
        return $"<section><h2>How right, and which threshold</h2>{Figure(finding, lines, Table(["Bits", "Threshold", "Pairs", "Precision", "Recall", "F1"], Thinned(shown).Select(Row)))}<h3>Which threshold to take</h3>{choice}{trade}</section>\n";
    }

    public static IEnumerable<IReadOnlyList<string>> Choices(PrecisionRecall curve)
    {
        foreach (var (why, point) in ((string, CurvePoint?)[])
        [
            ("the best F1", curve.Best), ("999 in 1,000 right", curve.ForPrecision(0.999)), ("99 in 100 right", curve.ForPrecision(0.99)),
            ("95 in 100 right", curve.ForPrecision(0.95)), ("99 in 100 matches found",
                curve.ForRecall(0.99)),
        ])
        {
            yield return point is null
                ? [why, "not to be had", "", "", "", ""]
                : [why, Probability(point), Invariant($"{point.Weight:0.0}"), Share(point.Precision), Share(point.Recall), Share(point.F1)];
        }
    }

    public static string Weights(QualityReport quality, double threshold)
    {
        if (quality.Weights.Count == 0) return "";
        var mark = threshold is > 0 and < 1 ? Scorer.WeightOf(threshold) : (double?)null;
        var between = quality.Weights.Where(bin => mark is { } bits && Math.Abs(bin.Weight - bits) <= 3).Sum(bin => bin.Pairs);
        var above = quality.Weights.Where(bin => bin.Weight >= (mark ?? 0)).Sum(bin => bin.Pairs);
        var finding = above > 0 && between < 0.05 * above
            ? Invariant($"Matches and others lie well apart: {between:N0} pairs within 3 bits of the threshold")
            : Invariant($"{between:N0} pairs lie within 3 bits of the threshold: there a person's look pays");
        return Figure(finding, Columns(finding, "match weight in bits; heights by logarithm",
            [.. quality.Weights.Select(bin => (bin.Weight, bin.Pairs))], mark),
            Table(["Bits from", "Pairs"], quality.Weights.Select(bin =>
                (IReadOnlyList<string>)[Invariant($"{bin.Weight:0.0}"), Invariant($"{bin.Pairs:N0}")])));
    }

    public static string Blocking(QualityReport quality)
    {
        if (quality.Blocking.Count == 0) return "";
        var widest = quality.Blocking.MaxBy(rule => rule.Pairs)!;
        var lost = quality.BlockingRecall is { } recall
            ? Invariant($"; {1 - recall:P2} of the true pairs are lost, for no rule brings them together") : "";
        var finding = Invariant($"The widest rule is {widest.Rule} with {widest.Pairs:N0} pairs{lost}");
        return Figure(finding, Bars(finding, [.. quality.Blocking.Select(rule => new Bar(rule.Rule, rule.Pairs,
            Invariant($"{rule.Pairs:N0}")))]),
            Table(["Rule", "Pairs", "Of them new", "Recall", "Found by it alone"], quality.Blocking.Select(rule => (IReadOnlyList<string>)
                [rule.Rule, Invariant($"{rule.Pairs:N0}"), Invariant($"{rule.NewPairs:N0}"), Known(rule.Recall), Known(rule.RecallAlone)])));
    }

    public static string Missing(Dataset data, QualityReport quality)
    {
        if (quality.Columns.Count == 0) return "";
        var emptiest = quality.Columns.MinBy(column => column.FilledByFile.Min())!;
        var finding = emptiest.FilledByFile.Min() >= 0.995
            ? "Every column is filled in all but a few rows"
            : Invariant($"{emptiest.Column} is the emptiest: filled in {emptiest.FilledByFile.Min():P0} of the rows{(data.Sources.Count > 1 ? " of " + data.Sources[emptiest.FilledByFile.ToList().IndexOf(emptiest.FilledByFile.Min())].Name : "")}");
        var bars = quality.Columns.SelectMany(column => column.FilledByFile.Select((filled, file) =>
            new Bar(data.Sources.Count > 1 ? $"{column.Column}, {data.Sources[file].Name}" : column.Column, filled,
                Invariant($"{filled:P1} filled"), filled < 0.5)));
        return Figure(finding, Bars(finding, [.. bars]), Table(["Column", "Distinct values",
            .. data.Sources.Select(source => $"Filled in {source.Name}")],
            quality.Columns.Select(column => (IReadOnlyList<string>)[column.Column,
                Invariant($"{column.DistinctValues:N0}"), .. column.FilledByFile.Select(filled => Invariant($"{filled:P1}"))])));
    }

    public static string Levels(Comparison comparison)
    {
        var levels = comparison.Levels.Where(level => !level.IsSilent).ToList();
        if (levels.Count == 0) return "";
        var finding = Invariant($"{comparison.Field}: {levels[0].Label} is worth {WaterfallChart.Bits(levels[0].Weight)}, {levels[^1].Label} {WaterfallChart.Bits(levels[^1].Weight)}");
        return Figure(finding, Bars(finding, [.. levels.Select(level => new Bar(level.Label, level.Weight,
            Invariant($"{level.Weight:+0.0;-0.0;0.0}")))]),
            Table(["Level", "m", "u", "Bits", "By frequency"], levels.Select(level => (IReadOnlyList<string>)
                [level.Label, Invariant($"{level.M:0.0000}"), Invariant($"{level.U:0.000000}"), Invariant($"{level.Weight:+0.0;-0.0;0.0}"), level.ByFrequency ? "yes" : ""])));
    }

    public static string Convergence(TrainingReport training)
    {
        if (training.Movement.Count < 2) return "";
        var finding = training.Converged
            ? Invariant($"Training settled in round {training.Rounds}: m moved by {training.Movement[^1]:0.#####} at the end")
            : Invariant($"Training did not settle in {training.Rounds} rounds: m still moved by {training.Movement[^1]:0.####}");
        var top = Math.Max(1e-9, training.Movement.Max());
        return Figure(finding, Lines(finding, "round", 1, Math.Max(3.1, training.Rounds),
                [new("movement of m", "first", [.. training.Movement.Select((moved, round) => (round + 1.0, moved / top))])], null),
            Table(["Round", "Furthest movement of m"], training.Movement.Select((moved, round) =>
                (IReadOnlyList<string>)[Invariant($"{round + 1}"), Invariant($"{moved:0.######}")])));
    }

    public static string Groups(QualityReport quality)
    {
        if (quality.Groups.Count == 0) return "<p>No column holds family names, so nothing can be said.</p>";
        var gaps = quality.Groups.Where(group => group.IsGap).ToList();
        var isMeasured = quality.Pairs is not null;
        var finding = !isMeasured ? "Without a truth only the share of joined records can be shown: it may differ for good reasons"
            : gaps.Count == 0 ? "No group of names is matched worse than all by more than chance explains"
            : $"A defect: {string.Join("; ", gaps.Select(group => group.Group))} is matched worse than all";
        return Figure(finding, Bars(finding, [.. quality.Groups.Select(group => new Bar(group.Group, group.Quality?.Recall ?? group.Joined,
                group.Quality is { } known
                    ? Invariant($"recall {known.Recall:0.000}, precision {known.Precision:0.000}")
                    : Invariant($"{group.Joined:P1} joined"), group.IsGap))]),
            Table(["Group", "Records", "True pairs", "Precision", "Recall", "F1", "Records joined", "Gap"],
                quality.Groups.Select(group => (IReadOnlyList<string>)
            [
                group.Group, Invariant($"{group.Records:N0}"), group.TruePairs is { } pairs ? Invariant($"{pairs:N0}")
                    : "", Known(group.Quality?.Precision),
                Known(group.Quality?.Recall), Known(group.Quality?.F1), Invariant($"{group.Joined:P1}"), group.IsGap ? "yes" : "no",
            ])))
            + "<p class=\"soft\">Groups are of family names, by who bears them most (Census 2000), and by form. They say something of names, nothing of a person.</p>";
    }

    public static string Sizes(QualityReport quality)
    {
        var sizes = quality.Shape.SizeCounts;
        if (sizes.Count == 0) return "";
        var finding = Invariant($"{sizes.GetValueOrDefault(1):N0} records stand alone; the largest cluster holds {sizes.Keys.Max():N0}");
        return Figure(finding, Bars(finding, [.. sizes.Take(30).Select(size => new Bar(size.Key == 1 ? "1 record"
            : Invariant($"{size.Key} records"), size.Value, Invariant($"{size.Value:N0}")))]),
            Table(["Records in the cluster", "Clusters"], sizes.Select(size =>
                (IReadOnlyList<string>)[Invariant($"{size.Key}"), Invariant($"{size.Value:N0}")])));
    }

    private static IReadOnlyList<string> Row(CurvePoint point) =>
        [Invariant($"{point.Weight:0.0}"), Probability(point), Invariant($"{point.Pairs:N0}"), Share(point.Precision), Share(point.Recall), Share(point.F1)];

    /// <summary>Some forty points tell what eighty would.</summary>
    private static IEnumerable<CurvePoint> Thinned(IReadOnlyList<CurvePoint> points) =>
        points.Where((_, i) => i % 2 == 0 || points.Count < 40);

    private static string Probability(CurvePoint point) =>
        point.Probability.ToString(
        point.Probability is > 0.001 and < 0.999 ? "0.###" : point.Probability < 0.5 ? "0.#e-0" : "0.######", CultureInfo.InvariantCulture);
    private static string Share(double share) => share.ToString("0.0000", CultureInfo.InvariantCulture);
    private static string Known(double? share) => share is { } known ? Share(known) : "";
}
