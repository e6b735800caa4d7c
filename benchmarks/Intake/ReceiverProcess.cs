using System.Diagnostics;

namespace Homeward.Bench.Intake;

/// <summary>A receiver to compare the house with, in a process of its own, as the house is.</summary>
internal sealed class ReceiverProcess(Process process, Uri address) : IAsyncDisposable
{
    /// <summary>What it says once it listens.</summary>
    public const string Ready = "ready";

    public Uri Address => address;
    public int ProcessId => process.Id;

    /// <param name="kind">Which one: the first word of this program's command line.</param>
    /// <param name="database">An empty one.</param>
    /// <param name="folder">Where it runs and keeps what it needs besides; whoever made it takes it away.</param>
    public static async Task<ReceiverProcess> StartAsync(string kind, string database, string folder)
    {
        var address = new Uri($"http://127.0.0.1:{ServedHouse.FreePort()}");
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true };
        foreach (var word in new[] { Path.Combine(AppContext.BaseDirectory, "homeward-bench.dll"), kind, database, address.GetLeftPart(UriPartial.Authority) }) start.ArgumentList.Add(word);
        var process = Process.Start(start)!;
        if (await process.StandardOutput.ReadLineAsync() != Ready) throw new InvalidOperationException($"{kind} did not come up");
        return new(process, address);
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
