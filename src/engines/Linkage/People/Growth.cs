namespace Homeward.Linkage;

/// <summary>How tall a child will be, grown: what makes heights comparable that were taken years apart.</summary>
/// <remarks>
/// Children mostly keep their place among children of their age and sex. The place is taken from the stature-for-age charts of
/// the CDC (2000; medians and coefficients of variation), and the height at 19 is that of the same place. In puberty
/// the place moves: half a standard deviation to either side is left open. See Data/SOURCES.md.
/// </remarks>
internal static class Growth
{
    /// <summary>From this age on people are as tall as they will be.</summary>
    private const double GrownMonths = 228.5;

    /// <summary>By how many standard deviations a child's place may move until it is grown.</summary>
    private const double PlaceMoves = 0.5;

    // Age in months, then median in cm and coefficient of variation of boys, then of girls.
    private static readonly double[][] _chart =
    [
        [24, 86.4522, 0.04032, 84.9756, 0.04079], [36.5, 95.2736, 0.04053, 94.2134, 0.04202], [48.5, 102.5105, 0.04134, 101.0339, 0.04326],
        [60.5, 109.1751, 0.04259, 107.9566, 0.04428], [72.5, 115.6609, 0.04367, 115.0055, 0.04496], [84.5, 122.0305, 0.04440, 121.7617, 0.04546],
        [96.5, 128.1237, 0.04513, 127.8263, 0.04597], [108.5, 133.7345, 0.04622, 133.1304, 0.04688], [120.5, 138.8234, 0.04761, 138.2112, 0.04870],
        [132.5, 143.7304, 0.04894, 144.2609, 0.05052], [144.5, 149.3088, 0.04995, 151.4866, 0.04860], [156.5, 156.4099, 0.05033, 157.3437, 0.04386],
        [168.5, 164.1418, 0.04895, 160.4777, 0.04102], [180.5, 170.1393, 0.04589, 161.8980, 0.04008], [192.5, 173.6101, 0.04309, 162.5690, 0.03982],
        [204.5, 175.3410, 0.04141, 162.9238, 0.03973], [216.5, 176.1850, 0.04064, 163.1308, 0.03969], [GrownMonths, 176.6179, 0.04039, 163.2590, 0.03966],
    ];

    /// <summary>The range of heights, grown, of somebody who is of this height now.</summary>
    /// <param name="height">Centimetres.</param>
    /// <param name="age">The age in months when it was taken, from and to.</param>
    /// <param name="sex">M or F; anything else leaves both open.</param>
    /// <returns>Null below the age of two: the chart begins there.</returns>
    public static (double Min, double Max)? Grown((double Min, double Max) height, (double Min, double Max) age, string? sex)
    {
        if (age.Min < _chart[0][0]) return null;
        if (age.Min >= GrownMonths) return height;
        var (min, max) = (double.MaxValue, height.Max);
        foreach (var (median, spread) in Columns(sex))
        {
            // The older of the possible ages has the lower place and less left to grow.
            min = Math.Min(min, At(GrownMonths, median, spread, Place(height.Min, Math.Min(age.Max, GrownMonths), median, spread) - Moves(age.Max)));
            max = Math.Max(max, At(GrownMonths, median, spread, Place(height.Max, age.Min, median, spread) + Moves(age.Min)));
        }
        // Nobody shrinks.
        return (Math.Max(height.Min, min), max);
    }

    private static double Moves(double months) => months >= GrownMonths ? 0 : PlaceMoves;

    private static (int Median, int Spread)[] Columns(string? sex) => sex?.ToUpperInvariant() switch
    {
        "M" or "MALE" => [(1, 2)],
        "F" or "FEMALE" => [(3, 4)],
        _ => [(1, 2), (3, 4)],
    };

    /// <summary>By how many standard deviations a height is above the median of its age.</summary>
    private static double Place(double height, double months, int median, int spread) => ((height / Charted(months, median)) - 1) / Charted(months, spread);

    private static double At(double months, int median, int spread, double place) => Charted(months, median) * (1 + (Charted(months, spread) * place));

    private static double Charted(double months, int column)
    {
        var after = Array.FindIndex(_chart, row => row[0] >= months);
        if (after <= 0) return _chart[after < 0 ? ^1 : 0][column];
        var (low, high) = (_chart[after - 1], _chart[after]);
        return low[column] + ((high[column] - low[column]) * (months - low[0]) / (high[0] - low[0]));
    }
}
