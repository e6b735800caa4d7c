using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Homeward.Foundations.Places;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Linkage;

namespace Homeward.Review.Matching;

/// <summary>Reports and entries in the fields that are compared.</summary>
internal static class Probes
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _hashed;

    private static readonly string[] _fields = [.. ReviewSchema.Settings.Fields.Select(field => field.Name)];

    /// <summary>One record for each name of the entry: what is an alias here may be the whole name there.</summary>
    /// <remarks>None has the other names beside it as aliases: who is called by one name of two would agree twice, by likeness and by alias.</remarks>
    /// <param name="hubs">What of it is left out; null where all that the entry says is meant.</param>
    public static IEnumerable<LinkRecord> Of(EntryGist entry, Hubs? hubs = null)
    {
        var names = entry.Names.Count > 0 ? entry.Names : [("", "")];
        for (var variant = 0; variant < names.Count; variant++)
        {
            var (given, family) = Cleaned(names[variant].Given, names[variant].Family);
            yield return new PersonRecord($"{entry.Id}/{variant}", "entry")
            {
                GivenName = given, FamilyName = family,
                BornOn = entry.Born, Sex = entry.Sex,
                City = entry.LastSeen?.City, State = entry.LastSeen?.State,
                Latitude = entry.LastSeen?.Latitude, Longitude = entry.LastSeen?.Longitude,
                Phones = Sparse(entry.Phones, "phone", hubs), Emails = Sparse(entry.Emails, "email", hubs),
                ScreenNames = [.. entry.ScreenNames.SelectMany(AsCompared).Where(name => hubs?.Contains("screen-name", AsReported(name)) != true)],
            }.ToRecord();
        }
    }

    /// <summary>Whom a report names, in the form in which everybody is read.</summary>
    public static NamedPersons Named(ReportGist report) => new(report.Id, report.IncidentAt ?? report.ReceivedAt, report.Persons);

    /// <param name="hubs">What is left out, for so many hold it that it says nothing; null where all that the report says is meant.</param>
    /// <returns>Null when nothing is told by which anybody could be known.</returns>
    public static LinkRecord? Of(NamedPersons report, ReportPerson person, Hubs? hubs = null)
    {
        var (given, family) = Cleaned(person.Given, person.Family);
        var on = DateOnly.FromDateTime(report.At.UtcDateTime);
        var record = new PersonRecord($"{report.Report}/{person.Index}", "report")
        {
            GivenName = given, FamilyName = family, Aliases = person.OtherNames,
            BornOn = person.Born, Age = person.Age is { } age and >= 0 and <= 120 ? new AgeAt(age, age, on) : null, Sex = person.Sex,
            City = person.Place?.City, State = person.Place?.State,
            Latitude = person.Place?.Latitude, Longitude = person.Place?.Longitude,
            Phones = Sparse(person.Phones, "phone", hubs), Emails = Sparse(person.Emails, "email", hubs),
            ScreenNames = person.ScreenNames.Count == 0 ? [] : [.. Sparse(person.ScreenNames, "screen-name", hubs).SelectMany(AsComparedOfReport)],
        };
        var tellsSomebody = given is not null || family is not null || record.Aliases.Count > 0
            || record.Phones.Count > 0 || record.Emails.Count > 0 || record.ScreenNames.Count > 0;
        return tellsSomebody ? record.ToRecord() : null;
    }

    /// <summary>The identifiers of a person by which others can be known.</summary>
    public static IEnumerable<(string Kind, string Value)> IdentifiersOf(ReportPerson person) =>
        [.. person.Phones.Select(phone => ("phone", phone)), .. person.Emails.Select(mail => ("email", mail)),
            .. person.ScreenNames.Select(name => ("screen-name", name))];

    /// <summary>The same with the kind in front.</summary>
    public static IEnumerable<string> IdentifierWordsOf(ReportPerson person) => IdentifiersOf(person).Select(one => $"{one.Kind} {one.Value}");

    /// <summary>The identifiers of a child, as reports that have them write them.</summary>
    public static IEnumerable<(string Kind, string Value)> IdentifiersOf(EntryGist entry) =>
        [.. entry.Phones.Select(phone => ("phone", phone)), .. entry.Emails.Select(mail => ("email", mail)),
            .. entry.ScreenNames.SelectMany(WithBareName).Select(name => ("screen-name", AsReported(name)))];

    /// <summary>The same hash is the same evidence: 16 hex digits over all that the records say.</summary>
    public static string Hash(IEnumerable<LinkRecord> records)
    {
        var text = _hashed ??= new();
        text.ResetWrittenCount();
        foreach (var record in records)
            foreach (var field in _fields)
            {
                // A field that nobody fills must not make old evidence new when the schema gains it.
                if (record[field] is not { Count: > 0 } values) continue;
                Encoding.UTF8.GetBytes(field, text);
                text.Write("="u8);
                if (values.Count > 1) values = [.. values.Order(StringComparer.Ordinal)];
                for (var place = 0; place < values.Count; place++)
                {
                    // Says nothing that does not stand beside it.
                    if (values[place].StartsWith(Anywhere, StringComparison.Ordinal)) continue;
                    Encoding.UTF8.GetBytes(values[place], text);
                    text.Write("\u001f"u8);
                }
            }
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text.WrittenSpan, hash);
        return Convert.ToHexStringLower(hash[..8]);
    }

    /// <summary>"Unknown Female" and "Jane Doe" are no names, though each word might be one (T-26).</summary>
    private static (string? Given, string? Family) Cleaned(string given, string family) =>
        (given.Length == 0 && family.Length == 0) || Names.IsPlaceholder($"{given} {family}")
            ? (null, null)
            : (Names.IsPlaceholder(given) ? null : given, Names.IsPlaceholder(family) ? null : family);

    private static IReadOnlyList<string> Sparse(IReadOnlyList<string> values, string kind, Hubs? hubs) =>
        hubs is null || !hubs.ContainsAny(kind, values) ? values : [.. values.Where(value => !hubs.Contains(kind, value))];

    /// <summary>Before the name of an account on some service: two say the same where one of them does not say on which. No service is called so.</summary>
    private const string Anywhere = "*:";

    /// <summary>What is said of accounts, without the mark of one on some service.</summary>
    public static ReadOnlySpan<char> AsPeopleWrite(ReadOnlySpan<char> accounts) =>
        accounts.Contains(Anywhere, StringComparison.Ordinal) ? accounts.ToString().Replace(Anywhere, "", StringComparison.Ordinal) : accounts;

    /// <summary>A report may not say on which service: then the name alone is compared.</summary>
    private static IEnumerable<string> WithBareName(string name) =>
        name.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? [name, name[(colon + 1)..]] : [name];

    /// <summary>As <see cref="WithBareName"/>; and where the entry does not say on which service, with the same name on any.</summary>
    private static IEnumerable<string> AsCompared(string name) =>
        NamesService(name) ? WithBareName(name) : [WithoutEmptyService(name), Anywhere + WithoutEmptyService(name)];

    /// <summary>Two different services are never one; an entry that names none meets each.</summary>
    private static IEnumerable<string> AsComparedOfReport(string name) =>
        NamesService(name) ? [name, string.Concat(Anywhere, name.AsSpan(name.IndexOf(':', StringComparison.Ordinal) + 1))] : [WithoutEmptyService(name)];

    private static bool NamesService(string name) => name.IndexOf(':', StringComparison.Ordinal) > 0;

    /// <summary>A name without a service has an empty one in reports.</summary>
    private static string AsReported(string name) => name.Contains(':', StringComparison.Ordinal) ? name : ":" + name;

    private static string WithoutEmptyService(string name) => name.StartsWith(':') ? name[1..] : name;
}

/// <summary>What a report says of places, with what it does not say left open.</summary>
internal static class ReportPlaces
{
    /// <summary>Ours by one place that anybody is said to be in; none where all are in countries that are known, and open where any may be here.</summary>
    public static Nexus NexusOf(ReportGist report, bool matchesSomebody)
    {
        foreach (var person in report.Persons)
            if (person.Place is { } place && (States.CodeOf(place.State) is not null || place.Zip is not null)) return Nexus.UnitedStates;
        var (isAbroad, maybeOurs) = (false, FirstOfPersons(report) is not null);
        foreach (var value in report.Identifiers)
        {
            if (value.Kind != "place") continue;
            var country = Countries.CodeOf(CountryOf(value));
            if (country is null ? IsOursWithoutCountry(value) : Countries.IsOurs(country)) return Nexus.UnitedStates;
            if (country is null) maybeOurs = true;
            else isAbroad = true;
        }
        return isAbroad && !maybeOurs && !matchesSomebody ? Nexus.NoneProposed : Nexus.Open;
    }

    /// <summary>The places where a person of the report may be, best founded first: as stated for the person, then estimated, then the report's others.</summary>
    /// <remarks>Never an IP address: where it leads is no basis for a place. Never the last contact of the entry.</remarks>
    public static IReadOnlyList<PlaceQuery> For(ReportGist report, int person)
    {
        var told = report.Persons.SingleOrDefault(one => one.Index == person);
        var others = report.Persons.Where(one => one.Index != person);
        IEnumerable<PlaceQuery?> places =
            [told?.Place, .. Estimated(report, told), .. others.Select(one => one.Place).OrderBy(Coarseness)];
        return [.. places.OfType<PlaceQuery>().Where(place => Coarseness(place) < NoPlace).Distinct()];
    }

    /// <inheritdoc cref="PlaceQuery.Town"/>
    public static string? Words(PlaceQuery? place) => PlaceQuery.Town(place?.City, place?.State, place?.Zip);

    /// <summary>The place of a report: where the first of its persons is who has one, else where anybody may be, else where it says that somebody is abroad.</summary>
    public static string? Told(ReportGist report) => Words(FirstOfPersons(report) ?? Capitalised(FirstEstimated(report, null))) ?? Abroad(report, null);

    /// <summary>Where the first of its persons is who has a place, else where the first may be of whom it is estimated.</summary>
    public static PlaceQuery? FirstOf(ReportGist report) => FirstOfPersons(report) ?? FirstEstimated(report, null);

    private static PlaceQuery? FirstOfPersons(ReportGist report)
    {
        foreach (var person in report.Persons) if (person.Place is { } place) return place;
        return null;
    }

    /// <summary>The place of one of its persons, estimated or abroad too.</summary>
    public static string? Told(ReportGist report, ReportPerson person) =>
        Words(person.Place ?? Capitalised(FirstEstimated(report, person))) ?? Abroad(report, person);

    private static PlaceQuery? FirstEstimated(ReportGist report, ReportPerson? person) => Estimated(report, person).FirstOrDefault(place => Coarseness(place) < NoPlace);

    /// <summary>Another country's place as people write it: "Dhaka, BD". No office of ours has it, so it stands in no person's row but among the identifiers.</summary>
    private static string? Abroad(ReportGist report, ReportPerson? person)
    {
        foreach (var value in report.Identifiers)
            if (value.Kind == "place" && (person is null || IsOf(value, person)) && value.Value.Split('/') is [var city, var state, var zip, { Length: > 0 } country] && !Countries.IsOurs(country))
                return string.Join(", ", new[] { Capitalised(city), state.Length > 0 ? state : zip, country }.Where(part => part.Length > 0));
        return null;
    }

    /// <summary>A city is kept folded: how it was capitalised, the original tells.</summary>
    private static string Capitalised(string city) => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(city);

    private static PlaceQuery? Capitalised(PlaceQuery? place) => place?.City is { } city ? place with { City = Capitalised(city) } : place;

    /// <summary>Below the person's own path: <c>victim[1]</c> is not above <c>victim[10]</c>.</summary>
    private static bool IsOf(ReportIdentifier value, ReportPerson person) =>
        value.Path.StartsWith(person.Path, StringComparison.Ordinal) && (value.Path.Length == person.Path.Length || !char.IsAsciiDigit(value.Path[person.Path.Length]));

    private const int NoPlace = 5;

    private static int Coarseness(PlaceQuery? place) => place switch
    {
        null => NoPlace,
        { Street: not null, City: not null } or { Latitude: not null } => 0,
        { Zip: not null } => 1,
        { City: not null, State: not null } => 2,
        { City: not null } => 3,
        { State: not null } or { County: not null } => 4,
        _ => NoPlace,
    };

    private static IEnumerable<PlaceQuery> Estimated(ReportGist report, ReportPerson? person) =>
        from value in report.Identifiers
        where value.Kind == "place" && (person is null || IsOf(value, person))
        let parts = value.Value.Split('/')
        where parts.Length == 4 && (parts[3].Length == 0 || Countries.IsOurs(parts[3]))
        // Of a territory the country says the state.
        let place = new PlaceQuery { City = Stated(parts[0]), State = Stated(parts[1]) ?? States.CodeOf(Countries.CodeOf(parts[3])), Zip = Stated(parts[2]), IsLowPrecision = true }
        where person?.Place is not { } stated || !IsSaidBy(stated, place)
        select place;

    /// <summary>What stands in the person's own address is there already, better founded: its city, or its state where no city is estimated.</summary>
    private static bool IsSaidBy(PlaceQuery stated, PlaceQuery place) => place.City is not null
        ? Names.Fold(stated.City) == place.City
        : (place.Zip is null || stated.Zip?.StartsWith(place.Zip, StringComparison.Ordinal) == true) && (place.State is null || States.CodeOf(stated.State) == States.CodeOf(place.State));

    /// <summary>A state or a ZIP by which a place is ours though no country is told with it that is known.</summary>
    private static bool IsOursWithoutCountry(ReportIdentifier place) =>
        place.Value.Split('/') is [_, var state, var zip, var country] && (States.CodeOf(state) is not null || (country.Length == 0 && zip.Length == ZipDigits && zip.All(char.IsAsciiDigit)));

    private const int ZipDigits = 5;

    private static string? Stated(string part) => part.Length == 0 ? null : part;

    private static string CountryOf(ReportIdentifier place) => place.Value.LastIndexOf('/') is >= 0 and var slash ? place.Value[(slash + 1)..] : "";
}
