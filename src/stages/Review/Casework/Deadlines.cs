using Homeward.Foundations.Places;

namespace Homeward.Review.Casework;

/// <summary>The days of legal process, counted on the calendar of the office. Pure.</summary>
/// <remarks>
/// The day of the event is not counted, the last day is counted whole: what is served on a Monday for one day runs out when
/// Tuesday ends. A weekend at the end lengthens nothing, for a clock that is early does no harm. Days are the calendar's:
/// one of 23 or 25 hours is a day.
/// </remarks>
internal static class Deadlines
{
    /// <summary>The last day of a time of so many days, once for itself and once more for each renewal, which begins where it would have ended.</summary>
    public static DateOnly LastDay(DateOnly eventOn, int days, int renewals = 0) => eventOn.AddDays(days * (1 + renewals));

    /// <summary>The first instant after the last day.</summary>
    public static DateTimeOffset EndOf(DateOnly lastDay, TimeZoneInfo zone) => Zones.StartOf(lastDay.AddDays(1), zone);

    /// <summary>When a time of so many days runs out.</summary>
    public static DateTimeOffset RunsOut(DateTimeOffset eventAt, int days, int renewals, TimeZoneInfo zone) =>
        EndOf(LastDay(Zones.LocalDay(eventAt, zone), days, renewals), zone);

    /// <summary>The day of which a clock's end is the end: the last on which it still runs.</summary>
    public static DateOnly DayOf(DateTimeOffset dueAt, TimeZoneInfo zone) => Zones.LocalDay(dueAt.AddTicks(-1), zone);

    /// <summary>How many warnings are due by now: one for each number of days left that is reached, and one when it has run out.</summary>
    /// <param name="warnDays">Days before the end, most first.</param>
    public static int WarningsDue(DateTimeOffset dueAt, DateTimeOffset now, IReadOnlyList<int> warnDays, TimeZoneInfo zone)
    {
        var daysLeft = DayOf(dueAt, zone).DayNumber - Zones.LocalDay(now, zone).DayNumber;
        return warnDays.Count(days => daysLeft <= days) + (now >= dueAt ? 1 : 0);
    }
}
