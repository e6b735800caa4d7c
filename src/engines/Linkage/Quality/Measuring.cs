namespace Homeward.Linkage;

/// <summary>Measures a linkage: by the truth where there is one, else by what the model itself expects.</summary>
internal static class Measuring
{
    /// <summary>A gap smaller than this is no defect, whatever the numbers.</summary>
    private const double GapMin = 0.01;

    /// <summary>Standard errors beyond which chance does not explain a gap: one in some three hundred.</summary>
    private const double ErrorsMax = 3;

    public static QualityReport Of(Dataset data, Linked linked, Truth? truth)
    {
        var across = data.Sources.Count > 1 ? (Func<int, int>)data.SourceOf : null;
        var survey = PairSurvey.Of(linked, truth);
        var pairs = truth?.OfPairs(linked.Clusters, across);
        return new()
        {
            Pairs = pairs,
            Clusters = truth?.OfClusters(linked.Clusters),
            Shape = Shape(linked.Clusters, truth),
            Curve = survey is null ? null : PrecisionRecall.Of(survey, truth is not null),
            Blocking = [.. linked.PairsOfRule.Select((count, rule) => Cost(linked.Settings.Blocking[rule], count, rule, survey, truth))],
            BlockingRecall = truth is null || survey is null ? null : survey.TruePairs.Pairs == 0 ? 1 : survey.TruePairs.Found / survey.TruePairs.Pairs,
            Columns = [.. data.Columns.Select(column => Fill(data, column))],
            Groups = Groups(data, linked, truth, across, pairs),
            Weights = survey is null ? [] : [.. survey.Pairs.Select((count, bin) => (PairSurvey.WeightOf(bin), count))
                .Where(bin => bin.count > 0)],
            Training = linked.Training is { } training ? TrainingFindings.Of(training) : [],
        };
    }

    private static RuleCost Cost(BlockingRule rule, long pairs, int number, PairSurvey? survey, Truth? truth)
    {
        var isMeasured = truth is not null && survey is { TruePairs.Pairs: > 0 };
        return new(rule.ToString(), pairs, Math.Min(pairs, Math.Round(survey?.NewPairs[number] ?? 0)),
            isMeasured ? survey!.TruePairs.ByRule[number] / survey.TruePairs.Pairs : null,
            isMeasured ? survey!.TruePairs.ByRuleAlone[number] / survey.TruePairs.Pairs : null);
    }

    private static ColumnFill Fill(Dataset data, DataColumn column)
    {
        var filled = new double[data.Sources.Count];
        for (var source = 0; source < filled.Length; source++)
        {
            var (start, end) = (data.Sources[source].Start, source + 1 < filled.Length ? data.Sources[source + 1].Start : data.RowCount);
            filled[source] = end == start ? 0 : 1 - ((double)column.CodesSpan[start..end].Count(0) / (end - start));
        }
        return new(column.Name, filled, column.DistinctCount);
    }

    private static ClusterShape Shape(int[] clusters, Truth? truth)
    {
        var sizes = new int[clusters.Length == 0 ? 0 : clusters.Max() + 1];
        foreach (var cluster in clusters) sizes[cluster]++;
        var counts = sizes.Where(size => size > 0).CountBy(size => size).OrderBy(count => count.Key).ToDictionary();
        if (truth is null) return new(counts, null, null, null);
        var known = truth.KnownInCluster(clusters);
        int persons = 0, exact = 0, split = 0;
        var mixed = new HashSet<int>();
        foreach (var (person, parts) in truth.Parted(clusters))
        {
            persons++;
            if (parts.Count > 1) split++;
            else if (known[parts[0].Cluster] == person.Count) exact++;
            foreach (var (cluster, count) in parts) if (known[cluster] > count) mixed.Add(cluster);
        }
        return new(counts, persons == 0 ? 1 : (double)exact / persons, split, mixed.Count);
    }

    private static List<GroupQuality> Groups(Dataset data, Linked linked, Truth? truth, Func<int, int>? across, Quality? all)
    {
        var sizes = new int[linked.ClusterCount];
        foreach (var cluster in linked.Clusters) sizes[cluster]++;
        var names = NameGroups.Of(data, linked.Settings).All;
        var groups = new GroupQuality[names.Count];
        Parallel.For(0, groups.Length, Cores.All, i => groups[i] = Group(names[i].Name, names[i].Rows));
        return [.. groups];

        GroupQuality Group(string name, bool[] rows)
        {
            var (records, joined) = (0, 0);
            for (var row = 0; row < rows.Length; row++)
            {
                if (!rows[row]) continue;
                records++;
                if (sizes[linked.Clusters[row]] > 1) joined++;
            }
            PairCounts? counts = truth?.OfPairs(linked.Clusters, across, rows);
            var isGap = counts is { } known && all is not null
                && (IsBelow(known.Quality.Recall, Math.Min(known.Meant, records), all.Recall)
                    || IsBelow(known.Quality.Precision, Math.Min(known.Implied, records), all.Precision));
            return new(name, records, counts?.Meant, counts?.Quality, (double)joined / Math.Max(1, records), isGap);
        }
    }

    /// <summary>A share counted over so many cases lies below the one of all, by more than chance explains.</summary>
    /// <remarks>Pairs of one person hang together, so that there are never more cases than records.</remarks>
    private static bool IsBelow(double share, double cases, double ofAll)
    {
        if (cases == 0 || ofAll - share < GapMin) return false;
        var spread = Math.Max(ofAll * (1 - ofAll), 1e-4);
        return ofAll - share > ErrorsMax * Math.Sqrt(spread / cases);
    }
}
