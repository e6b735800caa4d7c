using System.Globalization;
using System.Net;
using System.Text;
using Homeward.Intake.Model;
using Homeward.Intake.Providers;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Providers.Tests;

/// <summary>What the documents must be: of their door, by the schema, by the value rules; and how a refusal says so.</summary>
public sealed class DocumentTests(DocumentTests.OneHouse one) : IClassFixture<DocumentTests.OneHouse>
{
    /// <summary>One house for all: nothing here depends on what stands in it.</summary>
    public sealed class OneHouse : IAsyncLifetime
    {
        internal LineHouse House { get; private set; } = null!;
        public async ValueTask InitializeAsync()
        {
            House = await LineHouse.OpenAsync();
            await House.AddAccountAsync("lenient-esp", "lenient-pass", isLenient: true);
            await House.AddAccountAsync("other-esp", "other-pass");
        }
        public ValueTask DisposeAsync() => House.DisposeAsync();
    }

    private Provider Provider => one.House.As();
    private Provider Other => one.House.As("other-esp", "other-pass");
    private Provider Lenient => one.House.As("lenient-esp", "lenient-pass");
    private static string Phone(string code, string number) => Sample.Report(person: $"<personOrUserReportedPerson><phone countryCallingCode=\"{code}\">{number}</phone></personOrUserReportedPerson>");
    private static string Iso(DateTimeOffset at) => Instants.Iso(at);

    public static TheoryData<string, string> Taken => new()
    {
        { "no declaration", Sample.Report().Split("?>\n")[1] },
        { "ASCII alone, and says so", Sample.Report().Replace("UTF-8", "US-ASCII", StringComparison.Ordinal) },
        { "UTF-8 far into its declaration", Sample.Report(platform: "Café").Replace("encoding=", new string(' ', 300) + "encoding=", StringComparison.Ordinal) },
        { "as many characters as may be, each two units of UTF-16", Sample.Report(platform: string.Concat(Enumerable.Repeat("\U0001F600", 256))) },
        { "byte-order mark", "\uFEFF" + Sample.Report() },
        { "nine digits of a second", Sample.Report(at: "2026-03-04T10:15:00.410984368Z") },
        { "microseconds and offset", Sample.Report(at: "2026-03-04T10:15:00.410984+05:30") },
        { "now", Sample.Report(at: Iso(LineHouse.Noon)) },
        { "a clock that is a few seconds ahead", Sample.Report(at: Iso(LineHouse.Noon.AddSeconds(5))) },
        { "no internet details", Sample.Report(details: "") },
        { "an empty variant", Sample.Report(details: "<internetDetails><chatImIncident/></internetDetails>") },
        { "flags by presence", Sample.Report(summary: "<reportAnnotations><spam/><sextortion></sextortion></reportAnnotations>") },
        { "flags that say true", Sample.Report(summary: "<reportAnnotations><spam>true</spam><sextortion>1</sextortion></reportAnnotations>") },
        { "IPv6", Sample.Report(person: "<ipCaptureEvent><ipAddress>2001:db8::1</ipAddress></ipCaptureEvent>") },
        { "IPv4 in IPv6", Sample.Report(person: "<ipCaptureEvent><ipAddress>::ffff:192.0.2.1</ipAddress></ipCaptureEvent>") },
        { "degrees that are none", Sample.Report(details: "<internetDetails><cellPhoneIncident><latitude>12</latitude><longitude>-1234.5</longitude></cellPhoneIncident></internetDetails>") },
        { "an incident's address that a person has", Sample.Report(details: "<internetDetails><emailIncident><emailAddress>A@example.com</emailAddress></emailIncident></internetDetails>", person: "<personOrUserReportedPerson><email>a@example.com</email></personOrUserReportedPerson>") },
        { "names outside ASCII", Sample.Report(person: "<personOrUserReportedPerson><firstName>Zoë</firstName><lastName>Łukasz 李</lastName></personOrUserReportedPerson>") },
        { "an account enabled again later than now", Sample.Report(person: "<accountTemporarilyDisabled disabledDate=\"2026-03-01T00:00:00Z\" reenabledDate=\"2027-01-01T00:00:00Z\">true</accountTemporarilyDisabled>") },
        { "the documentation's accountType", Sample.Report(person: "<associatedAccount accountType=\"Billing\"><firstName>Test</firstName></associatedAccount>") },
    };

    [Theory, MemberData(nameof(Taken))]
    public async Task It_is_taken_when_it_has(string what, string xml)
    {
        var number = (await Provider.XmlAsync("submit", xml)).ShouldSucceed().ReportId!;
        (await Provider.FinishAsync(number)).ShouldSucceed();
        what.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("text/xml; charset=utf-8"), InlineData("text/xml"), InlineData("text/xml;charset=UTF-8"), InlineData("text/xml; charset=\"utf-8\""), InlineData("application/xml")]
    public async Task A_document_may_be_called(string contentType) => (await Provider.XmlAsync("submit", Sample.Report(), contentType)).ShouldSucceed();

    [Theory]
    [InlineData("application/json"), InlineData("application/x-www-form-urlencoded"), InlineData("text/plain"), InlineData("text/xml; charset=iso-8859-1"), InlineData(""), InlineData("multipart/form-data")]
    public async Task A_document_may_not_be_called(string contentType)
    {
        (await Provider.XmlAsync("submit", Sample.Report(), contentType)).ShouldBe(4000, HttpStatusCode.BadRequest);
        (await Provider.XmlAsync("fileinfo", Sample.File("1", "a"), contentType)).ShouldBe(4000, HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("submit"), InlineData("fileinfo")]
    public async Task No_document_is_no_request(string call) => (await Provider.XmlAsync(call, "")).ShouldBe(4000, HttpStatusCode.BadRequest);

    /// <summary>A national number may begin with the digits of its country's code: 4931 is a town in +49, 391 a network in +39, 9198 one in +91.</summary>
    [Theory]
    [InlineData("+1", "2025550147", true), InlineData("+1", "(202) 555-0147", true), InlineData("+44", "02079460958", true), InlineData("+44", "2079460958", true)]
    [InlineData("+49", "493112345", true), InlineData("+49", "04931 12345", true), InlineData("+39", "3912345678", true), InlineData("+91", "9198765432", true), InlineData("+7", "84951234567", true)]
    [InlineData("+1", "12025550147", false), InlineData("+1", "1-202-555-0147", false), InlineData("+1", "(1) 202 555 0147", false), InlineData("+1", "0012025550147", false), InlineData("+1", "(+1) 2025550147", false)]
    [InlineData("+44", "442079460958", false), InlineData("+44", "0044 20 7946 0958", false), InlineData("+91", "919876543210", false), InlineData("+86", "8613800138000", false), InlineData("+49", "004930123456", false)]
    [InlineData("+7", "74951234567", false)]
    public async Task A_telephone_number_does_not_begin_with_the_code_beside_it(string code, string number, bool isTaken)
    {
        var reply = await Provider.XmlAsync("submit", Phone(code, number));
        if (isTaken) reply.ShouldSucceed();
        else reply.ShouldBe(4100, HttpStatusCode.BadRequest).Description!.ShouldContain("] - phone begins with the calling code");
    }

    [Theory]
    [InlineData("a@example.com", true), InlineData("a.b+c_d@mail.example.co.uk", true), InlineData("zażółć@example.com", true), InlineData("\"a..b\"@example.com", true), InlineData("a@[192.0.2.1]", true), InlineData("a@xn--bcher-kva.example", true)]
    [InlineData("a@example..com", false), InlineData("a..b@example.com", false), InlineData(".a@example.com", false), InlineData("a.@example.com", false), InlineData("a@.example.com", false), InlineData("a@example.com.", false)]
    [InlineData(" a@example.com", false), InlineData("a@example.com\n", false), InlineData("a@-example.com", false), InlineData("a@example,com", false), InlineData("<a@example.com>", false), InlineData("a;b@example.com", false)]
    public async Task An_address_is_well_formed(string address, bool isTaken)
    {
        var text = address.Replace("<", "&lt;", StringComparison.Ordinal);
        var reply = await Provider.XmlAsync("submit", Sample.Report(person: $"<personOrUserReportedPerson><email>{text}</email></personOrUserReportedPerson>"));
        if (isTaken) reply.ShouldSucceed();
        else reply.ShouldBe(4100, HttpStatusCode.BadRequest).Description!.ShouldContain("] - email is no e-mail address");
    }

    public static TheoryData<string, byte[]> Malformed => new()
    {
        { "not well-formed", Utf8(Sample.Report().Replace("</report>", "", StringComparison.Ordinal)) },
        { "no XML", Utf8("neutral text") },
        { "two roots", Utf8(Sample.Report() + "<report/>") },
        { "another root", Utf8("<fileDetails><reportId>1</reportId><fileId>a</fileId></fileDetails>") },
        { "a root in another namespace", Utf8(Sample.Report().Replace("<report ", "<report xmlns=\"urn:x\" ", StringComparison.Ordinal)) },
        { "a prefix on the root", Utf8(Sample.Report().Replace("<report ", "<r:report xmlns:r=\"urn:x\" ", StringComparison.Ordinal).Replace("</report>", "</r:report>", StringComparison.Ordinal)) },
        { "an unknown root", Utf8("<reports/>") },
        { "a DTD", Utf8("<!DOCTYPE report>" + Body()) },
        { "an external entity", Utf8("<!DOCTYPE report [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>" + Body().Replace("Example Marketplace", "&x;", StringComparison.Ordinal)) },
        { "a bomb", Utf8("<!DOCTYPE report [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]>" + Body().Replace("Example Marketplace", "&c;", StringComparison.Ordinal)) },
        { "an undeclared entity", Utf8(Body().Replace("Example Marketplace", "&x;", StringComparison.Ordinal)) },
        { "UTF-16", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Body())).ToArray() },
        { "Latin-1 bytes", Encoding.Latin1.GetBytes(Sample.Report(platform: "Café")) },
        { "another encoding declared", Utf8(Sample.Report().Replace("UTF-8", "ISO-8859-1", StringComparison.Ordinal)) },
        { "an encoding that does not exist", Utf8(Sample.Report().Replace("UTF-8", "EBCDIC-XX", StringComparison.Ordinal)) },
        { "UTF-16 without a mark", Encoding.Unicode.GetBytes(Body()) },
        { "UTF-16 without a mark, high bytes first", Encoding.BigEndianUnicode.GetBytes(Body()) },
        { "UTF-16 that declares it", Encoding.Unicode.GetBytes(Sample.Report().Replace("UTF-8", "UTF-16", StringComparison.Ordinal)) },
        { "more than ASCII, declared as ASCII", Utf8(Sample.Report(platform: "Café").Replace("UTF-8", "US-ASCII", StringComparison.Ordinal)) },
        { "more than ASCII, declared as such by its other name", Utf8(Sample.Report(platform: "Café").Replace("UTF-8", "ascii", StringComparison.Ordinal)) },
        { "another encoding, far into the declaration", Utf8(Sample.Report(platform: "Café").Replace("encoding=\"UTF-8\"", new string(' ', 300) + "encoding = 'ISO-8859-1'", StringComparison.Ordinal)) },
        { "a zero character", Utf8(Sample.Report(platform: "a\0b")) },
        { "a backspace", Utf8(Sample.Report(platform: "a\bb")) },
        { "a vertical tab in a name", Utf8("<report\v/>") },
        { "an escape", Utf8(Sample.Report(platform: "\u001b[0m")) },
        { "a code point that is no character", Utf8(Sample.Report(platform: "\uFFFE")) },
        { "the other one", Utf8(Sample.Report(platform: "\uFFFF")) },
        { "a reference to what is no character", Utf8(Sample.Report(platform: "&#8;")) },
        { "a thousand levels", Utf8(string.Concat(Enumerable.Repeat("<report>", 1000)) + string.Concat(Enumerable.Repeat("</report>", 1000))) },
    };

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
    private static string Body() => Sample.Report().Split("?>\n")[1];

    [Theory, MemberData(nameof(Malformed))]
    public async Task It_is_no_report_when_it_is(string what, byte[] bytes)
    {
        var reply = (await Provider.BytesAsync("submit", bytes)).ShouldBe(4110, HttpStatusCode.BadRequest);
        reply.Description!.ShouldMatch(@"^Malformed XML submittal\n\[\d+,\d+\] - ", what);
        reply.Body.ShouldNotContain("hostname");
    }

    [Theory]
    [InlineData("<additionalInfo>\b</additionalInfo>", null), InlineData("<additionalInfo>&#xB;</additionalInfo>", null), InlineData("<additionalInfo>\uFFFF</additionalInfo>", null)]
    [InlineData("<additionalInfo>Café</additionalInfo>", "encoding=\"US-ASCII\""), InlineData("<additionalInfo>Café</additionalInfo>", "     encoding='iso-8859-1'")]
    public async Task It_is_no_description_with(string rest, string? encoding)
    {
        var declaration = encoding is null ? "" : $"<?xml version=\"1.0\" {new string(' ', 300)}{encoding}?>";
        (await Provider.XmlAsync("fileinfo", declaration + Sample.File("1", "a", rest))).ShouldBe(4110, HttpStatusCode.BadRequest);
        (await Provider.BytesAsync("fileinfo", Encoding.Unicode.GetBytes(Sample.File("1", "a", rest)))).ShouldBe(4110, HttpStatusCode.BadRequest);
    }

    /// <summary>Where a parser likes to quote what it found.</summary>
    public static TheoryData<string, string> Marked => new()
    {
        { "an undeclared entity", Sample.Report(platform: "&markedword;") },
        { "an attribute's end", Sample.Report(person: "<accountTemporarilyDisabled disabledDate=\"2026-03-01\"markedword\"/>") },
        { "an attribute without quotes", Sample.Report(person: "<accountTemporarilyDisabled disabledDate=markedword/>") },
        { "an xsi:type", Sample.Report(person: "<displayName xsi:type=\"markedword\">a</displayName>") },
        { "a prefix", Sample.Report(person: "<markedword:displayName/>") },
        { "a namespace", Sample.Report(person: "<displayName xmlns=\"' markedword '\"/>") },
        { "an end tag", Sample.Report(person: "<displayName></markedword>") },
        { "an attribute that is not declared", Sample.Report(person: "<displayName markedword='1'/>") },
        { "an attribute that stands twice", Sample.Report(person: "<displayName markedword='1' markedword='2'/>") },
        { "a value", Sample.Report(at: "' is invalid according to its datatype 'markedword' - '") },
        { "an attribute's value", Sample.Report(person: "<estimatedLocation verified=\"markedword\"/>") },
        { "an instruction", Sample.Report(person: "<?xml markedword?>") },
        { "what stands behind the end", Sample.Report() + "markedword" },
        { "what is not closed", Sample.Report(rest: "<additionalInfo>narrative withheld <markedword></additionalInfo>") },
        { "a name that is none", Sample.Report(person: "<displayName>a</displayName><1markedword/>") },
    };

    [Fact]
    public async Task A_document_with_a_doctype_is_told_where_it_stands_and_what_has_no_place_is_told_without_one()
    {
        (await Provider.XmlAsync("submit", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE report>\n<report/>")).Description!.ShouldContain("\n[2,1] - not well-formed XML: it has a DOCTYPE");
        var number = await Provider.OpenAsync(Sample.Batched());
        (await Provider.FinishAsync(number)).Description!.ShouldNotContain("[0,0]");
    }

    [Theory, MemberData(nameof(Marked))]
    public async Task What_a_document_says_is_in_no_answer_and_on_no_page(string where, string xml)
    {
        var reply = await Provider.XmlAsync("submit", xml);
        reply.Status.ShouldBe(HttpStatusCode.BadRequest, where);
        reply.Description!.ShouldMatch(@"\n\[\d+,\d+\] - ");
        reply.Description!.ShouldNotContain("markedword");
        (await one.House.WithDbAsync(db => db.Set<RefusedCall>().SingleAsync(row => row.RequestId == reply.RequestId))).Reason.ShouldNotContain("markedword");
    }

    [Fact]
    public async Task A_report_is_no_description_of_a_file()
    {
        (await Provider.XmlAsync("fileinfo", Sample.Report())).ShouldBe(4110, HttpStatusCode.BadRequest);
        (await Provider.XmlAsync("fileinfo", "<fileDetails xmlns=\"urn:x\"><reportId>1</reportId><fileId>a</fileId></fileDetails>")).ShouldBe(4110, HttpStatusCode.BadRequest);
    }

    public static TheoryData<string, string> Invalid => new()
    {
        { "an unknown element", Sample.Report(rest: "<secretHobby>narrative withheld</secretHobby>") },
        { "another order", Sample.Report(person: "<screenName>a</screenName><espIdentifier>b</espIdentifier>") },
        { "no reporter", Sample.Report().Replace("reporter>", "nobody>", StringComparison.Ordinal) },
        { "an incident type of old", Sample.Report().Replace("Child Sex Trafficking", "Child Sexual Molestation (not by family member)", StringComparison.Ordinal) },
        { "a flag that says no", Sample.Report(summary: "<reportAnnotations><spam>false</spam></reportAnnotations>") },
        { "a language on the root", Sample.Report().Replace("<report ", "<report xml:lang=\"en\" ", StringComparison.Ordinal) },
        { "a rule for spaces", Sample.Report(person: "<screenName xml:space=\"preserve\">a</screenName>") },
        { "a flag twice", Sample.Report(summary: "<reportAnnotations><spam/><spam/></reportAnnotations>") },
        { "no incident time", Sample.Report().Replace($"<incidentDateTime>{Sample.Incident}</incidentDateTime>", "", StringComparison.Ordinal) },
        { "a time that is none", Sample.Report(at: "yesterday") },
        { "an hour after the end of the day", Sample.Report(at: "2026-03-04T24:00:01Z") },
        { "two variants in one", Sample.Report(details: "<internetDetails><chatImIncident/><webPageIncident/></internetDetails>") },
        { "a state that is none", Sample.Report(person: "<personOrUserReportedPerson><address><state>XX</state></address></personOrUserReportedPerson>") },
    };

    [Theory, MemberData(nameof(Invalid))]
    public async Task It_breaks_the_schema_with(string what, string xml)
    {
        var reply = (await Provider.XmlAsync("submit", xml)).ShouldBe(4100, HttpStatusCode.BadRequest);
        reply.Root.ShouldBe("reportResponse");
        reply.Description!.ShouldMatch(@"^Validation failed\n\[\d+,\d+\] - ", what);
        reply.Description!.ShouldNotContain("narrative withheld");
        reply.ReportId.ShouldBeNull();
    }

    [Theory]
    [InlineData("<age>old</age>", "The 'age' element is invalid - expected is a whole number such as 12")]
    [InlineData("<dateOfBirth>1.3.2010</dateOfBirth>", "The 'dateOfBirth' element is invalid - expected is a date such as 2026-03-04")]
    [InlineData("<email verified=\"maybe\">a@example.com</email>", "The 'verified' attribute is invalid - expected is true or false")]
    [InlineData("<email verificationDate=\"yesterday\">a@example.com</email>", "The 'verificationDate' attribute is invalid - expected is a date and time such as 2026-03-04T10:15:00Z")]
    [InlineData("<email type=\"Private\">a@example.com</email>", "The 'type' attribute is invalid - expected is what report.xsd says of it")]
    [InlineData("<phone countryCallingCode=\"44\">1</phone>", "The 'countryCallingCode' attribute is invalid - expected is a plus sign and one to three digits, such as +44")]
    [InlineData("<phone extension=\"a\">1</phone>", "The 'extension' attribute is invalid - expected is a number of digits alone")]
    [InlineData("<address><state>Oregon</state></address>", "The 'state' element is invalid - expected is one of the values of UsState in report.xsd")]
    public async Task What_the_schema_expects_is_said_in_plain_words(string person, string words) =>
        (await Provider.XmlAsync("submit", Sample.Report(person: $"<personOrUserReportedPerson>{person}</personOrUserReportedPerson>"))).ShouldBe(4100, HttpStatusCode.BadRequest)
            .Description!.Split("] - ", 2)[1].ShouldBe(words);

    [Fact]
    public async Task The_incident_types_are_told_to_one_who_writes_another() =>
        (await Provider.XmlAsync("submit", Sample.Report().Replace("Child Sex Trafficking", "Other", StringComparison.Ordinal))).Description!
            .ShouldEndWith("Online Enticement of Children for Sexual Acts; Unsolicited Obscene Material Sent to a Child");

    public static TheoryData<string, string> Broken => new()
    {
        { "incidentDateTime", Sample.Report(at: "2026-03-04T10:15:00") },
        { "incidentDateTime", Sample.Report(at: Iso(LineHouse.Noon.AddMinutes(10))) },
        { "dateTime", Sample.Report(person: $"<ipCaptureEvent><ipAddress>192.0.2.1</ipAddress><dateTime>{Iso(LineHouse.Noon.AddDays(1))}</dateTime></ipCaptureEvent>") },
        { "dateTime", Sample.Report(person: "<ipCaptureEvent><ipAddress>192.0.2.1</ipAddress><dateTime>2026-03-04T00:00:00</dateTime></ipCaptureEvent>") },
        { "@disabledDate", Sample.Report(person: "<accountPermanentlyDisabled disabledDate=\"2027-03-04T00:00:00Z\">true</accountPermanentlyDisabled>") },
        { "@timestamp", Sample.Report(person: "<estimatedLocation timestamp=\"2026-03-04T00:00:00\"/>") },
        { "accountTemporarilyDisabled", Sample.Report(person: "<accountTemporarilyDisabled disabledDate=\"2026-03-04T00:00:00Z\" reenabledDate=\"2026-03-03T00:00:00Z\">true</accountTemporarilyDisabled>") },
        { "accountPermanentlyDisabled", Sample.Report(person: "<accountPermanentlyDisabled disabledDate=\"2026-03-04T00:00:00Z\" userNotified=\"true\" userNotifiedDate=\"2026-03-03T00:00:00Z\">true</accountPermanentlyDisabled>") },
        { "phone", Sample.Report(person: "<personOrUserReportedPerson><phone verificationDate=\"2026-03-01T00:00:00Z\">8165550100</phone></personOrUserReportedPerson>") },
        { "email", Sample.Report(person: "<personOrUserReportedPerson><email verified=\"false\" verificationDate=\"2026-03-01T00:00:00Z\">a@example.com</email></personOrUserReportedPerson>") },
        { "phone", Sample.Report(person: "<personOrUserReportedPerson><phone countryCallingCode=\"+1\">+18165550100</phone></personOrUserReportedPerson>") },
        { "phone", Sample.Report(person: $"<personOrUserReportedPerson><phone>{new string('1', 51)}</phone></personOrUserReportedPerson>") },
        { "email", Sample.Report(person: "<personOrUserReportedPerson><email>nobody</email></personOrUserReportedPerson>") },
        { "email", Sample.Report(person: $"<personOrUserReportedPerson><email>{new string('a', 65)}@example.com</email></personOrUserReportedPerson>") },
        { "reportingPerson", Sample.Report(email: "") },
        { "emailAddress", Sample.Report(details: "<internetDetails><emailIncident><emailAddress>a@example.com</emailAddress></emailIncident></internetDetails>") },
        { "emailAddress", Sample.Report(details: "<internetDetails><newsgroupIncident><emailAddress>a@example.com</emailAddress></newsgroupIncident></internetDetails>") },
        { "approximateAge", Sample.Report(person: "<associatedAccount type=\"Other\"><approximateAge>20</approximateAge><dateOfBirth>2000-01-01</dateOfBirth></associatedAccount>") },
        { "dateOfBirth", Sample.Report(person: "<personOrUserReportedPerson><dateOfBirth>2030-01-01</dateOfBirth></personOrUserReportedPerson>") },
        { "age", Sample.Report(person: "<personOrUserReportedPerson><age>151</age></personOrUserReportedPerson>") },
        { "ipAddress", Sample.Report(person: "<ipCaptureEvent><ipAddress></ipAddress></ipCaptureEvent>") },
        { "ipAddress", Sample.Report(person: "<ipCaptureEvent><ipAddress>1</ipAddress></ipCaptureEvent>") },
        { "ipAddress", Sample.Report(person: "<ipCaptureEvent><ipAddress>192.0.2.256</ipAddress></ipCaptureEvent>") },
        { "ipAddress", Sample.Report(person: "<ipCaptureEvent><ipAddress>192.0.2.010</ipAddress></ipCaptureEvent>") },
        { "ipAddress", Sample.Report(person: "<ipCaptureEvent><ipAddress>010.0.0.1</ipAddress></ipCaptureEvent>") },
        { "ipAddress", Sample.Report(person: "<ipCaptureEvent><ipAddress>1.2.3</ipAddress></ipCaptureEvent>") },
        { "ipAddress", Sample.Report(person: "<ipCaptureEvent><ipAddress>0x7f.1</ipAddress></ipCaptureEvent>") },
        { "ipAddress", Sample.Report(person: "<ipCaptureEvent><ipAddress>::ffff:192.0.2.010</ipAddress></ipCaptureEvent>") },
        { "ipAddress", Sample.Report(person: "<ipCaptureEvent><ipAddress>[2001:db8::1]</ipAddress></ipCaptureEvent>") },
        { "port", Sample.Report(person: "<ipCaptureEvent><ipAddress>192.0.2.1</ipAddress><port>0</port></ipCaptureEvent>") },
        { "port", Sample.Report(person: "<ipCaptureEvent><ipAddress>192.0.2.1</ipAddress><port>65536</port></ipCaptureEvent>") },
        { "idValue", Sample.Report(person: "<deviceId><idType>a</idType><idValue> </idValue></deviceId>") },
        { "estimatedLocation", Sample.Report(person: "<estimatedLocation><city>Springfield</city><countryCode>US</countryCode></estimatedLocation>") },
        { "estimatedLocation", Sample.Report(person: "<estimatedLocation><region>Ontario</region><countryCode>US</countryCode></estimatedLocation>") },
        { "countryCode", Sample.Report(person: "<estimatedLocation><countryCode></countryCode></estimatedLocation>") },
        { "priorCTReports", Sample.Report(person: "<priorCTReports>123456789</priorCTReports>") },
        { "priorCTReport", Sample.Report(person: "<associatedAccount type=\"Other\"><priorCTReport>123456789</priorCTReport></associatedAccount>") },
        { "url", Sample.Report(details: "<internetDetails><webPageIncident><url>example.com/item</url></webPageIncident></internetDetails>") },
        { "url", Sample.Report(details: "<internetDetails><webPageIncident><url>https://example.com/a b</url></webPageIncident></internetDetails>") },
        { "url", Sample.Report(details: "<internetDetails><webPageIncident><url>https://example.com/&#9;</url></webPageIncident></internetDetails>") },
        { "profileUrl", Sample.Report(person: $"<profileUrl>https://example.com/{new string('a', 2083)}</profileUrl>") },
        { "escalateToHighPriority", Sample.Report(summary: "<escalateToHighPriority> </escalateToHighPriority>") },
        { "platform", Sample.Report(platform: new string('a', 257)) },
        { "platform", Sample.Report(platform: string.Concat(Enumerable.Repeat("\U0001F600", 257))) },
        { "personOrUserReported", Sample.Report(rest: "<personOrUserReported/>") },
        { "escalateToHighPriority", Sample.Batched().Replace("</platform>", "</platform><escalateToHighPriority>urgent</escalateToHighPriority>", StringComparison.Ordinal) },
        { "internetDetails", Sample.Batched().Replace("<reporter>", "<internetDetails><chatImIncident/></internetDetails><reporter>", StringComparison.Ordinal) },
        { "victim", Sample.Batched("<victim><victimPerson/></victim>") },
        { "additionalInfo", Sample.Batched("<additionalInfo>narrative withheld</additionalInfo>") },
        { "screenName", Sample.Batched().Replace("acct-0002</espIdentifier>", "acct-0002</espIdentifier><screenName>b</screenName>", StringComparison.Ordinal) },
    };

    [Theory, MemberData(nameof(Broken))]
    public async Task A_value_rule_is_broken_at(string element, string xml)
    {
        var reply = (await Provider.XmlAsync("submit", xml)).ShouldBe(4100, HttpStatusCode.BadRequest);
        reply.Description!.ShouldMatch(@"^Validation failed\n\[\d+,\d+\] - " + element + " ");
        reply.Description!.ShouldNotContain("narrative");
    }

    [Fact]
    public async Task A_prior_report_that_is_there_may_be_named_and_an_open_one_by_its_sender()
    {
        var prior = await Provider.OpenAsync();
        var naming = Sample.Report(person: $"<priorCTReports>{prior}</priorCTReports>");
        (await Provider.XmlAsync("submit", naming)).ShouldSucceed();
        (await Other.XmlAsync("submit", naming)).ShouldBe(4100, HttpStatusCode.BadRequest);
        (await Provider.FinishAsync(prior)).ShouldSucceed();
        (await Other.XmlAsync("submit", naming)).ShouldSucceed();
        var gone = await Provider.OpenAsync();
        (await Provider.RetractAsync(gone)).ShouldSucceed();
        (await Provider.XmlAsync("submit", Sample.Report(person: $"<priorCTReports>{gone}</priorCTReports>"))).ShouldBe(4100, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_lenient_account_may_name_a_report_of_another_house_and_is_told()
    {
        var number = await Lenient.OpenAsync(Sample.Report(person: "<priorCTReports>5</priorCTReports>"));
        (await WarningsAsync(number)).ShouldMatch(@"^\[\d+,\d+\] - priorCTReports names no report that is there$");
        var both = await Lenient.OpenAsync(Sample.Report(email: "", person: "<priorCTReports>5</priorCTReports><priorCTReports>6</priorCTReports>"));
        (await WarningsAsync(both)).Split('\n').Length.ShouldBe(3);
    }

    [Fact]
    public async Task As_many_prior_reports_may_be_named_as_a_document_holds()
    {
        var prior = await Provider.OpenAsync();
        (await Provider.FinishAsync(prior)).ShouldSucceed();
        var many = string.Concat(Enumerable.Range(1, 40_000).Select(number => $"<priorCTReports>{number}</priorCTReports>"));
        var refused = (await Provider.XmlAsync("submit", Sample.Report(person: many))).ShouldBe(4100, HttpStatusCode.BadRequest);
        refused.Description!.Split('\n').Length.ShouldBe(51, "a line for each, fifty at most");
        (await WarningsAsync(await Lenient.OpenAsync(Sample.Report(person: many)))).Split('\n').Length.ShouldBe(50);
        var same = string.Concat(Enumerable.Repeat($"<priorCTReports>{prior}</priorCTReports>", 40_000));
        (await Provider.XmlAsync("submit", Sample.Report(person: same))).ShouldSucceed();
    }

    private async Task<string> WarningsAsync(string number) =>
        (await one.House.WithDbAsync(db => db.Set<Submission>().SingleAsync(row => row.Number == long.Parse(number, CultureInfo.InvariantCulture)))).Warnings;

    [Fact]
    public async Task A_lenient_account_is_told_in_the_record_what_it_broke_and_is_not_let_off_the_rest()
    {
        var number = await Lenient.OpenAsync(Sample.Report(email: "", details: "<internetDetails><webPageIncident><url>example.com</url></webPageIncident></internetDetails>"));
        var submission = await one.House.WithDbAsync(db => db.Set<Submission>().SingleAsync(row => row.Number == long.Parse(number, CultureInfo.InvariantCulture)));
        submission.Warnings.Split('\n').Length.ShouldBe(2);
        submission.Warnings.ShouldContain("reportingPerson carries no email");
        (await Lenient.FinishAsync(number)).ShouldSucceed();
        (await Lenient.XmlAsync("submit", Sample.Report(email: "", at: "2026-03-04T10:15:00"))).ShouldBe(4100, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Many_faults_that_are_waived_do_not_hide_one_that_is_not()
    {
        var urls = string.Concat(Enumerable.Repeat("<url>example.com</url>", 200));
        (await Lenient.XmlAsync("submit", Sample.Report(details: $"<internetDetails><webPageIncident>{urls}</webPageIncident></internetDetails>", person: "<ipCaptureEvent><ipAddress>1</ipAddress></ipCaptureEvent>")))
            .ShouldBe(4100, HttpStatusCode.BadRequest).Description!.ShouldContain("ipAddress");
    }

    public static TheoryData<string, string> BrokenFiles => new()
    {
        { "exifViewedByEsp", "<fileViewedByEsp>false</fileViewedByEsp><exifViewedByEsp>true</exifViewedByEsp>" },
        { "exifViewedByEsp", "<exifViewedByEsp>true</exifViewedByEsp>" },
        { "industryClassification", "<fileRelevance>Supplemental Reported</fileRelevance><industryClassification>A1</industryClassification>" },
        { "potentialMeme", "<fileRelevance>Supplemental Reported</fileRelevance><potentialMeme>true</potentialMeme>" },
        { "potentialMeme", "<fileRelevance>Supplemental Reported</fileRelevance><fileAnnotations><potentialMeme/></fileAnnotations>" },
        { "locationOfFile", "<locationOfFile>https://example.com/a b</locationOfFile>" },
        { "uploadedToEspTimestamp", "<uploadedToEspTimestamp>2027-01-01T00:00:00Z</uploadedToEspTimestamp>" },
        { "originalFileName", $"<originalFileName>{new string('a', 2057)}</originalFileName>" },
        { "name", $"<details type=\"EXIF\"><nameValuePair><name>{new string('a', 65)}</name><value>a</value></nameValuePair></details>" },
        { "@hashType", $"<originalFileHash hashType=\"{new string('a', 65)}\">00</originalFileHash>" },
    };

    [Theory, MemberData(nameof(BrokenFiles))]
    public async Task A_value_rule_of_a_file_is_broken_at(string element, string rest)
    {
        var number = await Provider.OpenAsync();
        var file = (await Provider.UploadAsync(number, [1])).ShouldSucceed().FileId!;
        (await Provider.XmlAsync("fileinfo", Sample.File(number, file, rest))).ShouldBe(4100, HttpStatusCode.BadRequest)
            .Description!.ShouldMatch(@"^Validation failed\n\[\d+,\d+\] - " + element + " ");
    }

    [Theory]
    [InlineData("<ipCaptureEvent><ipAddress>192.0.2.1</ipAddress></ipCaptureEvent><ipCaptureEvent><ipAddress>192.0.2.2</ipAddress></ipCaptureEvent>")]
    [InlineData("<fileAnnotations><infant>false</infant></fileAnnotations>")]
    [InlineData("<viewedByEsp>true</viewedByEsp>")]
    public async Task A_file_s_description_breaks_the_schema_with(string rest)
    {
        var number = await Provider.OpenAsync();
        var file = (await Provider.UploadAsync(number, [1])).ShouldSucceed().FileId!;
        (await Provider.XmlAsync("fileinfo", Sample.File(number, file, rest))).ShouldBe(4100, HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("<fileName>sample.bin</fileName>"), InlineData("<fileAnnotations><infant/><generativeAi>true</generativeAi></fileAnnotations>"), InlineData("<potentialMeme>false</potentialMeme>")]
    [InlineData("<details><nameValuePair type=\"EXIF\"><name>Model</name><value>Example</value></nameValuePair></details>"), InlineData("<additionalInfo>narrative withheld</additionalInfo><additionalInfo>narrative withheld</additionalInfo>")]
    [InlineData("<details type=\"EXIF\"><nameValuePair><name>Model</name><value/></nameValuePair><nameValuePair><name></name><value>a</value></nameValuePair></details>"), InlineData("<originalFileHash hashType=\"\">00</originalFileHash>")]
    public async Task A_file_s_description_is_taken_with(string rest)
    {
        var number = await Provider.OpenAsync();
        var file = (await Provider.UploadAsync(number, [1])).ShouldSucceed().FileId!;
        (await Provider.XmlAsync("fileinfo", Sample.File(number, file, rest))).ShouldSucceed();
        (await Provider.FinishAsync(number)).ShouldSucceed();
    }

    [Fact]
    public async Task A_batched_report_has_one_file_that_is_marked_and_says_little_else()
    {
        var number = await Provider.OpenAsync(Sample.Batched());
        (await Provider.FinishAsync(number)).ShouldBe(4100, HttpStatusCode.BadRequest);
        var file = (await Provider.UploadAsync(number, [1])).ShouldSucceed().FileId!;
        foreach (var rest in new[]
        {
            "", "<originalFileName>a</originalFileName><fileAnnotations><viral/></fileAnnotations>", "<fileAnnotations><viral/><infant/></fileAnnotations>",
            "<fileRelevance>Supplemental Reported</fileRelevance><fileAnnotations><viral/></fileAnnotations>", "<fileAnnotations><viral/></fileAnnotations><originalFileHash hashType=\"MD5\">00</originalFileHash>",
            "<fileAnnotations><viral/></fileAnnotations><additionalInfo>narrative withheld</additionalInfo>",
        })
            (await Provider.XmlAsync("fileinfo", Sample.File(number, file, rest))).ShouldBe(4100, HttpStatusCode.BadRequest);
        (await Provider.XmlAsync("fileinfo", Sample.File(number, file, "<fileAnnotations><viral/><potentialMeme/></fileAnnotations><industryClassification>A1</industryClassification>"))).ShouldSucceed();
        (await Provider.FinishAsync(number)).ShouldSucceed();
        (await one.House.WithDbAsync(db => db.Set<ReportVersion>().SingleAsync(row => row.Number == number))).IsBatched.ShouldBeTrue();
    }

    [Fact]
    public async Task A_batched_report_with_two_files_is_not_finished_and_may_be_retracted()
    {
        var number = await Provider.OpenAsync(Sample.Batched());
        (await Provider.UploadAsync(number, [1])).ShouldSucceed();
        (await Provider.UploadAsync(number, [2])).ShouldSucceed();
        (await Provider.FinishAsync(number)).ShouldBe(4100, HttpStatusCode.BadRequest).Root.ShouldBe("reportResponse");
        (await Provider.RetractAsync(number)).ShouldSucceed();
    }
}
