using System.Collections.Concurrent;
using System.Numerics;
using Homeward.Kernel;

namespace Homeward.Linkage;

/// <summary>Goes through all pairs that the blocking rules bring together, each once, on all processors.</summary>
internal sealed unsafe class PairSweep(RowTable rows, BlockKeys keys, Scorer scorer, PairScope scope)
{
    /// <summary>Pairs of one piece of work: large enough to be worth handing out, small enough to balance.</summary>
    private const long PairsPerPiece = 1 << 15;

    /// <summary>Rows are asked for so many entries ahead: about as long as memory takes to answer; their values half as many.</summary>
    private const int Ahead = 20;

    /// <summary>Pairs that are drawn are looked at together: their rows and values fit a core's own cache.</summary>
    private const int DrawnAtOnce = 64;

    private readonly BatchComparer _comparer = new(rows, scorer.Settings);
    private readonly ConcurrentBag<Desk> _desks = [];

    /// <summary>What is done with a pair. Pieces run side by side, each with a receiver of its own.</summary>
    public interface IReceiver
    {
        void Take(int left, int right, ReadOnlySpan<byte> levels);
    }

    /// <summary>The same, for a receiver that compares for itself, and perhaps not all.</summary>
    /// <remarks>Made as a struct, so that the innermost loop calls nobody.</remarks>
    public interface ITaker
    {
        void Take(in Met met, ValuePairs known);

        /// <summary>Rules pairs out before they are taken; null takes all.</summary>
        BlockScreen? Screen { get; }

        /// <summary>The row that leads, before its partners are looked at through the screen.</summary>
        /// <returns>For each cell what it weighs where the row's value is met again.</returns>
        float[] Lead(int row, int* cells);

        /// <summary>So many pairs were ruled out.</summary>
        void Pass(int pairs);
    }

    private readonly struct Comparing<TReceiver>(BatchComparer comparer, TReceiver receiver) : ITaker
        where TReceiver : IReceiver
    {
        public TReceiver Receiver => receiver;
        public BlockScreen? Screen => null;

        public float[] Lead(int row, int* cells) => [];

        public void Pass(int pairs)
        {
        }

        public void Take(in Met met, ValuePairs known)
        {
            Span<byte> levels = stackalloc byte[comparer.Count];
            comparer.Compare(met, known, levels);
            receiver.Take(met.Left, met.Right, levels);
        }
    }

    /// <summary>What a thread has to itself: value pairs met before, and the rows of a block side by side.</summary>
    private sealed class Desk
    {
        public ValuePairs Known { get; } = new();
        public int[] Cells { get; set; } = [];
        public BlockScreen.Columns Columns { get; } = new();
        public (int Left, int Right, uint Key)[] Drawn { get; } = new (int, int, uint)[DrawnAtOnce];
    }

    /// <summary>Whole blocks from start to end, or of one large block the rows that lead: those from first to last.</summary>
    private readonly record struct Piece(int Start, int End, int First, int Last);

    /// <summary>How many pairs a rule brings together, those that an earlier rule has too included.</summary>
    public static long CountPairs(ReadOnlySpan<ulong> entries, PairScope scope)
    {
        long pairs = 0;
        for (var start = 0; start < entries.Length;)
        {
            var (end, from) = (EndOfBlock(entries, start), start);
            for (var i = start; i < end && from < end; i++) pairs += end - (from = FirstPartner(entries, i, from, end, scope));
            start = end;
        }
        return pairs;
    }

    /// <summary>The first entry of a block that the one at <paramref name="i"/> may be paired with; <paramref name="from"/> is that of an entry before it.</summary>
    private static int FirstPartner(ReadOnlySpan<ulong> entries, int i, int from, int end, PairScope scope)
    {
        // Two keys of one row may fall into one block: a row is no partner of itself.
        var first = scope.FirstPartner((int)(uint)entries[i]);
        while (from < end && (int)(uint)entries[from] < first) from++;
        return from;
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
        where TTaker : struct, ITaker
    {
        var entries = keys.Entries(rule);
        var pieces = Cut(entries);
        var takers = new TTaker[pieces.Count];
        Parallel.For(0, pieces.Count, Cores.All, piece =>
        {
            if (!_desks.TryTake(out var desk)) desk = new();
            var own = takers[piece] = taker();
            if (share < 1) Draw(rule, entries, pieces[piece], share, desk, own);
            else Take(rule, entries, pieces[piece], desk, own);
            _desks.Add(desk);
        });
        return takers;
    }

    private void Take<TTaker>(int rule, ulong[] entries, Piece piece, Desk desk, TTaker taker)
        where TTaker : struct, ITaker
    {
        for (var start = piece.Start; start < piece.End;)
        {
            var end = EndOfBlock(entries, start);
            var (first, last) = (Math.Max(start, piece.First), Math.Min(end - 1, piece.Last));
            var (key, stride) = ((uint)(entries[start] >> 32), rows.Stride);
            var from = FirstPartner(entries, first, first, end, scope);
            if (from == end)
            {
                start = end;
                continue;
            }
            if (desk.Cells.Length < (end - first) * stride) desk.Cells = new int[(end - first) * stride * 2];
            fixed (int* cells = desk.Cells)
            {
                Gather(rule, entries, first, end, cells);
                if (taker.Screen is { } screen && end - first >= BlockScreen.RowsMin)
                {
                    screen.Lay(rule, entries.AsSpan(first..end), cells, desk.Columns);
                    Screened(rule, entries.AsSpan(first..end), last - first, cells, desk, screen, taker);
                    start = end;
                    continue;
                }
                for (var i = first; i < last; i++)
                {
                    var left = (int)(uint)entries[i];
                    from = FirstPartner(entries, i, from, end, scope);
                    int* own = cells + ((nint)(i - first) * stride), others = cells + ((nint)(from - first) * stride);
                    for (var j = from; j < end; j++, others += stride)
                    {
                        var agreeing = rows.Agreeing(own, others);
                        if (!keys.MayOwn(rule, agreeing)) continue;
                        var met = new Met(left, (int)(uint)entries[j], own, others, agreeing);
                        if (keys.Owns(rule, key, met)) taker.Take(met, desk.Known);
                    }
                }
            }
            start = end;
        }
    }

    /// <summary>The same through a screen, eight partners at once.</summary>
    private void Screened<TTaker>(int rule, ReadOnlySpan<ulong> block, int last, int* cells, Desk desk, BlockScreen screen, TTaker taker)
        where TTaker : struct, ITaker
    {
        var (stride, length, from) = (rows.Stride, desk.Columns.Length, 0);
        fixed (int* columns = desk.Columns.Memory)
        {
            for (var i = 0; i < last; i++)
            {
                from = FirstPartner(block, i, from, block.Length, scope);
                if (from == block.Length) return;
                var left = (int)(uint)block[i];
                var own = cells + ((nint)i * stride);
                var same = taker.Lead(left, own);
                for (var at = from; at < block.Length; at += BlockScreen.Lanes)
                {
                    var may = screen.Look(rule, columns, length, i, at, same, out var owned, out var open);
                    if (block.Length - at is < BlockScreen.Lanes and var rest)
                    {
                        owned &= (1U << rest) - 1;
                        open &= (1U << rest) - 1;
                    }
                    for (; open != 0; open &= open - 1)
                    {
                        var lane = BitOperations.TrailingZeroCount(open);
                        if (keys.Owns(rule, (uint)(block[0] >> 32), Meet(block, cells, i, at + lane))) owned |= 1U << lane;
                    }
                    if (owned == 0) continue;
                    taker.Pass(BitOperations.PopCount(owned & ~may));
                    for (may &= owned; may != 0; may &= may - 1) taker.Take(Meet(block, cells, i, at + BitOperations.TrailingZeroCount(may)), desk.Known);
                }
            }
        }
    }

    private Met Meet(ReadOnlySpan<ulong> block, int* cells, int i, int j)
    {
        int* own = cells + ((nint)i * rows.Stride), others = cells + ((nint)j * rows.Stride);
        return new((int)(uint)block[i], (int)(uint)block[j], own, others, rows.Agreeing(own, others));
    }

    /// <summary>Copies the rows of a block side by side: they lie all over the memory, and each is met as often as the block is long.</summary>
    private void Gather(int rule, ulong[] entries, int first, int end, int* cells)
    {
        for (var i = first; i < end; i++, cells += rows.Stride)
        {
            if (i + (2 * Ahead) < entries.Length)
            {
                rows.Prefetch((int)(uint)entries[i + (2 * Ahead)]);
                _comparer.PrefetchFirst((int)(uint)entries[i + Ahead], rows.Plan.Rules[rule].Fields);
            }
            rows.CopyTo((int)(uint)entries[i], cells);
        }
    }

    private void Draw<TTaker>(int rule, ulong[] entries, Piece piece, double share, Desk desk, TTaker taker)
        where TTaker : struct, ITaker
    {
        var drawn = 0;
        for (var start = piece.Start; start < piece.End;)
        {
            var (end, key) = (EndOfBlock(entries, start), (uint)(entries[start] >> 32));
            var from = Math.Max(start, piece.First);
            for (var i = from; i < Math.Min(end - 1, piece.Last) && from < end; i++)
            {
                var left = (int)(uint)entries[i];
                from = FirstPartner(entries, i, from, end, scope);
                for (var j = from; j < end; j++)
                {
                    var right = (int)(uint)entries[j];
                    if (!IsDrawn(left, right, share)) continue;
                    rows.Prefetch(left);
                    rows.Prefetch(right);
                    desk.Drawn[drawn++] = (left, right, key);
                    if (drawn < desk.Drawn.Length) continue;
                    Take(rule, desk.Drawn, desk.Known, taker);
                    drawn = 0;
                }
            }
            start = end;
        }
        Take(rule, desk.Drawn.AsSpan(0, drawn), desk.Known, taker);
    }

    /// <summary>Takes pairs that were drawn here and there: their rows have been asked for, and now their values are, before any is looked at.</summary>
    private void Take<TTaker>(int rule, Span<(int Left, int Right, uint Key)> drawn, ValuePairs known, TTaker taker)
        where TTaker : struct, ITaker
    {
        var owned = 0;
        foreach (var (left, right, key) in drawn)
        {
            if (!keys.Owns(rule, key, rows.Meet(left, right))) continue;
            _comparer.Prefetch(left);
            _comparer.Prefetch(right);
            drawn[owned++] = (left, right, key);
        }
        foreach (var (left, right, _) in drawn[..owned]) taker.Take(rows.Meet(left, right), known);
    }

    private static bool IsDrawn(int left, int right, double share) =>
        (uint)(StableHash.Mix(((ulong)(uint)left << 32) | (uint)right) >> 32) < share * uint.MaxValue;

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
