namespace Homeward.Linkage.Tests;

/// <summary>Training finds the parameters that made the data, and a sweep sees each pair once.</summary>
public sealed class TrainingTests
{
    private static Dataset Invent(int people, double error, int seed)
    {
        var (random, data) = (new Random(seed), new Dataset());
        var columns = data.Begin("invented", ["word", "number", "code", "day"]);
        for (var person = 0; person < people; person++)
        {
            string[] truth = [$"w{random.Next(400):000}", $"{random.Next(3000):0000}", $"c{random.Next(8)}", $"{1950 + random.Next(50)}-{1 + random.Next(12):00}-{1 + random.Next(28):00}"];
            for (var copy = 0; copy < 1 + (person % 2); copy++)
            {
                for (var i = 0; i < columns.Length; i++)
                    columns[i].Add(data.RowCount, random.NextDouble() < error ? i == 3 ? "1900-01-01" : $"{truth[i]}x{random.Next(1000)}" : truth[i]);
                data.EndRow();
            }
        }
        data.EndSource();
        return data;
    }

    private static LinkageSettings Settings(params string[] rules) => new()
    {
        Fields = [new("word", FieldKind.Text), new("number", FieldKind.Identifier), new("code", FieldKind.Code), new("day", FieldKind.Date)],
        Comparisons =
        [
            .. ((string[])["word", "number", "code", "day"]).Select(field =>
                new Comparison(field, [new("same", Likeness.Same) { M = 0.8, U = 0.1 }, new("differs", Likeness.Else) { M = 0.2, U = 0.9 }])),
        ],
        Blocking = [.. rules.Select(BlockingRule.Parse)],
        Prior = 0.001,
    };

    [Fact]
    public void Known_m_u_and_prior_are_recovered()
    {
        const double error = 0.1;
        var data = Invent(people: 2000, error, seed: 7);
        var settings = Settings("same(word)", "same(number)", "day(day)");
        var (rows, keys, scorer) = Ready(data, settings);
        var sampling = new PairSampling(rows, keys, scorer, PairScope.All(rows.RowCount));
        var pairs = (double)data.RowCount * (data.RowCount - 1) / 2;
        var report = new Training(settings, sampling.FromBlocks([0, 0, 0]), sampling.AtRandom(), pairs, agreeing: sampling.Agreeing()).Run();

        report.Converged.ShouldBeTrue();
        report.NotLearnt.ShouldBeEmpty();
        // Both copies are right, or both wrong in the same way, which only the day can be.
        const double agree = (1 - error) * (1 - error);
        foreach (var comparison in report.Settings.Comparisons)
            comparison.Levels[0].M.ShouldBe(agree, comparison.Field == "day" ? 0.05 : 0.04, comparison.Field);
        report.Settings.Comparisons[0].Levels[0].U.ShouldBe(agree / 400, 0.0003);
        report.Settings.Comparisons[1].Levels[0].U.ShouldBe(agree / 3000, 0.00005);
        report.Settings.Comparisons[2].Levels[0].U.ShouldBe(agree / 8, 0.01);
        (report.Settings.Prior * pairs).ShouldBe(1000, 60);
    }

    [Fact]
    public void A_crowd_of_namesakes_does_not_teach_what_matches_look_like()
    {
        // Word and code go together, as given and family names of one origin do: far more pairs share both than chance alone would bring about.
        const double error = 0.05;
        var (random, data) = (new Random(9), new Dataset());
        var columns = data.Begin("namesakes", ["word", "number", "code", "day"]);
        for (var person = 0; person < 4000; person++)
        {
            var origin = random.Next(10);
            string[] truth = [$"w{origin}-{random.Next(60)}", $"{random.Next(1_000_000):000000}", $"c{origin}", $"{1950 + random.Next(50)}-{1 + random.Next(12):00}-{1 + random.Next(28):00}"];
            for (var copy = 0; copy < 1 + (person % 2); copy++)
            {
                for (var i = 0; i < columns.Length; i++)
                    columns[i].Add(data.RowCount, random.NextDouble() < error ? i == 3 ? $"{1850 + random.Next(99)}-01-01" : $"{truth[i]}x{random.Next(1000)}" : truth[i]);
                data.EndRow();
            }
        }
        data.EndSource();
        var settings = Settings("same(word) + same(code)", "same(number)", "same(day)");
        var (rows, keys, scorer) = Ready(data, settings);
        var sampling = new PairSampling(rows, keys, scorer, PairScope.All(rows.RowCount));
        var pairs = (double)data.RowCount * (data.RowCount - 1) / 2;
        var report = new Training(settings, sampling.FromBlocks([0, 0, 0]), sampling.AtRandom(), pairs, agreeing: sampling.Agreeing()).Run();

        report.Converged.ShouldBeTrue();
        const double agree = (1 - error) * (1 - error);
        foreach (var comparison in report.Settings.Comparisons) comparison.Levels[0].M.ShouldBe(agree, 0.06, comparison.Field);
        (report.Settings.Prior * pairs).ShouldBe(2000, 200);
    }

    [Fact]
    public void A_sweep_sees_each_pair_that_shares_a_key_once_and_no_other()
    {
        var data = Invent(people: 150, error: 0.2, seed: 8);
        var settings = Settings("same(code) + year(day)", "same(number)", "word(word|code)", "same(word)", "prefix(word)", "day(day)", "sound(code)", "year(day)", "same(day)", "prefix(number)");
        var (rows, keys, scorer) = Ready(data, settings);
        var sweep = new PairSweep(rows, keys, scorer, PairScope.All(rows.RowCount));
        var seen = new List<(int, int)>();
        for (var rule = 0; rule < keys.RuleCount; rule++)
            foreach (var receiver in sweep.Sweep(rule, 1, () => new Collector())) seen.AddRange(receiver.Pairs);
        seen.Distinct().Count().ShouldBe(seen.Count);

        var (all, found, other) = (new Keys(settings), new List<uint>(), new List<uint>());
        for (var left = 0; left < data.RowCount; left++)
        {
            for (var right = left + 1; right < data.RowCount; right++)
            {
                all.Collect(rows[left], found);
                all.Collect(rows[right], other);
                seen.Contains((left, right)).ShouldBe(found.Intersect(other).Any(), $"{left} {right}");
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_several_files_only_pairs_that_may_be_are_counted_swept_and_drawn(bool within)
    {
        var data = Invent(people: 60, error: 0.2, seed: 8);
        foreach (var seed in (int[])[8, 9])
        {
            var more = Invent(people: 40, error: 0.2, seed);
            var columns = data.Begin($"more{seed}", [.. more.Columns.Select(column => column.Name)]);
            for (var row = 0; row < more.RowCount; row++)
            {
                for (var i = 0; i < columns.Length; i++) columns[i].Add(data.RowCount, more.Columns[i][row]);
                data.EndRow();
            }
            data.EndSource();
        }
        bool May(int left, int right) => data.SourceOf(left) is var source && (source != data.SourceOf(right) || (within && source != 1));
        var all = (from left in Enumerable.Range(0, data.RowCount) from right in Enumerable.Range(left + 1, data.RowCount - left - 1) select (Left: left, Right: right)).ToList();

        var scope = PairScope.Of(data, within, ["more8"]);
        all.Where(pair => scope.Allows(pair.Left, pair.Right) != May(pair.Left, pair.Right) || scope.Allows(pair.Right, pair.Left) != May(pair.Left, pair.Right)).ShouldBeEmpty();
        scope.PairCount.ShouldBe(all.Count(pair => May(pair.Left, pair.Right)));
        scope.Each().ShouldBe(all.Where(pair => May(pair.Left, pair.Right)));

        var ready = Ready(data, Settings("same(word)")).Item1;
        for (var field = 0; field < 4; field++)
        {
            var known = all.Where(pair => May(pair.Left, pair.Right) && ready.Numbers(pair.Left)[field] != 0 && ready.Numbers(pair.Right)[field] != 0).ToList();
            scope.Count(ready, field).ShouldBe((known.Count(pair => ready.Numbers(pair.Left)[field] == ready.Numbers(pair.Right)[field]), known.Count));
        }

        // Drawn as often from each two files as these have pairs.
        var drawn = scope.Draw(new Random(5), 40_000).Where(pair => pair.Left != pair.Right).ToList();
        drawn.Where(pair => !May(pair.Left, pair.Right)).ShouldBeEmpty();
        var shareOfFirstTwo = drawn.Count(pair => (data.SourceOf(pair.Left), data.SourceOf(pair.Right)) == (0, 1)) / (double)drawn.Count;
        shareOfFirstTwo.ShouldBe(all.Count(pair => (data.SourceOf(pair.Left), data.SourceOf(pair.Right)) == (0, 1)) / scope.PairCount, 0.02);

        var settings = Settings("same(word)", "same(number)", "prefix(word)", "day(day)");
        var (rows, keys, scorer) = Ready(data, settings);
        var sweep = new PairSweep(rows, keys, scorer, scope);
        var found = new Keys(settings);
        var seen = new List<(int, int)>();
        for (var rule = 0; rule < keys.RuleCount; rule++)
        {
            foreach (var receiver in sweep.Sweep(rule, 1, () => new Collector())) seen.AddRange(receiver.Pairs);
            var (one, other) = (new List<ulong>(), new List<ulong>());
            PairSweep.CountPairs(keys.Entries(rule), scope).ShouldBe(all.Count(pair =>
            {
                one.Clear();
                other.Clear();
                found.Collect(rule, rows[pair.Left], one);
                found.Collect(rule, rows[pair.Right], other);
                return May(pair.Left, pair.Right) && one.Intersect(other).Any();
            }));
        }
        seen.Distinct().Count().ShouldBe(seen.Count);
        seen.Order().ShouldBe(all.Where(pair => May(pair.Left, pair.Right) && keys.SharedRules(pair.Left, pair.Right) != 0));
    }

    private static (RowTable, BlockKeys, Scorer) Ready(Dataset data, LinkageSettings settings)
    {
        var rows = new RowTable(data, settings);
        return (rows, new BlockKeys(rows, settings), new Scorer(settings));
    }

    private sealed class Collector : PairSweep.IReceiver
    {
        public List<(int, int)> Pairs { get; } = [];
        public void Take(int left, int right, ReadOnlySpan<byte> levels) =>
            Pairs.Add((Math.Min(left, right), Math.Max(left, right)));
    }
}
