using System.Text;
using CsCheck;

namespace Homeward.Linkage.Tests;

/// <summary>The fast paths of a batch say what the plain ones say.</summary>
public sealed class BatchTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("linkage-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static readonly string[] _kindsOfText =
    [
        "", "Ana", "ANA", "Anna", "Elizabeth", "Liz", "Solberg", "Solberg-Ruiz", "Ruiz", "Smith", "Smyth", "A", "José", "Jose", "de la Cruz", "Иван",
        "2003-04-03", "2003-03-04", "2003", "2003-04", "2003-02-31", "2003-04-13", "2003-04-30", "1999-12-30", "2002-07-02..2003-07-01",
        "ana.solberg@post.example", "ana.solberg@mail.example", "ana.solbergg@post.example", "316-555-0143", "3165550134", "Wichita, KS", "Wichita, KS @37.69,-97.34",
        "150..160", "155", "rena_s", new('x', 70), new string('x', 69) + "y", "Mia | Rena", "Rena;Ana;Liz",
    ];

    private static readonly string[] _namesOfNobody = ["unknown", "N/A", "none", "Baby Girl", "JANE DOE", "Doe", "no-name", "?", "-", "Withheld", "Liz", "Bob Lee", "Unknown_Female", "not known"];

    private static readonly Gen<string> _text = Gen.Int[0, _kindsOfText.Length - 1].Select(i => _kindsOfText[i]);

    private static Dataset DataOf(params string[][] rows)
    {
        var data = new Dataset();
        var columns = data.Begin("list", ["one", "two"]);
        foreach (var row in rows)
        {
            for (var i = 0; i < columns.Length; i++) columns[i].Add(data.RowCount, row[i]);
            data.EndRow();
        }
        data.EndSource();
        return data;
    }

    [Fact]
    public void Sets_that_differ_and_share_a_member_are_not_given_up_before_they_are_looked_at()
    {
        var settings = new LinkageSettings
        {
            Fields = [new("one", FieldKind.FullName) { IsSet = true }, new("two", FieldKind.FullName)],
            Comparisons = [new("one", [new("same", Likeness.Same) { M = 0.6, U = 0.01, ByFrequency = true }])], Blocking = [BlockingRule.Parse("same(one)")],
        };
        var rows = new RowTable(DataOf(["Rena;Ana;Liz", ""], ["Ana", ""]), settings);
        var scorer = new Scorer(settings);
        var (batch, weight) = (new BatchScorer(scorer, rows), scorer.Weight(rows[0], rows[1]));
        batch.WeightFrom(weight, rows.Meet(0, 1), new ValuePairs(), batch.NewHand()).ShouldBe(weight);
    }

    [Fact]
    public void A_row_is_compared_and_weighed_as_its_values_are() =>
        Gen.Select(Gen.Enum<FieldKind>(), Gen.Bool, Gen.Enum<Likeness>().Array[1, 6], Gen.Int[0, 2], _text.Array[4, 4]).Sample((kind, isSet, likenesses, threshold, texts) =>
        {
            var settings = new LinkageSettings
            {
                Fields = [new("one", kind) { IsSet = isSet, DateOrder = DateOrder.YearMonthDay }, new("two", kind)],
                Comparisons = [new("one", [.. likenesses.Select((likeness, i) => new Level("level", likeness) { M = 0.6 - (0.09 * i), U = 0.01 * (i + 1), ByFrequency = threshold == 1, Threshold = likeness == Likeness.Similar ? 0.7 + (threshold * 0.1) : threshold + 1 })]) { With = ["two", "one"] }],
                Blocking = [BlockingRule.Parse("same(one)")],
            };
            // What settings may not say need not be compared.
            if (settings.FindFaults().Any()) return;
            var rows = new RowTable(DataOf([texts[0], texts[1]], [texts[2], texts[3]], ["x", "y"]), settings);
            var (scorer, batch) = (new Scorer(settings), new BatchScorer(new Scorer(settings), rows));
            Span<byte> plain = stackalloc byte[1], fast = stackalloc byte[1], again = stackalloc byte[1];
            var known = new ValuePairs();
            scorer.Compare(rows[0], rows[1], plain);
            batch.Comparer.Compare(0, 1, known, fast);
            fast[0].ShouldBe(plain[0], string.Join(" / ", likenesses));
            batch.Comparer.Compare(1, 0, known, again);
            again[0].ShouldBe(plain[0], "from the cache");
            var weight = scorer.Weight(rows[0], rows[1], plain);
            batch.Weight(0, 1, fast).ShouldBe(weight);
            var bars = new double[1];
            batch.Waterfall(0, 1, known, bars);
            bars[0].ShouldBe(scorer.Explain(rows[0], rows[1]).Waterfall.SingleOrDefault()?.Weight ?? double.NaN);
            batch.WeightFrom(weight, rows.Meet(0, 1), known, batch.NewHand()).ShouldBe(weight);
            batch.WeightFrom(weight + 0.01, rows.Meet(0, 1), known, batch.NewHand()).ShouldBe(double.NegativeInfinity);
            Span<double> most = stackalloc double[1];
            scorer.MostWith(rows[0], most);
            scorer.WeightFrom(weight, rows[0], rows[1], most).ShouldBe(weight);
            scorer.WeightFrom(weight + 0.01, rows[0], rows[1], most).ShouldBe(double.NegativeInfinity);
        }, iter: 5_000);

    private static readonly string[] _addresses = ["", "ana@post.example", "ana@mail.example", "anna@post.example", "rena_s@mail.example", "liz"];

    /// <summary>Given names that several formal ones shorten to, some in common, and compound ones.</summary>
    private static readonly string[] _known = ["Alex", "Sandy", "Alexander", "Chris", "Christina", "Tina", "Chris Alex", "Sam", "Samantha", "Al", "Ana Maria", "Maria Ana"];

    private static readonly Gen<string> _day = Gen.OneOf(
        Gen.Select(Gen.Int[1998, 2013], Gen.Int[1, 12], Gen.Int[1, 28]).Select((year, month, day) => $"{year:0000}-{month:00}-{day:00}"),
        // Few digits: days that a swap of neighbours, or a shift, makes of one another.
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 4], Gen.Int[0, 6]).Select((year, month, day) =>
            $"{new[] { 2001, 2010, 2011, 2012 }[year]}-{new[] { 1, 2, 10, 11, 12 }[month]:00}-{new[] { 1, 2, 10, 11, 12, 20, 21 }[day]:00}"),
        Gen.Int[0, 9].Select(i => i > 0 ? "2001-01-02" : ""));

    [Fact]
    public unsafe void What_a_screen_rules_out_could_not_weigh_enough_and_whom_it_owns_the_rules_own()
    {
        var (ruledOut, leftOpen) = (0, 0);
        Gen.Select(Gen.Select(_day, Gen.Int[0, _addresses.Length - 1], Gen.OneOf(_text, Gen.Int[0, _known.Length - 1].Select(i => _known[i])), Gen.Int[0, 2]).Array[2, 20], Gen.Double[0.0001, 0.6].Array[9, 9],
            Gen.Int[0, 3].Select(i => new[] { Likeness.SameYear, Likeness.SameMonth, Likeness.DayMonthSwapped, Likeness.SameAnniversary }[i]), Gen.Double[-10, 20], Gen.Bool.Select(isGiven => isGiven ? FieldKind.GivenName : FieldKind.FamilyName)).Sample((people, shares, likeness, weightMin, kind) =>
        {
            Level Of(Likeness like, int i, double threshold = 0) => new($"level {i}", like) { M = shares[i], U = shares[8 - i], Threshold = threshold, ByFrequency = i == 7 };
            var settings = new LinkageSettings
            {
                Fields = [new("born", FieldKind.Date) { DateOrder = DateOrder.YearMonthDay }, new("mail", FieldKind.Email), new("name", kind), new("town", FieldKind.Text)],
                Comparisons =
                [
                    new("born", [Of(Likeness.Same, 0), Of(Likeness.Edits, 1, 1), Of(likeness, 2), Of(Likeness.Edits, 3, 2), Of(Likeness.Else, 4)]),
                    new("mail", [Of(Likeness.Same, 5), Of(Likeness.SameUser, 6), Of(Likeness.Similar, 3, 0.9), Of(Likeness.Else, 4)]),
                    new("name", [Of(Likeness.Same, 7), Of(Likeness.Similar, 2, 0.8), Of(Likeness.Else, 8)]),
                ],
                Blocking = [.. ((string[])["same(born) + same(town)", "nickname(name) + year(born)", "sound(name) + same(town)", "word(name)", "same(name) + year(born)", "same(town)"])
                    .Where((_, rule) => weightMin < 5 || rule is not (1 or 2 or 3)).Select(BlockingRule.Parse)], Prior = 0.01,
            };
            var data = new Dataset();
            var columns = data.Begin("list", ["born", "mail", "name", "town"]);
            foreach (var (born, mail, name, town) in people)
            {
                // One date known in part, and no date of the list is told by its digits alone.
                string[] cells = [born.Length == 0 && weightMin > 15 ? "2001-02" : born, _addresses[mail], name, town == 2 ? "" : "Wichita"];
                for (var i = 0; i < cells.Length; i++) columns[i].Add(data.RowCount, cells[i]);
                data.EndRow();
            }
            data.EndSource();
            var rows = new RowTable(data, settings);
            var (keys, batch, known) = (new BlockKeys(rows, settings), new BatchScorer(new Scorer(settings), rows), new ValuePairs());
            var screen = BlockScreen.Of(batch, rows, keys, weightMin).ShouldNotBeNull();
            var (hand, laid, block) = (batch.NewHand(), new BlockScreen.Columns(), new int[people.Length * rows.Stride]);
            for (var rule = 0; rule < keys.RuleCount; rule++)
            {
                var entries = keys.Entries(rule);
                for (int start = 0, end; start < entries.Length; start = end)
                {
                    for (end = start + 1; end < entries.Length && entries[end] >> 32 == entries[start] >> 32;) end++;
                    fixed (int* cells = block)
                    {
                        for (var row = start; row < end; row++) rows.CopyTo((int)(uint)entries[row], cells + ((row - start) * rows.Stride));
                        screen.Lay(rule, entries.AsSpan(start..end), cells, laid);
                        fixed (int* memory = laid.Memory)
                        {
                            for (var lead = 0; lead < end - start; lead++)
                            {
                                batch.Lead(hand, lead, cells + (lead * rows.Stride));
                                for (var other = lead + 1; other < end - start; other++)
                                {
                                    var may = screen.Look(rule, memory, laid.Length, lead, other, hand.Same, out var owned, out var open) & 1;
                                    var met = rows.Meet((int)(uint)entries[start + lead], (int)(uint)entries[start + other]);
                                    var owns = keys.Owns(rule, (uint)(entries[start] >> 32), met);
                                    owns.ShouldBe(OwnsByWords(rule, (uint)(entries[start] >> 32), met.Left, met.Right), $"{rule} {people[met.Left]} and {people[met.Right]}");
                                    if ((open & 1) != 0) Interlocked.Increment(ref leftOpen);
                                    else (owned & 1).ShouldBe(owns ? 1U : 0);
                                    if (!owns || may == 1) continue;
                                    batch.WeightFrom(weightMin, met, known, batch.NewHand()).ShouldBe(double.NegativeInfinity, $"{people[met.Left]} and {people[met.Right]}");
                                    Interlocked.Increment(ref ruledOut);
                                }
                            }
                        }
                    }
                }
            }

            // The first rule, and of it the first key, that both rows have: told from their keys alone.
            bool OwnsByWords(int rule, uint key, int left, int right)
            {
                for (var first = 0; first < keys.RuleCount; first++)
                {
                    var entries = keys.Entries(first);
                    var shared = entries.Where(entry => (int)(uint)entry == left).Select(entry => entry >> 32).Intersect(entries.Where(entry => (int)(uint)entry == right).Select(entry => entry >> 32)).ToList();
                    if (shared.Count == 0) continue;
                    return first == rule && shared.Contains(key) && (shared.Count == 1 || keys.WordIn(rule, key, left).Word == shared.Min(other => keys.WordIn(rule, (uint)other, left).Word));
                }
                return false;
            }
        }, iter: 700);
        ruledOut.ShouldBeGreaterThan(1_000);
        leftOpen.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void A_plain_file_read_in_ranges_is_the_file_read_from_front_to_back() => Gen.Select(
        Gen.String[Gen.Char["ab ,\"\n\r#é\t"], 0, 6].Array[0, 40], Gen.Bool, Gen.Bool).Sample((texts, crlf, mark) =>
        {
            var end = crlf ? "\r\n" : "\n";
            var text = new StringBuilder($"one,two{end}");
            for (var i = 0; i + 1 < texts.Length; i += 2) text.Append(Quoted(texts[i])).Append(',').Append(Quoted(texts[i + 1])).Append(end);
            ReadBothWays(text.ToString(), mark);
        }, iter: 200, threads: 1);

    [Fact]
    public void A_file_that_is_not_plain_is_left_to_the_reader_that_names_the_line() => Gen.String[Gen.Char["ab,\"\n\r#"], 0, 60].Sample(text =>
        ReadBothWays($"one,two\n{text}", mark: false), iter: 400, threads: 1);

    private void ReadBothWays(string text, bool mark)
    {
        var path = Path.Combine(_folder, "list.csv");
        File.WriteAllText(path, text, new UTF8Encoding(mark));
        var (ranges, whole) = (Read(path, 0), Read(path, long.MaxValue));
        ranges.ShouldBe(whole);
    }

    /// <summary>All cells and their numbers, or the refusal.</summary>
    private static string Read(string path, long rangesFrom)
    {
        try
        {
            var data = new Dataset();
            CsvSource.Read(data, path, "list", rangesFrom);
            return string.Join('\n', data.Columns.Select(column => $"{column.Name}:{string.Join('|', column.Codes.Select(code => $"{code}={column.Texts[code]}"))}"));
        }
        catch (LinkageException refusal)
        {
            return refusal.Message;
        }
    }

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\n\r#") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    [Fact]
    public void A_plain_text_read_from_its_bytes_is_the_value_that_it_is() => Gen.Select(
        Gen.Enum<FieldKind>(), Gen.OneOf(Gen.String[Gen.Char["aAnNb @.-_'1\t"], 0, 70], Gen.String[Gen.Char["0123-"], 10, 10], _text,
            Gen.Int[0, _namesOfNobody.Length - 1].Select(i => _namesOfNobody[i]))).Sample((kind, text) =>
        {
            text = text.Trim();
            var field = new Field("one", kind) { DateOrder = DateOrder.YearMonthDay };
            Span<byte> folded = new byte[PlainText.LettersMax];
            if (!PlainText.TryRead(field, Encoding.UTF8.GetBytes(text), folded, out var length, out var record)) return;
            var value = ValueReader.Read(field, text);
            Encoding.UTF8.GetString(folded[..length]).ShouldBe(value?.Folded ?? "");
            if (value is not null) record.ShouldBe(new ValueRecord(value), $"{kind} {text}");
        }, iter: 20_000);

    [Fact]
    public void Texts_keep_their_numbers_however_long_they_are()
    {
        var (table, texts) = (new TextTable(), new List<string> { "" });
        for (var i = 1; i < 3000; i++) texts.Add(i % 500 == 0 ? new string((char)('a' + (i / 500)), 300_000 + i) : $"text {i}");
        foreach (var text in texts) table.Add(text).ShouldBe(texts.IndexOf(text));
        foreach (var text in texts) table.Add(text).ShouldBe(texts.IndexOf(text));
        table.ShouldBe(texts);
        table.Close();
        table.AddAll(table).ShouldBe(Enumerable.Range(0, texts.Count));
    }

    [Fact]
    public void Radix_sorts_as_sorting_does() => Gen.ULong.Array[0, 3000].Sample(numbers =>
    {
        var (keys, items) = (numbers.ToArray(), Enumerable.Range(0, numbers.Length).ToArray());
        Radix.Sort(keys, items);
        keys.ShouldBe(numbers.Order());
        items.ShouldBe(Enumerable.Range(0, numbers.Length).OrderBy(i => numbers[i]));

        var entries = numbers.Select((number, row) => (number % 701 * 6_000_000 << 32) | (uint)row).ToArray();
        Radix.SharedOnly(entries).ShouldBe(entries.GroupBy(entry => entry >> 32).Where(block => block.Count() > 1).SelectMany(block => block).Order());
    }, iter: 200);

    [Fact]
    public void A_table_written_piece_by_piece_is_the_table_written_row_by_row() => Gen.Select(
        Gen.String[Gen.Char["a,é\"\n\r"], 0, 9].Array[1, 9], Gen.Double[-1e10, 1e10], Gen.Int[0, 40_000]).Sample((texts, measure, rows) =>
        {
            foreach (var (name, write) in ((string, Action<TableWriter>)[])[("whole", table => Rows(table, 0, rows)), ("pieces", table => table.Rows(rows, Rows))])
            {
                using var table = TableWriter.Open(Path.Combine(_folder, name), TableForms.Csv, [("text", CellKind.Text), ("bytes", CellKind.Text), ("row", CellKind.Count), ("measure", CellKind.Measure)]);
                write(table);
            }
            File.ReadAllBytes(Path.Combine(_folder, "pieces.csv")).ShouldBe(File.ReadAllBytes(Path.Combine(_folder, "whole.csv")));
            var data = new Dataset();
            CsvSource.Read(data, Path.Combine(_folder, "pieces.csv"), "pieces");
            for (var row = 0; row < rows; row += 97)
            {
                data["text"]![row].ShouldBe(texts[row % texts.Length].Trim());
                data["bytes"]![row].ShouldBe(texts[row % texts.Length].Trim());
                data["row"]![row].ShouldBe(row.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }

            void Rows(TableWriter table, int from, int to)
            {
                for (var row = from; row < to; row++)
                {
                    table.Text(texts[row % texts.Length]);
                    table.Text(Encoding.UTF8.GetBytes(texts[row % texts.Length]));
                    table.Count(row);
                    table.Measure(measure / (row + 1));
                    table.EndRow();
                }
            }
        }, iter: 6, threads: 1);

    [Fact]
    public void A_measure_is_written_to_the_nearest_millionth_without_idle_zeros() => Gen.OneOf(Gen.Double[-2, 2], Gen.Double[-2e9, 2e9], Gen.Double, Gen.Int[-3_000_000, 3_000_000].Select(number => number / 1e6), Gen.Const(double.NaN)).Array[1, 50].Sample(measures =>
        {
            using (var table = TableWriter.Open(Path.Combine(_folder, "measures"), TableForms.Csv, [("measure", CellKind.Measure)]))
            {
                foreach (var measure in measures)
                {
                    table.Measure(measure);
                    table.EndRow();
                }
            }
            foreach (var (measure, written) in measures.Zip(File.ReadAllLines(Path.Combine(_folder, "measures.csv")).Skip(1)))
            {
                if (double.IsNaN(measure)) written.ShouldBe("");
                else if (Math.Abs(measure) >= 1e9) written.ShouldBe(measure.ToString("0.######", System.Globalization.CultureInfo.InvariantCulture));
                else
                {
                    written.ShouldMatch(@"^(0|-?(0\.|[1-9]\d*(\.|$))(\d{0,5}[1-9])?)$");
                    Math.Abs(double.Parse(written, System.Globalization.CultureInfo.InvariantCulture) - measure).ShouldBeLessThanOrEqualTo(0.500001e-6 + Math.BitIncrement(Math.Abs(measure)) - Math.Abs(measure));
                }
            }
        }, iter: 200, threads: 1);

    [Fact]
    public void A_long_list_is_proposed_what_a_shorter_one_of_the_same_people_is()
    {
        var (shorter, longer) = (Proposed(60_000), Proposed(90_000));
        longer.Fields.ShouldBe(shorter.Fields);
        longer.Blocking.Select(rule => rule.ToString()).ShouldBe(shorter.Blocking.Select(rule => rule.ToString()));

        static LinkageSettings Proposed(int rows)
        {
            var (data, dice) = (new Dataset(), new Random(7));
            var columns = data.Begin("t", ["given", "surname", "dob", "city", "email"]);
            for (var row = 0; row < rows; row++)
            {
                string[] cells = [$"Given{(char)('a' + dice.Next(26))}{(char)('a' + dice.Next(26))}", $"Sur{(char)('a' + dice.Next(26))}{(char)('a' + dice.Next(26))}{(char)('a' + dice.Next(26))}",
                    $"{1950 + dice.Next(60)}-{1 + dice.Next(12):00}-{1 + dice.Next(28):00}", $"Town {(char)('a' + dice.Next(26))}", dice.Next(3) == 0 ? "" : $"{dice.Next(rows)}@mail.example"];
                for (var i = 0; i < columns.Length; i++) columns[i].Add(row, cells[i]);
                data.EndRow();
            }
            data.EndSource();
            return Proposal.Of(data, new Dictionary<string, string>()).Settings;
        }
    }
}
