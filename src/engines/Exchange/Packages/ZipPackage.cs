using System.IO.Compression;

namespace Homeward.Exchange.Packages;

/// <summary>One file of a package, as its directory names it.</summary>
/// <param name="Path">With <c>/</c> between folders. Only a name: nothing is ever written to it.</param>
/// <param name="Oddity">Why the name is not to be trusted to say which file this is; null when it is a plain one.</param>
/// <param name="IsPackage">A package inside the package: it is not opened.</param>
/// <param name="IsBloated">It would unfold to more than the package may: it is named, and its content is not unfolded.</param>
public sealed record PackedEntry(string Path, long Bytes, string? Oddity, bool IsPackage, bool IsBloated);

/// <summary>Why a package is not taken as one; its bytes are for the caller to keep.</summary>
/// <param name="Reason">What is wrong; it quotes no name from inside.</param>
public sealed record PackageFault(string Reason, string Mend);

/// <summary>Reads a ZIP package, one file after another, in constant memory.</summary>
/// <remarks>
/// The directory is bounded before it is read, what a file grows to is bounded while it is read, length and checksum are
/// compared after. A package is whole or it is refused: half of a package looks like a package whose rest never was. What
/// would unfold to more than a package may is no reason to lose the report beside it: it is named, and passed over.
/// </remarks>
public static class ZipPackage
{
    public const int EntriesMax = 10_000;
    /// <summary>Bytes of the directory at the end, names included.</summary>
    public const int DirectoryBytesMax = 8 << 20;
    /// <summary>How many times its own size a package may unfold to. Pictures and films hardly shrink, logs to a twentieth.</summary>
    public const int GrowthMax = 200;
    /// <summary>What any package may unfold to, in bytes: a small one of text may shrink more than others.</summary>
    public const long GrowthFreeBytes = 32L << 20;
    private const int PathCharsMax = 1_024;
    private static readonly EntryNames _names = new();
    private static readonly PackageFault _broken = new("the ZIP is broken or was cut off, or packed in a way that is not read here", "download it again and drop it whole, or pack it again as an ordinary ZIP");

    /// <param name="package">Seekable; it is not closed.</param>
    /// <param name="take">Gets each file with its content, which ends before the next one begins. What it leaves unread is passed over. A bloated one comes with no content.</param>
    /// <returns>Null when every file was handed over whole, or named as bloated; else why the package is refused.</returns>
    public static async Task<PackageFault?> ReadAsync(Stream package, Func<PackedEntry, Stream, Task> take, CancellationToken cancel)
    {
        var budget = GrowthFreeBytes + GrowthMax * package.Length;
        var (zip, fault) = Open(package);
        if (zip is null) return fault;
        using var _ = zip;
        try
        {
            var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var entry in zip.Entries)
            {
                var path = entry.FullName.Replace('\\', '/').Replace('\0', '\uFFFD');
                if (path.EndsWith('/')) continue;
                var isBloated = entry.Length > budget;
                var packed = new PackedEntry(path, entry.Length, Oddity(path, names), IsPackage(path), isBloated);
                if (isBloated)
                {
                    await take(packed, Stream.Null);
                    continue;
                }
                budget -= entry.Length;
                await using var content = new CheckedStream(await entry.OpenAsync(cancel), entry.Length, entry.Crc32);
                await take(packed, content);
                await content.CopyToAsync(Stream.Null, cancel);
            }
            return null;
        }
        catch (Exception broken) when (broken is InvalidDataException or EndOfStreamException)
        {
            return _broken;
        }
    }

    /// <summary>Reads the directory at the end, as far as it may go.</summary>
    private static (ZipArchive? Zip, PackageFault? Fault) Open(Stream package)
    {
        ZipArchive? zip = null;
        try
        {
            var metered = new MeteredStream(package) { BytesLeft = DirectoryBytesMax };
            zip = new ZipArchive(metered, ZipArchiveMode.Read, leaveOpen: true, _names);
            var (count, isLocked) = (zip.Entries.Count, zip.Entries.Any(entry => entry.IsEncrypted));
            metered.BytesLeft = long.MaxValue;
            if (count <= EntriesMax && !isLocked) return (zip, null);
            zip.Dispose();
            return (null, isLocked
                ? new("the ZIP is locked with a password", "pack it without a password and drop it again")
                : new($"the ZIP holds more than {EntriesMax} files", "pack it in parts"));
        }
        catch (DirectoryTooLarge)
        {
            zip?.Dispose();
            return (null, new($"the ZIP's directory is larger than {DirectoryBytesMax} bytes", "pack it in parts"));
        }
        // ArgumentException: of a few bytes the library asks for less than none.
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException or ArgumentException or NotSupportedException or OverflowException)
        {
            zip?.Dispose();
            return (null, _broken);
        }
    }

    private static string? Oddity(string path, HashSet<string> names)
    {
        if (path.Length is 0 or > PathCharsMax || path.Any(char.IsControl)) return "the name is no file name";
        if (path[0] == '/' || path is [_, ':', ..] || path.Split('/').Any(part => part is ".." or ".")) return "the name leads out of the package";
        return names.Add(path) ? null : "the name stands twice in the package";
    }

    private static bool IsPackage(string path) => path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    private sealed class DirectoryTooLarge : Exception;

    /// <summary>The package, with a bound on what is read of it: the directory says of itself how long it is.</summary>
    private sealed class MeteredStream(Stream inner) : ReadStream
    {
        public long BytesLeft { get; set; }
        public override bool CanSeek => true;
        public override long Length => inner.Length;
        public override long Position { get => inner.Position; set => inner.Position = value; }
        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

        public override int Read(Span<byte> buffer) => Count(inner.Read(buffer));

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Count(await inner.ReadAsync(buffer, cancellationToken));

        private int Count(int count) => (BytesLeft -= count) < 0 ? throw new DirectoryTooLarge() : count;
    }

    /// <summary>One file as it unfolds: as long as the directory says, with the checksum that it says.</summary>
    private sealed class CheckedStream(Stream inner, long bytes, uint crc32) : ReadStream
    {
        private long _read;
        private uint _crc = uint.MaxValue;

        public override int Read(Span<byte> buffer)
        {
            var count = inner.Read(buffer);
            Check(buffer[..count], buffer.Length);
            return count;
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await inner.ReadAsync(buffer, cancellationToken);
            Check(buffer.Span[..count], buffer.Length);
            return count;
        }

        private void Check(ReadOnlySpan<byte> read, int wanted)
        {
            _crc = Crc32.Append(_crc, read);
            _read += read.Length;
            if (_read > bytes || (read.Length == 0 && wanted > 0 && (_read != bytes || ~_crc != crc32)))
                throw new InvalidDataException("The file is not what the directory says.");
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
