namespace Homeward.Scenario.World.Plan;

/// <summary>Shares out whole things by weight, so that the shares add up exactly.</summary>
internal static class Apportion
{
    /// <summary>Largest remainders (Hamilton): each gets the whole part of its due, the rest go by what was cut off.</summary>
    /// <returns>One share for each weight; all 0 when no weight is above 0.</returns>
    public static int[] ByWeight(int total, IReadOnlyList<double> weights)
    {
        var shares = new int[weights.Count];
        var sum = weights.Sum();
        if (total <= 0 || sum <= 0) return shares;

        var cut = new List<(double Remainder, int Index)>();
        var given = 0;
        for (var i = 0; i < weights.Count; i++)
        {
            var due = total * weights[i] / sum;
            shares[i] = (int)Math.Floor(due);
            given += shares[i];
            if (weights[i] > 0) cut.Add((due - shares[i], i));
        }
        var order = cut.OrderByDescending(each => each.Remainder).ThenBy(each => each.Index).ToList();
        for (var i = 0; given < total; i++, given++) shares[order[i % order.Count].Index]++;
        return shares;
    }

    /// <summary>
    /// First one each to those that must have one, in order of weight, as far as they go; then the rest by weight.
    /// </summary>
    public static int[] WithFloor(int total, IReadOnlyList<double> weights, Func<int, bool> mustHave)
    {
        var shares = new int[weights.Count];
        var left = total;
        foreach (var index in Enumerable.Range(0, weights.Count).Where(mustHave).OrderByDescending(i => weights[i]))
        {
            if (left == 0) return shares;
            shares[index]++;
            left--;
        }
        var rest = ByWeight(left, weights);
        for (var i = 0; i < shares.Length; i++) shares[i] += rest[i];
        return shares;
    }
}
