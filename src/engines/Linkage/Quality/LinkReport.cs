using System.Globalization;
using System.Text;
using static Homeward.Linkage.Svg;

namespace Homeward.Linkage;

/// <summary>One self-contained page on a linkage: how right it is, what was compared, what each level is worth, whom a person should look at.</summary>
internal sealed class LinkReport(Dataset data, Linked linked, RecordNames names, QualityReport quality)
{
    private const int RowsMax = 100;
    private const int ExamplesMax = 3;
    private const int ClusterSizeMax = 20;

    private readonly StringBuilder _page = new();
    private readonly Scorer? _scorer = linked.Rows is null ? null : new(linked.Settings);

    public string Page(RunChanges? changes)
    {
        Summary();
        if (changes is not null) _page.Append(changes.ToHtmlSection());
        _page.Append(ReportCharts.Curve(quality, linked.Settings.Threshold))
            .Append(ReportCharts.Weights(quality, linked.Settings.Threshold));
        ToLookAt();
        Examples();
        Section("Blocking: which pairs were looked at", ReportCharts.Blocking(quality));
        Section("What is known", ReportCharts.Missing(data, quality), LeftOut());
        Section("What each field is worth", Training(), string.Concat(linked.Settings.Comparisons.Select(ReportCharts.Levels)));
        Section("Names of every origin alike?", ReportCharts.Groups(quality));
        Section("Clusters", ReportCharts.Sizes(quality), Shape());
        return ReportPage.Frame("Linkage report", _page.ToString());
    }

    private void Summary()
    {
        var joined = data.RowCount - linked.ClusterCount;
        _page.Append(Invariant($"<p>{data.RowCount:N0} records from {data.Sources.Count} file(s) stand for {linked.ClusterCount:N0} persons: {joined:N0} records were one too many. "))
            .Append(Invariant($"{linked.PairsCompared:N0} pairs were compared; {linked.Pairs.Count:N0} are at least {linked.Settings.Threshold:0.##} likely.</p>"));
        if (quality.Pairs is { } pairs && quality.Clusters is { } clusters)
        {
            _page.Append(Table(["Measured by the truth", "Precision", "Recall", "F1"],
            [
                ["pairs that the clusters imply", $"{Share(pairs.Precision)}", Share(pairs.Recall), Share(pairs.F1)],
                ["clusters (B-cubed)", Share(clusters.Precision), Share(clusters.Recall), Share(clusters.F1)],
            ]));
        }
        foreach (var finding in quality.Training) _page.Append(Invariant($"<p class=\"notice\">{Html(finding)}</p>"));
    }

    /// <summary>What a person should look at: groups held apart, contradictions, bridges, clusters that are too large.</summary>
    private void ToLookAt()
    {
        var bridges = Bridges.Of(linked.Pairs, linked.Clusters);
        var large = quality.Shape.SizeCounts.Where(size => size.Key > ClusterSizeMax).Sum(size => size.Value);
        var words = new StringBuilder();
        if (linked.WeakBridges.Count > 0)
        {
            words.Append(Invariant($"<h3>{linked.WeakBridges.Count:N0} pair(s) scored high and were not joined</h3>"))
                .Append(Table(["Left", "Right", "Bits", "Groups of", "Why apart"],
                    linked.WeakBridges.Take(RowsMax).Select(bridge => (IReadOnlyList<string>)
                    [names[bridge.Pair.Left], names[bridge.Pair.Right], Bits(bridge.Pair.Weight), Invariant($"{bridge.LeftSize} and {bridge.RightSize}"), bridge.Reason])));
        }
        if (bridges.Count > 0)
        {
            words.Append(Invariant($"<h3>{bridges.Count:N0} cluster(s) hang together by one pair</h3>"))
                .Append(Table(["Left", "Right", "Bits", "Without it"], bridges.Take(RowsMax).Select(bridge => (IReadOnlyList<string>)
                    [names[bridge.Pair.Left], names[bridge.Pair.Right], Bits(bridge.Pair.Weight), Invariant($"{bridge.LeftSize} and {bridge.RightSize} records apart")])));
        }
        if (large > 0) words.Append(Invariant($"<p class=\"notice\">{large:N0} cluster(s) hold more than {ClusterSizeMax} records: look whether a shared value, such as a hotline's number, made them.</p>"));
        Section("What a person should look at", words.Length == 0
            ? "<p>Nothing: no group was held apart, and no cluster hangs on a single pair.</p>" : words.ToString());
    }

    /// <summary>The pairs nearest to the threshold on its upper side, and the heaviest that stayed apart: where a person learns most.</summary>
    private void Examples()
    {
        if (_scorer is null) return;
        // They come heaviest first.
        var lightest = linked.Pairs.Count == 0 ? [] : linked.Pairs[^Math.Min(ExamplesMax, linked.Pairs.Count)..];
        var nearest = lightest.OrderBy(pair => pair.Weight).ThenBy(pair => pair.Left).ToList();
        var apart = linked.WeakBridges.Where(bridge => double.IsFinite(bridge.Pair.Weight)).Take(ExamplesMax)
            .Select(bridge => bridge.Pair).ToList();
        if (nearest.Count + apart.Count == 0) return;
        var words = new StringBuilder();
        foreach (var pair in nearest) Picture(pair, "Just above the threshold");
        foreach (var pair in apart) Picture(pair, "Scored high, stayed apart");
        Section("Pairs explained", words.ToString());

        void Picture(RowPair pair, string kind)
        {
            var why = _scorer!.Explain(linked.Rows![pair.Left], linked.Rows[pair.Right]);
            words.Append(Figure(Invariant($"{kind}: {names[pair.Left]} and {names[pair.Right]}, {WaterfallChart.Bits(why.Weight)}, a chance of {WaterfallChart.Chance(why.Probability)}"),
                why.ToSvg() + Invariant($"<p>{Html(why.Summary())}</p>"),
                    Table(["Field", "Bits", "Why"], why.For.Concat(why.Against)
                    .Select(bar => (IReadOnlyList<string>)[bar.Field, Bits(bar.Weight), bar.Sentence]))));
        }
    }

    private string LeftOut() => linked.LeftOut.Count == 0 ? "" :
        "<h3>Columns that were not compared</h3>" + Table(["Column", "Because it"],
            linked.LeftOut.Select(column => (IReadOnlyList<string>)[column.Column, column.Why]));

    private string Training()
    {
        if (linked.Training is not { } training)
        {
            return linked.Settings.LearntFrom is { } learnt
                ? Invariant($"<p>The parameters came with the settings; they were learnt from {learnt.Records:N0} records with about {learnt.Matches:N0} matching pairs, by release {Html(learnt.Library)}.</p>")
                : "<p>The parameters came with the settings.</p>";
        }
        var labels = training.Labelled > 0 ? Invariant($" {training.Labelled:N0} pairs that people had labelled took part.") : "";
        return Invariant($"<p>Learnt in {training.Rounds} rounds, {(training.Converged ? "until nothing moved" : "and it still moved")}: one pair in {1 / training.Settings.Prior:N0} is expected to match.{labels}</p>")
            + ReportCharts.Convergence(training);
    }

    private string Shape() => quality.Shape is { ExactPersons: { } exact } shape
        ? Invariant($"<p>{Share(exact)} of the persons are one cluster and nothing else; {shape.SplitPersons:N0} persons are split over several, {shape.MixedClusters:N0} clusters mix several.</p>")
        : "";

    private void Section(string title, params string[] parts) =>
        _page.Append(Invariant($"<section><h2>{Html(title)}</h2>{string.Concat(parts)}</section>\n"));

    private static string Share(double share) => share.ToString("0.0000", CultureInfo.InvariantCulture);
    private static string Bits(double weight) => double.IsFinite(weight)
        ? weight.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) : "decided";
}
