using System.Globalization;
using System.Text.Json;
using Homeward.Foundations.Places;

namespace Homeward.Operations;

/// <summary>A line that is no event, and how to mend it.</summary>
/// <param name="Line">From 1.</param>
public sealed record EventLineFault(int Line, string What, string Mend);

/// <summary>Events as lines of JSON, for <c>homeward deconflict FILE</c>.</summary>
/// <remarks>
/// <c>{"id":"A-1","type":"search-warrant","latitude":39.1,"longitude":-94.6,"from":"2019-07-12T05:00-05:00","to":"…","subjects":["…"]}</c>.
/// A time carries its offset, or the line a <c>zone</c> (IANA) in which it is a wall clock: one types in Central, the other in
/// Mountain time, and they meet all the same (T-51). A wall-clock time that is skipped or comes twice is a fault; and so is whatever
/// could not be compared, as a key that is none of these: passed over, it would hide a conflict.
/// </remarks>
public static class EventLines
{
    private const int FaultsMax = 500;
    /// <summary>Outside of these a year was mistyped.</summary>
    private const int YearMin = 1900, YearMax = 2199;

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
            var found = faults.Count;
            var planned = ReadLine(line, Fault);
            if (planned is not null && !ids.Add(planned.Id)) Fault($"the id {planned.Id} stands twice", "give each event an id of its own");
            else if (planned is not null && faults.Count == found) events.Add(planned);
        }
        return (events, faults);

        void Fault(string what, string mend)
        {
            if (faults.Count < FaultsMax) faults.Add(new(number, what, mend));
        }
    }

    /// <returns>Null where a fault was told.</returns>
    private static PlannedEvent? ReadLine(string line, Action<string, string> fault)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return new Reader(document.RootElement, fault).Read();
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // Told below: nothing of it can be read. The latter is half of a sign that takes two.
        }
        fault("not well-formed", "write one JSON object a line");
        return null;
    }

    /// <summary>Reads one line and tells all of its faults.</summary>
    private sealed class Reader(JsonElement body, Action<string, string> tell)
    {
        private static readonly string[] _keys = ["id", "type", "latitude", "longitude", "zone", "from", "to", "subjects"];
        private bool _isFaulty;

        public PlannedEvent? Read()
        {
            var keys = body.EnumerateObject().Select(member => member.Name).ToList();
            foreach (var key in keys.Distinct(StringComparer.Ordinal).Except(_keys)) Fault($"\"{key}\": no key of an event", $"known: {string.Join(", ", _keys)}");
            foreach (var key in keys.GroupBy(key => key, StringComparer.Ordinal).Where(key => key.Count() > 1)) Fault($"{key.Key}: stands twice", "say it once");
            var id = Needed("id", "give each event an id of its own");
            var at = Place();
            TimeZoneInfo? zone = null;
            if (Text("zone") is { } name && !TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone)) Fault($"zone: \"{name}\" is no time zone", "give an IANA name such as America/Chicago");
            var (from, to) = (Instant("from", zone), Instant("to", zone));
            if (from > to) Fault("to: before from", "exchange the two");
            if (to - from > TimeSpan.FromDays(GridCells.DaysMax)) Fault($"to: more than {GridCells.DaysMax} days after from", "give several events");
            var code = Text("type") ?? "";
            var type = EventTypes.Shipped.On(code, from ?? to ?? DateTimeOffset.MaxValue);
            if (type is null) Fault($"type: \"{code}\" is no kind of event", $"known: {string.Join(", ", EventTypes.Shipped.All.Select(one => one.Code).Distinct(StringComparer.Ordinal))}");
            var subjects = Subjects();
            return _isFaulty ? null : new PlannedEvent(id!, at, type!.RadiusKm, from!.Value, to!.Value, TimeSpan.FromMinutes(type.MarginMinutes), subjects);
        }

        private void Fault(string what, string mend)
        {
            _isFaulty = true;
            tell(what, mend);
        }

        /// <summary>Of a key that is not there, or says null, nothing.</summary>
        private JsonElement? Value(string key) => body.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

        private string? Text(string key)
        {
            if (Value(key) is not { } value) return null;
            if (value.ValueKind == JsonValueKind.String) return value.GetString();
            Fault($"{key}: not a text", "write it between quotation marks");
            return null;
        }

        private string? Needed(string key, string mend)
        {
            if (Value(key) is null) Fault($"{key}: missing", mend);
            var text = Text(key);
            if (text is { Length: 0 }) Fault($"{key}: empty", mend);
            return text;
        }

        private GeoPoint Place()
        {
            if (Value("latitude") is { ValueKind: JsonValueKind.Number } latitude && Value("longitude") is { ValueKind: JsonValueKind.Number } longitude
                && new GeoPoint(latitude.GetDouble(), longitude.GetDouble()) is { IsOnEarth: true } at) return at;
            Fault("latitude, longitude: missing or not on Earth", "give degrees as numbers, north and east positive");
            return default;
        }

        private DateTimeOffset? Instant(string key, TimeZoneInfo? zone)
        {
            const string Mend = "give ISO 8601 with an offset, such as 2019-07-12T05:00-05:00, or a zone and a wall-clock time that exists once";
            if (Needed(key, Mend) is not { Length: > 0 } text) return null;
            if (EventTimes.Read(text, zone) is not { } instant) Fault($"{key}: \"{text}\" is no time", Mend);
            else if (instant.Year is < YearMin or > YearMax) Fault($"{key}: \"{text}\" is not between {YearMin} and {YearMax}", "give the year of the event");
            else return instant;
            return null;
        }

        private List<string> Subjects()
        {
            if (Value("subjects") is not { } value) return [];
            if (value.ValueKind != JsonValueKind.Array)
            {
                Fault("subjects: not a list", "write [\"...\"], also of one");
                return [];
            }
            var found = new List<string>();
            foreach (var (index, item) in value.EnumerateArray().Index())
            {
                var forms = item.ValueKind == JsonValueKind.String ? SubjectForms.Of(item.GetString()!) : [];
                if (forms.Count == 0) Fault($"subjects[{index}]: {item.GetRawText()} names nobody", "give a person, phone, address or account as a text, or leave it out");
                found.AddRange(forms);
            }
            return [.. found.Distinct(StringComparer.Ordinal)];
        }
    }
}

/// <summary>Times as a line of events may write them, and no others: what is guessed of a time may be hours off.</summary>
internal static class EventTimes
{
    private static readonly string[] _wallClock = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"];
    private static readonly string[] _stated = [.. _wallClock.SelectMany(format => new[] { format + "'Z'", format + "zzz" })];

    /// <param name="zone">Of a time without offset.</param>
    public static DateTimeOffset? Read(string? text, TimeZoneInfo? zone)
    {
        if (DateTimeOffset.TryParseExact(text, _stated, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var stated)) return stated.ToUniversalTime();
        if (!DateTime.TryParseExact(text, _wallClock, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)) return null;
        if (zone is null || zone.IsInvalidTime(read) || zone.IsAmbiguousTime(read)) return null;
        return new DateTimeOffset(read, zone.GetUtcOffset(read)).ToUniversalTime();
    }
}
