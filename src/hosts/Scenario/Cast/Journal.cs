using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
using System.Threading.Channels;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Work;
using Homeward.Kernel;

namespace Homeward.Scenario.Cast;

/// <summary>What the house answered the scripted people, in order: an interrupted run goes on where it stopped.</summary>
/// <remarks>
/// The people's script hangs on nothing but its seed and what it was answered. Played again with the kept answers, it
/// stands where it stood, and nothing is done twice; then it goes on with the house itself. The world of outsiders is
/// asked anew, because it answers the same each time.
/// Layout: one line of JSON (<see cref="Head"/>), then for each answer its length (4 bytes, big endian), how many ids
/// were given out by then (8), the house's time (8, ticks in UTC), and the answer as JSON, deflated and sealed with the
/// house's key. Length 0 closes an orderly end. A torn tail, as a power cut leaves it, is cut off.
/// </remarks>
public sealed class Journal : IAsyncDisposable
{
    private const string Purpose = "originals", Context = "run-journal";
    private const int PrefixBytes = sizeof(int) + sizeof(long) + sizeof(long);
    /// <summary>Ids that are left out after an end that was not orderly: some may have been used and not been written down.</summary>
    private const long IdsLeftOut = 1_000_000;
    private static readonly JsonSerializerOptions _json = WorkItem.Json;

    private readonly FileStream _file;
    private readonly Envelope _envelope;
    private readonly SeededIds? _ids;
    private readonly HouseClock _clock;
    private readonly Queue<(long At, int Length)> _kept = new();
    private readonly Channel<(object Entry, Stamp Stamp)> _toWrite = Channel.CreateBounded<(object, Stamp)>(2_000);
    private Task? _writing;

    private Journal(FileStream file, Envelope envelope, IIdSource ids, HouseClock clock) =>
        (_file, _envelope, _ids, _clock) = (file, envelope, ids as SeededIds, clock);

    /// <summary>Which run it is of.</summary>
    /// <param name="Document">Hash of the initiative file, in hex.</param>
    public sealed record Head(long Seed, int Scale, string Document);

    /// <summary>Where the house stood: ids given out, and its time.</summary>
    private readonly record struct Stamp(long Ids, DateTimeOffset At)
    {
        public static Stamp Read(ReadOnlySpan<byte> prefix) => new(
            BinaryPrimitives.ReadInt64BigEndian(prefix[sizeof(int)..]),
            new DateTimeOffset(BinaryPrimitives.ReadInt64BigEndian(prefix[(sizeof(int) + sizeof(long))..]), TimeSpan.Zero));

        public void Write(Span<byte> prefix)
        {
            BinaryPrimitives.WriteInt64BigEndian(prefix[sizeof(int)..], Ids);
            BinaryPrimitives.WriteInt64BigEndian(prefix[(sizeof(int) + sizeof(long))..], At.UtcTicks);
        }
    }

    private sealed record Entry<T>(string Asked, T? Answer, Problem? Problem);

    /// <summary>Whether there are kept answers that the script has not yet been given.</summary>
    public bool IsReplaying => _kept.Count > 0;

    /// <summary>Begins a new one, over whatever was there.</summary>
    public static Journal Begin(string path, Head head, Envelope envelope, IIdSource ids, HouseClock clock)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        var file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read);
        file.Write(JsonSerializer.SerializeToUtf8Bytes(head, _json));
        file.WriteByte((byte)'\n');
        return new Journal(file, envelope, ids, clock).StartWriting();
    }

    /// <summary>What it says of its run; null where there is none to go on with.</summary>
    public static Head? HeadOf(string path)
    {
        if (!File.Exists(path)) return null;
        using var reader = new StreamReader(path);
        try
        {
            return JsonSerializer.Deserialize<Head>(reader.ReadLine() ?? "", _json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Opens one to go on with: ids and the house's time go on where they stopped.</summary>
    public static Journal Continue(string path, Envelope envelope, IIdSource ids, HouseClock clock)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        var journal = new Journal(file, envelope, ids, clock);
        while (file.ReadByte() is not ('\n' or -1)) { }
        var (stopped, orderly, end) = journal.Survey();
        file.SetLength(end);
        file.Seek(end, SeekOrigin.Begin);
        journal._ids?.ContinueAfter(orderly ? stopped.Ids : stopped.Ids + IdsLeftOut);
        if (journal.IsReplaying) clock.DriveTo(stopped.At);
        return journal.StartWriting();
    }

    private (Stamp Stopped, bool Orderly, long End) Survey()
    {
        var prefix = new byte[PrefixBytes];
        var (stopped, end) = (default(Stamp), _file.Position);
        while (_file.ReadAtLeast(prefix, PrefixBytes, throwOnEndOfStream: false) == PrefixBytes)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(prefix);
            if (length == 0) return (Stamp.Read(prefix), Orderly: true, end);
            if (length < 0 || _file.Position + length > _file.Length) break;
            stopped = Stamp.Read(prefix);
            _kept.Enqueue((_file.Position, length));
            end = _file.Seek(length, SeekOrigin.Current);
        }
        return (stopped, Orderly: false, end);
    }

    /// <summary>The next kept answer, while there is one.</summary>
    /// <exception cref="InvalidDataException">The script asks something else than it did: it was changed since.</exception>
    public bool TryTake<T>(string asked, out Result<T> answer)
    {
        answer = default;
        if (!_kept.TryDequeue(out var place)) return false;
        var bytes = new byte[place.Length];
        RandomAccess.Read(_file.SafeFileHandle, bytes, place.At);
        using var deflated = new MemoryStream(_envelope.Open(Purpose, Context, bytes));
        using var plain = new ZLibStream(deflated, CompressionMode.Decompress);
        var entry = JsonSerializer.Deserialize<Entry<T>>(plain, _json);
        if (entry is null || entry.Asked != asked)
            throw new InvalidDataException(
                $"The run was begun by another version of this program (it asked {entry?.Asked}, now {asked}). Start it anew, without --keep.");
        if (entry.Problem is { } problem) answer = problem;
        else answer = entry.Answer!;
        return true;
    }

    /// <summary>Keeps an answer. It is written behind the script's back, in order.</summary>
    public ValueTask KeepAsync<T>(string asked, Result<T> answer)
    {
        var entry = answer.TryGet(out var value, out var problem) ? new Entry<T>(asked, value, null) : new Entry<T>(asked, default, problem);
        return _toWrite.Writer.WriteAsync((entry, Now()));
    }

    private Stamp Now() => new(_ids?.Count ?? 0, _clock.GetUtcNow());

    private Journal StartWriting()
    {
        _writing = Task.Run(WriteAsync);
        return this;
    }

    private async Task WriteAsync()
    {
        await foreach (var (entry, stamp) in _toWrite.Reader.ReadAllAsync())
        {
            using var deflated = new MemoryStream();
            await using (var plain = new ZLibStream(deflated, CompressionLevel.Fastest, leaveOpen: true))
                await JsonSerializer.SerializeAsync(plain, entry, entry.GetType(), _json);
            var bytes = _envelope.Seal(Purpose, Context, deflated.GetBuffer().AsSpan(0, (int)deflated.Length));
            Write(bytes, stamp);
            await _file.FlushAsync();
        }
    }

    private void Write(ReadOnlySpan<byte> bytes, Stamp stamp)
    {
        Span<byte> prefix = stackalloc byte[PrefixBytes];
        BinaryPrimitives.WriteInt32BigEndian(prefix, bytes.Length);
        stamp.Write(prefix);
        _file.Write(prefix);
        _file.Write(bytes);
    }

    /// <summary>Writes what is still to be written, and that the end was orderly.</summary>
    public async ValueTask DisposeAsync()
    {
        _toWrite.Writer.TryComplete();
        try
        {
            if (_writing is not null) await _writing;
            Write([], Now());
        }
        finally
        {
            await _file.DisposeAsync();
        }
    }
}
