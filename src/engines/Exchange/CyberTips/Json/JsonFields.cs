namespace Homeward.Exchange.CyberTips.Json;

/// <summary>The small types that recur in the agency's JSON.</summary>
internal sealed class JsonFields(TipBuilder tip)
{
    public const string IpCapture = "IP Address";
    public const string UrlCapture = "URL";
    public const string ProfileCapture = "Profile URL";

    public string? Value(JsonAt at) => tip.Value(at.Path, at.Text());
    public Stated Flag(JsonAt at) => tip.Flag(at.Path, at.Flag());
    public StatedInstant? Instant(JsonAt at) => tip.Instant(at.Path, at.Text());
    public void Text(TextKind kind, JsonAt at, int? owner) => tip.Text(kind, at.Path, at.Text(), owner);

    public void Infos(TextKind kind, JsonAt holder, int owner)
    {
        foreach (var info in holder["additionalInformations"].Items()) Text(kind, info["value"], owner);
    }

    public TipPhone? Phone(JsonAt at, int? person)
    {
        if (Value(at["value"]) is not { } number) return null;
        var phone = new TipPhone(number, Value(at["countryCallingCode"]), Flag(at["verified"]));
        tip.Phone(at["value"].Path, phone, person);
        return phone;
    }

    public TipEmail? Email(JsonAt at, int? person)
    {
        if (Value(at["value"]) is not { } address) return null;
        tip.Email(at["value"].Path, address, person);
        return new(address, Flag(at["verified"]));
    }

    public TipAddress Address(JsonAt at, int? person)
    {
        var (street1, street2) = (Value(at["street1"]), Value(at["street2"]));
        var address = new TipAddress(street2 is null ? street1 : $"{street1} {street2}".Trim(), Value(at["city"]),
            Value(at["state"]), Value(at["postalCode"]), Value(at["country"]));
        tip.Place(at.Path, address, person);
        return address;
    }

    public TipLocation? Location(JsonAt at, int? person)
    {
        if (!at.IsStated) return null;
        var location = new TipLocation(Value(at["city"]), Value(at["region"]), Value(at["countryCode"]),
            Flag(at["verified"]), Instant(at["timestamp"]));
        tip.Place(at.Path, location, person);
        return location;
    }

    /// <summary>Captures hold what the provider's machines saw: addresses, links, and everything else as devices.</summary>
    public void Captures(JsonAt holder, int? person, Captured captured)
    {
        foreach (var capture in holder["sourceInformation"]["sourceCaptures"].Items())
        {
            var type = Value(capture["captureType"]);
            var path = capture["value"].Path;
            if (Value(capture["value"]) is not { } value) continue;
            switch (type)
            {
                case UrlCapture:
                    tip.Url(path, value, person);
                    (captured.Urls ??= []).Add(value);
                    break;
                case ProfileCapture:
                    tip.Url(path, value, person);
                    (captured.Profiles ??= []).Add(value);
                    break;
                case IpCapture:
                    var port = capture["port"];
                    var ip = new TipIp(value, Event(capture["eventName"]), Instant(capture["dateTime"]),
                        tip.Whole(port.Path, port.Text(), 1, 65535), Flag(capture["possibleProxy"]));
                    tip.Ip(path, ip, person);
                    (captured.Ips ??= []).Add(ip);
                    break;
                default:
                    var device = new TipDevice(type ?? "", value, Event(capture["eventName"]), Instant(capture["dateTime"]));
                    tip.Device(path, device, person);
                    (captured.Devices ??= []).Add(device);
                    break;
            }
        }
    }

    /// <summary>Some programs shout: <c>UPLOAD</c> is the form's <c>Upload</c>.</summary>
    private string? Event(JsonAt at)
    {
        var given = Value(at);
        return given is null ? null : Xml.TipSchema.Events.FirstOrDefault(
            known => known.Equals(given, StringComparison.OrdinalIgnoreCase), given);
    }

    internal sealed class Captured
    {
        public List<string>? Urls, Profiles;
        public List<TipIp>? Ips;
        public List<TipDevice>? Devices;
    }
}
