using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Homeward.Journey.Tests;

/// <summary><c>homeward backup</c> and <c>restore</c>: what came back is whole, its trace holds, and sealed files open with the key that opened them before.</summary>
public sealed class BacksUp : IDisposable
{
    private static readonly byte[] _content = [.. Enumerable.Range(0, 3_000_000).Select(index => (byte)(index * 31))];
    private readonly Scratch _scratch = new();

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_house_that_is_brought_back_elsewhere_has_its_reports_its_trace_and_its_sealed_files(string database)
    {
        using (var zip = ZipFile.Open(_scratch.At("CT-100200300.zip"), ZipArchiveMode.Create))
        {
            await using (var report = new StreamWriter(await zip.CreateEntry("100200300.json").OpenAsync()))
                await report.WriteAsync("""{"reportId":"100200300","reportedInformation":{"uploadedFiles":[{"filename":"1.bin"}]}}""");
            await using (var film = await zip.CreateEntry("1.bin").OpenAsync()) await film.WriteAsync(_content);
        }
        await using var first = database == "postgres" ? await PostgresDatabase.MakeAsync("backed") : null;
        await using var second = database == "postgres" ? await PostgresDatabase.MakeAsync("restored") : null;
        // Two places, each with its keys and sealed files; one house's keys for PostgreSQL lie below where it is started.
        foreach (var place in new[] { "here", "there" }) Directory.CreateDirectory(_scratch.At(place));
        string Target(PostgresDatabase? postgres, string place) => postgres?.ConnectionString ?? _scratch.At(place, "house.db");
        Task<Program.Ran> RunAsync(string place, PostgresDatabase? postgres, params string[] words) =>
            Program.RunAsync(_scratch.At(place), [.. words, "--database", Target(postgres, place)]);

        (await RunAsync("here", first, "import", "reports", _scratch.At("CT-100200300.zip"))).Exit.ShouldBe(0);
        var made = await RunAsync("here", first, "backup", _scratch.At("backup"));
        (made.Exit, (int)made.Line["missing"]!).ShouldBe((0, 0), made.Said);
        Directory.GetFiles(_scratch.At("backup")).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(["backup.json", database == "postgres" ? "house.dump" : "house.db"]);
        // It holds the keys, and names in clear.
        foreach (var path in Directory.GetFileSystemEntries(_scratch.At("backup"), "*", SearchOption.AllDirectories).Append(_scratch.At("backup")))
            if (!OperatingSystem.IsWindows()) (File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)).ShouldBe(UnixFileMode.None, path);
        var back = await RunAsync("there", second, "restore", _scratch.At("backup"));
        back.Exit.ShouldBe(0, back.Said);

        (await RunAsync("there", second, "audit", "verify")).Exit.ShouldBe(0);
        ((int)(await RunAsync("there", second, "import", "reports", _scratch.At("CT-100200300.zip"), "--dry-run")).Line["taken"]!["reports"]!).ShouldBe(1);
        var sealedFile = Directory.EnumerateFiles(_scratch.At("there"), "*.sealed", SearchOption.AllDirectories).ShouldHaveSingleItem();
        var key = Directory.EnumerateFiles(_scratch.At("there"), "clearing-unit-private.pem", SearchOption.AllDirectories).ShouldHaveSingleItem();
        (await Program.RunAsync(_scratch.Path, "seal", "open", sealedFile, "--key", key, "--out", _scratch.At("1.bin"))).Exit.ShouldBe(0);
        (await File.ReadAllBytesAsync(_scratch.At("1.bin"))).ShouldBe(_content);

        // What is no longer there is told, and a backup that was damaged is not brought back.
        File.Delete(sealedFile);
        ((int)(await RunAsync("there", second, "backup", _scratch.At("less"))).Line["missing"]!).ShouldBe(1);
        var copy = Directory.EnumerateFiles(_scratch.At("backup"), "*.sealed", SearchOption.AllDirectories).Single();
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(copy, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.AppendAllTextAsync(copy, "x");
        (await RunAsync("here", first, "restore", _scratch.At("backup"))).Line["error"]!["code"]!.GetValue<string>().ShouldBe("backup-damaged");
    }

    public void Dispose() => _scratch.Dispose();
}
