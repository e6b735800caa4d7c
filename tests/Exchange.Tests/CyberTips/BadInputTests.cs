using System.Text;
using Homeward.Exchange.CyberTips;
using Homeward.Exchange.CyberTips.Json;
using Homeward.Exchange.CyberTips.Xml;

namespace Homeward.Exchange.Tests.CyberTips;

/// <summary>What a report must not do to its reader, and what its reader must not do to a report.</summary>
public sealed class BadInputTests
{
    private static string Dated(string text) => """{"reportId":"1","reportedInformation":{"incidentSummary":{"incidentDateTime":"AT"}}}""".Replace("AT", text, StringComparison.Ordinal);

    private static Parsed<CyberTipReport> Read(string json) => CyberTipJson.Read(Given.Utf8(json));

    [Fact]
    public void An_element_that_nobody_knows_is_kept_as_it_stands_and_told()
    {
        var report = Read("""{"reportId":"1","newThing":{"a":[1,null]},"reportedInformation":{"reportedPeople":{"reportedPersons":[{"firstName":"Ada","moodRing":"narrative withheld","shoe~size/eu":null}]}}}""").Value;
        report.Persons.ShouldHaveSingleItem().Given.ShouldBe("Ada");
        report.Texts.Select(text => (text.Kind, text.Path, text.Text)).ShouldBe(
        [
            (TextKind.Unread, "/newThing", """{"a":[1,null]}"""),
            (TextKind.Unread, "/reportedInformation/reportedPeople/reportedPersons/0/moodRing", "narrative withheld"),
        ]);
        report.Remarks.Select(remark => remark.Path).ShouldBe(report.Texts.Select(text => text.Path));
        report.Remarks.ShouldAllBe(remark => remark.What == "this element is not known here; kept beside");
    }

    [Fact]
    public void A_key_that_is_known_elsewhere_and_a_value_of_another_kind_are_kept_and_told_where_they_stand()
    {
        var report = Read("""
            {"reportId":"1","summary":"narrative withheld","reportedInformation":{"isp":"Invented Networks","victims":"none","reportedPeople":{"reportedPersons":[
             {"firstName":{"value":"Ada"},"city":"Springfield","notes":["narrative withheld"],"emails":{"value":"a@example.com"},"lastName":"Invented"}]}}}
            """).Value;
        report.Persons.ShouldHaveSingleItem().Family.ShouldBe("Invented");
        const string Person = "/reportedInformation/reportedPeople/reportedPersons/0";
        report.Texts.Select(text => (text.Path, text.Text)).ShouldBe(
        [
            ("/summary", "narrative withheld"), ("/reportedInformation/isp", "Invented Networks"), ("/reportedInformation/victims", "none"),
            ($"{Person}/firstName", """{"value":"Ada"}"""), ($"{Person}/city", "Springfield"), ($"{Person}/notes", """["narrative withheld"]"""), ($"{Person}/emails/value", "a@example.com"),
        ]);
        report.Texts.ShouldAllBe(text => text.Kind == TextKind.Unread);
        report.Remarks.Select(remark => remark.Path).ShouldBe(report.Texts.Select(text => text.Path));
    }

    [Theory]
    [InlineData("""[{"reportId":100200300}]""", "several reports in one file", 0, 0)]
    [InlineData("7", "no report: a single value", 0, 0)]
    [InlineData("""{"reportId":null}""", "no report number", 0, 0)]
    [InlineData("""{"reportId":-5}""", "the report number is not one of 1 to 18 digits", 0, 0)]
    [InlineData("""{"reportId":1.0}""", "the report number is not one of 1 to 18 digits", 0, 0)]
    [InlineData("""{"reportId":"abc"}""", "the report number is not one of 1 to 18 digits", 0, 0)]
    [InlineData("{\"reportId\":1,\n \"a\":{\"b\":1,\n  \"b\":2}}", "a key is given twice", 3, 3)]
    [InlineData("{\"reportId\":1,\n nonsense}", "not well-formed JSON", 2, 2)]
    public void A_refusal_says_the_one_thing_that_is_wrong_and_where(string json, string reason, int line, int column)
    {
        var rejection = Read(json).Rejections.ShouldHaveSingleItem();
        rejection.Reason.ShouldStartWith(reason);
        (rejection.Line, rejection.Column).ShouldBe((line, column));
    }

    [Fact]
    public void What_is_nested_too_deep_is_told_as_that() =>
        Read("{\"reportId\":1,\n\"a\":" + new string('[', 40) + new string(']', 40) + "}").Rejections.ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(one => one.Reason.ShouldBe("nested deeper than 32 levels"), one => one.Line.ShouldBe(2));

    [Fact]
    public void Telephones_of_the_provider_are_kept() =>
        Read("""{"reportId":"1","reportedInformation":{"reportingEsp":{"phones":{"phones":[{"value":"816-555-0100","type":"Work"}]}}}}""").Value.Values
            .Select(value => value.Text).ShouldBe(["1", "816-555-0100", "Work"]);

    [Fact]
    public void Thousands_of_unknown_elements_are_counted_and_not_told_one_by_one()
    {
        var report = Read("{\"reportId\":\"1\"," + string.Join(',', Enumerable.Range(0, 3_000).Select(index => $"\"x{index}\":{index}")) + "}").Value;
        report.Texts.Count.ShouldBe(2_000);
        report.Remarks.Count.ShouldBe(51);
        report.Remarks[^1].What.ShouldBe("2950 more elements are not known here; kept beside");
    }

    [Fact]
    public void What_machine_analyst_and_routing_add_stays_apart()
    {
        var report = Read("""
            {"reportId":"1","reportedInformation":{"incidentSummary":{"incidentType":"Child Sex Tourism"}},"ncmec":{"priority":2},
             "automatedInformation":{"ipLookups":{"ipLookups":[{"ipAddress":"192.0.2.7","country":"US","city":"Springfield"}]}},
             "additionalInformation":{"incidentType":"Child Sex Trafficking","notes":{"notes":[{"value":"narrative withheld"}]},"relatedReports":{"relatedReports":[{"value":"100200111"}]}},
             "lawEnforcementContact":{"contacts":{"contacts":[{"agencyName":"Invented County","dateTime":"2019-07-01T11:00:00Z"}]}}}
            """).Value;
        (report.IncidentType, report.Ncmec!.IncidentType, report.Ncmec.Priority).ShouldBe((IncidentTypes.Tourism, IncidentTypes.Trafficking, 2));
        report.Ncmec.RelatedReports.ShouldBe(["100200111"]);
        (report.Lookups.Single().City, report.Handovers.Single().Agency).ShouldBe(("Springfield", "Invented County"));
        report.Identifiers.ShouldBeEmpty();
        report.Texts.Single().Kind.ShouldBe(TextKind.AnalystNote);
        report.Values.Select(value => ReportLayers.Of(value.Path)).Distinct().Order().ShouldBe(Enum.GetValues<ReportLayer>().Where(layer => layer != ReportLayer.Unplaced));
        report.Remarks.ShouldBeEmpty();
    }

    [Fact]
    public void What_stands_under_a_key_that_nobody_knows_is_NCMECs_and_no_word_of_the_providers()
    {
        var report = Read("""{"reportId":"1","reportedInformation":{"reportingEsp":{"espName":"Chat Co"},"unheardOf":"theirs"},"sectionC":{"words":"ours"},"escalation":"high"}""").Value;
        report.Values.Select(value => (value.Text, ReportLayers.Of(value.Path))).Concat(report.Texts.Select(text => (text.Text, ReportLayers.Of(text.Path)))).ShouldBe(
            [("1", ReportLayer.Machine), ("Chat Co", ReportLayer.Provider), ("theirs", ReportLayer.Provider), ("""{"words":"ours"}""", ReportLayer.Unplaced), ("high", ReportLayer.Unplaced)], ignoreOrder: true);
    }

    [Fact]
    public void A_field_of_any_length_and_a_million_elements_are_refused_by_a_limit()
    {
        Reason(CyberTipJson.Read(Encoding.UTF8.GetBytes($$"""{"reportId":"1","x":"{{new string('x', CyberTipJson.DocumentBytesMax)}}"}"""))).ShouldStartWith("larger than");
        Reason(Read("""{"reportId":"1","reportedInformation":{"reportedPeople":{"reportedPersons":[""" + string.Join(',', Enumerable.Repeat("""{"a":1}""", CyberTipJson.ElementsMax / 2)) + "]}}}")).ShouldBe("more than 1000000 elements");
        Reason(CyberTipXml.Read(Encoding.UTF8.GetBytes($"<report>{new string('x', CyberTipXml.DocumentBytesMax)}</report>"), "1")).ShouldStartWith("larger than");

        static string Reason(Parsed<CyberTipReport> parsed) => parsed.Rejections.ShouldHaveSingleItem().Reason;
    }

    [Theory]
    [InlineData("utf-16"), InlineData("utf-16BE"), InlineData("iso-8859-1")]
    public void Another_encoding_is_refused_in_words(string encoding)
    {
        var bytes = Encoding.GetEncoding(encoding).GetBytes("""{"reportId":"1","reportedInformation":{"reportingEsp":{"espName":"Exámple"}}}""");
        CyberTipJson.Read(bytes).Rejections.ShouldHaveSingleItem().Mend.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("31/12/1999"), InlineData("2019-13-45T99:99:99Z"), InlineData("yesterday"), InlineData("2019-07-01T25:00:00Z"), InlineData("2019-07-01T24:00:01Z"), InlineData("9999-12-31T24:00:00Z"), InlineData("1.5678901234567890T12:00:00Z"), InlineData("........................T")]
    public void A_date_that_is_none_is_left_out_and_told_and_loses_no_report(string text)
    {
        var report = Read(Dated(text)).Value;
        report.IncidentAt.ShouldBeNull();
        report.Remarks.ShouldHaveSingleItem().Path.ShouldBe("/reportedInformation/incidentSummary/incidentDateTime");
        report.Values.ShouldContain(value => value.Text == text);
    }

    [Theory]
    [InlineData("2019-07-01T24:00:00Z", "2019-07-02T00:00:00Z"), InlineData("2019-12-31T24:00:00.000", "2020-01-01T00:00:00Z"), InlineData("2020-02-28T24:00:00-05:00", "2020-02-29T05:00:00Z")]
    public void The_end_of_a_day_is_the_start_of_the_next_in_either_form(string text, string iso)
    {
        var at = DateTimeOffset.Parse(iso, System.Globalization.CultureInfo.InvariantCulture);
        var json = Read(Dated(text)).Value;
        (json.IncidentAt!.Value.At, json.IncidentAt.Value.Text).ShouldBe((at, text));
        var xml = $"<report><incidentSummary><incidentType>Child Sex Trafficking</incidentType><incidentDateTime>{text}</incidentDateTime></incidentSummary><reporter><reportingPerson/></reporter><additionalInfo>at T24:00:00 and 2019-07-01T24:00:00</additionalInfo></report>";
        var report = CyberTipXml.Read(Encoding.UTF8.GetBytes(xml), "1");
        report.Rejections.ShouldBeEmpty();
        (report.Value.IncidentAt!.Value.At, report.Value.IncidentAt.Value.Text).ShouldBe((at, text));
        report.Value.Texts.Single().Text.ShouldBe("at T24:00:00 and 2019-07-01T24:00:00");
        CyberTipXml.Read(Encoding.UTF8.GetBytes(xml.Replace("T24:00:00", "T24:00:01", StringComparison.Ordinal)), "1").IsTaken.ShouldBeFalse();
    }
}
