namespace Homeward.Exchange.CyberTips;

/// <summary>One CyberTipline report, as the provider's XML or the agency's JSON tells it.</summary>
/// <remarks>
/// A report is never final: the same number may come again with other content. What the
/// provider claims and what NCMEC adds are kept apart. <see cref="Identifiers"/> and <see cref="Values"/> are drawn
/// out by the readers; the writers ignore them, and every <c>Path</c>, because they follow from the rest.
/// Paths are XPaths in XML (<c>/report/victim[1]/victimPerson/firstName</c>) and RFC 6901 pointers in JSON.
/// </remarks>
public sealed record CyberTipReport
{
    /// <summary>Which of the forms the original has.</summary>
    public required ReportForm Form { get; init; }

    /// <summary>CyberTipline number, digits only. The XML has none: the caller knows it from receipt or path.</summary>
    public required string Number { get; init; }

    /// <summary>The reporting company. In XML: what the caller knows of the account, else the platform.</summary>
    public string? ProviderName { get; init; }

    /// <summary>The platform on which it happened; XML only.</summary>
    public string? Platform { get; init; }

    /// <summary>The provider's incident type, as given. In XML always one of <see cref="IncidentTypes.All"/>.</summary>
    public string? IncidentType { get; init; }

    /// <summary>When it happened, as the provider says. Null when not stated or not readable (see Remarks).</summary>
    public StatedInstant? IncidentAt { get; init; }

    /// <summary>When NCMEC received it (JSON <c>dateReceived</c>), UTC; null in XML.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>The provider asks for urgency. A bare claim, not NCMEC's priority; the reason is in Texts.</summary>
    public bool EscalationClaimed { get; init; }

    /// <summary>The provider says that it asks for none. Where both are false it says nothing of it.</summary>
    public bool EscalationDenied { get; init; }

    /// <summary>The provider's annotations by element name, those present only: <c>sextortion</c>, <c>spam</c>.</summary>
    public IReadOnlyList<string> Annotations { get; init; } = [];

    /// <summary>True for one report that stands for many copies of a viral file.</summary>
    public bool IsBatched { get; init; }

    /// <summary>What NCMEC added; null in XML, and where the agency's package carries none.</summary>
    public NcmecMarks? Ncmec { get; init; }

    /// <summary>Section B; empty where the form carries none.</summary>
    public IReadOnlyList<TipLookup> Lookups { get; init; } = [];

    /// <summary>Section D; empty where the form carries none.</summary>
    public IReadOnlyList<TipHandover> Handovers { get; init; } = [];

    /// <summary>Who filed it for the provider.</summary>
    public ReportingContact? Reporter { get; init; }

    /// <summary>What the provider says of police that it told itself.</summary>
    public ToldPolice? ToldPolice { get; init; }

    /// <summary>Everybody the report speaks of: reported, recipients, victims, each followed by associated accounts.</summary>
    public IReadOnlyList<TipPerson> Persons { get; init; } = [];

    /// <summary>Where on the net (or off it) it happened.</summary>
    public IReadOnlyList<TipIncident> Incidents { get; init; } = [];

    /// <summary>Uploaded files by their descriptions; the files themselves never travel in the report.</summary>
    public IReadOnlyList<TipFile> Files { get; init; } = [];

    /// <summary>All free text, verbatim. It is personal through and through: the house encrypts it.</summary>
    public IReadOnlyList<FreeText> Texts { get; init; } = [];

    /// <summary>What can be compared with other records, in normal form, each with its original and path.</summary>
    public IReadOnlyList<Identifier> Identifiers { get; init; } = [];

    /// <summary>Every value taken from the original but free text, with its path, in the order of reading.</summary>
    public IReadOnlyList<TipValue> Values { get; init; } = [];

    /// <summary>What was accepted though it is odd: an unreadable date, an attribute in the wrong place.</summary>
    public IReadOnlyList<Remark> Remarks { get; init; } = [];
}

/// <summary>The forms in which the same report travels: provider to NCMEC, and NCMEC to agency, there for programs and for people.</summary>
/// <remarks>The PDF is a print of what the JSON says, read by its labels: less sure, and never put in the JSON's place.</remarks>
public enum ReportForm { ProviderXml, AgencyJson, AgencyPdf }

/// <summary>What NCMEC says of a report, under our documented key <c>ncmec</c>: Sections B to D have no public keys.</summary>
/// <param name="Disposition">Referral: enough to act on. Informational: not. Null: not stated.</param>
/// <param name="Priority">1 (child in imminent danger) to 3, or null.</param>
/// <param name="Bundle">Reference of the bundle of reports on one viral event, or null.</param>
/// <param name="Urgent">NCMEC's own call for urgency.</param>
public sealed record NcmecMarks(NcmecDisposition? Disposition, int? Priority, string? Bundle, Stated Urgent)
{
    /// <summary>The incident type that an analyst gave it, beside the provider's.</summary>
    public string? IncidentType { get; init; }
    /// <summary>Numbers of reports that an analyst names as related.</summary>
    public IReadOnlyList<string> RelatedReports { get; init; } = [];
}

/// <summary>Where NCMEC's machines place an address of the report (Section B). Never the provider's claim, and no place of a person.</summary>
public sealed record TipLookup(string Ip, string? Country, string? Region, string? City, string? Isp, string Path = "");

/// <summary>To whom NCMEC made the report available, and when (Section D).</summary>
public sealed record TipHandover(string? Agency, string? Contact, StatedInstant? At, string Path = "");

/// <summary>Whose word a value is. They are never merged: what a machine or an analyst adds is no claim of the provider's.</summary>
public enum ReportLayer
{
    /// <summary>The provider's own words (Section A; the whole of its XML).</summary>
    Provider,
    /// <summary>Added by NCMEC's systems (Section B, and the report's number and time of receipt).</summary>
    Machine,
    /// <summary>Added by NCMEC's analysts (Section C, and their marks).</summary>
    Analyst,
    /// <summary>To whom it was handed (Section D).</summary>
    Routing,
    /// <summary>NCMEC's, under a key that nobody has made public: it cannot be told of which section.</summary>
    Unplaced,
}

/// <summary>Tells the layer of a value from where it stands.</summary>
public static class ReportLayers
{
    private static readonly (string Start, ReportLayer Layer)[] _parts =
    [
        ("/ncmec", ReportLayer.Analyst), ("/additionalInformation", ReportLayer.Analyst), ("/C/", ReportLayer.Analyst),
        ("/automatedInformation", ReportLayer.Machine), ("/reportId", ReportLayer.Machine), ("/dateReceived", ReportLayer.Machine),
        ("/B/", ReportLayer.Machine), ("/cover/", ReportLayer.Machine), ("/lawEnforcementContact", ReportLayer.Routing), ("/D/", ReportLayer.Routing),
        ("/reportedInformation", ReportLayer.Provider), ("/report/", ReportLayer.Provider), ("/fileDetails", ReportLayer.Provider), ("/A/", ReportLayer.Provider),
    ];

    /// <summary>NCMEC's tags stand inside what the provider says of its file, and are no word of the provider's.</summary>
    private const string Tags = "/ncmecTags/";

    public static ReportLayer Of(string path)
    {
        if (path.Contains(Tags, StringComparison.Ordinal)) return ReportLayer.Analyst;
        foreach (var (start, layer) in _parts)
            if (path.StartsWith(start, StringComparison.Ordinal)) return layer;
        return ReportLayer.Unplaced;
    }
}

/// <summary>NCMEC's two classes of report since 2024.</summary>
public enum NcmecDisposition { Referral, Informational }

/// <summary>The person at the provider who filed the report; a contact, never a subject.</summary>
public sealed record ReportingContact(string? Given, string? Family, IReadOnlyList<string> Emails);

/// <summary>The police agency that the provider says it told.</summary>
public sealed record ToldPolice(string? AgencyName, string? CaseNumber, Stated Reported);

/// <summary>A piece of the provider's own writing.</summary>
/// <param name="Owner">Index in Persons, Incidents or Files, by kind; null for the report's own.</param>
public sealed record FreeText(TextKind Kind, string Text, int? Owner = null, string Path = "");

/// <summary>What a free text is about, and so whose it is.</summary>
public enum TextKind
{
    /// <summary>The report's: additional information.</summary>
    ReportInfo,
    /// <summary>The report's: why the provider asks for urgency.</summary>
    EscalationReason,
    /// <summary>The report's: what the incident time means.</summary>
    IncidentTime,
    /// <summary>The report's: company template and terms of service.</summary>
    ProviderTerms,
    /// <summary>A person's: additional information.</summary>
    PersonInfo,
    /// <summary>A person's: profile text.</summary>
    ProfileBio,
    /// <summary>A person's: how he or she looks (JSON only).</summary>
    PhysicalDescription,
    /// <summary>A person's: vehicle.</summary>
    Vehicle,
    /// <summary>A victim's: school.</summary>
    School,
    /// <summary>An incident's: message or page content.</summary>
    IncidentContent,
    /// <summary>An incident's: additional information.</summary>
    IncidentInfo,
    /// <summary>A file's: additional information.</summary>
    FileInfo,
    /// <summary>The report's: what an analyst of NCMEC wrote. Not the provider's words.</summary>
    AnalystNote,
    /// <summary>What stands in the original and no reader knows: an element, a label, a line. Kept as it stands.</summary>
    Unread,
}

/// <summary>One value and where it stood.</summary>
public readonly record struct TipValue(string Path, string Text);

/// <summary>Something odd that did not stop the report.</summary>
/// <param name="What">A sentence without the field's content.</param>
public sealed record Remark(string Path, string What);
