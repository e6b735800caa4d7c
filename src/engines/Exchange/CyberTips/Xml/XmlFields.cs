namespace Homeward.Exchange.CyberTips.Xml;

/// <summary>The small types that recur all over the form: phone, e-mail, address, captures.</summary>
internal sealed class XmlFields(XmlTree tree, TipBuilder tip)
{
    public string? Value(int node) => Value(tree, tip, node);
    /// <summary>Notes what stands in an element and in its attributes, each with a path of its own.</summary>
    /// <returns>The element's text, or null.</returns>
    public static string? Value(XmlTree tree, TipBuilder tip, int node)
    {
        foreach (var part in tree.Of(node))
            if (tree.Name(part)[0] == '@') tip.Value(tree.Path(part), tree.Text(part));
        return tip.Value(tree.Path(node), tree.Text(node));
    }

    /// <summary>Notes all that stands in an element and below it: who is no subject of the report is kept as values, and nobody is known by them.</summary>
    public static void All(XmlTree tree, TipBuilder tip, int node)
    {
        Value(tree, tip, node);
        foreach (var part in tree.Of(node))
            if (tree.Name(part)[0] != '@') All(tree, tip, part);
    }

    public void Text(TextKind kind, int node, int? owner) => tip.Text(kind, tree.Path(node), tree.Text(node), owner);

    public TipPhone? Phone(int node, int? person)
    {
        if (Value(node) is not { } number) return null;
        var phone = new TipPhone(number, Readings.OrNull(tree.Attribute(node, "@countryCallingCode")),
            Readings.Flag(tree.Attribute(node, "@verified")));
        tip.Phone(tree.Path(node), phone, person);
        return phone;
    }

    public TipEmail? Email(int node, int? person)
    {
        if (Value(node) is not { } address) return null;
        tip.Email(tree.Path(node), address, person);
        return new TipEmail(address, Readings.Flag(tree.Attribute(node, "@verified")));
    }

    public string? Url(int node, int? person)
    {
        if (Value(node) is not { } url) return null;
        tip.Url(tree.Path(node), url, person);
        return url;
    }

    public TipAddress Address(int node, int? person)
    {
        string? street = null, city = null, zip = null, state = null, country = null;
        foreach (var part in tree.Of(node))
        {
            switch (tree.Name(part))
            {
                case "address": street = Value(part); break;
                case "city": city = Value(part); break;
                case "zipCode": zip = Value(part); break;
                case "state": state = Value(part); break;
                case "nonUsaState":
                    var region = Value(part);
                    state ??= region;
                    break;
                case "country": country = Readings.Country(Value(part)); break;
                case "@type": Value(part); break;
            }
        }
        var address = new TipAddress(street, city, state, zip, country);
        tip.Place(tree.Path(node), address, person);
        return address;
    }

    public TipLocation Location(int node, int? person)
    {
        string? city = null, region = null, country = null;
        StatedInstant? at = null;
        var verified = Stated.NotStated;
        foreach (var part in tree.Of(node))
        {
            switch (tree.Name(part))
            {
                case "@verified": verified = Readings.Flag(Value(part)); break;
                case "city": city = Value(part); break;
                case "region": region = Value(part); break;
                case "countryCode": country = Readings.Country(Value(part)); break;
                case "@timestamp": at = tip.Instant(tree.Path(part), tree.Text(part)); break;
            }
        }
        var location = new TipLocation(city, region, country, verified, at);
        tip.Place(tree.Path(node), location, person);
        return location;
    }

    public TipIp? Ip(int node, int? person)
    {
        string? address = null, kind = null;
        StatedInstant? at = null;
        int? port = null;
        var proxy = Stated.NotStated;
        var path = tree.Path(node);
        foreach (var part in tree.Of(node))
        {
            switch (tree.Name(part))
            {
                case "ipAddress": (address, path) = (Value(part), tree.Path(part)); break;
                case "eventName": kind = Value(part); break;
                case "dateTime": at = tip.Instant(tree.Path(part), tree.Text(part)); break;
                case "possibleProxy": proxy = Readings.Flag(Value(part)); break;
                case "port": port = tip.Whole(tree.Path(part), tree.Text(part), 1, 65535); break;
            }
        }
        if (address is null) return null;
        var ip = new TipIp(address, kind, at, port, proxy);
        tip.Ip(path, ip, person);
        return ip;
    }

    public TipDevice? Device(int node, int? person)
    {
        string? idType = null, idValue = null, kind = null;
        StatedInstant? at = null;
        var path = tree.Path(node);
        foreach (var part in tree.Of(node))
        {
            switch (tree.Name(part))
            {
                case "idType": idType = Value(part); break;
                case "idValue": (idValue, path) = (Value(part), tree.Path(part)); break;
                case "eventName": kind = Value(part); break;
                case "dateTime": at = tip.Instant(tree.Path(part), tree.Text(part)); break;
            }
        }
        if (idType is null || idValue is null) return null;
        var device = new TipDevice(idType, idValue, kind, at);
        tip.Device(path, device, person);
        return device;
    }
}
