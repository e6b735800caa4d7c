using System.Diagnostics;
using Homeward.Linkage;

namespace Homeward.Bench;

/// <summary>One record against a million, while a person waits.</summary>
internal static class QueryBench
{
    private const int Records = 1_000_000;
    private const int Queries = 20_000;
    private const ulong Seed = 7;

    public static IAsyncEnumerable<BenchLine> RunAsync() => Run(Seed).ToAsyncEnumerable();

    public static IEnumerable<BenchLine> Run(ulong seed)
    {
        var maker = new PeopleMaker(Records, seed);
        var records = new LinkRecord[Records];
        Parallel.For(0, Records, i => records[i] = RecordOf(maker[i], $"r{i}"));
        // What making the people left behind is not the index's to clear away.
        GC.Collect();
        var meter = new Meter();
        var index = OnlineIndex.Build(PersonSchema.Settings, records);
        yield return BenchLine.Less("linkage.query.build", meter.Lap().Seconds, "s", "limit of the issue: an index of 1 M in 5 s", 5);

        var times = new double[Queries];
        var found = 0;
        for (var i = -Queries / 4; i < Queries; i++)
        {
            // A new report of a person who is there: another slip, and a number of its own.
            var dice = new Dice(seed, (ulong)(Queries + i));
            var person = maker[dice.Below(Records)];
            var probe = RecordOf(person with { Surname = Slips.Word(person.Surname, ref dice), Email = "" }, "probe");
            var started = Stopwatch.GetTimestamp();
            var answer = index.Query(probe, new() { Top = 5 });
            var took = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            if (i < 0) continue;
            times[i] = took;
            if (answer.Candidates.Any(candidate => candidate.Id == $"r{person.Id}")) found++;
        }
        Array.Sort(times);
        yield return BenchLine.Less("linkage.query.p50", times.At(0.5), "ms", "limit of the issue for p99: 1 ms", 1);
        yield return BenchLine.Less("linkage.query.p99", times.At(0.99), "ms", "limit of the issue: 1 ms", 1);
        yield return BenchLine.More("linkage.query.found", (double)found / Queries, "share among the best five", "all of them", 1);
    }

    internal static LinkRecord RecordOf(in MadeRecord made, string id) => new PersonRecord(id)
    {
        GivenName = made.FirstName, FamilyName = made.Surname, City = made.City, Emails = made.Email.Length == 0 ? [] : [made.Email],
        BornOn = Kernel.PartialDate.TryParse(made.Born, out var born) ? born : default,
    }.ToRecord();
}
