using System.Numerics;

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
    public static double Likeness(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (left.Length > LettersMax) left = left[..LettersMax];
        if (right.Length > LettersMax) right = right[..LettersMax];
        if (left.IsEmpty || right.IsEmpty) return 0;
        if (left.Length > right.Length || (left.Length == right.Length && left.SequenceCompareTo(right) > 0))
        {
            var longer = left;
            left = right;
            right = longer;
        }
        var jaro = Jaro(left, right);
        return jaro <= BoostMin ? jaro : jaro + (CommonPrefix(left, right) * PrefixScale * (1 - jaro));
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

    internal static int CommonPrefix(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var length = Math.Min(PrefixMax, Math.Min(left.Length, right.Length));
        var same = 0;
        while (same < length && left[same] == right[same]) same++;
        return same;
    }

    private static double Jaro(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var reach = Math.Max((right.Length / 2) - 1, 0);
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
}
