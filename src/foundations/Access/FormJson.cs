using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Homeward.Foundations.Work;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Homeward.Foundations.Access;

/// <summary>A form's fields as the JSON that the API takes: one request record serves both.</summary>
/// <remarks><c>child.given</c> becomes an inner object; a name that ends in <c>[]</c> becomes a list; an empty field is absent.</remarks>
internal static class FormJson
{
    public static JsonSerializerOptions Options { get; } = new(WorkItem.Json)
    {
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        Converters = { new FormBool(), new AnyGuid() },
    };

    /// <summary>Names the zone (IANA) in which the form's times without an offset are meant: a person reads a wall clock, not an offset.</summary>
    public const string ZoneField = "__zone";

    public static JsonObject Read(IFormCollection form)
    {
        var body = new JsonObject();
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(form[ZoneField].FirstOrDefault() ?? "", out var named) ? named : null;
        foreach (var (key, value) in form)
            if (!key.StartsWith("__", StringComparison.Ordinal)) Put(body, key, zone is null ? value : new([.. value.Select(one => InZone(one, zone))]));
        return body;
    }

    /// <summary>What a field for date and time sends, <c>2019-07-12T20:00</c>, gets the offset of its zone on that day; all else stays.</summary>
    private static string? InZone(string? value, TimeZoneInfo zone) =>
        DateTime.TryParseExact(value, _wallClock, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? new DateTimeOffset(local, zone.GetUtcOffset(local)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture)
            : value;

    private static readonly string[] _wallClock = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    public static void Put(JsonObject body, string key, StringValues values)
    {
        var isList = key.EndsWith("[]", StringComparison.Ordinal);
        var path = (isList ? key[..^2] : key).Split('.');
        var filled = values.Where(value => !string.IsNullOrEmpty(value)).ToList();
        if (filled.Count == 0) return;
        var at = body;
        foreach (var step in path[..^1]) at = at[step] as JsonObject ?? Add(at, step);
        at[path[^1]] = isList ? new JsonArray([.. filled.Select(value => (JsonNode?)value)]) : filled[^1];
    }

    /// <summary>A choice that must be made and was left out; null when none is.</summary>
    /// <remarks>Else the first choice of the type would be taken as made: a judgement that nobody gave.</remarks>
    public static FieldFault? MissingChoice(Type request, JsonObject body)
    {
        foreach (var parameter in request.GetConstructors().MaxBy(one => one.GetParameters().Length)?.GetParameters() ?? [])
        {
            if (!parameter.ParameterType.IsEnum || parameter.HasDefaultValue) continue;
            if (!body.Any(field => string.Equals(field.Key, parameter.Name, StringComparison.OrdinalIgnoreCase) && field.Value is not null))
                return new FieldFault(JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!), $"The {RequestCheck.Words(parameter.Name!)} field is required.");
        }
        return null;
    }

    /// <summary>The fields whose words are shown to nobody, as a form names them.</summary>
    public static HashSet<string> Passwords(Type request) =>
        [.. from parameter in request.GetConstructors().SelectMany(one => one.GetParameters())
            where parameter.GetCustomAttribute<DataTypeAttribute>()?.DataType == DataType.Password
            select JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!)];

    private static JsonObject Add(JsonObject at, string step)
    {
        var inner = new JsonObject();
        at[step] = inner;
        return inner;
    }

    /// <summary>An id as addresses and pages carry it, 32 hex digits, and as JSON writes it, with hyphens: both are the same id.</summary>
    private sealed class AnyGuid : JsonConverter<Guid>
    {
        public override Guid Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && reader.GetString() is { } text && (Guid.TryParseExact(text, "N", out var id) || Guid.TryParseExact(text, "D", out id))
                ? id
                : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, Guid value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }

    /// <summary>A ticked box says "on" or "true".</summary>
    private sealed class FormBool : JsonConverter<bool>
    {
        public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType switch
            {
                JsonTokenType.True => true,
                JsonTokenType.False => false,
                JsonTokenType.String => reader.GetString() switch
                {
                    "on" or "true" or "yes" => true,
                    "false" or "no" => false,
                    _ => throw new JsonException(),
                },
                _ => throw new JsonException(),
            };

        public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => writer.WriteBooleanValue(value);
    }
}
