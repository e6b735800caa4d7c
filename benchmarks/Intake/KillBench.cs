namespace Homeward.Bench.Intake;

/// <summary><c>./bench kill --rounds N [--postgres]</c>: a house under load is killed at random moments; how much of what it acknowledged is lost.</summary>
internal static class KillBench
{
    /// <remarks>On both databases where there is a PostgreSQL: that many rounds on each, and a line for each. Or there alone.</remarks>
    public static async IAsyncEnumerable<BenchLine> RunAsync(int rounds, bool postgresOnly)
    {
        if (!postgresOnly) yield return await LineAsync("kill.lost", "", rounds, folder => Path.Combine(folder, "house.db"));
        await using var server = await PostgresServer.StartAsync(Console.Error.WriteLine);
        if (server is not null) yield return await LineAsync("kill.lost.postgres", " on PostgreSQL", rounds, _ => server.Connection);
    }

    private static async Task<BenchLine> LineAsync(string name, string on, int rounds, Func<string, string> database)
    {
        var folder = Directory.CreateTempSubdirectory("homeward-kill-").FullName;
        try
        {
            var outcome = await KillRounds.RunAsync(folder, database(folder), rounds, seed: Environment.TickCount, Console.Error.WriteLine);
            return new BenchLine(name, outcome.Lost + outcome.Doubled, "acknowledgements",
                $"the promise: none of {outcome.Acknowledged}, in {outcome.Rounds} rounds{on}", 0, outcome.Lost + outcome.Doubled == 0 ? 1 : 0);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
