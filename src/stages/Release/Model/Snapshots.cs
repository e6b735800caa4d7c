using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Homeward.Release.Counting;

namespace Homeward.Release.Model;

/// <summary>Writes a tally as the canonical document of a snapshot: figures, rule versions and records, in one order.</summary>
internal static class Snapshots
{
    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] DocumentOf(Tally tally)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, _options))
        {
            json.WriteStartObject();
            json.WriteString("asOf", Kernel.Instants.Iso(tally.AsOf));
            json.WritePropertyName("tally");
            json.WriteRawValue(TallyLine.Of(tally));
            json.WriteStartObject("cutOff");
            json.WriteString("rule", tally.CutOff.Name);
            json.WriteNumber("hours", tally.CutOff.Value);
            json.WriteEndObject();
            json.WriteStartArray("figures");
            foreach (var figure in tally.Nation.Values.OrderBy(figure => figure.Measure, StringComparer.Ordinal)) Write(json, figure);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }

    public static string HashOf(byte[] document) => Convert.ToHexStringLower(SHA256.HashData(document));

    private static void Write(Utf8JsonWriter json, Figure figure)
    {
        json.WriteStartObject();
        json.WriteString("measure", figure.Measure);
        if (figure.Value is { } value) json.WriteNumber("value", value);
        else json.WriteNull("value");
        json.WriteString("rule", figure.Rule.Name);
        json.WriteNumber("version", figure.Rule.Value);
        json.WriteStartArray("behind");
        foreach (var item in figure.Behind.OrderBy(item => item.Subject, StringComparer.Ordinal).ThenBy(item => string.Join(',', item.Records), StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("subject", item.Subject);
            json.WriteString("office", item.Office);
            json.WriteStartArray("records");
            foreach (var record in item.Records) json.WriteStringValue(record);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
