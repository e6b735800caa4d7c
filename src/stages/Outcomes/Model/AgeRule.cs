using Homeward.Kernel;

namespace Homeward.Outcomes.Model;

/// <summary>Whether somebody was a child on the day of an act .</summary>
internal static class AgeRule
{
    /// <summary>Below it one is a child: 22 USC 7102.</summary>
    private const int AdultYearsMin = 18;

    /// <param name="born">As far as known.</param>
    /// <param name="stated">An age that somebody said; an estimate, which alone settles nothing (T-21).</param>
    /// <param name="findingSaysMinor">The office finds that the person is a minor, whatever the age.</param>
    /// <param name="day">The day of the act on the wall calendar of its place (T-19).</param>
    public static AgeAtAct On(PartialDate born, int? stated, bool findingSaysMinor, DateOnly day)
    {
        if (born.AgeOn(day) is { } age)
        {
            if (age.Max < AdultYearsMin) return AgeAtAct.Minor;
            if (age.Min >= AdultYearsMin) return AgeAtAct.Adult;
        }
        if (findingSaysMinor) return AgeAtAct.MinorAgeUnknown;
        return born.IsUnknown && stated >= AdultYearsMin ? AgeAtAct.Adult : AgeAtAct.Undetermined;
    }
}
