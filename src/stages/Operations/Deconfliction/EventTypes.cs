using Homeward.Kernel;

namespace Homeward.Operations;

/// <summary>How far in place and time a kind of event reaches: surveillance wide, a warrant narrow. Dated data.</summary>
/// <param name="Code">As events name it: <c>search-warrant</c>.</param>
/// <param name="RadiusKm">Added around the place, in kilometres.</param>
/// <param name="MarginMinutes">Added before and after the window, in minutes.</param>
public sealed record EventType(
    string Code, string Says, double RadiusKm, int MarginMinutes, DateOnly From, DateOnly? To, string Source);

/// <summary>The kinds of event that are deconflicted.</summary>
public sealed class EventTypes
{
    private readonly EventType[] _types;

    private EventTypes(EventType[] types) => _types = types;

    public static EventTypes Shipped { get; } = Load();

    public IReadOnlyList<EventType> All => _types;

    /// <summary>The kind as it was on the day of the event (UTC); null if there is no such kind.</summary>
    public EventType? On(string code, DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(at.UtcDateTime);
        return Array.Find(_types, one => one.Code == code && one.From <= day && (one.To is null || day <= one.To));
    }

    private static EventTypes Load() => new(EmbeddedJson.Read<EventType[]>(typeof(EventTypes), "event-types.json"));
}
