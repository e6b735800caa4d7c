namespace Homeward.Foundations.Rules;

/// <summary>Which small counts are not shown, so that they can neither be read nor be worked out (R-55, T-56).</summary>
public static class SmallCells
{
    /// <param name="counts">In the order in which ties are settled; null is not reported.</param>
    /// <param name="isTotalKnown">All others could be subtracted from it.</param>
    /// <param name="below">Counts from 1 to below this are small.</param>
    /// <param name="isKnown">By its place: whether the count is known from elsewhere, so that to hide it hides nothing.</param>
    /// <returns>The places to hide. One alone is left only where nothing is there to hide it behind: then nothing may be shown.</returns>
    public static IReadOnlySet<int> ToHide(IReadOnlyList<int?> counts, bool isTotalKnown, int below, Func<int, bool> isKnown)
    {
        var hidden = Enumerable.Range(0, counts.Count).Where(place => counts[place] is > 0 && counts[place] < below && !isKnown(place)).ToHashSet();
        if (!isTotalKnown) return hidden;
        // One cell alone is the total less all others: a second one, the smallest that is left, goes with it.
        foreach (var place in Enumerable.Range(0, counts.Count).Where(place => counts[place] is > 0 && !isKnown(place) && !hidden.Contains(place))
            .OrderBy(place => counts[place]))
        {
            if (hidden.Count != 1) break;
            hidden.Add(place);
        }
        return hidden;
    }
}
