using Homeward.Fuzz;

namespace Homeward.Linkage.Tests;

/// <summary>The targets of fuzz/ over their corpus, and over some hundreds of mutations of it.</summary>
public sealed class FuzzTargets : IDisposable
{
    private const int Inputs = 250;

    private readonly string _scratch = Directory.CreateTempSubdirectory("linkage-").FullName;

    public void Dispose() => Directory.Delete(_scratch, recursive: true);

    [Theory]
    [InlineData("csv")]
    [InlineData("settings")]
    [InlineData("splink")]
    [InlineData("decisions")]
    public void Whatever_comes_is_read_or_refused_in_words(string name)
    {
        var target = LinkageTargets.All.Single(one => one.Name == name);
        var corpus = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "corpus", name)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToList();
        corpus.ShouldNotBeEmpty();
        foreach (var input in corpus) target.Try(input, _scratch).ShouldBeNull();
        // Another seed each day, the same for all runs of it: found once, found again.
        var seed = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).DayNumber;
        var mutator = new Mutator(seed, corpus, target.Words);
        for (var i = 0; i < Inputs; i++)
        {
            var input = mutator.Next();
            target.Try(input, _scratch).ShouldBeNull($"seed {seed}, input {i}: {Convert.ToBase64String(input)}");
        }
    }

    [Fact]
    public void Every_target_has_a_corpus_and_a_fault_is_seen_as_one()
    {
        foreach (var target in LinkageTargets.All) Directory.Exists(Path.Combine(AppContext.BaseDirectory, "corpus", target.Name)).ShouldBeTrue(target.Name);
        new Target("broken", [], (_, _) => throw new InvalidOperationException()).Try([], _scratch).ShouldBeOfType<InvalidOperationException>();
    }
}
