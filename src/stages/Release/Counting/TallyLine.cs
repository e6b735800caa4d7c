using System.Text.Encodings.Web;
using System.Text.Json;

namespace Homeward.Release.Counting;

/// <summary>The tally as one JSON object, keys and order as the contract has them (design, section 4).</summary>
/// <remarks>The caller adds <c>score</c> and <c>seconds</c>. null is "not reported"; the same figures give the same bytes.</remarks>
public static class TallyLine
{
    public static string Of(Tally tally) => Of(tally, _ => { });

    /// <param name="more">Writes what the caller adds, after <c>stillMissing</c> and before <c>invented</c> for a score, and so on.</param>
    public static string Of(Tally tally, Action<Utf8JsonWriter> more)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("initiative", tally.Initiative);
            json.WriteString("from", tally.From.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
            json.WriteString("to", tally.To.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
            json.WriteStartObject("children");
            Write(json, "total", tally.Value(Measures.Total));
            Write(json, "recovered", tally.Value(Measures.Recovered));
            Write(json, "identified", tally.Value(Measures.Identified));
            Write(json, "located", tally.Value(Measures.Located));
            Write(json, "viaReview", tally.Value(Measures.ViaReview));
            json.WriteEndObject();
            foreach (var measure in new[]
            {
                Measures.Traffickers, Measures.Operations, Measures.TaskForces, Measures.Agencies, Measures.AgenciesActed,
                Measures.Investigations, Measures.Adults,
            })
                Write(json, measure, tally.Value(measure));
            json.WriteStartArray("offices");
            foreach (var office in tally.Offices)
            {
                json.WriteStartObject();
                json.WriteString("office", office.WrittenAs);
                Write(json, "children", office.Children.Value);
                Write(json, "adults", office.Adults.Value);
                Write(json, "arrests", office.Arrests.Value);
                Write(json, "operations", office.Operations.Value);
                Write(json, "shared", office.Shared.Value);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            Write(json, "sought", tally.Value(Measures.Sought));
            Write(json, "stillMissing", tally.Value(Measures.StillMissing));
            json.WriteBoolean("invented", tally.Exercise);
            more(json);
            json.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void Write(Utf8JsonWriter json, string key, int? value)
    {
        if (value is { } count) json.WriteNumber(key, count);
        else json.WriteNull(key);
    }
}
