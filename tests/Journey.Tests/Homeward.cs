using System.Diagnostics;
using System.Text.Json.Nodes;
using Npgsql;

namespace Homeward.Journey.Tests;

/// <summary>Runs the program as a person at a terminal would, and reads its one line.</summary>
internal static class Program
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(15);

    public sealed record Ran(int Exit, JsonObject Line, string Said);

    /// <summary>Runs <c>homeward WORDS --json</c> in a folder of its own.</summary>
    public static Task<Ran> RunAsync(string folder, params string[] words) => RunAsync(folder, new Dictionary<string, string>(), words);

    public static async Task<Ran> RunAsync(string folder, IReadOnlyDictionary<string, string> environment, params string[] words)
    {
        using var process = Start(folder, words, environment);
        using var patience = new CancellationTokenSource(_patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var said = process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        var lines = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(1, $"standard output is one line; it was: {string.Join('\n', lines)}\n{await said}");
        return new Ran(process.ExitCode, JsonNode.Parse(lines[0])!.AsObject(), await said);
    }

    /// <summary>Starts it, and stops it by a signal once it has said something.</summary>
    /// <param name="signal">As <c>kill</c> names it: INT for Ctrl-C, KILL for the plug.</param>
    /// <returns>Its exit code.</returns>
    public static async Task<int> StopAsync(string folder, string signal, string onceItSays, params string[] words)
    {
        using var process = Start(folder, words);
        using var patience = new CancellationTokenSource(_patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        while (await process.StandardError.ReadLineAsync(patience.Token) is { } line && !line.Contains(onceItSays, StringComparison.Ordinal)) { }
        using (var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"])) await kill.WaitForExitAsync(patience.Token);
        await process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        await output;
        return process.ExitCode;
    }

    internal static Process Start(string folder, IEnumerable<string> words, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
            // As the script sets it for an exercise.
            Environment = { ["DOTNET_EnableWriteXorExecute"] = "0" },
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "homeward.dll"));
        foreach (var word in words.Append("--json")) start.ArgumentList.Add(word);
        return Process.Start(start)!;
    }

    /// <summary>The tally without what is of the run and not of the counting.</summary>
    public static string Comparable(JsonObject tally, bool withScore)
    {
        var copy = tally.DeepClone().AsObject();
        copy.Remove("seconds");
        if (!withScore) copy.Remove("score");
        return copy.ToJsonString();
    }
}

/// <summary>A folder that goes when the test is over.</summary>
internal sealed class Scratch : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("homeward-journey-").FullName;
    public string At(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <returns>The path of a file with this text.</returns>
    public string Write(string name, string text)
    {
        File.WriteAllText(At(name), text);
        return At(name);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>A database of its own on the tests' PostgreSQL server.</summary>
internal sealed class PostgresDatabase : IAsyncDisposable
{
    private readonly string _admin;
    private readonly string _name;

    private PostgresDatabase(string admin, string name) => (_admin, _name) = (admin, name);

    public string ConnectionString => new NpgsqlConnectionStringBuilder(_admin) { Database = _name }.ConnectionString;

    public static async Task<PostgresDatabase> MakeAsync(string name)
    {
        var admin = Environment.GetEnvironmentVariable("HOMEWARD_TEST_POSTGRES")
            ?? throw new InvalidOperationException("HOMEWARD_TEST_POSTGRES names no server: run ./test, which starts one.");
        var database = new PostgresDatabase(admin, "j_" + name);
        await database.ExecuteAsync($"DROP DATABASE IF EXISTS \"j_{name}\" WITH (FORCE)");
        await database.ExecuteAsync($"CREATE DATABASE \"j_{name}\"");
        return database;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_admin);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync() => await ExecuteAsync($"DROP DATABASE IF EXISTS \"{_name}\" WITH (FORCE)");
}
