namespace Homeward.Scenario.World;

/// <summary>What the house decided, as it tells the world at the end.</summary>
/// <param name="Proposals">For each report, the entries that the program proposed, best first.</param>
/// <param name="Confirmed">Matches that people confirmed.</param>
/// <param name="Dismissed">Matches that people dismissed.</param>
/// <param name="Counted">One for each child counted: the outcome records that were joined in it.</param>
/// <param name="Queue">Every report, where it came in and where its rank put it.</param>
public sealed record HouseDecisions(
    IReadOnlyList<Proposal>? Proposals, IReadOnlyList<Match>? Confirmed, IReadOnlyList<Match>? Dismissed, IReadOnlyList<CountedChild>? Counted,
    IReadOnlyList<QueuePlace>? Queue = null);

/// <param name="Report">CyberTipline number.</param>
/// <param name="Arrival">From 1, in the order in which reports came.</param>
/// <param name="Rank">From 1, in the order of the queue.</param>
public sealed record QueuePlace(string Report, int Arrival, int Rank);

/// <param name="Report">CyberTipline number.</param>
/// <param name="Ranked">NIC numbers, best first.</param>
public sealed record Proposal(string Report, IReadOnlyList<string> Ranked);

public sealed record Match(string Report, string Nic);

/// <param name="Records">Numbers of outcome records: <c>C-000001</c>.</param>
public sealed record CountedChild(IReadOnlyList<string> Records);

/// <summary>How the house did, against the truth. It decides nothing.</summary>
/// <param name="Matchable">Children who were to be found and have a report and an entry that share evidence.</param>
/// <param name="Top3Recall">Of these, for how many one of their reports had their entry among the first three.</param>
/// <param name="Confirmed">Of these, for how many a right match was confirmed.</param>
/// <param name="Missed">Of these, the others.</param>
/// <param name="WronglyConfirmed">Confirmed pairs of a report and an entry that mean two people, or the report nobody.</param>
/// <param name="WronglyDismissed">Right pairs that were dismissed and not confirmed.</param>
/// <param name="CountedTwice">Counts above one for the same child.</param>
/// <param name="FirstFifth">Of the matchable, for how many a right report stood in the first fifth of the queue.</param>
/// <param name="MedianRankGain">By how many places, for the child in the middle, its first right report stood further up than in the order of arrival.</param>
/// <param name="ExactBaselineRecall">Of the matchable, for how many exact name and birth date would have sufficed.</param>
public sealed record Score(
    int Matchable, double Top3Recall, int Confirmed, int Missed, int WronglyConfirmed, int WronglyDismissed,
    int CountedTwice, double FirstFifth, int MedianRankGain, double ExactBaselineRecall);
