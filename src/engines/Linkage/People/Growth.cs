namespace Homeward.Linkage;

/// <summary>How tall and how heavy a child will be, grown: what makes measures comparable that were taken years apart.</summary>
/// <remarks>
/// Children mostly keep their place among children of their age and sex. The place is taken from <see cref="GrowthChart"/>,
/// and the measure at 19 is that of the same place. Places move, weight more than height and also in those who are grown: by
/// how much is left open is a judgement.
/// </remarks>
internal static class Growth
{
    /// <summary>By how many standard deviations a child's height may move until it is grown.</summary>
    private const double HeightMoves = 0.5;

    /// <summary>The same for weight: half of what tells two children apart at eight tells them apart at eighteen.</summary>
    private const double WeightMoves = 1;

    /// <summary>By how many standard deviations the weight of somebody who is grown goes up and down.</summary>
    private const double GrownWeightMoves = 0.5;

    /// <summary>The range of heights, grown, of somebody who is of this height now.</summary>
    /// <param name="height">Centimetres.</param>
    /// <param name="age">The age in months when it was taken, from and to.</param>
    /// <param name="sex">M or F; anything else leaves both open.</param>
    /// <returns>Null below the age of two: the chart begins there.</returns>
    public static (double Min, double Max)? Height((double Min, double Max) height, (double Min, double Max) age, string? sex)
    {
        if (!GrowthChart.Covers(age.Min)) return null;
        if (age.Min >= GrowthChart.GrownMonths) return height;
        var grown = Range(GrowthChart.Stature, height, age, sex, HeightMoves, 0);
        // Nobody shrinks.
        return (Math.Max(height.Min, grown.Min), Math.Max(height.Max, grown.Max));
    }

    /// <summary>The range of weights, grown, of somebody who weighs so much now.</summary>
    /// <param name="weight">Kilograms.</param>
    /// <inheritdoc cref="Height"/>
    public static (double Min, double Max)? Weight((double Min, double Max) weight, (double Min, double Max) age, string? sex) =>
        GrowthChart.Covers(age.Min) ? Range(GrowthChart.Weight, weight, age, sex, WeightMoves, GrownWeightMoves) : null;

    private static (double Min, double Max) Range(
        GrowthChart chart, (double Min, double Max) measure, (double Min, double Max) age, string? sex, double moves, double movesGrown)
    {
        var (min, max) = (double.MaxValue, double.MinValue);
        foreach (var isGirl in Sexes(sex))
        {
            // The older of the possible ages has the lower place and less left to grow.
            min = Math.Min(min, Grown(measure.Min, age.Max, isGirl, -1));
            max = Math.Max(max, Grown(measure.Max, age.Min, isGirl, +1));
        }
        return (min, max);

        double Grown(double value, double months, bool isGirl, int side)
        {
            var isGrown = months >= GrowthChart.GrownMonths;
            var place = chart.Place(value, Math.Min(months, GrowthChart.GrownMonths), isGirl);
            return chart.Value(place + (side * (isGrown ? movesGrown : moves)), GrowthChart.GrownMonths, isGirl);
        }
    }

    private static bool[] Sexes(string? sex) => sex?.ToUpperInvariant() switch
    {
        "M" or "MALE" => [false],
        "F" or "FEMALE" => [true],
        _ => [false, true],
    };
}
