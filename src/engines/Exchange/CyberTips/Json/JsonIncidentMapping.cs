namespace Homeward.Exchange.CyberTips.Json;

/// <summary>The incident details: a list for each of the eight variants.</summary>
internal sealed class JsonIncidentMapping(TipBuilder tip)
{
    /// <summary>Key of each variant, in the order in which we read and write them.</summary>
    public static readonly (IncidentKind Kind, string Key)[] Keys =
    [
        (IncidentKind.WebPage, "webpageIncident"), (IncidentKind.Email, "emailIncident"),
        (IncidentKind.Newsgroup, "newsgroupIncident"), (IncidentKind.Chat, "chatImIncident"),
        (IncidentKind.Gaming, "onlineGamingIncident"), (IncidentKind.CellPhone, "cellPhoneIncident"),
        (IncidentKind.OffLine, "nonInternetIncident"), (IncidentKind.FileSharing, "peer2peerIncident"),
    ];

    private readonly JsonFields _fields = new(tip);

    public void All(JsonAt details)
    {
        foreach (var (kind, key) in Keys)
        {
            foreach (var incident in details[key].Items()) Incident(incident, kind);
        }
    }

    private void Incident(JsonAt at, IncidentKind kind)
    {
        var me = tip.Incidents.Count;
        var captured = new JsonFields.Captured();
        _fields.Captures(at, null, captured);
        List<TipEmail>? emails = null;
        List<TipAddress>? addresses = null;
        foreach (var email in at.Wrapped("emails")) Gather.Add(ref emails, _fields.Email(email, null));
        foreach (var address in at.Wrapped("addresses")) Gather.Add(ref addresses, _fields.Address(address, null));
        foreach (var content in at["contents"].Items()) _fields.Text(TextKind.IncidentContent, content.Said, me);
        _fields.Infos(TextKind.IncidentInfo, at, me);
        var (latitude, longitude) = (at["latitude"], at["longitude"]);
        tip.Incidents.Add(new TipIncident
        {
            Kind = kind,
            Name = _fields.Value(at["name"]),
            Room = _fields.Value(at["room"]),
            Urls = captured.Urls.OrNone(),
            Emails = emails.OrNone(),
            Phone = at["phone"] is { IsStated: true } phone ? _fields.Phone(phone, null) : null,
            Latitude = tip.Degrees(latitude.Path, latitude.Text(), 90),
            Longitude = tip.Degrees(longitude.Path, longitude.Text(), 180),
            Addresses = addresses.OrNone(),
            Ips = captured.Ips.OrNone(),
            Path = at.Path,
        });
    }
}
