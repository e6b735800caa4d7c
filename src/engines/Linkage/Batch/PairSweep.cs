using System.Collections.Concurrent;

namespace Homeward.Linkage;

/// <summary>Goes through all pairs that the blocking rules bring together, each once, on all processors.</summary>
internal sealed class PairSweep(RowTable rows, BlockKeys keys, Scorer scorer, Func<int, int, bool>? mayPair)
{
    /// <summary>Pairs of one piece of work: large enough to be worth handing out, small enough to balance.</summary>
    private const long PairsPerPiece = 1 << 18;

    /// <summary>Rows are asked for so many entries ahead: about as long as memory takes to answer; their values half as many.</summary>
    private const int Ahead = 8;

    private readonly BatchComparer _comparer = new(rows, scorer.Settings);
    private readonly ConcurrentBag<ValuePairs> _known = [];

    /// <summary>What is done with a pair. Pieces run side by side, each with a receiver of its own.</summary>
    public interface IReceiver
    {
        void Take(int left, int right, ReadOnlySpan<byte> levels);
    }

    /// <summary>The same, for a receiver that compares for itself, and perhaps not all.</summary>
    public interface ITaker
    {
        void Take(int left, int right, ulong agreeing, ValuePairs known);
    }

    private sealed class Comparing<TReceiver>(BatchComparer comparer, TReceiver receiver) : ITaker
        where TReceiver : IReceiver
    {
        public TReceiver Receiver => receiver;

        public void Take(int left, int right, ulong agreeing, ValuePairs known)
        {
            Span<byte> levels = stackalloc byte[comparer.Count];
            comparer.Compare(left, right, agreeing, known, levels);
            receiver.Take(left, right, levels);
        }
    }

    /// <summary>Whole blocks from start to end, or of one large block the rows that lead: those from first to last.</summary>
    private readonly record struct Piece(int Start, int End, int First, int Last);

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
        where TReceiver : IReceiver =>
        [.. Take(rule, share, () => new Comparing<TReceiver>(_comparer, receiver())).Select(comparing => comparing.Receiver)];

    /// <summary>The same, without comparing.</summary>
    public TTaker[] Take<TTaker>(int rule, double share, Func<TTaker> taker)
        where TTaker : ITaker
    {
        var entries = keys.Entries(rule);
        var pieces = Cut(entries);
        var takers = new TTaker[pieces.Count];
        Parallel.For(0, pieces.Count, piece =>
        {
            if (!_known.TryTake(out var known)) known = new();
            takers[piece] = taker();
            Take(rule, entries, pieces[piece], share, known, takers[piece]);
            _known.Add(known);
        });
        return takers;
    }

    private void Take<TTaker>(int rule, ulong[] entries, Piece piece, double share, ValuePairs known, TTaker taker)
        where TTaker : ITaker
    {
        for (var start = piece.Start; start < piece.End;)
        {
            var end = EndOfBlock(entries, start);
            for (var i = Math.Max(start, piece.First); i < Math.Min(end - 1, piece.Last); i++)
            {
                if (i + (2 * Ahead) < entries.Length)
                {
                    rows.Prefetch((int)(uint)entries[i + (2 * Ahead)]);
                    _comparer.Prefetch((int)(uint)entries[i + Ahead]);
                }
                var (left, key) = ((int)(uint)entries[i], (uint)(entries[i] >> 32));
                for (var j = i + 1; j < end; j++)
                {
                    var right = (int)(uint)entries[j];
                    // Two keys of one row may fall into one block.
                    if ((share < 1 && !IsDrawn(left, right, share)) || left == right || mayPair?.Invoke(left, right) == false) continue;
                    var agreeing = rows.Agreeing(left, right);
                    if (keys.Owns(rule, key, left, right, agreeing)) taker.Take(left, right, agreeing, known);
                }
            }
            start = end;
        }
    }

    private static bool IsDrawn(int left, int right, double share) =>
        (uint)(Keys.Mix(((ulong)(uint)left << 32) | (uint)right) >> 32) < share * uint.MaxValue;

    /// <summary>Whole blocks, and of blocks larger than a piece parts of about that size.</summary>
    private static List<Piece> Cut(ulong[] entries)
    {
        var pieces = new List<Piece>();
        var (from, pairs) = (0, 0L);
        for (var start = 0; start < entries.Length;)
        {
            var end = EndOfBlock(entries, start);
            var size = end - start;
            var own = (long)size * (size - 1) / 2;
            if (own > 2 * PairsPerPiece)
            {
                if (start > from) pieces.Add(new(from, start, from, start));
                for (var first = start; first < end;)
                {
                    var last = first;
                    for (var taken = 0L; last < end && taken < PairsPerPiece; last++) taken += end - last - 1;
                    pieces.Add(new(start, end, first, last));
                    first = last;
                }
                (from, pairs) = (end, 0);
            }
            else if ((pairs += own) >= PairsPerPiece)
            {
                pieces.Add(new(from, end, from, end));
                (from, pairs) = (end, 0);
            }
            start = end;
        }
        if (from < entries.Length) pieces.Add(new(from, entries.Length, from, entries.Length));
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
