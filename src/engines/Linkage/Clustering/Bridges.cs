namespace Homeward.Linkage;

/// <summary>A pair that alone holds two parts of one cluster together.</summary>
/// <param name="LeftSize">Records that would stay with the left one without it.</param>
internal readonly record struct Bridge(RowPair Pair, int LeftSize, int RightSize);

/// <summary>Finds pairs without which a cluster falls in two (Tarjan 1974): the first that a person should look at.</summary>
internal static class Bridges
{
    /// <summary>A part of one record hangs on one pair by nature; from so many on a bridge is worth a look.</summary>
    private const int PartMin = 2;

    /// <param name="pairs">Pairs above the threshold.</param>
    /// <param name="clusters">The cluster of each row; pairs across clusters are passed over.</param>
    /// <returns>The weakest first.</returns>
    public static List<Bridge> Of(IReadOnlyList<RowPair> pairs, int[] clusters)
    {
        var sizes = new int[clusters.Length == 0 ? 0 : clusters.Max() + 1];
        foreach (var cluster in clusters) sizes[cluster]++;
        var edges = new Edges(pairs, clusters, pair => clusters[pair.Left] == clusters[pair.Right] && sizes[clusters[pair.Left]] >= 2 * PartMin);
        var found = new List<Bridge>();
        // The order in which rows are entered, from 1; the earliest that a row or one behind it reaches; and how many stand behind.
        var (order, low, below, entered) = (new int[clusters.Length], new int[clusters.Length], new int[clusters.Length], 0);
        // On a stack of its own: a chain of records may be longer than the thread's stack is deep.
        var stack = new Stack<(int Row, int From, int Next)>();
        for (var root = 0; root < clusters.Length; root++)
            if (order[root] == 0 && edges.Of(root).Length > 0) Walk(root);
        return [.. found.OrderBy(bridge => bridge.Pair.Weight).ThenBy(bridge => bridge.Pair.Left).ThenBy(bridge => bridge.Pair.Right)];

        void Walk(int root)
        {
            Enter(root, -1);
            while (stack.Count > 0)
            {
                var (row, from, next) = stack.Pop();
                if (next < edges.Of(row).Length)
                {
                    stack.Push((row, from, next + 1));
                    var to = edges.Of(row)[next].To;
                    if (to == from) continue;
                    if (order[to] > 0) low[row] = Math.Min(low[row], order[to]);
                    else Enter(to, row);
                    continue;
                }
                if (from < 0) continue;
                low[from] = Math.Min(low[from], low[row]);
                below[from] += below[row];
                var rest = sizes[clusters[row]] - below[row];
                if (low[row] <= order[from] || below[row] < PartMin || rest < PartMin) continue;
                foreach (var (to, number) in edges.Of(row))
                {
                    if (to != from) continue;
                    var pair = pairs[number];
                    found.Add(new(pair, pair.Left == row ? below[row] : rest, pair.Left == row ? rest : below[row]));
                    break;
                }
            }
        }

        void Enter(int row, int from)
        {
            order[row] = low[row] = ++entered;
            below[row] = 1;
            stack.Push((row, from, 0));
        }
    }

    /// <summary>The pairs of each row, row by row.</summary>
    private sealed class Edges
    {
        private readonly int[] _starts;
        private readonly (int To, int Pair)[] _edges;

        public Edges(IReadOnlyList<RowPair> pairs, int[] clusters, Func<RowPair, bool> isTaken)
        {
            _starts = new int[clusters.Length + 1];
            foreach (var pair in pairs)
            {
                if (!isTaken(pair)) continue;
                _starts[pair.Left + 1]++;
                _starts[pair.Right + 1]++;
            }
            for (var row = 0; row < clusters.Length; row++) _starts[row + 1] += _starts[row];
            var next = _starts.ToArray();
            _edges = new (int, int)[_starts[^1]];
            for (var number = 0; number < pairs.Count; number++)
            {
                if (!isTaken(pairs[number])) continue;
                _edges[next[pairs[number].Left]++] = (pairs[number].Right, number);
                _edges[next[pairs[number].Right]++] = (pairs[number].Left, number);
            }
        }

        public ReadOnlySpan<(int To, int Pair)> Of(int row) => _edges.AsSpan(_starts[row]..(_starts[row + 1]));
    }
}
