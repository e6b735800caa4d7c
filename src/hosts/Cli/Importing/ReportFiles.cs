using System.Formats.Tar;
using System.IO.Compression;
using Homeward.Exchange;
using Homeward.Exchange.CyberTips.Json;
using Homeward.Exchange.Lines;
using Homeward.Intake;

namespace Homeward.Cli.Importing;

/// <summary>Reports in folders and archives, one after another: however many there are, one is in memory at a time.</summary>
/// <remarks>
/// Read are <c>.xml</c>, <c>.json</c>, <c>.pdf</c> and <c>.jsonl</c> (a report a line), but for the print also inside of
/// <c>.zip</c>, <c>.tar</c> and <c>.tar.gz</c>. Anything else may be a file that a report speaks of: it is passed over unopened and counted.
/// </remarks>
/// <param name="isTaken">True for a file that is taken otherwise.</param>
/// <param name="broken">Told of what cannot be read to its end: where, and why.</param>
internal sealed class ReportFiles(Func<string, bool> isTaken, Action<string, string> broken)
{
    /// <summary>One byte more than the largest report: so much is read, and the reader says that it is too large.</summary>
    private const int BytesMax = CyberTipJson.DocumentBytesMax + 1;
    private const int BufferBytes = 1 << 20;
    private const int RoomBytes = 1 << 16;

    private byte[] _room = new byte[RoomBytes];
    /// <summary>Bytes of the files that were read to their end, and the one that is being read.</summary>
    private long _finished;
    private FileStream? _open;

    /// <summary>Files that are no reports.</summary>
    public int PassedOver { get; private set; }

    /// <summary>Bytes on disk that were read so far. For whoever takes the reports: not for another thread.</summary>
    public long BytesRead => _finished + (_open?.Position ?? 0);

    /// <summary>How many bytes will be read of files and of what lies in folders.</summary>
    public long BytesIn(IEnumerable<string> paths, CancellationToken cancel)
    {
        var bytes = 0L;
        foreach (var file in paths.SelectMany(path => File.Exists(path) ? [path] : Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)))
        {
            cancel.ThrowIfCancellationRequested();
            if (Kind(file) != FileKind.Other && !isTaken(file)) bytes += new FileInfo(file).Length;
        }
        return bytes;
    }

    /// <exception cref="FileNotFoundException">There is nothing at the path.</exception>
    public IEnumerable<RawOriginal> In(string path)
    {
        if (File.Exists(path)) return OfFile(path, Path.GetFileName(path));
        if (!Directory.Exists(path)) throw new FileNotFoundException($"{path} is not there.");
        return OfFolder(path, "");
    }

    /// <remarks>A folder's names are sorted, not all names below it: versions come in the order of their days.</remarks>
    private IEnumerable<RawOriginal> OfFolder(string folder, string name)
    {
        foreach (var below in Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal))
        {
            var nameBelow = name.Length == 0 ? Path.GetFileName(below) : $"{name}/{Path.GetFileName(below)}";
            foreach (var original in Directory.Exists(below) ? OfFolder(below, nameBelow) : OfFile(below, nameBelow)) yield return original;
        }
    }

    private IEnumerable<RawOriginal> OfFile(string path, string name) => isTaken(path) ? [] : Kind(name) switch
    {
        FileKind.Report or FileKind.Print => [new RawOriginal(PathIn(name), ReadWhole(path))],
        FileKind.Lines => Opened(path, name, stream => Lines(stream, name)),
        FileKind.Zip => Opened(path, name, stream => Zipped(stream, name)),
        FileKind.Tar => Opened(path, name, stream => Tarred(stream)),
        FileKind.TarGz => Opened(path, name, stream => Tarred(new GZipStream(stream, CompressionMode.Decompress))),
        _ => Pass(),
    };

    private IEnumerable<RawOriginal> Zipped(Stream stream, string name)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
        foreach (var entry in zip.Entries)
        {
            if (entry.FullName.EndsWith('/')) continue;
            using var content = entry.Open();
            foreach (var original in OfEntry(entry.FullName, content, entry.Length)) yield return original;
        }
    }

    private IEnumerable<RawOriginal> Tarred(Stream stream)
    {
        using var tar = new TarReader(stream);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile)) continue;
            foreach (var original in OfEntry(entry.Name, entry.DataStream ?? Stream.Null, entry.Length)) yield return original;
        }
    }

    /// <param name="bytes">What the archive says of its length.</param>
    private IEnumerable<RawOriginal> OfEntry(string name, Stream content, long bytes)
    {
        name = name.Replace('\\', '/');
        if (name.StartsWith("./", StringComparison.Ordinal)) name = name[2..];
        return Kind(name) switch
        {
            FileKind.Report => [new RawOriginal(PathIn(name), ReadEntry(content, bytes))],
            FileKind.Lines => Lines(content, name),
            _ => Pass(),
        };
    }

    private IEnumerable<RawOriginal> Lines(Stream stream, string name)
    {
        var number = 0;
        foreach (var line in LineSplitter.Lines(stream))
        {
            number++;
            if (line is null) broken($"{name}:{number}", $"the line is longer than {LineSplitter.LineBytesMax} bytes");
            else if (line.Value.Span.ContainsAnyExcept(" \t\r"u8)) yield return new RawOriginal($"{PathIn(name)}:{number}", line.Value.ToArray());
        }
    }

    /// <summary>Opens a file of many, and tells where it breaks off rather than lose what stands before.</summary>
    private IEnumerable<RawOriginal> Opened(string path, string name, Func<Stream, IEnumerable<RawOriginal>> read)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.SequentialScan);
        using var originals = read(file).GetEnumerator();
        // Who reads an archive closes it at its end.
        var bytes = file.Length;
        _open = file;
        try
        {
            while (MoveNext()) yield return originals.Current;
        }
        finally
        {
            (_finished, _open) = (_finished + bytes, null);
        }

        bool MoveNext()
        {
            try
            {
                return originals.MoveNext();
            }
            catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException or FormatException)
            {
                broken(name, "the archive is damaged or cut off here; what stands before was read");
                return false;
            }
        }
    }

    private IEnumerable<RawOriginal> Pass()
    {
        PassedOver++;
        return [];
    }

    private byte[] ReadWhole(string path)
    {
        using var file = File.OpenRead(path);
        _finished += file.Length;
        return ReadWhole(file);
    }

    /// <exception cref="EndOfStreamException">The archive ends before the entry does: half a report is none.</exception>
    private byte[] ReadEntry(Stream content, long bytes)
    {
        var whole = ReadWhole(content);
        return whole.Length < Math.Min(bytes, BytesMax) ? throw new EndOfStreamException() : whole;
    }

    /// <remarks>Through one room for all: one of its own for each report would be most of what an import asks of memory.</remarks>
    private byte[] ReadWhole(Stream stream)
    {
        var filled = 0;
        while (filled < BytesMax && stream.Read(_room, filled, Math.Min(_room.Length - filled, BytesMax - filled)) is > 0 and var read)
        {
            filled += read;
            if (filled == _room.Length) Array.Resize(ref _room, 2 * _room.Length);
        }
        var whole = _room.AsSpan(0, filled).ToArray();
        // A large one is the exception, and the next will be small again.
        if (_room.Length > RoomBytes) _room = new byte[RoomBytes];
        return whole;
    }

    /// <summary>The path that it would have in a raw folder: arrival and number follow from it.</summary>
    private static string PathIn(string name) =>
        name.StartsWith(RawFolder.Reports + "/", StringComparison.Ordinal) ? name : $"{RawFolder.Reports}/{name}";

    private enum FileKind { Other, Report, Print, Lines, Zip, Tar, TarGz }

    private static FileKind Kind(string name) => name.ToLowerInvariant() switch
    {
        var lower when lower.EndsWith(".xml", StringComparison.Ordinal) || lower.EndsWith(".json", StringComparison.Ordinal) => FileKind.Report,
        var lower when lower.EndsWith(".pdf", StringComparison.Ordinal) => FileKind.Print,
        var lower when lower.EndsWith(".jsonl", StringComparison.Ordinal) => FileKind.Lines,
        var lower when lower.EndsWith(".zip", StringComparison.Ordinal) => FileKind.Zip,
        var lower when lower.EndsWith(".tar", StringComparison.Ordinal) => FileKind.Tar,
        var lower when lower.EndsWith(".tar.gz", StringComparison.Ordinal) || lower.EndsWith(".tgz", StringComparison.Ordinal) => FileKind.TarGz,
        _ => FileKind.Other,
    };
}
