using Homeward.Kernel;

namespace Homeward.Linkage;

/// <summary>What a person decided about two records. It wins over every score.</summary>
public enum Judgement { Same, NotTheSame }

/// <summary>A scored pair of records.</summary>
public readonly record struct ScoredPair(string Left, string Right, double Weight);

/// <summary>A decided pair of records. Of two decisions about one pair the later in the list stands.</summary>
public readonly record struct DecidedPair(string Left, string Right, Judgement Judgement);

/// <summary>Two groups that a score would have joined, and why they stay apart.</summary>
/// <param name="Reason">"decided not the same" or "exclusive source", with the records that it concerns.</param>
public sealed record HeldApart(ScoredPair Pair, string Reason);

/// <summary>Who is the same as whom: a view over scored and decided pairs, made anew whenever one changes.</summary>
/// <remarks>
/// Decided pairs come first, then scores from the heaviest down. Two groups join unless a person has decided
/// that a member of the one is not a member of the other, or both hold a record of one exclusive source.
/// The result depends on the set of pairs, never on their order. Decisions that contradict one another (a is b,
/// b is c, a is not c) are a fault that a person must mend: see <see cref="Contradictions"/>; there the
/// "not the same" is kept between the two, and nothing more is joined to make them one.
/// </remarks>
public sealed class Clusters
{
    private readonly Dictionary<string, int> _number;
    private readonly Groups _groups;

    private Clusters(Dictionary<string, int> number, Groups groups, List<IReadOnlyList<string>> all,
        List<HeldApart> heldApart, List<DecidedPair> contradictions) =>
        (_number, _groups, All, HeldApart, Contradictions) = (number, groups, all, heldApart, contradictions);

    /// <summary>Every cluster, single records too: ids in ordinal order, clusters by their first id.</summary>
    public IReadOnlyList<IReadOnlyList<string>> All { get; }

    /// <summary>Pairs above the threshold that did not join, the heaviest first.</summary>
    public IReadOnlyList<HeldApart> HeldApart { get; }

    /// <summary>Decisions "same" that could not stand beside a decision "not the same".</summary>
    public IReadOnlyList<DecidedPair> Contradictions { get; }

    /// <summary>True when both records are in one cluster. Unknown ids are in no cluster.</summary>
    public bool AreTogether(string left, string right) =>
        _number.TryGetValue(left, out var one) && _number.TryGetValue(right, out var other)
        && _groups.Find(one) == _groups.Find(other);

    /// <param name="records">Every record with its source.</param>
    /// <param name="pairs">Scored pairs; those below <paramref name="weightMin"/> bits are passed over.</param>
    /// <param name="weightMin">The match weight from which on a pair joins.</param>
    /// <param name="decisions">What people decided, in the order in which they did.</param>
    /// <param name="exclusiveSources">Sources that hold each person once at most.</param>
    public static Clusters Of(
        IEnumerable<(string Id, string Source)> records, IEnumerable<ScoredPair> pairs, double weightMin,
        IEnumerable<DecidedPair>? decisions = null, IReadOnlyCollection<string>? exclusiveSources = null)
    {
        var sorted = records.DistinctBy(record => record.Id).OrderBy(record => record.Id, StringComparer.Ordinal).ToArray();
        var number = new Dictionary<string, int>(sorted.Length, StringComparer.Ordinal);
        foreach (var (id, _) in sorted) number[id] = number.Count;
        var groups = new Groups(sorted.Length);
        foreach (var (id, source) in sorted)
            if (exclusiveSources?.Contains(source) == true) groups.SetSource(number[id], source);

        var contradictions = new List<DecidedPair>();
        foreach (var decision in Standing(decisions ?? [], number)
            .OrderBy(decision => decision.Judgement == Judgement.Same)
            .ThenBy(decision => decision.Left, StringComparer.Ordinal).ThenBy(decision => decision.Right, StringComparer.Ordinal))
        {
            var (left, right) = (number[decision.Left], number[decision.Right]);
            if (decision.Judgement == Judgement.NotTheSame) groups.Forbid(left, right);
            // A person's yes may join two records of an exclusive source: the list had the person twice.
            else if (!groups.TryJoin(left, right, heedSources: false, out _)) contradictions.Add(decision);
        }

        var heldApart = new List<HeldApart>();
        foreach (var pair in pairs.Where(pair => pair.Weight >= weightMin).Select(Ordered)
            .OrderByDescending(pair => pair.Weight)
            .ThenBy(pair => pair.Left, StringComparer.Ordinal).ThenBy(pair => pair.Right, StringComparer.Ordinal))
        {
            if (!groups.TryJoin(number[pair.Left], number[pair.Right], heedSources: true, out var reason))
                heldApart.Add(new(pair, reason));
        }
        var all = sorted.GroupBy(record => groups.Find(number[record.Id]))
            .Select(group => (IReadOnlyList<string>)[.. group.Select(record => record.Id)]).ToList();
        return new(number, groups, all, heldApart, contradictions);
    }

    private static IEnumerable<DecidedPair> Standing(IEnumerable<DecidedPair> decisions, Dictionary<string, int> number)
    {
        var standing = new Dictionary<(string, string), Judgement>();
        foreach (var decision in decisions)
        {
            // Decisions outlive records: one about a record that is gone has nothing to say.
            if (!number.ContainsKey(decision.Left) || !number.ContainsKey(decision.Right) || decision.Left == decision.Right) continue;
            var ordered = Ordered(new(decision.Left, decision.Right, 0));
            standing[(ordered.Left, ordered.Right)] = decision.Judgement;
        }
        return standing.Select(pair => new DecidedPair(pair.Key.Item1, pair.Key.Item2, pair.Value));
    }

    private static ScoredPair Ordered(ScoredPair pair) =>
        string.CompareOrdinal(pair.Left, pair.Right) <= 0 ? pair : new(pair.Right, pair.Left, pair.Weight);
}
