using System.Security.Cryptography;
using System.Text;
using Homeward.Kernel;

namespace Homeward.Linkage;

/// <summary>The file of an index: every text of a field once, records as numbers of these, and the keys as they are frozen.</summary>
/// <remarks>
/// The sum at the end covers all before it: a file that was cut or changed is refused, never half read. Keys are taken
/// over only where fields, blocking rules and this very library are those that wrote them; else they are made anew
/// from the texts, which takes longer and gives the same answers. Little-endian.
/// </remarks>
internal static class SnapshotFile
{
    private const uint Mark = 0x58495748;   // HWIX
    private const int Version = 3;
    private const int SumBytes = 32;

    public sealed record Content(FrozenRows Rows, FrozenPostings Postings);

    /// <summary>Writes beside the file first and then takes its place, so that a cut run leaves the last one whole.</summary>
    public static void Write(string path, LinkageSettings settings, FrozenRows rows, FrozenPostings postings)
    {
        Ensure.That(BitConverter.IsLittleEndian);
        var beside = path + ".writing";
        using (var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
        using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
        {
            using (var writer = new BinaryWriter(new Summed(file, sum), Encoding.UTF8, leaveOpen: true))
            {
                writer.Write(Mark);
                writer.Write(Version);
                writer.Write(KeysMadeBy(settings));
                WriteRows(writer, rows);
                postings.Write(writer);
            }
            file.Write(sum.GetHashAndReset());
            file.Flush(flushToDisk: true);
        }
        File.Move(beside, path, overwrite: true);
    }

    /// <exception cref="LinkageException">The file is not there, is no snapshot, or was cut or changed.</exception>
    public static Content Read(string path, LinkageSettings settings, Keys keys)
    {
        try
        {
            CheckSum(path);
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            using var reader = new BinaryReader(file, Encoding.UTF8);
            if (reader.ReadUInt32() != Mark) throw new InvalidDataException("it does not begin as one");
            if (reader.ReadInt32() is not Version and var version) throw new InvalidDataException($"its form is {version}, and this release reads {Version}");
            var sameKeys = reader.ReadString() == KeysMadeBy(settings);
            return ReadRows(reader, settings, sameKeys ? null : keys);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            throw new LinkageException($"{path} is no snapshot of an index: {fault.Message}. Build the index anew from its records.", fault);
        }
    }

    private static void WriteRows(BinaryWriter writer, FrozenRows rows)
    {
        var (names, cells) = (new Dictionary<string, int>(StringComparer.Ordinal), new Dictionary<(string Field, string Text), int>());
        for (var row = 0; row < rows.Count; row++)
        {
            var record = rows.Record(row);
            names.TryAdd(record.Source, names.Count);
            foreach (var cell in record.Values)
            {
                names.TryAdd(cell.Field, names.Count);
                cells.TryAdd(cell, cells.Count);
            }
        }
        // A dictionary that only grew gives its keys in the order in which they came.
        writer.Write(names.Count);
        foreach (var name in names.Keys) writer.Write(name);
        writer.Write(cells.Count);
        foreach (var (field, text) in cells.Keys)
        {
            writer.Write7BitEncodedInt(names[field]);
            writer.Write(text);
        }
        writer.Write(rows.Count);
        for (var row = 0; row < rows.Count; row++)
        {
            var record = rows.Record(row);
            writer.Write(record.Id);
            writer.Write7BitEncodedInt(names[record.Source]);
            writer.Write7BitEncodedInt(record.Values.Length);
            foreach (var cell in record.Values) writer.Write7BitEncodedInt(cells[cell]);
        }
    }

    private static Content ReadRows(BinaryReader reader, LinkageSettings settings, Keys? keys)
    {
        var names = new string[Bounded(reader.ReadInt32())];
        for (var i = 0; i < names.Length; i++) names[i] = reader.ReadString();
        var cells = new (string Field, string Text)[Bounded(reader.ReadInt32())];
        for (var i = 0; i < cells.Length; i++) cells[i] = (names[reader.Read7BitEncodedInt()], reader.ReadString());
        var records = new (string Id, string Source, int[] Cells)[Bounded(reader.ReadInt32())];
        for (var i = 0; i < records.Length; i++)
        {
            var (id, source, numbers) = (reader.ReadString(), names[reader.Read7BitEncodedInt()],
                new int[Bounded(reader.Read7BitEncodedInt())]);
            for (var cell = 0; cell < numbers.Length; cell++) numbers[cell] = reader.Read7BitEncodedInt();
            records[i] = (id, source, numbers);
        }
        var (rows, postings) = FrozenRows.Of(records.Length, settings, keys, (from, to, piece) =>
        {
            for (var i = from; i < to; i++)
                piece.Add(LinkRecord.Of(records[i].Id, records[i].Source, Array.ConvertAll(records[i].Cells, cell => cells[cell])));
        });
        return new(rows, keys is null ? FrozenPostings.Read(reader, rows.Count) : postings);

        static int Bounded(int count) => count >= 0 ? count : throw new InvalidDataException("a count is below 0");
    }

    /// <summary>What the keys depend on: the library's own build, the fields, and the rules.</summary>
    private static string KeysMadeBy(LinkageSettings settings)
    {
        var fields = settings with { Comparisons = [], Prior = 0.5, Threshold = 0.5, Trained = false,
            ExclusiveSources = [], LearntFrom = null };
        return $"{typeof(SnapshotFile).Module.ModuleVersionId:N} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(fields.ToJson())))}";
    }

    private static void CheckSum(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        if (file.Length < SumBytes + 8) throw new InvalidDataException("it is too short");
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        var left = file.Length - SumBytes;
        while (left > 0)
        {
            var read = file.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
            if (read == 0) throw new EndOfStreamException();
            sum.AppendData(buffer, 0, read);
            left -= read;
        }
        Span<byte> written = stackalloc byte[SumBytes];
        file.ReadExactly(written);
        if (!written.SequenceEqual(sum.GetHashAndReset())) throw new InvalidDataException("it was cut or changed after it was written");
    }

    /// <summary>Writes to a stream and sums what goes by.</summary>
    private sealed class Summed(Stream inner, IncrementalHash sum) : Stream
    {
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => inner.Length;
        public override long Position { get => inner.Position; set => throw new NotSupportedException(); }
        public override void Flush() => inner.Flush();
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            sum.AppendData(buffer);
            inner.Write(buffer);
        }
    }
}
