using System.Text.Json;
using CsCheck;

namespace Homeward.Kernel.Tests;

public readonly record struct ThingId(Guid Value) : IStrongId<ThingId>
{
    public static ThingId From(Guid value) => new(value);
    public override string ToString() => StrongId.Text(Value);
}

public sealed class IdTests
{
    private static readonly DateTimeOffset Start = new(2019, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly JsonSerializerOptions Json = new() { Converters = { new StrongIdJson() } };

    private static HouseClock ClockAt(DateTimeOffset instant)
    {
        var clock = new HouseClock();
        clock.DriveTo(instant);
        return clock;
    }

    [Fact]
    public void The_same_seed_gives_the_same_ids_in_the_same_order() =>
        Gen.Long.Sample(seed =>
        {
            IIdSource one = new SeededIds(ClockAt(Start), seed), other = new SeededIds(ClockAt(Start), seed);
            return Enumerable.Range(0, 20).All(_ => one.Next() == other.Next());
        });

    [Fact]
    public void Another_seed_gives_other_ids() =>
        new SeededIds(ClockAt(Start), 1).Next().ShouldNotBe(new SeededIds(ClockAt(Start), 2).Next());

    [Fact]
    public void Seeded_ids_of_a_later_millisecond_sort_after_the_earlier()
    {
        var clock = ClockAt(Start);
        var ids = new SeededIds(clock, 7);
        var made = new List<Guid>();
        for (var step = 0; step < 200; step++)
        {
            made.Add(ids.Next());
            clock.DriveTo(clock.GetUtcNow().AddMilliseconds(1 + (step * 37 % 100_000)));
        }
        made.ShouldBeInOrder();
        // The text that SQLite sorts by, and the bytes that PostgreSQL sorts by, agree with that.
        made.Select(id => id.ToString().ToUpperInvariant()).Order(StringComparer.Ordinal).ShouldBe(made.Select(id => id.ToString().ToUpperInvariant()));
        made.Select(id => Convert.ToHexString(id.ToByteArray(bigEndian: true))).Order(StringComparer.Ordinal)
            .ShouldBe(made.Select(id => Convert.ToHexString(id.ToByteArray(bigEndian: true))));
    }

    [Fact]
    public void Both_sources_give_version_7_of_RFC_9562()
    {
        IIdSource[] sources = [new SeededIds(ClockAt(Start), 1), new TimeOrderedIds(ClockAt(Start))];
        foreach (var id in sources.Select(source => source.Next()))
        {
            (id.Version, id.Variant >> 2).ShouldBe((7, 0b10));
            Convert.ToInt64(id.ToString("N")[..12], 16).ShouldBe(Start.ToUnixTimeMilliseconds());
        }
    }

    [Fact]
    public void Many_threads_never_get_one_id_twice()
    {
        foreach (IIdSource ids in new IIdSource[] { new SeededIds(ClockAt(Start), 3), new TimeOrderedIds(ClockAt(Start)) })
        {
            var made = new Guid[20_000];
            Parallel.For(0, made.Length, index => made[index] = ids.Next());
            made.Distinct().Count().ShouldBe(made.Length);
        }
    }

    /// <summary>Chance is drawn for many ids at once: none of its bits stands still, and no two ids have a part of it in common.</summary>
    [Fact]
    public void Every_bit_of_chance_is_chance()
    {
        IIdSource ids = new TimeOrderedIds(ClockAt(Start));
        var made = Enumerable.Range(0, 1_000).Select(_ => ids.Next().ToByteArray(bigEndian: true)[6..]).ToList();
        for (var bit = 0; bit < 80; bit++)
        {
            if (bit < 4 || bit is 16 or 17) continue;
            made.Count(chance => (chance[bit / 8] >> (7 - (bit % 8)) & 1) == 1).ShouldBeInRange(350, 650, $"bit {bit}");
        }
        for (var from = 0; from + 5 <= 10; from += 5)
            made.Select(chance => Convert.ToHexString(chance.AsSpan(from, 5))).Distinct().Count().ShouldBe(made.Count);
    }

    [Fact]
    public void A_strong_id_reads_back_from_its_text_and_its_JSON() =>
        Gen.Guid.Where(value => value != Guid.Empty).Select(value => new ThingId(value)).Sample(id =>
            StrongId.TryParse<ThingId>(id.ToString(), out var read) && read == id
            && JsonSerializer.Deserialize<ThingId>(JsonSerializer.Serialize(id, Json), Json) == id);

    [Theory]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("123")]
    [InlineData("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    public void The_empty_id_and_what_is_none_are_refused(string? text) =>
        StrongId.TryParse<ThingId>(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("12")]
    [InlineData("\"00000000000000000000000000000000\"")]
    public void JSON_that_is_no_id_is_a_fault_of_the_JSON(string json) =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<ThingId>(json, Json));

    [Fact]
    public void Only_strong_ids_are_taken_for_strong_ids()
    {
        StrongId.IsStrongId(typeof(ThingId)).ShouldBeTrue();
        StrongId.IsStrongId(typeof(Guid)).ShouldBeFalse();
        StrongId.IsStrongId(typeof(PartialDate)).ShouldBeFalse();
    }
}
