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
        // Who waits is told how far it is.
        made.Said.ShouldContain("copied; now the hash of every file is made");
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

    [Fact]
    public async Task A_restore_looks_at_everything_before_it_writes_and_is_done_again_where_it_was_cut_off()
    {
        Directory.CreateDirectory(_scratch.At("loose"));
        _scratch.Write("loose/100200300.json", """{"reportId":"100200300","reportedInformation":{"uploadedFiles":[{"filename":"1.bin"}]}}""");
        _scratch.Write("loose/1.bin", "sealed");
        Directory.CreateDirectory(_scratch.At("here"));
        Directory.CreateDirectory(_scratch.At("there"));
        Task<Program.Ran> RunAsync(string place, params string[] words) => Program.RunAsync(_scratch.At(place), [.. words, "--database", _scratch.At(place, "house.db")]);
        (await RunAsync("here", "import", "reports", _scratch.At("loose"))).Exit.ShouldBe(0);
        (await RunAsync("here", "backup", _scratch.At("backup"))).Exit.ShouldBe(0);
        var (blob, log) = (Directory.EnumerateFiles(_scratch.At("backup"), "*.sealed", SearchOption.AllDirectories).Single(), _scratch.At("there", "house.db-wal"));
        Directory.CreateDirectory(_scratch.At("there", "blobs"));
        var there = _scratch.At("there", "blobs", Path.GetFileName(blob));

        async Task RefusedAsync(string code, string named)
        {
            var refused = await RunAsync("there", "restore", _scratch.At("backup"));
            (refused.Exit, (string?)refused.Line["error"]?["code"]).ShouldBe((2, code), refused.Said);
            ((string)refused.Line["error"]!["what"]!).ShouldContain(named);
            File.Exists(_scratch.At("there", "house.db")).ShouldBeFalse();
            Directory.Exists(_scratch.At("there", "house.keys")).ShouldBeFalse();
        }
        await File.WriteAllTextAsync(log, "left behind");
        await RefusedAsync("database-there", log);
        File.Delete(log);
        // Of the same length, and another.
        var bytes = await File.ReadAllBytesAsync(blob);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(there, bytes);
        await RefusedAsync("blob-there", there);
        // As a restore leaves it that was cut off after the sealed files: without the list of one.
        File.Copy(blob, there, overwrite: true);

        var back = await RunAsync("there", "restore", _scratch.At("backup"));
        back.Exit.ShouldBe(0, back.Said);
        File.Exists(there + ".recipients").ShouldBeTrue();
        File.Delete(_scratch.At("there", "house.db"));
        (await RunAsync("there", "restore", _scratch.At("backup"))).Exit.ShouldBe(0, "keys and sealed files are there already, and the same");
        (await RunAsync("there", "audit", "verify", "--contents")).Exit.ShouldBe(0);
        (await RunAsync("there", "import", "reports", _scratch.At("loose"))).Exit.ShouldBe(0, "the folder of sealed files is the database's own");
    }

    public void Dispose() => _scratch.Dispose();
}
