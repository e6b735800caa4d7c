namespace Homeward.Exchange.CyberTips;

/// <summary>One thing that a report says, named the same whatever its form.</summary>
/// <param name="Field"><c>Reported 1: phone</c>.</param>
/// <param name="Value">In comparable form, where there is one; several are sorted and parted by <c>; </c>.</param>
public sealed record ReportFact(ReportLayer Layer, string Field, string Value);

/// <summary>What a report says as facts, so that a print and a JSON of one report can be held against each other.</summary>
/// <remarks>Free text is not among them. Persons are counted by role, in the order in which they stand.</remarks>
public static class ReportFacts
{
    public static IReadOnlyList<ReportFact> Of(CyberTipReport report)
    {
        List<ReportFact> facts = [];
        Add(ReportLayer.Provider, "Company", report.ProviderName);
        Add(ReportLayer.Provider, "Incident type", report.IncidentType);
        Add(ReportLayer.Provider, "Incident time", Iso(report.IncidentAt));
        Add(ReportLayer.Provider, "Urgency claimed", report.EscalationClaimed ? "yes" : null);
        Add(ReportLayer.Provider, "Web addresses", All(report.Incidents.SelectMany(incident => incident.Urls).Select(url => NormalForms.Url(url) ?? url)));
        var counts = new Dictionary<TipRole, int>();
        foreach (var person in report.Persons)
        {
            counts[person.Role] = counts.GetValueOrDefault(person.Role) + 1;
            Person($"{person.Role} {counts[person.Role]}: ", person);
        }
        foreach (var file in report.Files) File($"File {file.Name}: ", file);
        Add(ReportLayer.Machine, "Received by NCMEC", report.ReceivedAt is { } at ? Kernel.Instants.Iso(at) : null);
        foreach (var lookup in report.Lookups.GroupBy(one => one.Ip))
            Add(ReportLayer.Machine, $"Address {lookup.Key}", All(lookup.Select(one => string.Join(", ", new[] { one.City, one.Region, one.Country, one.Isp }.OfType<string>()))));
        Add(ReportLayer.Analyst, "Mark", report.Ncmec?.Disposition?.ToString().ToLowerInvariant());
        Add(ReportLayer.Analyst, "Priority", report.Ncmec?.Priority?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Add(ReportLayer.Analyst, "Bundle", report.Ncmec?.Bundle);
        Add(ReportLayer.Analyst, "Urgent", Answer(report.Ncmec?.Urgent ?? Stated.NotStated));
        Add(ReportLayer.Analyst, "Incident type given by NCMEC", report.Ncmec?.IncidentType);
        Add(ReportLayer.Analyst, "Related reports", All(report.Ncmec?.RelatedReports ?? []));
        Add(ReportLayer.Routing, "Made available to", All(report.Handovers.Select(one => string.Join(", ", new[] { one.Agency, one.Contact, Iso(one.At) }.OfType<string>()))));
        return facts;

        void Add(ReportLayer layer, string field, string? value)
        {
            if (value is { Length: > 0 }) facts.Add(new(layer, field, value));
        }

        void Person(string who, TipPerson person)
        {
            Say("name", string.Join(' ', new[] { person.Given, person.Middle, person.Family }.OfType<string>()));
            Say("born", person.Born.IsUnknown ? null : person.Born.ToString());
            Say("age", person.Age?.ToString(System.Globalization.CultureInfo.InvariantCulture));
            Say("sex", person.Sex);
            Say("account", person.ScreenName);
            Say("account id", person.AccountId);
            Say("phone", All(person.Phones.SelectMany(phone => NormalForms.Phones(phone.Number, phone.CallingCode) is { Count: > 0 } numbers ? numbers : [phone.Number])));
            Say("e-mail", All(person.Emails.Select(email => NormalForms.Email(email.Address) ?? email.Address)));
            Say("address", All(person.Addresses.Select(one => string.Join(", ", new[] { one.Street, one.City, one.State, one.Zip, one.Country }.OfType<string>()))));
            Say("IP addresses", All(person.Ips.Select(ip => string.Join(' ', new[] { NormalForms.Ip(ip.Address) ?? ip.Address, ip.Event, Iso(ip.At) }.OfType<string>()))));
            void Say(string what, string? value) => Add(ReportLayer.Provider, who + what, value);
        }

        void File(string name, TipFile file)
        {
            Add(ReportLayer.Provider, name + "hash", All(file.Hashes.Select(hash => $"{hash.HashType} {hash.Value.ToLowerInvariant()}")));
            Add(ReportLayer.Provider, name + "viewed by the provider", Answer(file.ViewedByEsp));
            Add(ReportLayer.Provider, name + "EXIF viewed by the provider", Answer(file.ExifViewedByEsp));
            Add(ReportLayer.Provider, name + "publicly available", Answer(file.PubliclyAvailable));
            Add(ReportLayer.Provider, name + "class", file.Classification);
        }
    }

    private static string All(IEnumerable<string> values) => string.Join("; ", values.Distinct().Order(StringComparer.Ordinal));

    private static string? Iso(StatedInstant? instant) => instant is { } given ? Kernel.Instants.Iso(given.At) : null;

    private static string? Answer(Stated answer) => answer switch { Stated.Yes => "yes", Stated.No => "no", _ => null };
}
