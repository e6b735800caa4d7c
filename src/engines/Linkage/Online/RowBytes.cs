using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Homeward.Kernel;

namespace Homeward.Linkage;

/// <summary>Writes numbers and texts behind one another, in as few bytes as they need.</summary>
/// <remarks>Every text comes back as it was, be it well-formed or not: what is not ASCII is written as the sixteen bits of each sign.</remarks>
internal struct RowWriter(int capacity)
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private byte[] _bytes = new byte[capacity];

    public int Length { get; private set; }

    /// <summary>What was written, and no more room than that.</summary>
    public byte[] Take()
    {
        Array.Resize(ref _bytes, Length);
        return _bytes;
    }

    /// <summary>Seven bits a byte, the lowest first.</summary>
    public void Number(uint number)
    {
        const int bytesMax = 5;
        Grow(bytesMax);
        for (; number >= 0x80; number >>= 7) _bytes[Length++] = (byte)(number | 0x80);
        _bytes[Length++] = (byte)number;
    }

    public void Bits(ulong bits) => BinaryPrimitives.WriteUInt64LittleEndian(Room(sizeof(ulong)), bits);

    public void Text(ReadOnlySpan<char> text)
    {
        var isWide = !Ascii.IsValid(text);
        Number(((uint)text.Length << 1) | (isWide ? 1u : 0));
        if (isWide) MemoryMarshal.AsBytes(text).CopyTo(Room(text.Length * sizeof(char)));
        else Encoding.ASCII.GetBytes(text, Room(text.Length));
    }

    /// <summary>An id; one that begins as an identifier of 128 bits does, with thirty-two hexadecimal digits, takes half of that.</summary>
    public void Id(ReadOnlySpan<char> id)
    {
        const int digits = 32;
        const int bytes = digits / 2;
        var isHex = id.Length >= digits && id[..digits].IndexOfAnyExcept(HexDigits) < 0;
        Number(isHex ? 1u : 0);
        if (isHex) Ensure.That(Convert.FromHexString(id[..digits], Room(bytes), out _, out _) == OperationStatus.Done);
        Text(isHex ? id[digits..] : id);
    }

    public void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Room(bytes.Length));

    public void Clear() => Length = 0;

    public readonly ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    private Span<byte> Room(int count)
    {
        Grow(count);
        Length += count;
        return _bytes.AsSpan(Length - count, count);
    }

    private void Grow(int count)
    {
        if (Length + count <= _bytes.Length) return;
        Array.Resize(ref _bytes, Math.Max(Length + count, (int)Math.Min(Array.MaxLength, _bytes.Length * 3L / 2)));
    }
}

/// <summary>Reads what <see cref="RowWriter"/> has written.</summary>
internal ref struct RowReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    public readonly int At => _at;

    public uint Number()
    {
        uint number = _bytes[_at++];
        if (number < 0x80) return number;
        number &= 0x7F;
        for (var shift = 7; ; shift += 7)
        {
            uint more = _bytes[_at++];
            number |= (more & 0x7F) << shift;
            if (more < 0x80) return number;
        }
    }

    public ulong Bits()
    {
        _at += sizeof(ulong);
        return BinaryPrimitives.ReadUInt64LittleEndian(_bytes[(_at - sizeof(ulong))..]);
    }

    public void Skip(int count) => _at += count;

    public string Text()
    {
        var head = Number();
        var length = (int)(head >> 1);
        var isWide = (head & 1) != 0;
        var bytes = _bytes.Slice(_at, isWide ? length * sizeof(char) : length);
        _at += bytes.Length;
        return isWide ? new(MemoryMarshal.Cast<byte, char>(bytes)) : Encoding.ASCII.GetString(bytes);
    }

    public string Id()
    {
        const int bytes = 16;
        if (Number() == 0) return Text();
        var hex = Convert.ToHexStringLower(_bytes.Slice(_at, bytes));
        _at += bytes;
        return hex + Text();
    }

    public readonly ReadOnlySpan<byte> Rest => _bytes[_at..];
}
