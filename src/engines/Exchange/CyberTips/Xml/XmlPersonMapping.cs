using Homeward.Kernel;

namespace Homeward.Exchange.CyberTips.Xml;

/// <summary>The three account blocks and the associated account: one vocabulary in four orders.</summary>
/// <remarks>The schema has checked the order and the members of each; here the names alone decide.</remarks>
internal sealed class XmlPersonMapping(XmlTree tree, TipBuilder tip)
{
    private readonly XmlFields _fields = new(tree, tip);

    /// <summary>Service of screen names whose account names none.</summary>
    public string? ServiceOfLastResort { get; set; }

    /// <summary>Whose numbers the account IDs are.</summary>
    public string? Company { get; set; }

    public void Account(int node, TipRole role, int? holder)
    {
        var me = tip.Persons.Count;
        tip.Persons.Add(new TipPerson { Role = role });   // the place is taken before associated accounts follow
        var draft = new Draft();
        List<int>? associated = null;
        foreach (var part in tree.Of(node))
        {
            switch (tree.Name(part))
            {
                case "personOrUserReportedPerson" or "intendedRecipientPerson" or "victimPerson":
                    foreach (var field in tree.Of(part)) Field(field, draft, me);
                    break;
                case "associatedAccount":
                    (associated ??= []).Add(part);
                    break;
                default:
                    Field(part, draft, me);
                    break;
            }
        }
        var service = draft.Service ?? ServiceOfLastResort;
        if (draft.ScreenName is { } name) tip.ScreenName(draft.ScreenNamePath, name, service, me);
        if (draft.AccountId is { } id) tip.AccountId(draft.AccountIdPath, id, Company ?? service, me);
        tip.Persons[me] = draft.Person(role, holder, tree.Path(node));
        foreach (var account in associated.OrNone()) Account(account, TipRole.Associated, me);
    }

    private void Field(int node, Draft draft, int me)
    {
        switch (tree.Name(node))
        {
            case "firstName": draft.Given = _fields.Value(node); break;
            case "middleName": draft.Middle = _fields.Value(node); break;
            case "lastName": draft.Family = _fields.Value(node); break;
            case "phone": Gather.Add(ref draft.Phones, _fields.Phone(node, me)); break;
            case "email": Gather.Add(ref draft.Emails, _fields.Email(node, me)); break;
            case "address": Gather.Add(ref draft.Addresses, _fields.Address(node, me)); break;
            case "age" or "approximateAge": draft.Age = tip.Whole(tree.Path(node), tree.Text(node), 0, 150); break;
            case "dateOfBirth": draft.Born = tip.Date(tree.Path(node), tree.Text(node)); break;
            case "vehicleDescription": _fields.Text(TextKind.Vehicle, node, me); break;
            case "espIdentifier": (draft.AccountId, draft.AccountIdPath) = (_fields.Value(node), tree.Path(node)); break;
            case "espService": draft.Service = _fields.Value(node); break;
            case "platform":
                var platform = _fields.Value(node);
                draft.Service ??= platform;
                break;
            case "screenName": (draft.ScreenName, draft.ScreenNamePath) = (_fields.Value(node), tree.Path(node)); break;
            case "displayName": Gather.Add(ref draft.DisplayNames, _fields.Value(node)); break;
            case "profileUrl": Gather.Add(ref draft.ProfileUrls, _fields.Url(node, me)); break;
            case "profileBio": _fields.Text(TextKind.ProfileBio, node, me); break;
            case "ipCaptureEvent": Gather.Add(ref draft.Ips, _fields.Ip(node, me)); break;
            case "deviceId": Gather.Add(ref draft.Devices, _fields.Device(node, me)); break;
            case "schoolName": _fields.Text(TextKind.School, node, me); break;
            case "priorCTReports" or "priorCTReport": Gather.Add(ref draft.PriorReports, _fields.Value(node)); break;
            case "estimatedLocation": draft.Location = _fields.Location(node, me); break;
            case "additionalInfo": _fields.Text(TextKind.PersonInfo, node, me); break;
            case "@type": draft.AssociatedAs = _fields.Value(node); break;
            case "@accountType":
                var kind = _fields.Value(node);
                draft.AssociatedAs ??= kind;
                tip.Remark(tree.Path(node), "the documentation's name for the attribute type; accepted");
                break;
            case "@thirdPartyUser":
                _fields.Value(node);
                tip.Remark(tree.Path(node), "belongs on platform; accepted");
                break;
            default:
                _fields.Value(node);   // states and flags of the account: kept as values, asked for by nobody yet
                break;
        }
    }

    /// <summary>A person while his or her block is read.</summary>
    private sealed class Draft
    {
        public string? Given, Middle, Family, AccountId, Service, ScreenName, AssociatedAs;
        public string ScreenNamePath = "", AccountIdPath = "";
        public PartialDate Born;
        public int? Age;
        public TipLocation? Location;
        public List<string>? DisplayNames, ProfileUrls, PriorReports;
        public List<TipPhone>? Phones;
        public List<TipEmail>? Emails;
        public List<TipAddress>? Addresses;
        public List<TipIp>? Ips;
        public List<TipDevice>? Devices;

        public TipPerson Person(TipRole role, int? holder, string path) => new()
        {
            Role = role,
            AssociatedWith = holder,
            AssociatedAs = AssociatedAs,
            Given = Given,
            Middle = Middle,
            Family = Family,
            DisplayNames = DisplayNames.OrNone(),
            ScreenName = ScreenName,
            Service = Service,
            AccountId = AccountId,
            Born = Born,
            Age = Age,
            Phones = Phones.OrNone(),
            Emails = Emails.OrNone(),
            Addresses = Addresses.OrNone(),
            ProfileUrls = ProfileUrls.OrNone(),
            EstimatedLocation = Location,
            Ips = Ips.OrNone(),
            Devices = Devices.OrNone(),
            PriorReports = PriorReports.OrNone(),
            Path = path,
        };
    }
}
