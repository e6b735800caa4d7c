using System.Diagnostics;
using System.Net;
using System.Text;
using Homeward.Bench.Intake;
using Homeward.Intake.Model;
using Homeward.Intake.Providers;
using Homeward.Providers.Tests.Media;
using Homeward.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Homeward.Providers.Tests;

/// <summary>A full disk: the house refuses, keeps what it acknowledged, says so, and goes on by itself when there is room.</summary>
public sealed class FullDiskTests(ITestOutputHelper output)
{
    private const int CallsUntilFullMax = 400;

    [Fact]
    public async Task A_layer_under_the_files_that_is_full()
    {
        var root = Directory.CreateTempSubdirectory("homeward-full-").FullName;
        var medium = new Medium(root);
        SqliteOnMedium.Watch(medium);
        try
        {
            await using var house = await LineHouse.OpenAsync(site: new(root, Change: options => options with
            {
                Database = options.Database with { ConnectionString = options.Database.ConnectionString + $";Vfs={SqliteOnMedium.Name}" },
                Disk = new DiskOnMedium(medium),
            }));
            await FillAndFreeAsync(house, medium.Fill, medium.Free, filesToo: true);
        }
        finally
        {
            SqliteOnMedium.Forget(medium);
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public async Task A_small_file_system_that_is_full()
    {
        using var small = SmallDisk.Mount(48);
        await using var house = await LineHouse.OpenAsync(site: new(small.Path));
        await FillAndFreeAsync(house, small.Fill, small.Free, filesToo: true);
    }

    /// <remarks>A server of its own: one whose disk is full takes no checkpoint, and whoever shares it would pay for that.</remarks>
    [Fact]
    public async Task A_small_file_system_under_PostgreSQL_that_is_full()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("HOMEWARD_TEST_POSTGRES") is null, "HOMEWARD_TEST_POSTGRES names no server");
        using var small = SmallDisk.Mount(64);
        small.GiveTo("postgres");
        await using var server = await PostgresServer.StartAsync(output.WriteLine, "-c shared_buffers=32MB");
        server.ShouldNotBeNull();
        await LineHouse.ExecuteAsync($"CREATE TABLESPACE small LOCATION '{small.Path}'", server.Connection);
        await LineHouse.ExecuteAsync("CREATE DATABASE house TABLESPACE small", server.Connection);
        var database = new NpgsqlConnectionStringBuilder(server.Connection) { Database = "house" }.ConnectionString;
        await using var house = await LineHouse.OpenAsync(DatabaseKind.Postgres, site: new(Postgres: database));
        await FillAndFreeAsync(house, small.Fill, small.Free, filesToo: false);
    }

    private static async Task FillAndFreeAsync(LineHouse house, Action fill, Action free, bool filesToo)
    {
        var provider = house.As();
        var kept = await provider.OpenAsync();
        (await provider.UploadAsync(kept, "neutral bytes"u8.ToArray())).ShouldSucceed();
        (await provider.FinishAsync(kept)).ShouldSucceed();
        var open = await provider.OpenAsync();
        using var person = await PersonAsync(house, "analyst");
        fill();

        // What it still acknowledges, it has: a log may have a little room left in it.
        var acknowledged = 2;
        HttpResponseMessage? refused = null;
        for (var calls = 0; refused is null && calls < CallsUntilFullMax; calls++)
        {
            var answer = await provider.SendAsync(HttpMethod.Post, "submit", new StringContent(Sample.Report(), Encoding.UTF8, "text/xml"));
            if (answer.IsSuccessStatusCode) acknowledged++;
            else refused = answer;
        }
        refused.ShouldNotBeNull();
        var reply = await Reply.ReadAsync(refused);
        reply.ShouldBe(1100, HttpStatusCode.ServiceUnavailable);
        reply.Description!.ShouldContain("the disk is full");
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        if (filesToo)
        {
            var files = Directory.GetFiles(house.BlobFolder);
            (await provider.UploadAsync(open, new byte[3_000_000])).ShouldBe(1111, HttpStatusCode.ServiceUnavailable);
            Directory.GetFiles(house.BlobFolder).ShouldBe(files, ignoreOrder: true, "nothing is left of a file that was not taken");
        }
        (await StatusAsync(house, "/health/ready")).ShouldBe((HttpStatusCode.ServiceUnavailable, "the disk is full; nothing is taken until it is mended, and then by itself"));
        (await StatusAsync(house, "/health/live")).Status.ShouldBe(HttpStatusCode.OK);
        // Every look leaves its trace, and the trace has no room either.
        await UntilAsync(async () => (await person.GetAsync("/intake")).StatusCode == HttpStatusCode.InsufficientStorage);
        (await (await person.GetAsync("/intake")).Content.ReadAsStringAsync()).ShouldContain("The disk is full");
        var told = await person.PostAsync("/intake/tips", new StringContent("{}", Encoding.UTF8, "application/json"));
        told.StatusCode.ShouldBeOneOf(HttpStatusCode.ServiceUnavailable, HttpStatusCode.BadRequest);

        free();
        await UntilAsync(async () => (await StatusAsync(house, "/health/ready")).Status == HttpStatusCode.OK);
        (await house.WithDbAsync(db => db.Set<Submission>().CountAsync())).ShouldBe(acknowledged, "what was acknowledged, and nothing else");
        (await provider.RetractAsync(kept)).Code.ShouldBe(5102);
        (await house.WithDbAsync(db => db.Set<SealedFileRow>().CountAsync())).ShouldBe(1);
        (await provider.UploadAsync(open, "neutral bytes"u8.ToArray())).ShouldSucceed();
        (await provider.FinishAsync(open)).ShouldSucceed();
        (await person.GetAsync("/intake")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await house.TurnAsync();
    }

    private static async Task<HttpClient> PersonAsync(LineHouse house, string role)
    {
        var person = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = house.Address };
        (await person.PostAsync("/demo/sign-in", new FormUrlEncodedContent([new("role", role)]))).EnsureSuccessStatusCode();
        return person;
    }

    private static async Task<(HttpStatusCode Status, string Body)> StatusAsync(LineHouse house, string path)
    {
        using var http = new HttpClient { BaseAddress = house.Address };
        using var answer = await http.GetAsync(path);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var tries = 0; !await isSo(); tries++)
        {
            tries.ShouldBeLessThan(CallsUntilFullMax);
            await Task.Delay(20);
        }
    }

    /// <summary>A real file system in memory, of so many MiB; only the system's administrator may mount one.</summary>
    private sealed class SmallDisk : IDisposable
    {
        private const int NoSpace = 28;
        private string Ballast => System.IO.Path.Combine(Path, "ballast");
        public required string Path { get; init; }

        public static SmallDisk Mount(int mebibytes)
        {
            var path = Directory.CreateTempSubdirectory("homeward-small-").FullName;
            if (Run("mount", "-t", "tmpfs", "-o", $"size={mebibytes}m", "none", path)) return new SmallDisk { Path = path };
            Directory.Delete(path);
            Assert.Skip("A small file system can be mounted by the system's administrator only; the layer under the files was tried instead");
            return null!;
        }

        public void GiveTo(string user) => Run("chown", user, Path).ShouldBeTrue();

        /// <summary>To the last byte.</summary>
        public void Fill()
        {
            using var file = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
            for (var size = 1 << 20; size >= 1; size = size == 1 ? 0 : size / 2)
            {
                try
                {
                    for (var chunk = new byte[size]; ;) file.Write(chunk);
                }
                catch (IOException fault) when (fault.HResult == NoSpace)
                {
                    // Smaller pieces may still fit.
                }
            }
        }

        public void Free() => File.Delete(Ballast);

        private static bool Run(string program, params string[] words)
        {
            try
            {
                using var process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardError = true });
                process!.WaitForExit();
                return process.ExitCode == 0;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // There is no such program.
                return false;
            }
        }

        public void Dispose()
        {
            // Lazily: SQLite's connections may be kept until they are collected.
            Run("umount", "--lazy", Path).ShouldBeTrue();
            Directory.Delete(Path);
        }
    }
}
