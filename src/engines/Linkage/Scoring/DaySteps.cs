namespace Homeward.Linkage;

/// <summary>What a comparison of dates weighs where one side is a year or a span, as an age makes it, and the other a day: told by the days between alone.</summary>
internal sealed class DaySteps
{
    /// <summary>A year has four digits and a span sixteen with the dots between: so many must come or go that it has the eight of a day.</summary>
    private const int EditsMin = 4;

    /// <summary>Stands for the days of one year.</summary>
    private const double OfOneYear = -1;

    private readonly (double DaysMax, double Weight)[] _steps;

    private DaySteps((double, double)[] steps) => _steps = steps;

    /// <returns>Null where a level asks for more than the days between, and the year.</returns>
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
                case Likeness.SameYear: steps.Add((OfOneYear, level.Weight)); break;
                // None of these holds between what knows no month and a day: see Likenesses.
                case Likeness.Same or Likeness.DayMonthSwapped or Likeness.SameAnniversary or Likeness.SameMonth: break;
                case Likeness.Edits when level.Threshold < EditsMin: break;
                default: return null;
            }
        }
        return levels.Length > 0 && levels[^1].Likeness == Likeness.Else && steps.Count > 1 ? new([.. steps]) : null;
    }

    /// <summary>True for a year, and for a span of days.</summary>
    public static bool IsSpan(Value value) => value is DateValue { IsDate: true, IsFull: false, Month: 0, Day: 0 };

    /// <param name="span">See <see cref="IsSpan"/>.</param>
    /// <param name="day">The other side's day number.</param>
    public double Most(DateValue span, int day)
    {
        var days = Math.Max(0, Math.Max(span.First - day, day - span.Last));
        foreach (var (daysMax, weight) in _steps)
            if (daysMax == OfOneYear ? span.Year != 0 && span.Year == DateOnly.FromDayNumber(day).Year : days <= daysMax) return weight;
        return 0;
    }
}
