using System.Formats.Tar;
using System.Globalization;
using System.Text;
using Homeward.Exchange;
using Homeward.Exchange.CyberTips;
using Homeward.Exchange.CyberTips.Xml;
using Homeward.Exchange.Missing;
using Homeward.Foundations.Places;
using Homeward.Kernel;

namespace Homeward.Bench.Intake;

/// <summary>Invents reports and the missing children that some of them speak of; any one can be made on its own.</summary>
/// <remarks>
/// About five identifiers a report. Three in ten senders stand in several reports, one address in twenty is shared by
/// thousands. Every fifth report names a sought child as platforms do: a nickname, a letter off, a year off, another town.
/// The text is drawn from words that mean nothing, so that it does not compress as a phrase that comes again would.
/// </remarks>
internal sealed class ReportMaker
{
    public const int Children = 30_000;
    private const ulong Seed = 20230101;
    private const int WordsKnown = 6_000;
    private const int FirstNumber = 200_000_000;
    private static readonly DateTimeOffset _first = new(2019, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] _syllables = ["ba", "cor", "da", "fel", "gi", "hon", "ja", "kel", "lu", "mer", "no", "pra", "qui", "ros", "sa", "tun", "ver", "wi", "yol", "zan"];

    private readonly InventedNames _names = Gazetteer.Default.Names;
    private readonly List<FieldOffice> _cities = [.. Gazetteer.Default.OfficesOn(new DateOnly(2019, 7, 1))];
    private readonly string[] _words;
    private readonly Child[] _children;

    public ReportMaker()
    {
        _words = [.. Enumerable.Range(0, WordsKnown).Select(index => _syllables[index % 20] + _syllables[index / 20 % 20] + _syllables[(index / 400 + index) % 20])];
        _children = [.. Enumerable.Range(0, Children).Select(Invent)];
    }

    private sealed record Child(string Nic, bool IsGirl, string Given, string Family, DateOnly Born, FieldOffice City, string Phone, string Email);

    public static string Number(int index) => (FirstNumber + index).ToString(CultureInfo.InvariantCulture);

    /// <summary>The NIC of the child that a report speaks of; null when it speaks of nobody who is sought.</summary>
    public string? SoughtIn(int index) => IsAbout(index) is { } child ? child.Nic : null;

    public void WriteEntries(string path)
    {
        using var lines = new StreamWriter(path);
        foreach (var child in _children) lines.WriteLine(MissingChildEntries.Json.Line(new MissingChildEntry
        {
            Received = _first.AddDays(-20), Status = EntryStatus.Entered, Nic = child.Nic, NcmecCase = child.Nic[2..], Ori = "XX0000001", Category = "EMJ",
            CaseType = "ERU", Names = [new EntryName(child.Given, child.Family)], Born = PartialDate.Of(child.Born), Sex = child.IsGirl ? "F" : "M",
            LastSeenAt = _first.AddDays(-25), LastSeen = new EntryPlace(child.City.City, child.City.State, null, null), Custody = Custody.Family,
            Phones = [child.Phone], Emails = [child.Email], AtRisk = Stated.Yes,
        }));
    }

    /// <summary>Writes reports as a tar, which is read from the front with constant memory.</summary>
    public void WriteTar(string path, int from, int count)
    {
        using var file = File.Create(path, 1 << 20);
        using var tar = new TarWriter(file, TarEntryFormat.Ustar);
        foreach (var some in Enumerable.Range(from, count).Chunk(4_000))
        {
            var made = new (string Path, byte[] Xml)[some.Length];
            Parallel.For(0, some.Length, index => made[index] = Xml(some[index]));
            foreach (var (name, xml) in made) tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(xml) });
        }
    }

    public (string Path, byte[] Xml) Xml(int index)
    {
        var report = One(index);
        return (RawFolder.ReportPath(report.ReceivedAt!.Value, report.Number, ReportForm.ProviderXml), CyberTipXmlWriter.Write(report));
    }

    private CyberTipReport One(int index)
    {
        var dice = new Dice(Seed, (ulong)index);
        var at = _first.AddSeconds(index);
        var sender = dice.Falls(0.3) ? $"g{index / 5_000}.{dice.Below(300)}" : Handle(ref dice);
        var service = $"Example Service {dice.Below(40)}";
        var reported = new TipPerson
        {
            Role = TipRole.Reported, ScreenName = sender, AccountId = dice.Next().ToString(CultureInfo.InvariantCulture)[..12],
            Emails = [new TipEmail($"{sender}@example{dice.Below(30)}.org")],
            Ips = [new TipIp(dice.Falls(0.05) ? $"203.0.113.{dice.Below(50)}" : $"{11 + dice.Below(80)}.{dice.Below(256)}.{dice.Below(256)}.{1 + dice.Below(254)}",
                "Login", StatedInstant.Of(at.AddMinutes(-dice.Below(5_000))))],
        };
        return new CyberTipReport
        {
            Form = ReportForm.ProviderXml, Number = Number(index), Platform = service, ReceivedAt = at,
            IncidentType = dice.Falls(0.6) ? IncidentTypes.Material : IncidentTypes.Enticement, IncidentAt = StatedInstant.Of(at.AddMinutes(-60 - dice.Below(10_000))),
            Reporter = new ReportingContact("Robin", "Vale", ["reports@example.com"]),
            Incidents = [new TipIncident { Kind = IncidentKind.WebPage, Urls = [$"https://example.com/c/{dice.Next():x}"] }],
            Persons = IsAbout(index) is { } child ? [reported, Seen(child, ref dice)] : dice.Falls(0.4) ? [reported, Stranger(ref dice)] : [reported],
            Texts = [new FreeText(TextKind.ReportInfo, Text(ref dice))],
        };
    }

    private Child? IsAbout(int index)
    {
        var dice = new Dice(Seed + 1, (ulong)index);
        return dice.Falls(0.2) ? _children[dice.Below(Children)] : null;
    }

    private TipPerson Seen(Child child, ref Dice dice)
    {
        var given = dice.Falls(0.2) && _names.NicknamesOf(child.Given).FirstOrDefault() is { } nickname ? nickname : child.Given;
        var family = dice.Falls(0.15) ? LetterOff(child.Family, ref dice) : child.Family;
        var city = dice.Falls(0.8) ? child.City : _cities[dice.Below(_cities.Count)];
        var age = 2019 - child.Born.Year - (child.Born.DayOfYear > 60 ? 1 : 0) + dice.Below(3) - 1;
        return Victim(given, family, Math.Max(0, age), city,
            dice.Falls(0.5) ? child.Phone : Phone(ref dice), dice.Falls(0.3) ? child.Email : null);
    }

    private TipPerson Stranger(ref Dice dice)
    {
        var isGirl = dice.Falls(0.7);
        return Victim(_names.Given(isGirl, 2004).Pick(dice.Share()), _names.Surnames.Pick(dice.Share()), 8 + dice.Below(10),
            _cities[dice.Below(_cities.Count)], Phone(ref dice), null);
    }

    private static TipPerson Victim(string given, string family, int age, FieldOffice city, string phone, string? email) => new()
    {
        Role = TipRole.Victim, Given = given, Family = family, Age = age, Phones = [new TipPhone(phone)],
        Emails = email is null ? [] : [new TipEmail(email)], Addresses = [new TipAddress(City: city.City, State: city.State, Country: "US")],
    };

    private Child Invent(int index)
    {
        var dice = new Dice(Seed + 2, (ulong)index);
        var (isGirl, born) = (dice.Falls(0.7), new DateOnly(2001 + dice.Below(14), 1 + dice.Below(12), 1 + dice.Below(28)));
        var (given, family) = (_names.Given(isGirl, born.Year).Pick(dice.Share()), _names.Surnames.Pick(dice.Share()));
        return new(string.Create(CultureInfo.InvariantCulture, $"M{100_000_000 + index}"), isGirl, given, family, born, _cities[dice.Below(_cities.Count)],
            Phone(ref dice), $"{Handle(ref dice)}@example{dice.Below(30)}.org");
    }

    private static string LetterOff(string name, ref Dice dice)
    {
        var at = 1 + dice.Below(name.Length - 1);
        return dice.Below(3) switch
        {
            0 => name.Remove(at, 1),
            1 => name.Insert(at, name[at].ToString()),
            _ => string.Concat(name.AsSpan(0, at), ((char)('a' + dice.Below(26))).ToString(), name.AsSpan(at + 1)),
        };
    }

    private static string Phone(ref Dice dice) =>
        string.Create(CultureInfo.InvariantCulture, $"({2 + dice.Below(8)}{dice.Below(100):00}) {2 + dice.Below(8)}{dice.Below(100):00}-{dice.Below(10_000):0000}");

    private string Handle(ref Dice dice) =>
        string.Create(CultureInfo.InvariantCulture, $"{_words[dice.Below(WordsKnown)]}{dice.Below(100_000)}");

    private string Text(ref Dice dice)
    {
        var text = new StringBuilder("Narrative withheld; words without meaning follow:");
        for (var left = 25 + dice.Below(50); left > 0; left--) text.Append(' ').Append(_words[dice.Below(WordsKnown)]);
        return text.ToString();
    }
}
