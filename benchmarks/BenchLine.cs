namespace Homeward.Bench;

/// <summary>One measured figure beside its baseline.</summary>
/// <param name="Ratio">How many times better than the baseline, whatever the unit: above 1 is better.</param>
internal sealed record BenchLine(string Name, double Value, string Unit, string Baseline, double BaselineValue, double Ratio)
{
    /// <summary>For units of which less is better: seconds, milliseconds, bytes.</summary>
    public static BenchLine Less(string name, double value, string unit, string baseline, double baselineValue) =>
        new(name, Math.Round(value, 2), unit, baseline, baselineValue, Math.Round(baselineValue / value, 2));
}
