using System.Text;
using System.Text.Json;
using CsCheck;
using Homeward.Exchange.CyberTips;
using Homeward.Kernel;

namespace Homeward.Exchange.Tests;

/// <summary>Invented reports: one fixed, and generators of any that a form can carry.</summary>
internal static class Given
{
    public static readonly DateTimeOffset At = new(2019, 7, 1, 10, 0, 0, TimeSpan.Zero);

    public static ReadOnlyMemory<byte> Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static CyberTipReport Report() => new()
    {
        Form = ReportForm.ProviderXml,
        Number = "100200300",
        Platform = "Example Marketplace",
        ProviderName = "Example Marketplace",
        IncidentType = IncidentTypes.Trafficking,
        IncidentAt = StatedInstant.Of(At),
        Annotations = ["sextortion"],
        Reporter = new("Test", "Reporter", ["reporter@example.com"]),
        Incidents = [new() { Kind = IncidentKind.WebPage, Urls = ["https://example.com/item/1"] }],
        Persons =
        [
            new() { Role = TipRole.Reported, ScreenName = "Sample-User", Service = "Example", Ips = [new("192.0.2.10", "Login", StatedInstant.Of(At), 4711)] },
            new()
            {
                Role = TipRole.Victim, Given = "Ada", Family = "Invented", Age = 15,
                Phones = [new("(816) 555-0100")], Emails = [new("Child@Example.com", Stated.No)],
                Addresses = [new("1 Example Street", "Kansas City", "MO", "64106-1234", "US")],
            },
            new() { Role = TipRole.Associated, AssociatedWith = 1, AssociatedAs = "Linked", ScreenName = "other-name" },
        ],
        Texts = [new(TextKind.ReportInfo, "narrative withheld"), new(TextKind.PersonInfo, "narrative withheld", 1)],
    };

    /// <summary>Everything that is not derived, as text: lists compare by content.</summary>
    public static string Core(CyberTipReport report) => JsonSerializer.Serialize(report with
    {
        Form = default,
        // JSON alone says so, and our writer always does.
        EscalationDenied = false,
        Identifiers = [],
        Values = [],
        Remarks = [],
        Texts = [.. report.Texts.Select(text => text with { Path = "" }).OrderBy(text => (text.Kind, text.Owner ?? -1))],
        Persons = [.. report.Persons.Select(person => person with { Path = "" })],
        Incidents = [.. report.Incidents.Select(incident => incident with { Path = "" })],
        Files = [.. report.Files.Select(file => file with { Path = "" })],
    });

    private static readonly Gen<string> Word =
        Gen.Char["abcdefghijk ABC é&<>\"'/|;\\\n\r中"].Array[1, 12].Select(chars => "x" + new string(chars) + "y");
    private static readonly Gen<string?> MaybeWord = Gen.Bool.SelectMany(some => some ? Word.Select(w => (string?)w) : Gen.Const((string?)null));
    private static readonly Gen<Stated> Flag = Gen.Enum<Stated>();
    private static readonly Gen<StatedInstant?> Instant = Gen.Int[0, 2].Select(Gen.Long[0, 1_000_000_000], (kind, seconds) =>
        kind == 0 ? null : (StatedInstant?)StatedInstant.Of(At.AddSeconds(-seconds)));
    private static readonly Gen<string?> Event = Gen.OneOf<string?>(null, "Login", "Upload", "Unknown");

    private static Gen<IReadOnlyList<T>> Some<T>(Gen<T> gen) => gen.Array[0, 2].Select(items => (IReadOnlyList<T>)items);

    private static readonly Gen<TipPhone> Phone = Gen.Select(Word, Gen.OneOf<string?>(null, "+44"), Flag, (n, c, v) => new TipPhone(n, c, v));
    private static readonly Gen<TipEmail> Email = Gen.Select(Word, Flag, (a, v) => new TipEmail(a, v));
    private static readonly Gen<TipAddress> Address = Gen.Select(MaybeWord, MaybeWord,
        Gen.OneOf<string?>(null, "MO", "Bavaria"), MaybeWord, Gen.OneOf<string?>(null, "US", "DE"),
        (street, city, state, zip, country) => new TipAddress(street, city, state, zip, country));
    private static readonly Gen<TipIp> Ip = Gen.Select(Word, Event, Instant, Gen.Int[0, 65535], Flag,
        (address, kind, at, port, proxy) => new TipIp(address, kind, at, port == 0 ? null : port, proxy));
    private static readonly Gen<TipDevice> Device = Gen.Select(Word, Word, Event, Instant, (t, v, e, at) => new TipDevice(t, v, e, at));

    private static Gen<TipPerson> Person(TipRole role, bool isJson) =>
        Gen.Select(Gen.Select(MaybeWord, MaybeWord, MaybeWord, MaybeWord, MaybeWord), Some(Phone), Some(Email), Some(Address),
            Gen.Select(Some(Ip), Some(Device), Some(Word), Some(Word)), Gen.Int[0, 150], Gen.Int[1900, 2019],
            (names, phones, emails, addresses, seen, age, year) => new TipPerson
            {
                Role = role,
                Given = names.Item1,
                Family = names.Item2,
                ScreenName = names.Item3,
                Service = names.Item4,
                AccountId = names.Item5,
                Middle = isJson ? names.Item3 : null,
                Preferred = isJson ? names.Item2 : null,
                Sex = isJson && age % 3 == 0 ? "F" : null,
                Phones = phones,
                Emails = emails,
                Addresses = addresses,
                Ips = seen.Item1,
                Devices = seen.Item2,
                DisplayNames = seen.Item3,
                ProfileUrls = seen.Item4,
                Age = age % 2 == 0 ? age : null,
                Born = age % 2 == 0 ? default : isJson ? PartialDate.OfYear(year) : PartialDate.Of(new DateOnly(year, 2, 3)),
                EstimatedLocation = age % 5 == 0 ? new("Exampletown", "MO", "US", Stated.Yes, StatedInstant.Of(At)) : null,
                PriorReports = age % 7 == 0 ? ["100200299"] : [],
            });

    private static readonly Gen<TipFile> File = Gen.Select(Word, MaybeWord, Flag, Flag, Flag, Some(Word), Some(Ip),
        (name, original, viewed, exif, isPublic, tags, ips) => new TipFile(name)
        {
            OriginalName = original,
            Hashes = original is null ? [] : [new("MD5", "00ff"), new("SHA256", original)],
            ViewedByEsp = viewed,
            ExifViewedByEsp = exif,
            PubliclyAvailable = isPublic,
            IsReported = exif != Stated.No,
            Annotations = tags,
            Ips = ips,
            Metadata = original is null ? [] : [new("Model", "sample", "EXIF")],
        });

    /// <summary>Any report that the form can carry without loss.</summary>
    public static Gen<CyberTipReport> Any(ReportForm form)
    {
        var isJson = form == ReportForm.AgencyJson;
        return Gen.Select(Person(TipRole.Reported, isJson), Person(TipRole.Victim, isJson), Gen.OneOf([.. IncidentTypes.All]),
            Word, Word, Gen.Bool, Some(File), (reported, victim, type, platform, text, flag, files) => new CyberTipReport
            {
                Form = form,
                Number = "100200300",
                Platform = platform,
                ProviderName = isJson ? text : platform,
                IncidentType = type,
                IncidentAt = StatedInstant.Of(At),
                ReceivedAt = isJson ? At : null,
                EscalationClaimed = flag,
                Annotations = flag ? ["spam", "sextortion"] : [],
                IsBatched = flag,
                Ncmec = isJson && flag ? new(NcmecDisposition.Referral, 1, "B-1", Stated.Yes) : null,
                Reporter = new(text, null, [platform]),
                ToldPolice = flag ? new(text, null, Stated.No) : null,
                Persons = [reported, victim],
                Files = isJson ? files : [],
                Incidents = [new() { Kind = IncidentKind.WebPage, Urls = [text] }, new() { Kind = IncidentKind.Chat, Name = text }],
                Texts = flag
                    ? [new(TextKind.ReportInfo, text), new(TextKind.EscalationReason, text), new(TextKind.School, text, 1), new(TextKind.IncidentContent, text, 1)]
                    : [new(TextKind.ProfileBio, text, 0)],
            });
    }
}
