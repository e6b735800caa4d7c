using Homeward.Foundations.Access;
using Homeward.Foundations.Places;

namespace Homeward.Foundations.Pages;

/// <summary>The zone in which a page tells the time: the one asked for, else that of the viewer's office, else UTC.</summary>
public static class ViewerZone
{
    public static TimeZoneInfo Of(Actor? viewer) =>
        viewer?.Office is { } code && Gazetteer.Default.Offices.WithCode(code) is { } office ? Zones.ZoneOf(office) : TimeZoneInfo.Utc;

    /// <param name="zone">IANA name; one that the machine does not know falls back as if none was given.</param>
    public static TimeZoneInfo Of(string? zone, Actor? viewer) =>
        zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found : Of(viewer);
}
