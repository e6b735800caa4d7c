using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Homeward.Exchange.CyberTips;
using Homeward.Exchange.CyberTips.Json;

namespace Homeward.Exchange.Tests.CyberTips;

public sealed class CyberTipJsonTests
{
    private static Parsed<CyberTipReport> Read(string json) => CyberTipJson.Read(Given.Utf8(json));

    [Fact]
    public void What_was_written_is_read_back()
    {
        Given.Any(ReportForm.AgencyJson).Sample(report =>
        {
            var parsed = CyberTipJson.Read(CyberTipJsonWriter.Write(report));
            parsed.Rejections.ShouldBeEmpty();
            return Given.Core(parsed.Value) == Given.Core(report);
        }, iter: 500);
    }

    [Fact]
    public void Associated_account_follows_its_holder()
    {
        var report = Given.Report() with { Form = ReportForm.AgencyJson };
        Given.Core(CyberTipJson.Read(CyberTipJsonWriter.Write(report)).Value).ShouldBe(Given.Core(report));
    }

    [Theory]
    [InlineData("true", Stated.Yes)]
    [InlineData("false", Stated.No)]
    [InlineData("null", Stated.NotStated)]
    public void Whether_a_file_was_viewed_has_three_answers(string answer, Stated expected) =>
        Read("""{"reportId":1,"reportedInformation":{"uploadedFiles":{"uploadedFiles":[{"filename":"a","viewedByEsp":ANSWER}]}}}"""
            .Replace("ANSWER", answer, StringComparison.Ordinal))
            .Value.Files[0].ViewedByEsp.ShouldBe(expected);

    [Theory]
    [InlineData("true", true, false)]
    [InlineData("\"narrative withheld\"", true, false)]
    [InlineData("false", false, true)]
    [InlineData("\"no\"", false, true)]
    [InlineData("null", false, false)]
    public void Whether_urgency_is_asked_for_has_three_answers(string answer, bool isClaimed, bool isDenied)
    {
        var report = Read("""{"reportId":1,"reportedInformation":{"incidentSummary":{"escalateToHighPriority":ANSWER}}}""".Replace("ANSWER", answer, StringComparison.Ordinal)).Value;
        (report.EscalationClaimed, report.EscalationDenied).ShouldBe((isClaimed, isDenied));
    }

    [Theory]
    [InlineData("\"yes\"", Stated.Yes, "yes")]
    [InlineData("1", Stated.Yes, "1")]
    [InlineData("true", Stated.Yes, "true")]
    public void An_answer_in_other_words_stands_once_and_as_it_was_written(string answer, Stated expected, string value)
    {
        var report = Read("""{"reportId":1,"reportedInformation":{"uploadedFiles":{"uploadedFiles":[{"viewedByEsp":ANSWER}]}}}""".Replace("ANSWER", answer, StringComparison.Ordinal)).Value;
        report.Files[0].ViewedByEsp.ShouldBe(expected);
        report.Values.Where(one => one.Path.EndsWith("viewedByEsp", StringComparison.Ordinal)).ShouldHaveSingleItem().Text.ShouldBe(value);
    }

    [Fact]
    public void Absent_answer_is_not_no() =>
        Read("""{"reportId":1,"reportedInformation":{"uploadedFiles":{"uploadedFiles":[{"filename":"a"}]}}}""")
            .Value.Files[0].ViewedByEsp.ShouldBe(Stated.NotStated);

    [Theory]
    [InlineData("""{"reportId":1,"reportedInformation":null}""")]
    [InlineData("""{"reportId":"1"}""")]
    [InlineData("""{"reportId":1,"reportedInformation":{"uploadedFiles":null,"reportedPeople":{"reportedPersons":null},"incidentSummary":null}}""")]
    [InlineData("""{"reportId":1,"reportedInformation":{"victims":{"victims":[null,{"emails":{"emails":[null,{"value":null}]},"screenName":null}]}}}""")]
    [InlineData("\uFEFF{\"reportId\":1}")]
    public void Any_wrapper_may_be_null_and_a_mark_may_lead(string json)
    {
        var report = Read(json);
        report.Rejections.ShouldBeEmpty();
        report.Value.Number.ShouldBe("1");
        report.Value.Ncmec.ShouldBeNull();
    }

    [Fact]
    public void Ncmecs_marks_are_kept_apart_from_the_providers_claim()
    {
        var report = Read("""
            {"reportId":1,"dateReceived":"2019-07-01T10:00:00Z","ncmec":{"disposition":"informational","priority":3,"bundle":null},
             "reportedInformation":{"incidentSummary":{"escalateToHighPriority":"narrative withheld"}}}
            """).Value;
        report.Ncmec.ShouldBe(new NcmecMarks(NcmecDisposition.Informational, 3, null, Stated.NotStated));
        report.EscalationClaimed.ShouldBeTrue();
        report.ReceivedAt.ShouldBe(Given.At);
        report.Texts.ShouldHaveSingleItem().Path.ShouldBe("/reportedInformation/incidentSummary/escalateToHighPriority");
    }

    [Fact]
    public void Every_value_knows_where_it_stood()
    {
        var report = Read("""{"reportId":1,"reportedInformation":{"victims":{"victims":[{"firstName":"Ada","emails":{"emails":[{"value":"A@Example.com"}]}}]}}}""").Value;
        report.Values.ShouldContain(new TipValue("/reportedInformation/victims/victims/0/firstName", "Ada"));
        report.Identifiers.ShouldHaveSingleItem().ShouldBe(new Identifier(IdentifierKind.Email, "A@Example.com", "a@example.com",
            "/reportedInformation/victims/victims/0/emails/emails/0/value", 0));
    }

    [Fact]
    public void A_flag_is_a_value_with_a_place_of_its_own_and_null_states_nothing()
    {
        var report = Read("""
            {"reportId":1,"ncmec":{"urgent":true},"reportedInformation":{"incidentSummary":{"escalateToHighPriority":true},"lawEnforcement":{"reportedToLe":false},
             "reportedPeople":{"reportedPersons":[{"emails":{"emails":[{"value":"a@example.com","verified":true}]},"estimatedLocation":{"city":"Example","verified":false},
              "sourceInformation":{"sourceCaptures":[{"captureType":"IP Address","value":"192.0.2.7","possibleProxy":true}]}}]},
             "uploadedFiles":{"uploadedFiles":[{"viewedByEsp":false,"exifViewedByEsp":null,"publiclyAvailable":true}]}}}
            """).Value;
        const string Info = "/reportedInformation/", Person = Info + "reportedPeople/reportedPersons/0/", File = Info + "uploadedFiles/uploadedFiles/0/";
        report.Values.Where(value => value.Text is "true" or "false").ShouldBe(
        [
            new("/ncmec/urgent", "true"), new(Info + "incidentSummary/escalateToHighPriority", "true"), new(Info + "lawEnforcement/reportedToLe", "false"),
            new(Person + "emails/emails/0/verified", "true"), new(Person + "estimatedLocation/verified", "false"),
            new(Person + "sourceInformation/sourceCaptures/0/possibleProxy", "true"), new(File + "viewedByEsp", "false"), new(File + "publiclyAvailable", "true"),
        ], ignoreOrder: true);
    }

    [Fact]
    public void What_NCMEC_tags_a_file_with_is_kept_apart_from_what_the_provider_notes()
    {
        var report = new CyberTipReport
        {
            Form = ReportForm.AgencyJson, Number = "1", Files = [new TipFile("a") { Annotations = ["viral"], NcmecTags = ["known"] }],
        };
        var file = CyberTipJson.Read(CyberTipJsonWriter.Write(report)).Value.Files[0];
        (file.Annotations.ShouldHaveSingleItem(), file.NcmecTags.ShouldHaveSingleItem()).ShouldBe(("viral", "known"));
    }

    [Fact]
    public void An_accounts_id_is_an_identifier_of_its_own_its_companys_whatever_service_is_named_and_as_it_is_written()
    {
        var report = Read("""
            {"reportId":1,"reportedInformation":{"reportingEsp":{"espName":"Chat-Co"},"reportedPeople":{"reportedPersons":[{"espUserId":"AbC_100:7"},{"espUserId":9001,"espService":"Other Place"}]}}}
            """).Value;
        report.Identifiers.ShouldBe(
        [
            new Identifier(IdentifierKind.AccountId, "AbC_100:7", "chat co:AbC_100:7", "/reportedInformation/reportedPeople/reportedPersons/0/espUserId", 0),
            new Identifier(IdentifierKind.AccountId, "9001", "chat co:9001", "/reportedInformation/reportedPeople/reportedPersons/1/espUserId", 1),
        ]);
    }

    [Theory]
    [InlineData("""cut \ud83d""", "cut \uFFFD")]
    [InlineData("""\uDE00 cut""", "\uFFFD cut")]
    [InlineData("""\ud83d\ud83d\ude00""", "\uFFFD\U0001F600")]
    public void A_text_that_was_cut_within_a_character_stops_nothing_and_is_told(string written, string read)
    {
        var report = Read("""{"reportId":1,"reportedInformation":{"additionalInformations":[{"value":"TEXT \\ud83d"}]}}""".Replace("TEXT", written, StringComparison.Ordinal)).Value;
        report.Texts.ShouldHaveSingleItem().Text.ShouldBe(read + """ \ud83d""");
        report.Remarks.ShouldHaveSingleItem().What.ShouldStartWith("a text holds half of a character");
    }

    [Theory]
    [InlineData("IP ADDRESS"), InlineData("Ip Address"), InlineData("IPAddress"), InlineData("IP Address ")]
    public void What_was_captured_is_known_however_its_kind_is_written(string type)
    {
        var report = Read("""{"reportId":1,"reportedInformation":{"reportedPeople":{"reportedPersons":[{"sourceInformation":{"sourceCaptures":[{"captureType":"TYPE","value":"192.0.2.7"},{"captureType":"url","value":"https://example.com/a"}]}}]}}}"""
            .Replace("TYPE", type, StringComparison.Ordinal)).Value;
        report.Identifiers.Select(one => (one.Kind, one.Normalised)).ShouldBe([(IdentifierKind.Ip, "192.0.2.7"), (IdentifierKind.Url, "example.com/a")]);
        report.Persons[0].Devices.ShouldBeEmpty();
        report.Values.ShouldContain(value => value.Text == type);
    }

    [Fact]
    public void An_annotation_of_a_file_is_read_with_and_without_its_wrapping() =>
        Read("""{"reportId":1,"reportedInformation":{"uploadedFiles":{"uploadedFiles":[{"fileAnnotations":{"fileAnnotations":["viral",{"value":"animated"}]}}]}}}""")
            .Value.Files[0].Annotations.ShouldBe(["viral", "animated"]);

    [Theory]
    [InlineData("{}", "/reportId")]
    [InlineData("""{"reportId":"12x"}""", "/reportId")]
    [InlineData("""{"reportId":1,"reportedInformation":[]}""", "/reportedInformation")]
    [InlineData("[{}]", "")]
    [InlineData("""{"reportId":1,"reportId":2}""", "")]
    [InlineData("", "")]
    [InlineData("[", "")]
    public void Malformed_document_is_rejected_at_its_place(string json, string field) => Read(json).Rejections[0].Field.ShouldBe(field);

    [Theory]
    [InlineData("\"true\"", Stated.Yes)]
    [InlineData("\" Yes\"", Stated.Yes)]
    [InlineData("\"FALSE\"", Stated.No)]
    [InlineData("0", Stated.No)]
    [InlineData("\"narrative withheld\"", Stated.NotStated)]
    public void A_text_that_plainly_says_yes_or_no_is_taken_and_told_and_any_other_is_kept(string answer, Stated expected)
    {
        var report = Read("""{"reportId":1,"reportedInformation":{"uploadedFiles":{"uploadedFiles":[{"filename":"a","viewedByEsp":ANSWER}]}}}"""
            .Replace("ANSWER", answer, StringComparison.Ordinal)).Value;
        report.Files[0].ViewedByEsp.ShouldBe(expected);
        report.Remarks.ShouldHaveSingleItem().Path.ShouldBe("/reportedInformation/uploadedFiles/uploadedFiles/0/viewedByEsp");
        report.Values.ShouldContain(value => value.Path == report.Remarks[0].Path);
    }

    [Theory]
    [InlineData("Referral", NcmecDisposition.Referral)]
    [InlineData("INFORMATIONAL ", NcmecDisposition.Informational)]
    [InlineData("maybe", null)]
    public void Ncmecs_mark_is_read_however_it_is_written_and_another_word_is_kept(string written, NcmecDisposition? expected)
    {
        var report = Read("""{"reportId":1,"ncmec":{"disposition":"MARK","priority":2}}""".Replace("MARK", written, StringComparison.Ordinal)).Value;
        (report.Ncmec!.Disposition, report.Ncmec.Priority).ShouldBe((expected, 2));
        report.Remarks.ShouldHaveSingleItem().Path.ShouldBe("/ncmec/disposition");
        report.Values.ShouldContain(new TipValue("/ncmec/disposition", written));
    }

    [Fact]
    public void Urgency_that_is_denied_in_a_text_is_not_claimed()
    {
        var report = Read("""{"reportId":1,"reportedInformation":{"incidentSummary":{"escalateToHighPriority":"false"}}}""").Value;
        report.EscalationClaimed.ShouldBeFalse();
        report.Texts.ShouldBeEmpty();
        report.Remarks.ShouldHaveSingleItem();
    }

    [Fact]
    public void What_public_programs_read_of_a_person_is_read_and_none_of_it_is_told_as_unknown()
    {
        var report = Read("""
            {"reportId":1,"reportedInformation":{"reportedPeople":{"reportedPersons":[{"firstName":"Robin","preferredPronouns":"they","vehicleDescription":"a grey van",
             "vehicleTagNumber":"KS 123-ABC","occupation":"cook","screenName":"Quill_Inv","espService":"Chat","relationshipToReporter":"none","relationshipToChildVictim":"neighbour","accessToChildVictim":true,
             "accessToChildren":"yes","accessToFirearms":null,"convictedSexOffender":false,"awareOfReport":"no","gangAffiliation":"none known","languages":{"languages":[{"value":"Latin"}]},
             "races":["withheld"],"disabilities":"none","additionalContactInformation":"narrative withheld"}]}}}
            """).Value;
        report.Remarks.ShouldBeEmpty();
        report.Identifiers.Select(one => (one.Kind, one.Normalised, one.Person)).ShouldBe(
            [(IdentifierKind.ScreenName, "quill_inv@chat", 0), (IdentifierKind.Plate, "123ABC", 0)]);
        report.Values.Select(value => value.Text).ShouldBe(
            ["Robin", "they", "cook", "none", "neighbour", "true", "yes", "false", "no", "none known", "Latin", "withheld", "none", "KS 123-ABC", "Quill_Inv", "Chat", "1"], ignoreOrder: true);
        report.Texts.Select(text => text.Kind).ShouldBe([TextKind.Vehicle, TextKind.PersonInfo], ignoreOrder: true);
    }

    [Fact]
    public void Each_value_is_read_wherever_the_form_has_a_place_for_it()
    {
        var (places, count) = (new Dictionary<string, string>(), 0);
        var report = CyberTipJson.Read(Given.Utf8(Written(JsonShape.Report, "", 0).ToJsonString())).Value;
        report.Texts.Where(text => text.Kind == TextKind.Unread).ShouldBeEmpty();
        var read = report.Values.Select(value => value.Text).Concat(report.Texts.Select(text => text.Text)).ToHashSet();
        places.Where(place => !read.Contains(place.Key)).Select(place => place.Value).ShouldBeEmpty();
        places.Count.ShouldBeGreaterThan(200);

        // A document with a text of its own at every place.
        JsonNode Written(JsonShape shape, string path, int depth)
        {
            if (depth > 12) throw new InvalidOperationException("the form has no end");
            // Where several kinds may stand, the one that holds most.
            if (shape.Members is { } members && !(members.Count == 1 && shape.Items is { } items && items.IsValue))
                return new JsonObject(members.OrderBy(one => one.Key, StringComparer.Ordinal).Where(one => !(shape.IsValue && shape.Items is not null && one.Key == "value"))
                    .Select(one => KeyValuePair.Create<string, JsonNode?>(one.Key, Written(one.Value, $"{path}/{one.Key}", depth + 1))));
            if (shape.Items is { } item) return new JsonArray(Written(item, $"{path}/0", depth + 1));
            var text = path == "/reportId" ? "100200300" : $"text {count++}";
            places.Add(text, path);
            return JsonValue.Create(text);
        }
    }

    [Fact]
    public void Syntax_error_tells_line_and_column()
    {
        var rejection = Read("{\"reportId\":1,\n  oops}").Rejections[0];
        (rejection.Line, rejection.Column).ShouldBe((2, 3));
    }

    [Fact]
    public void Unreadable_birth_date_is_left_out_with_a_remark_and_stops_nothing()
    {
        var report = Read("""{"reportId":1,"reportedInformation":{"victims":{"victims":[{"dateOfBirth":"04/05/2003"}]}}}""").Value;
        report.Persons[0].Born.IsUnknown.ShouldBeTrue();
        report.Remarks.ShouldHaveSingleItem().What.ShouldNotContain("04/05");
    }

    [Theory]
    [InlineData("192.0.2.010"), InlineData("0x7f.1"), InlineData("not known")]
    public void What_is_no_address_is_kept_as_written_told_and_never_another_address(string written)
    {
        var report = Read("""{"reportId":1,"reportedInformation":{"victims":{"victims":[{"sourceInformation":{"sourceCaptures":[{"captureType":"IP Address","value":"WRITTEN"}]}}]}}}"""
            .Replace("WRITTEN", written, StringComparison.Ordinal)).Value;
        report.Persons[0].Ips.ShouldHaveSingleItem().Address.ShouldBe(written);
        report.Identifiers.ShouldBeEmpty();
        report.Remarks.ShouldHaveSingleItem().What.ShouldBe("no IP address; kept as written and compared with none");
    }

    [Fact]
    public void Shouted_event_is_the_forms_event() =>
        Read("""{"reportId":1,"reportedInformation":{"victims":{"victims":[{"sourceInformation":{"sourceCaptures":[{"captureType":"IP Address","value":"192.0.2.1","eventName":"UPLOAD"}]}}]}}}""")
            .Value.Persons[0].Ips[0].Event.ShouldBe("Upload");

    [Theory]
    [InlineData("utf-16"), InlineData("utf-16BE")]
    public void A_report_that_was_saved_as_UTF_16_is_read(string encoding)
    {
        var written = Encoding.GetEncoding(encoding);
        CyberTipJson.Read((byte[])[.. written.Preamble, .. written.GetBytes("""{"reportId":"100200300"}""")]).Value.Number.ShouldBe("100200300");
    }

    [Fact]
    public void Bytes_that_are_no_utf8_are_rejected() =>
        CyberTipJson.Read(new byte[] { (byte)'"', 0xFF, (byte)'"' }).Rejections.ShouldHaveSingleItem();
}
