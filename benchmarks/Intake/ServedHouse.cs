using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Homeward.Bench.Intake;

/// <summary>A real <c>homeward serve --demo</c> in a process of its own, which can be killed and started again over its database.</summary>
internal sealed class ServedHouse(string folder, string database) : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(90);
    private Process? _process;

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");
    public int ProcessId => _process!.Id;
    public string BlobFolder => Path.Combine(folder, "blobs");

    public async Task StartAsync()
    {
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        _process = Start("serve", "--demo", "--database", database, "--urls", Address.GetLeftPart(UriPartial.Authority));
        using var http = new HttpClient();
        for (var started = Stopwatch.GetTimestamp(); ; await Task.Delay(50))
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(started) > _patience)
            {
                // What it says ends when it does.
                _process.Kill();
                throw new InvalidOperationException("the house did not come up: " + await _process.StandardError.ReadToEndAsync());
            }
            try
            {
                if ((await http.GetAsync(new Uri(Address, "/health/ready"))).IsSuccessStatusCode) break;
            }
            catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
            {
                // Not yet.
            }
        }
        // What it says must be taken from it, or it waits for that one day.
        _ = _process.StandardError.ReadToEndAsync();
        _ = _process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>SIGKILL: nothing of the process runs any more.</summary>
    public async Task KillAsync()
    {
        if (_process is null) return;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Another command of the product over the same keys.</summary>
    public Process Start(params string[] words)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "homeward.dll"));
        foreach (var word in words) start.ArgumentList.Add(word);
        start.Environment["HOMEWARD_KEYS"] = Path.Combine(folder, "keys");
        return Process.Start(start)!;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync() => await KillAsync();
}
