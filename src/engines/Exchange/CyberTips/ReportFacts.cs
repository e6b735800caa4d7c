using System.Globalization;

namespace Homeward.Exchange.CyberTips;

/// <summary>One thing that a report says, named the same whatever its form.</summary>
/// <param name="Field"><c>Reported 1: phone</c>.</param>
/// <param name="Value">In comparable form, where there is one; several are sorted and parted by <c>; </c>.</param>
/// <param name="IsList">Of what there may be several: one more takes the place of none.</param>
public sealed record ReportFact(ReportLayer Layer, string Field, string Value, bool IsList);

/// <summary>What a report says as facts, so that a print and a JSON of one report can be held against each other.</summary>
/// <remarks>
/// Free text is not among them. Persons are counted by role and incidents by kind, in the order in which they stand. All that the
/// record holds is here: what is not would differ from form to form and nobody would see it.
/// </remarks>
public static class ReportFacts
{
    /// <param name="called">What a file is called, where another form of the report calls it otherwise; else its own name.</param>
    public static IReadOnlyList<ReportFact> Of(CyberTipReport report, Func<TipFile, string>? called = null)
    {
        var facts = new Facts();
        OfReport(facts, report);
        var incidents = new Dictionary<IncidentKind, int>();
        foreach (var incident in report.Incidents)
        {
            incidents[incident.Kind] = incidents.GetValueOrDefault(incident.Kind) + 1;
            OfIncident(facts, $"{incident.Kind} {incidents[incident.Kind]}: ", incident);
        }
        var persons = new Dictionary<TipRole, int>();
        foreach (var (index, person) in report.Persons.Index())
        {
            persons[person.Role] = persons.GetValueOrDefault(person.Role) + 1;
            OfPerson(facts, $"{person.Role} {persons[person.Role]}: ", person, [.. report.Identifiers.Where(one => one.Person == index)]);
        }
        foreach (var file in report.Files) OfFile(facts, $"File {called?.Invoke(file) ?? file.Name}: ", file);
        OfNcmec(facts, report);
        return facts.All;
    }

    private static void OfReport(Facts facts, CyberTipReport report)
    {
        facts.Add("Company", report.ProviderName);
        facts.Add("Platform", report.Platform);
        facts.Add("Incident type", report.IncidentType);
        facts.Add("Incident time", Iso(report.IncidentAt));
        facts.Add("Urgency claimed", report.EscalationClaimed ? "yes" : null);
        facts.Add("Annotations", report.Annotations);
        facts.Add("Stands for many copies", report.IsBatched ? "yes" : null);
        facts.Add("Reporting person", report.Reporter is { } who ? [Words(who.Given, who.Family), .. who.Emails.Select(Email)] : []);
        facts.Add("Police told", report.ToldPolice?.AgencyName);
        facts.Add("Police case number", report.ToldPolice?.CaseNumber);
        facts.Add("Reported to police", Answer(report.ToldPolice?.Reported ?? Stated.NotStated));
        facts.Add("Web addresses", report.Incidents.SelectMany(incident => incident.Urls).Select(Url));
    }

    private static void OfIncident(Facts facts, string where, TipIncident incident)
    {
        facts.Add(where + "name", incident.Name);
        facts.Add(where + "room", incident.Room);
        facts.Add(where + "e-mail", incident.Emails.Select(email => Email(email.Address)));
        facts.Add(where + "telephone", incident.Phone is { } phone ? Phones(phone) : []);
        facts.Add(where + "position", Listed(incident.Latitude?.ToString(CultureInfo.InvariantCulture), incident.Longitude?.ToString(CultureInfo.InvariantCulture)));
        facts.Add(where + "address", incident.Addresses.Select(Address));
        facts.Add(where + "IP addresses", incident.Ips.Select(Ip));
    }

    /// <param name="known">By what the person can be known: of accounts a print may name several.</param>
    private static void OfPerson(Facts facts, string who, TipPerson person, IReadOnlyList<Identifier> known)
    {
        facts.Add(who + "kind of account", person.AssociatedAs);
        facts.Add(who + "name", Words(person.Given, person.Middle, person.Family));
        facts.Add(who + "preferred name", person.Preferred);
        facts.Add(who + "born", person.Born.IsUnknown ? null : person.Born.ToString());
        facts.Add(who + "age", person.Age?.ToString(CultureInfo.InvariantCulture));
        facts.Add(who + "sex", person.Sex);
        facts.Add(who + "display name", person.DisplayNames);
        facts.Add(who + "service", person.Service);
        facts.Add(who + "account", Known(IdentifierKind.ScreenName).Append(person.ScreenName ?? ""));
        facts.Add(who + "account id", Known(IdentifierKind.AccountId).Append(person.AccountId ?? ""));
        facts.Add(who + "profile address", person.ProfileUrls.Select(Url));
        facts.Add(who + "phone", person.Phones.SelectMany(Phones));
        facts.Add(who + "e-mail", person.Emails.Select(email => Email(email.Address)));
        foreach (var (verified, what) in new[] { (Stated.Yes, "verified"), (Stated.No, "not verified") })
            facts.Add(who + what, [.. person.Phones.Where(phone => phone.Verified == verified).SelectMany(Phones),
                .. person.Emails.Where(email => email.Verified == verified).Select(email => Email(email.Address))]);
        facts.Add(who + "address", person.Addresses.Select(Address));
        facts.Add(who + "estimated location", person.EstimatedLocation is { } place
            ? Listed(place.City, place.Region, place.Country, Answer(place.Verified) switch { "yes" => "verified", "no" => "not verified", _ => null }, Iso(place.At)) : null);
        facts.Add(who + "IP addresses", person.Ips.Select(Ip));
        facts.Add(who + "device", person.Devices.Select(Device));
        facts.Add(who + "vehicle plate", known.Where(one => one.Kind == IdentifierKind.Plate).Select(one => one.Normalised));
        facts.Add(who + "earlier reports", person.PriorReports);

        IEnumerable<string> Known(IdentifierKind kind) => known.Where(one => one.Kind == kind).Select(one => one.Raw);
    }

    private static void OfFile(Facts facts, string name, TipFile file)
    {
        facts.Add(name + "original name", file.OriginalName);
        facts.Add(name + "id", file.FileId);
        facts.Add(name + "hash", file.Hashes.Select(hash => $"{hash.HashType} {hash.Value.ToLowerInvariant()}"));
        facts.Add(name + "viewed by the provider", Answer(file.ViewedByEsp));
        facts.Add(name + "EXIF viewed by the provider", Answer(file.ExifViewedByEsp));
        facts.Add(name + "publicly available", Answer(file.PubliclyAvailable));
        facts.Add(name + "relevance", file.IsReported ? null : "supplemental");
        facts.Add(name + "class", file.Classification);
        facts.Add(name + "annotations", file.Annotations);
        facts.Add(name + "place on the web", file.Location is { } url ? Url(url) : null);
        facts.Add(name + "uploaded", Iso(file.UploadedAt));
        facts.Add(name + "IP addresses", file.Ips.Select(Ip));
        facts.Add(name + "device", file.Devices.Select(Device));
        facts.Add(name + "metadata", file.Metadata.Select(pair => $"{pair.Name}: {pair.Value}"));
        facts.Add(name + "NCMEC tags", file.NcmecTags, ReportLayer.Analyst);
    }

    private static void OfNcmec(Facts facts, CyberTipReport report)
    {
        facts.Add("Received by NCMEC", report.ReceivedAt is { } at ? Kernel.Instants.Iso(at) : null, ReportLayer.Machine);
        foreach (var lookup in report.Lookups.GroupBy(one => one.Ip))
            facts.Add($"Address {lookup.Key}", lookup.Select(one => Listed(one.City, one.Region, one.Country, one.Isp)), ReportLayer.Machine);
        facts.Add("Mark", report.Ncmec?.Disposition?.ToString().ToLowerInvariant(), ReportLayer.Analyst);
        facts.Add("Priority", report.Ncmec?.Priority?.ToString(CultureInfo.InvariantCulture), ReportLayer.Analyst);
        facts.Add("Bundle", report.Ncmec?.Bundle, ReportLayer.Analyst);
        facts.Add("Urgent", Answer(report.Ncmec?.Urgent ?? Stated.NotStated), ReportLayer.Analyst);
        facts.Add("Incident type given by NCMEC", report.Ncmec?.IncidentType, ReportLayer.Analyst);
        facts.Add("Related reports", report.Ncmec?.RelatedReports ?? [], ReportLayer.Analyst);
        facts.Add("Made available to", report.Handovers.Select(one => Listed(one.Agency, one.Contact, Iso(one.At))), ReportLayer.Routing);
    }

    private static IEnumerable<string> Phones(TipPhone phone) => NormalForms.Phones(phone.Number, phone.CallingCode) is { Count: > 0 } numbers ? numbers : [phone.Number];
    private static string Email(string address) => NormalForms.Email(address) ?? address;
    private static string Url(string url) => NormalForms.Url(url) ?? url;
    private static string Address(TipAddress one) => Listed(one.Street, one.City, one.State, one.Zip, one.Country);
    private static string Device(TipDevice one) => Words(NormalForms.Device(one.IdType, one.IdValue) ?? one.IdValue, one.Event, Iso(one.At));

    private static string Ip(TipIp ip) => Words(
        NormalForms.Ip(ip.Address) ?? ip.Address, ip.Event, Iso(ip.At), ip.Port is { } port ? string.Create(CultureInfo.InvariantCulture, $"port {port}") : null,
        ip.Proxy switch { Stated.Yes => "proxy", Stated.No => "no proxy", _ => null });

    private static string Words(params string?[] words) => string.Join(' ', words.OfType<string>());
    private static string Listed(params string?[] parts) => string.Join(", ", parts.OfType<string>());

    private static string? Iso(StatedInstant? instant) => instant is { } given ? Kernel.Instants.Iso(given.At) : null;

    private static string? Answer(Stated answer) => answer switch { Stated.Yes => "yes", Stated.No => "no", _ => null };

    /// <summary>Those that say something, in the order in which they were added.</summary>
    private sealed class Facts
    {
        public List<ReportFact> All { get; } = [];

        public void Add(string field, string? value, ReportLayer layer = ReportLayer.Provider)
        {
            if (value is { Length: > 0 }) All.Add(new(layer, field, value, IsList: false));
        }

        public void Add(string field, IEnumerable<string> values, ReportLayer layer = ReportLayer.Provider)
        {
            if (string.Join("; ", values.Where(value => value.Length > 0).Distinct().Order(StringComparer.Ordinal)) is { Length: > 0 } all) All.Add(new(layer, field, all, IsList: true));
        }
    }
}
