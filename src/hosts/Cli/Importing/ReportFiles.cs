using System.Formats.Tar;
using System.IO.Compression;
using Homeward.Exchange;
using Homeward.Exchange.CyberTips.Json;
using Homeward.Exchange.Lines;
using Homeward.Intake;
using Homeward.Intake.Packages;

namespace Homeward.Cli.Importing;

/// <summary>Reports in folders and archives, one after another: however many there are, one is in memory at a time.</summary>
/// <remarks>
/// Read are <c>.xml</c>, <c>.json</c>, <c>.pdf</c> and <c>.jsonl</c> (a report a line), also inside of <c>.zip</c>, <c>.tar</c> and <c>.tar.gz</c>; lines
/// also as <c>.jsonl.gz</c>. Anything else may be a file that a report speaks of, as may a PDF in an archive: it is passed over, counted and named.
/// </remarks>
/// <param name="isTaken">True for a file that is taken otherwise.</param>
internal sealed class ReportFiles(Func<string, bool> isTaken)
{
    /// <summary>One byte more than the largest report: so much is read, and the reader says that it is too large.</summary>
    private const int BytesMax = CyberTipJson.DocumentBytesMax + 1;
    private const int BufferBytes = 1 << 20;
    private const int RoomBytes = 1 << 16;
    private const int PassedOverNamedMax = 100;
    private const int TarBlockBytes = 512;

    private byte[] _room = new byte[RoomBytes];
    /// <summary>Bytes of the files that were read to their end, and the one that is being read.</summary>
    private long _finished;
    private FileStream? _open;

    private readonly List<string> _notRead = [];
    private readonly List<string> _passedOver = [];
    /// <summary>Whatever was met that somebody is told of, here or elsewhere.</summary>
    private long _met;

    /// <summary>Files that are no reports.</summary>
    public int PassedOver { get; private set; }

    /// <summary>What was not read, by name and with its reason; of what was passed over, the first hundred. For whoever took the reports, when all are taken.</summary>
    public IReadOnlyList<string> NotRead =>
    [
        .. _notRead, .. _passedOver.Select(name => $"{name}: {WhyPassedOver(name)}"),
        .. PassedOver > _passedOver.Count ? new[] { $"{PassedOver - _passedOver.Count:N0} more files are no reports and were passed over" } : [],
    ];

    private static string WhyPassedOver(string name) => Kind(name) switch
    {
        _ when Litter.Is(name) => "left there by the computer itself, and passed over; nothing to mend",
        FileKind.Print => "a PDF that is no report, and passed over; put it into a folder or ZIP with its report, and import that",
        FileKind.Zip or FileKind.Tar or FileKind.TarGz or FileKind.LinesGz => "an archive inside of an archive, which is not opened; take it out and import it",
        _ => "no report by its name, and passed over; put it into a folder or ZIP with its report, and import that",
    };

    /// <summary>Whether it holds many reports where it holds any.</summary>
    public static bool IsOfMany(string path) => Kind(path) is not (FileKind.Other or FileKind.Report or FileKind.Print);

    /// <summary>Whether a file of many may hold a report: it does, or nobody can tell, because it breaks off, holds an archive, or holds nothing at all.</summary>
    /// <remarks>By reading it as it will be read, to the first report.</remarks>
    public static bool MayHold(string path)
    {
        var files = new ReportFiles(_ => false);
        return files.In(path).Any(one => one.Fault is not null || PackageArrivals.MayBeReport(one.Path, one.Bytes)) || files._notRead.Count > 0 || files._passedOver.Exists(IsOfMany);
    }

    /// <summary>Bytes on disk that were read so far. For whoever takes the reports: not for another thread.</summary>
    public long BytesRead => _finished + (_open?.Position ?? 0);

    /// <summary>How many bytes will be read of files and of what lies in folders.</summary>
    public long BytesIn(IEnumerable<string> paths, CancellationToken cancel)
    {
        var bytes = 0L;
        foreach (var file in paths.SelectMany(path => FolderWalk.Files(path, (_, _) => { })))
        {
            cancel.ThrowIfCancellationRequested();
            if (Kind(file) != FileKind.Other && !isTaken(file)) bytes += new FileInfo(file).Length;
        }
        return bytes;
    }

    /// <exception cref="FileNotFoundException">There is nothing at the path.</exception>
    public IEnumerable<RawOriginal> In(string path)
    {
        var before = _met;
        if (File.Exists(path)) foreach (var original in OfFile(path, NameOf(path))) yield return original;
        else if (Directory.Exists(path)) foreach (var original in OfFolder(new FolderWalk(path, Unread), path, "")) yield return original;
        else if (FolderWalk.IsLinkToNothing(path)) Unread(path, FolderWalk.LeadsNowhere);
        else throw new FileNotFoundException($"{path} is not there.");
        if (_met == before) Unread(path, "nothing was taken: it holds no file");
    }

    private IEnumerable<RawOriginal> OfFolder(FolderWalk walk, string folder, string name)
    {
        foreach (var (below, isFolder) in walk.In(folder))
        {
            var nameBelow = name.Length == 0 ? isFolder ? Path.GetFileName(below) : NameOf(below) : $"{name}/{Path.GetFileName(below)}";
            foreach (var original in isFolder ? OfFolder(walk, below, nameBelow) : OfFile(below, nameBelow)) yield return original;
        }
    }

    private IEnumerable<RawOriginal> OfFile(string path, string name)
    {
        if (!isTaken(path)) return Read(path, name);
        _met++;
        return [];
    }

    private IEnumerable<RawOriginal> Read(string path, string name) => Kind(name) switch
    {
        FileKind.Report or FileKind.Print => Whole(path, name),
        FileKind.Lines => Opened(path, name, stream => Lines(stream, name)),
        FileKind.LinesGz => Opened(path, name, stream => Lines(new GZipStream(stream, CompressionMode.Decompress), name)),
        FileKind.Zip => Opened(path, name, stream => Zipped(stream, name)),
        FileKind.Tar => Opened(path, name, stream => Tarred(stream, path)),
        FileKind.TarGz => Opened(path, name, stream => Tarred(new GZipStream(stream, CompressionMode.Decompress), path)),
        _ => Pass(name),
    };

    private RawOriginal[] Whole(string path, string name)
    {
        try
        {
            _met++;
            return [new RawOriginal(PathIn(name), ReadWhole(path))];
        }
        catch (Exception fault) when (FolderWalk.IsUnreadable(fault))
        {
            Unread(path, FolderWalk.Words(fault));
            return [];
        }
    }

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

    private IEnumerable<RawOriginal> Tarred(Stream stream, string path)
    {
        using var tar = new TarReader(stream);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile)) continue;
            foreach (var original in OfEntry(entry.Name, entry.DataStream ?? Stream.Null, entry.Length)) yield return original;
        }
        // Two empty blocks mark its end, and the reader takes one at most. Without them it was cut between two files, which nobody else would see.
        var block = new byte[TarBlockBytes];
        stream.ReadExactly(block);
        // And empty ones may follow, as a tape has it.
        for (int read; (read = stream.ReadAtLeast(block, TarBlockBytes, throwOnEndOfStream: false)) > 0;)
        {
            if (!block.AsSpan(0, read).ContainsAnyExcept((byte)0)) continue;
            Unread(path, "something follows the end of the archive, perhaps another one; only the first was read: import the others as files of their own");
            break;
        }
    }

    /// <param name="bytes">What the archive says of its length.</param>
    private IEnumerable<RawOriginal> OfEntry(string name, Stream content, long bytes)
    {
        name = name.Replace('\\', '/');
        if (name.StartsWith("./", StringComparison.Ordinal)) name = name[2..];
        return Kind(name) switch
        {
            FileKind.Report => Entry(name, content, bytes),
            FileKind.Print => Print(name, content, bytes),
            FileKind.Lines => Lines(content, name),
            _ => Pass(name),
        };
    }

    private RawOriginal[] Entry(string name, Stream content, long bytes)
    {
        _met++;
        return [new RawOriginal(PathIn(name), ReadEntry(content, bytes))];
    }

    /// <summary>Evidence may be a PDF, too, and must not lie among what the house can open: only what is a report for certain is taken.</summary>
    private IEnumerable<RawOriginal> Print(string name, Stream content, long bytes)
    {
        var print = ReadEntry(content, bytes);
        if (PackageArrivals.MarksIn(name, print) is null) return Pass(name);
        _met++;
        return [new RawOriginal(PathIn(name), print)];
    }

    private IEnumerable<RawOriginal> Lines(Stream stream, string name)
    {
        var number = 0;
        foreach (var line in LineSplitter.Lines(stream))
        {
            number++;
            _met++;
            if (line is null) yield return Broken($"{name}:{number}", $"the line is longer than {LineSplitter.LineBytesMax:N0} bytes", "write each report on a line of its own, or in a file of its own");
            else if (line.Value.Span.ContainsAnyExcept(" \t\r"u8)) yield return new RawOriginal($"{PathIn(name)}:{number}", line.Value.ToArray());
        }
    }

    /// <summary>Opens a file of many, and tells where it breaks off rather than lose what stands before.</summary>
    private IEnumerable<RawOriginal> Opened(string path, string name, Func<Stream, IEnumerable<RawOriginal>> read)
    {
        if (Open(path) is not { } file) yield break;
        using var closing = file;
        using var originals = read(file).GetEnumerator();
        // Who reads an archive closes it at its end.
        var (bytes, before) = (file.Length, _met);
        var isBroken = false;
        _open = file;
        try
        {
            while (MoveNext()) yield return originals.Current;
            if (isBroken) yield return Broken(name, "the archive is damaged or cut off here; what stands before was read", "send it again, whole");
            if (_met == before) Unread(path, "nothing was taken: it holds no file");
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
                _met++;
                isBroken = true;
                return false;
            }
            catch (Exception fault) when (FolderWalk.IsUnreadable(fault))
            {
                Unread(path, $"{FolderWalk.Words(fault)}; what stands before was read");
                return false;
            }
        }
    }

    /// <summary>Goes the way of all that is rejected: what it held was sent, and is counted as not taken.</summary>
    private static RawOriginal Broken(string name, string why, string mend) => new(PathIn(name), []) { Fault = new Rejection(0, 0, "", why, mend) };

    /// <returns>Null when it cannot be opened; it was told.</returns>
    private FileStream? Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.SequentialScan);
        }
        catch (Exception fault) when (FolderWalk.IsUnreadable(fault))
        {
            Unread(path, FolderWalk.Words(fault));
            return null;
        }
    }

    private void Unread(string path, string why)
    {
        _met++;
        _notRead.Add($"{path}: {why}");
    }

    private IEnumerable<RawOriginal> Pass(string name)
    {
        _met++;
        PassedOver++;
        if (_passedOver.Count < PassedOverNamedMax) _passedOver.Add(name);
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

    /// <summary>Of a file that was named by itself or by its folder, with the folder of its day where its name needs one.</summary>
    public static string NameOf(string path)
    {
        var (day, file) = (Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path))), Path.GetFileName(path));
        return RawFolder.TryReadReportPath($"{day}/{file}", out _) ? $"{day}/{file}" : file;
    }

    /// <summary>The path that it would have in a raw folder: arrival and number follow from it.</summary>
    private static string PathIn(string name) =>
        name.StartsWith(RawFolder.Reports + "/", StringComparison.Ordinal) ? name : $"{RawFolder.Reports}/{name}";

    private enum FileKind { Other, Report, Print, Lines, LinesGz, Zip, Tar, TarGz }

    private static FileKind Kind(string name) => name.ToLowerInvariant() switch
    {
        _ when Litter.Is(name) => FileKind.Other,
        var lower when lower.EndsWith(".xml", StringComparison.Ordinal) || lower.EndsWith(".json", StringComparison.Ordinal) => FileKind.Report,
        var lower when lower.EndsWith(".pdf", StringComparison.Ordinal) => FileKind.Print,
        var lower when lower.EndsWith(".jsonl", StringComparison.Ordinal) => FileKind.Lines,
        var lower when lower.EndsWith(".jsonl.gz", StringComparison.Ordinal) => FileKind.LinesGz,
        var lower when lower.EndsWith(".zip", StringComparison.Ordinal) => FileKind.Zip,
        var lower when lower.EndsWith(".tar", StringComparison.Ordinal) => FileKind.Tar,
        var lower when lower.EndsWith(".tar.gz", StringComparison.Ordinal) || lower.EndsWith(".tgz", StringComparison.Ordinal) => FileKind.TarGz,
        _ => FileKind.Other,
    };
}
