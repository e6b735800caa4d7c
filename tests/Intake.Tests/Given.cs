using System.Globalization;
using Homeward.Exchange;
using Homeward.Exchange.CyberTips;
using Homeward.Exchange.CyberTips.Json;
using Homeward.Exchange.CyberTips.Xml;
using Homeward.Exchange.Missing;
using Homeward.Foundations.Access;
using Homeward.Kernel;
using Homeward.Tests.Support;

namespace Homeward.Intake.Tests;

/// <summary>What outsiders send, made up, and a house to send it to.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Noon = new(2019, 7, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>SQLite always; PostgreSQL where <c>./test</c> has started one.</summary>
    public static TheoryData<DatabaseKind> Databases =>
        Environment.GetEnvironmentVariable("HOMEWARD_TEST_POSTGRES") is null
            ? [DatabaseKind.Sqlite]
            : [DatabaseKind.Sqlite, DatabaseKind.Postgres];

    public static Task<TestHouse> HouseAsync(DatabaseKind kind = DatabaseKind.Sqlite) => TestHouse.OpenAsync(kind, new IntakeStage(), new LaterStage());

    public static CyberTipReport Report(string number, ReportForm form, string phone = "(816) 555-0100") => new()
    {
        Form = form, Number = number, ProviderName = "Example Platform", Platform = "Example Platform",
        IncidentType = IncidentTypes.Enticement, IncidentAt = StatedInstant.Of(Noon.AddHours(-3)),
        Ncmec = form == ReportForm.AgencyJson ? new NcmecMarks(NcmecDisposition.Referral, 2, "B-1", Stated.No) : null,
        ReceivedAt = form == ReportForm.AgencyJson ? Noon.AddHours(-1) : null,
        Reporter = new ReportingContact("Robin", "Vale", ["reports@example.com"]),
        Incidents = [new TipIncident { Kind = IncidentKind.WebPage, Urls = ["https://example.com/a"] }],
        Persons =
        [
            new TipPerson
            {
                Role = TipRole.Reported, ScreenName = "nightowl", Service = form == ReportForm.AgencyJson ? "Example Platform" : null,
                Emails = [new TipEmail("Night.Owl@example.com")], Ips = [new TipIp("192.0.2.7", "Login", StatedInstant.Of(Noon.AddHours(-4)))],
            },
            new TipPerson
            {
                Role = TipRole.Victim, Given = "Marisol", Family = "Quenneville", Age = 15,
                Phones = [new TipPhone(phone)], Addresses = [new TipAddress(City: "Kansas City", State: "MO", Zip: "64106", Country: "US")],
            },
        ],
        Files =
        [
            new TipFile("1.bin") { ViewedByEsp = Stated.Yes, PubliclyAvailable = Stated.No },
            new TipFile("2.bin"),
        ],
        Texts = [new FreeText(TextKind.ReportInfo, "narrative withheld")],
    };

    public static RawOriginal Xml(string number, string phone = "(816) 555-0100", Func<CyberTipReport, CyberTipReport>? but = null, DateTimeOffset? at = null) =>
        new(RawFolder.ReportPath(at ?? Noon, number, ReportForm.ProviderXml),
            CyberTipXmlWriter.Write((but ?? (same => same))(Report(number, ReportForm.ProviderXml, phone))));

    public static RawOriginal Json(string number, string phone = "(816) 555-0100", Func<CyberTipReport, CyberTipReport>? but = null, DateTimeOffset? at = null) =>
        new(RawFolder.ReportPath(at ?? Noon, number, ReportForm.AgencyJson),
            CyberTipJsonWriter.Write((but ?? (same => same))(Report(number, ReportForm.AgencyJson, phone))));

    public static string Number(int index) => (100_000_000 + index).ToString(CultureInfo.InvariantCulture);

    public static MissingChildEntry Entry(string nic, DateTimeOffset? at = null) => new()
    {
        Received = at ?? Noon, Status = EntryStatus.Entered, Nic = nic, NcmecCase = "1234567", Ori = "XX0000001", Category = "EMJ", CaseType = "ERU",
        Names = [new EntryName("Marisol", "Quenneville"), new EntryName("Mari", "Quen", IsAlias: true)],
        Born = PartialDate.OfYear(2004), Sex = "F", HeightInMin = 61, HeightInMax = 63, LastSeenAt = Noon.AddDays(-2),
        LastSeen = new EntryPlace("Kansas City", "MO", "64106", null), Custody = Custody.Family,
        Phones = ["816-555-0100"], Emails = ["Mari@Example.com"], ScreenNames = [new ServiceName("Example Platform", "MariQ")], AtRisk = Stated.Yes,
    };

    public static RawLine Line(MissingChildEntry entry, int line = 1) => new(RawFolder.MissingEntries, MissingChildEntries.Json.Line(entry), line);

    public static async Task<ReceiveReports.Receipt> ReceiveAsync(this TestHouse house, params RawOriginal[] originals) =>
        (await house.DoAsync<ReceiveReports.Request, ReceiveReports.Receipt>(Actor.House, new(originals))).Value;

    public static async Task<ReceiveEntries.Receipt> ReceiveAsync(this TestHouse house, params RawLine[] lines) =>
        (await house.DoAsync<ReceiveEntries.Request, ReceiveEntries.Receipt>(Actor.House, new(lines))).Value;
}
