using Homeward.Foundations.Places;

namespace Homeward.Scenario.Cast;

/// <summary>A task force's dates for the operations that it pledged: fixed beforehand, whatever comes in.</summary>
/// <remarks>Because dates do not hang on what comes in, one record more or less moves no other operation.</remarks>
public static class Calendar
{
    private const double FirstAt = 0.15;
    private const double LastAt = 0.80;
    private const double OnlyAt = 0.78;
    private const double Jitter = 0.04;
    private static readonly TimeSpan _long = TimeSpan.FromHours(5);

    /// <summary>One pledged operation: when it is planned, when it begins and ends.</summary>
    public sealed record Slot(string TaskForce, string Office, int Ordinal, bool IsLast, DateTimeOffset PlanAt, DateTimeOffset From, DateTimeOffset To);

    /// <summary>Spread over the days of the initiative on which the office is open, in the office's zone.</summary>
    public static IReadOnlyList<Slot> Of(string taskForce, FieldOffice office, int pledged, DateOnly from, DateOnly to, Chance chance)
    {
        var (first, last) = (office.ValidFrom > from ? office.ValidFrom : from, office.ValidTo is { } closed && closed < to ? closed : to);
        if (pledged == 0 || first > last) return [];
        var (opens, closes) = Zones.Window(first, last, Zones.ZoneOf(office));
        var length = closes - opens;
        var slots = new List<Slot>(pledged);
        for (var index = 0; index < pledged; index++)
        {
            var share = pledged == 1 ? OnlyAt : FirstAt + (LastAt - FirstAt) * index / (pledged - 1);
            share += (chance.Of("slot", $"{taskForce}/{index}") - 0.5) * Jitter;
            var at = opens + TimeSpan.FromMinutes(Math.Floor((length * share).TotalMinutes));
            var ends = at + TimeSpan.FromMinutes(Math.Min(_long.TotalMinutes, Math.Floor(length.TotalMinutes * 0.04)));
            var ahead = TimeSpan.FromMinutes(Math.Min(TimeSpan.FromHours(30).TotalMinutes, length.TotalMinutes * 0.12));
            slots.Add(new Slot(taskForce, office.Code, index, index == pledged - 1, at - ahead, at, ends));
        }
        return slots;
    }
}
