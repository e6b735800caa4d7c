using System.Text;
using Parquet;
using Parquet.Schema;

namespace Homeward.Linkage.Tests;

/// <summary>What people feed to a linkage: a clear error or a sound result, never a wrong one in silence.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("linkage-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Written(string name, string text, Encoding? encoding = null)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text, encoding ?? new UTF8Encoding(false));
        return path;
    }

    private static LinkageSettings Settings(string rule = "same(name)") => new()
    {
        Fields = [new("name", FieldKind.FullName), new("town", FieldKind.Text)],
        Comparisons =
        [
            new("name", [new("same", Likeness.Same) { M = 0.9, U = 0.001 }, new("else", Likeness.Else) { M = 0.1, U = 0.9 }]),
            new("town", [new("same", Likeness.Same) { M = 0.9, U = 0.1 }, new("else", Likeness.Else) { M = 0.1, U = 0.9 }]),
        ],
        Blocking = [BlockingRule.Parse(rule)], Prior = 0.1, Trained = true,
    };

    private static LinkSummary Run(LinkOptions options) => LinkJob.Run(options, TestContext.Current.CancellationToken);

    private static string Refusal(LinkOptions options) => Should.Throw<LinkageException>(() => Run(options)).Message;

    [Fact]
    public void Unknown_columns_are_told_at_once_with_what_was_meant()
    {
        var message = Refusal(new() { Files = [Written("p.csv", "nme,twon\nAna,Derby\nOda,Derby\n")], Settings = Settings() });
        message.ShouldContain("No column \"name\" in p.csv. Did you mean \"nme\"?");
        message.ShouldContain("No column \"town\" in p.csv. Did you mean \"twon\"?");
    }

    [Fact]
    public void A_field_that_is_empty_everywhere_counts_neither_way()
    {
        var with = Run(new() { Files = [Written("p.csv", "name,town\nAna,\nAna,\nOda,\n")], Settings = Settings(),
            OutFolder = Path.Combine(_folder, "out") });
        with.Clusters.ShouldBe(2);
        File.ReadAllText(Path.Combine(_folder, "out", "report.html")).ShouldContain("town is the emptiest: filled in 0 %");
        Run(new() { Files = [Written("q.csv", "name,town\n,\n,\n,\n")], Settings = Settings() }).Clusters.ShouldBe(3);
    }

    [Fact]
    public void A_rule_of_ten_thousand_million_pairs_is_refused_with_its_count_and_what_to_do()
    {
        var rows = new StringBuilder("name,town\n");
        for (var i = 0; i < 150_000; i++) rows.Append("Name").Append(i).Append(",Wichita\n");
        var message = Refusal(new() { Files = [Written("p.csv", rows.ToString())], Settings = Settings("same(town)") });
        message.ShouldContain("11,249,925,000");
        message.ShouldContain("same(town)");
        message.ShouldContain("add a part");
    }

    [Fact]
    public void A_wide_rule_that_is_allowed_runs()
    {
        var file = Written("p.csv", "name,town\nAna,Derby\nAna,Derby\nOda,Derby\n");
        Refusal(new() { Files = [file], Settings = Settings("same(town)"), PairsMax = 2 }).ShouldContain("allow more");
        Run(new() { Files = [file], Settings = Settings("same(town)"), PairsMax = 3 }).PairsCompared.ShouldBe(3);
    }

    [Fact]
    public void Ids_that_stand_twice_are_refused_when_asked_for_and_told_when_not()
    {
        var rows = string.Concat(Enumerable.Range(0, 60).Select(i => $"r{(i == 59 ? 3 : i)},Name{i / 2},Town{i % 7}\n"));
        var file = Written("p.csv", "id,name,town\n" + rows);
        Refusal(new() { Files = [file], Id = "id" }).ShouldContain("p.csv, row 60: has the id \"r3\" of row 4.");
        Refusal(new() { Files = [file], Id = "twon" }).ShouldContain("Did you mean \"town\"?");
        var told = new List<string>();
        Run(new() { Files = [file], Tell = told.Add });
        told.ShouldContain(line => line.Contains("id looks like an id, but does not name each row: p.csv, row 60",
            StringComparison.Ordinal));
    }

    [Fact]
    public void Mixed_encodings_are_refused_with_the_line()
    {
        var path = Path.Combine(_folder, "mixed.csv");
        File.WriteAllBytes(path, [.. "name,town\nJosé,Derby\n"u8, .. Encoding.Latin1.GetBytes("Ibáñez,Derby\n")]);
        Refusal(new() { Files = [path] }).ShouldContain("line 3 is not UTF-8");
    }

    [Fact]
    public void Utf16_with_its_mark_is_read_as_what_it_is() =>
        Run(new() { Files = [Written("wide.csv", "name,town\nJosé,Derby\nJosé,Derby\nOda,Wichita\n", Encoding.Unicode)],
            Settings = Settings() }).Clusters.ShouldBe(2);

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    [InlineData("\r")]
    public void Any_line_ending_headers_with_blanks_and_quotes_are_read_alike(string ending)
    {
        var text = string.Join(ending, " name ,\" town\"", "\"Lopez, Ana\",Derby", "\"Lopez, Ana\",Derby",
            "\"Ruiz \"\"Oda\"\"\",Wichita", "");
        Run(new() { Files = [Written("p.csv", text)], Settings = Settings() }).ShouldSatisfyAllConditions(
            summary => summary.Records.ShouldBe(3), summary => summary.Clusters.ShouldBe(2));
    }

    [Fact]
    public void Files_that_put_day_and_month_in_another_order_are_refused_and_one_that_does_not_tell_is_told()
    {
        var one = Written("a.csv", "name,born\nAna Lopez,31/01/2003\nOda Ruiz,03/04/1999\nTed Ng,25/12/1988\nUma Ng,25/12/1988\n");
        var two = Written("b.csv", "name,born\nAna Lopez,01/31/2003\nOda Ruiz,04/03/1999\nTed Ng,12/25/1988\nUma Ng,12/25/1988\n");
        var message = Refusal(new() { Files = [one, two] });
        message.ShouldContain("a.csv writes the day first, b.csv the month");

        var told = new List<string>();
        Run(new() { Files = [Written("c.csv",
            "name,born\nAna Lopez,01/02/2003\nAna Lopez,01/02/2003\nTed Ng,11/12/1988\n")], Tell = told.Add });
        told.ShouldContain(line => line.Contains("no date tells whether day or month comes first", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2003-02-31", true)]
    [InlineData("2003-13-01", true)]
    [InlineData("2003-02-28", false)]
    [InlineData("2003", false)]
    [InlineData("unknown", false)]
    public void A_day_that_does_not_exist_is_told_and_compared_by_its_digits(string born, bool isTold)
    {
        var told = new List<string>();
        Run(new() { Files = [Written("d.csv", $"name,born\nAna Lopez,{born}\nAna Lopez,{born}\nTed Ng,1988-12-11\nTed Ng,1988-12-11\nOda Ruiz,1999-03-04\n")], Tell = told.Add });
        told.Exists(line => line.Contains("born: 1 of 3 different values are no day that exists, such as", StringComparison.Ordinal)).ShouldBe(isTold);
        told.Exists(line => line.Contains("no day that exists", StringComparison.Ordinal)).ShouldBe(isTold);
    }

    [Fact]
    public async Task A_parquet_file_of_zero_rows_has_a_sound_result()
    {
        var path = Path.Combine(_folder, "none.parquet");
        var name = new DataField<string>("name");
        await using (var file = File.Create(path))
        await using (await ParquetWriter.CreateAsync(new ParquetSchema(name), file)) { }
        var summary = Run(new() { Files = [path], OutFolder = Path.Combine(_folder, "out") });
        (summary.Records, summary.Clusters).ShouldBe((0, 0));
        File.Exists(Path.Combine(_folder, "out", "report.html")).ShouldBeTrue();
    }

    [Fact]
    public void Names_of_ten_thousand_letters_are_compared_and_written()
    {
        var (one, other) = (new string('x', 10_000), new string('x', 9_999) + "y");
        var summary = Run(new() { Files = [Written("p.csv", $"name,town\n{one},Derby\n{one},Derby\n{other},Derby\n")],
            Settings = Settings(), OutFolder = Path.Combine(_folder, "out") });
        summary.Clusters.ShouldBe(2);
        File.ReadAllText(Path.Combine(_folder, "out", "clusters.csv")).ShouldContain(one);
    }

    [Fact]
    public void A_file_named_twice_and_a_file_that_is_none_are_refused()
    {
        var file = Written("p.csv", "name,town\nAna,Derby\n");
        Refusal(new() { Files = [file, file] }).ShouldContain("is named twice");
        Refusal(new() { Files = [_folder] }).ShouldNotBeEmpty();
        Refusal(new() { Files = [Path.Combine(_folder, "nothing.csv")] }).ShouldContain("nothing.csv");
    }
}
