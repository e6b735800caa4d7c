namespace Homeward.Exchange.CyberTips.Pdf;

/// <summary>Gathers one person's block of the print.</summary>
internal sealed class PdfPerson(TipBuilder tip, int me, TipRole role)
{
    private readonly PdfAddresses _addresses = new(tip, me);
    private TipPerson _person = new() { Role = role };
    private List<TipPhone>? _phones;
    private List<TipEmail>? _emails;
    private List<string>? _displayNames, _profiles;
    private List<TipIp>? _ips;
    private List<TipDevice>? _devices;
    private List<TipValue>? _screenNames, _accountIds;

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
            case PdfField.AccountId: Add(ref _accountIds, path, text); return true;
            case PdfField.Service: _person = _person with { Service = tip.Value(path, text) }; return true;
            case PdfField.DisplayName: Gather.Add(ref _displayNames, tip.Value(path, text)); return true;
            case PdfField.ScreenName: Add(ref _screenNames, path, text); return true;
            case PdfField.Ip: Gather.Add(ref _ips, PdfFields.Ip(tip, path, text, me)); return true;
            case PdfField.Notes: tip.Text(TextKind.PersonInfo, path, text, me); return true;
            case PdfField.Phone: Gather.Add(ref _phones, PdfFields.Phone(tip, path, text, me)); return true;
            case PdfField.Email: Email(path, text); return true;
            case PdfField.ProfileUrl or PdfField.Url: Url(path, text); return true;
            case PdfField.Device: Gather.Add(ref _devices, PdfFields.Device(tip, path, text, me)); return true;
            case PdfField.Vehicle: tip.Text(TextKind.Vehicle, path, text, me); return true;
            case PdfField.VehicleTag: Plate(path, text); return true;
            default: return field is { } part && _addresses.Take(part, path, text);
        }
    }

    /// <summary>Of several names or IDs of accounts each is an identifier, and the first the person's.</summary>
    /// <param name="serviceOfLastResort">The platform, where the block names no service.</param>
    /// <param name="company">Whose numbers the account IDs are.</param>
    public TipPerson Done(string path, string? serviceOfLastResort, string? company)
    {
        var service = _person.Service ?? serviceOfLastResort;
        foreach (var one in _screenNames.OrNone()) tip.ScreenName(one.Path, one.Text, service, me);
        foreach (var one in _accountIds.OrNone()) tip.AccountId(one.Path, one.Text, company ?? service, me);
        return _person with
        {
            ScreenName = _screenNames?[0].Text, AccountId = _accountIds?[0].Text,
            DisplayNames = _displayNames.OrNone(), Phones = _phones.OrNone(), Emails = _emails.OrNone(), ProfileUrls = _profiles.OrNone(),
            Addresses = _addresses.Done(), Ips = _ips.OrNone(), Devices = _devices.OrNone(), Path = path,
        };
    }

    private void Add(ref List<TipValue>? values, string path, string text)
    {
        if (tip.Value(path, text) is { } given) (values ??= []).Add(new(path, given));
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

    private void Plate(string path, string text)
    {
        if (tip.Value(path, text) is { } tag) tip.Plate(path, tag, me);
    }
}
