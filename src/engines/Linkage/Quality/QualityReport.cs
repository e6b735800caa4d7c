using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Homeward.Linkage;

/// <summary>What a blocking rule costs and brings.</summary>
/// <param name="Rule">As it is written in the settings.</param>
/// <param name="Pairs">Pairs that it brings together, those of earlier rules included.</param>
/// <param name="NewPairs">Those that no earlier rule brings.</param>
/// <param name="Recall">The share of true pairs that it brings together; null without a truth.</param>
/// <param name="RecallAlone">The share that only this rule brings: what would be lost without it.</param>
public sealed record RuleCost(string Rule, long Pairs, double NewPairs, double? Recall, double? RecallAlone);

/// <summary>How much of a column is known, in each file.</summary>
public sealed record ColumnFill(string Column, IReadOnlyList<double> FilledByFile, int DistinctValues);

/// <summary>How right the answer is for one group of names.</summary>
/// <param name="Records">Records of the group.</param>
/// <param name="TruePairs">True pairs with a record of the group; null without a truth.</param>
/// <param name="Quality">Over pairs with a record of the group; null without a truth.</param>
/// <param name="Joined">The share of its records that were joined with another.</param>
/// <param name="IsGap">True when its recall or precision lies below that of all by more than chance would explain.</param>
public sealed record GroupQuality(string Group, int Records, double? TruePairs, Quality? Quality, double Joined, bool IsGap);

/// <summary>Clusters as wholes.</summary>
/// <param name="SizeCounts">How many clusters have each size.</param>
/// <param name="ExactPersons">The share of persons whose records are one cluster and nothing else; null without a truth.</param>
/// <param name="SplitPersons">Persons whose records lie in several clusters.</param>
/// <param name="MixedClusters">Clusters that hold records of several persons.</param>
public sealed record ClusterShape(
    IReadOnlyDictionary<int, int> SizeCounts, double? ExactPersons, int? SplitPersons, int? MixedClusters);

/// <summary>All measures of one linkage.</summary>
public sealed record QualityReport
{
    public required Quality? Pairs { get; init; }
    public required Quality? Clusters { get; init; }
    public required ClusterShape Shape { get; init; }
    public required PrecisionRecall? Curve { get; init; }
    public required IReadOnlyList<RuleCost> Blocking { get; init; }

    /// <summary>The share of true pairs that at least one rule brings together; null without a truth.</summary>
    public required double? BlockingRecall { get; init; }
    public required IReadOnlyList<ColumnFill> Columns { get; init; }
    public required IReadOnlyList<GroupQuality> Groups { get; init; }

    /// <summary>Pairs by match weight: the lowest weight of each bin, and how many lie in it.</summary>
    public required IReadOnlyList<(double Weight, double Pairs)> Weights { get; init; }

    /// <summary>What training found that deserves a look.</summary>
    public IReadOnlyList<string> Training { get; init; } = [];

    /// <summary>A column that is filled in fewer rows is worth a word.</summary>
    private const double FilledMin = 0.9;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true, IncludeFields = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The measures for a terminal: how right, which threshold, what blocking loses, what is missing, whom the names fail.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        if (Pairs is { } pairs && Clusters is { } clusters)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"pairs     precision {pairs.Precision:0.0000}  recall {pairs.Recall:0.0000}  F1 {pairs.F1:0.0000}\n")
                .Append(CultureInfo.InvariantCulture,
                    $"clusters  precision {clusters.Precision:0.0000}  recall {clusters.Recall:0.0000}  F1 {clusters.F1:0.0000}  (B-cubed)\n");
        }
        if (Shape.ExactPersons is { } exact)
            text.Append(CultureInfo.InvariantCulture,
                $"{exact:P1} of the persons are one cluster and nothing else; {Shape.SplitPersons:N0} are split, {Shape.MixedClusters:N0} clusters mix several\n");
        if (Curve is { Points.Count: > 0 } curve)
        {
            text.Append(curve.IsCounted ? "thresholds, by the truth\n" : "thresholds, by the model's own probabilities\n");
            foreach (var row in ReportCharts.Choices(curve))
                text.Append(CultureInfo.InvariantCulture,
                    $"  {row[1],14}  precision {row[3],6}  recall {row[4],6}  F1 {row[5],6}  for {row[0]}\n");
        }
        if (BlockingRecall is { } recall) text.Append(CultureInfo.InvariantCulture, $"blocking loses {1 - recall:P2} of the true pairs\n");
        foreach (var rule in Blocking)
            text.Append(CultureInfo.InvariantCulture, $"  {rule.Pairs,16:N0} pairs, {rule.NewPairs,14:N0} new  {rule.Rule}\n");
        foreach (var column in Columns.Where(column => column.FilledByFile.Min() < FilledMin))
            text.Append(CultureInfo.InvariantCulture,
                $"{column.Column} is filled in {string.Join(", ", column.FilledByFile.Select(filled => filled.ToString("P0", CultureInfo.InvariantCulture)))} of the rows\n");
        foreach (var group in Groups.Where(group => group.Quality is not null))
        {
            text.Append(CultureInfo.InvariantCulture,
                $"  {group.Group}: {group.TruePairs:N0} true pairs, precision {group.Quality!.Precision:0.0000}, recall {group.Quality.Recall:0.0000}")
                .Append(group.IsGap ? "  A GAP: worse than all by more than chance explains\n" : "\n");
        }
        return text.ToString();
    }

    public string ToJson() => JsonSerializer.Serialize(this, Json);
}
