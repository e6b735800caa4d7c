using System.Collections.Frozen;

namespace Homeward.Exchange.CyberTips.Json;

/// <summary>What may stand at a place of the agency's JSON: a value, a list, an object, or several of these, for programs write one thing in several ways.</summary>
/// <remarks>
/// All that the mappings read, and nothing else: a key that is known in one place says nothing in another, and is
/// kept and told there (<see cref="JsonUnknown"/>). A test reads a document that has every place, and looks for each value.
/// </remarks>
internal sealed class JsonShape
{
    private readonly FrozenDictionary<string, JsonShape>.AlternateLookup<ReadOnlySpan<char>> _spans;

    private JsonShape(bool isValue, JsonShape? items, Dictionary<string, JsonShape>? members)
    {
        (IsValue, Items, Members) = (isValue, items, members?.ToFrozenDictionary(StringComparer.Ordinal));
        if (Members is not null) _spans = Members.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>A text, a number, true or false.</summary>
    public bool IsValue { get; }
    /// <summary>Of a list; null where none may stand.</summary>
    public JsonShape? Items { get; }
    /// <summary>Of an object, by name; null where none may stand.</summary>
    public FrozenDictionary<string, JsonShape>? Members { get; }

    public JsonShape? Member(ReadOnlySpan<char> name) => _spans.TryGetValue(name, out var member) ? member : null;

    private static readonly JsonShape _value = new(true, null, null);
    /// <summary>A value, by itself or in its wrapping.</summary>
    private static readonly JsonShape _said = new(true, null, new() { ["value"] = _value });

    private static readonly JsonShape _phone = Valued("countryCallingCode verified type extension verificationDate");
    private static readonly JsonShape _email = Valued("verified type verificationDate");
    private static readonly JsonShape _address = Object("street1 street2 city state postalCode country type");
    private static readonly (string, JsonShape) _captures =
        ("sourceInformation", Object("", ("sourceCaptures", List(Object("captureType value dateTime eventName port possibleProxy")))));
    private static readonly (string, JsonShape) _infos = ("additionalInformations", List(_said));

    private static readonly (string, JsonShape)[] _ofAccounts =
    [
        ("screenName", _said), Wrapped("displayNames", _said), Wrapped("phones", _phone), Wrapped("emails", _email), Wrapped("addresses", _address),
        Wrapped("priorCTReports", _said), ("estimatedLocation", Object("city region countryCode verified timestamp")), _captures, _infos,
        .. JsonPersonMapping.Words.Select(Several),
    ];
    private static readonly string _accountValues = $"""
        firstName middleName lastName preferredName gender dateOfBirth approximateAge physicalDescription vehicleDescription vehicleTagNumber
        additionalContactInformation schoolName profileBio espService espUserId accountType {string.Join(' ', JsonPersonMapping.Facts)}
        """;
    private static readonly JsonShape _account = Object(_accountValues, _ofAccounts);
    private static readonly JsonShape _person = Object(_accountValues, [.. _ofAccounts, Wrapped("associatedAccounts", _account)]);

    private static readonly JsonShape _incident = Object("name room latitude longitude",
        ("phone", _phone), Wrapped("emails", _email), Wrapped("addresses", _address), ("contents", List(_said)), _captures, _infos);

    private static readonly JsonShape _file = Object("""
        filename originalFilename submittalId verificationHash viewedByEsp exifViewedByEsp publiclyAvailable fileRelevance industryClassification
        uploadedToEspTimestamp
        """,
        Wrapped("originalFileHashes", Object("value hashType")), Wrapped("fileAnnotations", _said), ("ncmecTags", Object("", ("groups", List(Object("", ("tags", List(_said))))))),
        ("espMetadata", Object("", ("metadatas", List(Object("name value type"))))), _captures, _infos);

    /// <summary>The whole report.</summary>
    public static JsonShape Report { get; } = Object("reportId dateReceived",
        ("ncmec", Object("disposition priority bundle urgent")),
        ("automatedInformation", Object("", Wrapped("ipLookups", Object("ipAddress country region city isp")))),
        ("additionalInformation", Object("incidentType summary", Wrapped("notes", _said), Wrapped("relatedReports", _said))),
        ("lawEnforcementContact", Object("", Wrapped("contacts", Object("agencyName contactName dateTime")))),
        ("reportedInformation", Object("",
            ("reportingEsp", Object("espName firstName lastName companyTemplate termsOfService legalURL", Wrapped("emails", _email), Wrapped("phones", _phone))),
            ("incidentSummary", Object(
                "platform incidentType incidentDateTime incidentDateTimeDescription escalateToHighPriority", Wrapped("reportAnnotations", _said))),
            ("incidentDetails", Object("", [.. JsonIncidentMapping.Keys.Select(one => (one.Key, List(_incident)))])),
            ("batchedReport", Object("reason")), ("lawEnforcement", Object("agencyName caseNumber reportedToLe")),
            ("reportedPeople", Object("", ("reportedPersons", List(_person)))), Wrapped("intendedRecipients", _person), Wrapped("victims", _person),
            Wrapped("uploadedFiles", _file), _infos)));

    /// <param name="values">Names of members that are values.</param>
    private static JsonShape Object(string values, params (string Name, JsonShape Shape)[] more) => new(false, null, Named(values, more));

    private static JsonShape Valued(string values) => new(true, null, Named($"value {values}", []));

    private static JsonShape List(JsonShape items) => new(false, items, null);

    /// <summary>A list that is wrapped twice, or bare.</summary>
    private static (string, JsonShape) Wrapped(string name, JsonShape items) => (name, new(false, items, new() { [name] = List(items) }));

    /// <summary>One value or a list of them, in whatever wrapping.</summary>
    private static (string, JsonShape) Several(string name) => (name, new(true, _said, new() { [name] = List(_said), ["value"] = _value }));

    private static Dictionary<string, JsonShape> Named(string values, (string Name, JsonShape Shape)[] more)
    {
        var members = values.Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).ToDictionary(name => name, _ => _value, StringComparer.Ordinal);
        foreach (var (name, shape) in more) members.Add(name, shape);
        return members;
    }
}
