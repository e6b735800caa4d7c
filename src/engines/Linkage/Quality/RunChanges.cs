using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Homeward.Linkage;

/// <summary>A group of records before, and the groups that they are in now; or the other way round.</summary>
/// <param name="Records">Who they are.</param>
/// <param name="Parts">How they fall into clusters on the other side.</param>
public sealed record ClusterChange(IReadOnlyList<string> Records, IReadOnlyList<IReadOnlyList<string>> Parts);

/// <summary>A parameter that is not what it was.</summary>
public sealed record SettingChange(string What, string Before, string After);

/// <summary>What is different between two runs over lists that may have changed too.</summary>
public sealed record RunChanges
{
    private const double BitsMin = 0.5;
    private const int ShownMax = 20;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public required int RecordsBefore { get; init; }
    public required int RecordsAfter { get; init; }
    public required int ClustersBefore { get; init; }
    public required int ClustersAfter { get; init; }

    /// <summary>Records that only the later run has, and that only the earlier one has.</summary>
    public required IReadOnlyList<string> Added { get; init; }
    public required IReadOnlyList<string> Gone { get; init; }

    /// <summary>Clusters of now that hold records of several earlier ones.</summary>
    public required IReadOnlyList<ClusterChange> Joined { get; init; }

    /// <summary>Clusters of then whose records are in several now.</summary>
    public required IReadOnlyList<ClusterChange> Parted { get; init; }
    public required IReadOnlyList<SettingChange> Settings { get; init; }

    public bool IsNothing => Added.Count + Gone.Count + Joined.Count + Parted.Count + Settings.Count == 0;

    /// <summary>Compares what two runs have left in their folders.</summary>
    /// <exception cref="LinkageException">A folder holds no run.</exception>
    public static RunChanges Between(string folderBefore, string folderAfter, CancellationToken cancel = default) =>
        Of(RunFolder.Read(folderBefore, cancel), RunFolder.Read(folderAfter, cancel));

    internal static RunChanges Of(RunFolder before, RunFolder after) => new()
    {
        RecordsBefore = before.ClusterOf.Count,
        RecordsAfter = after.ClusterOf.Count,
        ClustersBefore = before.ClusterOf.Values.Distinct().Count(),
        ClustersAfter = after.ClusterOf.Values.Distinct().Count(),
        Added = [.. after.ClusterOf.Keys.Where(record => !before.ClusterOf.ContainsKey(record)).Order(StringComparer.Ordinal)],
        Gone = [.. before.ClusterOf.Keys.Where(record => !after.ClusterOf.ContainsKey(record)).Order(StringComparer.Ordinal)],
        Joined = Fallen(after.ClusterOf, before.ClusterOf),
        Parted = Fallen(before.ClusterOf, after.ClusterOf),
        Settings = [.. Changed(before, after)],
    };

    /// <summary>The line of <c>homeward link compare --json</c>.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public string ToText()
    {
        if (IsNothing) return "Nothing changed: the same records are together by the same settings.\n";
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"{RecordsBefore:N0} records in {ClustersBefore:N0} clusters before, {RecordsAfter:N0} in {ClustersAfter:N0} now: ")
            .Append(CultureInfo.InvariantCulture,
                $"{Added.Count:N0} records came, {Gone.Count:N0} went, {Joined.Count:N0} clusters were joined from several, {Parted.Count:N0} were parted.\n");
        foreach (var change in Settings) text.Append(CultureInfo.InvariantCulture, $"  {change.What}: {change.Before} -> {change.After}\n");
        Tell("joined", Joined);
        Tell("parted", Parted);
        return text.ToString();

        void Tell(string word, IReadOnlyList<ClusterChange> changes)
        {
            foreach (var change in changes.Take(ShownMax))
                text.Append(CultureInfo.InvariantCulture,
                    $"  {word}: {string.Join(" | ", change.Parts.Select(part => string.Join(", ", part)))}\n");
            if (changes.Count > ShownMax) text.Append(CultureInfo.InvariantCulture, $"  and {changes.Count - ShownMax:N0} more {word}\n");
        }
    }

    /// <summary>A part of a page: a heading, the sums, and tables.</summary>
    internal string ToHtmlSection()
    {
        var lines = ToText().Split('\n')[0];
        var html = new StringBuilder($"<section><h2>What changed since the earlier run</h2><p>{Svg.Html(lines)}</p>");
        if (Settings.Count > 0)
            html.Append(Svg.Table(["Setting", "Before", "Now"],
                Settings.Select(change => (IReadOnlyList<string>)[change.What, change.Before, change.After])));
        Show("Joined: together now, apart before", Joined);
        Show("Parted: together before, apart now", Parted);
        return html.Append("</section>\n").ToString();

        void Show(string title, IReadOnlyList<ClusterChange> changes)
        {
            if (changes.Count == 0) return;
            html.Append("<h3>").Append(Svg.Html(title)).Append("</h3>")
                .Append(Svg.Table(["Records", "Parts"], changes.Take(200).Select(change => (IReadOnlyList<string>)
                [change.Records.Count.ToString(CultureInfo.InvariantCulture), string.Join(" | ", change.Parts.Select(part => string.Join(", ", part)))])));
        }
    }

    /// <summary>The same as one self-contained page.</summary>
    public string ToHtml() => ReportPage.Frame("What changed between two runs", ToHtmlSection());

    private static List<ClusterChange> Fallen(IReadOnlyDictionary<string, int> whole, IReadOnlyDictionary<string, int> other) =>
        [.. whole.Where(record => other.ContainsKey(record.Key)).GroupBy(record => record.Value)
            .Where(cluster => cluster.Select(record => other[record.Key]).Distinct().Skip(1).Any())
            .Select(cluster => new ClusterChange(
                [.. cluster.Select(record => record.Key).Order(StringComparer.Ordinal)],
                [.. cluster.GroupBy(record => other[record.Key]).Select(part => (IReadOnlyList<string>)[.. part.Select(record => record.Key).Order(StringComparer.Ordinal)])
                    .OrderBy(part => part[0], StringComparer.Ordinal)]))
            .OrderBy(change => change.Records[0], StringComparer.Ordinal)];

    private static IEnumerable<SettingChange> Changed(RunFolder before, RunFolder after)
    {
        var (was, now) = (before.Settings, after.Settings);
        if (was.Threshold != now.Threshold) yield return Of("threshold", was.Threshold, now.Threshold, "0.###");
        if (Math.Abs(Math.Log2(was.Prior / now.Prior)) >= BitsMin) yield return Of("prior", was.Prior, now.Prior, "0.###e-0");
        if (before.Pairs is { } pairs && after.Pairs is { } nowPairs
            && Math.Abs(pairs.F1 - nowPairs.F1) > 1e-4) yield return Of("F1 of pairs", pairs.F1, nowPairs.F1, "0.####");
        if (before.Clusters is { } clusters && after.Clusters is { } nowClusters
            && Math.Abs(clusters.F1 - nowClusters.F1) > 1e-4) yield return Of("F1 of clusters", clusters.F1, nowClusters.F1, "0.####");
        var (rules, nowRules) = (was.Blocking.Select(rule => rule.ToString()).ToList(),
            now.Blocking.Select(rule => rule.ToString()).ToList());
        foreach (var rule in nowRules.Except(rules)) yield return new("blocking rule", "none", rule);
        foreach (var rule in rules.Except(nowRules)) yield return new("blocking rule", rule, "none");
        foreach (var field in was.Comparisons.Select(comparison => comparison.Field)
            .Union(now.Comparisons.Select(comparison => comparison.Field)))
        {
            var (one, other) = (was.Comparisons.FirstOrDefault(comparison => comparison.Field == field),
                now.Comparisons.FirstOrDefault(comparison => comparison.Field == field));
            if (one is null || other is null)
            {
                yield return new($"comparison of {field}", one is null ? "none" : "there", other is null ? "none" : "there");
                continue;
            }
            foreach (var label in one.Levels.Select(level => level.Label).Union(other.Levels.Select(level => level.Label)))
            {
                var (level, nowLevel) = (one.Levels.FirstOrDefault(level => level.Label == label),
                    other.Levels.FirstOrDefault(level => level.Label == label));
                if (level is not null && nowLevel is not null && Math.Abs(level.Weight - nowLevel.Weight) < BitsMin) continue;
                yield return new($"{field}, {label}", Weight(level), Weight(nowLevel));
            }
        }

        static string Weight(Level? level) => level is null ? "none"
            : string.Create(CultureInfo.InvariantCulture, $"{level.Weight:+0.0;-0.0;0.0} bits");
        static SettingChange Of(string what, double was, double now, string format) =>
            new(what, was.ToString(format, CultureInfo.InvariantCulture), now.ToString(format, CultureInfo.InvariantCulture));
    }
}
