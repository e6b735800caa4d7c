using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Homeward.Kernel;

namespace Homeward.Exchange.CyberTips.Json;

/// <summary>Writes a report as the JSON that an agency downloads. Nothing of the record is left out.</summary>
/// <remarks>Collections are wrapped twice, as the original does it; what is not stated is not written.</remarks>
public static class CyberTipJsonWriter
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,   // a file, never part of a page
        SkipValidation = true,
    };

    /// <summary>The document as bytes, UTF-8 without mark.</summary>
    /// <param name="report">Its number is digits only.</param>
    public static byte[] Write(CyberTipReport report)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        Write(report, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <inheritdoc cref="Write(CyberTipReport)"/>
    public static void Write(CyberTipReport report, IBufferWriter<byte> buffer)
    {
        Ensure.That(long.TryParse(report.Number, NumberStyles.None, CultureInfo.InvariantCulture, out var number));
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        json.WriteNumber("reportId", number);
        if (report.ReceivedAt is { } received) json.WriteString("dateReceived", Instants.Iso(received));
        Ncmec(json, report.Ncmec);
        json.WriteStartObject("reportedInformation");
        Esp(json, report);
        Summary(json, report);
        JsonIncidentWriting.All(json, report);
        Police(json, report.ToldPolice);
        var persons = new JsonPersonWriting(json, report);
        persons.All(TipRole.Reported, "reportedPeople", "reportedPersons");
        persons.All(TipRole.Recipient, "intendedRecipients", "intendedRecipients");
        persons.All(TipRole.Victim, "victims", "victims");
        JsonFileWriting.All(json, report);
        json.Infos(report, TextKind.ReportInfo, null, "additionalInformations");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Ncmec(Utf8JsonWriter json, NcmecMarks? marks)
    {
        if (marks is null) return;
        json.WriteStartObject("ncmec");
        json.Text("disposition", marks.Disposition switch
        {
            NcmecDisposition.Referral => "referral",
            NcmecDisposition.Informational => "informational",
            _ => null,
        });
        if (marks.Priority is { } priority) json.WriteNumber("priority", priority);
        json.Text("bundle", marks.Bundle);
        json.Flag("urgent", marks.Urgent);
        json.WriteEndObject();
    }

    private static void Esp(Utf8JsonWriter json, CyberTipReport report)
    {
        json.WriteStartObject("reportingEsp");
        json.Text("espName", report.ProviderName);
        json.Text("firstName", report.Reporter?.Given);
        json.Text("lastName", report.Reporter?.Family);
        json.Wrapped("emails", report.Reporter?.Emails ?? []);
        foreach (var text in report.Texts)
        {
            if (text.Kind != TextKind.ProviderTerms) continue;
            json.Text("companyTemplate", text.Text);
            break;
        }
        json.WriteEndObject();
    }

    private static void Summary(Utf8JsonWriter json, CyberTipReport report)
    {
        if (report.IsBatched)
        {
            json.WriteStartObject("batchedReport");
            json.WriteString("reason", "VIRAL_POTENTIAL_MEME");
            json.WriteEndObject();
        }
        json.WriteStartObject("incidentSummary");
        json.Text("incidentType", report.IncidentType);
        json.Text("platform", report.Platform);
        json.Text("incidentDateTime", report.IncidentAt?.Text);
        if (!report.EscalationClaimed || !json.FirstText(report, TextKind.EscalationReason, null, "escalateToHighPriority"))
            json.WriteBoolean("escalateToHighPriority", report.EscalationClaimed);
        json.FirstText(report, TextKind.IncidentTime, null, "incidentDateTimeDescription");
        json.Wrapped("reportAnnotations", report.Annotations);
        json.WriteEndObject();
    }

    private static void Police(Utf8JsonWriter json, ToldPolice? police)
    {
        if (police is null) return;
        json.WriteStartObject("lawEnforcement");
        json.Text("agencyName", police.AgencyName);
        json.Text("caseNumber", police.CaseNumber);
        json.Flag("reportedToLe", police.Reported);
        json.WriteEndObject();
    }
}
