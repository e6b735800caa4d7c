using System.Text;
using System.Xml;
using Homeward.Kernel;

namespace Homeward.Exchange.CyberTips.Xml;

/// <summary>Writes a report as the provider's XML, valid by the schema.</summary>
/// <remarks>
/// The form has no room for: the number, NCMEC's marks, the files, the time of receipt, preferred and middle names
/// (the latter but for associated accounts), sex, physical description, a birth date known in part, a bare claim of
/// urgency without reason. They are left out. A code that is not on the form's list is left out too, but a state, which
/// is then written as a region elsewhere, and a capture event, which becomes <c>Other</c>.
/// </remarks>
public static class CyberTipXmlWriter
{
    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        NewLineHandling = NewLineHandling.Entitize,   // a carriage return inside a text survives the reader
        CheckCharacters = false,                      // XmlText has seen to it
    };

    /// <summary>The document as bytes, UTF-8 without mark.</summary>
    /// <param name="report">
    /// Its incident type is one of <see cref="IncidentTypes.All"/> and its incident time is given: the form requires both.
    /// </param>
    public static byte[] Write(CyberTipReport report)
    {
        using var stream = new MemoryStream(4096);
        Write(report, stream);
        return stream.ToArray();
    }

    /// <inheritdoc cref="Write(CyberTipReport)"/>
    public static void Write(CyberTipReport report, Stream stream)
    {
        Ensure.That(report.IncidentType is not null && IncidentTypes.All.Contains(report.IncidentType));
        Ensure.That(report.IncidentAt is not null);

        using var xml = XmlWriter.Create(stream, Settings);
        xml.WriteStartDocument();
        xml.WriteStartElement("report");
        if (report.IsBatched)
        {
            xml.WriteStartElement("batchedReport");
            xml.WriteAttributeString("reason", "VIRAL_POTENTIAL_MEME");
            xml.WriteEndElement();
        }
        Summary(xml, report);
        for (var i = 0; i < report.Incidents.Count; i++) XmlIncidentWriting.Incident(xml, report, i);
        if (report.ToldPolice is { AgencyName: not null } police)
        {
            xml.WriteStartElement("lawEnforcement");
            xml.Field("agencyName", police.AgencyName);
            xml.Field("caseNumber", police.CaseNumber);
            xml.Flag("reportedToLe", police.Reported);
            xml.WriteEndElement();
        }
        Reporter(xml, report);
        var persons = new XmlPersonWriting(xml, report);
        persons.All(TipRole.Reported, "personOrUserReported", "personOrUserReportedPerson");
        persons.All(TipRole.Recipient, "intendedRecipient", "intendedRecipientPerson");
        persons.All(TipRole.Victim, "victim", "victimPerson");
        xml.FirstText(report, TextKind.ReportInfo, null, "additionalInfo");
        xml.WriteEndElement();
    }

    private static void Summary(XmlWriter xml, CyberTipReport report)
    {
        xml.WriteStartElement("incidentSummary");
        xml.Field("incidentType", report.IncidentType);
        xml.Field("platform", report.Platform ?? report.ProviderName);
        if (report.EscalationClaimed) xml.FirstText(report, TextKind.EscalationReason, null, "escalateToHighPriority");
        if (report.Annotations.Count > 0)
        {
            xml.WriteStartElement("reportAnnotations");
            foreach (var annotation in report.Annotations) xml.WriteElementString(annotation, null);
            xml.WriteEndElement();
        }
        xml.Instant("incidentDateTime", report.IncidentAt);
        xml.FirstText(report, TextKind.IncidentTime, null, "incidentDateTimeDescription");
        xml.WriteEndElement();
    }

    private static void Reporter(XmlWriter xml, CyberTipReport report)
    {
        xml.WriteStartElement("reporter");
        xml.WriteStartElement("reportingPerson");
        if (report.Reporter is { } reporter)
        {
            xml.Field("firstName", reporter.Given);
            xml.Field("lastName", reporter.Family);
            foreach (var email in reporter.Emails) xml.Field("email", email);
        }
        xml.WriteEndElement();
        xml.FirstText(report, TextKind.ProviderTerms, null, "companyTemplate");
        xml.WriteEndElement();
    }
}
