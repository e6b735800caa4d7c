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
        var edges = new Dictionary<int, List<(int To, RowPair Pair)>>();
        foreach (var pair in pairs)
        {
            if (clusters[pair.Left] != clusters[pair.Right] || sizes[clusters[pair.Left]] < 2 * PartMin) continue;
            Of(pair.Left).Add((pair.Right, pair));
            Of(pair.Right).Add((pair.Left, pair));
        }
        var found = new List<Bridge>();
        var (order, low, below) = (new Dictionary<int, int>(), new Dictionary<int, int>(), new Dictionary<int, int>());
        foreach (var root in edges.Keys.Order())
            if (!order.ContainsKey(root)) Walk(root);
        return [.. found.OrderBy(bridge => bridge.Pair.Weight).ThenBy(bridge => bridge.Pair.Left).ThenBy(bridge => bridge.Pair.Right)];

        List<(int To, RowPair Pair)> Of(int row) => edges.TryGetValue(row, out var list) ? list : edges[row] = [];

        // On a stack of its own: a chain of records may be longer than the thread's stack is deep.
        void Walk(int root)
        {
            var stack = new Stack<(int Row, int From, int Next)>();
            Enter(root, -1);
            while (stack.Count > 0)
            {
                var (row, from, next) = stack.Pop();
                if (next < edges[row].Count)
                {
                    stack.Push((row, from, next + 1));
                    var to = edges[row][next].To;
                    if (to == from) continue;
                    if (order.TryGetValue(to, out var seen)) low[row] = Math.Min(low[row], seen);
                    else Enter(to, row);
                    continue;
                }
                if (from < 0) continue;
                low[from] = Math.Min(low[from], low[row]);
                below[from] += below[row];
                var rest = sizes[clusters[row]] - below[row];
                if (low[row] <= order[from] || below[row] < PartMin || rest < PartMin) continue;
                var pair = edges[row].Find(edge => edge.To == from).Pair;
                found.Add(new(pair, pair.Left == row ? below[row] : rest, pair.Left == row ? rest : below[row]));
            }

            void Enter(int row, int from)
            {
                order[row] = low[row] = order.Count;
                below[row] = 1;
                stack.Push((row, from, 0));
            }
        }
    }
}
