using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Homeward.Kernel;

namespace Homeward.Foundations.Storage;

/// <summary>Rows in the binary format of PostgreSQL's COPY.</summary>
/// <remarks>https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format". A value must have its column's very type.</remarks>
internal sealed class CopyLayout
{
    /// <summary>So much is gathered before it is sent, in bytes.</summary>
    public const int SentFrom = 128 * 1024;

    private const int FirstBytes = 8 * 1024;

    private static readonly long _epoch = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks;

    // Grown as far as it is needed: room for the most in each would lie on the large heap, and every few acts collect all of it.
    private readonly ArrayBufferWriter<byte> _bytes = new(FirstBytes);

    public CopyLayout()
    {
        _bytes.Write("PGCOPY\n"u8);
        _bytes.Write<byte>([0xFF, (byte)'\r', (byte)'\n', 0]);
        // No flags, no further header.
        _bytes.Write<byte>([0, 0, 0, 0, 0, 0, 0, 0]);
    }

    public ReadOnlyMemory<byte> Filled => _bytes.WrittenMemory;

    public void Clear() => _bytes.ResetWrittenCount();

    public void Row(object?[] values)
    {
        Int16((short)values.Length);
        foreach (var value in values) Value(value);
    }

    public void End() => Int16(-1);

    private void Value(object? value)
    {
        switch (value)
        {
            case null: Int32(-1); break;
            case string text: Text(text); break;
            case int number: Int32(4); Int32(number); break;
            case Guid id:
                Int32(16);
                Ensure.That(id.TryWriteBytes(_bytes.GetSpan(16), bigEndian: true, out _));
                _bytes.Advance(16);
                break;
            // Microseconds since 2000.
            case DateTimeOffset instant: Int32(8); Int64((Instants.Truncate(instant).UtcTicks - _epoch) / TimeSpan.TicksPerMicrosecond); break;
            case bool flag: Int32(1); _bytes.Write<byte>([flag ? (byte)1 : (byte)0]); break;
            case long number: Int32(8); Int64(number); break;
            case double number: Int32(8); Int64(BitConverter.DoubleToInt64Bits(number)); break;
            case byte[] content: Int32(content.Length); _bytes.Write(content); break;
            default: throw new BrokenInvariantException($"a bulk value of {value.GetType().Name}");
        }
    }

    private void Text(string text)
    {
        var room = _bytes.GetSpan(4 + Encoding.UTF8.GetMaxByteCount(text.Length));
        var length = Encoding.UTF8.GetBytes(text, room[4..]);
        BinaryPrimitives.WriteInt32BigEndian(room, length);
        _bytes.Advance(4 + length);
    }

    private void Int16(short number)
    {
        BinaryPrimitives.WriteInt16BigEndian(_bytes.GetSpan(2), number);
        _bytes.Advance(2);
    }

    private void Int32(int number)
    {
        BinaryPrimitives.WriteInt32BigEndian(_bytes.GetSpan(4), number);
        _bytes.Advance(4);
    }

    private void Int64(long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(_bytes.GetSpan(8), number);
        _bytes.Advance(8);
    }
}
