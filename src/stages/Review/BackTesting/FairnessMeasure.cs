using Homeward.Foundations.Rules;
using Homeward.Review.Ranking;

namespace Homeward.Review.BackTesting;

/// <summary>Measures how an order of the queue treats reports by the groups of those whom they name .</summary>
/// <remarks>
/// Only reports that name a child or an account of one are compared, each group with the others whose group is told: a
/// report of nobody stands low for that reason alone, and most reports are of nobody, so that against all of them nearly
/// every group would seem preferred. Two shares differ where their intervals lie wholly beside each other; of fifty states
/// two or three would fall out of a 95 in 100 interval by chance alone. A difference is no proof of a fault: groups differ
/// in what is reported of them. It is where to look.
/// </remarks>
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
        for (var place = 0; place < ranks.Length; place++)
        {
            if (!NamesAChild(signals[place])) continue;
            for (var dimension = 0; dimension < tallies.Length; dimension++)
                Count(tallies[dimension][NumberOf(signals[place], dimension)], signals[place], ranks[place], ranks.Length);
        }
        foreach (var place in firsts.Where(place => NamesAChild(signals[place])))
            for (var dimension = 0; dimension < tallies.Length; dimension++) tallies[dimension][NumberOf(signals[place], dimension)].Children++;
        return [.. SignalReader.Dimensions.Select((by, dimension) => new Fairness(by, Lines(groups.Of(dimension), tallies[dimension], smallBelow)))];
    }

    /// <summary>By the published indicator: what a group could be told of.</summary>
    public static bool NamesAChild(Signal signal) => new Indicators(signal.Held).Has("names-a-victim");

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

    private static IReadOnlyList<GroupLine> Lines(IReadOnlyList<string> names, Tally[] tallies, int smallBelow)
    {
        var told = Enumerable.Range(0, tallies.Length).Where(place => !SignalReader.SaysNothing(names[place])).Select(place => tallies[place]).ToList();
        var order = Enumerable.Range(0, tallies.Length).Where(place => tallies[place].Reports > 0).OrderByDescending(place => tallies[place].Reports).ThenBy(place => names[place], StringComparer.Ordinal).ToList();
        var reports = SmallCells.ToHide([.. order.Select(place => (int?)tallies[place].Reports)], isTotalKnown: true, smallBelow, _ => false);
        var children = SmallCells.ToHide([.. order.Select(place => (int?)tallies[place].Children)], isTotalKnown: true, smallBelow, _ => false);
        return [.. order.Select((place, at) => Line(names[place], tallies[place], told, smallBelow, reports.Contains(at), children.Contains(at)))];
    }

    /// <param name="told">The groups that say something; the line's own is left out where it is among them.</param>
    private static GroupLine Line(string name, Tally tally, List<Tally> told, int smallBelow, bool hidesReports, bool hidesChildren)
    {
        var isEnough = tally.Reports >= GroupMin && !hidesReports;
        var others = told.Where(other => other != tally).ToList();
        var isCompared = isEnough && told.Contains(tally) && others.Sum(other => other.Reports) >= GroupMin;
        return new GroupLine(
            name, hidesReports ? null : tally.Reports, hidesChildren ? null : tally.Children, PartOf(tally.FirstFifth),
            isEnough ? Math.Round(tally.MedianPlace, 1) : null, PartOf(tally.Matched), PartOf(tally.ReadTwice), PartOf(tally.SetAside),
            isCompared && PartOf(tally.FirstFifth).Share is not null && AreApart(
                Wilson.Interval(tally.FirstFifth, tally.Reports), Wilson.Interval(others.Sum(other => other.FirstFifth), others.Sum(other => other.Reports))));

        Part PartOf(int count)
        {
            // What is left over is a count, too: 99 of 100 says that one was not.
            if (!isEnough || IsSmall(count) || IsSmall(tally.Reports - count)) return new(null, null, null);
            var interval = Wilson.Interval(count, tally.Reports);
            return new(Math.Round((double)count / tally.Reports, 4), Math.Round(interval.Low, 4), Math.Round(interval.High, 4));
        }

        static bool AreApart((double Low, double High) one, (double Low, double High) other) => one.High < other.Low || other.High < one.Low;

        bool IsSmall(int count) => count > 0 && count < smallBelow;
    }
}
