using System.Text.RegularExpressions;

namespace Homeward.Exchange.CyberTips.Pdf;

/// <summary>From the outline of a print to the record, section by section; nothing of B, C or D becomes a claim of the provider's.</summary>
internal sealed partial class PdfReportMapping(IReadOnlyList<PdfBlock> blocks)
{
    private const int NumberDigitsMin = 5;
    private const int NumberDigitsMax = 18;
    /// <summary>Lines of their own that are told one by one; the rest is counted.</summary>
    private const int UnreadTold = 50;

    private readonly TipBuilder _tip = new();
    private readonly List<TipLookup> _lookups = [];
    private readonly List<TipHandover> _handovers = [];
    private int _unread;
    private string? _provider, _platform, _incidentType, _number, _ncmecType;
    private StatedInstant? _incidentAt, _receivedAt;
    private bool _escalates, _escalationDenied;
    private int? _priority;
    private NcmecDisposition? _disposition;
    private List<string>? _related, _reporterEmails;

    /// <returns>Null when nothing says the report's number.</returns>
    public CyberTipReport? Report()
    {
        foreach (var block in blocks)
        {
            switch (block.Section)
            {
                case "A" or "" when block.Kind is PdfBlockKind.Reported or PdfBlockKind.Victim or PdfBlockKind.Recipient: Person(block); break;
                case "A" or "" when block.Kind == PdfBlockKind.File: Files(block); break;
                case "A" or "" when block.Kind is PdfBlockKind.Web or PdfBlockKind.Email or PdfBlockKind.Chat or PdfBlockKind.Phone or PdfBlockKind.Gaming: Incident(block); break;
                case "B": Lookups(block); break;
                case "C": Analyst(block); break;
                case "D": Handovers(block); break;
                default: General(block); break;
            }
        }
        if (_number is null) return null;
        if (_unread > UnreadTold) _tip.Remark("", $"{_unread - UnreadTold} more lines were not understood; kept beside");
        var hasMarks = _priority is not null || _disposition is not null || _ncmecType is not null || _related is not null;
        return new CyberTipReport
        {
            Form = ReportForm.AgencyPdf, Number = _number, ProviderName = _provider ?? _platform, Platform = _platform, IncidentType = _incidentType,
            IncidentAt = _incidentAt, ReceivedAt = _receivedAt?.At, EscalationClaimed = _escalates, EscalationDenied = _escalationDenied && !_escalates,
            Ncmec = hasMarks ? new NcmecMarks(_disposition, _priority, null, Stated.NotStated) { IncidentType = _ncmecType, RelatedReports = _related.OrNone() } : null,
            Reporter = _reporterEmails is null ? null : new ReportingContact(null, null, _reporterEmails),
            Lookups = _lookups, Handovers = _handovers, Persons = _tip.Persons, Incidents = _tip.Incidents, Files = _tip.Files, Texts = _tip.Texts,
            Identifiers = _tip.Identifiers, Values = _tip.Values, Remarks = _tip.Remarks,
        };
    }

    /// <summary>The cover, and what section A says of the report as a whole.</summary>
    /// <remarks>What NCMEC gives stands on the cover or in section C: the same label within the provider's words is the provider's, and is kept beside.</remarks>
    private void General(PdfBlock block)
    {
        foreach (var entry in block.Entries)
        {
            var path = Path(block, entry);
            switch (PdfLabels.Of(entry.Label))
            {
                case PdfField.ReportNumber: Number(path, entry.Value); break;
                case PdfField.Received when block.Section != "A": _receivedAt = Instant(path, entry.Value) ?? _receivedAt; break;
                case PdfField.Priority when block.Section != "A": Priority(path, entry.Value); break;
                case PdfField.Disposition when block.Section != "A": Disposition(path, entry.Value); break;
                case PdfField.Company or PdfField.Name when block.Section == "A": _provider ??= _tip.Value(path, entry.Value); break;
                case PdfField.Platform: _platform ??= _tip.Value(path, entry.Value); break;
                case PdfField.IncidentType when block.Section == "A": _incidentType ??= _tip.Value(path, entry.Value); break;
                case PdfField.IncidentType: _tip.Value(path, entry.Value); break;
                case PdfField.IncidentTime: _incidentAt ??= Instant(path, entry.Value); break;
                case PdfField.IncidentTimeMeans: _tip.Text(TextKind.IncidentTime, path, entry.Value); break;
                case PdfField.Escalates: Escalates(path, entry.Value); break;
                case PdfField.Email when block.Kind == PdfBlockKind.Provider: Gather.Add(ref _reporterEmails, _tip.Value(path, entry.Value)); break;
                case PdfField.Summary when block.Section != "A": _tip.Text(TextKind.AnalystNote, path, entry.Value); break;
                case PdfField.Summary or PdfField.Notes: _tip.Text(TextKind.ReportInfo, path, entry.Value); break;
                case null when entry.Label.Length == 0 && Title().Match(entry.Value) is { Success: true } title: Number(path, title.Groups[1].Value); break;
                default: Unread(block, entry); break;
            }
        }
    }

    private void Person(PdfBlock block)
    {
        var person = new PdfPerson(_tip, _tip.Persons.Count, block.Kind switch
        {
            PdfBlockKind.Victim => TipRole.Victim,
            PdfBlockKind.Recipient => TipRole.Recipient,
            _ => TipRole.Reported,
        });
        foreach (var entry in block.Entries)
            if (!person.Take(PdfLabels.Of(entry.Label), Path(block, entry), entry.Value)) Unread(block, entry);
        _tip.Persons.Add(person.Done(Path(block, null), _platform ?? _provider, _provider ?? _platform));
    }

    private void Files(PdfBlock block)
    {
        var file = new PdfFile(_tip);
        foreach (var entry in block.Entries)
        {
            var field = PdfLabels.Of(entry.Label);
            if (field == PdfField.FileName && file.IsBegun) file.Done(Path(block, null));
            if (!file.Take(field, Path(block, entry), entry.Value)) Unread(block, entry);
        }
        file.Done(Path(block, null));
    }

    private void Incident(PdfBlock block)
    {
        List<string>? urls = null;
        List<TipEmail>? emails = null;
        List<TipValue>? screenNames = null;
        TipPhone? phone = null;
        string? name = null, room = null;
        var me = _tip.Incidents.Count;
        foreach (var entry in block.Entries)
        {
            var path = Path(block, entry);
            switch (PdfLabels.Of(entry.Label))
            {
                case PdfField.Url when _tip.Value(path, entry.Value) is { } url: _tip.Url(path, url, null); (urls ??= []).Add(url); break;
                case PdfField.Email when _tip.Value(path, entry.Value) is { } email: _tip.Email(path, email, null); (emails ??= []).Add(new(email)); break;
                // Of several the first is the incident's; each is an identifier.
                case PdfField.Phone: phone = PdfFields.Phone(_tip, path, entry.Value, null) is { } number ? phone ?? number : phone; break;
                case PdfField.ScreenName when _tip.Value(path, entry.Value) is { } screenName: (screenNames ??= []).Add(new(path, screenName)); break;
                case PdfField.ChatClient: name = _tip.Value(path, entry.Value) ?? name; break;
                case PdfField.ChatRoom: room = _tip.Value(path, entry.Value) ?? room; break;
                case PdfField.Notes: _tip.Text(TextKind.IncidentInfo, path, entry.Value, me); break;
                default: Unread(block, entry); break;
            }
        }
        foreach (var one in screenNames.OrNone()) _tip.ScreenName(one.Path, one.Text, name ?? _platform ?? _provider, null);
        _tip.Incidents.Add(new TipIncident
        {
            Name = name, Room = room, Phone = phone,
            Kind = block.Kind switch
            {
                PdfBlockKind.Email => IncidentKind.Email, PdfBlockKind.Chat => IncidentKind.Chat, PdfBlockKind.Phone => IncidentKind.CellPhone,
                PdfBlockKind.Gaming => IncidentKind.Gaming, _ => IncidentKind.WebPage,
            },
            Urls = urls.OrNone(), Emails = emails.OrNone(), Path = Path(block, null),
        });
    }

    /// <summary>An address, then where the machine places it.</summary>
    private void Lookups(PdfBlock block)
    {
        TipLookup? open = null;
        foreach (var entry in block.Entries)
        {
            var path = Path(block, entry);
            var field = PdfLabels.Of(entry.Label);
            if (field == PdfField.Ip && _tip.Value(path, entry.Value) is { } ip)
            {
                Close();
                open = new TipLookup(ip, null, null, null, null, path);
            }
            else if (open is not null && field is PdfField.Country or PdfField.Region or PdfField.State or PdfField.City or PdfField.Isp)
            {
                var value = _tip.Value(path, entry.Value);
                open = field switch
                {
                    PdfField.Country => open! with { Country = Readings.Country(value) }, PdfField.City => open! with { City = value },
                    PdfField.Isp => open! with { Isp = value }, _ => open! with { Region = value },
                };
            }
            else Unread(block, entry);
        }
        Close();

        void Close()
        {
            if (open is not null) _lookups.Add(open);
        }
    }

    private void Analyst(PdfBlock block)
    {
        foreach (var entry in block.Entries)
        {
            var path = Path(block, entry);
            switch (PdfLabels.Of(entry.Label))
            {
                case PdfField.Priority: Priority(path, entry.Value); break;
                case PdfField.Disposition: Disposition(path, entry.Value); break;
                case PdfField.NcmecIncidentType or PdfField.IncidentType: _ncmecType ??= _tip.Value(path, entry.Value); break;
                case PdfField.RelatedReports when _tip.Value(path, entry.Value) is { } related: (_related ??= []).AddRange(Numbers().Matches(related).Select(match => match.Value)); break;
                case PdfField.Summary or PdfField.Notes: _tip.Text(TextKind.AnalystNote, path, entry.Value); break;
                case null when entry.Label.Length == 0: _tip.Text(TextKind.AnalystNote, path, entry.Value); break;
                default: Unread(block, entry); break;
            }
        }
    }

    private void Handovers(PdfBlock block)
    {
        TipHandover? open = null;
        foreach (var entry in block.Entries)
        {
            var path = Path(block, entry);
            switch (PdfLabels.Of(entry.Label))
            {
                case PdfField.Agency:
                    if (open is not null) _handovers.Add(open);
                    open = new TipHandover(_tip.Value(path, entry.Value), null, null, path);
                    break;
                case PdfField.Contact or PdfField.Name when open is not null: open = open with { Contact = _tip.Value(path, entry.Value) }; break;
                case PdfField.HandedAt when open is not null: open = open with { At = Instant(path, entry.Value) }; break;
                default: Unread(block, entry); break;
            }
        }
        if (open is not null) _handovers.Add(open);
    }

    private void Number(string path, string text)
    {
        if (text is { Length: >= NumberDigitsMin and <= NumberDigitsMax } && !text.AsSpan().ContainsAnyExceptInRange('0', '9') && _number is null) _number = _tip.Value(path, text);
        else if (text != _number) _tip.Remark(path, "another report number than the first, or none; left out");
    }

    private void Priority(string path, string text)
    {
        if (_tip.Value(path, text) is { } given && given[0] is >= '1' and <= '3' && (given.Length == 1 || !char.IsAsciiDigit(given[1]))) _priority ??= given[0] - '0';
    }

    private void Disposition(string path, string text) => _disposition ??= _tip.Value(path, text)?.Trim().ToUpperInvariant() switch
    {
        "REFERRAL" => NcmecDisposition.Referral,
        "INFORMATIONAL" => NcmecDisposition.Informational,
        _ => null,
    };

    private void Escalates(string path, string text)
    {
        if (text.Length == 0) return;
        if (PdfLabels.Answer(text) == Stated.No)
        {
            _escalationDenied = _tip.Value(path, text) is not null;
            return;
        }
        _escalates = true;
        _tip.Text(TextKind.EscalationReason, path, text);
    }

    private StatedInstant? Instant(string path, string text) => PdfFields.Instant(_tip, path, text);

    /// <summary>Kept as it stands, in the words of the print; told by page and line.</summary>
    private void Unread(PdfBlock block, PdfEntry entry)
    {
        if (entry.Label.Length == 0 && entry.Value.Length == 0) return;
        _tip.Text(TextKind.Unread, Path(block, entry), entry.Label.Length == 0 ? entry.Value : $"{entry.Label}: {entry.Value}");
        if (++_unread <= UnreadTold) _tip.Remark(Path(block, null), $"page {entry.Page}, line {entry.Line}: not understood; kept beside");
    }

    /// <summary><c>/A/Suspect[1]/Email Address (page 2)</c>.</summary>
    private static string Path(PdfBlock block, PdfEntry? entry)
    {
        var at = block.Section.Length == 0 ? $"/cover/{block.Heading}[{block.Index}]" : $"/{block.Section}/{block.Heading}[{block.Index}]";
        return entry is null ? at : $"{at}/{(entry.Label.Length == 0 ? $"line {entry.Line}" : entry.Label)} (page {entry.Page})";
    }

    [GeneratedRegex(@"CyberTipline Report\s*#?:?\s*(\d{5,18})\b", RegexOptions.IgnoreCase)]
    private static partial Regex Title();

    [GeneratedRegex(@"\d{5,18}")]
    private static partial Regex Numbers();
}
