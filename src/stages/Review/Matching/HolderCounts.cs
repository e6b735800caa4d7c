using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Homeward.Review.Matching;

/// <summary>How many persons of reports hold each telephone number, address and account, counted as far as it matters.</summary>
/// <remarks>
/// A year brings a hundred million of them: the value itself is not kept, but 64 bits of a hash under a key of this
/// process, so that nobody outside can make two meet. Safe for many threads.
/// </remarks>
internal sealed class HolderCounts
{
    private readonly Dictionary<ulong, byte> _counts = [];
    private readonly Lock _turn = new();
    private readonly ulong _key = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8));

    public void Add(string identifier)
    {
        var hash = Hash(identifier);
        lock (_turn)
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, hash, out _);
            if (count < byte.MaxValue) count++;
        }
    }

    /// <returns>Exact up to 255.</returns>
    public int Of(string identifier)
    {
        var hash = Hash(identifier);
        lock (_turn) return _counts.GetValueOrDefault(hash);
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
