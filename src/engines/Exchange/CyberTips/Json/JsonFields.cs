namespace Homeward.Exchange.CyberTips.Json;

/// <summary>The small types that recur in the agency's JSON.</summary>
internal sealed class JsonFields(TipBuilder tip)
{
    public const string IpCapture = "IP Address";
    public const string UrlCapture = "URL";
    public const string ProfileCapture = "Profile URL";

    /// <summary>What a telephone or an e-mail address has beside its value: kept as values, asked for by nobody yet.</summary>
    public static readonly string[] PhoneFacts = ["type", "extension", "verificationDate"], EmailFacts = ["type", "verificationDate"];

    public string? Value(JsonAt at) => tip.Value(at.Path, at.Text());
    public Stated Flag(JsonAt at) => at.Flag();
    public StatedInstant? Instant(JsonAt at) => tip.Instant(at.Path, at.Text());
    public void Text(TextKind kind, JsonAt at, int? owner) => tip.Text(kind, at.Path, at.Text(), owner);

    public void Infos(TextKind kind, JsonAt holder, int owner)
    {
        foreach (var info in holder["additionalInformations"].Items()) Text(kind, info.Said, owner);
    }

    /// <summary>Members that are kept as values and nothing more.</summary>
    public void Facts(JsonAt holder, IEnumerable<string> names, params ReadOnlySpan<string> more)
    {
        foreach (var name in names) Value(holder[name]);
        foreach (var name in more) Value(holder[name]);
    }

    /// <summary>One value or several, by themselves or in whatever wrapping, kept as values.</summary>
    public void Several(JsonAt holder, string name)
    {
        if (!holder[name].IsStated) return;
        Value(holder[name].Said);
        foreach (var item in holder.Wrapped(name)) Value(item.Said);
    }

    public TipPhone? Phone(JsonAt at, int? person)
    {
        Facts(at, PhoneFacts);
        var (said, code, verified) = (at.Said, Value(at["countryCallingCode"]), Flag(at["verified"]));
        if (Value(said) is not { } number) return null;
        var phone = new TipPhone(number, code, verified);
        tip.Phone(said.Path, phone, person);
        return phone;
    }

    public TipEmail? Email(JsonAt at, int? person)
    {
        Facts(at, EmailFacts);
        var (said, verified) = (at.Said, Flag(at["verified"]));
        if (Value(said) is not { } address) return null;
        tip.Email(said.Path, address, person);
        return new(address, verified);
    }

    public TipAddress Address(JsonAt at, int? person)
    {
        Value(at["type"]);
        var (street1, street2) = (Value(at["street1"]), Value(at["street2"]));
        var address = new TipAddress(street2 is null ? street1 : $"{street1} {street2}".Trim(), Value(at["city"]),
            Value(at["state"]), Value(at["postalCode"]), Readings.Country(Value(at["country"])));
        tip.Place(at.Path, address, person);
        return address;
    }

    public TipLocation? Location(JsonAt at, int? person)
    {
        if (!at.IsObject) return null;
        var location = new TipLocation(Value(at["city"]), Value(at["region"]), Readings.Country(Value(at["countryCode"])),
            Flag(at["verified"]), Instant(at["timestamp"]));
        tip.Place(at.Path, location, person);
        return location;
    }

    /// <summary>Captures hold what the provider's machines saw: addresses, links, and everything else as devices.</summary>
    public void Captures(JsonAt holder, int? person, Captured captured)
    {
        foreach (var capture in holder["sourceInformation"]["sourceCaptures"].Items())
        {
            var (type, said, port) = (Value(capture["captureType"]), capture["value"], capture["port"]);
            var (seen, at, from) = (Event(capture["eventName"]), Instant(capture["dateTime"]), tip.Whole(port.Path, port.Text(), 1, 65535));
            var proxy = Flag(capture["possibleProxy"]);
            if (Value(said) is not { } value) continue;
            switch (Captured.Form(type))
            {
                case UrlCapture:
                    tip.Url(said.Path, value, person);
                    (captured.Urls ??= []).Add(value);
                    break;
                case ProfileCapture:
                    tip.Url(said.Path, value, person);
                    (captured.Profiles ??= []).Add(value);
                    break;
                case IpCapture:
                    var ip = new TipIp(value, seen, at, from, proxy);
                    tip.Ip(said.Path, ip, person);
                    (captured.Ips ??= []).Add(ip);
                    break;
                default:
                    var device = new TipDevice(type ?? "", value, seen, at);
                    tip.Device(said.Path, device, person);
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

        /// <summary>The form's word for what was captured, as which programs on the way write it otherwise ("IP ADDRESS", "Url"); any other as it stands.</summary>
        public static string? Form(string? type) => type is null or IpCapture or UrlCapture or ProfileCapture ? type
            : Array.Find(_forms, known => Letters(known).Equals(Letters(type), StringComparison.OrdinalIgnoreCase)) ?? type;

        private static readonly string[] _forms = [IpCapture, UrlCapture, ProfileCapture];

        private static string Letters(string type) => string.Concat(type.Where(char.IsAsciiLetter));
    }
}
