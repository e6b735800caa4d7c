using Homeward.Foundations.Places;
using Homeward.Kernel;

namespace Homeward.Scenario.World.Plan;

/// <summary>The part of the initiative in which an office can find anybody: its own days, in its own zone.</summary>
/// <remarks>
/// An office that opens or closes within the initiative (Memphis, Knoxville and Nashville on 2024-10-01) has only
/// the days on which both stand. Instants are UTC; <see cref="End"/> is the first instant that is no longer in it.
/// </remarks>
internal sealed record OfficeWindow(DateOnly From, DateOnly To, DateTimeOffset Start, DateTimeOffset End)
{
    /// <returns>Null where the office has no day in the initiative.</returns>
    public static OfficeWindow? Of(FieldOffice office, DateOnly from, DateOnly to)
    {
        if (!office.IsOpenWithin(from, to)) return null;
        if (office.ValidFrom > from) from = office.ValidFrom;
        if (office.ValidTo is { } end && end < to) to = end;
        var (start, after) = Zones.Window(from, to, Zones.ZoneOf(office));
        return new(from, to, start, after);
    }

    public TimeSpan Length => End - Start;

    /// <summary>The instant at a share of the window: 0 is its start, 1 its end. Whole seconds.</summary>
    public DateTimeOffset At(double share)
    {
        Ensure.That(share is >= 0 and <= 1);
        return Start.AddSeconds(Math.Floor(Length.TotalSeconds * share));
    }

    /// <summary>The share at which an instant lies; below 0 before the window, above 1 after it.</summary>
    public double ShareOf(DateTimeOffset at) => (at - Start) / Length;

    /// <summary>True well inside: what lies at the very edge is no safe finding, for zones and clocks differ.</summary>
    public bool HoldsSafely(DateTimeOffset at) => ShareOf(at) is >= 0.001 and <= 0.99;
}
