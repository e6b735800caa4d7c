namespace Homeward.Foundations.Places;

/// <summary>Days and windows in the time zone of a place. Zones are IANA names.</summary>
public static class Zones
{
    /// <summary>The zone of an office: where its city is.</summary>
    public static TimeZoneInfo ZoneOf(FieldOffice office) => Of(office.Zone);

    /// <summary>The zone of a county. Guam keeps its own although Honolulu serves it (T-34).</summary>
    public static TimeZoneInfo ZoneOf(County county) => Of(county.Zone);

    /// <exception cref="TimeZoneNotFoundException">The machine has no such zone: its tz data is missing.</exception>
    public static TimeZoneInfo Of(string zone) => TimeZoneInfo.FindSystemTimeZoneById(zone);

    /// <summary>The day on the wall calendar of the zone at an instant.</summary>
    public static DateOnly LocalDay(DateTimeOffset instant, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    /// <summary>The instants of whole local days: start inclusive, end exclusive, both in UTC.</summary>
    /// <remarks>A day of 23 or 25 hours is counted as such: both ends are found for themselves.</remarks>
    public static (DateTimeOffset Start, DateTimeOffset End) Window(DateOnly from, DateOnly to, TimeZoneInfo zone) =>
        (StartOf(from, zone), StartOf(to.AddDays(1), zone));

    /// <summary>The first instant of a local day, in UTC.</summary>
    /// <remarks>Where midnight is skipped the day starts at the first minute that exists; where it comes twice, at the first.</remarks>
    public static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(1);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
