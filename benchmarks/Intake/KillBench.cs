namespace Homeward.Bench.Intake;

/// <summary><c>./bench kill --rounds N</c>: a house under load is killed at random moments; how much of what it acknowledged is lost.</summary>
internal static class KillBench
{
    public static async IAsyncEnumerable<BenchLine> RunAsync(int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("homeward-kill-").FullName;
        try
        {
            var outcome = await KillRounds.RunAsync(folder, Path.Combine(folder, "house.db"), rounds, seed: Environment.TickCount, Console.Error.WriteLine);
            yield return new BenchLine("kill.lost", outcome.Lost + outcome.Doubled, "acknowledgements",
                $"the promise: none of {outcome.Acknowledged}, in {outcome.Rounds} rounds", 0, outcome.Lost + outcome.Doubled == 0 ? 1 : 0);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
