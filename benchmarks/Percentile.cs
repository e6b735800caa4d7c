namespace Homeward.Bench;

internal static class Percentile
{
    /// <summary>The value that a share of all does not pass: with a hundred values and 0.99 the last one.</summary>
    /// <param name="sorted">Ascending, at least one.</param>
    /// <param name="share">From 0 to below 1.</param>
    public static double At(this IReadOnlyList<double> sorted, double share) => sorted[(int)(sorted.Count * share)];
}
