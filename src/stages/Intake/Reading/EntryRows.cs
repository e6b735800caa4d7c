using System.Security.Cryptography;
using System.Text;
using Homeward.Exchange.CyberTips;
using Homeward.Exchange.Missing;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;

namespace Homeward.Intake.Reading;

/// <summary>One message about an entry as read, or why it cannot be.</summary>
/// <param name="Bytes">As it came: a row of CSV under its header.</param>
/// <param name="Unread">As in <see cref="Exchange.Parsed{T}"/>.</param>
internal sealed record ReadEntry(RawLine Line, byte[] Bytes, string Nic, EntryMessage? Message, RejectedRecord? Rejected, IReadOnlyList<string> Unread)
{
    /// <summary>What it says that cannot be so; it is taken all the same.</summary>
    public IReadOnlyList<DoubtedValue> Doubted { get; private init; } = [];

    public static ReadEntry Of(RawLine line, DateTimeOffset now)
    {
        // A row of CSV says what its header makes of it: both are what came.
        var bytes = Encoding.UTF8.GetBytes(line.Header is null ? line.Text : $"{line.Header}\n{line.Text}");
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var number = Math.Max(1, line.Line);
        var parsed = line.Header is null ? MissingChildEntries.Json.ReadLine(bytes, number) : MissingChildEntries.Csv.ReadRow(line.Header, line.Text, number);
        if (parsed.TryGet(out var entry, out var faults) && SenderTime.Fault(entry.Received, now, number) is { } ahead) faults = [ahead];
        return entry is not null && faults.Count == 0
            ? new(line, bytes, entry.Nic, Read(entry, SenderTime.Taken(entry.Received, now, line), sha256), null, parsed.Unread)
            {
                Doubted = [.. StatedFaults.Of(entry, entry.Received).Select(one => new DoubtedValue(line.Source, number, one.Field, one.Says))],
            }
            : new(line, bytes, "", null, new RejectedRecord("entry", line.Source, sha256, bytes, faults), []);
    }

    private static EntryMessage Read(MissingChildEntry entry, (DateTimeOffset At, string Source) taken, string sha256) => new()
    {
        EntryId = default, Version = 0, Sha256 = sha256, Source = taken.Source,
        ReceivedAt = taken.At,
        State = entry.Status switch
        {
            EntryStatus.Entered => EntryState.Entered,
            EntryStatus.Modified => EntryState.Modified,
            EntryStatus.Located => EntryState.Located,
            EntryStatus.Cleared => EntryState.Cleared,
        },
        NcmecCase = entry.NcmecCase, AgencyOri = entry.Ori ?? "", Category = entry.Category ?? "", CaseType = entry.CaseType,
        Names = Lists.Join(entry.Names.Select(name => Lists.Item(name.Given, name.Family, name.IsAlias ? "alias" : "name"))),
        Born = entry.Born, AgeText = entry.AgeText, Sex = entry.Sex, HeightInMin = entry.HeightInMin, HeightInMax = entry.HeightInMax,
        WeightLbMin = entry.WeightLbMin, WeightLbMax = entry.WeightLbMax, Marks = Lists.Join(entry.Marks),
        Race = entry.Race, Eyes = entry.Eyes, Hair = entry.Hair, PhotoTaken = entry.PhotoTaken, Dental = entry.Dental, Medical = entry.Medical,
        LastSeenAt = entry.LastSeenAt, LastSeenCity = entry.LastSeen?.City, LastSeenState = entry.LastSeen?.State,
        LastSeenZip = entry.LastSeen?.Zip, LastSeenCountyFips = entry.LastSeen?.CountyFips, Custody = entry.Custody,
        // What has no comparable form is kept as it came: a person can still read it.
        Phones = Lists.Join(entry.Phones.SelectMany(phone => NormalForms.Phones(phone) is { Count: > 0 } numbers ? numbers : [phone])),
        Emails = Lists.Join(entry.Emails.Select(email => NormalForms.Email(email) ?? email)),
        ScreenNames = Lists.Join(entry.ScreenNames.Select(name => Reading.ScreenNames.Of(name.Service, name.Name) ?? $"{name.Service}:{name.Name}")),
        Vehicles = EntryVehicles.Join(entry.Vehicles), AtRisk = entry.AtRisk, Indicators = Lists.Join(entry.Indicators),
        Silent = entry.Silent.Count > 0 ? Lists.Join(entry.Silent) : null,
    };
}

/// <summary>Bulk writing of entries, their messages, and the children's records in the ledger of persons.</summary>
internal static class EntryRows
{
    private static readonly string[] _facts =
    [
        "received_at", "state", "ncmec_case", "agency_ori", "category", "case_type", "names", "born", "age_text", "sex",
        "height_in_min", "height_in_max", "weight_lb_min", "weight_lb_max", "marks", "last_seen_at", "last_seen_city",
        "last_seen_state", "last_seen_zip", "last_seen_county_fips", "custody", "phones", "emails", "screen_names", "at_risk", "indicators",
        "race", "eyes", "hair", "photo_taken", "dental", "medical", "vehicles",
    ];
    private static readonly BulkTable _entries = new("entries",
        [.. _facts, "id", "nic", "record", "office_code", "first_received_at", "version", "revision"]);
    private static readonly BulkTable _messages = new("entry_messages", [.. _facts, "entry_id", "version", "sha256", "source", "original", "silent"]);
    private static readonly BulkTable _plates = new("entry_plates", "entry_id", "version", "plate");
    private static readonly BulkTable _records = new(
        "person_records", "id", "kind", "source", "given", "family", "aliases", "born", "sex", "marks", "created_at");

    public static async Task WriteAsync(
        HomewardDb db, IEnumerable<Entry> entries, IEnumerable<EntryMessage> messages, DateTimeOffset now, CancellationToken cancel)
    {
        var fresh = entries.ToList();
        await _records.WriteAsync(db, fresh.Select(entry =>
        {
            var child = ChildRecord.Of(entry);
            return new object?[]
            {
                entry.Record.Value, nameof(Foundations.People.PersonKind.Child), ChildRecord.Source(entry.Nic), child.Given, child.Family,
                child.Aliases, child.Born.ToString(), child.Sex, child.Marks, now,
            };
        }), cancel);
        await _entries.WriteAsync(db, fresh.Select(entry => (object?[])
        [
            .. Facts(entry), entry.Id.Value, entry.Nic, entry.Record.Value, entry.OfficeCode, entry.FirstReceivedAt, entry.Version, entry.Revision,
        ]), cancel);
        await WriteAsync(db, messages, cancel);
    }

    public static async Task WriteAsync(HomewardDb db, IEnumerable<EntryMessage> messages, CancellationToken cancel)
    {
        var all = messages.ToList();
        await _messages.WriteAsync(db, all.Select(message => (object?[])
            [.. Facts(message), message.EntryId.Value, message.Version, message.Sha256, message.Source, message.Original, message.Silent]), cancel);
        List<object?[]> plates = [.. all.SelectMany(message => EntryVehicles.Plates(message.Vehicles).Select(plate => (object?[])[message.EntryId.Value, message.Version, plate]))];
        if (plates.Count > 0) await _plates.WriteAsync(db, plates, cancel);
    }

    private static object?[] Facts(EntryFacts facts) =>
    [
        facts.ReceivedAt, facts.State.ToString(), facts.NcmecCase, facts.AgencyOri, facts.Category, facts.CaseType, facts.Names,
        facts.Born.ToString(), facts.AgeText, facts.Sex, facts.HeightInMin, facts.HeightInMax, facts.WeightLbMin, facts.WeightLbMax,
        facts.Marks, facts.LastSeenAt, facts.LastSeenCity, facts.LastSeenState, facts.LastSeenZip, facts.LastSeenCountyFips,
        facts.Custody.ToString(), facts.Phones, facts.Emails, facts.ScreenNames, facts.AtRisk.ToString(), facts.Indicators,
        facts.Race, facts.Eyes, facts.Hair, facts.PhotoTaken.ToString(), facts.Dental.ToString(), facts.Medical.ToString(), facts.Vehicles,
    ];
}
