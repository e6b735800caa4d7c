namespace Homeward.Exchange.CyberTips.Pdf;

/// <summary>Gathers one person's block of the print.</summary>
internal sealed class PdfPerson(TipBuilder tip, int me, TipRole role)
{
    private TipPerson _person = new() { Role = role };
    private List<TipPhone>? _phones;
    private List<TipEmail>? _emails;
    private List<string>? _displayNames, _profiles;
    private List<TipIp>? _ips;
    private List<TipDevice>? _devices;
    private TipAddress? _address;
    private string? _addressPath, _screenNamePath, _accountIdPath;

    /// <returns>False when a person has no such value: the line is kept beside.</returns>
    public bool Take(PdfField? field, string path, string text)
    {
        switch (field)
        {
            case PdfField.Name: Whole(tip.Value(path, text)); return true;
            case PdfField.First: _person = _person with { Given = tip.Value(path, text) }; return true;
            case PdfField.Middle: _person = _person with { Middle = tip.Value(path, text) }; return true;
            case PdfField.Last: _person = _person with { Family = tip.Value(path, text) }; return true;
            case PdfField.Preferred: _person = _person with { Preferred = tip.Value(path, text) }; return true;
            case PdfField.Born: Born(path, text); return true;
            case PdfField.Age: _person = _person with { Age = tip.Whole(path, text.Split(' ')[0], 0, 150) }; return true;
            case PdfField.Sex: _person = _person with { Sex = Readings.Sex(tip.Value(path, text)) }; return true;
            case PdfField.AccountId: (_person, _accountIdPath) = (_person with { AccountId = tip.Value(path, text) }, path); return true;
            case PdfField.Service: _person = _person with { Service = tip.Value(path, text) }; return true;
            case PdfField.DisplayName: Gather.Add(ref _displayNames, tip.Value(path, text)); return true;
            case PdfField.ScreenName: (_person, _screenNamePath) = (_person with { ScreenName = tip.Value(path, text) }, path); return true;
            case PdfField.Ip: Gather.Add(ref _ips, PdfFields.Ip(tip, path, text, me)); return true;
            case PdfField.Notes: tip.Text(TextKind.PersonInfo, path, text, me); return true;
            case PdfField.Phone: Phone(path, text); return true;
            case PdfField.Email: Email(path, text); return true;
            case PdfField.ProfileUrl or PdfField.Url: Url(path, text); return true;
            case PdfField.Device: Device(path, text); return true;
            case PdfField.Street: Place(path, address => address with { Street = tip.Value(path, text) }); return true;
            case PdfField.City: Place(path, address => address with { City = tip.Value(path, text) }); return true;
            case PdfField.State: Place(path, address => address with { State = tip.Value(path, text) }); return true;
            case PdfField.Zip: Place(path, address => address with { Zip = tip.Value(path, text) }); return true;
            case PdfField.Country: Place(path, address => address with { Country = Readings.Country(tip.Value(path, text)) }); return true;
            default: return false;
        }
    }

    /// <param name="serviceOfLastResort">The platform, where the block names no service.</param>
    public TipPerson Done(string path, string? serviceOfLastResort)
    {
        var service = _person.Service ?? serviceOfLastResort;
        if (_person.ScreenName is { } screenName) tip.ScreenName(_screenNamePath!, screenName, service, me);
        if (_person.AccountId is { } id) tip.AccountId(_accountIdPath!, id, service, me);
        if (_address is not null) tip.Place(_addressPath!, _address, me);
        return _person with
        {
            DisplayNames = _displayNames.OrNone(), Phones = _phones.OrNone(), Emails = _emails.OrNone(), ProfileUrls = _profiles.OrNone(),
            Addresses = _address is null ? [] : [_address], Ips = _ips.OrNone(), Devices = _devices.OrNone(), Path = path,
        };
    }

    /// <summary>One line for the whole name: the last word is the family's, and the value is kept as it stands beside.</summary>
    private void Whole(string? name)
    {
        if (name is null) return;
        var cut = name.LastIndexOf(' ');
        _person = _person with { Given = cut < 0 ? name : name[..cut].Trim(), Family = cut < 0 ? null : name[(cut + 1)..] };
    }

    private void Born(string path, string text)
    {
        if (tip.Value(path, text) is not { } given) return;
        var born = PdfLabels.Date(given);
        if (born.IsUnknown) tip.Remark(path, "not a date of the form MM-DD-YYYY; left out");
        _person = _person with { Born = born };
    }

    private void Phone(string path, string text)
    {
        if (tip.Value(path, text) is not { } given) return;
        var (number, verified) = PdfFields.Verified(given);
        var phone = new TipPhone(number, null, verified);
        tip.Phone(path, phone, me);
        Gather.Add(ref _phones, phone);
    }

    private void Email(string path, string text)
    {
        if (tip.Value(path, text) is not { } given) return;
        var (address, verified) = PdfFields.Verified(given);
        tip.Email(path, address, me);
        Gather.Add(ref _emails, new TipEmail(address, verified));
    }

    private void Url(string path, string text)
    {
        if (tip.Value(path, text) is not { } url) return;
        tip.Url(path, url, me);
        Gather.Add(ref _profiles, url);
    }

    private void Device(string path, string text)
    {
        if (tip.Value(path, text) is not { } given) return;
        var device = new TipDevice("", given);
        tip.Device(path, device, me);
        Gather.Add(ref _devices, device);
    }

    private void Place(string path, Func<TipAddress, TipAddress> with)
    {
        _address = with(_address ?? new TipAddress());
        _addressPath ??= path;
    }
}
