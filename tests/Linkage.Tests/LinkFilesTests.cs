using System.Text;
using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace Homeward.Linkage.Tests;

/// <summary>Files in, clusters out, with no settings given.</summary>
public sealed class LinkFilesTests : IDisposable
{
    private const string FebrlTruth = @"rec_id=rec-(\d+)-";
    private readonly string _folder = Directory.CreateTempSubdirectory("linkage-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Data(string name) => Path.Combine(AppContext.BaseDirectory, "Data", name);

    private string Written(string name, string text, Encoding? encoding = null)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text, encoding ?? new UTF8Encoding(false));
        return path;
    }

    [Theory]
    [InlineData("febrl1.csv", FebrlTruth, 0.99)]
    [InlineData("febrl2.csv", FebrlTruth, 0.99)]
    [InlineData("febrl3.csv", FebrlTruth, 0.99)]
    [InlineData("fake_1000.csv", "cluster", 0.95)]
    public void Public_sets_are_deduped_with_no_settings(string file, string truth, double f1Min)
    {
        var summary = LinkJob.Run(new() { Files = [Data(file)], Truth = truth }, TestContext.Current.CancellationToken);
        TestContext.Current.SendDiagnosticMessage($"{file}: {summary.ToJson()}");
        summary.PairQuality!.F1.ShouldBeGreaterThan(f1Min);
        summary.ClusterQuality!.F1.ShouldBeGreaterThan(f1Min);
    }

    [Fact]
    public void Two_files_are_linked_and_the_same_run_gives_the_same_bytes()
    {
        var lines = File.ReadAllLines(Data("febrl1.csv"));
        var originals = Written("a.csv", string.Join('\n', lines.Where((line, i) => i == 0 || line.Contains("-org", StringComparison.Ordinal))));
        var copies = Written("b.csv", string.Join("\r\n", lines.Where((line, i) => i == 0 || line.Contains("-dup", StringComparison.Ordinal))), new UTF8Encoding(true));
        var options = new LinkOptions { Files = [originals, copies], Truth = FebrlTruth, OutFolder = Path.Combine(_folder, "one") };
        var summary = LinkJob.Run(options, TestContext.Current.CancellationToken);
        summary.PairQuality!.F1.ShouldBeGreaterThan(0.99);

        LinkJob.Run(options with { OutFolder = Path.Combine(_folder, "two") }, TestContext.Current.CancellationToken);
        foreach (var name in (string[])["clusters.csv", "pairs.csv", "settings.json", "report.html"])
            File.ReadAllText(Path.Combine(_folder, "two", name)).ShouldBe(File.ReadAllText(Path.Combine(_folder, "one", name)));

        // Trained settings, given back, lead to the same clusters without training.
        var settings = LinkageSettings.FromJson(File.ReadAllText(Path.Combine(_folder, "one", "settings.json")));
        LinkJob.Run(options with { OutFolder = Path.Combine(_folder, "three"), Settings = settings }, TestContext.Current.CancellationToken);
        File.ReadAllText(Path.Combine(_folder, "three", "clusters.csv")).ShouldBe(File.ReadAllText(Path.Combine(_folder, "one", "clusters.csv")));
    }

    [Fact]
    public void The_summary_has_the_keys_of_the_contract()
    {
        var file = Written("p.csv", "name,born\nAna Lopez,2003-04-03\nAna Lopes,2003-04-03\nOda Ruiz,1999-01-01\n");
        using var json = JsonDocument.Parse(LinkJob.Run(new() { Files = [file] }, TestContext.Current.CancellationToken).ToJson());
        json.RootElement.GetProperty("records").GetInt32().ShouldBe(3);
        json.RootElement.GetProperty("pairs").GetProperty("f1").ValueKind.ShouldBe(JsonValueKind.Null);
        foreach (var key in (string[])["clusters", "seconds", "peakMiB"]) json.RootElement.TryGetProperty(key, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Parquet_is_read_as_the_same_list_in_csv_would_be()
    {
        var path = Path.Combine(_folder, "p.parquet");
        var (name, born, size) = (new DataField<string>("name"), new DataField<DateTime?>("born"), new DataField<long>("size"));
        await using (var file = File.Create(path))
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(name, born, size), file))
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync(name, (string[])["Ana Lopez", "Ana Lopez", "Oda Ruiz", "Ted Ng"]);
            await group.WriteAsync<DateTime>(born, new DateTime?[] { new(2003, 4, 3), new(2003, 4, 3), null, new(1988, 2, 2) });
            await group.WriteAsync<long>(size, new long[] { 160, 160, 150, 180 });
        }
        var csv = Written("p.csv", "name,born,size\nAna Lopez,2003-04-03,160\nAna Lopez,2003-04-03,160\nOda Ruiz,,150\nTed Ng,1988-02-02,180\n");
        LinkJob.Run(new() { Files = [path], OutFolder = Path.Combine(_folder, "one") });
        LinkJob.Run(new() { Files = [csv], OutFolder = Path.Combine(_folder, "two") });
        (await File.ReadAllTextAsync(Path.Combine(_folder, "one", "clusters.csv"))).ShouldBe(await File.ReadAllTextAsync(Path.Combine(_folder, "two", "clusters.csv")));
        Should.Throw<LinkageException>(() => LinkJob.Run(new() { Files = [Written("no.parquet", "name\nAna\n")] })).Message.ShouldContain("Parquet");
    }

    [Fact]
    public void A_decision_wins_over_the_score()
    {
        var file = Written("p.csv", "name,born\nAna Lopez,2003-04-03\nAna Lopez,2003-04-03\nOda Ruiz,1999-01-01\nTed Ng,1988-02-02\n");
        var options = new LinkOptions { Files = [file], OutFolder = Path.Combine(_folder, "out") };
        var apart = LinkJob.Run(options with { Decisions = [new(1, 1, 1, 2, Judgement.NotTheSame), new(1, 3, 1, 4, Judgement.Same)] }, TestContext.Current.CancellationToken);
        apart.Clusters.ShouldBe(3);
        File.ReadAllLines(Path.Combine(_folder, "out", "clusters.csv")).Select(line => line.Split(',')[0]).ShouldBe(["cluster", "1", "2", "3", "3"]);
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,\"x\"y\n", "line 3, field 2", "quote")]
    [InlineData("a,b\n\"1\n1\",2\n3,\"open\n5,6\n", "line 4", "quote")]
    [InlineData("a,b\n1,2\n3\n", "line 3", "1 fields")]
    [InlineData("a,a\n1,2\n", "line 1", "two columns")]
    [InlineData("", "empty", "columns")]
    public void Broken_files_are_refused_with_the_line(string text, string where, string what)
    {
        var fault = Should.Throw<LinkageException>(() => LinkJob.Run(new() { Files = [Written("bad.csv", text)] }));
        fault.Message.ShouldContain(where);
        fault.Message.ShouldContain(what);
    }

    [Fact]
    public void A_file_that_is_not_utf8_is_refused() => Should.Throw<LinkageException>(() =>
        LinkJob.Run(new() { Files = [Written("latin.csv", "name\nJosé\nIbáñez\n", Encoding.Latin1)] })).Message.ShouldContain("UTF-8");

    [Theory]
    [InlineData("name,born\n", 0)]
    [InlineData("name,born\nAna,2003-01-01\n", 1)]
    public void Files_of_no_or_one_record_have_a_sound_result(string text, int records)
    {
        var summary = LinkJob.Run(new() { Files = [Written("few.csv", text)] }, TestContext.Current.CancellationToken);
        summary.Records.ShouldBe(records);
        summary.Clusters.ShouldBe(records);
    }

    [Fact]
    public void One_value_for_all_rows_is_said_to_be_nothing_to_compare() => Should.Throw<LinkageException>(() =>
        LinkJob.Run(new() { Files = [Written("same.csv", "id,state\n1,KS\n2,KS\n3,KS\n")] })).Message.ShouldContain("one value only");

    [Fact]
    public void A_rule_that_is_too_wide_is_refused_with_its_count()
    {
        var file = Written("p.csv", "name,town\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"Name{i / 2},Wichita\n")));
        var fault = Should.Throw<LinkageException>(() => LinkJob.Run(new() { Files = [file], PairsMax = 1000 }));
        fault.Message.ShouldContain("1,225");
    }

    [Fact]
    public void An_unknown_truth_column_names_the_columns() => Should.Throw<LinkageException>(() =>
        LinkJob.Run(new() { Files = [Data("febrl1.csv")], Truth = "person" })).Message.ShouldContain("soc_sec_id");

    [Fact]
    public void Dates_that_do_not_exist_and_very_long_names_do_no_harm()
    {
        var file = Written("odd.csv", $"name,born\nAna Lopez,2003-02-31\nAna Lopez,2003-02-31\n{new string('x', 10_000)},2001-01-01\n,\nOda,2003-02-30\n");
        LinkJob.Run(new() { Files = [file] }, TestContext.Current.CancellationToken).Records.ShouldBe(5);
    }
}
