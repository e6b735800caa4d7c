using System.Globalization;

namespace Homeward.Foundations.Pages;

/// <summary>Instants and clocks as pages say them: "14 min ago", "Jul 12, 2019, 14:05 CDT", "19 h left".</summary>
public static class InstantWords
{
    /// <summary>Beyond this a distance in days says less than the date.</summary>
    private const int RelativeDaysMax = 60;

    /// <summary>"14 min ago", "in 3 h", "just now"; empty when it is too far away to be said so.</summary>
    public static string Relative(DateTimeOffset at, DateTimeOffset now)
    {
        var distance = (now - at).Duration();
        if (distance < TimeSpan.FromMinutes(1)) return "just now";
        if (distance.TotalDays > RelativeDaysMax) return "";
        return at <= now ? $"{Span(distance)} ago" : $"in {Span(distance)}";
    }

    /// <summary>A length of time in the one unit that matters: 45 min, 19 h, 3 d. Rounded down, so that no time is promised that is not there.</summary>
    public static string Span(TimeSpan span) => span.Duration() switch
    {
        { TotalMinutes: < 1 } => "less than 1 min",
        { TotalHours: < 2 } time => Text($"{(int)time.TotalMinutes} min"),
        { TotalHours: < 48 } time => Text($"{(int)time.TotalHours} h"),
        var time => Text($"{(int)time.TotalDays} d"),
    };

    /// <summary>"19 h left", or "3 h late" from the due instant on.</summary>
    public static string Left(DateTimeOffset dueAt, DateTimeOffset now) =>
        now < dueAt ? $"{Span(dueAt - now)} left" : $"{Span(now - dueAt)} late";

    /// <summary>"Jul 12, 2019, 14:05 CDT": the wall clock of a zone, with the zone's letters.</summary>
    public static string Exact(DateTimeOffset at, TimeZoneInfo zone) =>
        Text($"{TimeZoneInfo.ConvertTime(at, zone):MMM d, yyyy, HH:mm} {Letters(at, zone)}");

    /// <summary>"July 12, 2019".</summary>
    public static string Day(DateOnly day) => Text($"{day:MMMM d, yyyy}");

    /// <summary>"Jul 12, 2019": beside instants, which begin so.</summary>
    public static string ShortDay(DateOnly day) => Text($"{day:MMM d, yyyy}");

    /// <summary>The letters that Americans know a zone by at an instant. Elsewhere the offset: "UTC+01:00".</summary>
    /// <remarks>In the United States and its territories the base offset and summer time give the letters; the system's tables do not.</remarks>
    public static string Letters(DateTimeOffset at, TimeZoneInfo zone)
    {
        if (zone.BaseUtcOffset == TimeSpan.Zero && !zone.SupportsDaylightSavingTime) return "UTC";
        var summer = zone.IsDaylightSavingTime(at) ? "D" : "S";
        return zone.BaseUtcOffset.TotalHours switch
        {
            -4 => $"A{summer}T",
            -5 => $"E{summer}T",
            -6 => $"C{summer}T",
            -7 => $"M{summer}T",
            -8 => $"P{summer}T",
            -9 => $"AK{summer}T",
            -10 => $"H{summer}T",
            -11 => "SST",
            10 => "ChST",
            _ => TimeZoneInfo.ConvertTime(at, zone).ToString("'UTC'zzz", CultureInfo.InvariantCulture),
        };
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
