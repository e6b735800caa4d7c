using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Homeward.Review.Matching;

/// <summary>How many persons of reports hold each telephone number, address and account, counted as far as it matters.</summary>
/// <remarks>
/// A year brings a hundred million of them: the value itself is not kept, but 56 bits of a hash under a key of this
/// process, so that nobody outside can make two meet, with the count in the other eight. Among a hundred million 0.07 pairs are
/// to be expected that share one, and are counted as one. Safe for many threads.
/// </remarks>
internal sealed class HolderCounts
{
    private const int CountBits = 8;
    private const ulong CountMax = (1 << CountBits) - 1;

    private readonly Lock _turn = new();
    private readonly ulong _key = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8));

    // Open addressing, one step at a time; 0 is free, for a count is 1 at least.
    private ulong[] _counts = new ulong[1 << 10];
    private int _used;

    public void Add(string identifier)
    {
        var hash = Hash(identifier) & ~CountMax;
        lock (_turn)
        {
            // Five parts in six: most of a step is a look at the same line of memory.
            if ((_used + 1) * 6L > _counts.Length * 5L) Grow();
            ref var count = ref _counts[PlaceOf(hash)];
            if (count == 0) _used++;
            if ((count & CountMax) < CountMax) count = hash | ((count & CountMax) + 1);
        }
    }

    /// <returns>Exact up to 255.</returns>
    public int Of(string identifier)
    {
        var hash = Hash(identifier) & ~CountMax;
        lock (_turn) return (int)(_counts[PlaceOf(hash)] & CountMax);
    }

    private int PlaceOf(ulong hash)
    {
        var at = (int)Math.BigMul(hash, (ulong)_counts.Length, out _);
        while (_counts[at] != 0 && (_counts[at] & ~CountMax) != hash)
            if (++at == _counts.Length) at = 0;
        return at;
    }

    private void Grow()
    {
        var before = _counts;
        _counts = new ulong[(int)Math.Min(Array.MaxLength, before.Length * 8L / 5)];
        foreach (var count in before) if (count != 0) _counts[PlaceOf(count & ~CountMax)] = count;
    }

    /// <remarks>Four characters at a time, folded by the full product of two words (as wyhash does).</remarks>
    private ulong Hash(string text)
    {
        const ulong Odd = 0xA0761D6478BD642FUL, Other = 0xE7037ED1A0B428DBUL;
        var bytes = MemoryMarshal.AsBytes(text.AsSpan());
        var hash = _key ^ (ulong)bytes.Length;
        for (; bytes.Length >= 8; bytes = bytes[8..]) hash = Fold(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes), Odd ^ _key);
        Span<byte> rest = stackalloc byte[8];
        rest.Clear();
        bytes.CopyTo(rest);
        return Fold(Fold(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(rest), Odd ^ _key) ^ _key, Other);
    }

    private static ulong Fold(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }
}
