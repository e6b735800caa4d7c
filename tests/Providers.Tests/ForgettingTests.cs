using Homeward.Bench.Intake;
using Homeward.Tests.Support;
using Npgsql;

namespace Homeward.Providers.Tests;

/// <summary>A database that is set not to wait for the disk calls stored what a power cut takes along: that is told, and no receipt is given on it.</summary>
public sealed class ForgettingTests
{
    private const string Setting = "synchronous_commit=off";
    public static TheoryData<DatabaseKind> Databases => LineHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_database_that_forgets_is_named_by_doctor_warned_of_by_serve_and_refused_by_a_clearing_house(DatabaseKind kind)
    {
        using var folder = new Scratch();
        await using var server = kind == DatabaseKind.Postgres ? await LineDatabase.CreateAsync() : null;
        var database = server?.Connection ?? folder.At("house.db");
        if (server is not null) await SetAsync(server, "off");
        var (exit, said) = await CommandLine.RunAsync(folder, "doctor", "--database", database, "--json");
        if (server is null)
        {
            // SQLite is told by the house itself, at each connection.
            said.ShouldContain("outlives a power cut");
            return;
        }
        (exit, said.Contains(Setting, StringComparison.Ordinal)).ShouldBe((1, true), said);
        var refused = await CommandLine.RunAsync(folder, "serve", "--profile", "clearing-house", "--database", database, "--json");
        (refused.Exit, refused.Said.Contains("database-forgets", StringComparison.Ordinal), refused.Said.Contains(Setting, StringComparison.Ordinal)).ShouldBe((3, true, true), refused.Said);
        (await FirstWordAsync(folder, database)).ShouldContain(Setting);

        await SetAsync(server, "on");
        (await CommandLine.RunAsync(folder, "doctor", "--database", database, "--json")).Said.ShouldNotContain(Setting);
    }

    /// <summary>The first line on standard error of a house that serves and takes no reports: what it warns of before it opens.</summary>
    private static async Task<string> FirstWordAsync(Scratch folder, string database)
    {
        using var process = CommandLine.Start(folder, ["serve", "--profile", "law-enforcement", "--database", database, "--urls", $"http://127.0.0.1:{ServedHouse.FreePort()}"]);
        await using var ends = CommandLine.EndAfter(process);
        try
        {
            return await process.StandardError.ReadLineAsync() ?? "";
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    /// <summary>For this database alone; the other two settings are the whole server's.</summary>
    private static Task SetAsync(LineDatabase server, string value) =>
        LineHouse.ExecuteAsync($"ALTER DATABASE \"{new NpgsqlConnectionStringBuilder(server.Connection).Database}\" SET synchronous_commit = {value}");
}
