using System.Diagnostics;
using Homeward.Bench.Intake;

namespace Homeward.Providers.Tests;

/// <summary>The command line as somebody runs it: a process of its own.</summary>
internal static class CommandLine
{
    /// <summary>After so long a command that should have answered is ended, and its test fails instead of waiting for ever.</summary>
    private static readonly TimeSpan _endedAfter = TimeSpan.FromMinutes(1);

    public static async Task<(int Exit, string Said)> RunAsync(Scratch folder, params string[] words)
    {
        var (exit, said, _) = await HearAsync(folder, words);
        return (exit, said);
    }

    /// <param name="words">The command line.</param>
    /// <returns>Told: what was said on standard error.</returns>
    public static async Task<(int Exit, string Said, string Told)> HearAsync(Scratch folder, params string[] words)
    {
        using var process = Start(folder, words);
        await using var ends = EndAfter(process);
        var said = process.StandardOutput.ReadToEndAsync();
        var told = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await said, told);
    }

    /// <summary>Serves the folder's <c>house.db</c>, asks what is asked of it once it is ready, and ends it.</summary>
    /// <returns>The default when it does not come up.</returns>
    public static async Task<T?> ServedAsync<T>(Scratch folder, string[] words, Func<HttpClient, Task<T>> ask)
    {
        using var house = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{ServedHouse.FreePort()}/") };
        using var process = Start(folder, ["serve", "--database", folder.At("house.db"), "--urls", house.BaseAddress.OriginalString, .. words]);
        try
        {
            for (var tries = 0; tries < 600 && !process.HasExited; tries++)
            {
                try
                {
                    if ((await house.GetAsync(new Uri("health/ready", UriKind.Relative))).IsSuccessStatusCode) return await ask(house);
                }
                catch (HttpRequestException)
                {
                    // Not yet.
                }
                await Task.Delay(100);
            }
            return default;
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    /// <summary>Ends the process when its time is over, unless it is let go of before.</summary>
    public static IAsyncDisposable EndAfter(Process process) => new Timer(_ => process.Kill(), null, _endedAfter, Timeout.InfiniteTimeSpan);

    /// <param name="folder">Where it runs.</param>
    /// <param name="words">The command line.</param>
    /// <param name="variables">Set for it alone.</param>
    public static Process Start(Scratch folder, IEnumerable<string> words, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "homeward.dll"));
        foreach (var word in words) start.ArgumentList.Add(word);
        foreach (var (name, value) in variables) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}

/// <summary>A folder that goes with its test.</summary>
internal sealed class Scratch : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("homeward-kill-").FullName;
    public string At(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
