namespace Homeward.Exchange.CyberTips.Json;

/// <summary>Reported persons, recipients, victims and their associated accounts: one shape for all in the JSON.</summary>
internal sealed class JsonPersonMapping(TipBuilder tip, string? serviceOfLastResort, string? company)
{
    /// <summary>What is said of a person or an account and compared with nothing: kept as values. The form's own names, where nobody has seen the JSON's.</summary>
    public static readonly string[] Facts =
    [
        "occupation", "relationshipToReporter", "relationshipToChildVictim", "accessToChildVictim", "accessToChildren", "accessToFirearms",
        "convictedSexOffender", "awareOfReport", "gangAffiliation", "compromisedAccount", "groupIdentifier", "thirdPartyUserReported",
        "accountTemporarilyDisabled", "accountPermanentlyDisabled", "allEmailsReported", "ageAssertionDiscrepancy",
    ];

    /// <summary>The same, in one word or in several.</summary>
    public static readonly string[] Words = ["preferredPronouns", "languages", "races", "disabilities"];

    private readonly JsonFields _fields = new(tip);

    public void Person(JsonAt at, TipRole role, int? holder = null)
    {
        var me = tip.Persons.Count;
        tip.Persons.Add(new TipPerson { Role = role });   // the place is taken before associated accounts follow

        var captured = new JsonFields.Captured();
        _fields.Captures(at, me, captured);
        List<TipPhone>? phones = null;
        List<TipEmail>? emails = null;
        List<TipAddress>? addresses = null;
        List<string>? displayNames = null, priors = null;
        foreach (var phone in at.Wrapped("phones")) Gather.Add(ref phones, _fields.Phone(phone, me));
        foreach (var email in at.Wrapped("emails")) Gather.Add(ref emails, _fields.Email(email, me));
        foreach (var address in at.Wrapped("addresses")) Gather.Add(ref addresses, _fields.Address(address, me));
        foreach (var name in at.Wrapped("displayNames")) Gather.Add(ref displayNames, _fields.Value(name.Said));
        foreach (var prior in at.Wrapped("priorCTReports")) Gather.Add(ref priors, _fields.Value(prior.Said));
        var service = _fields.Value(at["espService"]);
        var screenName = at["screenName"].Said;
        var screenNameText = _fields.Value(screenName);
        if (screenNameText is not null) tip.ScreenName(screenName.Path, screenNameText, service ?? serviceOfLastResort, me);
        var accountId = _fields.Value(at["espUserId"]);
        if (accountId is not null) tip.AccountId(at["espUserId"].Path, accountId, company ?? service, me);
        _fields.Text(TextKind.PhysicalDescription, at["physicalDescription"], me);
        _fields.Text(TextKind.Vehicle, at["vehicleDescription"], me);
        if (_fields.Value(at["vehicleTagNumber"]) is { } tag) tip.Plate(at["vehicleTagNumber"].Path, tag, me);
        _fields.Text(TextKind.PersonInfo, at["additionalContactInformation"], me);
        _fields.Facts(at, Facts);
        foreach (var words in Words) _fields.Several(at, words);
        _fields.Text(TextKind.School, at["schoolName"], me);
        _fields.Text(TextKind.ProfileBio, at["profileBio"], me);
        _fields.Infos(TextKind.PersonInfo, at, me);

        var (born, age) = (at["dateOfBirth"], at["approximateAge"]);
        tip.Persons[me] = new TipPerson
        {
            Role = role,
            AssociatedWith = holder,
            AssociatedAs = _fields.Value(at["accountType"]),
            Given = _fields.Value(at["firstName"]),
            Middle = _fields.Value(at["middleName"]),
            Family = _fields.Value(at["lastName"]),
            Preferred = _fields.Value(at["preferredName"]),
            DisplayNames = displayNames.OrNone(),
            ScreenName = screenNameText,
            Service = service,
            AccountId = accountId,
            Born = tip.Date(born.Path, born.Text()),
            Age = tip.Whole(age.Path, age.Text(), 0, 150),
            Sex = Readings.Sex(_fields.Value(at["gender"])),
            Phones = phones.OrNone(),
            Emails = emails.OrNone(),
            Addresses = addresses.OrNone(),
            ProfileUrls = captured.Profiles.OrNone(),
            EstimatedLocation = _fields.Location(at["estimatedLocation"], me),
            Ips = captured.Ips.OrNone(),
            Devices = captured.Devices.OrNone(),
            PriorReports = priors.OrNone(),
            Path = at.Path,
        };
        if (role == TipRole.Associated) return;   // an associated account has none of its own
        foreach (var account in at.Wrapped("associatedAccounts")) Person(account, TipRole.Associated, me);
    }
}
