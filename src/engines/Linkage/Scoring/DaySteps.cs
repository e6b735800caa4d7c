namespace Homeward.Linkage;

/// <summary>What a comparison of dates weighs where one side is a span of years, as an age makes it, and the other a day: told by the days between alone.</summary>
internal sealed class DaySteps
{
    private readonly (double DaysMax, double Weight)[] _steps;

    private DaySteps((double, double)[] steps) => _steps = steps;

    /// <returns>Null where a level asks for more than the days between.</returns>
    public static DaySteps? Of(Scorer scorer, int comparison)
    {
        var steps = new List<(double, double)>();
        var levels = scorer.LevelsOf(comparison);
        foreach (var level in levels)
        {
            if (level is { ByFrequency: true } or { IsSilent: true }) return null;
            switch (level.Likeness)
            {
                case Likeness.MayBeSameDay: steps.Add((0, level.Weight)); break;
                case Likeness.DaysApart: steps.Add((level.Threshold, level.Weight)); break;
                case Likeness.Else: steps.Add((double.PositiveInfinity, level.Weight)); break;
                // None of these holds between a span without a year of its own and a day: see Likenesses. Its digits are those of two days.
                case Likeness.Same or Likeness.DayMonthSwapped or Likeness.SameAnniversary or Likeness.SameMonth or Likeness.SameYear: break;
                case Likeness.Edits when level.Threshold < 8: break;
                default: return null;
            }
        }
        return levels.Length > 0 && levels[^1].Likeness == Likeness.Else && steps.Count > 1 ? new([.. steps]) : null;
    }

    /// <summary>True for a span that lies in no single year.</summary>
    public static bool IsSpan(Value value) => value is DateValue { IsDate: true, IsFull: false, Year: 0, Month: 0, Day: 0 } span && span.Folded.Length > 16;

    /// <param name="span">See <see cref="IsSpan"/>.</param>
    /// <param name="day">The other side's day number.</param>
    public double Most(DateValue span, int day)
    {
        var days = Math.Max(0, Math.Max(span.First - day, day - span.Last));
        foreach (var (daysMax, weight) in _steps) if (days <= daysMax) return weight;
        return 0;
    }
}
