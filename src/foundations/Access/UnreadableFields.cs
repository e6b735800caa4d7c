using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Homeward.Kernel;

namespace Homeward.Foundations.Access;

/// <summary>Which fields of a request are not of the form that it asks for: all of them at once, each with what it may be.</summary>
/// <remarks>Reading ends at the first. So what was told is taken out, and the rest is read again.</remarks>
internal static partial class UnreadableFields
{
    private const int FaultsMax = 20;
    private const int QuotedMax = 60;

    /// <param name="fault">Why the body is not read.</param>
    public static Problem Of(Type request, JsonObject body, JsonException fault)
    {
        var (rest, faults) = (body.DeepClone().AsObject(), new List<FieldFault>());
        for (var next = fault; next?.Path is { } path && faults.Count < FaultsMax; next = Again(rest, request))
        {
            if (Take(rest, request, path) is not { } told) break;
            faults.Add(told);
        }
        return faults.Count == 0
            ? Problem.Invalid("request-unreadable", $"This cannot be read{(fault.Path is { Length: > 1 } at ? $" at {at}" : "")}.", "Correct the value there and send again.")
            : FieldFault.AsProblem("request-unreadable", faults, "Correct this and send again; nothing was stored.");
    }

    private static JsonException? Again(JsonObject rest, Type request)
    {
        try
        {
            rest.Deserialize(request, FormJson.Options);
            return null;
        }
        catch (JsonException fault)
        {
            return fault;
        }
    }

    /// <summary>Takes out what stands at a path.</summary>
    /// <param name="path">As the reader tells it: <c>$.child.born</c>, <c>$.agencies[2]</c>.</param>
    /// <returns>What is wrong with it; null where nothing stands there.</returns>
    private static FieldFault? Take(JsonNode rest, Type type, string path)
    {
        var (at, name, field) = (rest, "", "");
        var steps = Steps().Matches(path);
        for (var place = 0; place < steps.Count; place++)
        {
            var isLast = place == steps.Count - 1;
            if (steps[place].Groups["name"] is { Success: true, Value: var key })
            {
                if (at is not JsonObject fields || fields.FirstOrDefault(field => field.Value is not null && string.Equals(field.Key, key, StringComparison.OrdinalIgnoreCase)) is not { Value: { } value } found) return null;
                var property = type.GetProperty(key, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);
                (name, type) = (property?.Name ?? key, property?.PropertyType ?? typeof(object));
                field += (field.Length == 0 ? "" : ".") + JsonNamingPolicy.CamelCase.ConvertName(name);
                if (isLast) fields.Remove(found.Key);
                at = value;
            }
            else
            {
                var item = int.Parse(steps[place].Groups["place"].Value, CultureInfo.InvariantCulture);
                if (at is not JsonArray items || items.ElementAtOrDefault(item) is not { } value) return null;
                type = type.IsGenericType ? type.GetGenericArguments()[0] : type.GetElementType() ?? typeof(object);
                at = value;
                if (isLast) items.RemoveAt(item);
            }
        }
        return name.Length == 0 ? null : new FieldFault(field, $"{RequestCheck.Words(name)}: {Quoted(at)} is {Expected(type)}.");
    }

    private static string Quoted(JsonNode said)
    {
        var text = said is JsonValue value && value.TryGetValue(out string? words) ? words : said.ToJsonString();
        return $"\"{(text.Length > QuotedMax ? text[..QuotedMax] + "…" : text)}\"";
    }

    private static string Expected(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum) return $"none of {string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName))}";
        if (type == typeof(PartialDate)) return "no date; write 2004, 2004-05 or 2004-05-17, as far as it is known";
        if (type == typeof(DateOnly)) return "no day; write it as 2019-07-12";
        if (type == typeof(DateTimeOffset)) return "no date and time; write it as 2019-07-12T20:00-05:00";
        if (type == typeof(bool)) return "neither yes nor no";
        if (type == typeof(int) || type == typeof(long)) return "no whole number";
        return type == typeof(double) || type == typeof(decimal) ? "no number" : "not of the form that is asked for";
    }

    [GeneratedRegex(@"\.(?<name>\w+)|\['(?<name>[^']+)'\]|\[(?<place>\d+)\]")]
    private static partial Regex Steps();
}
