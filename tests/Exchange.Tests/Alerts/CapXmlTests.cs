using System.Text;
using System.Xml.Linq;
using Homeward.Exchange.Alerts;

namespace Homeward.Exchange.Tests.Alerts;

/// <summary>CAP 1.2 as AMBER uses it: order, values, what is unknown, and what is meant to hurt.</summary>
public sealed class CapXmlTests
{
    private static readonly string _xml = CapGiven.Xml();

    [Fact]
    public void An_alert_is_read_with_its_languages_areas_and_counties()
    {
        var alert = Read(CapGiven.Xml("EX-2", kind: "Update", references: $"{CapGiven.Key} amber@example.org,EX-0,2019-07-01T06:00:00-05:00")).Value;
        alert.Key.ShouldBe(new CapKey("amber@example.org", "EX-2", new DateTimeOffset(2019, 7, 1, 12, 0, 0, TimeSpan.Zero)));
        (alert.Status, alert.Kind, alert.References.Count).ShouldBe((CapStatus.Exercise, CapKind.Update, 2));
        alert.Infos.Select(info => info.Language).ShouldBe(["en-US", "es-US"]);
        var info = alert.Infos[0];
        (info.Event, info.SenderName, info.Description).ShouldBe(("Child Abduction Emergency", "Exercise State Police", "narrative withheld"));
        info.ExpiresAt.ShouldBe(new DateTimeOffset(2019, 7, 2, 0, 0, 0, TimeSpan.Zero));
        info.Areas.Single().CountyFips.ShouldBe(["29095"]);
        info.Areas.Single().Geocodes.ShouldBe([new("SAME", "029095"), new("UGC", "MOC095")]);
        info.Resources.ShouldBe(["Photograph"]);
        alert.Unknown.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("SAME", "029000", 0)]
    [InlineData("SAME", "129095", 1)]
    [InlineData("FIPS6", "029095", 1)]
    [InlineData("FIPS", "29095", 1)]
    [InlineData("UGC", "MOC095", 0)]
    [InlineData("SAME", "02909X", 0)]
    public void Counties_are_those_that_the_code_names_and_a_whole_state_is_none(string list, string code, int counties) =>
        new CapArea("", [], [], [new(list, code)]).CountyFips.Count.ShouldBe(counties);

    [Theory]
    [InlineData("<status>Exercise</status>", "", 0, "/alert/status", "missing")]
    [InlineData("<status>Exercise</status>", "<status>Real</status>", 6, "/alert/status[1]", "words")]
    [InlineData("<sent>2019-07-01T07:00:00-05:00</sent>", "<sent>2019-07-01T07:00:00Z</sent>", 5, "/alert/sent[1]", "instant")]
    [InlineData("<sent>2019-07-01T07:00:00-05:00</sent>", "<sent>2019-02-30T07:00:00-05:00</sent>", 5, "/alert/sent[1]", "instant")]
    [InlineData("<identifier>EX-1</identifier>", "<identifier>EX 1</identifier>", 3, "/alert/identifier[1]", "blank")]
    [InlineData("<msgType>Alert</msgType>", "<msgType>Cancel</msgType>", 2, "/alert/references", "must name")]
    [InlineData("<scope>Public</scope>", "<scope>Restricted</scope>", 2, "/alert/restriction", "Restricted")]
    [InlineData("<scope>Public</scope>", "<scope>Private</scope>", 2, "/alert/addresses", "Private")]
    [InlineData("<scope>Public</scope>", "<scope>Public</scope><references>EX-0</references>", 8, "/alert/references[1]", "sender,identifier,sent")]
    [InlineData("<scope>Public</scope>", "<scope>Public</scope><scope>Public</scope>", 8, "/alert/scope[2]", "more than once")]
    [InlineData("<value>CAE</value>", "<value>TOR</value>", 9, "/alert/info[1]/eventCode", "no AMBER alert")]
    [InlineData("39.2,-94.1 38.8,-94.6<", "39.2,-94.1<", 25, "/alert/info[1]/area[1]/polygon[1]", "closed ring")]
    [InlineData("39.2,-94.1 38.8,-94.6<", "39.2,-94.1 38.9,-94.6<", 25, "/alert/info[1]/area[1]/polygon[1]", "closed ring")]
    [InlineData("38.8,-94.6", "98.8,-94.6", 25, "/alert/info[1]/area[1]/polygon[1]", "closed ring")]
    [InlineData("urn:oasis:names:tc:emergency:cap:1.2", "urn:oasis:names:tc:emergency:cap:1.1", 2, "/alert", "not an alert of CAP 1.2")]
    public void What_breaks_a_rule_is_told_with_line_field_reason_and_mend(string there, string instead, int line, string field, string reason)
    {
        var fault = Read(_xml.Replace(there, instead, StringComparison.Ordinal)).Rejections.First(one => one.Field == field);
        fault.Reason.ShouldContain(reason);
        if (line > 0) fault.Line.ShouldBe(line);
        fault.Mend.ShouldNotBeEmpty();
    }

    [Fact]
    public void The_order_of_CAP_is_held()
    {
        var turned = _xml.Replace("<sent>2019-07-01T07:00:00-05:00</sent>\n", "", StringComparison.Ordinal)
            .Replace("<scope>", "<sent>2019-07-01T07:00:00-05:00</sent><scope>", StringComparison.Ordinal);
        Read(turned).Rejections.ShouldHaveSingleItem().Reason.ShouldContain("order");
    }

    [Fact]
    public void A_cancel_may_come_without_a_word_of_its_own() =>
        Read(CapGiven.Xml("EX-2", kind: "Cancel", references: CapGiven.Key, info: "")).Value.Infos.ShouldBeEmpty();

    [Fact]
    public void An_alert_without_information_says_nothing() => Read(CapGiven.Xml(info: "")).Rejections.ShouldHaveSingleItem().Field.ShouldBe("/alert/info");

    [Fact]
    public void What_CAP_does_not_name_is_kept_and_told()
    {
        var alert = Read(_xml.Replace("<scope>", "<mood tone='x'>calm<b>deep</b></mood><scope>", StringComparison.Ordinal)
            .Replace("</alert>", "<s:Signature xmlns:s='http://www.w3.org/2000/09/xmldsig#'>sig</s:Signature>stray</alert>", StringComparison.Ordinal)).Value;
        alert.Unknown.Select(value => (value.Path, value.Text)).ShouldBe(
        [
            ("/alert/mood[1]/@tone", "x"), ("/alert/mood[1]", "calm"), ("/alert/mood[1]/b", "deep"), ("/alert/Signature[1]", "sig"), ("/alert/text()", "stray"),
        ]);
        alert.Unknown.ShouldAllBe(value => value.Line > 1);
    }

    [Theory]
    [InlineData("<!DOCTYPE alert [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>")]
    [InlineData("<!DOCTYPE alert [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>")]
    [InlineData("<!DOCTYPE alert SYSTEM \"http://example.org/alert.dtd\">")]
    public void Bombs_and_foreign_entities_are_refused(string doctype) =>
        Read(_xml.Replace("<alert ", doctype + "<alert ", StringComparison.Ordinal)).Rejections.ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(fault => fault.Reason.ShouldContain("DTD"), fault => fault.Line.ShouldBe(2));

    [Fact]
    public void Size_depth_and_number_of_elements_are_bounded()
    {
        string Within(string inner) => _xml.Replace("</alert>", inner + "</alert>", StringComparison.Ordinal);
        string Repeated(string text, int times) => new StringBuilder().Insert(0, text, times).ToString();
        Read(Within($"<x>{new string('a', CapXml.DocumentBytesMax)}</x>")).Rejections.ShouldHaveSingleItem().Reason.ShouldContain("larger");
        Read(Within(Repeated("<x>", 100_000))).Rejections.ShouldHaveSingleItem().Reason.ShouldContain("deeper");
        Read(Within(Repeated("<x/>", 6_000))).Rejections.ShouldHaveSingleItem().Reason.ShouldContain("elements");
        CapXml.Read([]).Rejections.ShouldHaveSingleItem();
        CapXml.Read(Encoding.UTF8.GetBytes("<?xml version='1.0' encoding='klingon'?><alert/>")).Rejections.ShouldHaveSingleItem();
    }

    /// <summary>Against the platform's own reading of the same document: every text and attribute of it, once.</summary>
    [Fact]
    public void Whatever_is_read_is_whole_and_what_is_not_is_rejected()
    {
        var random = new Random(20190701);
        string[] pieces =
        [
            "<x a='1'>one</x>", "<note>n</note>", "<code>c</code>", "<code>d</code>", "text", CapGiven.Parameter("Vehicle", "withheld"), "<event>e</event>",
            "<y:z xmlns:y='urn:y'><y:w>deep</y:w>tail</y:z>", "<status>Test</status>", "<incidents>i</incidents>", "<![CDATA[a < b]]>", "<web b='2'>w<i>in</i></web>",
        ];
        var (read, rejected) = (0, 0);
        for (var round = 0; round < 300; round++)
        {
            var xml = _xml;
            for (var i = random.Next(4); i >= 0; i--)
            {
                var places = Enumerable.Range(0, xml.Length).Where(at => at > 120 && xml[at] == '<').ToList();
                xml = xml.Insert(places[random.Next(places.Count)], pieces[random.Next(pieces.Length)]);
            }
            if (Read(xml) is not { IsTaken: true } parsed)
            {
                Read(xml).Rejections.ShouldNotBeEmpty();
                rejected++;
                continue;
            }
            read++;
            var root = XDocument.Parse(xml).Root!;
            var there = root.DescendantNodesAndSelf().OfType<XText>().Select(node => node.Value)
                .Concat(root.DescendantsAndSelf().Attributes().Where(one => !one.IsNamespaceDeclaration).Select(one => one.Value));
            Letters(parsed.Value.Values.Select(value => value.Text)).ShouldBe(Letters(there), $"round {round}");
        }
        (read > 50, rejected > 50).ShouldBe((true, true), $"{read} read, {rejected} rejected");
    }

    private static string Letters(IEnumerable<string> texts) => string.Concat(string.Concat(texts).Where(letter => !char.IsWhiteSpace(letter)).Order());

    private static Parsed<CapAlert> Read(string xml) => CapXml.Read(CapGiven.Bytes(xml));
}
