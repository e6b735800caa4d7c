using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Homeward.Foundations.Places;
using Homeward.Scenario.World.Field;

namespace Homeward.Scenario.World;

/// <summary>The wire to a world: one JSON object a line asked, one a line answered.</summary>
/// <remarks>
/// <c>begin</c>, <c>until</c>, <c>ran</c>, <c>score</c>, <c>end</c>. What cannot be done is answered with
/// <c>{"error":"…"}</c> (<c>"faults"</c> beside it for a bad initiative), and the world goes on.
/// </remarks>
public static class WorldProcess
{
    private static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new InstantJson() },
        RespectRequiredConstructorParameters = false,
    };

    /// <summary>Answers until <c>end</c>, or until nobody asks any more.</summary>
    /// <exception cref="IOException">The other end is gone.</exception>
    public static async Task RunAsync(TextReader asked, TextWriter answers, CancellationToken cancel)
    {
        WorldSession? session = null;
        while (await asked.ReadLineAsync(cancel) is { } line)
        {
            if (line.Length == 0) continue;
            var isEnd = false;
            string answer;
            try
            {
                using var question = JsonDocument.Parse(line);
                answer = Answer(question.RootElement, ref session, out isEnd);
            }
            catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
            {
                answer = Refused(fault.Message);
            }
            if (isEnd) return;
            await answers.WriteLineAsync(answer.AsMemory(), cancel);
            await answers.FlushAsync(cancel);
        }
    }

    private static string Answer(JsonElement question, ref WorldSession? session, out bool isEnd)
    {
        var what = question.GetProperty("do").GetString();
        isEnd = what == "end";
        if (isEnd) return "";
        if (what == "begin") return Begin(question, ref session);
        if (session is null) return Refused("no world yet: begin first");
        return what switch
        {
            "until" => JsonSerializer.Serialize(new { sends = session.Until(question.GetProperty("at").GetDateTimeOffset()) }, Wire),
            "ran" => JsonSerializer.Serialize(new { answers = session.Ran(Read<OperationRun>(question, "operation")) }, Wire),
            "score" => JsonSerializer.Serialize(new { score = session.Score(Read<HouseDecisions>(question, "house")) }, Wire),
            _ => Refused($"\"{what}\": begin, until, ran, score or end"),
        };
    }

    private static string Begin(JsonElement question, ref WorldSession? session)
    {
        var document = JsonSerializer.SerializeToUtf8Bytes(question.GetProperty("initiative"));
        var seed = question.TryGetProperty("seed", out var given) ? given.GetInt64() : 1;
        var scale = question.TryGetProperty("scale", out var size) ? size.GetDouble() : 1;
        var faults = WorldSession.Begin(document, seed, scale, Gazetteer.Default, out session);
        if (session is null)
            return JsonSerializer.Serialize(new { error = "the initiative has faults", faults = faults.Select(fault => fault.ToString()) }, Wire);
        return JsonSerializer.Serialize(new { manifest = JsonNode.Parse(session.ManifestJson), sends = session.FirstSends }, Wire);
    }

    private static T Read<T>(JsonElement question, string key) where T : class =>
        question.GetProperty(key).Deserialize<T>(Wire) ?? throw new JsonException($"\"{key}\" is null");

    private static string Refused(string why) => JsonSerializer.Serialize(new { error = why }, Wire);

    /// <summary>Instants travel as ISO 8601 in UTC with Z.</summary>
    private sealed class InstantJson : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDateTimeOffset().ToUniversalTime();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Kernel.Instants.Iso(value));
    }
}
