using System.Globalization;

namespace Homeward.Foundations.Places.Map;

/// <summary>Up to five steps of a count, narrow below and wide above, because most offices count little.</summary>
/// <remarks>
/// The upper ends lie at (k/5)² of the largest value. Where that gives fewer than five whole numbers there are
/// fewer steps: a step without a number of its own would say nothing.
/// </remarks>
internal sealed class MapSteps
{
    private const int StepsMax = 5;

    private readonly List<(int From, int To)> _steps = [];

    /// <param name="lowest">The smallest count that is shown as such: 1, or where protection ends.</param>
    public MapSteps(int lowest, int highest)
    {
        if (highest < lowest) return;
        var from = lowest;
        for (var k = 1; k <= StepsMax; k++)
        {
            var part = (double)(k * k) / (StepsMax * StepsMax);
            var to = k == StepsMax ? highest : lowest - 1 + (int)Math.Ceiling((highest - lowest + 1L) * part);
            if (to < from) continue;
            _steps.Add((from, to));
            from = to + 1;
        }
    }

    public int Count => _steps.Count;

    /// <summary>Shade 1 (lightest) to 5 of a step: few steps are spread, so that the largest is always darkest.</summary>
    public int ShadeOf(int step) => Count == 1 ? StepsMax : 1 + ((StepsMax - 1) * step / (Count - 1));

    /// <summary>The step of a count, from 0; -1 if it is in none.</summary>
    public int StepOf(int count) => _steps.FindIndex(step => count >= step.From && count <= step.To);

    /// <summary>The step in words: "3 to 5", or "1".</summary>
    public string WordsOf(int step)
    {
        var (from, to) = _steps[step];
        return from == to
            ? from.ToString("N0", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{from:N0} to {to:N0}");
    }
}
