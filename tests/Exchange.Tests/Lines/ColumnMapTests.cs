using System.Text;
using CsCheck;
using Homeward.Exchange.Lines;
using Homeward.Exchange.Missing;

namespace Homeward.Exchange.Tests.Lines;

/// <summary>Somebody else's table becomes ours by a map, and what cannot be turned is rejected with its row's line and not guessed.</summary>
public sealed class ColumnMapTests
{
    private static readonly string[] _ours = ["nic", "names", "born", "received", "height", "risk", "marks", "state", "sex"];

    private static Parsed<ColumnMap> Read(string json) => ColumnMap.Read(Encoding.UTF8.GetBytes(json), _ours);

    private static string?[] Row(string json, string header, string row)
    {
        var mapped = Read(json).Value.Over(header).Value;
        mapped.Header.Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal).ShouldBe(string.Join(',', _ours));
        return CsvRows.Cells(mapped.Of(row)!)!;
    }

    /// <summary>One of our columns, from one cell of theirs.</summary>
    private static string? Cell(string rule, string cell) => Row($$"""{"nic": {{rule}}}""", "THEIRS", CsvRows.Quoted(cell))[0];

    [Fact]
    public void Columns_go_by_the_map_then_by_name_and_what_is_not_there_is_empty() =>
        Row("""{"nic": "NIC no", "state": {"is": "MO"}, "sex": {"column": "S", "otherwise": "F"}}""", "s,Nic No , BORN", "\" \",M123456789,2003")
            .ShouldBe(["M123456789", "", "2003", "", "", "", "", "MO", "F"]);

    [Fact]
    public void The_header_puts_in_brackets_what_neither_the_map_nor_the_table_names()
    {
        var mapped = Read("""{"nic": "NIC no", "state": {"is": "MO"}}""").Value.Over("Nic no,Born").Value;
        mapped.Header.ShouldBe("nic,(names),born,(received),(height),(risk),(marks),state,(sex)");
        var format = new CsvFormat<string>([.. _ours], row => string.Join(' ', row.Silent), _ => []);
        format.Lacks(mapped.Header).ShouldBeNull();
        format.ReadRow(mapped.Header, mapped.Of("M123456789,2003")!, 2).Value.ShouldBe("names received height risk marks sex");
        format.Lacks("nic,born,(shoes)")!.Reason.ShouldBe("the header lacks names, received, height, risk, marks, state, sex");
    }

    [Theory]
    [InlineData("07/01/2019", "2019-07-01"), InlineData("7/1/2019", "2019-07-01"), InlineData("20190701", "2019-07-01"), InlineData("2019-07-01", "2019-07-01")]
    [InlineData("2003", "2003"), InlineData("13/01/2019", "13/01/2019"), InlineData("about 15", "about 15")]
    public void A_day_is_turned_and_what_is_none_stays(string cell, string expected) => Cell("""{"column": "THEIRS", "as": "date"}""", cell).ShouldBe(expected);

    [Theory]
    [InlineData("07/01/2019 12:30", "2019-07-01T17:30:00Z")]
    [InlineData("2019-01-01 00:15", "2019-01-01T06:15:00Z")]
    [InlineData("11/03/2019 01:30", "2019-11-03T06:30:00Z")]     // comes twice: the first
    [InlineData("03/10/2019 02:30", "03/10/2019 02:30")]         // never was
    [InlineData("2019-07-01T10:00:00Z", "2019-07-01T10:00:00Z")] // is one already
    public void A_local_time_is_turned_by_its_zone(string cell, string expected) =>
        Cell("""{"column": "THEIRS", "as": "instant", "zone": "America/Chicago"}""", cell).ShouldBe(expected);

    [Theory]
    [InlineData("INVENTED, ADA B", "ADA B|INVENTED|name"), InlineData("INVENTED, ADA; OTHER, A|D", "ADA|INVENTED|name;A\\|D|OTHER|alias"), InlineData("Ada", "|Ada|name")]
    public void Names_are_parted_by_the_comma(string cell, string expected) => Cell("""{"column": "THEIRS", "as": "family-given"}""", cell).ShouldBe(expected);

    [Theory]
    [InlineData("504", "64"), InlineData("5'4\"", "64"), InlineData("5-11", "71"), InlineData("64", "64"), InlineData("513", "513"), InlineData("5'12", "5'12"), InlineData("tall", "tall")]
    public void Feet_and_inches_are_inches(string cell, string expected) => Cell("""{"column": "THEIRS", "as": "height"}""", cell).ShouldBe(expected);

    [Theory]
    [InlineData("y", "1"), InlineData("No", "0"), InlineData("U", ""), InlineData("maybe", "maybe")]
    public void A_yes_is_turned(string cell, string expected) => Cell("""{"column": "THEIRS", "as": "flag"}""", cell).ShouldBe(expected);

    [Fact]
    public void Words_are_turned_first_and_several_columns_are_a_list_or_parts()
    {
        Cell("""{"column": "THEIRS", "values": {"emj": "entered"}}""", "EMJ").ShouldBe("entered");
        Cell("""{"column": "THEIRS", "values": {"07/01/2019": "x"}, "as": "date"}""", "07/01/2019").ShouldBe("x");
        Row("""{"marks": {"columns": ["A", "B", "C"]}, "names": {"columns": ["A", "C"], "as": "parts"}, "nic": {"columns": ["B", "B"], "as": "parts", "otherwise": "none"}}""", "A,B,C", "one;two,,three")
            .ShouldBe(["none", "one\\;two|three", "", "", "", "", "one\\;two;three", "", ""]);
    }

    [Theory]
    [InlineData("[]", "")]
    [InlineData("""{"nik": "A"}""", "/nik")]
    [InlineData("""{"nic": 3}""", "/nic")]
    [InlineData("""{"nic": {}}""", "/nic")]
    [InlineData("""{"nic": {"column": "A", "is": "b"}}""", "/nic")]
    [InlineData("""{"nic": {"column": "A", "as": "roman"}}""", "/nic/as")]
    [InlineData("""{"nic": {"column": "A", "as": "instant"}}""", "/nic/zone")]
    [InlineData("""{"nic": {"column": "A", "as": "instant", "zone": "Nowhere/At"}}""", "/nic/zone")]
    [InlineData("""{"nic": {"column": "A", "format": "yyyy"}}""", "/nic/format")]
    [InlineData("""{"nic": {"column": "A", "zone": "America/Chicago"}}""", "/nic/zone")]
    [InlineData("""{"nic": {"column": 7}}""", "/nic/column")]
    [InlineData("""{"nic": {"column": "A", "from": "b"}}""", "/nic/from")]
    public void A_map_that_cannot_be_used_says_where_and_how_to_mend_it(string json, string field)
    {
        var fault = Read(json).Rejections[0];
        fault.Field.ShouldBe(field);
        fault.Mend.ShouldNotBeEmpty();
    }

    [Fact]
    public void Text_that_is_no_json_is_told_with_its_place() => Read("{\n  \"nic\": }").Rejections.ShouldHaveSingleItem().Line.ShouldBe(2);

    [Fact]
    public void Text_in_another_encoding_is_told() =>
        ColumnMap.Read((byte[])[.. "{\"nic\": \""u8, 0xC8, .. "\"}"u8], _ours).Rejections.ShouldHaveSingleItem().Mend.ShouldBe("save it as UTF-8");

    [Fact]
    public void A_file_that_lacks_a_column_of_the_map_is_told_which()
    {
        var faults = Read("""{"nic": "NIC", "marks": {"columns": ["SMT1", "SMT2"]}}""").Value.Over("SMT1,Other").Rejections;
        faults.Select(fault => fault.Field).ShouldBe(["NIC", "SMT2"]);
        faults[0].Mend.ShouldContain("SMT1, Other");
    }

    [Theory]
    [InlineData("\"x\"y,1"), InlineData("1"), InlineData("1,2,3")]
    public void A_row_that_is_not_well_formed_or_has_not_its_header_s_cells_is_not_turned(string row) =>
        Read("""{"nic": "A"}""").Value.Over("A,B").Value.Of(row).ShouldBeNull();

    [Fact]
    public void Columns_that_nobody_reads_are_told_and_one_that_is_named_twice_is_no_column()
    {
        var map = Read("""{"nic": "NIC no", "names": {"columns": ["A", "B"]}}""").Value;
        map.Over("nic no,a,B,BORN,Nickname,names,").Unread.ShouldBe(["Nickname", "names"]);
        map.Over("NIC no,A,B,a").Rejections.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            fault => fault.Field.ShouldBe("A"), fault => fault.Reason.ShouldEndWith("which the header names twice"));
    }

    [Fact]
    public void Rows_keep_their_text_and_their_first_line_whatever_stands_in_quotes()
    {
        static List<(int, string?)> Of(string text) => [.. CsvRows.Of(new MemoryStream(Encoding.UTF8.GetBytes(text)))];
        Of("\uFEFFa,b\r\n\r\n1,\"two\nlines, \"\"q\"\"\"\r\n3,4").ShouldBe([(1, "a,b"), (3, "1,\"two\nlines, \"\"q\"\"\""), (5, "3,4")]);
        Of("").ShouldBeEmpty();
        Should.Throw<DecoderFallbackException>(() => CsvRows.Of(new MemoryStream([(byte)'a', 0xE9, (byte)'\n'])).ToList());
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void A_row_that_is_too_long_is_passed_over_and_counted_and_never_held(string end)
    {
        var tooLong = new string('x', CsvRows.RecordCharsMax + 1);
        static List<(int, string?)> Of(Stream stream) => [.. CsvRows.Of(stream)];
        Of(new MemoryStream(Encoding.UTF8.GetBytes(string.Join(end, "a", tooLong, "", tooLong[1..], "\"b", tooLong, "c\"", "d")))).ShouldBe(
            [(1, "a"), (2, null), (4, tooLong[1..]), (5, "\"b"), (6, null), (7, "c\""), (8, "d")]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Of(new Endless(400L << 20)).ShouldBe([(1, null)]);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(50L << 20);
    }

    /// <summary>So many letters and no end of a line.</summary>
    private sealed class Endless(long bytes) : Homeward.Exchange.Packages.ReadStream
    {
        private long _left = bytes;

        public override int Read(Span<byte> buffer)
        {
            var count = (int)Math.Min(buffer.Length, _left);
            buffer[..count].Fill((byte)'x');
            _left -= count;
            return count;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));
    }

    [Fact]
    public void Any_cells_come_back_as_they_were() =>
        Gen.String.Array[1, 6].Sample(cells =>
        {
            cells = [.. cells.Select(cell => cell.Replace("\r", "", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal)).Select(cell => cell.Length == 0 ? "x" : cell)];
            CsvRows.Cells(string.Join(',', cells.Select(CsvRows.Quoted)))!.ShouldBe(cells);
        });

    [Fact]
    public void The_map_in_the_docs_reads_an_extract_under_NCICs_codes()
    {
        var map = ColumnMap.Read(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "missing-map.json")), MissingChildEntries.Csv.Columns).Value;
        const string Header = "MKE,NIC,ORI,ENTERED,NAM,SEX,RAC,DOB,HGT,WGT,EYE,HAI,SMT1,SMT2,LAST CONTACT,CITY,ST,DENTAL,LIC,LIS,LIY,VIN,VYR,VMA,VMO,VST,VCO";
        var mapped = map.Over(Header).Value;
        string Row(string cells) => mapped.Of(cells + new string(',', Header.Count(',') - cells.Count(',') + (cells.Contains("INVENTED, ADA", StringComparison.Ordinal) ? 1 : 0)))!;
        var entry = MissingChildEntries.Csv.ReadRow(mapped.Header, Row(
            "EMJ,M123456789,MOKPD0000,07/01/2019 08:30,\"INVENTED, ADA\",F,W,20030415,504,110,BLU,BRO,SC L ARM,,06/30/2019 22:00,Kansas City,,Y,123ABC,KS,2020,,2012,FORD,,4D,BLU"), 2).Value;
        (entry.Nic, entry.Status, entry.Category, entry.Received, entry.LastSeenAt).ShouldBe(("M123456789", EntryStatus.Entered, "EMJ",
            new DateTimeOffset(2019, 7, 1, 13, 30, 0, TimeSpan.Zero), new DateTimeOffset(2019, 7, 1, 3, 0, 0, TimeSpan.Zero)));
        (entry.HeightInMin, entry.HeightInMax, entry.WeightLbMin, entry.LastSeen!.State, entry.Dental).ShouldBe((64, 64, 110, "MO", Stated.Yes));
        (entry.Names.Single().Given, entry.Names[0].Family, entry.Born.ToString(), entry.Marks.Single()).ShouldBe(("ADA", "INVENTED", "2003-04-15", "SC L ARM"));
        (entry.Vehicles.Single().Plate, entry.Vehicles[0].Year, entry.Vehicles[0].Color).ShouldBe(("123ABC", 2012, "BLU"));
        MissingChildEntries.Csv.ReadRow(mapped.Header, Row("CM,M123456789,MOKPD0000,07/02/2019 08:30"), 3).Value.ShouldSatisfyAllConditions(
            cleared => cleared.Status.ShouldBe(EntryStatus.Cleared), cleared => cleared.Category.ShouldBeNull(), cleared => cleared.Vehicles.ShouldBeEmpty());
        var bad = MissingChildEntries.Csv.ReadRow(mapped.Header, Row("XX,M12,MOKPD0000,yesterday"), 4).Rejections;
        bad.Select(fault => fault.Field).ShouldBe(["received", "status", "nic"]);
        bad.ShouldAllBe(fault => fault.Line == 4);
    }
}
