using System.Numerics;

namespace Homeward.Linkage;

/// <summary>The rows of the frozen part, side by side: of each its record and the values that it knows. No row is an object.</summary>
/// <remarks>
/// A million small objects would be walked over by every collection. A row never changes; what becomes of its record is
/// kept in <see cref="IndexState"/>.
/// </remarks>
internal sealed class FrozenRows
{
    private const int PieceRowsMin = 1 << 15;

    private readonly Piece[] _pieces;
    private readonly int _shift;

    private FrozenRows(int count, int shift) =>
        (Count, _shift, _pieces) = (count, shift, new Piece[(count + (1 << shift) - 1) >> shift]);

    public static FrozenRows Empty { get; } = new(0, 0);

    public int Count { get; }

    /// <summary>A value, with what most comparisons need to know of it: so that the value itself, far off in memory, is seldom looked at.</summary>
    /// <remarks>In a struct a value is stored without asking for its type.</remarks>
    /// <param name="Value">The value.</param>
    /// <param name="Bag">Its letters: see <see cref="Linkage.Value.Bag"/>; of a set, none.</param>
    public readonly record struct Cell(Value Value, ulong Bag);

    /// <summary>Rows that are filled by one thread, in their order.</summary>
    /// <param name="first">The slot of the first.</param>
    /// <param name="capacity">How many rows.</param>
    /// <param name="keys">Makes the keys of each row while its values are near; null where the keys are known already.</param>
    public sealed class Piece(int first, int capacity, Keys? keys)
    {
        private readonly List<uint> _ofRow = [];
        private readonly LinkRecord[] _records = new LinkRecord[capacity];
        private readonly int[] _ends = new int[capacity];
        private byte[] _fields = new byte[capacity * 4];
        private Cell[] _cells = new Cell[capacity * 4];
        private int _count;

        /// <summary>See <see cref="FrozenPostings.Entry"/>.</summary>
        public List<ulong> Entries { get; } = new(keys is null ? 0 : capacity * keys.RuleCount * 3 / 2);

        public void Add(LinkRecord record, ReadOnlySpan<Value?> row)
        {
            if (keys is not null)
            {
                keys.Collect(row, _ofRow);
                foreach (var key in _ofRow) Entries.Add(FrozenPostings.Entry(key, first + _count));
            }
            var end = _count == 0 ? 0 : _ends[_count - 1];
            if (end + row.Length > _cells.Length)
            {
                var room = Math.Max(end + row.Length, (int)((long)end * capacity / Math.Max(1, _count) * 9 / 8));
                Array.Resize(ref _fields, room);
                Array.Resize(ref _cells, room);
            }
            for (var field = 0; field < row.Length; field++)
            {
                if (row[field] is not { } value) continue;
                (_fields[end], _cells[end++]) = ((byte)field, new(value, value.Bag));
            }
            (_records[_count], _ends[_count++]) = (record, end);
        }

        public LinkRecord Record(int row) => _records[row];

        /// <summary>Looks at both ends of a row; says something of what is there, so that the look has a use.</summary>
        public int Touch(int row)
        {
            var cells = Cells(row);
            return cells.IsEmpty ? 0 : (int)cells[0].Bag + (int)cells[^1].Bag;
        }

        public bool Reaches(int row, Ceilings ceilings, double weightMin) =>
            ceilings.Reach(weightMin, _fields.AsSpan((row == 0 ? 0 : _ends[row - 1]).._ends[row]), Cells(row));

        public void Spread(int row, Span<Value?> values)
        {
            values.Clear();
            var at = row == 0 ? 0 : _ends[row - 1];
            foreach (var cell in Cells(row)) values[_fields[at++]] = cell.Value;
        }

        private ReadOnlySpan<Cell> Cells(int row) => _cells.AsSpan((row == 0 ? 0 : _ends[row - 1]).._ends[row]);
    }

    /// <summary>Makes the rows of pieces side by side, and their keys.</summary>
    /// <param name="count">How many rows there are.</param>
    /// <param name="keys">What makes the keys; null where they are not asked for.</param>
    /// <param name="fill">Adds the rows from the first number to below the second.</param>
    public static (FrozenRows Rows, FrozenPostings Postings) Of(int count, Keys? keys, Action<int, int, Piece> fill)
    {
        if (count == 0) return (Empty, FrozenPostings.Empty);
        var pieceRows = BitOperations.RoundUpToPowerOf2((uint)Math.Max(PieceRowsMin, count / (4 * Environment.ProcessorCount)));
        var rows = new FrozenRows(count, BitOperations.Log2(pieceRows));
        Parallel.For(0, rows._pieces.Length, Cores.All, number =>
        {
            var (from, to) = (number << rows._shift, Math.Min(count, (number + 1) << rows._shift));
            var piece = rows._pieces[number] = new Piece(from, to - from, keys);
            fill(from, to, piece);
        });
        return (rows, FrozenPostings.Of([.. rows._pieces.Select(piece => piece.Entries)]));
    }

    public LinkRecord Record(int row) => _pieces[row >> _shift].Record(row & ((1 << _shift) - 1));

    /// <summary>Puts the values of a row into their places.</summary>
    public void Spread(int row, Span<Value?> values) => _pieces[row >> _shift].Spread(row & ((1 << _shift) - 1), values);

    /// <summary>Whether a row's weight may be as much as asked for.</summary>
    public bool Reaches(int row, Ceilings ceilings, double weightMin) => _pieces[row >> _shift].Reaches(row & ((1 << _shift) - 1), ceilings, weightMin);

    /// <summary>Brings near what comparing a row will look at.</summary>
    public int Touch(int row) => _pieces[row >> _shift].Touch(row & ((1 << _shift) - 1));
}
