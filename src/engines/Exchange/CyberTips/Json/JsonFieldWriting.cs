using System.Text.Json;

namespace Homeward.Exchange.CyberTips.Json;

/// <summary>Writing of the small types that recur in the agency's JSON.</summary>
internal static class JsonFieldWriting
{
    public static void Text(this Utf8JsonWriter json, string key, string? text)
    {
        if (!string.IsNullOrWhiteSpace(text)) json.WriteString(key, text);
    }

    public static void Flag(this Utf8JsonWriter json, string key, Stated flag)
    {
        if (flag != Stated.NotStated) json.WriteBoolean(key, flag == Stated.Yes);
    }

    public static void OpenWrapped(this Utf8JsonWriter json, string outer, string inner)
    {
        json.WriteStartObject(outer);
        json.WriteStartArray(inner);
    }

    public static void CloseWrapped(this Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary><c>"emails":{"emails":[{"value":…}]}</c>.</summary>
    public static void Wrapped(this Utf8JsonWriter json, string key, IReadOnlyList<string> values)
    {
        if (values.Count == 0) return;
        json.OpenWrapped(key, key);
        foreach (var value in values) json.Valued(value);
        json.CloseWrapped();
    }

    public static void Wrapped<T>(
        this Utf8JsonWriter json, string key, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> members)
    {
        if (items.Count == 0) return;
        json.OpenWrapped(key, key);
        foreach (var item in items)
        {
            json.WriteStartObject();
            members(json, item);
            json.WriteEndObject();
        }
        json.CloseWrapped();
    }

    public static void Valued(this Utf8JsonWriter json, string value)
    {
        json.WriteStartObject();
        json.WriteString("value", value);
        json.WriteEndObject();
    }

    /// <returns>False when there is no such text.</returns>
    public static bool FirstText(this Utf8JsonWriter json, CyberTipReport report, TextKind kind, int? owner, string key)
    {
        foreach (var text in report.Texts)
        {
            if (text.Kind != kind || text.Owner != owner) continue;
            json.Text(key, text.Text);
            return true;
        }
        return false;
    }

    /// <summary>All texts of this kind and owner, <c>[{"value":…}]</c>.</summary>
    public static void Infos(this Utf8JsonWriter json, CyberTipReport report, TextKind kind, int? owner, string key)
    {
        var open = false;
        foreach (var text in report.Texts)
        {
            if (text.Kind != kind || text.Owner != owner) continue;
            if (!open) json.WriteStartArray(key);
            open = true;
            json.Valued(text.Text);
        }
        if (open) json.WriteEndArray();
    }

    public static void Phone(Utf8JsonWriter json, TipPhone phone)
    {
        json.WriteString("value", phone.Number);
        json.Text("countryCallingCode", phone.CallingCode);
        json.Flag("verified", phone.Verified);
    }

    public static void Email(Utf8JsonWriter json, TipEmail email)
    {
        json.WriteString("value", email.Address);
        json.Flag("verified", email.Verified);
    }

    public static void Address(Utf8JsonWriter json, TipAddress address)
    {
        json.Text("street1", address.Street);
        json.Text("city", address.City);
        json.Text("state", address.State);
        json.Text("postalCode", address.Zip);
        json.Text("country", address.Country);
    }

    public static void Captures(this Utf8JsonWriter json, string? urlType, IReadOnlyList<string> urls,
        IReadOnlyList<TipIp> ips, IReadOnlyList<TipDevice> devices)
    {
        if (urls.Count + ips.Count + devices.Count == 0) return;
        json.OpenWrapped("sourceInformation", "sourceCaptures");
        foreach (var url in urls)
        {
            json.WriteStartObject();
            json.WriteString("captureType", urlType);
            json.WriteString("value", url);
            json.WriteEndObject();
        }
        foreach (var ip in ips)
        {
            json.WriteStartObject();
            json.WriteString("captureType", JsonFields.IpCapture);
            json.WriteString("value", ip.Address);
            json.Seen(ip.At, ip.Event);
            if (ip.Port is { } port) json.WriteNumber("port", port);
            json.Flag("possibleProxy", ip.Proxy);
            json.WriteEndObject();
        }
        foreach (var device in devices)
        {
            json.WriteStartObject();
            json.WriteString("captureType", device.IdType);
            json.WriteString("value", device.IdValue);
            json.Seen(device.At, device.Event);
            json.WriteEndObject();
        }
        json.CloseWrapped();
    }

    private static void Seen(this Utf8JsonWriter json, StatedInstant? at, string? captured)
    {
        json.Text("dateTime", at?.Text);
        json.Text("eventName", captured);
    }
}
