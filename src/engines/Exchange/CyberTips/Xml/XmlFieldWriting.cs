using System.Globalization;
using System.Xml;

namespace Homeward.Exchange.CyberTips.Xml;

/// <summary>Writing of the small types that recur all over the form.</summary>
internal static class XmlFieldWriting
{
    public static void Field(this XmlWriter xml, string name, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return;
        xml.WriteStartElement(name);
        xml.WriteString(XmlText.Clean(text));
        xml.WriteEndElement();
    }

    public static void Flag(this XmlWriter xml, string name, Stated flag)
    {
        if (flag != Stated.NotStated) xml.WriteElementString(name, flag == Stated.Yes ? "true" : "false");
    }

    public static void FlagAttribute(this XmlWriter xml, string name, Stated flag)
    {
        if (flag != Stated.NotStated) xml.WriteAttributeString(name, flag == Stated.Yes ? "true" : "false");
    }

    public static void Instant(this XmlWriter xml, string name, StatedInstant? instant)
    {
        if (instant is { } given) xml.WriteElementString(name, given.Text);
    }

    /// <summary>The first text of this kind and owner: the form has one place for it.</summary>
    public static void FirstText(this XmlWriter xml, CyberTipReport report, TextKind kind, int? owner, string name)
    {
        foreach (var text in report.Texts)
        {
            if (text.Kind != kind || text.Owner != owner) continue;
            xml.Field(name, text.Text);
            return;
        }
    }

    public static void Phone(this XmlWriter xml, string name, TipPhone? phone)
    {
        if (phone is null || string.IsNullOrWhiteSpace(phone.Number)) return;
        xml.WriteStartElement(name);
        xml.FlagAttribute("verified", phone.Verified);
        if (phone.CallingCode is { Length: >= 2 and <= 4 } code && code[0] == '+' && !code.AsSpan(1).ContainsAnyExceptInRange('0', '9'))
            xml.WriteAttributeString("countryCallingCode", code);
        xml.WriteString(XmlText.Clean(phone.Number));
        xml.WriteEndElement();
    }

    public static void Email(this XmlWriter xml, string name, TipEmail email)
    {
        if (string.IsNullOrWhiteSpace(email.Address)) return;
        xml.WriteStartElement(name);
        xml.FlagAttribute("verified", email.Verified);
        xml.WriteString(XmlText.Clean(email.Address));
        xml.WriteEndElement();
    }

    public static void Address(this XmlWriter xml, string name, TipAddress address)
    {
        xml.WriteStartElement(name);
        xml.Field("address", address.Street);
        xml.Field("city", address.City);
        xml.Field("zipCode", address.Zip);
        var isState = address.State is { } state && TipSchema.States.Contains(state);
        xml.Field(isState ? "state" : "nonUsaState", address.State);
        if (address.Country is { } country && TipSchema.Countries.Contains(country)) xml.Field("country", country);
        xml.WriteEndElement();
    }

    public static void Ip(this XmlWriter xml, TipIp ip)
    {
        xml.WriteStartElement("ipCaptureEvent");
        xml.WriteElementString("ipAddress", XmlText.Clean(ip.Address));
        xml.Event(ip.Event);
        xml.Instant("dateTime", ip.At);
        xml.Flag("possibleProxy", ip.Proxy);
        if (ip.Port is { } port) xml.WriteElementString("port", port.ToString(CultureInfo.InvariantCulture));
        xml.WriteEndElement();
    }

    public static void Device(this XmlWriter xml, TipDevice device)
    {
        xml.WriteStartElement("deviceId");
        xml.WriteElementString("idType", XmlText.Clean(device.IdType));
        xml.WriteElementString("idValue", XmlText.Clean(device.IdValue));
        xml.Event(device.Event);
        xml.Instant("dateTime", device.At);
        xml.WriteEndElement();
    }

    private static void Event(this XmlWriter xml, string? captured)
    {
        if (captured is not null) xml.WriteElementString("eventName", TipSchema.Events.Contains(captured) ? captured : "Other");
    }
}
