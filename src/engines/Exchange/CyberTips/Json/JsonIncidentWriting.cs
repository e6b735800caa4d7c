using System.Text.Json;

namespace Homeward.Exchange.CyberTips.Json;

/// <summary>Writes the incident details, a list for each variant.</summary>
internal static class JsonIncidentWriting
{
    public static void All(Utf8JsonWriter json, CyberTipReport report)
    {
        if (report.Incidents.Count == 0) return;
        json.WriteStartObject("incidentDetails");
        foreach (var (kind, key) in JsonIncidentMapping.Keys)
        {
            var open = false;
            for (var i = 0; i < report.Incidents.Count; i++)
            {
                if (report.Incidents[i].Kind != kind) continue;
                if (!open) json.WriteStartArray(key);
                open = true;
                Incident(json, report, i);
            }
            if (open) json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void Incident(Utf8JsonWriter json, CyberTipReport report, int index)
    {
        var incident = report.Incidents[index];
        json.WriteStartObject();
        json.Text("name", incident.Name);
        json.Text("room", incident.Room);
        json.Captures(JsonFields.UrlCapture, incident.Urls, incident.Ips, []);
        json.Wrapped("emails", incident.Emails, JsonFieldWriting.Email);
        if (incident.Phone is { } phone)
        {
            json.WriteStartObject("phone");
            JsonFieldWriting.Phone(json, phone);
            json.WriteEndObject();
        }
        if (incident.Latitude is { } latitude) json.WriteNumber("latitude", latitude);
        if (incident.Longitude is { } longitude) json.WriteNumber("longitude", longitude);
        json.Wrapped("addresses", incident.Addresses, JsonFieldWriting.Address);
        json.Infos(report, TextKind.IncidentContent, index, "contents");
        json.Infos(report, TextKind.IncidentInfo, index, "additionalInformations");
        json.WriteEndObject();
    }
}
