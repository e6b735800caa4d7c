using System.Text;
using CsCheck;
using Homeward.Exchange.Lines;
using Homeward.Exchange.Missing;

namespace Homeward.Exchange.Tests.Lines;

/// <summary>No row of a table is lost: whatever quotes stand in it, each line is of a row that is taken or rejected.</summary>
public sealed class CsvRowsTests
{
    private static readonly string _header = string.Join(',', MissingChildEntries.Csv.Columns.Take(27));

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    private static List<(int Line, string? Text)> Rows(string text) => [.. CsvRows.Of(Bytes(text))];

    private static string Row(int number, string marks = "", string height = "") => $"2022-08-10T10:00:00Z,entered,M9{number:D8},,MOKPD0000,EMJ,,Ada|Invented|name,,,F,{height},,,,{marks},,Kansas City,MO,,,,,,,,";

    private static List<ReadRow<MissingChildEntry>> Read(params string[] rows) => [.. MissingChildEntries.Csv.Read(Bytes($"{_header}\r\n{string.Join("\r\n", rows)}\r\n"))];

    [Fact]
    public void An_inch_mark_belongs_to_its_cell_and_no_row_after_it_vanishes()
    {
        var read = Read(Row(1, "SC 2\" L ARM"), Row(2), Row(3, "SC 1\" L ARM"), Row(4, "\"SC 3\"\" L ARM, old\""), Row(5));
        read.Select(row => (row.Line, row.Outcome.IsTaken)).ShouldBe([(2, true), (3, true), (4, true), (5, true), (6, true)]);
        read.SelectMany(row => row.Outcome.Value.Marks).ShouldBe(["SC 2\" L ARM", "SC 1\" L ARM", "SC 3\" L ARM, old"]);
        Read(Row(1, height: "5'4\""), Row(2)).Select(row => (row.Line, row.Outcome.IsTaken)).ShouldBe([(2, false), (3, true)]);
    }

    [Theory]
    [InlineData("\"SC L ARM", "", "a quote opens a cell and none closes it")]            // nothing closes it, to the end of the file
    [InlineData("\"SC L ARM", "SC 2\" L ARM", "a quote opens a cell and none closes it")] // text follows what would close it
    [InlineData("\"SC L ARM", "SC 2\"", "a quote opens a cell and none closes it")]       // what would close it stands in the same column, rows later
    [InlineData("\"SC\" L ARM", "", "not well-formed CSV")]
    public void A_quote_that_nobody_closes_rejects_its_own_line_alone(string opened, string later, string reason)
    {
        var read = Read([Row(0), Row(1, opened), .. Enumerable.Range(2, 297).Select(number => Row(number)), Row(299, later)]);
        read.Select(row => row.Line).ShouldBe(Enumerable.Range(2, 300));
        var rejected = read.Where(row => !row.Outcome.IsTaken).ShouldHaveSingleItem();
        (rejected.Line, rejected.Outcome.Rejections.Single().Line).ShouldBe((3, 3));
        rejected.Outcome.Rejections[0].Reason.ShouldStartWith(reason);
    }

    [Fact]
    public void A_quote_that_another_row_s_quote_would_close_takes_no_row_in()
    {
        Read(Row(1, "\"SC L ARM"), Row(2, "SC 2\"")).Select(row => (row.Line, row.Outcome.IsTaken)).ShouldBe([(2, false), (3, true)]);
        // Of few columns as well, where the cells are not the header's.
        Rows("a,b\n1,\"x\n2,y\"\n3,\"x\n4,y,z\"\n5,\"x\nquiet\",z\n").ShouldBe([(1, "a,b"), (2, "1,\"x\n2,y\""), (4, "3,\"x\n4,y,z\""), (6, "5,\"x"), (7, "quiet\",z")]);
    }

    [Fact]
    public void A_cell_of_several_lines_is_one_cell_within_bounds()
    {
        var read = Read(Row(1, "\"one\r\n\r\ntwo, three\nfour\""), Row(2));
        read.Select(row => (row.Line, row.Outcome.IsTaken)).ShouldBe([(2, true), (6, true)]);
        read[0].Outcome.Value.Marks.Single().ShouldBe("one\n\ntwo, three\nfour");
        var endless = Rows("a,b\n1,\"x\n" + string.Concat(Enumerable.Repeat(new string('y', 999) + "\n", 200)) + "z\"\n");
        (endless.Count, endless[1]).ShouldBe((203, (2, "1,\"x")));
    }

    [Fact]
    public void A_line_longer_than_a_mebibyte_is_rejected_and_the_next_is_read()
    {
        var read = Read(Row(1), Row(2, new string('x', 1024 * 1024)), Row(3));
        read.Select(row => (row.Line, row.Outcome.IsTaken)).ShouldBe([(2, true), (3, false), (4, true)]);
        read[1].Outcome.Rejections.Single().Reason.ShouldContain("longer than");
        Rows($"a,b\n1,\"x\n{new string('y', 1024 * 1024 + 1)}\nz\"\n").Select(row => (row.Line, row.Text?.Length)).ShouldBe([(1, 3), (2, 4), (3, null), (4, 2)]);
        MissingChildEntries.Csv.Read(Bytes(new string('x', 1024 * 1024 + 1))).Single().Outcome.Rejections.Single().Reason.ShouldContain("longer than");
    }

    [Fact]
    public void Two_rows_in_one_text_are_none_and_bytes_that_are_no_text_are_told()
    {
        CsvRows.Cells("1,2\n3,4").ShouldBeNull();
        CsvRows.Cells("1,\"2\n3\",4").ShouldBe(["1", "2\n3", "4"]);
        MissingChildEntries.Csv.Read(new MemoryStream([(byte)'a', 0xE9, (byte)'\n'])).Single().Outcome.Rejections.Single().Reason.ShouldContain("not UTF-8");
    }

    /// <summary>Rows as wide as the feed's, in which quotes stand anywhere: none takes another in, and each line is judged.</summary>
    [Fact]
    public void Whatever_quotes_stand_in_rows_each_is_given_as_it_stands() =>
        Gen.Select(Gen.OneOf([.. new[] { "", "", "SC L ARM", "2\" L ARM", "\"open", "\"", "\"\"", "\"x\"y", "closed\"", "\"a, b\"", ",", "\"\"\"" }.Select(Gen.Const)]), Gen.Bool).Array[1, 40].Sample(cells =>
        {
            var rows = cells.Select((cell, number) => cell.Item2 ? Row(number, marks: cell.Item1) : Row(number, height: cell.Item1)).ToList();
            Rows($"{_header}\n{string.Join('\n', rows)}\n").Skip(1).ShouldBe(rows.Select((row, number) => (number + 2, (string?)row)));
            Read([.. rows]).Count.ShouldBe(rows.Count);
        });

    /// <summary>Of any text, each line that is not empty is of one row, and rows put together again are the text.</summary>
    [Fact]
    public void Every_line_of_any_text_is_of_one_row() =>
        Gen.OneOf([.. new[] { "\"", "\"\"", ",", "\n", "\n", "\r\n", "\r", "x", " ", "5'4\"", "\",\"", "a,b,c,d,e,f" }.Select(Gen.Const)]).Array[0, 60].Sample(parts =>
        {
            var lines = string.Concat(parts).ReplaceLineEndings("\n").Split('\n');
            var at = 1;
            foreach (var (line, row) in Rows(string.Concat(parts)))
            {
                for (; at < line; at++) lines[at - 1].ShouldBeEmpty();
                foreach (var part in row!.Split('\n')) part.ShouldBe(lines[at++ - 1]);
            }
            lines.Skip(at - 1).ShouldAllBe(line => line.Length == 0);
        });
}
