using System.Text;
using Homeward.Exchange.CyberTips;
using Homeward.Exchange.Missing;
using Homeward.Exchange.Outcomes;
using Homeward.Exchange.Partners;
using Homeward.Exchange.Referrals;
using Homeward.Exchange.Tips;
using Homeward.Kernel;

namespace Homeward.Exchange.Tests.Lines;

public sealed class LineFormatTests
{
    private const string Line = """
        {"received":"2019-07-01T10:00:00Z","status":"entered","nic":"M123456789","ncmecCase":"1234567","ori":"MOKPD0000","category":"EMJ","caseType":"ERU","names":[{"given":"Ada","family":"Invented","kind":"name"},{"given":"A|d;a","family":null,"kind":"alias"}],"born":"2003-04","ageText":null,"sex":"F","heightInMin":60,"heightInMax":62,"weightLbMin":null,"weightLbMax":null,"race":"W","eyes":null,"hair":"BRO","photoTaken":"2019-03","dental":true,"medical":null,"marks":["scar; left arm"],"lastSeenAt":"2019-06-30T22:00:00Z","lastSeen":{"city":"Kansas City","state":"MO","zip":"64106","countyFips":"29095"},"custody":"foster","phones":["8165550100"],"emails":[],"screenNames":[{"service":"Example","name":"ada\\1"}],"vehicles":[{"plate":"KS 123-ABC","state":"KS","plateYear":"2020","vin":"1M8GDM9AXKP042788","year":2012,"make":"FORD","model":null,"style":"4D","color":"BLU"},{"plate":null,"state":null,"plateYear":null,"vin":null,"year":null,"make":null,"model":"van; dented","style":null,"color":null}],"atRisk":true,"indicators":["repeated-runs"]}
        """;

    private static readonly StatedPerson Child = new()
    {
        Given = "Ada", Family = "Invented", Aliases = [new("Ada", null)], Born = PartialDate.OfYear(2003), Age = 16, Sex = "F",
        Phones = ["8165550100"], ScreenNames = [new("Example", "ada")],
    };
    private static readonly StatedPlace Place = new(null, "Kansas City", "MO", "64106", "29095", 39.1, -94.58);

    /// <summary>The feed's columns, and a row of them; what the row names is put in, the rest is left empty.</summary>
    private static readonly string _header = string.Join(',', MissingChildEntries.Csv.Columns);

    private static Parsed<MissingChildEntry> Row(params (string Column, string Cell)[] cells) => MissingChildEntries.Csv.ReadRow(_header, string.Join(',', MissingChildEntries.Csv.Columns
        .Select(column => column switch { "received" => "2019-07-01T10:00:00Z", "status" => "entered", "nic" => "M123456789", _ => cells.FirstOrDefault(cell => cell.Column == column).Cell })), 9);

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void Entry_is_read_and_written_unchanged() =>
        MissingChildEntries.Json.Line(MissingChildEntries.Json.ReadLine(Line).Value).ShouldBe(Line);

    [Fact]
    public void Entry_survives_csv()
    {
        using var stream = new MemoryStream();
        MissingChildEntries.Csv.Write([MissingChildEntries.Json.ReadLine(Line).Value], stream);
        stream.Position = 0;
        var row = MissingChildEntries.Csv.Read(stream).ToList().ShouldHaveSingleItem();
        row.Outcome.Rejections.ShouldBeEmpty();
        MissingChildEntries.Json.Line(row.Outcome.Value).ShouldBe(Line);
    }

    [Fact]
    public void Columns_that_came_later_need_not_stand_in_a_header()
    {
        var entry = MissingChildEntries.Json.ReadLine(Line).Value;
        using var stream = new MemoryStream();
        MissingChildEntries.Csv.Write([entry], stream);
        var lines = Encoding.UTF8.GetString(stream.ToArray()).Split('\n');
        lines[0].ShouldEndWith(",indicators,race,eyes,hair,photo_taken,dental,medical,vehicles");
        lines[0] = lines[0].Replace(",race,eyes,hair,photo_taken,dental,medical,vehicles", "", StringComparison.Ordinal);
        lines[1] = lines[1].Replace(",W,,BRO,2019-03,1,,KS 123-ABC|KS|2020|1M8GDM9AXKP042788|2012|FORD||4D|BLU;||||||van\\; dented||", "", StringComparison.Ordinal);
        var row = MissingChildEntries.Csv.Read(Bytes(string.Join('\n', lines))).ToList().ShouldHaveSingleItem();
        row.Outcome.Rejections.ShouldBeEmpty();
        MissingChildEntries.Json.Line(row.Outcome.Value).ShouldBe(MissingChildEntries.Json.Line(
            entry with { Race = null, Hair = null, PhotoTaken = default, Dental = Stated.NotStated, Vehicles = [] }));
        // The others must.
        foreach (var (sign, name) in new[] { (";", "semicolons"), ("\t", "tabs"), ("|", "the sign |") })
            MissingChildEntries.Csv.Read(Bytes($"received{sign}status{sign}nic\nx\n")).ToList().ShouldHaveSingleItem().Outcome.Rejections.Single().Reason.ShouldBe($"the cells are parted by {name} and not by commas");
        MissingChildEntries.Csv.Read(Bytes("received,status,nic\n")).ToList().ShouldHaveSingleItem().Outcome.Rejections.Single().Reason.ShouldContain("the header lacks ncmec_case");
    }

    [Theory]
    [InlineData("\"nic\":\"M123456789\"", "\"nic\":\"123\"", "nic")]
    [InlineData("\"status\":\"entered\"", "\"status\":\"gone\"", "status")]
    [InlineData("2019-07-01T10:00:00Z", "2019-07-01T10:00:00", "received")]
    [InlineData("\"born\":\"2003-04\"", "\"born\":\"04/2003\"", "born")]
    [InlineData("\"sex\":\"F\"", "\"sex\":\"girl\"", "sex")]
    [InlineData("\"heightInMin\":60", "\"heightInMin\":70", "heightInMin")]
    [InlineData("\"heightInMin\":60", "\"heightInMin\":600", "heightInMin")]
    [InlineData("\"29095\"", "\"2909\"", "lastSeen.countyFips")]
    [InlineData("MOKPD0000", "MOKPD000", "ori")]
    [InlineData("\"kind\":\"alias\"", "\"kind\":\"nick\"", "names[1].kind")]
    [InlineData("\"atRisk\":true", "\"atRisk\":\"yes\"", "atRisk")]
    [InlineData("\"photoTaken\":\"2019-03\"", "\"photoTaken\":\"last spring\"", "photoTaken")]
    [InlineData("\"dental\":true", "\"dental\":\"yes\"", "dental")]
    [InlineData("\"plate\":\"KS 123-ABC\"", "\"plate\":\"a blue one\\u2026\"", "vehicles[0].plate")]
    [InlineData("\"plate\":\"KS 123-ABC\"", "\"plate\":\"12345678901\"", "vehicles[0].plate")]
    [InlineData("\"plate\":\"KS 123-ABC\"", "\"plate\":\"--\"", "vehicles[0].plate")]
    [InlineData("\"state\":\"KS\"", "\"state\":\"Kansas\"", "vehicles[0].state")]
    [InlineData("\"plateYear\":\"2020\"", "\"plateYear\":\"20\"", "vehicles[0].plateYear")]
    [InlineData("1M8GDM9AXKP042788", "1M8GDM9AXKP04278", "vehicles[0].vin")]
    [InlineData("1M8GDM9AXKP042788", "1M8GDM9AXKP04278O", "vehicles[0].vin")]
    [InlineData("\"year\":2012", "\"year\":12", "vehicles[0].year")]
    [InlineData("\"model\":\"van; dented\"", "\"model\":\" \"", "vehicles[1]")]
    [InlineData("\"phones\":[\"8165550100\"]", "\"phones\":\"8165550100\"", "phones")]
    [InlineData("\"custody\":\"foster\"", "\"custody\":\"aunt\"", "custody")]
    public void Bad_field_is_rejected_by_name(string good, string bad, string field)
    {
        Line.ShouldContain(good);
        var rejection = MissingChildEntries.Json.ReadLine(Line.Replace(good, bad, StringComparison.Ordinal), 7).Rejections.ShouldHaveSingleItem();
        (rejection.Line, rejection.Field).ShouldBe((7, field));
        rejection.Mend.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("2019-07-01T10:00:00Z,modified,M123456789,,MOKPD0000,EMJ,,Ada|Sam", 8), InlineData("2019-07-01T10:00:00Z,modified,M123456789", 3)]
    public void A_row_that_was_cut_is_rejected_and_not_taken_for_one_that_says_less(string cut, int cells)
    {
        var header = string.Join(',', MissingChildEntries.Csv.Columns.Take(27));
        MissingChildEntries.Csv.ReadRow(header, cut, 7).Rejections.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            fault => (fault.Line, fault.Reason).ShouldBe((7, $"{cells} cells where the header has 27")), fault => fault.Mend.ShouldStartWith("send the row whole"));
        var (whole, longer) = (cut + new string(',', 27 - cells), cut + new string(',', 28 - cells));
        MissingChildEntries.Csv.ReadRow(header, whole, 7).IsTaken.ShouldBeTrue();
        MissingChildEntries.Csv.ReadRow(header, longer, 7).Rejections.ShouldHaveSingleItem().Mend.ShouldBe("put texts with commas in quotes");
        // The last line needs no newline; what needs one is nothing.
        MissingChildEntries.Csv.Read(Bytes($"{header}\n{whole}\n{cut}")).Select(row => (row.Line, row.Outcome.IsTaken)).ShouldBe([(2, true), (3, false)]);
        MissingChildEntries.Csv.Read(Bytes($"{header}\n{whole}")).ToList().ShouldHaveSingleItem().Outcome.IsTaken.ShouldBeTrue();
        PartnerLists.TaskForces.Read(Bytes("code,name,office,pledged_operations\nKC-01,Example,KC\n")).ToList().ShouldHaveSingleItem().Outcome.Rejections.Single().Line.ShouldBe(2);
    }

    [Fact]
    public void Screen_names_need_no_service_and_what_no_cell_can_say_is_rejected_with_its_item()
    {
        Row(("screen_names", "Example|ada;bo;|cy;")).Value.ScreenNames.ShouldBe([new("Example", "ada"), new(null, "bo"), new(null, "cy")]);
        Row(("names", "Addy|Sample|Alias;Ada|Sample|NAME;Ada")).Value.Names.ShouldBe([new("Addy", "Sample", true), new("Ada", "Sample"), new("Ada", null)]);
        Row(("phones", "8165550100|cell;8165550101")).Value.Phones.ShouldBe(["8165550100|cell", "8165550101"]);
        string Field(string column, string cell) => Row((column, cell)).Rejections.ShouldHaveSingleItem().Field;
        Field("screen_names", "Example|ada|x").ShouldBe("screen_names[0]");
        Field("screen_names", "bo;Example|").ShouldBe("screen_names[1]");
        Field("names", "Ada|Sample|nick").ShouldBe("names[0]");
        Field("names", "Ada|B|Sample|alias").ShouldBe("names[0]");
        Field("vehicles", "123ABC|KS|2020||2012|FORD||4D|BLU|dented").ShouldBe("vehicles[0]");
    }

    [Fact]
    public void What_nobody_reads_is_told_by_its_name_and_null_says_nothing()
    {
        var line = Line.Replace("\"kind\":\"name\"", "\"kind\":\"name\",\"nick\":\"Addy\"", StringComparison.Ordinal)
            .Replace("\"sex\":\"F\"", "\"sex\":\"F\",\"Born\":\"2003\",\"tattoos\":[{\"where\":\"arm\"}],\"shoes\":null", StringComparison.Ordinal);
        MissingChildEntries.Json.ReadLine(line).Unread.ShouldBe(["names[].nick", "Born", "tattoos"]);
        MissingChildEntries.Json.ReadLine(Line).Unread.ShouldBeEmpty();
        MissingChildEntries.Csv.ReadRow(_header + ",nickname,, empty", Row().IsTaken ? $"2019-07-01T10:00:00Z,entered,M123456789{new string(',', 31)},Addy,x," : "", 2)
            .Unread.ShouldBe(["nickname", "column 36, which has no name"]);
        MissingChildEntries.Csv.Lacks(_header + ",Born")!.Reason.ShouldBe("the header names Born twice");
    }

    [Fact]
    public void Bad_line_holds_up_nothing_else()
    {
        var rows = MissingChildEntries.Json.Read(Bytes($"{Line}\n\n{{oops\n{new string('x', 1024 * 1024 + 5)}\n{Line}")).ToList();
        rows.Select(row => (row.Line, row.Outcome.IsTaken)).ShouldBe([(1, true), (3, false), (4, false), (5, true)]);
    }

    [Fact]
    public void All_faults_of_a_line_come_at_once() =>
        MissingChildEntries.Json.ReadLine("{}").Rejections.Select(rejection => rejection.Field).ShouldBe(["received", "status", "nic"]);

    [Fact]
    public void Tips_and_referrals_are_read_back()
    {
        var tip = new HotlineTip(Given.At, "HT-000001", true, false, Child, Place, "narrative withheld");
        HotlineTips.Json.Line(HotlineTips.Json.ReadLine(HotlineTips.Json.Line(tip)).Value).ShouldBe(HotlineTips.Json.Line(tip));
        var referral = new AgencyReferral(Given.At, "AR-000001", "MOKPD0000", ReferralKind.OperationRequest, null, Place, null);
        AgencyReferrals.Json.ReadLine(AgencyReferrals.Json.Line(referral)).Value.ShouldBe(referral);
        AgencyReferrals.Json.Line(referral).ShouldContain("\"kind\":\"operation-request\"");
    }

    [Fact]
    public void Outcomes_are_read_back()
    {
        var child = new ChildOutcome("C-000001", "KC-01/2019-07-12/1", "AR-000001", ChildDoor.Hotline, "KC", "KC-01", "MOKPD0000", Given.At,
            Given.At.AddDays(2), ChildOutcomeKind.Recovered, Exploitation.Sex, "M123456789", Child, "B-1",
            new Dictionary<string, string> { ["removedFrom"] = "narrative withheld" }, true, Place);
        FieldOutcomes.Children.Line(FieldOutcomes.Children.ReadLine(FieldOutcomes.Children.Line(child)).Value).ShouldBe(FieldOutcomes.Children.Line(child));
        var adult = new AdultOutcome("A-1", null, null, "KC", "KC-01", "MOKPD0000", Given.At, Given.At, AdultOutcomeKind.Identified, TraffickingMeans.Fraud, null, "B-2");
        FieldOutcomes.Adults.ReadLine(FieldOutcomes.Adults.Line(adult)).Value.ShouldBe(adult);
        var arrest = new ArrestOutcome("R-1", null, null, "KC", null, null, Given.At, Given.At, ArrestKind.VictimCustody, "18 USC 1591", null, "F-1");
        FieldOutcomes.Arrests.ReadLine(FieldOutcomes.Arrests.Line(arrest)).Value.ShouldBe(arrest);
        FieldOutcomes.Arrests.Line(arrest).ShouldContain("\"kind\":\"victim-custody\"");
        var opened = new InvestigationOutcome("I-1", null, null, "KC", Given.At, Given.At, "31E-KC-0000001");
        FieldOutcomes.Investigations.ReadLine(FieldOutcomes.Investigations.Line(opened)).Value.ShouldBe(opened);
        var court = new CourtOutcome("X-1", "F-1", "KC", Given.At, Given.At, CourtEvent.Dismissal, null);
        FieldOutcomes.Courts.ReadLine(FieldOutcomes.Courts.Line(court)).Value.ShouldBe(court);
    }

    [Fact]
    public void Partner_lists_are_read_back_and_bad_rows_rejected_alone()
    {
        AgencyRecord[] agencies = [new("XXKS00001", "Example, \"Police\"\nof", "municipal", "KS", "20091", true), new("MOKPD0000", "Kansas City", "municipal", "MO", null, false)];
        using var stream = new MemoryStream();
        PartnerLists.Agencies.Write(agencies, stream);
        stream.Write("SHORT,Name,type,KS,,0\n"u8);
        stream.Position = 0;
        var rows = PartnerLists.Agencies.Read(stream).ToList();
        rows.Take(2).Select(row => row.Outcome.Value).ShouldBe(agencies);
        (rows[2].Line, rows[2].Outcome.Rejections[0].Field).ShouldBe((5, "ori"));
    }

    [Fact]
    public void Member_that_ends_before_it_begins_is_rejected() =>
        PartnerLists.Members.Read(Bytes("task_force,ori,from,to\nKC-01,MOKPD0000,2019-07-01,2019-06-01\nKC-01,MOKPD0000,2019-07-01,\n"))
            .Select(row => row.Outcome.IsTaken).ShouldBe([false, true]);

    [Fact]
    public void Header_without_a_column_is_one_rejection() =>
        PartnerLists.TaskForces.Read(Bytes("code,name\nKC-01,Example\n")).ToList().ShouldHaveSingleItem().Outcome.Rejections[0].Reason.ShouldContain("office, pledged_operations");

    [Fact]
    public void Reports_path_tells_arrival_number_and_form()
    {
        var path = RawFolder.ReportPath(new(2019, 7, 1, 8, 30, 0, TimeSpan.Zero), "100200300", ReportForm.ProviderXml);
        path.ShouldBe("reports/2019-07-01/083000-100200300.xml");
        foreach (var same in new[] { "any/raw/" + path, path["reports/".Length..], "inbox/" + path["reports/".Length..].Replace(".xml", ".XML", StringComparison.Ordinal) })
        {
            RawFolder.TryReadReportPath(same, out var arrival).ShouldBeTrue();
            arrival.ShouldBe(new ReportArrival(new(2019, 7, 1, 8, 30, 0, TimeSpan.Zero), "100200300", ReportForm.ProviderXml));
        }
    }

    [Theory]
    [InlineData("reports/2019-07-01/083000-12a.xml")]
    [InlineData("reports/2019-07-01/083000-.xml")]
    [InlineData("reports/2019-13-01/083000-1.xml")]
    [InlineData("reports/2019-07-01/083000-1.txt")]
    [InlineData("083000-1.xml")]
    public void Other_paths_are_no_reports(string path) => RawFolder.TryReadReportPath(path, out _).ShouldBeFalse();
}
