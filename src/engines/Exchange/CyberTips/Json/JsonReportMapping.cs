using Homeward.Kernel;

namespace Homeward.Exchange.CyberTips.Json;

/// <summary>From the agency's JSON to the record.</summary>
internal sealed class JsonReportMapping(JsonAt root)
{
    private const int NumberDigitsMax = 18;
    private readonly TipBuilder _tip = new();

    public CyberTipReport Report()
    {
        var number = Number(root["reportId"]);
        var receivedAt = Instant(root["dateReceived"])?.At;
        var info = root["reportedInformation"];
        var esp = info["reportingEsp"];
        var providerName = Value(esp["espName"]);
        var summary = info["incidentSummary"];
        var platform = Value(summary["platform"]);
        var incidentType = Value(summary["incidentType"]);
        var incidentAt = Instant(summary["incidentDateTime"]);
        Text(TextKind.IncidentTime, summary["incidentDateTimeDescription"]);
        var escalates = Escalates(summary["escalateToHighPriority"]);
        var annotations = Texts(summary.Wrapped("reportAnnotations"));

        new JsonIncidentMapping(_tip).All(info["incidentDetails"]);
        var persons = new JsonPersonMapping(_tip, platform ?? providerName);
        foreach (var person in info["reportedPeople"]["reportedPersons"].Items()) persons.Person(person, TipRole.Reported);
        foreach (var person in info.Wrapped("intendedRecipients")) persons.Person(person, TipRole.Recipient);
        foreach (var person in info.Wrapped("victims")) persons.Person(person, TipRole.Victim);
        var files = new JsonFileMapping(_tip);
        foreach (var file in info.Wrapped("uploadedFiles")) files.File(file);
        var ncmec = new JsonNcmecMapping(_tip);
        foreach (var text in info["additionalInformations"].Items()) Text(TextKind.ReportInfo, text["value"]);
        Text(TextKind.ProviderTerms, esp["companyTemplate"]);
        Text(TextKind.AnalystNote, root["additionalInformation"]["summary"]);
        foreach (var note in root["additionalInformation"].Wrapped("notes")) Text(TextKind.AnalystNote, note["value"]);

        return new CyberTipReport
        {
            Form = ReportForm.AgencyJson,
            Number = number,
            ProviderName = providerName ?? platform,
            Platform = platform,
            IncidentType = incidentType,
            IncidentAt = incidentAt,
            ReceivedAt = receivedAt,
            EscalationClaimed = escalates,
            Annotations = annotations,
            IsBatched = Value(info["batchedReport"]["reason"]) is not null,
            Ncmec = Ncmec(root["ncmec"], root["additionalInformation"]),
            Lookups = ncmec.Lookups(root["automatedInformation"]),
            Handovers = ncmec.Handovers(root["lawEnforcementContact"]),
            Reporter = Reporter(esp),
            ToldPolice = Police(info["lawEnforcement"]),
            Persons = _tip.Persons,
            Incidents = _tip.Incidents,
            Files = _tip.Files,
            Texts = _tip.Texts,
            Identifiers = _tip.Identifiers,
            Values = _tip.Values,
            Remarks = _tip.Remarks,
        };
    }

    private string Number(JsonAt at)
    {
        var number = Value(at);
        if (number is { Length: <= NumberDigitsMax } && !number.AsSpan().ContainsAnyExceptInRange('0', '9')) return number;
        at.Fault("no report number", "give the CyberTipline number, digits only");
        return "";
    }

    private bool Escalates(JsonAt at)
    {
        if (!at.IsStated) return false;
        if (!at.IsText) return Flag(at) == Stated.Yes;
        Text(TextKind.EscalationReason, at);
        return Readings.OrNull(at.Text()) is not null;
    }

    private NcmecMarks? Ncmec(JsonAt at, JsonAt analyst)
    {
        if (!at.IsStated && !analyst.IsStated) return null;
        var said = at["disposition"];
        NcmecDisposition? disposition = null;
        switch (Value(said))
        {
            case null: break;
            case "referral": disposition = NcmecDisposition.Referral; break;
            case "informational": disposition = NcmecDisposition.Informational; break;
            default: said.Fault("no such disposition", "give \"referral\", \"informational\" or null"); break;
        }
        var priority = at["priority"];
        return new NcmecMarks(disposition, _tip.Whole(priority.Path, priority.Text(), 1, 3), Value(at["bundle"]), Flag(at["urgent"]))
        {
            IncidentType = Value(analyst["incidentType"]), RelatedReports = Texts(analyst.Wrapped("relatedReports")),
        };
    }

    private ReportingContact? Reporter(JsonAt esp)
    {
        var (given, family) = (Value(esp["firstName"]), Value(esp["lastName"]));
        List<string>? emails = null;
        foreach (var email in esp.Wrapped("emails")) Gather.Add(ref emails, Value(email["value"]));
        return given is null && family is null && emails is null ? null : new(given, family, emails.OrNone());
    }

    private ToldPolice? Police(JsonAt at) => at.IsStated
        ? new(Value(at["agencyName"]), Value(at["caseNumber"]), Flag(at["reportedToLe"]))
        : null;

    private IReadOnlyList<string> Texts(IEnumerable<JsonAt> items)
    {
        List<string>? texts = null;
        foreach (var item in items) Gather.Add(ref texts, Value(item["value"]));
        return texts.OrNone();
    }

    private string? Value(JsonAt at) => _tip.Value(at.Path, at.Text());
    private Stated Flag(JsonAt at) => _tip.Flag(at.Path, at.Flag());
    private StatedInstant? Instant(JsonAt at) => _tip.Instant(at.Path, at.Text());
    private void Text(TextKind kind, JsonAt at) => _tip.Text(kind, at.Path, at.Text());
}
