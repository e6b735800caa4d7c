namespace Homeward.Exchange.CyberTips;

/// <summary>Gathers what a reader draws out of one report beside its records: values, texts, identifiers, remarks.</summary>
internal sealed class TipBuilder
{
    public List<TipPerson> Persons { get; } = [];
    public List<TipIncident> Incidents { get; } = [];
    public List<TipFile> Files { get; } = [];
    public List<FreeText> Texts { get; } = [];
    public List<Identifier> Identifiers { get; } = [];
    public List<TipValue> Values { get; } = new(64);
    public List<Remark> Remarks { get; } = [];

    /// <summary>Notes a value with its path and hands it on; null and blank state nothing.</summary>
    public string? Value(string path, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (text.Contains('\0'))
        {
            // No database keeps it in a text. The original has it.
            text = text.Replace('\0', '\uFFFD');
            Remark(path, "holds the character U+0000, which no text has; read as U+FFFD");
        }
        Values.Add(new(path, text));
        return text;
    }

    /// <summary>Notes the answer to a yes-or-no question as a value with its path; an open question states nothing.</summary>
    public Stated Flag(string path, Stated answer)
    {
        if (answer != Stated.NotStated) Values.Add(new(path, answer == Stated.Yes ? "true" : "false"));
        return answer;
    }

    /// <summary>Keeps a free text, verbatim; blank text states nothing.</summary>
    public void Text(TextKind kind, string path, string? text, int? owner = null)
    {
        if (string.IsNullOrWhiteSpace(text)) return;
        Texts.Add(new(kind, text, owner, path));
        // The provider's form has no field for a plate: its place is the description of the vehicle.
        if (kind != TextKind.Vehicle) return;
        foreach (var plate in Plates.In(text)) Identify(IdentifierKind.Plate, path, plate, plate, owner);
    }

    public void Remark(string path, string what) => Remarks.Add(new(path, what));

    /// <summary>Notes an instant; one that cannot be read, or that names no zone, is remarked on.</summary>
    public StatedInstant? Instant(string path, string? text)
    {
        if (Value(path, text) is not { } given) return null;
        var instant = Readings.Instant(given);
        if (instant is null) Remark(path, "not a date and time of ISO 8601; left out");
        else if (!instant.Value.ZoneKnown) Remark(path, "names no time zone; read as UTC");
        return instant;
    }

    /// <inheritdoc cref="Readings.Received"/>
    public StatedInstant? Received(string path, string? text)
    {
        // As others are written, it is read as they are; and where it is no time at all, that is told as of others.
        if (text is null || Readings.Instant(text) is not null || Readings.Received(text) is not { } printed) return Instant(path, text);
        if (Value(path, text) is null) return null;
        Remark(path, $"read as {Kernel.Instants.Iso(printed.At)}");
        return printed;
    }

    public Kernel.PartialDate Date(string path, string? text)
    {
        if (Value(path, text) is not { } given) return default;
        var date = Readings.Date(given);
        if (date.IsUnknown) Remark(path, "not a date of the form 2003, 2003-04 or 2003-04-15; left out");
        return date;
    }

    public int? Whole(string path, string? text, int min, int max)
    {
        if (Value(path, text) is not { } given) return null;
        var number = Readings.Whole(given, min, max);
        if (number is null) Remark(path, $"not a whole number from {min} to {max}; left out");
        return number;
    }

    public double? Degrees(string path, string? text, double limit)
    {
        if (Value(path, text) is not { } given) return null;
        var degrees = Readings.Degrees(given, limit);
        if (degrees is null) Remark(path, "no such degree on the earth; left out");
        return degrees;
    }

    public void Email(string path, string raw, int? person) =>
        Identify(IdentifierKind.Email, path, raw, NormalForms.Email(raw), person);

    public void Phone(string path, TipPhone phone, int? person)
    {
        foreach (var number in NormalForms.Phones(phone.Number, phone.CallingCode)) Identify(IdentifierKind.Phone, path, phone.Number, number, person);
    }

    public void ScreenName(string path, string raw, string? service, int? person) =>
        Identify(IdentifierKind.ScreenName, path, raw, NormalForms.ScreenName(raw, service), person);

    /// <param name="company">Whose number it is. A service is no company: two of them may both call theirs "Chat", and one may name it or not.</param>
    public void AccountId(string path, string raw, string? company, int? person) =>
        Identify(IdentifierKind.AccountId, path, raw, NormalForms.AccountId(raw, company), person);

    public void Url(string path, string raw, int? person) =>
        Identify(IdentifierKind.Url, path, raw, NormalForms.Url(raw), person);

    public void Ip(string path, TipIp ip, int? person)
    {
        var address = NormalForms.Ip(ip.Address);
        // Never taken for another address: 192.0.2.010 may be meant as .10 or as .8.
        if (address is null) Remark(path, "no IP address; kept as written and compared with none");
        Identify(IdentifierKind.Ip, path, ip.Address, address, person, ip.At);
    }

    /// <summary>A plate from a field of its own.</summary>
    public void Plate(string path, string raw, int? person) => Identify(IdentifierKind.Plate, path, raw, Plates.Normal(raw), person);

    public void Device(string path, TipDevice device, int? person) =>
        Identify(IdentifierKind.Device, path, device.IdValue, NormalForms.Device(device.IdType, device.IdValue), person, device.At);

    /// <summary>A file that the report names, by its hash.</summary>
    public void File(string path, TipHash hash) => Identify(IdentifierKind.File, path, hash.Value, NormalForms.FileHash(hash.HashType, hash.Value), null);

    public void Place(string path, TipAddress address, int? person) => Place(
        path, address.City, address.State, address.Zip, address.Country, person);

    public void Place(string path, TipLocation location, int? person) => Place(
        path, location.City, location.Region, null, location.Country, person);

    private void Place(string path, string? city, string? state, string? zip, string? country, int? person) =>
        Identify(IdentifierKind.Place, path, string.Join(", ", new[] { city, state, zip, country }.Where(part => part is not null)),
            NormalForms.Place(city, state, zip, country), person);

    private void Identify(
        IdentifierKind kind, string path, string raw, string? normalised, int? person, StatedInstant? at = null)
    {
        if (normalised is not null) Identifiers.Add(new(kind, raw, normalised, path, person, at));
    }
}
