using System.Buffers;
using System.Numerics;
using System.Security.Cryptography;

namespace Homeward.Kernel;

/// <summary>Hashes that are the same on every machine and in every run. They hide nothing: anybody can make them.</summary>
public static class StableHash
{
    /// <summary>FNV-1a over the letters, mixed at the end.</summary>
    public static ulong Of(ReadOnlySpan<char> text)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in text) hash = (hash ^ letter) * 1099511628211UL;
        return Mix(hash);
    }

    // Of this process alone, and odd: who chooses the texts cannot choose that all their words fall in one place.
    private static readonly ulong _spread = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) | 1;

    /// <summary>Each once, in the order in which they came first, at the beginning of where they stood.</summary>
    /// <remarks>Multiply-shift (Dietzfelbinger 1997) into a table half full at most: less work than to sort them.</remarks>
    public static Span<ulong> Once(Span<ulong> hashes)
    {
        var bits = BitOperations.Log2((uint)hashes.Length | 1) + 2;
        var (mask, shift) = ((1 << bits) - 1, 64 - bits);
        var borrowed = ArrayPool<ulong>.Shared.Rent(mask + 1);
        var places = borrowed.AsSpan(0, mask + 1);
        places.Clear();
        var (kept, hasZero) = (0, false);
        foreach (var hash in hashes)
        {
            // An empty place holds zero.
            if (hash == 0)
            {
                if (!hasZero) hashes[kept++] = hash;
                hasZero = true;
                continue;
            }
            var place = (int)((hash * _spread) >> shift);
            while (places[place] != 0 && places[place] != hash) place = (place + 1) & mask;
            if (places[place] == hash) continue;
            places[place] = hash;
            hashes[kept++] = hash;
        }
        ArrayPool<ulong>.Shared.Return(borrowed);
        return hashes[..kept];
    }

    /// <summary>The finalizer of SplitMix64.</summary>
    public static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9UL;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBUL;
        return bits ^ (bits >> 31);
    }
}
