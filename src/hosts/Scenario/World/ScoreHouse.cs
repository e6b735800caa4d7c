using Homeward.Kernel;
using Homeward.Scenario.World.Field;
using Homeward.Scenario.World.Plan;
using Homeward.Scenario.World.Sending;
using Homeward.Scenario.World.Truth;

namespace Homeward.Scenario.World;

/// <summary>Holds what the house decided against the truth.</summary>
internal sealed class ScoreHouse(WorldPlan plan, WorldTruth truth, FieldWork field)
{
    private const int First = 3;

    public Score Of(HouseDecisions house)
    {
        var matchable = truth.Matchable.ToList();
        var confirmed = (house.Confirmed ?? []).Distinct().ToList();
        var dismissed = (house.Dismissed ?? []).Distinct().Except(confirmed);
        var right = confirmed.Where(IsRight).Select(match => match.Nic).ToHashSet(StringComparer.Ordinal);
        var proposed = (house.Proposals ?? [])
            .Where(proposal => proposal.Ranked.Take(First).Any(nic => IsRight(new(proposal.Report, nic))))
            .Select(proposal => truth.ByReport[proposal.Report]).ToHashSet();
        var (firstFifth, gain) = RanksOf(matchable, house.Queue ?? []);
        var done = matchable.Count(child => right.Contains(child.Nic!));
        return new Score(
            matchable.Count, Share(matchable.Count(proposed.Contains), matchable.Count), done, matchable.Count - done,
            WronglyConfirmed: confirmed.Count(match => !IsRight(match)),
            WronglyDismissed: dismissed.Count(IsRight),
            CountedTwice: CountedTwice(house.Counted ?? []),
            firstFifth, gain,
            ExactBaselineRecall());
    }

    /// <summary>Each child by the report of it that stands first, in either order.</summary>
    private (double FirstFifth, int Gain) RanksOf(List<TruthChild> matchable, IReadOnlyList<QueuePlace> queue)
    {
        var places = queue.ToDictionary(place => place.Report, StringComparer.Ordinal);
        var children = matchable.Select(child => child.Evidence.Select(evidence => evidence.Number).Where(places.ContainsKey).Select(report => places[report]).ToList())
            .Where(own => own.Count > 0).Select(own => (Rank: own.Min(place => place.Rank), Gain: own.Min(place => place.Arrival) - own.Min(place => place.Rank))).ToList();
        var gains = children.Select(child => child.Gain).Order().ToList();
        return (Share(children.Count(child => child.Rank * 5L <= queue.Count), matchable.Count), gains.Count == 0 ? 0 : gains[gains.Count / 2]);
    }

    /// <summary>What exact name and birth date would have found, computed from what was written.</summary>
    public double ExactBaselineRecall()
    {
        var matchable = truth.Matchable.ToList();
        return Share(matchable.Count(IsFoundExactly), matchable.Count);
    }

    private bool IsFoundExactly(TruthChild child)
    {
        var entry = DescribeEntry.Of(truth.EntryByNic[child.Nic!], Exchange.Missing.EntryStatus.Entered, default);
        return entry.Born.IsFull && child.Evidence.Select(evidence => TellChild.Of(child, evidence, plan.From)).Any(told =>
            told.Born == entry.Born && entry.Names.Any(name =>
                Names.Fold(name.Given) == Names.Fold(told.Given) && Names.Fold(name.Family) == Names.Fold(told.Family)));
    }

    private bool IsRight(Match match) =>
        truth.ByReport.TryGetValue(match.Report, out var child) && child.Nic == match.Nic;

    private int CountedTwice(IReadOnlyList<CountedChild> counted)
    {
        var owner = truth.Children.SelectMany(child => field.RecordsOf(child).Select(record => (record, child)))
            .ToDictionary(each => each.record, each => each.child, StringComparer.Ordinal);
        return counted.SelectMany(group => group.Records.Where(owner.ContainsKey).Select(record => owner[record]).Distinct())
            .CountBy(child => child).Sum(times => times.Value - 1);
    }

    private static double Share(int part, int whole) => whole == 0 ? 0 : Math.Round((double)part / whole, 4);
}
