using System.Text;

namespace Homeward.Exchange.Tests.Alerts;

/// <summary>AMBER messages about invented people, marked Exercise.</summary>
internal static class CapGiven
{
    public const string Key = "amber@example.org,EX-1,2019-07-01T07:00:00-05:00";

    public static string Xml(
        string identifier = "EX-1", string sent = "2019-07-01T07:00:00-05:00", string status = "Exercise", string kind = "Alert", string? references = null,
        string? note = null, string? info = null) => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
          <identifier>{identifier}</identifier>
          <sender>amber@example.org</sender>
          <sent>{sent}</sent>
          <status>{status}</status>
          <msgType>{kind}</msgType>
          <scope>Public</scope>{(note is null ? "" : $"<note>{note}</note>")}{(references is null ? "" : $"<references>{references}</references>")}
          {info ?? Info() + Info("es-US")}
        </alert>
        """;

    public static string Info(string language = "en-US", string parameters = "") => $"""
        <info>
            <language>{language}</language>
            <category>Rescue</category>
            <event>Child Abduction Emergency</event>
            <urgency>Immediate</urgency>
            <severity>Severe</severity>
            <certainty>Likely</certainty>
            <eventCode><valueName>SAME</valueName><value>CAE</value></eventCode>
            <expires>2019-07-01T19:00:00-05:00</expires>
            <senderName>Exercise State Police</senderName>
            <headline>EXERCISE: AMBER alert for Marisol Quenneville</headline>
            <description>narrative withheld</description>
            {parameters}
            <resource><resourceDesc>Photograph</resourceDesc><mimeType>image/jpeg</mimeType><uri>https://example.org/photo</uri></resource>
            <area>
              <areaDesc>Jackson County, Missouri</areaDesc>
              <polygon>38.8,-94.6 39.2,-94.6 39.2,-94.1 38.8,-94.6</polygon>
              <geocode><valueName>SAME</valueName><value>029095</value></geocode>
              <geocode><valueName>UGC</valueName><value>MOC095</value></geocode>
            </area>
          </info>
        """;

    public static string Parameter(string name, string value) => $"<parameter><valueName>{name}</valueName><value>{value}</value></parameter>";

    public static byte[] Bytes(string xml) => Encoding.UTF8.GetBytes(xml);
}
