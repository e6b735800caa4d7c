using System.Runtime.InteropServices;

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
internal sealed class Grouping
{
    /// <summary>No pair across speaks louder than this, in bits: one forged field must not outvote five.</summary>
    private const double WeightBound = 12;

    /// <summary>Members of each side that are looked at; the first by row, for a total order.</summary>
    private const int MembersMax = 40;

    private const int ComponentsPerPiece = 1 << 14;
    private const int PairsPerPiece = 1 << 15;

    /// <summary>In components of more pairs than this, weights are worked out again rather than searched for.</summary>
    private const int PairsSearchedMax = 64;

    private readonly RowTable _rows;
    private readonly BatchScorer _scorer;
    private readonly Groups _groups;
    private readonly int _sizeMax;

    // The members of a group form a ring: each row names the next, and two groups are joined by exchanging one link of each.
    private readonly int[] _next;

    /// <summary>Rows that people decided to be one: what one of them is like, all of them are like.</summary>
    private readonly Dictionary<int, List<int>> _decided = [];
    private readonly Hands _hands = new();

    /// <summary>What one thread works with.</summary>
    private sealed class Hands
    {
        public ValuePairs Known { get; } = new();
        public List<int> Left { get; } = [];
        public List<int> Right { get; } = [];
        public List<RowPair> Component { get; } = [];
    }

    public Grouping(RowTable rows, Scorer scorer)
    {
        (_rows, _scorer, _groups, _next) = (rows, new(scorer, rows), new(rows.RowCount), new int[rows.RowCount]);
        _sizeMax = scorer.Settings.ClusterSizeMax ?? int.MaxValue;
        for (var row = 0; row < _next.Length; row++) _next[row] = row;
    }

    public List<WeakBridge> WeakBridges { get; } = [];

    /// <param name="pairs">Pairs above the threshold, in any order.</param>
    /// <param name="decisions">What people decided; it wins.</param>
    /// <param name="exclusiveSource">The exclusive source of a row; null where there is none, and in the place of all where no source is exclusive.</param>
    /// <returns>For each row the number of its cluster, counted in the order of first rows.</returns>
    public int[] Join(
        List<RowPair> pairs, IReadOnlyList<(int Left, int Right, Judgement Judgement)> decisions, Func<int, string?>? exclusiveSource)
    {
        var hasSources = false;
        for (var row = 0; exclusiveSource is not null && row < _rows.RowCount; row++)
        {
            if (exclusiveSource(row) is not { } source) continue;
            _groups.SetSource(row, source);
            hasSources = true;
        }
        foreach (var (left, right, _) in decisions.Where(decision => decision.Judgement == Judgement.NotTheSame)) _groups.Forbid(left, right);
        foreach (var (left, right, _) in decisions.Where(decision => decision.Judgement == Judgement.Same))
        {
            if (!TryJoin(new(left, right, double.PositiveInfinity), heedSources: false, WeakBridges)) continue;
            // Nothing but decisions has joined so far, so that the group is what people said.
            var decided = new List<int>();
            Members(left, decided);
            foreach (var row in decided) _decided[row] = decided;
        }

        if (decisions.Count == 0 && !hasSources)
        {
            JoinByComponent(pairs);
        }
        else
        {
            SortHeaviestFirst(pairs);
            foreach (var pair in pairs) Take(pair, [], _hands, WeakBridges);
        }
        return Numbers();
    }

    /// <summary>Rows that no chain of pairs connects have no say in one another's clusters: components are joined side by side.</summary>
    private void JoinByComponent(List<RowPair> pairs)
    {
        var starts = Components(pairs, out var byComponent);
        var pieces = (starts.Length - 1 + ComponentsPerPiece - 1) / ComponentsPerPiece;
        var bridges = new List<WeakBridge>[pieces];
        Parallel.For(0, pieces, Cores.All, piece =>
        {
            var hands = new Hands();
            var all = CollectionsMarshal.AsSpan(pairs);
            bridges[piece] = [];
            var end = starts[Math.Min(starts.Length - 1, (piece + 1) * ComponentsPerPiece)];
            for (var first = piece * ComponentsPerPiece; starts[first] < end; first++)
            {
                hands.Component.Clear();
                foreach (var pair in byComponent.AsSpan(starts[first]..starts[first + 1])) hands.Component.Add(all[pair]);
                var component = CollectionsMarshal.AsSpan(hands.Component);
                component.Sort(HeaviestFirst);
                foreach (ref readonly var pair in component) Take(pair, component, hands, bridges[piece]);
            }
        });
        WeakBridges.AddRange(bridges.SelectMany(list => list).OrderByDescending(bridge => bridge.Pair.Weight).ThenBy(bridge => bridge.Pair.Left).ThenBy(bridge => bridge.Pair.Right));
    }

    /// <summary>The places of the pairs of each component together; where each component starts, and the end.</summary>
    private int[] Components(List<RowPair> list, out int[] byComponent)
    {
        var (roots, counts) = (new int[_rows.RowCount], new int[_rows.RowCount + 1]);
        for (var row = 0; row < roots.Length; row++) roots[row] = row;
        Parallel.For(0, (list.Count + PairsPerPiece - 1) / PairsPerPiece, Cores.All, piece =>
        {
            var pairs = CollectionsMarshal.AsSpan(list)[(piece * PairsPerPiece)..Math.Min(list.Count, (piece + 1) * PairsPerPiece)];
            foreach (ref readonly var pair in pairs) Unite(roots, pair.Left, pair.Right);
        });
        // No row leads to a later one, so that those before are at their root already.
        for (var row = 0; row < roots.Length; row++) roots[row] = roots[roots[row]];
        var all = CollectionsMarshal.AsSpan(list);
        foreach (ref readonly var pair in all) counts[roots[pair.Left]]++;
        var starts = new List<int>();
        for (int row = 0, sum = 0; row < counts.Length; row++)
        {
            if (counts[row] > 0 || row == counts.Length - 1) starts.Add(sum);
            (counts[row], sum) = (sum, sum + counts[row]);
        }
        byComponent = GC.AllocateUninitializedArray<int>(all.Length);
        for (var pair = 0; pair < all.Length; pair++) byComponent[counts[roots[all[pair].Left]]++] = pair;
        return [.. starts];
    }

    /// <summary>Leads the later root to the earlier; several threads at once come to the same roots, whatever their order.</summary>
    private static void Unite(int[] parents, int left, int right)
    {
        while (true)
        {
            (left, right) = (Root(parents, left), Root(parents, right));
            if (left == right) return;
            var (earlier, later) = (Math.Min(left, right), Math.Max(left, right));
            // Another thread may have led it elsewhere in between: then from there on.
            if (Interlocked.CompareExchange(ref parents[later], earlier, later) == later) return;
        }
    }

    /// <summary>The root, with the way there made shorter: what another thread writes meanwhile is an ancestor too.</summary>
    private static int Root(int[] parents, int row)
    {
        while (true)
        {
            var parent = Volatile.Read(ref parents[row]);
            if (parent == row) return row;
            var above = Volatile.Read(ref parents[parent]);
            if (above != parent) Volatile.Write(ref parents[row], above);
            row = above;
        }
    }

    /// <param name="component">Pairs whose weights are known, this one among them.</param>
    private void Take(in RowPair pair, ReadOnlySpan<RowPair> component, Hands hands, List<WeakBridge> bridges)
    {
        int left = _groups.Find(pair.Left), right = _groups.Find(pair.Right);
        if (left == right) return;
        if (_groups.SizeOf(left) + _groups.SizeOf(right) is var size && size > _sizeMax)
        {
            bridges.Add(new(pair, _groups.SizeOf(left), _groups.SizeOf(right), 0, $"together they would be {size} records, and {_sizeMax} are the most"));
            return;
        }
        if (size > 2)
        {
            var mean = MeanAcross(left, right, component, hands);
            if (mean <= 0)
            {
                bridges.Add(new(pair, _groups.SizeOf(left), _groups.SizeOf(right), mean, "the groups as wholes differ"));
                return;
            }
        }
        TryJoin(pair, heedSources: true, bridges);
    }

    /// <summary>By weight, of equal weight by rows: a total order.</summary>
    internal static void SortHeaviestFirst(List<RowPair> pairs)
    {
        var span = CollectionsMarshal.AsSpan(pairs);
        var (keys, sorted) = (new ulong[span.Length], span.ToArray());
        for (var i = 0; i < keys.Length; i++) keys[i] = Descending(sorted[i].Weight);
        Radix.Sort(keys, sorted);
        for (var start = 0; start < sorted.Length;)
        {
            var end = start + 1;
            while (end < sorted.Length && keys[end] == keys[start]) end++;
            if (end - start > 1) sorted.AsSpan(start, end - start).Sort(HeaviestFirst);
            start = end;
        }
        sorted.CopyTo(span);
    }

    private static int HeaviestFirst(RowPair one, RowPair other) => other.Weight.CompareTo(one.Weight) is not 0 and var byWeight ? byWeight
        : one.Left.CompareTo(other.Left) is not 0 and var byLeft ? byLeft
        : one.Right.CompareTo(other.Right);

    /// <summary>The bits of a number such that a larger number has a smaller key.</summary>
    private static ulong Descending(double weight)
    {
        var bits = BitConverter.DoubleToInt64Bits(weight);
        return ~(ulong)(bits ^ ((bits >> 63) | long.MinValue));
    }

    /// <returns>True when both are in one group now.</returns>
    private bool TryJoin(in RowPair pair, bool heedSources, List<WeakBridge> bridges)
    {
        int left = _groups.Find(pair.Left), right = _groups.Find(pair.Right);
        if (left == right) return true;
        if (_groups.TryJoin(left, right, heedSources, out var reason))
        {
            (_next[left], _next[right]) = (_next[right], _next[left]);
            return true;
        }
        bridges.Add(new(pair, _groups.SizeOf(left), _groups.SizeOf(right), 0, reason));
        return false;
    }

    private double MeanAcross(int left, int right, ReadOnlySpan<RowPair> component, Hands hands)
    {
        Members(left, hands.Left);
        Members(right, hands.Right);
        double sum = 0;
        var (leftMax, rightMax) = (Math.Min(hands.Left.Count, MembersMax), Math.Min(hands.Right.Count, MembersMax));
        for (var i = 0; i < leftMax; i++)
            for (var j = 0; j < rightMax; j++)
                sum += Math.Clamp(WeightOf(hands.Left[i], hands.Right[j], component, hands.Known), -WeightBound, WeightBound);
        return sum / (leftMax * rightMax);
    }

    /// <summary>The weight of two rows; of rows that people decided to be one the heaviest speaks for all.</summary>
    private double WeightOf(int left, int right, ReadOnlySpan<RowPair> component, ValuePairs known)
    {
        if (component.Length <= PairsSearchedMax)
        {
            var (one, other) = (Math.Min(left, right), Math.Max(left, right));
            foreach (ref readonly var pair in component) if (pair.Left == one && pair.Right == other) return pair.Weight;
        }
        if (_decided.Count == 0 || (!_decided.ContainsKey(left) && !_decided.ContainsKey(right))) return _scorer.Weight(left, right, known);
        var best = double.NegativeInfinity;
        foreach (var one in _decided.GetValueOrDefault(left) ?? [left])
            foreach (var other in _decided.GetValueOrDefault(right) ?? [right]) best = Math.Max(best, _scorer.Weight(one, other, known));
        return best;
    }

    private void Members(int of, List<int> members)
    {
        members.Clear();
        var row = of;
        do
        {
            members.Add(row);
            row = _next[row];
        }
        while (row != of);
        if (members.Count > 1) members.Sort();
    }

    private int[] Numbers()
    {
        var (numbers, ofRoot, count) = (new int[_rows.RowCount], new int[_rows.RowCount], 0);
        for (var row = 0; row < numbers.Length; row++)
        {
            var root = _groups.Find(row);
            if (ofRoot[root] == 0) ofRoot[root] = ++count;
            numbers[row] = ofRoot[root] - 1;
        }
        return numbers;
    }
}
