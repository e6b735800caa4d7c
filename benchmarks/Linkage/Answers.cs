namespace Homeward.Bench;

/// <summary>How right clusters or pairs are, against the truth.</summary>
internal readonly record struct Answers(double Precision, double Recall)
{
    public double F1 => 2 * Precision * Recall / (Precision + Recall);

    /// <summary>Of all pairs that the clusters imply, how many are true, and of the true ones how many they imply.</summary>
    public static Answers OfClusters(int[] clusters, int[] truth)
    {
        var (cells, found, meant) = (new Dictionary<(int, int), long>(), new Dictionary<int, long>(), new Dictionary<int, long>());
        for (var row = 0; row < truth.Length; row++)
        {
            cells[(clusters[row], truth[row])] = cells.GetValueOrDefault((clusters[row], truth[row])) + 1;
            found[clusters[row]] = found.GetValueOrDefault(clusters[row]) + 1;
            meant[truth[row]] = meant.GetValueOrDefault(truth[row]) + 1;
        }
        var both = Pairs(cells.Values);
        return new(both / Pairs(found.Values), both / Pairs(meant.Values));
    }

    /// <summary>Of these pairs how many are true, and of the true ones how many are among them.</summary>
    /// <param name="split">Where the second of two lists begins, and only pairs across count; 0 for one list.</param>
    public static Answers OfPairs(IEnumerable<(int Left, int Right)> pairs, int[] truth, int split = 0)
    {
        double both = 0, found = 0;
        foreach (var (left, right) in pairs)
        {
            found++;
            if (truth[left] == truth[right]) both++;
        }
        var meant = Pairs(truth.GroupBy(person => person).Select(group => group.LongCount()))
            - Pairs(truth.Take(split).GroupBy(person => person).Select(group => group.LongCount()))
            - (split == 0 ? 0 : Pairs(truth.Skip(split).GroupBy(person => person).Select(group => group.LongCount())));
        return new(both / found, both / meant);
    }

    private static double Pairs(IEnumerable<long> sizes) => sizes.Sum(size => size * (size - 1) / 2.0);
}
