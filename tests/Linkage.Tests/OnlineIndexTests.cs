using Homeward.Kernel;

namespace Homeward.Linkage.Tests;

public sealed class OnlineIndexTests
{
    private static readonly string[] Syllables =
        ["ra", "sol", "be", "ni", "ka", "mur", "lo", "ten", "dra", "vi", "os", "el", "fa", "gri", "hu", "jan", "pe", "qui", "zu", "wel"];

    private static string Name(Random random) =>
        string.Concat(Enumerable.Range(0, 2 + random.Next(2))
            .Select(_ => Syllables[(int)(random.NextDouble() * random.NextDouble() * 20)]));

    private static IEnumerable<PersonRecord> People(int count, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            yield return new PersonRecord($"p{i}")
            {
                GivenName = Name(random),
                FamilyName = Name(random),
                BornOn = PartialDate.Of(new DateOnly(2001, 1, 1).AddDays(random.Next(6000))),
                Sex = random.Next(2) == 0 ? "F" : "M",
                City = "Town" + random.Next(300), State = "KS",
                Phones = [$"316555{random.Next(10000):0000}"],
            };
        }
    }

    private static OnlineIndex IndexOf(IEnumerable<PersonRecord> people) =>
        OnlineIndex.Build(PersonSchema.Settings, people.Select(person => person.ToRecord()));

    [Fact]
    public void A_record_that_was_put_is_seen_by_the_next_query()
    {
        var index = new OnlineIndex(PersonSchema.Settings);
        var person = People(1, 1).Single();
        index.Query((person with { Id = "probe" }).ToRecord()).Candidates.ShouldBeEmpty();
        index.Put(person.ToRecord());
        index.Query((person with { Id = "probe" }).ToRecord()).Candidates.Single().Id.ShouldBe("p0");
        index.Put((person with { GivenName = "Zelda", FamilyName = "Quist", BornOn = default, Phones = [], City = null,
            State = null }).ToRecord());
        index.Query((person with { Id = "probe" }).ToRecord()).Candidates.ShouldBeEmpty();
        index.Remove("p0").ShouldBeTrue();
        index.Remove("p0").ShouldBeFalse();
        index.Count.ShouldBe(0);
    }

    [Fact]
    public void Built_at_once_or_one_by_one_the_answers_are_the_same()
    {
        var people = People(6000, 2).ToList();
        var built = IndexOf(people);
        var grown = new OnlineIndex(PersonSchema.Settings);
        foreach (var person in Enumerable.Reverse(people)) grown.Put(person.ToRecord());
        foreach (var person in people.Take(200))
        {
            var probe = (person with { Id = "probe" }).ToRecord();
            var options = new QueryOptions { ComparedMax = int.MaxValue };
            grown.Query(probe, options).Candidates.Select(found => (found.Id, found.Weight))
                .ShouldBe(built.Query(probe, options).Candidates.Select(found => (found.Id, found.Weight)));
        }
    }

    [Fact]
    public void The_index_finds_what_comparing_with_all_would_find()
    {
        var people = People(800, 3).ToList();
        var index = IndexOf(people);
        var scorer = new Scorer(PersonSchema.Settings);
        foreach (var person in people.Take(60))
        {
            var probe = (person with { Id = "probe", Phones = [], City = null, State = null,
                GivenName = person.FamilyName, FamilyName = person.GivenName }).ToRecord();
            var best = people.Select(other => other.ToRecord()).Select(other => (other.Id, Weight: scorer.Weight(probe, other)))
                .Where(found => found.Weight > 0).OrderByDescending(found => found.Weight)
                    .ThenBy(found => found.Id, StringComparer.Ordinal).Take(3);
            index.Query(probe, new() { Top = 3, WeightMin = 0 }).Candidates.Select(found => found.Id)
                .ShouldBe(best.Select(found => found.Id));
        }
    }

    [Fact]
    public void A_query_compares_few_of_five_thousand_records()
    {
        // Time depends on the machine, so the bench measures it; what makes a query fast is what it leaves out.
        var index = IndexOf(People(5000, 4));
        var found = People(1000, 5).Select(person => index.Query((person with { Id = "q" }).ToRecord(), new() { Top = 5 })).ToList();
        found.Average(result => result.Compared).ShouldBeLessThan(120);
        found.ShouldAllBe(result => result.KeysSkipped == 0);
    }

    [Fact]
    public void Too_common_keys_are_skipped_and_counted()
    {
        var index = IndexOf(People(3000, 7).Select(person => person with { GivenName = "Mia", FamilyName = "Cruz", City = "Derby" }));
        var probe = new PersonRecord("q") { GivenName = "Mia", FamilyName = "Cruz", City = "Derby", State = "KS",
            BornOn = PartialDate.OfYear(2005) };
        var result = index.Query(probe.ToRecord(), new() { ComparedMax = 500 });
        result.KeysSkipped.ShouldBeGreaterThan(0);
        result.Compared.ShouldBeLessThan(500);
        result.Candidates.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Readers_go_on_while_records_come_and_go()
    {
        var people = People(3000, 6).ToList();
        var index = IndexOf(people.Take(1000));
        var sure = (people[0] with { Id = "probe" }).ToRecord();
        var done = false;
        var reader = Task.Run(() =>
        {
            while (!Volatile.Read(ref done)) index.Query(sure).Candidates[0].Weight.ShouldBeGreaterThan(5);
        }, TestContext.Current.CancellationToken);
        foreach (var person in people.Skip(1000)) index.Put(person.ToRecord());
        foreach (var person in people.Skip(1500)) index.Remove(person.Id);
        foreach (var person in people.Take(500)) index.Put(person.ToRecord());
        Volatile.Write(ref done, true);
        await reader;
        index.Count.ShouldBe(1500);
    }

    [Fact]
    public async Task Many_ask_and_many_change_and_no_answer_is_ever_wrong()
    {
        // Enough changes to be merged in the background several times while readers ask.
        var people = People(10_000, 8).ToList();
        var index = IndexOf(people.Take(1000));
        var writers = Enumerable.Range(0, 3).Select(writer => Task.Run(() =>
        {
            for (var i = 1000 + writer; i < people.Count; i += 3)
            {
                index.Put(people[i].ToRecord());
                if (i % 5 == 0) index.Put((people[i] with { City = "Derby" }).ToRecord());
                if (i % 4 == 0) index.Remove(people[i].Id);
            }
        })).ToArray();
        var readers = Enumerable.Range(0, 3).Select(reader => Task.Run(() =>
        {
            var asked = 0;
            for (; !writers.All(writer => writer.IsCompleted) || asked < 50; asked++)
            {
                // The first thousand never change: whoever asks for them finds them, whatever goes on.
                var person = people[(asked * 7 + reader) % 1000];
                var found = index.Query((person with { Id = "probe" }).ToRecord(), new() { Top = 3 });
                found.Candidates.Select(candidate => candidate.Id).ShouldContain(person.Id);
                found.Candidates.Select(candidate => candidate.Id).ShouldBeUnique();
            }
        })).ToArray();
        await Task.WhenAll([.. writers, .. readers]);

        var expected = people.Where((_, i) => i < 1000 || i % 4 != 0).ToList();
        index.Count.ShouldBe(expected.Count);
        var built = IndexOf(expected.Select(person => int.Parse(person.Id.AsSpan(1),
            System.Globalization.CultureInfo.InvariantCulture) is >= 1000 and var i && i % 5 == 0
            ? person with { City = "Derby" } : person));
        foreach (var person in people.Skip(1000).Take(150))
        {
            var probe = (person with { Id = "probe" }).ToRecord();
            var all = new QueryOptions { ComparedMax = int.MaxValue };
            index.Query(probe, all).Candidates.Select(found => (found.Id, found.Weight))
                .ShouldBe(built.Query(probe, all).Candidates.Select(found => (found.Id, found.Weight)));
        }
    }

    [Fact]
    public void Of_records_that_stand_for_one_the_best_is_a_candidate_and_the_others_take_no_place()
    {
        var people = People(400, 12).ToList();
        var index = IndexOf(people.SelectMany(person => new[]
        {
            person with { Id = $"{person.Id}/0" }, person with { Id = $"{person.Id}/1", GivenName = "Zo" }, person with { Id = $"{person.Id}/2", City = null, State = null },
        }));
        var (all, several) = (new QueryOptions { Top = int.MaxValue, ComparedMax = int.MaxValue }, 0);
        foreach (var person in people)
        {
            var probe = (person with { Id = "probe", City = "Derby" }).ToRecord();
            var found = index.Query(probe, all).Candidates.Select(one => (one.Id, one.Weight)).ToList();
            var best = found.DistinctBy(one => Stem(one.Id)).Take(5).ToList();
            if (found.Take(5).DistinctBy(one => Stem(one.Id)).Count() < best.Count) several++;
            index.Query(probe, all with { Top = 5, AreOne = (one, other) => Stem(one) == Stem(other) }).Candidates.Select(one => (one.Id, one.Weight)).ShouldBe(best);
        }
        several.ShouldBeGreaterThan(100);

        static string Stem(string id) => id[..id.IndexOf('/', StringComparison.Ordinal)];
    }

    [Fact]
    public void A_saved_index_answers_as_the_one_that_was_saved()
    {
        var folder = Directory.CreateTempSubdirectory("linkage-").FullName;
        try
        {
            var path = Path.Combine(folder, "people.index");
            var people = People(3000, 9).ToList();
            var index = IndexOf(people);
            index.Save(path);
            Same(index, OnlineIndex.Load(path, PersonSchema.Settings), people);

            // Changed since: rows that came, changed and went are in the next one.
            foreach (var person in people.Take(100)) index.Put((person with { City = "Derby", Aliases = ["Zo Quist"] }).ToRecord());
            foreach (var person in people.Skip(100).Take(100)) index.Remove(person.Id);
            index.Save(path);
            var loaded = OnlineIndex.Load(path, PersonSchema.Settings);
            loaded.Count.ShouldBe(2900);
            Same(index, loaded, people);
            loaded.Put((people[150] with { City = "Derby" }).ToRecord());
            loaded.Query((people[150] with { Id = "probe" }).ToRecord()).Candidates.ShouldContain(found => found.Id == people[150].Id);

            // Other rules: the keys are made anew, the records are the same.
            var other = PersonSchema.Settings with { Blocking = [BlockingRule.Parse("day(birth date)")] };
            OnlineIndex.Load(path, other).Query((people[300] with { Id = "probe" }).ToRecord())
                .Candidates.ShouldContain(found => found.Id == people[300].Id);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        static void Same(OnlineIndex one, OnlineIndex other, List<PersonRecord> people)
        {
            foreach (var person in people.Take(250))
            {
                var probe = (person with { Id = "probe" }).ToRecord();
                other.Query(probe).Candidates.Select(found => (found.Id, found.Weight, found.Record))
                    .ShouldBe(one.Query(probe).Candidates.Select(found => (found.Id, found.Weight, found.Record)));
            }
        }
    }

    /// <summary>Values that are told from one another only as they are written, or not at all.</summary>
    private static readonly string[] Odd = ["", "Unknown", "?", "Ana Sofía", "ANA SOFÍA", "a\u001fb", "\ud800 alone", "陳 小明", "Noël", "x@example.org", "+1 316 555 0142", "1999-02-31", "199"];

    /// <summary>Records of any form: fields that nobody knows, that come again after another, with several values, and texts that are no text.</summary>
    private static List<LinkRecord> Strange(int count, int seed)
    {
        var random = new Random(seed);
        string[] fields = [.. PersonSchema.Settings.Fields.Select(field => field.Name), "of nobody"];
        return [.. Enumerable.Range(0, count).Select(number =>
        {
            var record = new LinkRecord(number % 3 == 0 ? $"{new Guid(number, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10):N}/{number}" : number % 3 == 1 ? $"é{number}" : $"r{number}", number % 2 == 0 ? "report" : "");
            for (var values = random.Next(9); values > 0; values--)
                record.With(fields[random.Next(fields.Length)], random.Next(2) == 0 ? Odd[random.Next(Odd.Length)] : Name(random));
            return record;
        })];
    }

    /// <summary>Short names beside whole ones, and one family name beside two: alike with hardly a letter in common.</summary>
    private static IEnumerable<LinkRecord> CalledOtherwise(int count, int seed)
    {
        string[] given = ["Margaret", "Peggy", "Robert", "Bob", "William", "Bill"], family = ["Abernathy", "Quillfeather", "Abernathy Quillfeather", "Oxenbridge"];
        var random = new Random(seed);
        foreach (var person in People(count, seed))
            yield return (person with { Id = "o" + person.Id, GivenName = given[random.Next(given.Length)], FamilyName = family[random.Next(family.Length)] }).ToRecord();
    }

    [Theory]
    [InlineData(Lexicon.Max)]
    [InlineData(40)]
    [InlineData(0)]
    public void A_record_comes_back_as_it_was_and_weighs_the_same_wherever_its_texts_are_kept(int lexiconMax)
    {
        List<LinkRecord> records = [.. Strange(1500, 12), .. CalledOtherwise(400, 15)];
        var builder = new OnlineIndexBuilder(PersonSchema.Settings, lexiconMax);
        foreach (var record in records) builder.Add(record);
        var index = builder.Build();
        var byId = records.ToDictionary(record => record.Id, StringComparer.Ordinal);
        var scorer = new Scorer(PersonSchema.Settings);
        var found = 0;
        List<LinkRecord> asked = [.. records.Take(300), .. records.TakeLast(300)];
        foreach (var record in asked)
        {
            var probe = record with { Id = "probe" };
            foreach (var candidate in index.Query(probe, new() { Top = 20 }).Candidates)
            {
                // Asked for nothing lighter it is found as well: what it can weigh at most is told well.
                index.Query(probe, new() { Top = 50, WeightMin = candidate.Weight - 1e-9 }).Candidates.ShouldContain(one => one.Id == candidate.Id);
                candidate.Record.ShouldBe(byId[candidate.Id]);
                candidate.Weight.ShouldBe(scorer.Weight(record, candidate.Record), 1e-9);
                candidate.Explanation.Weight.ShouldBe(candidate.Weight, 1e-9);
                found++;
            }
        }
        found.ShouldBeGreaterThan(1000);
        // And nothing is left out for where it is kept.
        var grown = new OnlineIndex(PersonSchema.Settings);
        foreach (var record in records) grown.Put(record);
        foreach (var record in asked)
        {
            var (probe, all) = (record with { Id = "probe" }, new QueryOptions { Top = 50, ComparedMax = int.MaxValue });
            index.Query(probe, all).Candidates.Select(candidate => (candidate.Id, candidate.Weight))
                .ShouldBe(grown.Query(probe, all).Candidates.Select(candidate => (candidate.Id, candidate.Weight)));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_two_records_with_one_id_the_later_stands(bool atOnce)
    {
        var people = People(400, 13).ToList();
        List<LinkRecord> twice = [.. people.Select(person => person.ToRecord()), .. people.Take(150).Select(person => (person with { Sex = "X", City = "Derby" }).ToRecord())];
        var index = OnlineIndex.Build(PersonSchema.Settings, atOnce ? twice : twice.Where(_ => true));
        index.Count.ShouldBe(400);
        foreach (var person in people.Take(150))
            index.Query((person with { Id = "probe" }).ToRecord(), new() { ComparedMax = int.MaxValue }).Candidates
                .Single(candidate => candidate.Id == person.Id).Record[PersonSchema.Sex].ShouldBe(["X"]);
        foreach (var person in people) index.Remove(person.Id).ShouldBeTrue();
        index.Query((people[0] with { Id = "probe" }).ToRecord()).Candidates.ShouldBeEmpty();
        index.Count.ShouldBe(0);
    }

    [Fact]
    public void A_row_takes_few_bytes_and_none_of_what_comes_again()
    {
        var piece = new RowPiece(0, 2000, new Lexicon(PersonSchema.Settings), keys: null);
        foreach (var person in People(2000, 14)) piece.Add((person with { Id = $"{Guid.CreateVersion7():N}/0" }).ToRecord());
        piece.Close();
        // An id of 128 bits with what follows it, and of six fields the name and a number of three bytes at most.
        (piece.ByteCount / 2000.0).ShouldBeLessThan(20 + 2 + (6 * 4));
    }

    [Fact]
    public void A_snapshot_that_was_cut_or_changed_anywhere_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("linkage-").FullName;
        try
        {
            var path = Path.Combine(folder, "people.index");
            IndexOf(People(40, 10)).Save(path);
            var whole = File.ReadAllBytes(path);
            var random = new Random(11);
            for (var round = 0; round < 60; round++)
            {
                var bytes = round % 2 == 0 ? whole[..random.Next(whole.Length)] : [.. whole];
                if (round % 2 == 1) bytes[random.Next(bytes.Length)] ^= (byte)(1 + random.Next(255));
                File.WriteAllBytes(path, bytes);
                Should.Throw<LinkageException>(() => OnlineIndex.Load(path, PersonSchema.Settings)).Message.ShouldContain("no snapshot");
            }
            Should.Throw<LinkageException>(() => OnlineIndex.Load(Path.Combine(folder, "none"), PersonSchema.Settings));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
