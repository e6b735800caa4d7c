using System.Runtime.InteropServices;
using Homeward.Review.Ranking;

namespace Homeward.Review.BackTesting;

/// <summary>Where each report would stand, had all stood in the queue at once, ordered as the queue is: by risk, then by arrival.</summary>
/// <remarks>
/// Counted and not sorted: reports show few different sets of indicators, so there are few different risks. Two passes, and
/// one number kept for each report.
/// </remarks>
internal static class QueueReplay
{
    /// <param name="arrivals">The indicators of the reports, in the order of their arrival.</param>
    /// <returns>The rank of each, from 1.</returns>
    public static int[] Ranks(ReadOnlySpan<long> arrivals, RiskRuleSet rules)
    {
        var all = new Dictionary<long, int>();
        foreach (var held in arrivals) CollectionsMarshal.GetValueRefOrAddDefault(all, held, out _)++;
        return Ranks(all, new Dictionary<long, int>(), arrivals, rules);
    }

    /// <summary>The same of some that arrived one behind the other.</summary>
    /// <param name="all">How many reports show each set of indicators, of all.</param>
    /// <param name="before">How many of them arrived before these.</param>
    public static int[] Ranks(IReadOnlyDictionary<long, int> all, IReadOnlyDictionary<long, int> before, ReadOnlySpan<long> arrivals, RiskRuleSet rules)
    {
        var risks = all.Keys.ToDictionary(held => held, held => rules.RiskOf(new(held)));
        var next = new Dictionary<double, int>();
        var ahead = 0;
        foreach (var alike in all.GroupBy(one => risks[one.Key]).OrderByDescending(alike => alike.Key))
        {
            next[alike.Key] = ahead + alike.Sum(one => before.GetValueOrDefault(one.Key));
            ahead += alike.Sum(one => one.Value);
        }
        var ranks = new int[arrivals.Length];
        for (var place = 0; place < arrivals.Length; place++) ranks[place] = ++CollectionsMarshal.GetValueRefOrNullRef(next, risks[arrivals[place]]);
        return ranks;
    }

    /// <param name="firsts">For each child the rank of its first report.</param>
    public static GainCurve Curve(string order, IReadOnlyList<int> firsts, int reports)
    {
        var sorted = firsts.Order().ToArray();
        var found = new double[101];
        for (var (percent, at) = (0, 0); percent <= 100; percent++)
        {
            // Whole reports: of 60 reports 1 in 100 is none, and not one.
            while (at < sorted.Length && sorted[at] * 100L <= (long)percent * reports) at++;
            found[percent] = sorted.Length == 0 ? 0 : Math.Round((double)at / sorted.Length, 4);
        }
        double? median = sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2.0;
        return new GainCurve(order, found, median);
    }
}
