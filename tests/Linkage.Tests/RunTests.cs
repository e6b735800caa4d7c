using System.Text.Json;
using Parquet;

namespace Homeward.Linkage.Tests;

/// <summary>Runs as people do them: with decisions and labels, again with other rows, compared with the last.</summary>
public sealed class RunTests : IDisposable
{
    private const string People = "id,name,born\nr1,Ana Lopez,2003-04-03\nr2,Ana Lopez,2003-04-03\nr3,Oda Ruiz,1999-01-01\nr4,Ted Ng,1988-02-02\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("linkage-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Written(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private string Out(string name) => Path.Combine(_folder, name);

    private string[] ClustersOf(string folder) =>
        [.. File.ReadAllLines(Path.Combine(Out(folder), "clusters.csv")).Skip(1).Select(line => line.Split(',')).GroupBy(cells => cells[0], cells => cells[1])
            .Select(cluster => string.Join('+', cluster.Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal)];

    [Fact]
    public void Decisions_in_a_file_win_and_survive_rows_that_move()
    {
        var decisions = Written("decided.csv",
            "left,right,judgement,by\nr1,r2,not the same,Officer A\nr3,r4,same,Officer B\nr1,r9,same,Officer B\nr1,r3,unsure,Officer A\n");
        var told = new List<string>();
        LinkJob.Run(new() { Files = [Written("p.csv", People)], DecisionsFile = decisions, OutFolder = Out("one"), Tell = told.Add });
        ClustersOf("one").ShouldBe(["r1", "r2", "r3+r4"]);
        told.ShouldContain(line => line.Contains("1 speak of records that are not there", StringComparison.Ordinal));

        var lines = People.TrimEnd('\n').Split('\n');
        LinkJob.Run(new() { Files = [Written("q.csv", string.Join('\n', [lines[0], .. lines.Skip(1).Reverse()]))],
            DecisionsFile = decisions, OutFolder = Out("two") });
        ClustersOf("two").ShouldBe(["r1", "r2", "r3+r4"]);
    }

    [Fact]
    public void A_yes_brings_along_the_records_that_were_with_either()
    {
        // Two persons of two records each, as unlike as can be; a person says that they are one.
        var rows = string.Concat(Enumerable.Range(0, 60).Select(i =>
            $"p{i}a,Name{i},19{i + 10}-01-02,Town{i}\np{i}b,Name{i},19{i + 10}-01-02,Town{i}\n"));
        var decided = Written("decided.csv", "left,right,judgement\np3a,p7a,same\n");
        LinkJob.Run(new() { Files = [Written("p.csv", "id,name,born,town\n" + rows)], DecisionsFile = decided, OutFolder = Out("one") });
        ClustersOf("one").ShouldContain("p3a+p3b+p7a+p7b");
    }

    [Fact]
    public void Decisions_that_contradict_one_another_are_told_and_the_no_stands()
    {
        var decisions = Written("decided.csv", "left,right,judgement\nr1,r2,same\nr2,r3,same\nr1,r3,not the same\n");
        var told = new List<string>();
        LinkJob.Run(new() { Files = [Written("p.csv", People)], DecisionsFile = decisions, OutFolder = Out("one"), Tell = told.Add });
        told.ShouldContain(line => line.StartsWith("decisions contradict one another: r2 and r3 were decided the same", StringComparison.Ordinal));
        ClustersOf("one").ShouldBe(["r1+r2", "r3", "r4"]);
        File.ReadAllText(Path.Combine(Out("one"), "report.html")).ShouldContain("a person decided that members of the two groups are not the same");
    }

    [Fact]
    public void The_later_of_two_decisions_stands()
    {
        var decisions = Written("decided.csv", "left,right,judgement\nr1,r2,not the same\nr2,r1,same\n");
        LinkJob.Run(new() { Files = [Written("p.csv", People)], DecisionsFile = decisions, OutFolder = Out("one") });
        ClustersOf("one").ShouldBe(["r1+r2", "r3", "r4"]);
    }

    [Theory]
    [InlineData("left,right\nr1,r2\n", "needs the columns left, right, judgement")]
    [InlineData("left,right,judgement\nr1,r2,perhaps\nr1,r3,maybe\n", "row 2: \"maybe\" is no judgement")]
    public void A_file_of_decisions_that_cannot_be_read_is_refused(string text, string says) => Should.Throw<LinkageException>(() =>
        LinkJob.Run(new() { Files = [Written("p.csv", People)], DecisionsFile = Written("decided.csv", text) }))
            .Message.ShouldContain(says);

    [Fact]
    public void Records_of_two_files_are_named_with_their_file_where_ids_repeat()
    {
        var (one, two) = (Written("a.csv", People), Written("b.csv", People));
        LinkJob.Run(new() { Files = [one, two], DecisionsFile = Written("d.csv",
            "left,right,judgement\na.csv:r3,b.csv:r3,not the same\n"), OutFolder = Out("one") });
        ClustersOf("one").ShouldContain("a.csv:r3");
        ClustersOf("one").ShouldContain("b.csv:r3");
        ClustersOf("one").ShouldContain(cluster => cluster.Contains("a.csv:r4+b.csv:r4", StringComparison.Ordinal));
    }

    [Fact]
    public void Duplicates_inside_a_file_are_found_when_asked_for_and_never_in_an_exclusive_one()
    {
        var (one, two) = (Written("a.csv", People), Written("b.csv", "id,name,born\nx1,Ana Lopez,2003-04-03\nx3,Oda Ruiz,1999-01-01\n"));
        LinkJob.Run(new() { Files = [one, two], WithinFiles = true, OutFolder = Out("within") });
        ClustersOf("within").ShouldContain("r1+r2+x1");
        LinkJob.Run(new() { Files = [one, two], WithinFiles = true, ExclusiveSources = ["a.csv"], OutFolder = Out("exclusive") });
        ClustersOf("exclusive").ShouldContain("r1+x1");
        ClustersOf("exclusive").ShouldContain("r2");
        Should.Throw<LinkageException>(() => LinkJob.Run(new() { Files = [one, two], ExclusiveSources = ["a.cvs"] }))
            .Message.ShouldContain("Did you mean \"a.csv\"?");
    }

    [Fact]
    public void A_cluster_that_would_be_too_large_is_set_aside_with_its_pair_unless_a_person_decided_it()
    {
        // One person five times over: every pair scores alike.
        var file = Written("a.csv", "id,name,born\n" + string.Concat(Enumerable.Range(1, 5).Select(i => $"r{i},Ana Lopez,2003-04-03\n")) + "r6,Oda Ruiz,1999-01-01\nr7,Ben Stone,2001-07-09\n");
        LinkJob.Run(new() { Files = [file], ClusterSizeMax = 3, OutFolder = Out("cut") });
        ClustersOf("cut").Max(cluster => cluster.Split('+').Length).ShouldBe(3);
        var aside = File.ReadAllLines(Path.Combine(Out("cut"), "set-aside.csv"));
        aside[0].ShouldBe("left,right,weight,left_cluster,right_cluster,left_records,right_records,why");
        aside.Length.ShouldBeGreaterThan(1);
        aside.Skip(1).ShouldAllBe(line => line.Contains("and 3 are the most", StringComparison.Ordinal));

        LinkJob.Run(new() { Files = [file], OutFolder = Out("whole") });
        ClustersOf("whole").ShouldContain("r1+r2+r3+r4+r5");
        LinkJob.Run(new() { Files = [file], ClusterSizeMax = 3, OutFolder = Out("decided"), DecisionsFile = Written("d.csv", "left,right,judgement\n"
            + string.Concat(Enumerable.Range(1, 4).Select(i => $"r{i},r{i + 1},same\n"))) });
        ClustersOf("decided").ShouldContain("r1+r2+r3+r4+r5");
        Should.Throw<LinkageException>(() => LinkJob.Run(new() { Files = [file], ClusterSizeMax = 1 })).Message.ShouldContain("clusterSizeMax");
    }

    [Fact]
    public void Three_files_are_linked()
    {
        string[] files = [Written("a.csv", People), Written("b.csv", "id,name,born\nx1,Ana Lopez,2003-04-03\n"),
            Written("c.csv", "id,name,born\ny3,Oda Ruiz,1999-01-01\ny4,Ana Lopez,2003-04-03\n")];
        LinkJob.Run(new() { Files = files, OutFolder = Out("one"), ExclusiveSources = ["a.csv"] });
        ClustersOf("one").ShouldContain("r3+y3");
        ClustersOf("one").ShouldContain(cluster => cluster.Contains("x1+y4", StringComparison.Ordinal));
    }

    [Fact]
    public void Labels_teach_what_the_blocks_cannot()
    {
        // Half of the pairs that truly match differ in the code: only labels say so, for every rule needs the code.
        var rows = Enumerable.Range(0, 600).SelectMany(i => (string[])[$"{2 * i},w{i * 7919 % 600},{i % 40}",
            $"{(2 * i) + 1},w{i * 7919 % 600},{(i % 2 == 0 ? i % 40 : (i + 17) % 40)}"]);
        var file = Written("p.csv", "id,word,code\n" + string.Join('\n', rows));
        var settings = LinkageSettings.FromJson("""
            { "fields": [ { "name": "word", "kind": "text" }, { "name": "code", "kind": "code" } ],
              "comparisons": [ { "field": "word", "levels": [ { "label": "same", "likeness": "same", "m": 0.9, "u": 0.01 }, { "label": "rest", "likeness": "else", "m": 0.1, "u": 0.9 } ] },
                               { "field": "code", "levels": [ { "label": "same", "likeness": "same", "m": 0.9, "u": 0.1 }, { "label": "rest", "likeness": "else", "m": 0.1, "u": 0.9 } ] } ],
              "blocking": [ "same(word) + same(code)" ], "prior": 0.001 }
            """);
        double Learnt(LinkOptions options) => LinkJob.Run(options).Settings.Comparisons[1].Levels[0].M;
        var plain = new LinkOptions { Files = [file], Settings = settings, Id = "id" };
        Learnt(plain).ShouldBeGreaterThan(0.9);
        var labels = "left,right,judgement\n" + string.Join('\n', Enumerable.Range(0, 200).Select(i => $"{2 * i},{(2 * i) + 1},same"));
        var learnt = LinkJob.Run(plain with { LabelsFile = Written("labels.csv", labels) }).Settings;
        learnt.Comparisons[1].Levels[0].M.ShouldBe(0.5, 0.03);
        learnt.LearntFrom!.Labelled.ShouldBe(200);
    }

    [Fact]
    public void What_rests_on_starting_values_is_told()
    {
        var told = new List<string>();
        LinkJob.Run(new() { Files = [Written("p.csv", People)], Tell = told.Add });
        told.ShouldContain(line => line.Contains("fewer than 3 leave m and prior poorly determined", StringComparison.Ordinal));
        told.ShouldContain(line => line.Contains("few matching pairs taught", StringComparison.Ordinal)
            || line.Contains("starting values", StringComparison.Ordinal));
    }

    [Fact]
    public void A_model_that_found_towns_rather_than_persons_is_told()
    {
        // Every column tells the town, none the person.
        var rows = string.Concat(Enumerable.Range(0, 900).Select(i => $"{i},Town{i % 30},{10000 + (i % 30 * 137)},County{i % 30 * 7}\n"));
        var told = new List<string>();
        LinkJob.Run(new() { Files = [Written("p.csv", "id,town,zip,county\n" + rows)], Tell = told.Add });
        told.ShouldContain(line => line.Contains("may tell a household, a town or a group", StringComparison.Ordinal));
    }

    [Fact]
    public void What_changed_between_two_runs_is_told_in_three_forms()
    {
        LinkJob.Run(new() { Files = [Written("p.csv", People)], OutFolder = Out("monday") });
        var tuesday = People.Replace("r4,Ted Ng,1988-02-02\n", "r5,Oda Ruiz,1999-01-01\n", StringComparison.Ordinal);
        var decided = Written("d.csv", "left,right,judgement\nr1,r2,not the same\nr3,r1,same\n");
        var summary = LinkJob.Run(new() { Files = [Written("p.csv", tuesday)], OutFolder = Out("tuesday"),
            Since = Out("monday"), DecisionsFile = decided });
        var changes = summary.Changes.ShouldNotBeNull();
        changes.Added.ShouldBe(["r5"]);
        changes.Gone.ShouldBe(["r4"]);
        changes.Parted.Single().Parts.ShouldBe([["r1"], ["r2"]]);
        changes.Joined.Single().Parts.ShouldBe([["r1"], ["r3"]]);
        changes.ToText().ShouldContain("parted: r1 | r2");
        changes.ToHtml().ShouldContain("Parted: together before, apart now");
        File.ReadAllText(Path.Combine(Out("tuesday"), "report.html")).ShouldContain("What changed since the earlier run");
        using var json = JsonDocument.Parse(RunChanges.Between(Out("monday"), Out("tuesday")).ToJson());
        json.RootElement.GetProperty("added")[0].GetString().ShouldBe("r5");
        RunChanges.Between(Out("monday"), Out("monday")).IsNothing.ShouldBeTrue();
        Should.Throw<LinkageException>(() => RunChanges.Between(_folder, Out("monday"))).Message.ShouldContain("holds no clusters.csv");
    }

    [Fact]
    public async Task Parquet_out_holds_what_the_csv_holds()
    {
        LinkJob.Run(new() { Files = [Written("p.csv", People)], OutFolder = Out("both"),
            Forms = TableForms.Csv | TableForms.Parquet }, TestContext.Current.CancellationToken);
        foreach (var name in (string[])["clusters", "pairs"])
        {
            var (csv, parquet) = (new Dataset(), new Dataset());
            CsvSource.Read(csv, Path.Combine(Out("both"), name + ".csv"), "csv");
            ParquetSource.Read(parquet, Path.Combine(Out("both"), name + ".parquet"), "parquet", CancellationToken.None);
            parquet.RowCount.ShouldBe(csv.RowCount);
            foreach (var column in csv.Columns)
                for (var row = 0; row < csv.RowCount; row++)
                    Rounded(parquet[column.Name]![row]).ShouldBe(Rounded(column[row]), $"{name}, {column.Name}");
        }
        // And what was written is read again as a list.
        LinkJob.Run(new() { Files = [Path.Combine(Out("both"), "clusters.parquet")] },
            TestContext.Current.CancellationToken).Records.ShouldBe(4);
        RunChanges.Between(Out("both"), Out("both"), TestContext.Current.CancellationToken).IsNothing.ShouldBeTrue();
        await Task.CompletedTask;

        static string Rounded(string text) => double.TryParse(text, out var number)
            ? Math.Round(number, 5).ToString("0.#####", System.Globalization.CultureInfo.InvariantCulture) : text;
    }

    [Fact]
    public void Two_records_are_explained_by_their_names()
    {
        var file = Written("p.csv", People);
        LinkJob.Explain(new() { Files = [file] }, "r1", "r2").Probability.ShouldBeGreaterThan(0.5);
        Should.Throw<LinkageException>(() => LinkJob.Explain(new() { Files = [file] }, "r1", "r77"))
            .Message.ShouldContain("no record \"r77\"");
    }
}
