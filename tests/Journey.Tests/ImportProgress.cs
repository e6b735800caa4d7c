using System.Formats.Tar;
using System.IO.Compression;
using Homeward.Cli.Importing;

namespace Homeward.Journey.Tests;

/// <summary>How far a bulk import is: of the bytes that it will read, and how long it takes at this rate.</summary>
public sealed class ImportProgress : IDisposable
{
    private readonly Scratch _scratch = new();

    [Fact]
    public void What_will_be_read_is_counted_as_it_lies_on_disk_and_at_the_end_all_of_it_was_read()
    {
        var inbox = _scratch.At("inbox");
        Directory.CreateDirectory(Path.Combine(inbox, "day"));
        long Write(string name, byte[] bytes)
        {
            File.WriteAllBytes(Path.Combine(inbox, name), bytes);
            return bytes.Length;
        }
        var tar = Tar(2_000);
        using var packed = new MemoryStream();
        using (var gz = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gz.Write(tar);
        using var zipped = new MemoryStream();
        using (var zip = new ZipArchive(zipped, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("a.xml").Open();
            entry.Write(new byte[5_000]);
        }
        var bytes = Write("day/1.xml", new byte[700]) + Write("day/2.json", new byte[80]) + Write("3.pdf", new byte[9]) + Write("4.tar", tar) + Write("5.tar.gz", packed.ToArray())
            + Write("6.zip", zipped.ToArray()) + Write("7.jsonl", "{}\n{}\n"u8.ToArray()) + Write("8.tar", tar[..^3_400])
            // Its second report is cut: half a report is none.
            + Write("9.tar", tar[..^1_500]);
        Write("picture.jpg", new byte[50_000]);
        Write("held.xml", new byte[60_000]);

        var files = new ReportFiles(path => path.EndsWith("held.xml", StringComparison.Ordinal));
        files.BytesIn([inbox], CancellationToken.None).ShouldBe(bytes);
        files.BytesIn([Path.Combine(inbox, "4.tar"), Path.Combine(inbox, "day")], CancellationToken.None).ShouldBe(tar.Length + 780);
        files.BytesRead.ShouldBe(0);
        files.In(inbox).CountBy(one => one.Fault is null).ToDictionary().ShouldBe(new Dictionary<bool, int> { [true] = 12, [false] = 2 });
        files.BytesRead.ShouldBe(bytes);
    }

    [Fact]
    public void Half_way_through_one_large_file_half_of_it_was_read()
    {
        var path = _scratch.At("all.jsonl");
        File.WriteAllLines(path, Enumerable.Repeat($"{{\"a\":\"{new string('x', 20_000)}\"}}", 400));
        var files = new ReportFiles(_ => false);
        var all = files.BytesIn([path], CancellationToken.None);
        foreach (var _ in files.In(path).Take(200)) files.BytesRead.ShouldBeInRange(1, all);
        // Whoever stops has done with the file.
        files.BytesRead.ShouldBe(all);
        var again = new ReportFiles(_ => false);
        using var some = again.In(path).GetEnumerator();
        for (var line = 0; line < 200; line++) some.MoveNext().ShouldBeTrue();
        (again.BytesRead / (double)all).ShouldBeInRange(0.4, 0.65);
    }

    [Theory]
    [InlineData(500, 1000, 60, false, "; 50 % of 1,000.0 MiB, about 1 min left")]
    [InlineData(250, 1000, 600, false, "; 25 % of 1,000.0 MiB, about 30 min left")]
    [InlineData(999, 1000, 9, false, "; 99 % of 1,000.0 MiB, less than 1 min left")]
    [InlineData(250, 1000, 4, false, "; 25 % of 1,000.0 MiB")]    // too early to tell a rate
    [InlineData(0, 1000, 60, false, "; 0 % of 1,000.0 MiB")]
    [InlineData(250, 1000, 600, true, "; 25 % of 1,000.0 MiB")]   // it was stopped
    [InlineData(1200, 1000, 60, false, "; 100 % of 1,000.0 MiB")] // files came while it went on
    [InlineData(3, null, 60, false, "; 3.0 MiB")]
    [InlineData(0, 0, 60, true, "; 0 bytes")]
    [InlineData(1500, 3000, 60, false, "; 50 % of 2.9 GiB, about 1 min left")]
    [InlineData(1023, null, 60, false, "; 1,023.0 MiB")]
    [InlineData(1024, null, 60, false, "; 1.0 GiB")]
    public void Share_and_time_left_are_told_as_far_as_they_are_known(int done, int? all, int seconds, bool isLast, string expected)
    {
        var counted = all is { } mib ? Task.FromResult((long)mib << 20) : new TaskCompletionSource<long>().Task;
        new ReportProgress(() => 0, counted).Words((long)done << 20, TimeSpan.FromSeconds(seconds), isLast).ShouldBe(expected);
    }

    [Fact]
    public void Where_the_count_fails_what_was_read_is_told_all_the_same() =>
        new ReportProgress(() => 0, Task.FromException<long>(new IOException())).Words(1 << 20, TimeSpan.FromSeconds(60), false).ShouldBe("; 1.0 MiB");

    public void Dispose() => _scratch.Dispose();

    private static byte[] Tar(int reportBytes)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true))
            foreach (var name in new[] { "1.xml", "2.xml" }) tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(new byte[reportBytes]) });
        return bytes.ToArray();
    }
}
