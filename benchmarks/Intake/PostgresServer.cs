using System.Diagnostics;
using Npgsql;

namespace Homeward.Bench.Intake;

/// <summary>A PostgreSQL server for one benchmark, in a folder of its own, that syncs as one in production does.</summary>
/// <remarks>Where <c>HOMEWARD_BENCH_POSTGRES</c> names a server, that one is used.</remarks>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string Usual = "-c shared_buffers=1GB -c max_wal_size=4GB -c max_connections=200 -c jit=off";
    /// <summary>Of 16 MiB each: more than half a million reports take.</summary>
    private const int LogParts = 128;

    private readonly string? _bin;
    private readonly string? _folder;

    private readonly int _port;
    private readonly string _settings;

    private PostgresServer(string connection, string? bin, string? folder, int port = 0, string settings = "") =>
        (Connection, _bin, _folder, _port, _settings) = (connection, bin, folder, port, settings);

    public string Connection { get; }

    /// <summary>The server's first process; null where the server is not ours.</summary>
    public int? ProcessId => _bin is null ? null : int.Parse(File.ReadLines(_folder + "/data/postmaster.pid").First(), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A server as it is once it has been in use: it writes over parts of its log that it has. One just made fills each with zeros first, and commits wait for that.</summary>
    /// <inheritdoc cref="StartAsync"/>
    public static async Task<PostgresServer?> StartInUseAsync(Action<string> tell)
    {
        var server = await StartAsync(tell, $"{Usual} -c min_wal_size=2GB");
        if (server?._bin is null) return server;
        await using var source = NpgsqlDataSource.Create(server.Connection);
        for (var part = 0; part < LogParts; part++)
        {
            await using var next = source.CreateCommand("SELECT pg_logical_emit_message(false, 'bench', ''), pg_switch_wal()");
            await next.ExecuteNonQueryAsync();
        }
        await using var checkpoint = source.CreateCommand("CHECKPOINT");
        await checkpoint.ExecuteNonQueryAsync();
        return server;
    }

    /// <returns>Null, with the reason told, when there is none on this machine.</returns>
    /// <param name="settings">For the server's command line.</param>
    public static async Task<PostgresServer?> StartAsync(Action<string> tell, string settings = Usual)
    {
        if (Environment.GetEnvironmentVariable("HOMEWARD_BENCH_POSTGRES") is { Length: > 0 } named) return new(named, null, null);
        var bin = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).LastOrDefault(path => File.Exists(Path.Combine(path, "initdb")))
            : null;
        if (bin is null)
        {
            tell("No PostgreSQL server is installed, so nothing was measured on one: apt-get install postgresql, or name one in HOMEWARD_BENCH_POSTGRES.");
            return null;
        }
        var (folder, port) = (Directory.CreateTempSubdirectory("homeward-bench-pg-").FullName, ServedHouse.FreePort());
        // The server refuses to run as root.
        if (Environment.IsPrivilegedProcess) await RunAsync("chown", "postgres:", folder);
        await RunAsServerAsync(Path.Combine(bin, "initdb"), "-D", folder + "/data", "-U", "homeward", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8");
        var server = new PostgresServer($"Host=127.0.0.1;Port={port};Username=homeward;Database=postgres", bin, folder, port, settings);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>After a stop, over what it had.</summary>
    public Task StartAgainAsync() => RunAsServerAsync(Path.Combine(_bin!, "pg_ctl"), "-D", _folder + "/data", "-w", "-t", "30", "-l", _folder + "/log", "-o",
        $"-c listen_addresses=127.0.0.1 -c port={_port} -c unix_socket_directories={_folder} {_settings}", "start");

    /// <summary>At once, as in a crash: it recovers from its log when it is started again.</summary>
    public Task StopAsync() => RunAsServerAsync(Path.Combine(_bin!, "pg_ctl"), "-D", _folder + "/data", "-m", "immediate", "-w", "stop");

    private static Task RunAsServerAsync(string program, params string[] words) => Environment.IsPrivilegedProcess
        ? RunAsync("setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", program, .. words])
        : RunAsync(program, words);

    private static async Task RunAsync(string program, params string[] words)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = "/" };
        foreach (var word in words) start.ArgumentList.Add(word);
        // What a server started here would go on writing must not end up in the answer.
        (start.RedirectStandardOutput, start.RedirectStandardInput) = (true, true);
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with {process.ExitCode}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_bin is null) return;
        if (File.Exists(_folder + "/data/postmaster.pid")) await StopAsync();
        Directory.Delete(_folder!, recursive: true);
    }
}
