namespace Homeward.Exchange.CyberTips.Xml;

/// <summary>From a valid <c>report</c> document to the record.</summary>
internal sealed class XmlReportMapping(XmlTree tree)
{
    private readonly TipBuilder _tip = new();

    public CyberTipReport Report(string number, string? providerName)
    {
        string? incidentType = null, platform = null;
        StatedInstant? incidentAt = null;
        var escalates = false;
        IReadOnlyList<string> annotations = [];
        var isBatched = false;
        ReportingContact? reporter = null;
        ToldPolice? toldPolice = null;
        var persons = new XmlPersonMapping(tree, _tip);
        var incidents = new XmlIncidentMapping(tree, _tip);

        // The platform must be known before the first screen name: it is the service of last resort.
        foreach (var node in tree.Of(XmlTree.Root))
        {
            switch (tree.Name(node))
            {
                case "batchedReport":
                    isBatched = true;
                    Value(node);
                    break;
                case "incidentSummary":
                    foreach (var part in tree.Of(node))
                    {
                        switch (tree.Name(part))
                        {
                            case "incidentType": incidentType = Value(part); break;
                            case "platform": platform = Value(part); break;
                            case "escalateToHighPriority":
                                escalates = true;
                                Text(TextKind.EscalationReason, part);
                                break;
                            case "reportAnnotations": annotations = Flags(tree, _tip, part); break;
                            case "incidentDateTime": incidentAt = _tip.Instant(tree.Path(part), tree.Text(part)); break;
                            case "incidentDateTimeDescription": Text(TextKind.IncidentTime, part); break;
                        }
                    }
                    (persons.ServiceOfLastResort, persons.Company) = (platform ?? providerName, providerName ?? platform);
                    break;
                case "internetDetails": incidents.Incident(node); break;
                case "lawEnforcement": toldPolice = Police(node); break;
                case "reporter": reporter = Reporter(node); break;
                case "personOrUserReported": persons.Account(node, TipRole.Reported, null); break;
                case "intendedRecipient": persons.Account(node, TipRole.Recipient, null); break;
                case "victim": persons.Account(node, TipRole.Victim, null); break;
                case "additionalInfo": Text(TextKind.ReportInfo, node); break;
            }
        }
        return new CyberTipReport
        {
            Form = ReportForm.ProviderXml,
            Number = number,
            ProviderName = providerName ?? platform,
            Platform = platform,
            IncidentType = incidentType,
            IncidentAt = incidentAt,
            EscalationClaimed = escalates,
            Annotations = annotations,
            IsBatched = isBatched,
            Reporter = reporter,
            ToldPolice = toldPolice,
            Persons = _tip.Persons,
            Incidents = _tip.Incidents,
            Texts = _tip.Texts,
            Identifiers = _tip.Identifiers,
            Values = _tip.Values,
            Remarks = _tip.Remarks,
        };
    }

    /// <summary>A flag says yes by being there; its text, which may be empty, says nothing more.</summary>
    internal static IReadOnlyList<string> Flags(XmlTree tree, TipBuilder tip, int node)
    {
        List<string> flags = [];
        foreach (var flag in tree.Of(node))
        {
            tip.Flag(tree.Path(flag), Stated.Yes);
            flags.Add(tree.Name(flag));
        }
        return flags;
    }

    private ToldPolice Police(int node)
    {
        string? agency = null, caseNumber = null;
        var reported = Stated.NotStated;
        foreach (var part in tree.Of(node))
        {
            switch (tree.Name(part))
            {
                case "agencyName": agency = Value(part); break;
                case "caseNumber": caseNumber = Value(part); break;
                case "reportedToLe": reported = Readings.Flag(Value(part)); break;
                case "@fleaCountry":
                    _tip.Remark(tree.Path(part), "belongs on servedLegalProcessInternational; accepted");
                    Value(part);
                    break;
                case "officerContact" or "servedLegalProcessDomestic" or "servedLegalProcessInternational": All(part); break;
            }
        }
        return new(agency, caseNumber, reported);
    }

    private ReportingContact? Reporter(int node)
    {
        ReportingContact? contact = null;
        foreach (var part in tree.Of(node))
        {
            switch (tree.Name(part))
            {
                case "reportingPerson":
                    string? given = null, family = null;
                    List<string> emails = [];
                    foreach (var field in tree.Of(part))
                    {
                        switch (tree.Name(field))
                        {
                            case "firstName": given = Value(field); break;
                            case "lastName": family = Value(field); break;
                            case "email": if (Value(field) is { } email) emails.Add(email); break;
                            default: All(field); break;
                        }
                    }
                    contact = new(given, family, emails);
                    break;
                case "contactPerson": All(part); break;
                case "companyTemplate" or "termsOfService": Text(TextKind.ProviderTerms, part); break;
                case "legalURL": Value(part); break;
            }
        }
        return contact;
    }

    private string? Value(int node) => XmlFields.Value(tree, _tip, node);
    private void All(int node) => XmlFields.All(tree, _tip, node);
    private void Text(TextKind kind, int node) => _tip.Text(kind, tree.Path(node), tree.Text(node));
}
