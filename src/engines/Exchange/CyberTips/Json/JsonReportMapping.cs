using System.Text.Json;

namespace Homeward.Exchange.CyberTips.Json;

/// <summary>From the agency's JSON to the record.</summary>
internal sealed class JsonReportMapping
{
    private const int NumberDigitsMax = 18;
    private readonly TipBuilder _tip = new();
    private readonly JsonFields _fields;
    private readonly JsonAt _root;

    public JsonReportMapping(JsonElement root) => (_fields, _root) = (new JsonFields(_tip), new JsonAt(root, "", _tip));

    /// <summary>Why it cannot be a report: without its number nobody could tell a repeat from a new one. Null when it is one.</summary>
    public Rejection? WhyNone()
    {
        if (_root.IsArray) return new(0, 0, "", "several reports in one file, or a list of something else", "drop each report as a file of its own; the command takes a file of one report a line (.jsonl)");
        if (!_root.IsObject) return new(0, 0, "", "no report: a single value and no object", "drop the report as it was downloaded, whole");
        var number = _root["reportId"];
        if (!number.IsStated || number.Text() is { Length: 0 }) return new(0, 0, number.Path, "no report number", "give the CyberTipline number, digits only");
        if (!IsNumber(number.Text())) return new(0, 0, number.Path, $"the report number is not one of 1 to {NumberDigitsMax} digits and nothing else", "give the CyberTipline number, digits only");
        return _root["reportedInformation"] is { IsStated: true, IsObject: false } info ? new(0, 0, info.Path, "not an object", "send an object or null") : null;
    }

    public CyberTipReport Report()
    {
        var number = Value(_root["reportId"])!;
        var receivedAt = _tip.Received(_root["dateReceived"].Path, _root["dateReceived"].Text())?.At;
        var info = _root["reportedInformation"];
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
        var persons = new JsonPersonMapping(_tip, platform ?? providerName, providerName ?? platform);
        foreach (var person in info["reportedPeople"]["reportedPersons"].Items()) persons.Person(person, TipRole.Reported);
        foreach (var person in info.Wrapped("intendedRecipients")) persons.Person(person, TipRole.Recipient);
        foreach (var person in info.Wrapped("victims")) persons.Person(person, TipRole.Victim);
        var files = new JsonFileMapping(_tip);
        foreach (var file in info.Wrapped("uploadedFiles")) files.File(file);
        var ncmec = new JsonNcmecMapping(_tip);
        foreach (var text in info["additionalInformations"].Items()) Text(TextKind.ReportInfo, text.Said);
        Text(TextKind.ProviderTerms, esp["companyTemplate"]);
        Text(TextKind.ProviderTerms, esp["termsOfService"]);
        Text(TextKind.AnalystNote, _root["additionalInformation"]["summary"]);
        foreach (var note in _root["additionalInformation"].Wrapped("notes")) Text(TextKind.AnalystNote, note.Said);

        return new CyberTipReport
        {
            Form = ReportForm.AgencyJson,
            Number = number,
            ProviderName = providerName ?? platform,
            Platform = platform,
            IncidentType = incidentType,
            IncidentAt = incidentAt,
            ReceivedAt = receivedAt,
            EscalationClaimed = escalates == Stated.Yes,
            EscalationDenied = escalates == Stated.No,
            Annotations = annotations,
            IsBatched = Value(info["batchedReport"]["reason"]) is not null,
            Ncmec = Ncmec(_root["ncmec"], _root["additionalInformation"]),
            Lookups = ncmec.Lookups(_root["automatedInformation"]),
            Handovers = ncmec.Handovers(_root["lawEnforcementContact"]),
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

    private static bool IsNumber(string? text) =>
        text is { Length: > 0 and <= NumberDigitsMax } && !text.AsSpan().ContainsAnyExceptInRange('0', '9');

    private Stated Escalates(JsonAt at)
    {
        if (!at.IsStated) return Stated.NotStated;
        // The form has a reason here; false, written as a text, is none.
        if (!at.IsText || Readings.Answer(at.Text()) == Stated.No) return Flag(at);
        Text(TextKind.EscalationReason, at);
        return Readings.OrNull(at.Text()) is null ? Stated.NotStated : Stated.Yes;
    }

    private NcmecMarks? Ncmec(JsonAt at, JsonAt analyst)
    {
        if (!at.IsObject && !analyst.IsObject) return null;
        var priority = at["priority"];
        return new NcmecMarks(Disposition(at["disposition"]), _tip.Whole(priority.Path, priority.Text(), 1, 3), Value(at["bundle"]), Flag(at["urgent"]))
        {
            IncidentType = Value(analyst["incidentType"]), RelatedReports = Texts(analyst.Wrapped("relatedReports")),
        };
    }

    private NcmecDisposition? Disposition(JsonAt at)
    {
        if (Value(at) is not { } given) return null;
        NcmecDisposition? meant = given.Trim().ToUpperInvariant() switch
        {
            "REFERRAL" => NcmecDisposition.Referral,
            "INFORMATIONAL" => NcmecDisposition.Informational,
            _ => null,
        };
        if (meant is null) _tip.Remark(at.Path, "neither referral nor informational; kept as it stands");
        else if (given is not ("referral" or "informational")) _tip.Remark(at.Path, "written otherwise than in the form; read by its word");
        return meant;
    }

    private ReportingContact? Reporter(JsonAt esp)
    {
        var (given, family) = (Value(esp["firstName"]), Value(esp["lastName"]));
        Value(esp["legalURL"]);
        List<string>? emails = null;
        foreach (var email in esp.Wrapped("emails"))
        {
            Gather.Add(ref emails, Value(email.Said));
            _fields.Facts(email, JsonFields.EmailFacts, "verified");
        }
        foreach (var phone in esp.Wrapped("phones"))
        {
            Value(phone.Said);
            _fields.Facts(phone, JsonFields.PhoneFacts, "countryCallingCode", "verified");
        }
        return given is null && family is null && emails is null ? null : new(given, family, emails.OrNone());
    }

    private ToldPolice? Police(JsonAt at) => at.IsObject
        ? new(Value(at["agencyName"]), Value(at["caseNumber"]), Flag(at["reportedToLe"]))
        : null;

    private IReadOnlyList<string> Texts(IEnumerable<JsonAt> items)
    {
        List<string>? texts = null;
        foreach (var item in items) Gather.Add(ref texts, Value(item.Said));
        return texts.OrNone();
    }

    private string? Value(JsonAt at) => _fields.Value(at);
    private Stated Flag(JsonAt at) => _fields.Flag(at);
    private StatedInstant? Instant(JsonAt at) => _fields.Instant(at);
    private void Text(TextKind kind, JsonAt at) => _tip.Text(kind, at.Path, at.Text());
}
