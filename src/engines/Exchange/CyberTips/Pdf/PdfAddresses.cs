namespace Homeward.Exchange.CyberTips.Pdf;

/// <summary>Gathers the addresses of a block: the print sets their parts one below the other, and nothing between two of them.</summary>
/// <remarks>A street, or a part that the open address has already, blank too, begins the next: two are never mixed into one.</remarks>
internal sealed class PdfAddresses(TipBuilder tip, int? person)
{
    private readonly HashSet<PdfField> _parts = [];
    private List<TipAddress>? _addresses;
    private TipAddress _open = new();
    private string _path = "";

    /// <returns>False when an address has no such part.</returns>
    public bool Take(PdfField part, string path, string text)
    {
        if (part is not (PdfField.Street or PdfField.City or PdfField.State or PdfField.Zip or PdfField.Country)) return false;
        if (part == PdfField.Street || _parts.Contains(part)) Close();
        if (_parts.Count == 0) _path = path;
        _parts.Add(part);
        var value = tip.Value(path, text);
        _open = part switch
        {
            PdfField.Street => _open with { Street = value },
            PdfField.City => _open with { City = value },
            PdfField.State => _open with { State = value },
            PdfField.Zip => _open with { Zip = value },
            _ => _open with { Country = Readings.Country(value) },
        };
        return true;
    }

    public IReadOnlyList<TipAddress> Done()
    {
        Close();
        return _addresses.OrNone();
    }

    private void Close()
    {
        if (_open != new TipAddress())
        {
            tip.Place(_path, _open, person);
            (_addresses ??= []).Add(_open);
        }
        _open = new();
        _parts.Clear();
    }
}
