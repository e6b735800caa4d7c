namespace Homeward.Linkage;

/// <summary>Optimal string alignment: insertions, deletions, changes and exchanges of neighbours.</summary>
public static class Edits
{
    /// <summary>Strings whose differing part is longer are taken for different: identifiers, phones and dates are short.</summary>
    private const int LettersMax = 64;

    /// <returns>True when the one becomes the other with at most <paramref name="max"/> edits.</returns>
    public static bool Within(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int max)
    {
        if (Math.Abs(left.Length - right.Length) > max) return false;
        var start = left.CommonPrefixLength(right);
        left = left[start..];
        right = right[start..];
        while (left.Length > 0 && right.Length > 0 && left[^1] == right[^1])
        {
            left = left[..^1];
            right = right[..^1];
        }
        // What is left of one edit is nothing, one letter at most on each side, or two exchanged.
        if (left.Length <= 1 && right.Length <= 1) return Math.Max(left.Length, right.Length) <= max;
        if (max <= 1) return max == 1 && left.Length == 2 && right.Length == 2 && left[0] == right[1] && left[1] == right[0];
        if (left.Length > LettersMax || right.Length > LettersMax) return false;
        return WithinBand(left, right, max);
    }

    /// <summary>The table of edits, but only the band that at most so many edits can reach.</summary>
    private static bool WithinBand(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int max)
    {
        var width = right.Length + 1;
        Span<byte> before = stackalloc byte[width], last = stackalloc byte[width], row = stackalloc byte[width];
        last.Fill(byte.MaxValue - 1);
        row.Fill(byte.MaxValue - 1);
        for (var j = 0; j <= Math.Min(max, right.Length); j++) last[j] = (byte)j;
        for (var i = 1; i <= left.Length; i++)
        {
            var (from, to) = (Math.Max(1, i - max), Math.Min(right.Length, i + max));
            row[from - 1] = from == 1 ? (byte)i : (byte)(byte.MaxValue - 1);
            for (var j = from; j <= to; j++)
            {
                var cost = left[i - 1] == right[j - 1] ? 0 : 1;
                var edits = Math.Min(Math.Min(last[j] + 1, row[j - 1] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    edits = Math.Min(edits, before[j - 2] + 1);
                row[j] = (byte)Math.Min(edits, byte.MaxValue - 1);
            }
            if (to < right.Length) row[to + 1] = byte.MaxValue - 1;
            var spare = before;
            before = last;
            last = row;
            row = spare;
        }
        return last[width - 1] <= max;
    }
}
