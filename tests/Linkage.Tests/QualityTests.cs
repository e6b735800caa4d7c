using System.Text.RegularExpressions;
using CsCheck;
using System.Xml.Linq;

namespace Homeward.Linkage.Tests;

/// <summary>The measures against hand counts, and the page that shows them.</summary>
public sealed partial class QualityTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("linkage-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Written(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>The first two hundred persons of Febrl 1, two records each: enough to measure, and quick.</summary>
    private string Febrl()
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Data", "febrl1.csv"));
        return Written("febrl.csv", string.Join('\n', lines.Where((line, i) => i == 0 || Person(line) < 200)));

        static int Person(string line) => int.Parse(line.Split('-')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static Dataset Table(string header, params string[] rows)
    {
        var data = new Dataset();
        var columns = data.Begin("t", header.Split(','));
        foreach (var row in rows)
        {
            var cells = row.Split(',');
            for (var i = 0; i < columns.Length; i++) columns[i].Add(data.RowCount, cells[i]);
            data.EndRow();
        }
        data.EndSource();
        return data;
    }

    [Fact]
    public void Pairs_and_clusters_are_measured_as_by_hand()
    {
        // Persons a a a b b c; clusters 0 0 1 1 1 2: implied pairs 1 + 3, true pairs 3 + 1, both: (1,2) and (4,5).
        var truth = Truth.Read(Table("who", "a", "a", "a", "b", "b", "c"), "who");
        int[] clusters = [0, 0, 1, 1, 1, 2];
        truth.OfPairs(clusters, null).ShouldBe(new(2 / 4.0, 2 / 4.0));
        // B-cubed precision: (1 + 1 + 1/3 + 2/3 + 2/3 + 1) / 6; recall: (2/3 + 2/3 + 1/3 + 1 + 1 + 1) / 6.
        var cubed = truth.OfClusters(clusters);
        cubed.Precision.ShouldBe(14 / 18.0, 1e-12);
        cubed.Recall.ShouldBe(14 / 18.0, 1e-12);
    }

    [Fact]
    public void Pairs_of_a_group_are_those_with_a_member_on_either_side()
    {
        var truth = Truth.Read(Table("who", "a", "a", "a", "b", "b", "c"), "who");
        // The group is row 3 alone: true pairs (1,3) (2,3), implied (3,4) (3,5), both none.
        var counts = truth.OfPairs([0, 0, 1, 1, 1, 2], null, [false, false, true, false, false, false]);
        counts.ShouldBe(new PairCounts(0, 2, 2));
    }

    [Fact]
    public void Between_two_files_only_pairs_across_count() =>
        Truth.Read(Table("who", "a", "a", "a", "b"), "who").OfPairs([0, 0, 0, 1], row => row < 2 ? 0 : 1).ShouldBe(new(1, 1));

    [Fact]
    public void Measures_are_those_of_counting_pair_by_pair_and_record_by_record() =>
        Gen.Select(Gen.Int[-1, 5], Gen.Int[0, 5], Gen.Int[0, 1], Gen.Bool).Array[1, 14].Where(rows => rows.Any(row => row.Item1 >= 0)).Sample(rows =>
        {
            // An empty cell says nothing of who it is; clusters are numbered without gaps; rows of a source lie together.
            rows = [.. rows.OrderBy(row => row.Item3)];
            var truth = Truth.Read(Table("who", [.. rows.Select(row => row.Item1 < 0 ? "" : $"p{row.Item1}")]), "who");
            var clusters = Dense([.. rows.Select(row => row.Item2)]);
            var isOfGroup = rows.Select(row => row.Item4).ToArray();
            foreach (var sourceOf in (Func<int, int>?[])[null, row => rows[row].Item3])
            {
                var pairs = (from left in Enumerable.Range(0, rows.Length)
                             from right in Enumerable.Range(left + 1, rows.Length - left - 1)
                             where rows[left].Item1 >= 0 && rows[right].Item1 >= 0 && (sourceOf is null || sourceOf(left) != sourceOf(right))
                             select (left, right)).ToList();
                PairCounts Count(Func<(int left, int right), bool> isCounted) => new(
                    pairs.Count(pair => isCounted(pair) && Same(pair) && Joined(pair)), pairs.Count(pair => isCounted(pair) && Joined(pair)), pairs.Count(pair => isCounted(pair) && Same(pair)));
                var fresh = Truth.Read(Table("who", [.. rows.Select(row => row.Item1 < 0 ? "" : $"p{row.Item1}")]), "who");
                fresh.OfPairs(clusters, sourceOf).ShouldBe(Count(_ => true).Quality);
                fresh.OfPairs(clusters, sourceOf, isOfGroup).ShouldBe(Count(pair => isOfGroup[pair.left] || isOfGroup[pair.right]));
            }
            var known = Enumerable.Range(0, rows.Length).Where(row => rows[row].Item1 >= 0).ToList();
            var cubed = truth.OfClusters(clusters);
            cubed.Precision.ShouldBe(known.Average(row => known.Count(other => Same((row, other)) && Joined((row, other))) / (double)known.Count(other => Joined((row, other)))), 1e-12);
            cubed.Recall.ShouldBe(known.Average(row => known.Count(other => Same((row, other)) && Joined((row, other))) / (double)known.Count(other => Same((row, other)))), 1e-12);
            truth.Persons().SelectMany(person => person).Order().ShouldBe(known);

            bool Same((int left, int right) pair) => rows[pair.left].Item1 == rows[pair.right].Item1;
            bool Joined((int left, int right) pair) => clusters[pair.left] == clusters[pair.right];
        }, iter: 2000);

    [Fact]
    public void The_report_measures_what_a_linkage_did()
    {
        var summary = LinkJob.Run(new() { Files = [Febrl()],
            Truth = @"rec_id=rec-(\d+)-", Measures = true });
        var report = summary.Report.ShouldNotBeNull();
        report.Pairs!.F1.ShouldBe(summary.PairQuality!.F1);
        report.BlockingRecall.ShouldBe(1, "each record is compared with each");
        report.Curve!.IsCounted.ShouldBeTrue();
        report.Curve.Best!.F1.ShouldBeGreaterThan(0.99);
        report.Curve.Points.Zip(report.Curve.Points.Skip(1)).ShouldAllBe(pair => pair.First.Recall <= pair.Second.Recall + 1e-12);
        report.Curve.Points[^1].Recall.ShouldBe(report.BlockingRecall!.Value, 1e-9);
        report.Curve.ForPrecision(0.99)!.Precision.ShouldBeGreaterThanOrEqualTo(0.99);
        report.Shape.SizeCounts.Sum(size => size.Key * size.Value).ShouldBe(400);
        report.Columns.Single(column => column.Column == "postcode").FilledByFile.Single().ShouldBeGreaterThan(0.9);
        report.ToText().ShouldContain("thresholds, by the truth");
    }

    [Fact]
    public void Without_a_truth_the_model_s_own_probabilities_choose_the_threshold()
    {
        var report = LinkJob.Run(new() { Files = [Febrl()], Measures = true }).Report!;
        report.Pairs.ShouldBeNull();
        report.BlockingRecall.ShouldBeNull();
        report.Curve!.IsCounted.ShouldBeFalse();
        report.Curve.Best!.F1.ShouldBeGreaterThan(0.98);
        report.ToText().ShouldContain("the model's own probabilities");
    }

    [Fact]
    public void Blocking_is_weighed_before_anything_is_compared()
    {
        var file = Written("p.csv",
            "id,name,town,who\n1,Ana Lopez,Derby,a\n2,Ana Lopes,Derby,a\n3,Ana Lopez,Wichita,b\n4,Oda Ruiz,Wichita,c\n5,Oda Ruiz,Derby,c\n");
        var settings = LinkageSettings.FromJson("""
            { "fields": [ { "name": "name", "kind": "fullName" }, { "name": "town", "kind": "text" } ],
              "comparisons": [ { "field": "name", "levels": [ { "label": "same", "likeness": "same" } ] } ],
              "blocking": [ "same(name)", "same(town)" ] }
            """);
        var analysis = LinkJob.WeighBlocking(new() { Files = [file], Settings = settings, Truth = "who" });
        analysis.Rules.Select(rule => (rule.Pairs, rule.LargestBlock)).ShouldBe([(2L, 2), (4L, 3)]);
        // True pairs: (1,2) by town, (4,5) by name.
        analysis.Rules.Select(rule => rule.Recall).ShouldBe([0.5, 0.5]);
        analysis.Rules.Select(rule => rule.RecallAlone).ShouldBe([0.5, 0.5]);
        (analysis.Recall, analysis.AllPairs, analysis.PairsMax).ShouldBe((1.0, 10.0, 6.0));
        (analysis with { Recall = 0.8 }).ToText().ShouldContain("20.00 % of the true pairs would never be seen");
    }

    [Theory]
    [InlineData("Garcia", "mostly of Hispanic")]
    [InlineData("Nguyen", "mostly of Asian")]
    [InlineData("Garcia-Lopez", "mostly of Hispanic")]
    [InlineData("Kowalczyk", "mostly of White")]
    [InlineData("Qwertzuiop", "not in the census table")]
    public void A_family_name_has_an_origin(string name, string origin) =>
        NameTables.OriginOf(Homeward.Kernel.Names.Fold(name)).ShouldContain(origin);

    [Fact]
    public void A_group_of_names_that_is_matched_worse_is_shown_as_a_gap()
    {
        // Each person twice; the second records of one group have another birth year and are lost.
        var rows = Enumerable.Range(0, 400).SelectMany(i => (string[])
            [$"p{i},{(i % 4 == 0 ? "Garcia" : "Miller")},n{i},1", $"p{i},{(i % 4 == 0 ? "Garcia" : "Miller")},n{i},1"]).ToArray();
        var data = Table("who,surname,code,x", rows);
        var settings = new LinkageSettings
        {
            Fields = [new("surname", FieldKind.FamilyName)], Comparisons = [new("surname", [new("same",
                Likeness.Same)])], Blocking = [new([])],
        };
        int[] clusters = [.. Enumerable.Range(0, 800).Select(row => row / 2 % 4 == 0 ? row : row / 2 * 2)];
        var groups = Measuring.Of(data, new(settings, Dense(clusters)), Truth.Read(data, "who")).Groups;
        groups.Single(group => group.Group.Contains("Hispanic", StringComparison.Ordinal)).IsGap.ShouldBeTrue();
        groups.Where(group => group.Group.Contains("White", StringComparison.Ordinal))
            .ShouldAllBe(group => !group.IsGap && group.Quality!.Recall == 1);
    }

    [Fact]
    public void The_page_is_one_file_without_scripts_and_each_chart_has_a_finding_and_a_table()
    {
        var outFolder = Path.Combine(_folder, "out");
        LinkJob.Run(new() { Files = [Febrl()],
            Truth = @"rec_id=rec-(\d+)-", OutFolder = outFolder });
        var html = File.ReadAllText(Path.Combine(outFolder, "report.html"));
        html.ShouldNotContain("<script");
        Regex.IsMatch(html, "(src|href)=\"?https?:").ShouldBeFalse("nothing is fetched");
        html.ShouldContain("prefers-color-scheme:dark");
        html.ShouldContain("@media print");
        var figures = FigurePattern().Matches(html).Select(match => match.Value).ToList();
        figures.Count.ShouldBeGreaterThan(8);
        figures.ShouldAllBe(figure => figure.Contains("role=\"img\" aria-label=\"", StringComparison.Ordinal)
            && figure.Contains("<table>", StringComparison.Ordinal) && figure.Contains("<figcaption>", StringComparison.Ordinal));
        foreach (var svg in SvgPattern().Matches(html).Select(match => match.Value)) XElement.Parse(svg);
    }

    [Fact]
    public void A_pair_that_alone_holds_two_parts_together_is_named()
    {
        // Two triangles and one pair between them; a tail of one record is no part.
        RowPair[] pairs = [new(0, 1, 9), new(1, 2, 9), new(0, 2, 9), new(3, 4, 9), new(4, 5, 9), new(3, 5, 9),
            new(2, 3, 1.5), new(5, 6, 2)];
        var bridge = Bridges.Of(pairs, [0, 0, 0, 0, 0, 0, 0]).ShouldHaveSingleItem();
        (bridge.Pair.Left, bridge.Pair.Right, bridge.LeftSize, bridge.RightSize).ShouldBe((2, 3, 3, 4));
    }

    [Fact]
    public void Bridges_are_the_same_as_taking_each_pair_away_would_find() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 9]).Array[0, 16].Sample(edges =>
        {
            var pairs = edges.Where(edge => edge.Item1 != edge.Item2)
                .Select(edge => (Math.Min(edge.Item1, edge.Item2), Math.Max(edge.Item1, edge.Item2)))
                .Distinct().Select(edge => new RowPair(edge.Item1, edge.Item2, 1)).ToArray();
            var clusters = Components(pairs);
            var expected = pairs.Where(pair =>
            {
                var without = Components([.. pairs.Where(other => other != pair)]);
                int Part(int row) => without.Count(part => part == without[row]);
                return without[pair.Left] != without[pair.Right] && Part(pair.Left) >= 2 && Part(pair.Right) >= 2;
            }).Select(pair => (pair.Left, pair.Right));
            Bridges.Of(pairs, Dense(clusters)).Select(bridge => (bridge.Pair.Left, bridge.Pair.Right))
                .ShouldBe(expected, ignoreOrder: true);
        });

    private static int[] Components(RowPair[] pairs)
    {
        int[] parts = [.. Enumerable.Range(0, 10)];
        for (var round = 0; round < 10; round++)
            foreach (var pair in pairs) parts[pair.Left] = parts[pair.Right] = Math.Min(parts[pair.Left], parts[pair.Right]);
        return parts;
    }

    private static int[] Dense(int[] clusters)
    {
        var numbers = new Dictionary<int, int>();
        return [.. clusters.Select(cluster => numbers.TryGetValue(cluster, out var number) ? number : numbers[cluster] = numbers.Count)];
    }

    [GeneratedRegex("<figure>.*?</figure>", RegexOptions.Singleline)]
    private static partial Regex FigurePattern();

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex SvgPattern();
}
