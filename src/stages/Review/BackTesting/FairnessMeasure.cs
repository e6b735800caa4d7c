using Homeward.Foundations.Rules;
using Homeward.Review.Ranking;

namespace Homeward.Review.BackTesting;

/// <summary>Measures how an order of the queue treats reports by the groups of those whom they name .</summary>
/// <remarks>A difference is no proof of a fault: groups differ in what is reported of them. It is where to look.</remarks>
internal static class FairnessMeasure
{
    /// <summary>Of fewer reports a share says next to nothing: at 30 its interval is up to 35 in 100 wide. House judgement.</summary>
    public const int GroupMin = 30;

    /// <summary>Medians are told in tenths of a hundredth of the queue.</summary>
    private const int Places = 1_000;

    private sealed class Tally
    {
        public int Reports, FirstFifth, Matched, ReadTwice, SetAside, Children;
        public readonly int[] At = new int[Places];

        public double MedianPlace
        {
            get
            {
                var (place, seen) = (0, 0);
                while ((seen += At[place]) * 2 < Reports) place++;
                return (place + 0.5) * 100 / Places;
            }
        }
    }

    /// <param name="signals">In the order of arrival, with the rank of each in <paramref name="ranks"/>.</param>
    /// <param name="firsts">For each found child the place of its first report among the signals.</param>
    /// <param name="smallBelow">Counts from 1 to below this are not shown .</param>
    public static IReadOnlyList<Fairness> Of(
        IReadOnlyList<Signal> signals, int[] ranks, IReadOnlyList<int> firsts, SignalReader.Groups groups, int smallBelow)
    {
        var tallies = SignalReader.Dimensions.Select((_, dimension) => groups.Of(dimension).Select(_ => new Tally()).ToArray()).ToArray();
        var all = new Tally();
        for (var place = 0; place < ranks.Length; place++)
        {
            Count(all, signals[place], ranks[place], ranks.Length);
            for (var dimension = 0; dimension < tallies.Length; dimension++)
                Count(tallies[dimension][NumberOf(signals[place], dimension)], signals[place], ranks[place], ranks.Length);
        }
        foreach (var place in firsts)
            for (var dimension = 0; dimension < tallies.Length; dimension++) tallies[dimension][NumberOf(signals[place], dimension)].Children++;
        return [.. SignalReader.Dimensions.Select((by, dimension) => new Fairness(by, Lines(groups.Of(dimension), tallies[dimension], all, smallBelow)))];
    }

    private static int NumberOf(Signal signal, int dimension) => dimension switch
    {
        0 => signal.Group.Origin, 1 => signal.Group.Sex, 2 => signal.Group.Size, _ => signal.Group.State,
    };

    private static void Count(Tally tally, Signal signal, int rank, int reports)
    {
        var held = new Indicators(signal.Held);
        tally.Reports++;
        if (rank * 5L <= reports) tally.FirstFifth++;
        if (held.Has("match-strong") || held.Has("match-likely") || held.Has("match-possible")) tally.Matched++;
        if (signal.Fate.HasFlag(ReportFate.ReadTwice)) tally.ReadTwice++;
        if (signal.Fate.HasFlag(ReportFate.SetAside)) tally.SetAside++;
        tally.At[(int)((rank - 1) * (long)Places / reports)]++;
    }

    private static IReadOnlyList<GroupLine> Lines(IReadOnlyList<string> names, Tally[] tallies, Tally all, int smallBelow)
    {
        var order = Enumerable.Range(0, tallies.Length).OrderByDescending(place => tallies[place].Reports).ThenBy(place => names[place], StringComparer.Ordinal).ToList();
        var reports = SmallCells.ToHide([.. order.Select(place => (int?)tallies[place].Reports)], isTotalKnown: true, smallBelow, _ => false);
        var children = SmallCells.ToHide([.. order.Select(place => (int?)tallies[place].Children)], isTotalKnown: true, smallBelow, _ => false);
        return [.. order.Select((place, at) => Line(names[place], tallies[place], all, smallBelow, reports.Contains(at), children.Contains(at)))];
    }

    private static GroupLine Line(string name, Tally tally, Tally all, int smallBelow, bool hidesReports, bool hidesChildren)
    {
        var isEnough = tally.Reports >= GroupMin && !hidesReports;
        var (low, high) = Wilson.Interval(tally.FirstFifth, tally.Reports);
        var ofAll = (double)all.FirstFifth / Math.Max(1, all.Reports);
        return new GroupLine(
            name, hidesReports ? null : tally.Reports, hidesChildren ? null : tally.Children, PartOf(tally.FirstFifth),
            isEnough ? Math.Round(tally.MedianPlace, 1) : null, PartOf(tally.Matched), PartOf(tally.ReadTwice), PartOf(tally.SetAside),
            isEnough && PartOf(tally.FirstFifth).Share is not null && (ofAll < low || ofAll > high));

        Part PartOf(int count)
        {
            // What is left over is a count, too: 99 of 100 says that one was not.
            if (!isEnough || IsSmall(count) || IsSmall(tally.Reports - count)) return new(null, null, null);
            var interval = Wilson.Interval(count, tally.Reports);
            return new(Math.Round((double)count / tally.Reports, 4), Math.Round(interval.Low, 4), Math.Round(interval.High, 4));
        }

        bool IsSmall(int count) => count > 0 && count < smallBelow;
    }
}
