using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Homeward.Linkage;

/// <summary>The rows of the frozen part, side by side: of each its record and the values that it knows. No row is an object.</summary>
/// <remarks>
/// Millions of small objects would be walked over by every collection, and take ten times the room. A row never changes; what
/// becomes of its record is kept in <see cref="IndexState"/>.
/// </remarks>
internal sealed class FrozenRows
{
    /// <summary>Rows of a piece: few enough to be made while the next are read, and enough that pieces do not count.</summary>
    public const int PieceRows = 1 << PieceShift;
    private const int PieceShift = 15;

    private readonly IReadOnlyList<RowPiece> _pieces;

    /// <param name="pieces">All full but the last.</param>
    public FrozenRows(IReadOnlyList<RowPiece> pieces) => (_pieces, Count) = (pieces, pieces.Sum(piece => piece.Count));

    public static FrozenRows Empty { get; } = new([]);

    public int Count { get; }

    /// <summary>A value, with what most comparisons need to know of it: so that the value itself, far off in memory, is seldom looked at.</summary>
    public readonly struct Cell
    {
        /// <summary>Bits of what was not looked at yet: it may have anything in common with any other.</summary>
        private const ulong Anything = ulong.MaxValue;

        private readonly object? _value;

        public Cell(Value? value)
        {
            _value = value;
            if (value is not null) (Bag, FormalBag, WordBag) = (value.Bag, value.FormalBag, value.WordBag);
        }

        public Cell(LateValue value, ulong bag) => (_value, Bag, FormalBag, WordBag) = (value, bag, Anything, Anything);

        /// <summary>Its letters: see <see cref="Linkage.Value.Bag"/>; of a set, none.</summary>
        public ulong Bag { get; }

        /// <summary>See <see cref="Linkage.Value.FormalBag"/>.</summary>
        public ulong FormalBag { get; }

        /// <summary>See <see cref="Linkage.Value.WordBag"/>.</summary>
        public ulong WordBag { get; }

        /// <summary>The value of a row's cell, which there always is.</summary>
        public Value Value => IsLate ? Unsafe.As<LateValue>(_value!).Value : Unsafe.As<Value>(_value!);

        /// <summary>The value of a lexicon's cell.</summary>
        public Value? ValueOrNull => Unsafe.As<Value?>(_value);

        /// <summary>Whether it is read only when it is asked for. Told by its bits first: its kind stands in the far memory.</summary>
        public bool IsLate => WordBag == Anything && _value is LateValue;

        /// <summary>True for the very value; it is not looked at.</summary>
        public bool Is(Value? value) => ReferenceEquals(_value, value);
    }

    /// <summary>Makes the rows of pieces side by side, and their keys.</summary>
    /// <param name="count">How many rows there are.</param>
    /// <param name="keys">What makes the keys; null where they are not asked for.</param>
    /// <param name="fill">Adds the rows from the first number to below the second.</param>
    public static (FrozenRows Rows, FrozenPostings Postings) Of(int count, LinkageSettings settings, Keys? keys, Action<int, int, RowPiece> fill)
    {
        // Each thread has its own lexicon: that a name is read twice costs less than waiting for one another.
        var (lexicons, all) = (new ConcurrentBag<Lexicon>(), new ConcurrentBag<Lexicon>());
        var pieces = new RowPiece[(count + PieceRows - 1) / PieceRows];
        Parallel.For(0, pieces.Length, Cores.All, number =>
        {
            if (!lexicons.TryTake(out var lexicon)) all.Add(lexicon = new(settings));
            var (from, to) = (number * PieceRows, Math.Min(count, (number + 1) * PieceRows));
            var piece = pieces[number] = new(from, to - from, lexicon, keys);
            fill(from, to, piece);
            piece.Close();
            lexicons.Add(lexicon);
        });
        foreach (var lexicon in all) lexicon.Close();
        return (new(pieces), PostingsOf(pieces));
    }

    public static FrozenPostings PostingsOf(IEnumerable<RowPiece> pieces) => FrozenPostings.Of([.. pieces.Select(piece => piece.Entries)]);

    public IEnumerable<RowPiece> Pieces => _pieces;

    public LinkRecord Record(int row) => _pieces[row >> PieceShift].Record(row & (PieceRows - 1));

    public string Id(int row) => _pieces[row >> PieceShift].Id(row & (PieceRows - 1));

    /// <summary>The id as it is written: the same bytes are the same id.</summary>
    public ReadOnlySpan<byte> IdBytes(int row) => _pieces[row >> PieceShift].IdBytes(row & (PieceRows - 1));

    /// <inheritdoc cref="RowPiece.Spread"/>
    public void Spread(int row, Span<Value?> values, ulong needed) => _pieces[row >> PieceShift].Spread(row & (PieceRows - 1), values, needed);

    /// <inheritdoc cref="RowPiece.Reaches"/>
    public bool Reaches(int row, Ceilings ceilings, double weightMin, RowRoom room) =>
        _pieces[row >> PieceShift].Reaches(row & (PieceRows - 1), ceilings, weightMin, room);

    /// <inheritdoc cref="RowPiece.Cells"/>
    public int Cells(int row, ulong looked, RowRoom room) => _pieces[row >> PieceShift].Cells(row & (PieceRows - 1), looked, room);

    /// <summary>Brings near what comparing a row will look at.</summary>
    public int Touch(int row) => _pieces[row >> PieceShift].Touch(row & (PieceRows - 1));

    /// <inheritdoc cref="RowPiece.TouchCells"/>
    public ulong TouchCells(int row, ulong looked) => _pieces[row >> PieceShift].TouchCells(row & (PieceRows - 1), looked);
}
