using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Homeward.Bench.Intake;
using Microsoft.Data.Sqlite;

namespace Homeward.Providers.Tests;

/// <summary>What <c>homeward serve</c> makes of the database that it finds, and of a port that it does not get.</summary>
public sealed class ServeTests
{
    [Fact]
    public async Task What_is_served_as_a_demo_from_its_first_day_is_an_exercise_for_every_command()
    {
        using var folder = new Scratch();
        (await SaysExerciseAsync(folder, "--demo")).ShouldBe(true);
        IsMarked(folder).ShouldBeTrue();
        (await SaysExerciseAsync(folder)).ShouldBe(true, "served without the demo's door it is one all the same");
        // Nor does a run of the demo take what people typed there for its own.
        (await CommandLine.RunAsync(folder, "demo", "--exit", "--database", folder.At("house.db"), "--json")).ShouldSatisfyAllConditions(
            ran => ran.Exit.ShouldBe(2), ran => ran.Said.ShouldContain("not-an-exercise"));
    }

    [Fact]
    public async Task What_holds_something_does_not_become_an_exercise_by_how_it_is_served()
    {
        using var folder = new Scratch();
        await File.WriteAllTextAsync(folder.At("entries.jsonl"), "{}\n");
        (await CommandLine.RunAsync(folder, "import", "missing", folder.At("entries.jsonl"), "--database", folder.At("house.db"), "--json")).Exit.ShouldBe(0);
        (await SaysExerciseAsync(folder, "--demo")).ShouldBe(true, "the demo's pages say so of whatever they show");
        IsMarked(folder).ShouldBeFalse();
        (await SaysExerciseAsync(folder)).ShouldBe(false);
    }

    [Fact]
    public async Task A_police_database_does_not_become_an_exercise_however_empty_it_is()
    {
        using var folder = new Scratch();
        (await SaysExerciseAsync(folder, "--profile", "law-enforcement")).ShouldBe(false);
        (await SaysExerciseAsync(folder, "--demo", "--profile", "law-enforcement")).ShouldBe(true);
        IsMarked(folder).ShouldBeFalse();
    }

    [Fact]
    public async Task A_port_that_somebody_has_is_told_in_one_line()
    {
        using var folder = new Scratch();
        using var somebody = new TcpListener(IPAddress.Loopback, 0);
        somebody.Start();
        var urls = $"http://{somebody.LocalEndpoint}";
        foreach (var command in (string[])["serve", "demo"])
        {
            var (exit, said, told) = await CommandLine.HearAsync(folder, command, "--urls", urls, "--database", folder.At("house.db"));
            exit.ShouldBe(3);
            said.ShouldBeEmpty();
            told.Trim().ShouldBe($"Somebody else listens at {urls}. Choose another with --urls http://127.0.0.1:PORT");
            Directory.Delete(folder.At("house.keys"), recursive: true);
            foreach (var file in Directory.EnumerateFiles(folder.Path, "house.db*")) File.Delete(file);
        }
    }

    [Theory]
    [InlineData("serve"), InlineData("demo")]
    public async Task A_proxy_that_is_no_address_is_told_before_anything_is_put_up(string command)
    {
        using var folder = new Scratch();
        using var process = CommandLine.Start(folder, [command, "--json", "--database", folder.At("house.db")], ("HOMEWARD_PROXIES", "proxy.example.org, 10.0.0.7, 172.18.0.0/99"));
        await using var ends = CommandLine.EndAfter(process);
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(2, said);
        var error = JsonNode.Parse(said)!["error"]!;
        ((string?)error["what"]).ShouldBe("HOMEWARD_PROXIES: \"proxy.example.org\", \"172.18.0.0/99\" are neither addresses nor networks.");
        ((string?)error["mend"])!.ShouldStartWith("Write addresses and networks");
        File.Exists(folder.At("house.db")).ShouldBeFalse();
    }

    [Fact]
    public async Task Ended_from_outside_it_answers_in_one_line_too()
    {
        using var folder = new Scratch();
        var urls = $"http://127.0.0.1:{ServedHouse.FreePort()}";
        using var process = CommandLine.Start(folder, ["serve", "--demo", "--json", "--urls", urls, "--database", folder.At("house.db")]);
        await using var ends = CommandLine.EndAfter(process);
        while (await process.StandardError.ReadLineAsync() is { } told && !told.StartsWith("Homeward serves", StringComparison.Ordinal)) { }
        using (var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        (process.ExitCode, (string?)JsonNode.Parse(said.TrimEnd('\n'))!["error"]!["code"]).ShouldBe((130, "interrupted"), said);
    }

    [Theory]
    [InlineData("nonsense"), InlineData("http://127.0.0.1:99999"), InlineData("ftp://127.0.0.1:21"), InlineData(""), InlineData("http://127.0.0.1:5080;")]
    public async Task An_address_to_listen_at_that_is_none_is_told_before_anything_is_put_up(string urls)
    {
        using var folder = new Scratch();
        foreach (var command in (string[])["serve", "demo"])
        {
            var (exit, said) = await CommandLine.RunAsync(folder, command, "--urls", urls, "--database", folder.At("house.db"), "--json");
            (exit, said.Contains("is no address to listen at. Write it as http://127.0.0.1:5080", StringComparison.Ordinal)).ShouldBe((2, true), said);
            File.Exists(folder.At("house.db")).ShouldBeFalse();
        }
    }

    private static async Task<bool?> SaysExerciseAsync(Scratch folder, params string[] words) => await CommandLine.ServedAsync<bool?>(
        folder, words, async house => (await house.GetStringAsync(new Uri("sign-in", UriKind.Relative))).Contains("exercise-banner", StringComparison.Ordinal));

    private static bool IsMarked(Scratch folder)
    {
        using var database = new SqliteConnection($"Data Source={folder.At("house.db")};Mode=ReadOnly;Pooling=False");
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = "SELECT count(*) FROM house_marks WHERE name = 'exercise'";
        return (long)command.ExecuteScalar()! == 1;
    }
}
