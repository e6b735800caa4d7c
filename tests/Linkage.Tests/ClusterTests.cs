using CsCheck;

namespace Homeward.Linkage.Tests;

public sealed class ClusterTests
{
    private static readonly string[] Ids = [.. Enumerable.Range(0, 9).Select(i => $"r{i}")];
    private static readonly Gen<ScoredPair[]> Pairs = Gen.Select(Gen.Int[0, 8], Gen.Int[0, 8], Gen.Int[-5, 20])
        .Where((left, right, _) => left != right).Select((left, right, weight) => new ScoredPair(Ids[left], Ids[right], weight)).Array[0, 14];
    private static readonly Gen<DecidedPair[]> Decisions = Gen.Select(Gen.Int[0, 8], Gen.Int[0, 8], Gen.Bool)
        .Where((left, right, _) => left != right)
        .Select((left, right, same) => new DecidedPair(Ids[left], Ids[right], same ? Judgement.Same : Judgement.NotTheSame)).Array[0, 4];

    private static Clusters Of(IEnumerable<ScoredPair> pairs, IEnumerable<DecidedPair>? decisions = null, params string[] exclusive) =>
        Clusters.Of(Ids.Select((id, i) => (id, i < 3 ? "registry" : "tips")), pairs, 0, decisions, exclusive);

    [Fact]
    public void Without_decisions_clusters_are_the_connected_parts() => Pairs.Sample(pairs =>
    {
        var clusters = Of(pairs);
        foreach (var left in Ids)
            foreach (var right in Ids)
                clusters.AreTogether(left, right).ShouldBe(Reach(pairs, left).Contains(right));
    });

    [Fact]
    public void The_order_of_pairs_and_of_records_does_not_matter() => Gen.Select(Pairs, Decisions, Gen.Int[0, 1000]).Sample((pairs, decisions, seed) =>
    {
        var shuffled = pairs.Select(pair => new ScoredPair(pair.Right, pair.Left, pair.Weight)).ToArray();
        new Random(seed).Shuffle(shuffled);
        Of(shuffled, decisions, "registry").All.Select(cluster => string.Join(' ', cluster))
            .ShouldBe(Of(pairs, decisions, "registry").All.Select(cluster => string.Join(' ', cluster)));
    });

    [Fact]
    public void What_a_person_decided_wins() => Gen.Select(Pairs, Decisions).Sample((pairs, decisions) =>
    {
        var clusters = Of(pairs, decisions, "registry");
        var standing = decisions.GroupBy(d => string.CompareOrdinal(d.Left, d.Right) < 0 ? (d.Left, d.Right) : (d.Right, d.Left)).Select(group => group.Last());
        foreach (var decision in standing)
        {
            if (decision.Judgement == Judgement.NotTheSame) clusters.AreTogether(decision.Left, decision.Right).ShouldBeFalse();
            else if (!clusters.AreTogether(decision.Left, decision.Right))
                clusters.Contradictions.ShouldContain(c => (c.Left == decision.Left && c.Right == decision.Right) || (c.Left == decision.Right && c.Right == decision.Left));
        }
    });

    [Fact]
    public void Records_of_an_exclusive_source_join_only_by_a_persons_word()
    {
        ScoredPair[] pairs = [new("r0", "r5", 20), new("r5", "r1", 19)];
        var clusters = Of(pairs, exclusive: "registry");
        clusters.AreTogether("r0", "r5").ShouldBeTrue();
        clusters.AreTogether("r0", "r1").ShouldBeFalse();
        clusters.HeldApart.Single().Reason.ShouldContain("registry");
        Of(pairs, [new("r0", "r1", Judgement.Same)], "registry").AreTogether("r0", "r1").ShouldBeTrue();
    }

    [Fact]
    public void A_no_holds_through_third_records()
    {
        ScoredPair[] pairs = [new("r3", "r4", 20), new("r4", "r5", 20)];
        var clusters = Of(pairs, [new("r3", "r5", Judgement.NotTheSame)]);
        clusters.AreTogether("r3", "r5").ShouldBeFalse();
        clusters.All.Sum(cluster => cluster.Count).ShouldBe(Ids.Length);
    }

    private static HashSet<string> Reach(ScoredPair[] pairs, string from)
    {
        HashSet<string> reached = [from];
        for (var before = 0; before != reached.Count;)
        {
            before = reached.Count;
            foreach (var pair in pairs.Where(pair => pair.Weight >= 0))
                if (reached.Contains(pair.Left) || reached.Contains(pair.Right)) reached.UnionWith([pair.Left, pair.Right]);
        }
        return reached;
    }
}
