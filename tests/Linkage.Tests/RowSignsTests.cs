using System.Globalization;
using CsCheck;
using Homeward.Kernel;

namespace Homeward.Linkage.Tests;

public sealed class RowSignsTests
{
    private static readonly Scorer _scorer = new(PersonSchema.Settings);
    private static readonly DateOnly _start = new(1999, 1, 1);

    [Fact]
    public void A_span_beside_a_day_weighs_by_the_days_between_what_the_comparison_says() =>
        Gen.Select(Gen.Int[0, 6000], Gen.Int[1, 900], Gen.Int[0, 7000]).Sample((first, length, day) =>
        {
            var comparison = Enumerable.Range(0, _scorer.ComparisonCount).Single(number => PersonSchema.Settings.Comparisons[number].Field == PersonSchema.Born);
            var right = Values(Text(day));
            var born = PersonSchema.Settings.IndexOf(PersonSchema.Born);
            foreach (var left in (Value?[][])[Values(Text(first) + ".." + Text(first + length)), Values(Text(first)[..4])])
            {
                DaySteps.IsSpan(left[born]!).ShouldBeTrue();
                DaySteps.Of(_scorer, comparison)!.Most((DateValue)left[born]!, _start.AddDays(day).DayNumber).ShouldBe(_scorer.Most(comparison, left, right[born]!));
            }
        });

    /// <param name="count">Of many, family names are so many that their letters stand with the row.</param>
    [Theory]
    [InlineData(500)]
    [InlineData(6_000)]
    public void Most_rows_are_told_by_their_signs_and_none_that_weighs_enough(int count)
    {
        var random = new Random(5);
        string Word() => string.Concat(Enumerable.Range(0, 3).Select(_ => $"{"bdfgklmnprst"[random.Next(12)]}{"aeiou"[random.Next(5)]}"));
        // What two names of two words have in common.
        string[] parts = [.. Enumerable.Range(0, 5).Select(_ => Word())];
        PersonRecord Person(int number) => new($"p{number}", "entry")
        {
            GivenName = random.Next(3) == 0 ? "Maria" : Word(), FamilyName = random.Next(4) == 0 ? $"{Word()} {parts[random.Next(parts.Length)]}" : Word(), Aliases = random.Next(8) == 0 ? [Word()] : [],
            BornOn = PartialDate.Of(_start.AddDays(random.Next(6000))), City = "Town" + random.Next(20), State = "KS", Phones = [.. Enumerable.Range(0, random.Next(3)).Select(_ => $"316555{random.Next(10000):0000}")],
        };
        var persons = Enumerable.Range(0, count).Select(Person).ToList();
        var people = persons.ConvertAll(person => person.ToRecord());
        var (rows, _) = FrozenRows.Of(people.Count, PersonSchema.Settings, null, (from, to, piece) =>
        {
            for (var i = from; i < to; i++) piece.Add(people[i]);
        });
        RowSigns.Of(_scorer, rows, people.Count - 1).ShouldBeNull();
        var signs = RowSigns.Of(_scorer, rows, people.Count)!;
        signs.Places.Count(place => place.More >= 0).ShouldBe(count > Sheets.ValuesMax ? 1 : 0);
        var values = people.ConvertAll(_scorer.Read);
        var (told, light) = (0, 0);
        var most = new double[_scorer.ComparisonCount];
        var ceilings = new Ceilings();
        // An alias may name the other whatever else differs: beside one, nobody is told.
        foreach (var probe in persons.Where(person => person.Aliases.Count == 0).Take(40))
        {
            var left = _scorer.Read((probe with { BornOn = default }).ToRecord().With(PersonSchema.Born, "2003-07-01..2004-06-30"));
            _scorer.MostWith(left, most);
            ceilings.Begin(_scorer, left, most, signs);
            var reaching = Reaching(ceilings, -4, people.Count);
            for (var row = 0; row < people.Count; row++)
            {
                var weight = _scorer.Weight(left, values[row]);
                if (weight < -4) light++;
                if (reaching.Contains(row)) continue;
                told++;
                weight.ShouldBeLessThan(-4);
            }
            ceilings.End();
        }
        ((double)told / light).ShouldBeGreaterThan(0.8);
    }

    [Fact]
    public void What_is_kept_from_query_to_query_is_never_too_little()
    {
        // Few names, some alike, that stand in both fields; towns of one name at two places; more probes than sheets have room.
        var random = new Random(7);
        string[] names = [.. Enumerable.Range(0, 60).Select(_ => $"{"bdfgklm"[random.Next(7)]}{"aeio"[random.Next(4)]}{"lmnrst"[random.Next(6)]}{"aeio"[random.Next(4)]}{"lnrs"[random.Next(4)]}a")];
        string? Name() => random.Next(7) == 0 ? null : names[random.Next(names.Length)];
        PersonRecord Person(int number) => new($"p{number}")
        {
            GivenName = Name(), FamilyName = Name(), City = "Town" + random.Next(3), State = "KS", Latitude = random.Next(3), Longitude = 0,
            BornOn = random.Next(3) == 0 ? PartialDate.Of(_start.AddDays(random.Next(2000))) : default, Age = random.Next(3) == 0 ? null : new(9, 9, _start.AddDays(5000 + random.Next(900))),
        };
        var people = Enumerable.Range(0, 300).Select(number => Person(number).ToRecord()).ToList();
        var (rows, _) = FrozenRows.Of(people.Count, PersonSchema.Settings, null, (from, to, piece) =>
        {
            for (var i = from; i < to; i++) piece.Add(people[i]);
        });
        var signs = RowSigns.Of(_scorer, rows, people.Count)!;
        var values = people.ConvertAll(_scorer.Read);
        var (most, ceilings, told) = (new double[_scorer.ComparisonCount], new Ceilings(), 0);
        for (var probe = 0; probe < 2_000; probe++)
        {
            var left = _scorer.Read(Person(-1).ToRecord());
            var weightMin = random.Next(-8, 8);
            _scorer.MostWith(left, most);
            ceilings.Begin(_scorer, left, most, signs);
            var reaching = Reaching(ceilings, weightMin, people.Count);
            for (var row = 0; row < people.Count; row++)
            {
                if (reaching.Contains(row)) continue;
                told++;
                _scorer.Weight(left, values[row]).ShouldBeLessThan(weightMin);
            }
            ceilings.End();
        }
        told.ShouldBeGreaterThan(300 * 2_000 / 2);
    }

    [Fact]
    public void A_cell_stands_for_no_less_than_its_weight() =>
        Gen.Double[-100, 100].Sample(weight => Sheets.WeightOf(Sheets.CellOf(weight)).ShouldBeInRange(weight - Scorer.RoundingMax, Math.Max(weight, -64) + (1.0 / 128)));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(Keys.PerRuleMax + 12)]
    public void A_shared_number_counts_however_many_a_row_has_and_however_many_share_it(int numbers)
    {
        // All are found by name and town, and none would be named but for the number.
        var probe = new PersonRecord("probe") { GivenName = "Ana", FamilyName = "Quist", BornOn = PartialDate.Of(_start), City = "Topeka", State = "KS", Phones = [Number(numbers)] };
        foreach (var sharing in (int[])[1, 40])
        {
            var people = Enumerable.Range(0, 50).Select(one => new PersonRecord($"p{one}")
            {
                GivenName = "Ana", FamilyName = "Quist", BornOn = PartialDate.Of(_start.AddDays(4000)), City = "Topeka", State = "KS",
                Phones = [.. Enumerable.Range(1, numbers).Select(number => one < sharing ? Number(number) : Number(number, "785444"))],
            }.ToRecord()).ToList();
            var weight = _scorer.Weight(probe.ToRecord(), people[0]);
            weight.ShouldBeGreaterThan(_scorer.Weight(probe.ToRecord(), people[^1]) + 5);
            var found = OnlineIndex.Build(PersonSchema.Settings, people).Query(probe.ToRecord(), new() { Top = 50, WeightMin = weight - 1 });
            found.Candidates.Select(candidate => candidate.Id).ShouldBe(people.Take(sharing).Select(one => one.Id), ignoreOrder: true);
        }

        static string Number(int number, string exchange = "316555") => $"{exchange}{number * 97:0000}";
    }

    [Fact]
    public void Slots_are_known_again_in_their_turn_alone_however_many()
    {
        var marks = new SlotMarks();
        for (var turn = 1; turn <= 3; turn++)
        {
            marks.Begin();
            for (var slot = 0; slot < 5000 * turn; slot++) marks.Add(slot * 7).ShouldBeTrue();
            for (var slot = 0; slot < 5000 * turn; slot++)
            {
                marks.Add(slot * 7).ShouldBeFalse();
                marks.Has((slot * 7) + 1).ShouldBeFalse();
            }
        }
    }

    private static Value?[] Values(string born) => _scorer.Read(new LinkRecord("r").With(PersonSchema.Born, born));

    private static string Text(int day) => _start.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static HashSet<int> Reaching(Ceilings ceilings, double weightMin, int count)
    {
        var reaching = new HashSet<int>();
        foreach (var rows in Enumerable.Range(0, count).Chunk(SignReader.RowsMax))
        {
            var told = ceilings.Reach(weightMin, rows);
            for (var i = 0; i < rows.Length; i++) if ((told >> i & 1) != 0) reaching.Add(rows[i]);
        }
        return reaching;
    }
}
