namespace Homeward.Linkage;

/// <summary>Goes through all pairs that the blocking rules bring together, each once, on all processors.</summary>
internal sealed class PairSweep(RowTable rows, BlockKeys keys, Scorer scorer, Func<int, int, bool>? mayPair)
{
    /// <summary>Pairs of one piece of work: large enough to be worth handing out, small enough to balance.</summary>
    private const long PairsPerPiece = 1 << 18;

    /// <summary>What is done with a pair. Pieces run side by side, each with a receiver of its own.</summary>
    public interface IReceiver
    {
        void Take(int left, int right, ReadOnlySpan<byte> levels);
    }

    private readonly record struct Piece(int Start, int End);

    /// <summary>How many pairs a rule brings together, those that an earlier rule has too included.</summary>
    public static long CountPairs(ReadOnlySpan<ulong> entries)
    {
        long pairs = 0;
        for (var start = 0; start < entries.Length;)
        {
            var end = EndOfBlock(entries, start);
            pairs += (long)(end - start) * (end - start - 1) / 2;
            start = end;
        }
        return pairs;
    }

    /// <summary>Hands every pair of a rule to receivers, and the receivers back in the order of the pieces.</summary>
    /// <param name="rule">The rule's number.</param>
    /// <param name="share">The share of pairs that is taken, chosen by their rows: 1 takes all.</param>
    /// <param name="receiver">Makes the receiver of one piece.</param>
    public List<TReceiver> Sweep<TReceiver>(int rule, double share, Func<TReceiver> receiver)
        where TReceiver : IReceiver
    {
        var entries = keys.Entries(rule);
        var pieces = Cut(entries);
        var receivers = new TReceiver[pieces.Count];
        Parallel.For(0, pieces.Count, piece =>
        {
            receivers[piece] = receiver();
            Sweep(rule, entries, pieces[piece], share, receivers[piece]);
        });
        return [.. receivers];
    }

    private void Sweep<TReceiver>(int rule, ulong[] entries, Piece piece, double share, TReceiver receiver)
        where TReceiver : IReceiver
    {
        Span<byte> levels = stackalloc byte[scorer.ComparisonCount];
        for (var start = piece.Start; start < piece.End;)
        {
            var end = EndOfBlock(entries, start);
            var key = (uint)(entries[start] >> 32);
            for (var i = start; i < end - 1; i++)
            {
                var left = (int)(uint)entries[i];
                var leftRow = rows[left];
                for (var j = i + 1; j < end; j++)
                {
                    var right = (int)(uint)entries[j];
                    if (share < 1 && !IsDrawn(left, right, share)) continue;
                    if (mayPair?.Invoke(left, right) == false) continue;
                    if (!keys.Owns(rule, key, left, right)) continue;
                    scorer.Compare(leftRow, rows[right], levels);
                    receiver.Take(left, right, levels);
                }
            }
            start = end;
        }
    }

    private static bool IsDrawn(int left, int right, double share) =>
        (uint)(Keys.Mix(((ulong)(uint)left << 32) | (uint)right) >> 32) < share * uint.MaxValue;

    /// <summary>Whole blocks only; a block larger than a piece is a piece.</summary>
    private static List<Piece> Cut(ulong[] entries)
    {
        var pieces = new List<Piece>();
        var (from, pairs) = (0, 0L);
        for (var start = 0; start < entries.Length;)
        {
            var end = EndOfBlock(entries, start);
            pairs += (long)(end - start) * (end - start - 1) / 2;
            start = end;
            if (pairs < PairsPerPiece && end < entries.Length) continue;
            pieces.Add(new(from, end));
            (from, pairs) = (end, 0);
        }
        return pieces;
    }

    private static int EndOfBlock(ReadOnlySpan<ulong> entries, int start)
    {
        var end = start + 1;
        while (end < entries.Length && entries[end] >> 32 == entries[start] >> 32) end++;
        return end;
    }
}

/// <summary>The levels of a pair in one word, four bits for each comparison.</summary>
internal static class Pattern
{
    public static ulong Pack(ReadOnlySpan<byte> levels)
    {
        ulong pattern = 0;
        for (var i = 0; i < levels.Length; i++) pattern |= (ulong)levels[i] << (4 * i);
        return pattern;
    }

    public static int LevelOf(ulong pattern, int comparison) => (int)(pattern >> (4 * comparison) & 15);
}
