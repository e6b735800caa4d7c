using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CsCheck;
using Homeward.Exchange.CyberTips;
using Homeward.Exchange.CyberTips.Xml;

namespace Homeward.Exchange.Tests.CyberTips;

/// <summary>The quick reader may leave a document to the validator; what it takes, the validator takes, and reads the same.</summary>
public sealed partial class PlainXmlTests
{
    /// <summary>Names and values of the form, and what breaks it: types' edges, markup, characters that are none.</summary>
    private static readonly string[] _edges =
    [
        "", " ", "\n", "true", "false", "1", "0", "TRUE", " true ", "-1", "12", "007", "99999999999999999999", "2019-07-01", "2019-02-29", "2019-07-01Z",
        "2019-07-01T10:00:00Z", "2019-07-01T24:00:00Z", "2019-07-01T10:00:00.123456789Z", "2019-07-01T10:00:00", "2019-07-01T10:00:00+14:00",
        "2019-07-01T10:00:00-05:30", "2019-07-01T10:60:00Z", "0000-01-01T00:00:00Z", "US", "XX", "MO", "Login", "login", "Online Enticement of Children for Sexual Acts",
        "Child Sex Trafficking", "&amp;", "&#65;", "&#x1F600;", "&#0;", "&#xFFFE;", "&nbsp;", "&", "]]>", "]]", "<", ">", "\r\n", "\t", "\u00e9", "\uFFFE",
        "<!-- a -->", "<![CDATA[a]]>", "<?a b?>", "<url>https://example.com</url>", "<age>12</age>", "<city>Kansas City</city>", "<state>MO</state>", "<firstName/>",
        "<deviceId><idType>a</idType><idValue>b</idValue></deviceId>", "<ipCaptureEvent><ipAddress>192.0.2.1</ipAddress></ipCaptureEvent>",
        "<reportAnnotations><spam/></reportAnnotations>", "<escalateToHighPriority>now</escalateToHighPriority>", "<additionalInfo>narrative withheld</additionalInfo>",
        " xmlns=\"urn:x\"", " xmlns:a=\"urn:x\"", " a:b=\"c\"", " verified=\"true\"", " verified='maybe'", " type=\"Home\"", " xml:lang=\"en\"", " xml:space=\"preserve\"", " countryCallingCode=\"+1\"",
        " countryCallingCode=\"44\"", " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"", " xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\"",
        " xsi:noNamespaceSchemaLocation=\"https://report.cybertip.org/ispws/xsd\"", " xsi:nil=\"true\"", " xsi:type=\"x\"", "\r", "<spam/>", "<spam>1</spam>", "<spam>false</spam>",
        "2019-07-01T10:00:00.9999999999Z", "9999-12-31T23:59:59.99999999Z", "2019-07-01T10:00:00.410984368Z", " verified=\"true\" verified=\"true\"", "<!DOCTYPE report>", "\u0001", "\uFEFF", "standalone=\"yes\"",
        "2019-07-01+14:01", "2019-07-01z", "Infinity", "+NaN", "-INF", "1e5", ".5", "5.", "<latitude>Infinity</latitude>", "<dateOfBirth>2009-01-01+99:99</dateOfBirth>", " extension=\"1&#10;\"",
    ];

    private static string Said(Parsed<CyberTipReport> parsed) => JsonSerializer.Serialize(parsed.Value);

    private static bool Agrees(byte[] document)
    {
        if (CyberTipXml.TryReadPlain(document, "100200300", "Example") is not { } plain) return true;
        var judged = CyberTipXml.ReadByValidator(document, "100200300", "Example");
        return judged.IsTaken && Said(plain) == Said(judged);
    }

    /// <summary>Some pieces between tags and values are taken out, doubled, or replaced by an edge.</summary>
    private static Gen<string> Broken(string document)
    {
        var pieces = Piece().Matches(document).Select(match => match.Value).ToArray();
        var change = Gen.Select(Gen.Int[0, pieces.Length - 1], Gen.Int[0, 4], Gen.Int[0, _edges.Length - 1], Gen.Int[0, pieces.Length - 1]);
        return change.Array[1, 3].Select(changes =>
        {
            var parts = (string[])pieces.Clone();
            foreach (var (at, how, edge, other) in changes)
                parts[at] = how switch { 0 => "", 1 => parts[at] + parts[at], 2 => _edges[edge], 3 => parts[at] + _edges[edge], _ => parts[other] };
            return string.Concat(parts);
        });
    }

    [GeneratedRegex("<[^>\\s]+|>|\\s+|[^<>\\s]+")]
    private static partial Regex Piece();

    [Fact]
    public void What_programs_write_is_read_at_once_and_as_the_validator_reads_it()
    {
        var (all, plain) = (0, 0);
        Given.Any(ReportForm.ProviderXml).Sample(report =>
        {
            var document = CyberTipXmlWriter.Write(report);
            Interlocked.Increment(ref all);
            if (CyberTipXml.TryReadPlain(document, "1", null) is not null) Interlocked.Increment(ref plain);
            return Agrees(document);
        }, iter: 500);
        plain.ShouldBeGreaterThan(all * 9 / 10);
    }

    [Theory]
    [InlineData(" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:noNamespaceSchemaLocation=\"https://report.cybertip.org/ispws/xsd\"", "<spam/>", "2019-07-01T10:00:00.410984368Z")]
    [InlineData("\r\n xsi:noNamespaceSchemaLocation='a'\r\n xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xmlns:xsd='http://www.w3.org/2001/XMLSchema'", "<informational>1</informational>\r\n<sextortion>true</sextortion>", "2019-07-01T10:00:00.000Z")]
    [InlineData("", "<spam></spam><minorToMinorInteraction />", "2019-07-01T10:00:00.123456-05:00")]
    public void What_real_clients_send_is_read_at_once(string root, string flags, string at)
    {
        var document = Given.Utf8(Small(at).Replace("<report>", $"<report{root}>\r\n  ", StringComparison.Ordinal)
            .Replace("<incidentDateTime>", $"<reportAnnotations>{flags}</reportAnnotations><incidentDateTime>", StringComparison.Ordinal)
            .Replace("</personOrUserReported>", "<additionalInfo>narrative\r\nwithheld\rhere</additionalInfo></personOrUserReported>", StringComparison.Ordinal));
        CyberTipXml.TryReadPlain(document, "100200300", "Example").ShouldNotBeNull();
        Agrees(document.ToArray()).ShouldBeTrue();
    }

    [Theory]
    [InlineData("<report xsi:noNamespaceSchemaLocation='a'/>")]
    [InlineData("<report xmlns:xsi='urn:other' xsi:noNamespaceSchemaLocation='a'/>")]
    [InlineData("<report xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'/>")]
    [InlineData("<report xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:nil='true'/>")]
    public void A_root_with_other_names_is_left_to_the_validator(string root)
    {
        var document = Small().Replace("<report>", root.Replace("/>", ">", StringComparison.Ordinal), StringComparison.Ordinal);
        CyberTipXml.TryReadPlain(Given.Utf8(document), "1", null).ShouldBeNull();
    }

    [Fact]
    public void Flags_stand_once_and_say_yes()
    {
        foreach (var flags in (string[])["<spam/><spam/>", "<spam>false</spam>", "<spam>0</spam>", "<spam> </spam>", "<spam><spam/></spam>", "<unknown/>", "x"])
        {
            var document = Given.Utf8(Small().Replace("<incidentDateTime>", $"<reportAnnotations>{flags}</reportAnnotations><incidentDateTime>", StringComparison.Ordinal));
            CyberTipXml.TryReadPlain(document, "1", null).ShouldBeNull(flags);
        }
    }

    [Fact]
    public void What_the_quick_reader_takes_the_validator_takes_and_reads_the_same()
    {
        Gen.OneOf(Given.Any(ReportForm.ProviderXml), Gen.Const(Given.Report()))
            .SelectMany(report => Broken(Encoding.UTF8.GetString(CyberTipXmlWriter.Write(report))))
            .Sample(document => Agrees(Encoding.UTF8.GetBytes(document)), iter: 8_000);
    }

    [Fact]
    public void What_is_judged_at_once_the_validator_and_the_rules_have_nothing_to_say_of()
    {
        var (all, plain) = (0, 0);
        var now = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var sound = Small(incident: "<webPageIncident><url>https://example.com/item/1</url></webPageIncident>", person: "<age>12</age>", account: "<screenName>sample-user</screenName>")
            .Replace("<reportingPerson/>", "<reportingPerson><email>reporter@example.com</email></reportingPerson>", StringComparison.Ordinal);
        CyberTipXml.TryExaminePlain(Given.Utf8(sound), now).ShouldNotBeNull();
        Gen.OneOf(Broken(sound), Broken(sound.Replace("<age>12</age>", "<dateOfBirth>2004-02-29</dateOfBirth><phone>816-555-0100</phone>", StringComparison.Ordinal))).Sample(text =>
        {
            var document = Encoding.UTF8.GetBytes(text);
            Interlocked.Increment(ref all);
            if (CyberTipXml.TryExaminePlain(document, now) is not { } quick) return true;
            Interlocked.Increment(ref plain);
            return CyberTipXml.ExamineByValidator(document, isReport: true, now) is { Verdict: Verdict.Valid, Broken.Count: 0, PriorReports.Count: 0 } judged
                && judged.IsBatched == quick.IsBatched;
        }, iter: 4_000);
        // By chance some fifty of 4,000 stay sound; as few as half of it is chance too.
        plain.ShouldBeGreaterThan(all / 200);
    }

    /// <summary>One place for each type of the form, with a good value that is changed a little.</summary>
    private static readonly (string Document, string Good)[] _places =
    [
        (Small(at: "{0}"), "2019-07-01T10:00:00.25-05:00"), (Small(person: "<age>{0}</age>"), "12"), (Small(person: "<dateOfBirth>{0}</dateOfBirth>"), "2004-02-29"),
        (Small(account: "<compromisedAccount>{0}</compromisedAccount>"), "true"), (Small(account: "<priorCTReports>{0}</priorCTReports>"), "100200300"),
        (Small(person: "<address><state>{0}</state></address>"), "MO"), (Small(person: "<address><country>{0}</country></address>"), "US"),
        (Small(person: "<address type=\"{0}\"/>"), "Home"), (Small(person: "<phone countryCallingCode=\"{0}\">1</phone>"), "+44"),
        (Small(person: "<phone extension=\"{0}\">1</phone>"), "12"), (Small(person: "<email verified=\"{0}\">a@example.com</email>"), "1"),
        (Small(person: "<email verificationDate=\"{0}\">a@example.com</email>"), "2019-07-01T10:00:00Z"),
        (Small(incident: "<cellPhoneIncident><latitude>{0}</latitude></cellPhoneIncident>"), "-94.5786"),
        (Small(incident: "<webPageIncident thirdPartyHostedContent=\"{0}\"/>"), "false"), (Small(person: "<firstName>{0}</firstName>"), "Ada"),
    ];

    private static string Small(string at = "2019-07-01T10:00:00Z", string person = "", string account = "", string incident = "<webPageIncident/>") =>
        $"<report><incidentSummary><incidentType>Child Sex Trafficking</incidentType><incidentDateTime>{at}</incidentDateTime></incidentSummary>"
        + $"<internetDetails>{incident}</internetDetails><reporter><reportingPerson/></reporter>"
        + $"<personOrUserReported><personOrUserReportedPerson>{person}</personOrUserReportedPerson>{account}</personOrUserReported></report>";

    [Fact]
    public void A_value_is_taken_only_where_the_validator_takes_it()
    {
        foreach (var (document, good) in _places)
        {
            var made = document.Replace("{0}", good, StringComparison.Ordinal);
            CyberTipXml.TryReadPlain(Given.Utf8(made), "1", null).ShouldNotBeNull(made);
            foreach (var edge in _edges) Agrees(Encoding.UTF8.GetBytes(document.Replace("{0}", edge, StringComparison.Ordinal))).ShouldBeTrue($"{document} with {edge}");
        }
        const string Letters = "0123456789-+:.TZtrue EN";
        var change = Gen.Select(Gen.Int[0, 30], Gen.Int[0, 2], Gen.Int[0, Letters.Length - 1]);
        Gen.Select(Gen.Int[0, _places.Length - 1], change.Array[1, 2]).Sample((which, changes) =>
        {
            var value = _places[which].Good;
            foreach (var (at, how, letter) in changes)
            {
                var place = at % (value.Length + 1);
                value = how switch
                {
                    0 => value.Insert(place, Letters[letter].ToString()),
                    1 when place < value.Length => value.Remove(place, 1),
                    _ when place < value.Length => value.Remove(place, 1).Insert(place, Letters[letter].ToString()),
                    _ => value,
                };
            }
            return Agrees(Encoding.UTF8.GetBytes(_places[which].Document.Replace("{0}", value, StringComparison.Ordinal)));
        }, iter: 15_000);
    }

    [Theory]
    [InlineData("<report/>")]
    [InlineData("<report><!-- a --></report>")]
    [InlineData("<!DOCTYPE report [<!ENTITY a 'b'>]><report>&a;</report>")]
    [InlineData("<report xmlns='urn:x'></report>")]
    [InlineData("<reporter></reporter>")]
    [InlineData("<report")]
    [InlineData("")]
    public void What_is_not_plain_is_left_to_the_validator(string document) =>
        CyberTipXml.TryReadPlain(Given.Utf8(document), "1", null).ShouldBeNull();
}
