namespace Homeward.Exchange.CyberTips.Pdf;

/// <summary>Gathers the files of a block: a new name begins a new file.</summary>
internal sealed class PdfFile(TipBuilder tip)
{
    private TipFile _file = new("");
    private string? _md5;
    private List<TipIp>? _ips;

    /// <summary>True when something was said of it.</summary>
    public bool IsBegun { get; private set; }

    /// <returns>False when a file has no such value: the line is kept beside.</returns>
    public bool Take(PdfField? field, string path, string text)
    {
        switch (field)
        {
            case PdfField.FileName: _file = _file with { Name = tip.Value(path, text) ?? "" }; break;
            case PdfField.OriginalFileName: _file = _file with { OriginalName = tip.Value(path, text) }; break;
            case PdfField.FileId: _file = _file with { FileId = tip.Value(path, text) }; break;
            case PdfField.Md5:
                _md5 = tip.Value(path, text);
                if (_md5 is not null) tip.File(path, new("MD5", _md5));
                break;
            case PdfField.Viewed: _file = _file with { ViewedByEsp = Answer(path, text) }; break;
            case PdfField.ExifViewed: _file = _file with { ExifViewedByEsp = Answer(path, text) }; break;
            case PdfField.Public: _file = _file with { PubliclyAvailable = Answer(path, text) }; break;
            case PdfField.Category: _file = _file with { Classification = Category(tip.Value(path, text)) }; break;
            case PdfField.UploadedAt: _file = _file with { UploadedAt = PdfFields.Instant(tip, path, text) }; break;
            case PdfField.Url when tip.Value(path, text) is { } url: tip.Url(path, url, null); _file = _file with { Location = url }; break;
            case PdfField.Ip: Gather.Add(ref _ips, PdfFields.Ip(tip, path, text, null)); break;
            case PdfField.Notes: tip.Text(TextKind.FileInfo, path, text, tip.Files.Count); break;
            default: return false;
        }
        return IsBegun = true;
    }

    /// <summary>Puts the file among the report's, and begins the next one.</summary>
    public void Done(string path)
    {
        if (!IsBegun) return;
        tip.Files.Add(_file with
        {
            Name = _file.Name.Length > 0 ? _file.Name : _file.OriginalName ?? _file.FileId ?? "", Hashes = _md5 is null ? [] : [new TipHash("MD5", _md5)],
            Ips = _ips.OrNone(), Path = path,
        });
        (_file, _md5, _ips, IsBegun) = (new TipFile(""), null, null, false);
    }

    private Stated Answer(string path, string text) => PdfLabels.Answer(tip.Value(path, text) ?? "");

    /// <summary>The code alone, where words follow it.</summary>
    private static string? Category(string? text) => text is ['A' or 'B', '1' or '2', ..] ? text[..2] : text;
}
