using System.Globalization;
using System.Xml;

namespace Homeward.Exchange.CyberTips.Xml;

/// <summary>Writes one <c>internetDetails</c> with its one variant.</summary>
internal static class XmlIncidentWriting
{
    public static void Incident(XmlWriter xml, CyberTipReport report, int index)
    {
        var incident = report.Incidents[index];
        xml.WriteStartElement("internetDetails");
        xml.WriteStartElement(Variant(incident.Kind));
        switch (incident.Kind)
        {
            case IncidentKind.WebPage:
                foreach (var url in incident.Urls) xml.Field("url", url);
                break;
            case IncidentKind.Email:
                foreach (var email in incident.Emails) xml.Email("emailAddress", email);
                xml.FirstText(report, TextKind.IncidentContent, index, "content");
                break;
            case IncidentKind.Newsgroup:
                xml.Field("name", incident.Name);
                foreach (var email in incident.Emails) xml.Email("emailAddress", email);
                xml.FirstText(report, TextKind.IncidentContent, index, "content");
                break;
            case IncidentKind.Chat:
                xml.Field("chatClient", incident.Name);
                xml.Field("chatRoomName", incident.Room);
                xml.FirstText(report, TextKind.IncidentContent, index, "content");
                break;
            case IncidentKind.Gaming:
                xml.Field("gameName", incident.Name);
                xml.Field("console", incident.Room);
                xml.FirstText(report, TextKind.IncidentContent, index, "content");
                break;
            case IncidentKind.CellPhone:
                xml.Phone("phoneNumber", incident.Phone);
                Degrees(xml, "latitude", incident.Latitude);
                Degrees(xml, "longitude", incident.Longitude);
                break;
            case IncidentKind.OffLine:
                xml.Field("locationName", incident.Name);
                foreach (var address in incident.Addresses) xml.Address("incidentAddress", address);
                break;
            case IncidentKind.FileSharing:
                xml.Field("client", incident.Name);
                foreach (var ip in incident.Ips) xml.Ip(ip);
                xml.FirstText(report, TextKind.IncidentContent, index, "fileNames");
                break;
        }
        xml.FirstText(report, TextKind.IncidentInfo, index, "additionalInfo");
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static string Variant(IncidentKind kind) => kind switch
    {
        IncidentKind.WebPage => "webPageIncident",
        IncidentKind.Email => "emailIncident",
        IncidentKind.Newsgroup => "newsgroupIncident",
        IncidentKind.Chat => "chatImIncident",
        IncidentKind.Gaming => "onlineGamingIncident",
        IncidentKind.CellPhone => "cellPhoneIncident",
        IncidentKind.OffLine => "nonInternetIncident",
        IncidentKind.FileSharing => "peer2peerIncident",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static void Degrees(XmlWriter xml, string name, double? degrees)
    {
        if (degrees is { } given) xml.WriteElementString(name, given.ToString("R", CultureInfo.InvariantCulture));
    }
}
