using Homeward.Exchange.CyberTips;

namespace Homeward.Exchange.Tests.CyberTips;

/// <summary>Whatever a report says otherwise in another form is another fact.</summary>
public sealed class ReportFactsTests
{
    private static readonly TipPerson _person = new() { Role = TipRole.Reported };
    private static readonly CyberTipReport _report = new() { Form = ReportForm.AgencyJson, Number = "1", Persons = [_person], Incidents = [new() { Kind = IncidentKind.Chat }], Files = [new("a.bin")] };

    public static TheoryData<string, string, CyberTipReport> Changes()
    {
        var data = new TheoryData<string, string, CyberTipReport>();
        Person("device", "imei:352099001761481 Login 2019-07-01T10:00:00Z", one => one with { Devices = [new("IMEI", "35-209900-176148-1", "Login", StatedInstant.Of(Given.At))] });
        Person("profile address", "example.com/u/robin", one => one with { ProfileUrls = ["https://example.com/u/robin/"] });
        Person("display name", "Robin; Vale", one => one with { DisplayNames = ["Vale", "Robin"] });
        Person("service", "Birdchat", one => one with { Service = "Birdchat" });
        Person("estimated location", "MO, US, verified, 2019-07-01T10:00:00Z", one => one with { EstimatedLocation = new(null, "MO", "US", Stated.Yes, StatedInstant.Of(Given.At)) });
        Person("earlier reports", "100200299", one => one with { PriorReports = ["100200299"] });
        Person("IP addresses", "192.0.2.7 Login port 443", one => one with { Ips = [new("192.0.2.7", "Login", null, 443)] });
        Person("IP addresses", "192.0.2.7 proxy", one => one with { Ips = [new("192.0.2.7", null, null, null, Stated.Yes)] });
        Person("preferred name", "Rob", one => one with { Preferred = "Rob" });
        Person("kind of account", "Linked", one => one with { AssociatedAs = "Linked" });
        Incident("telephone", "+18165550160", one => one with { Phone = new("(816) 555-0160") });
        Incident("room", "lobby", one => one with { Room = "lobby" });
        Incident("name", "Birdchat", one => one with { Name = "Birdchat" });
        Incident("e-mail", "a@example.com", one => one with { Emails = [new("A@Example.com")] });
        Incident("position", "39.1, -94.5", one => one with { Latitude = 39.1, Longitude = -94.5 });
        Incident("address", "Exampletown, MO", one => one with { Addresses = [new(City: "Exampletown", State: "MO")] });
        Incident("IP addresses", "192.0.2.7 port 443", one => one with { Ips = [new("192.0.2.7", Port: 443)] });
        Report("Annotations", "sextortion; spam", _report with { Annotations = ["spam", "sextortion"] });
        Report("Police told", "Invented Department", _report with { ToldPolice = new("Invented Department", null, Stated.NotStated) });
        Report("Police case number", "17-0001", _report with { ToldPolice = new(null, "17-0001", Stated.NotStated) });
        Report("Reported to police", "no", _report with { ToldPolice = new(null, null, Stated.No) });
        Report("Platform", "Birdchat", _report with { Platform = "Birdchat" });
        Report("Stands for many copies", "yes", _report with { IsBatched = true });
        Report("Reporting person", "Test Reporter; r@example.com", _report with { Reporter = new("Test", "Reporter", ["R@example.com"]) });
        File("original name", "b.bin", one => one with { OriginalName = "b.bin" });
        File("place on the web", "example.com/f", one => one with { Location = "https://example.com/f" });
        File("uploaded", "2019-07-01T10:00:00Z", one => one with { UploadedAt = StatedInstant.Of(Given.At) });
        File("annotations", "viral", one => one with { Annotations = ["viral"] });
        File("relevance", "supplemental", one => one with { IsReported = false });
        File("IP addresses", "192.0.2.7", one => one with { Ips = [new("192.0.2.7")] });
        File("device", "imei:1", one => one with { Devices = [new("IMEI", "1")] });
        File("metadata", "Model: sample", one => one with { Metadata = [new("Model", "sample")] });
        File("NCMEC tags", "known", one => one with { NcmecTags = ["known"] });
        return data;

        void Report(string field, string value, CyberTipReport changed) => data.Add(field, value, changed);
        void Person(string field, string value, Func<TipPerson, TipPerson> but) => Report($"Reported 1: {field}", value, _report with { Persons = [but(_person)] });
        void Incident(string field, string value, Func<TipIncident, TipIncident> but) => Report($"Chat 1: {field}", value, _report with { Incidents = [but(_report.Incidents[0])] });
        void File(string field, string value, Func<TipFile, TipFile> but) => Report($"File a.bin: {field}", value, _report with { Files = [but(_report.Files[0])] });
    }

    [Theory, MemberData(nameof(Changes))]
    public void What_is_said_otherwise_is_another_fact(string field, string value, CyberTipReport changed) =>
        ReportFacts.Of(changed).Except(ReportFacts.Of(_report)).Select(fact => (fact.Layer, fact.Field, fact.Value)).ShouldHaveSingleItem()
            .ShouldBe((field.EndsWith("tags", StringComparison.Ordinal) ? ReportLayer.Analyst : ReportLayer.Provider, field, value));

    [Fact]
    public void Of_a_print_that_names_several_accounts_each_is_told()
    {
        var report = _report with
        {
            Persons = [_person with { ScreenName = "one", AccountId = "R1" }],
            Identifiers = [.. from one in new[] { (IdentifierKind.ScreenName, "one"), (IdentifierKind.ScreenName, "two"), (IdentifierKind.AccountId, "R1"), (IdentifierKind.AccountId, "R2") }
                select new Identifier(one.Item1, one.Item2, one.Item2, "", 0)],
        };
        ReportFacts.Of(report).Where(fact => fact.Field.Contains("account", StringComparison.Ordinal)).Select(fact => (fact.Field, fact.Value))
            .ShouldBe([("Reported 1: account", "one; two"), ("Reported 1: account id", "R1; R2")]);
    }
}
