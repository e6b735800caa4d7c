using Homeward.Fuzz;

namespace Homeward.Intake.Tests;

/// <summary>The readers of what outsiders send, over their corpus and some hundreds of mutations of it.</summary>
public sealed class FuzzTargets : IDisposable
{
    /// <summary>An upload waits for the disk, a print is some milliseconds of work.</summary>
    private static int InputsOf(string name) => name switch { "upload" => 40, "print" => 120, _ => 400 };

    private readonly string _scratch = Directory.CreateTempSubdirectory("intake-fuzz-").FullName;

    public void Dispose() => Directory.Delete(_scratch, recursive: true);

    public static TheoryData<string> Names => [.. ReaderTargets.All.Select(target => target.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Whatever_comes_is_read_or_refused_in_words(string name)
    {
        var target = ReaderTargets.All.Single(one => one.Name == name);
        var corpus = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "corpus", name)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToList();
        corpus.ShouldNotBeEmpty();
        foreach (var input in corpus) target.Try(input, _scratch).ShouldBeNull();
        // Another seed each day, the same for all runs of it: found once, found again.
        var seed = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).DayNumber;
        var mutator = new Mutator(seed, corpus, target.Words);
        for (var i = 0; i < InputsOf(name); i++)
        {
            var input = mutator.Next();
            target.Try(input, _scratch).ShouldBeNull($"seed {seed}, input {i}: {Convert.ToBase64String(input)}");
        }
    }
}
