using System.IO.Compression;
using System.Text;
using Homeward.Exchange.Packages;

namespace Homeward.Exchange.Tests;

/// <summary>A package is whole or it is refused, and costs no more than it says.</summary>
public sealed class ZipPackageTests
{
    private static byte[] Zip(int files, Func<int, byte[]> content)
    {
        using var package = new MemoryStream();
        using (var zip = new ZipArchive(package, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var index = 0; index < files; index++)
            {
                using var entry = zip.CreateEntry($"{index}.bin", CompressionLevel.NoCompression).Open();
                entry.Write(content(index));
            }
        }
        return package.ToArray();
    }

    private static async Task<(PackageFault? Fault, List<(string Path, byte[] Bytes)> Taken)> ReadAsync(byte[] zip)
    {
        var taken = new List<(string, byte[])>();
        var fault = await ZipPackage.ReadAsync(new MemoryStream(zip), async (entry, content) =>
        {
            using var copy = new MemoryStream();
            await content.CopyToAsync(copy);
            taken.Add((entry.Path, copy.ToArray()));
        }, CancellationToken.None);
        return (fault, taken);
    }

    [Fact]
    public async Task Every_file_is_handed_over_whole_and_in_order()
    {
        var (fault, taken) = await ReadAsync(Zip(3, index => [(byte)index, 7]));
        fault.ShouldBeNull();
        taken.Select(one => (one.Path, one.Bytes[0])).ShouldBe([("0.bin", (byte)0), ("1.bin", (byte)1), ("2.bin", (byte)2)]);
    }

    [Theory]
    [InlineData("\u0084", "M\u00e4dchen.bin")]
    [InlineData("\u00c3\u00a4", "M\u00e4dchen.bin")]
    public async Task A_name_is_read_whether_Windows_wrote_it_or_another_program(string written, string name)
    {
        using var package = new MemoryStream();
        using (var zip = new ZipArchive(package, ZipArchiveMode.Create, leaveOpen: true)) zip.CreateEntry($"M{new string('#', written.Length)}dchen.bin");
        // Its letters as Latin-1 are its bytes; nothing in the package says what they mean.
        var bytes = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(package.ToArray()).Replace(new string('#', written.Length), written, StringComparison.Ordinal));
        var (fault, taken) = await ReadAsync(bytes);
        (fault, taken.Single().Path).ShouldBe((null, name));
    }

    [Fact]
    public async Task More_files_than_any_package_has_are_refused_before_one_is_read()
    {
        var (fault, taken) = await ReadAsync(Zip(ZipPackage.EntriesMax + 1, _ => []));
        fault!.Reason.ShouldBe("the ZIP holds more than 10000 files");
        taken.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_directory_of_any_length_is_not_read_to_its_end()
    {
        using var package = new MemoryStream();
        using (var zip = new ZipArchive(package, ZipArchiveMode.Create, leaveOpen: true))
            for (var index = 0; index < 150; index++) zip.CreateEntry($"{index}").Comment = new string('c', 60_000);
        var (fault, taken) = await ReadAsync(package.ToArray());
        fault!.Reason.ShouldStartWith("the ZIP's directory is larger");
        taken.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_whose_bytes_changed_on_the_way_is_told_by_its_checksum()
    {
        var zip = Zip(1, _ => [1, 2, 3, 4, 5, 6, 7, 8]);
        zip[zip.AsSpan().IndexOf((ReadOnlySpan<byte>)[3, 4, 5])] = 9;
        (await ReadAsync(zip)).Fault!.Reason.ShouldStartWith("the ZIP is broken");
    }

    [Fact]
    public async Task Together_the_files_unfold_to_no_more_than_a_package_may_however_many_there_are()
    {
        using var package = new MemoryStream();
        using (var zip = new ZipArchive(package, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var index = 0; index < 20; index++)
            {
                using var entry = zip.CreateEntry($"{index}.bin").Open();
                entry.Write(new byte[10 << 20]);
            }
        }
        var (unfolded, bloated) = (0L, 0);
        var fault = await ZipPackage.ReadAsync(package, async (entry, content) =>
        {
            bloated += entry.IsBloated ? 1 : 0;
            var buffer = new byte[64 * 1024];
            while (await content.ReadAsync(buffer) is > 0 and var count) unfolded += count;
        }, CancellationToken.None);
        fault.ShouldBeNull();
        unfolded.ShouldBeInRange(30L << 20, ZipPackage.GrowthFreeBytes + ZipPackage.GrowthMax * package.Length);
        bloated.ShouldBeGreaterThan(0);
    }
}
