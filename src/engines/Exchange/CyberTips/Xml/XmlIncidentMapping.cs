namespace Homeward.Exchange.CyberTips.Xml;

/// <summary>The eight variants of <c>internetDetails</c>.</summary>
internal sealed class XmlIncidentMapping(XmlTree tree, TipBuilder tip)
{
    private readonly XmlFields _fields = new(tree, tip);

    public void Incident(int node)
    {
        foreach (var variant in tree.Of(node))
        {
            var kind = tree.Name(variant) switch
            {
                "webPageIncident" => IncidentKind.WebPage,
                "emailIncident" => IncidentKind.Email,
                "newsgroupIncident" => IncidentKind.Newsgroup,
                "chatImIncident" => IncidentKind.Chat,
                "onlineGamingIncident" => IncidentKind.Gaming,
                "cellPhoneIncident" => IncidentKind.CellPhone,
                "nonInternetIncident" => IncidentKind.OffLine,
                _ => IncidentKind.FileSharing,
            };
            tip.Incidents.Add(Variant(variant, kind));
        }
    }

    private TipIncident Variant(int variant, IncidentKind kind)
    {
        var me = tip.Incidents.Count;
        string? name = null, room = null;
        List<string>? urls = null;
        List<TipEmail>? emails = null;
        List<TipAddress>? addresses = null;
        List<TipIp>? ips = null;
        TipPhone? phone = null;
        double? latitude = null, longitude = null;
        foreach (var part in tree.Of(variant))
        {
            switch (tree.Name(part))
            {
                case "url": Gather.Add(ref urls, _fields.Url(part, null)); break;
                case "emailAddress": Gather.Add(ref emails, _fields.Email(part, null)); break;
                case "name" or "chatClient" or "gameName" or "locationName" or "client": name = _fields.Value(part); break;
                case "chatRoomName" or "console": room = _fields.Value(part); break;
                case "phoneNumber": phone = _fields.Phone(part, null); break;
                case "latitude": latitude = tip.Degrees(tree.Path(part), tree.Text(part), 90); break;
                case "longitude": longitude = tip.Degrees(tree.Path(part), tree.Text(part), 180); break;
                case "incidentAddress": Gather.Add(ref addresses, _fields.Address(part, null)); break;
                case "ipCaptureEvent": Gather.Add(ref ips, _fields.Ip(part, null)); break;
                case "content" or "fileNames": _fields.Text(TextKind.IncidentContent, part, me); break;
                case "additionalInfo": _fields.Text(TextKind.IncidentInfo, part, me); break;
                default: _fields.Value(part); break;
            }
        }
        return new TipIncident
        {
            Kind = kind,
            Name = name,
            Room = room,
            Urls = urls.OrNone(),
            Emails = emails.OrNone(),
            Phone = phone,
            Latitude = latitude,
            Longitude = longitude,
            Addresses = addresses.OrNone(),
            Ips = ips.OrNone(),
            Path = tree.Path(variant),
        };
    }
}
