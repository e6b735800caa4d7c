using System.Text.Json;
using Homeward.Exchange.Missing;
using Homeward.Kernel;

namespace Homeward.Exchange.Lines;

/// <summary>Reading and writing of what recurs in the raw folder's lines: persons, places, words, instants.</summary>
internal static class JsonLineWriting
{
    /// <summary>Null is written: who reads the line by eye sees what was not stated.</summary>
    public static void Text(this Utf8JsonWriter json, string key, string? text)
    {
        if (text is null) json.WriteNull(key);
        else json.WriteString(key, text);
    }

    public static void Instant(this Utf8JsonWriter json, string key, DateTimeOffset? at) =>
        json.Text(key, at is { } given ? Instants.Iso(given) : null);

    public static void Date(this Utf8JsonWriter json, string key, PartialDate date) =>
        json.Text(key, date.IsUnknown ? null : date.ToString());

    public static void Whole(this Utf8JsonWriter json, string key, int? number)
    {
        if (number is { } given) json.WriteNumber(key, given);
        else json.WriteNull(key);
    }

    public static void Flag(this Utf8JsonWriter json, string key, Stated flag)
    {
        if (flag == Stated.NotStated) json.WriteNull(key);
        else json.WriteBoolean(key, flag == Stated.Yes);
    }

    public static void Word<T>(this Utf8JsonWriter json, string key, T? value) where T : struct, Enum =>
        json.Text(key, value is { } given ? Words<T>.Of(given) : null);

    public static void Texts(this Utf8JsonWriter json, string key, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(key);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    public static void Objects<T>(this Utf8JsonWriter json, string key, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> members)
    {
        json.WriteStartArray(key);
        foreach (var item in items)
        {
            json.WriteStartObject();
            members(json, item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static void ScreenNames(this Utf8JsonWriter json, IReadOnlyList<ServiceName> names) =>
        json.Objects("screenNames", names, static (json, name) =>
        {
            json.Text("service", name.Service);
            json.WriteString("name", name.Name);
        });

    public static ServiceName ScreenName(JsonRow row) => new(row.Text("service"), row.Required("name"));

    public static void Person(this Utf8JsonWriter json, string key, StatedPerson? person)
    {
        if (person is null)
        {
            json.WriteNull(key);
            return;
        }
        json.WriteStartObject(key);
        json.Text("given", person.Given);
        json.Text("middle", person.Middle);
        json.Text("family", person.Family);
        json.Objects("aliases", person.Aliases, static (json, alias) =>
        {
            json.Text("given", alias.Given);
            json.Text("family", alias.Family);
        });
        json.Date("born", person.Born);
        json.Whole("age", person.Age);
        json.Text("sex", person.Sex);
        json.Texts("phones", person.Phones);
        json.Texts("emails", person.Emails);
        json.ScreenNames(person.ScreenNames);
        json.WriteEndObject();
    }

    public static StatedPerson? Person(this JsonRow row, string key) => row.Object(key) is not { } person ? null : new()
    {
        Given = person.Text("given"),
        Middle = person.Text("middle"),
        Family = person.Text("family"),
        Aliases = person.Objects("aliases", static alias => new Alias(alias.Text("given"), alias.Text("family"))),
        Born = person.PartialDate("born"),
        Age = person.Whole("age", 0, 150),
        Sex = person.Sex("sex"),
        Phones = person.Texts("phones"),
        Emails = person.Texts("emails"),
        ScreenNames = person.Objects("screenNames", ScreenName),
    };

    public static void Place(this Utf8JsonWriter json, string key, StatedPlace? place)
    {
        if (place is null)
        {
            json.WriteNull(key);
            return;
        }
        json.WriteStartObject(key);
        json.Text("street", place.Street);
        json.Text("city", place.City);
        json.Text("state", place.State);
        json.Text("zip", place.Zip);
        json.Text("countyFips", place.CountyFips);
        Degrees(json, "lat", place.Lat);
        Degrees(json, "lon", place.Lon);
        json.WriteEndObject();
    }

    public static StatedPlace? Place(this JsonRow row, string key) => row.Object(key) is not { } place ? null : new(
        place.Text("street"), place.Text("city"), place.Text("state"), place.Text("zip"), place.Fips("countyFips"),
        place.Degrees("lat", 90), place.Degrees("lon", 180));

    private static void Degrees(Utf8JsonWriter json, string key, double? degrees)
    {
        if (degrees is { } given) json.WriteNumber(key, given);
        else json.WriteNull(key);
    }
}
