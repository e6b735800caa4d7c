namespace Homeward.Bench;

/// <summary>One measured figure beside its baseline.</summary>
/// <param name="Ratio">How many times better than the baseline, whatever the unit: above 1 is better.</param>
internal sealed record BenchLine(string Name, double Value, string Unit, string Baseline, double BaselineValue, double Ratio)
{
    /// <summary>For units of which less is better: seconds, milliseconds, bytes.</summary>
    public static BenchLine Less(string name, double value, string unit, string baseline, double baselineValue) =>
        new(name, Short(value), unit, baseline, Short(baselineValue), Math.Round(baselineValue / value, 2));

    /// <summary>For units of which more is better: shares, rates.</summary>
    public static BenchLine More(string name, double value, string unit, string baseline, double baselineValue) =>
        new(name, Short(value), unit, baseline, Short(baselineValue), Math.Round(value / baselineValue, 3));

    /// <summary>Hundredths, and of what is below one the four leading digits that F1 and milliseconds are told by.</summary>
    private static double Short(double value) => Math.Round(value, Math.Abs(value) < 1.5 ? 4 : 2);
}
