using System.Text;
using CsCheck;
using Homeward.Exchange.CyberTips;
using Homeward.Exchange.CyberTips.Xml;

namespace Homeward.Exchange.Tests.CyberTips;

public sealed partial class CyberTipXmlTests
{
    private static Parsed<CyberTipReport> Read(string xml) => CyberTipXml.Read(Given.Utf8(xml), "100200300");
    private static string Sample(Func<string, string> change) => change(Encoding.UTF8.GetString(CyberTipXmlWriter.Write(Given.Report())));

    private const string Smallest = """
        <report><incidentSummary><incidentType>Child Sex Trafficking</incidentType>
        {0}<incidentDateTime>{1}</incidentDateTime></incidentSummary><reporter><reportingPerson/></reporter>{2}</report>
        """;

    private static string Small(string annotations = "", string at = "2019-07-01T10:00:00Z", string rest = "") =>
        Smallest.Replace("{0}", annotations, StringComparison.Ordinal).Replace("{1}", at, StringComparison.Ordinal)
            .Replace("{2}", rest, StringComparison.Ordinal);

    [Fact]
    public void What_was_written_is_read_back()
    {
        Given.Any(ReportForm.ProviderXml).Sample(report =>
        {
            var parsed = CyberTipXml.Read(CyberTipXmlWriter.Write(report), report.Number);
            parsed.Rejections.ShouldBeEmpty();
            return Given.Core(parsed.Value) == Given.Core(report);
        }, iter: 500);
    }

    [Fact]
    public void Every_value_knows_where_it_stood()
    {
        var report = Read(Sample(xml => xml)).Value;
        report.Values.ShouldContain(new TipValue("/report/victim[1]/victimPerson/firstName", "Ada"));
        report.Persons.Select(person => person.Path).ShouldBe(
            ["/report/personOrUserReported[1]", "/report/victim[1]", "/report/victim[1]/associatedAccount[1]"]);
        report.Texts.ShouldContain(new FreeText(TextKind.ReportInfo, "narrative withheld", null, "/report/additionalInfo"));
        report.Values.ShouldNotContain(value => value.Text == "narrative withheld");
    }

    [Fact]
    public void Identifiers_are_brought_to_their_normal_form()
    {
        var found = Read(Sample(xml => xml)).Value.Identifiers.Select(id => $"{id.Kind} {id.Normalised} {id.Person}").ToList();
        found.ShouldBe([
            "Url example.com/item/1 ", "Ip 192.0.2.10 0", "ScreenName sample-user@example 0", "Phone +18165550100 1",
            "Email child@example.com 1", "Place kansas city/MO/64106/US 1", "ScreenName other-name@example marketplace 2",
        ]);
    }

    [Fact]
    public void Unknown_element_is_rejected_with_line_column_and_path()
    {
        var rejection = Read(Small(rest: "\n<secretHobby>chess</secretHobby>")).Rejections[0];
        (rejection.Line, rejection.Column, rejection.Field).ShouldBe((3, 2, "/report/secretHobby"));
        rejection.Reason.ShouldBe("The element 'report' has invalid child element 'secretHobby'. List of possible elements expected: 'personOrUserReported, intendedRecipient, victim, additionalInfo'.");
    }

    [Fact]
    public void An_element_that_stands_twice_is_named_with_its_place()
    {
        var rejection = Read(Small(annotations: "<reportAnnotations>\n<spam/><spam/></reportAnnotations>")).Rejections[0];
        (rejection.Line, rejection.Column, rejection.Reason).ShouldBe((3, 9, "The element 'spam' stands more than once, and may stand once at most."));
    }

    [Fact]
    public void A_doctype_and_what_is_nested_too_deep_are_placed()
    {
        var doctype = Read("<?xml version='1.0'?>\n<!-- <!DOCTYPE -->\n  <!DOCTYPE report>\n" + Small()).Rejections.ShouldHaveSingleItem();
        (doctype.Line, doctype.Column, doctype.Reason).ShouldBe((3, 3, "not well-formed XML: it has a DOCTYPE, and none is taken"));
        var deep = Read(Small(rest: "\n" + string.Concat(Enumerable.Repeat("<a>", 40)) + string.Concat(Enumerable.Repeat("</a>", 40)))).Rejections.Single(one => one.Reason.StartsWith("nested", StringComparison.Ordinal));
        deep.Line.ShouldBe(3);
        deep.Column.ShouldBeGreaterThan(3 * 30);
    }

    [Theory]
    [InlineData("<victim/>", "The element 'victim' has incomplete content. List of possible elements expected: 'victimPerson'.")]
    [InlineData("<victim><victimPerson><age>old</age></victimPerson></victim>", "The 'age' element is invalid - expected is a whole number such as 12")]
    [InlineData("<additionalInfo><withheld/></additionalInfo>", "The element 'additionalInfo' cannot contain child element '…' because the parent element's content model is text only.")]
    [InlineData("<victim withheld='1'><victimPerson/></victim>", "The '…' attribute of 'victim' is not declared.")]
    [InlineData("<additionalInfo xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:type='withheld'/>", "This is an invalid xsi:type '…'.")]
    [InlineData("<victim>withheld</victim>", "The element 'victim' cannot contain text. List of possible elements expected: 'victimPerson'.")]
    [InlineData("<additionalInfo>&withheld;</additionalInfo>", "not well-formed XML: Reference to undeclared entity '…'.")]
    [InlineData("<additionalInfo>\b</additionalInfo>", "not well-formed XML: '…', hexadecimal value 0x08, is an invalid character.")]
    [InlineData("<victim withheld/>", "not well-formed XML: '/' is an unexpected token. The expected token is '='.")]
    public void A_reason_says_what_is_wrong_in_words_of_the_schema_alone(string rest, string reason) =>
        Read(Small(rest: rest)).Rejections[0].Reason.ShouldBe(reason);

    [Fact]
    public void No_reason_quotes_what_stands_in_the_document()
    {
        var document = Sample(xml => xml);
        string[] marks = ["marked", " marked ", "&marked;", "<other>marked", "<other a='marked'/>", "'marked'", "\"marked\"", "' is invalid according to its datatype 'marked", " marked='1'", "<!marked", "<?marked", "]]>marked", "xmlns:marked='marked'", "marked:", "\bmarked", " xmlns='marked'"];
        Gen.Select(Gen.Int[0, document.Length], Gen.Int[0, marks.Length - 1]).Array[1, 3].Select(changes =>
            changes.OrderByDescending(change => change.Item1).Aggregate(document, (text, change) => text.Insert(change.Item1, marks[change.Item2])))
            .Sample(broken => Read(broken).Rejections.All(one => !ElementNamed().Replace(one.Reason, "").Contains("marked", StringComparison.Ordinal)), iter: 4_000);
    }

    /// <summary>What changes a tag changes the name of an element, which is told.</summary>
    [System.Text.RegularExpressions.GeneratedRegex("invalid child element '[^' ]*'")]
    private static partial System.Text.RegularExpressions.Regex ElementNamed();

    [Fact]
    public void Rejection_does_not_quote_the_content()
    {
        var rejections = Read(Small(at: "tomorrow' is invalid according to its datatype 'marked-name")).Rejections;
        rejections.ShouldNotBeEmpty();
        rejections.ShouldAllBe(rejection => !rejection.ToString().Contains("tomorrow", StringComparison.Ordinal));
        rejections[0].Field.ShouldBe("/report/incidentSummary/incidentDateTime");
    }

    [Theory]
    [InlineData("<sextortion/>")]
    [InlineData("<sextortion></sextortion>")]
    [InlineData("<sextortion>true</sextortion>")]
    [InlineData("<sextortion>1</sextortion>")]
    public void Annotation_says_yes_by_being_there(string flag) =>
        Read(Small($"<reportAnnotations>{flag}</reportAnnotations>")).Value.Annotations.ShouldBe(["sextortion"]);

    [Fact]
    public void What_stands_in_attributes_and_annotations_is_a_value_with_a_place_of_its_own()
    {
        var report = Read(Small("<reportAnnotations><sextortion/></reportAnnotations>", rest: """
            <personOrUserReported><personOrUserReportedPerson><phone type="Mobile" verified="true" countryCallingCode="+1">8165550100</phone>
            <email verified="0">a@example.com</email><address type="Home"><city>Example</city></address></personOrUserReportedPerson>
            <accountTemporarilyDisabled disabledDate="2019-07-01T08:00:00Z">true</accountTemporarilyDisabled>
            <estimatedLocation verified="true"><city>Example</city><countryCode>DE</countryCode></estimatedLocation></personOrUserReported>
            """));
        report.Rejections.ShouldBeEmpty();
        const string Account = "/report/personOrUserReported[1]/", Person = Account + "personOrUserReportedPerson/";
        foreach (var (path, text) in new[]
        {
            ("/report/incidentSummary/reportAnnotations/sextortion", "true"), (Person + "phone[1]/@verified", "true"), (Person + "phone[1]/@type", "Mobile"),
            (Person + "phone[1]/@countryCallingCode", "+1"), (Person + "email[1]/@verified", "0"), (Person + "address[1]/@type", "Home"),
            (Account + "accountTemporarilyDisabled/@disabledDate", "2019-07-01T08:00:00Z"), (Account + "estimatedLocation/@verified", "true"),
        })
            report.Value.Values.Count(value => value == new TipValue(path, text)).ShouldBe(1, path);
    }

    [Fact]
    public void Annotation_that_says_false_is_refused_and_never_read_as_true() =>
        Read(Small("<reportAnnotations><sextortion>false</sextortion></reportAnnotations>")).IsTaken.ShouldBeFalse();

    [Theory]
    [InlineData("<report xmlns=\"urn:x\"/>")]
    [InlineData("<fileDetails><reportId>1</reportId><fileId>a</fileId></fileDetails>")]
    [InlineData("<anything/>")]
    public void Root_of_another_kind_or_namespace_is_rejected(string xml) => Read(xml).Rejections[0].Field.ShouldBe("/report");

    [Theory]
    [InlineData("")]
    [InlineData("<report>")]
    [InlineData("<report></reports>")]
    [InlineData("<!DOCTYPE report [<!ENTITY a \"b\">]><report>&a;</report>")]
    [InlineData("<?xml version=\"1.0\" encoding=\"no-such-encoding\"?><report/>")]
    [InlineData("not xml")]
    public void Malformed_document_is_rejected(string xml) => Read(xml).Rejections.ShouldNotBeEmpty();

    [Fact]
    public void A_DOCTYPE_is_refused_in_words_for_who_sent_it() =>
        Read("<!DOCTYPE report [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><report>&a;</report>").Rejections.ShouldHaveSingleItem()
            .Reason.ShouldBe("not well-formed XML: it has a DOCTYPE, and none is taken");

    [Fact]
    public void Time_without_zone_is_kept_and_remarked_on()
    {
        var report = Read(Small(at: "2019-07-01T10:00:00.410984368")).Value;
        report.IncidentAt!.Value.ZoneKnown.ShouldBeFalse();
        report.IncidentAt.Value.Text.ShouldBe("2019-07-01T10:00:00.410984368");
        report.IncidentAt.Value.At.ShouldBe(Given.At.AddTicks(4109840));
        report.Remarks.ShouldHaveSingleItem().Path.ShouldBe("/report/incidentSummary/incidentDateTime");
    }

    [Fact]
    public void Street_inside_an_address_is_no_second_address() =>
        Read(Small(rest: "<victim><victimPerson><address><address>1 Example Street</address><city>Exampletown</city></address></victimPerson></victim>"))
            .Value.Persons[0].Addresses.ShouldBe([new TipAddress("1 Example Street", "Exampletown")]);

    [Fact]
    public void Documentations_name_for_the_account_type_is_accepted_with_a_remark()
    {
        var report = Read(Small(rest: "<victim><victimPerson/><associatedAccount accountType=\"Linked\"/></victim>")).Value;
        report.Persons[1].AssociatedAs.ShouldBe("Linked");
        report.Remarks.ShouldHaveSingleItem();
    }

    [Fact]
    public void Document_too_large_is_rejected() =>
        CyberTipXml.Read(new byte[CyberTipXml.DocumentBytesMax + 1], "1").Rejections.ShouldHaveSingleItem();

    [Theory]
    [InlineData("", Stated.NotStated)]
    [InlineData("<fileViewedByEsp>false</fileViewedByEsp>", Stated.No)]
    [InlineData("<fileViewedByEsp>1</fileViewedByEsp>", Stated.Yes)]
    public void Whether_a_file_was_viewed_has_three_answers(string element, Stated expected) =>
        CyberTipXml.ReadFileDetails(Given.Utf8($"<fileDetails><reportId>1</reportId><fileId>a</fileId>{element}</fileDetails>"))
            .Value.Files[0].ViewedByEsp.ShouldBe(expected);

    [Fact]
    public void File_with_two_captures_is_refused()
    {
        const string Capture = "<ipCaptureEvent><ipAddress>192.0.2.1</ipAddress></ipCaptureEvent>";
        CyberTipXml.ReadFileDetails(Given.Utf8($"<fileDetails><reportId>1</reportId><fileId>a</fileId>{Capture}{Capture}</fileDetails>"))
            .Rejections[0].Field.ShouldBe("/fileDetails/ipCaptureEvent");
    }

    [Fact]
    public void Control_characters_do_not_break_the_writer()
    {
        var report = Given.Report() with { Texts = [new(TextKind.ReportInfo, "a\0b\uD800c\u0001")] };
        CyberTipXml.Read(CyberTipXmlWriter.Write(report), "1").Value.Texts[0].Text.ShouldBe("a\uFFFDb\uFFFDc\uFFFD");
    }

    [Fact]
    public void Schema_lists_the_incident_types_that_we_know()
    {
        foreach (var type in IncidentTypes.All)
            CyberTipXml.Read(CyberTipXmlWriter.Write(Given.Report() with { IncidentType = type }), "1").IsTaken.ShouldBeTrue();
    }

    private static readonly DateTimeOffset _july = new(2019, 7, 1, 12, 0, 0, TimeSpan.Zero);

    private static Examined Judged(string before = "", string annotated = "", string reporter = "", string internet = "", string declared = "") => CyberTipXml.Examine(Given.Utf8(
        $"{declared}<report>{before}<incidentSummary><incidentType>Child Sex Tourism</incidentType>{annotated}<incidentDateTime>2019-06-04T10:15:00Z</incidentDateTime></incidentSummary>{internet}"
        + $"<reporter><reportingPerson>{reporter}<email>r@example.com</email></reportingPerson></reporter></report>"), isReport: true, _july);

    /// <summary>Each was seen to be refused by Xerces, with the same schema, and taken by the platform's validator.</summary>
    [Theory]
    [InlineData("+14:01"), InlineData("-14:01"), InlineData("+15:00"), InlineData("+99:99"), InlineData("+13:60"), InlineData("z"), InlineData(" Z")]
    public void A_day_s_zone_is_one_of_the_schema_s(string zone)
    {
        static string Born(string zone) => $"<reporter><reportingPerson><email>r@example.com</email></reportingPerson></reporter><personOrUserReported><personOrUserReportedPerson><dateOfBirth>1990-01-01{zone}</dateOfBirth></personOrUserReportedPerson></personOrUserReported>";
        static Examined Of(string zone) => CyberTipXml.Examine(Given.Utf8(
            $"<report><incidentSummary><incidentType>Child Sex Tourism</incidentType><incidentDateTime>2019-06-04T10:15:00Z</incidentDateTime></incidentSummary>{Born(zone)}</report>"), isReport: true, _july);
        Of(zone).ShouldSatisfyAllConditions(
            one => one.Verdict.ShouldBe(Verdict.Invalid), one => one.Faults.ShouldHaveSingleItem().Reason.ShouldBe("The 'dateOfBirth' element is invalid - expected is a date such as 2026-03-04"),
            one => one.Faults[0].Field.ShouldEndWith("/dateOfBirth"), one => (one.Faults[0].Line, one.Faults[0].Column > 1).ShouldBe((1, true)));
        foreach (var good in (string[])["", "Z", "+14:00", "-14:00", "+13:59", "-05:30", "+00:00"]) Of(good).Verdict.ShouldBe(Verdict.Valid, good);
    }

    [Theory]
    [InlineData("Infinity"), InlineData("-Infinity"), InlineData("+Infinity"), InlineData("infinity"), InlineData("nan"), InlineData("+NaN"), InlineData("-NaN")]
    public void A_number_is_written_as_the_schema_writes_it(string number)
    {
        static Examined Of(string number) => Judged(internet: $"<internetDetails><cellPhoneIncident><latitude>{number}</latitude></cellPhoneIncident></internetDetails>");
        Of(number).ShouldSatisfyAllConditions(
            one => one.Verdict.ShouldBe(Verdict.Invalid), one => one.Faults.ShouldHaveSingleItem().Reason.ShouldBe("The 'latitude' element is invalid - expected is a number such as 12.5"));
        foreach (var good in (string[])["INF", "-INF", "NaN", "39.0997", "-94.", ".5", "+1", "1e1", "1E-2", " 39.1\n"]) Of(good).Verdict.ShouldBe(Verdict.Valid, good);
    }

    [Theory]
    [InlineData(" "), InlineData("&#32;"), InlineData("\t"), InlineData("\n"), InlineData(" <!-- --> ")]
    public void Blanks_are_no_value_where_the_schema_has_none_for_them(string blank)
    {
        Judged(annotated: $"<reportAnnotations><spam>{blank}</spam></reportAnnotations>").Verdict.ShouldBe(Verdict.Invalid);
        Judged(annotated: $"<reportAnnotations><generativeAi>{blank}</generativeAi></reportAnnotations>").Verdict.ShouldBe(Verdict.Invalid);
        Judged(reporter: $"<address><state>{blank}</state></address>").Verdict.ShouldBe(Verdict.Invalid);
        Judged(reporter: $"<address><country>{blank}</country></address>").Verdict.ShouldBe(Verdict.Invalid);
        Judged(before: $"<batchedReport reason=\"VIRAL_POTENTIAL_MEME\">{blank}</batchedReport>").Verdict.ShouldBe(Verdict.Invalid);
        // A text may be blank, and between elements they say nothing.
        Judged(annotated: $"<reportAnnotations>{blank.Replace("&#32;", " ", StringComparison.Ordinal)}<spam/>{blank.Replace("&#32;", " ", StringComparison.Ordinal)}</reportAnnotations>", reporter: $"<firstName>{blank}</firstName>").Verdict.ShouldBe(Verdict.Valid);
    }

    [Fact]
    public void A_pattern_holds_to_the_value_s_end()
    {
        var faults = Judged(reporter: "<phone extension=\"1&#10;\" countryCallingCode=\"+44&#10;\">1</phone>").Faults;
        faults.Select(one => one.Reason).ShouldBe(
        [
            "The 'extension' attribute is invalid - expected is a number of digits alone", "The 'countryCallingCode' attribute is invalid - expected is a plus sign and one to three digits, such as +44",
        ]);
        Judged(reporter: "<phone extension=\"1\" countryCallingCode=\"+44\">1</phone>").Verdict.ShouldBe(Verdict.Valid);
    }

    [Theory]
    [InlineData("utf8", "\""), InlineData("UTF8", "'")]
    public void UTF_8_by_the_name_that_others_give_it_is_read(string name, string quote)
    {
        var report = Judged(declared: $"<?xml version={quote}1.0{quote} encoding={quote}{name}{quote}?>\n", reporter: "<firstName>Ad\u00e9</firstName>");
        report.Verdict.ShouldBe(Verdict.Valid);
        CyberTipXml.Read(Given.Utf8($"<?xml version=\"1.0\" encoding=\"{name}\"?><report><incidentSummary><incidentType>Child Sex Tourism</incidentType><platform>Ad\u00e9</platform><incidentDateTime>2019-06-04T10:15:00Z</incidentDateTime></incidentSummary><reporter><reportingPerson><email>r@example.com</email></reportingPerson></reporter></report>"), "1").Value.Platform.ShouldBe("Ad\u00e9");
    }

    [Fact]
    public void What_cannot_stand_is_named_where_it_must_be_found()
    {
        Judged(reporter: "<phone zz=\"narrative\">1</phone>").Faults.ShouldHaveSingleItem().Reason.ShouldBe("The '…' attribute of 'phone' is not declared.");
        Judged(declared: "<?xml version=\"1.1\"?>").Faults.ShouldHaveSingleItem().Reason.ShouldContain("Version number");
        Judged(reporter: "<firstName xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"false\">a</firstName>").Faults.ShouldContain(one => one.Reason.Contains("nillable", StringComparison.Ordinal));
        CyberTipXml.Examine(Given.Utf8(" "), isReport: true, _july).Faults.ShouldHaveSingleItem().ShouldSatisfyAllConditions(one => one.Line.ShouldBe(1), one => one.Column.ShouldBe(1));
        Judged(internet: "<nonsense/>").Faults.ShouldHaveSingleItem().Reason.ShouldEndWith("'.", Case.Sensitive, "whole, with all that may stand there");
    }
}
