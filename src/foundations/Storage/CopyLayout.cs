using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Homeward.Kernel;

namespace Homeward.Foundations.Storage;

/// <summary>Rows in the binary format of PostgreSQL's COPY.</summary>
/// <remarks>https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format". A value must have its column's very type.</remarks>
internal sealed class CopyLayout : BulkRow, IDisposable
{
    /// <summary>So much is gathered before it is sent, in bytes.</summary>
    public const int SentFrom = 128 * 1024;

    /// <summary>Most rows are far smaller than what is left of it then.</summary>
    private const int FirstBytes = 2 * SentFrom;

    private static readonly long _epoch = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks;

    // Borrowed: arrays of this size lie on the large heap, and to make one for each table of each act would collect all of it every few acts.
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private int _filled;

    public CopyLayout()
    {
        Append("PGCOPY\n"u8);
        Append([0xFF, (byte)'\r', (byte)'\n', 0]);
        // No flags, no further header.
        Append([0, 0, 0, 0, 0, 0, 0, 0]);
    }

    public ReadOnlyMemory<byte> Filled => _bytes.AsMemory(0, _filled);

    public void Clear() => _filled = 0;

    /// <summary>A row of so many values follows.</summary>
    public void Begin(int columns)
    {
        BinaryPrimitives.WriteInt16BigEndian(Room(2), (short)columns);
        _filled += 2;
    }

    public void EndAll() => Begin(-1);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    protected override void Null() => Int32(-1);

    protected override void Write(string text)
    {
        var room = Room(4 + Encoding.UTF8.GetMaxByteCount(text.Length));
        var length = Encoding.UTF8.GetBytes(text, room[4..]);
        BinaryPrimitives.WriteInt32BigEndian(room, length);
        _filled += 4 + length;
    }

    protected override void Write(int number)
    {
        Int32(4);
        Int32(number);
    }

    protected override void Write(long number)
    {
        var room = Room(12);
        BinaryPrimitives.WriteInt32BigEndian(room, 8);
        BinaryPrimitives.WriteInt64BigEndian(room[4..], number);
        _filled += 12;
    }

    protected override void Write(double number) => Write(BitConverter.DoubleToInt64Bits(number));

    protected override void Write(bool flag)
    {
        Int32(1);
        Room(1)[0] = flag ? (byte)1 : (byte)0;
        _filled++;
    }

    protected override void Write(Guid id)
    {
        Int32(16);
        Ensure.That(id.TryWriteBytes(Room(16), bigEndian: true, out _));
        _filled += 16;
    }

    // Microseconds since 2000.
    protected override void Write(DateTimeOffset instant) => Write((instant.UtcTicks - _epoch) / TimeSpan.TicksPerMicrosecond);

    protected override void Write(byte[] bytes)
    {
        Int32(bytes.Length);
        Append(bytes);
    }

    private void Int32(int number)
    {
        BinaryPrimitives.WriteInt32BigEndian(Room(4), number);
        _filled += 4;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _filled += bytes.Length;
    }

    private Span<byte> Room(int bytes)
    {
        if (_bytes.Length - _filled < bytes)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _bytes.Length, _filled + bytes));
            Filled.Span.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }
        return _bytes.AsSpan(_filled);
    }
}
