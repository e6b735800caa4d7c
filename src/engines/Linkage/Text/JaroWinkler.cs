using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Homeward.Linkage;

/// <summary>Jaro–Winkler likeness of two strings, 0 to 1, without allocation.</summary>
/// <remarks>
/// Jaro 1989; Winkler 1990, with his constants: prefix of at most 4 letters, scale 0.1, and a boost only where
/// Jaro is above 0.7. The greedy pairing of Jaro depends on which string leads in rare cases; here the shorter
/// leads, and of two equally long the ordinally smaller, so that the likeness is symmetric.
/// Only the first 64 letters are looked at: one machine word of marks for each side, and names of
/// 10,000 letters cost no more than names of 64.
/// </remarks>
public static class JaroWinkler
{
    /// <summary>How many letters are looked at.</summary>
    public const int LettersMax = 64;

    private const double BoostMin = 0.7;
    private const double PrefixScale = 0.1;
    private const int PrefixMax = 4;

    /// <returns>1 for equal strings, 0 where nothing agrees or one is empty.</returns>
    [SkipLocalsInit]
    public static double Likeness(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (left.Length > LettersMax) left = left[..LettersMax];
        if (right.Length > LettersMax) right = right[..LettersMax];
        Span<byte> one = stackalloc byte[LettersMax], other = stackalloc byte[LettersMax];
        return Narrow(left, one) && Narrow(right, other) ? Likeness(one[..left.Length], other[..right.Length]) : LikenessOf(left, right);
    }

    /// <summary>The same of letters that fit a byte each: by vectors, with the same result bit for bit.</summary>
    internal static double Likeness(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (!Vector128.IsHardwareAccelerated) return LikenessOf(left, right);
        if (left.Length > LettersMax) left = left[..LettersMax];
        if (right.Length > LettersMax) right = right[..LettersMax];
        return Boosted(ref left, ref right, out var jaro, byVectors: true) ? jaro : 0;
    }

    /// <summary>Letter by letter: for letters beyond a byte, for machines without vectors, and for the test that holds both together.</summary>
    internal static double LikenessOf<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right) where T : unmanaged, IBinaryInteger<T>
    {
        if (left.Length > LettersMax) left = left[..LettersMax];
        if (right.Length > LettersMax) right = right[..LettersMax];
        return Boosted(ref left, ref right, out var jaro, byVectors: false) ? jaro : 0;
    }

    private static bool Boosted<T>(ref ReadOnlySpan<T> left, ref ReadOnlySpan<T> right, out double likeness, bool byVectors)
        where T : unmanaged, IBinaryInteger<T>
    {
        likeness = 0;
        if (left.IsEmpty || right.IsEmpty) return false;
        if (left.Length > right.Length || (left.Length == right.Length && left.SequenceCompareTo(right) > 0))
        {
            var longer = left;
            left = right;
            right = longer;
        }
        var reach = Math.Max((right.Length / 2) - 1, 0);
        var marks = byVectors
            ? Vectors.Agreeing(System.Runtime.InteropServices.MemoryMarshal.AsBytes(left), System.Runtime.InteropServices.MemoryMarshal.AsBytes(right), reach)
            : Agreeing(left, right, reach);
        var jaro = Jaro(left, right, marks.Left, marks.Right);
        likeness = jaro <= BoostMin ? jaro : jaro + (CommonPrefix(left, right) * PrefixScale * (1 - jaro));
        return true;
    }

    private static bool Narrow(ReadOnlySpan<char> text, Span<byte> letters)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] > byte.MaxValue) return false;
            letters[i] = (byte)text[i];
        }
        return true;
    }

    /// <summary>What the likeness can be at most, when no more than so many letters agree.</summary>
    internal static double Bound(int agreeing, int leftLength, int rightLength, int prefix)
    {
        if (agreeing <= 0) return 0;
        // A hair above, for a product with a reciprocal may round below the quotient.
        var jaro = (((agreeing * (Reciprocals[leftLength] + Reciprocals[rightLength])) + 1) / 3) + 1e-12;
        return jaro <= BoostMin ? jaro : jaro + (prefix * PrefixScale * (1 - jaro));
    }

    private static readonly double[] Reciprocals = [0, .. Enumerable.Range(1, LettersMax).Select(length => 1.0 / length)];

    internal static int CommonPrefix<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right) where T : unmanaged, IBinaryInteger<T>
    {
        var length = Math.Min(PrefixMax, Math.Min(left.Length, right.Length));
        var same = 0;
        while (same < length && left[same] == right[same]) same++;
        return same;
    }

    /// <summary>Each letter of the left takes the first free equal letter of the right within reach; both are marked.</summary>
    private static (ulong Left, ulong Right) Agreeing<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, int reach)
        where T : unmanaged, IBinaryInteger<T>
    {
        ulong leftMarks = 0, rightMarks = 0;
        for (var i = 0; i < left.Length; i++)
        {
            var end = Math.Min(i + reach + 1, right.Length);
            for (var j = Math.Max(0, i - reach); j < end; j++)
            {
                if (left[i] != right[j] || (rightMarks >> j & 1) != 0) continue;
                leftMarks |= 1UL << i;
                rightMarks |= 1UL << j;
                break;
            }
        }
        return (leftMarks, rightMarks);
    }

    private static double Jaro<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, ulong leftMarks, ulong rightMarks)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (leftMarks == 0) return 0;
        var agreeing = BitOperations.PopCount(leftMarks);
        var outOfOrder = 0;
        while (leftMarks != 0)
        {
            if (left[BitOperations.TrailingZeroCount(leftMarks)] != right[BitOperations.TrailingZeroCount(rightMarks)])
                outOfOrder++;
            leftMarks &= leftMarks - 1;
            rightMarks &= rightMarks - 1;
        }
        return (((double)agreeing / left.Length) + ((double)agreeing / right.Length)
            + ((agreeing - (outOfOrder / 2)) / (double)agreeing)) / 3;
    }

    /// <summary>A letter is compared with all of the other string at once; the reach and the free letters are masks.</summary>
    private static class Vectors
    {
        [SkipLocalsInit]
        public static (ulong Left, ulong Right) Agreeing(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, int reach)
        {
            Span<byte> padded = stackalloc byte[LettersMax];
            right.CopyTo(padded);
            var free = right.Length == LettersMax ? ulong.MaxValue : (1UL << right.Length) - 1;
            var whole = free;
            ulong leftMarks = 0;
            if (right.Length <= Vector128<byte>.Count)
            {
                var letters = Vector128.Create<byte>(padded);
                for (var i = 0; i < left.Length; i++)
                {
                    var found = Vector128.Equals(letters, Vector128.Create(left[i])).ExtractMostSignificantBits() & free & Window(i, reach);
                    free ^= found & (0 - found);
                    leftMarks |= found == 0 ? 0 : 1UL << i;
                }
            }
            else
            {
                Vector256<byte> low = Vector256.Create<byte>(padded), high = Vector256.Create<byte>(padded[Vector256<byte>.Count..]);
                for (var i = 0; i < left.Length; i++)
                {
                    var letter = Vector256.Create(left[i]);
                    var equal = Vector256.Equals(low, letter).ExtractMostSignificantBits()
                        | ((ulong)Vector256.Equals(high, letter).ExtractMostSignificantBits() << Vector256<byte>.Count);
                    var found = equal & free & Window(i, reach);
                    free ^= found & (0 - found);
                    leftMarks |= found == 0 ? 0 : 1UL << i;
                }
            }
            return (leftMarks, whole ^ free);
        }

        /// <summary>Places from i - reach to i + reach.</summary>
        private static ulong Window(int i, int reach)
        {
            var end = i + reach + 1;
            var upTo = end >= 64 ? ulong.MaxValue : (1UL << end) - 1;
            return i <= reach ? upTo : upTo & (ulong.MaxValue << (i - reach));
        }
    }
}
