using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Homeward.Foundations.Places;
using Homeward.Kernel;

namespace Homeward.Operations;

/// <summary>A line that is no event, and how to mend it.</summary>
/// <param name="Line">From 1.</param>
public sealed record EventLineFault(int Line, string What, string Mend);

/// <summary>Events as lines of JSON, for <c>homeward deconflict FILE</c>.</summary>
/// <remarks>
/// <c>{"id":"A-1","type":"search-warrant","latitude":39.1,"longitude":-94.6,"from":"2019-07-12T05:00-05:00","to":"…","subjects":["…"]}</c>.
/// A time carries its offset, or the line a <c>zone</c> (IANA) in which it is a wall clock: one types in Central, the other in
/// Mountain time, and they meet all the same (T-51). A wall-clock time that is skipped or comes twice is a fault.
/// </remarks>
public static class EventLines
{
    private const int FaultsMax = 500;

    /// <summary>Reads lines; empty ones are passed over.</summary>
    public static (IReadOnlyList<PlannedEvent> Events, IReadOnlyList<EventLineFault> Faults) Read(IEnumerable<string> lines)
    {
        var events = new List<PlannedEvent>();
        var faults = new List<EventLineFault>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            var read = ReadLine(line);
            if (!read.TryGet(out var planned, out var problem)) Fault(problem.What, problem.Mend);
            else if (!ids.Add(planned.Id)) Fault($"the id {planned.Id} stands twice", "give each event an id of its own");
            else events.Add(planned);
        }
        return (events, faults);

        void Fault(string what, string mend)
        {
            if (faults.Count < FaultsMax) faults.Add(new(number, what, mend));
        }
    }

    private static Result<PlannedEvent> ReadLine(string line)
    {
        try
        {
            if (JsonNode.Parse(line) is not JsonObject body) return Bad("not an object", "write one JSON object a line");
            if (Text(body, "id") is not { Length: > 0 } id) return Bad("id: missing", "give each event an id of its own");
            if (Number(body, "latitude") is not { } latitude || Number(body, "longitude") is not { } longitude
                || !new GeoPoint(latitude, longitude).IsOnEarth)
                return Bad("latitude, longitude: missing or not on Earth", "give degrees, north and east positive");
            TimeZoneInfo? zone = null;
            if (Text(body, "zone") is { } name && !TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone))
                return Bad($"zone: \"{name}\" is no time zone", "give an IANA name such as America/Chicago");
            if (Instant(Text(body, "from"), zone) is not { } from || Instant(Text(body, "to"), zone) is not { } to)
                return Bad("from, to: not a time", "give ISO 8601 with an offset, or a zone and a wall-clock time that exists once");
            if (from > to) return Bad("to: before from", "exchange the two");
            if (to - from > TimeSpan.FromDays(GridCells.DaysMax)) return Bad($"to: more than {GridCells.DaysMax} days after from", "give several events");
            var code = Text(body, "type") ?? "";
            if (EventTypes.Shipped.On(code, from) is not { } type)
                return Bad($"type: \"{code}\" is no kind of event", $"known: {string.Join(", ", EventTypes.Shipped.All.Select(one => one.Code))}");
            var subjects = body["subjects"] is JsonArray list
                ? list.Select(item => Names.Fold(item?.GetValue<string>())).Where(key => key.Length > 0).Distinct(StringComparer.Ordinal).ToList() : [];
            return new PlannedEvent(id, new(latitude, longitude), type.RadiusKm, from, to, TimeSpan.FromMinutes(type.MarginMinutes), subjects);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            return Bad("not well-formed", "write one JSON object a line");
        }
    }

    private static Problem Bad(string what, string mend) => Problem.Invalid("event-line", what, mend);
    private static string? Text(JsonObject body, string key) => body[key]?.GetValue<string>();
    private static double? Number(JsonObject body, string key) => body[key]?.GetValue<double>();

    private static DateTimeOffset? Instant(string? text, TimeZoneInfo? zone)
    {
        if (text is null || !DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var read)) return null;
        if (read.Kind != DateTimeKind.Unspecified)
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var stated) ? stated.ToUniversalTime() : null;
        if (zone is null || zone.IsInvalidTime(read) || zone.IsAmbiguousTime(read)) return null;
        return new DateTimeOffset(read, zone.GetUtcOffset(read)).ToUniversalTime();
    }
}
