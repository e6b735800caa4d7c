namespace Homeward.Linkage;

/// <summary>A pair of rows with its match weight.</summary>
internal readonly record struct RowPair(int Left, int Right, double Weight);

/// <summary>A pair that scored high but whose groups, taken as wholes, do not look like one.</summary>
/// <param name="MeanWeight">The mean over all pairs across, in bits, each cut at the bound.</param>
internal readonly record struct WeakBridge(RowPair Pair, int LeftSize, int RightSize, double MeanWeight, string Reason);

/// <summary>Joins rows into clusters, from the heaviest pair down, and looks at whole groups before it joins them.</summary>
/// <remarks>
/// Chains are the bane of linked data: a is like b, b is like c, and a is nothing like c. Two groups join only if
/// the mean weight of all pairs across is for it, pairs that no blocking rule found included. Since pairs are
/// taken in a total order, the result does not depend on the order in which they were found.
/// </remarks>
internal sealed class Grouping(RowTable rows, Scorer scorer)
{
    /// <summary>No pair across speaks louder than this, in bits: one forged field must not outvote five.</summary>
    private const double WeightBound = 12;

    /// <summary>Members of each side that are looked at; the first by row, for a total order.</summary>
    private const int MembersMax = 40;

    private readonly Groups _groups = new(rows.RowCount);

    /// <summary>Rows that people decided to be one: what one of them is like, all of them are like.</summary>
    private readonly Dictionary<int, List<int>> _decided = [];
    private readonly Dictionary<int, List<int>> _members = [];

    public List<WeakBridge> WeakBridges { get; } = [];

    /// <param name="pairs">Pairs above the threshold.</param>
    /// <param name="decisions">What people decided; it wins.</param>
    /// <param name="exclusiveSource">The exclusive source of a row; null where there is none.</param>
    /// <returns>For each row the number of its cluster, counted in the order of first rows.</returns>
    public int[] Join(
        List<RowPair> pairs, IReadOnlyList<(int Left, int Right, Judgement Judgement)> decisions, Func<int, string?> exclusiveSource)
    {
        for (var row = 0; row < rows.RowCount; row++)
            if (exclusiveSource(row) is { } source) _groups.SetSource(row, source);
        foreach (var (left, right, _) in decisions.Where(decision => decision.Judgement == Judgement.NotTheSame)) _groups.Forbid(left, right);
        foreach (var (left, right, _) in decisions.Where(decision => decision.Judgement == Judgement.Same))
        {
            if (!TryJoin(new(left, right, double.PositiveInfinity), heedSources: false)) continue;
            // Nothing but decisions has joined so far, so that the group is what people said.
            var decided = MembersOf(_groups.Find(left)).ToList();
            foreach (var row in decided) _decided[row] = decided;
        }

        pairs.Sort(static (one, other) => other.Weight.CompareTo(one.Weight) is not 0 and var byWeight ? byWeight
            : one.Left.CompareTo(other.Left) is not 0 and var byLeft ? byLeft : one.Right.CompareTo(other.Right));
        foreach (var pair in pairs)
        {
            int left = _groups.Find(pair.Left), right = _groups.Find(pair.Right);
            if (left == right) continue;
            if (_groups.SizeOf(left) + _groups.SizeOf(right) > 2)
            {
                var mean = MeanAcross(left, right);
                if (mean <= 0)
                {
                    WeakBridges.Add(new(pair, _groups.SizeOf(left), _groups.SizeOf(right), mean, "the groups as wholes differ"));
                    continue;
                }
            }
            TryJoin(pair, heedSources: true);
        }
        return Numbers();
    }

    /// <returns>True when both are in one group now.</returns>
    private bool TryJoin(RowPair pair, bool heedSources)
    {
        int left = _groups.Find(pair.Left), right = _groups.Find(pair.Right);
        if (left == right) return true;
        if (!_groups.TryJoin(left, right, heedSources, out var reason))
        {
            WeakBridges.Add(new(pair, _groups.SizeOf(left), _groups.SizeOf(right), 0, reason));
            return false;
        }
        var root = _groups.Find(left);
        var members = MembersOf(left);
        members.AddRange(MembersOf(right));
        _members.Remove(left);
        _members.Remove(right);
        _members[root] = members;
        return true;
    }

    private double MeanAcross(int left, int right)
    {
        var (one, other) = (MembersOf(left), MembersOf(right));
        one.Sort();
        other.Sort();
        double sum = 0;
        var (oneMax, otherMax) = (Math.Min(one.Count, MembersMax), Math.Min(other.Count, MembersMax));
        for (var i = 0; i < oneMax; i++)
            for (var j = 0; j < otherMax; j++)
                sum += Math.Clamp(WeightOf(one[i], other[j]), -WeightBound, WeightBound);
        return sum / (oneMax * otherMax);
    }

    /// <summary>The weight of two rows; of rows that people decided to be one the heaviest speaks for all.</summary>
    private double WeightOf(int left, int right)
    {
        if (_decided.Count == 0 || (!_decided.ContainsKey(left) && !_decided.ContainsKey(right))) return scorer.Weight(rows[left], rows[right]);
        var best = double.NegativeInfinity;
        foreach (var one in _decided.GetValueOrDefault(left) ?? [left])
            foreach (var other in _decided.GetValueOrDefault(right) ?? [right]) best = Math.Max(best, scorer.Weight(rows[one], rows[other]));
        return best;
    }

    private List<int> MembersOf(int root) => _members.TryGetValue(root, out var members) ? members : [root];

    private int[] Numbers()
    {
        var (numbers, ofRoot) = (new int[rows.RowCount], new Dictionary<int, int>());
        for (var row = 0; row < rows.RowCount; row++)
        {
            var root = _groups.Find(row);
            if (!ofRoot.TryGetValue(root, out var number)) ofRoot[root] = number = ofRoot.Count;
            numbers[row] = number;
        }
        return numbers;
    }
}
