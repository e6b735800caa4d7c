using System.Runtime.Intrinsics;

namespace Homeward.Linkage;

/// <summary>Two rows that a key brought together, with their cells and what they agree in.</summary>
internal readonly unsafe struct Met(int left, int right, int* leftCells, int* rightCells, ulong agreeing)
{
    public int Left => left;
    public int Right => right;
    public int* LeftCells => leftCells;
    public int* RightCells => rightCells;

    /// <summary>See <see cref="RowTable.Agreeing"/>.</summary>
    public ulong Agreeing => agreeing;
}

/// <summary>The rows of a data set: for each row the numbers of its values and the words of its keys, in one stretch of memory.</summary>
/// <remarks>
/// Rows begin at a multiple of 32 bytes and are whole vectors: what two rows agree in is told by one comparison
/// for each eight fields and words.
/// </remarks>
internal sealed unsafe class RowTable
{
    /// <summary>Between the values of a set in one cell.</summary>
    public const char SetSeparator = ValueTable.SetSeparator;

    private const int RowsPerPiece = 1 << 15;

    private readonly LinkageSettings _settings;
    private readonly int[] _memory;
    private readonly int* _cells;
    private readonly int _stride;
    private readonly RestWords[] _rests;
    private readonly int[] _bagPlaces;

    /// <summary>Cells that rows are compared by: whole vectors.</summary>
    private readonly int _compared;

    /// <exception cref="LinkageException">A field of the settings is no column.</exception>
    public RowTable(Dataset data, LinkageSettings settings)
    {
        (RowCount, _settings, Plan) = (data.RowCount, settings, new(settings));
        var columns = settings.Fields.Select(field => data[field.Name] ?? throw new LinkageException(
            $"No column \"{field.Name}\"; the columns are {string.Join(", ", data.Columns.Select(known => known.Name))}.")).ToArray();
        Values = new ValueTable[columns.Length];
        // The column with the most texts first, so that the others fill the time beside it.
        var order = Enumerable.Range(0, columns.Length).OrderByDescending(field => columns[field].DistinctCount).ToArray();
        Parallel.ForEach(order, Cores.All, field => Values[field] = new(columns[field], settings.Fields[field], Plan.FormsOf(settings.Fields[field].Name),
            settings.Comparisons.Any(comparison => comparison.Field == settings.Fields[field].Name && comparison.Levels.Any(level => level.ByFrequency))));

        _rests = [.. Plan.Rests.Select(rest => new RestWords(rest, settings, Values))];
        var cells = columns.Length + _rests.Length;
        _compared = WholeVectors(cells);
        _bagPlaces = [.. _rests.Select(rest => rest.MayHaveSeveral ? cells++ : -1)];
        _stride = WholeVectors(cells);
        _memory = GC.AllocateUninitializedArray<int>(checked((RowCount * _stride) + Vector256<int>.Count), pinned: true);
        var start = (nint)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0);
        LargePages.AskFor((void*)start, (long)_memory.Length * sizeof(int));
        _cells = (int*)((start + Vector256<byte>.Count - 1) / Vector256<byte>.Count * Vector256<byte>.Count);
        Fill(columns);
        for (var rest = 0; rest < _rests.Length; rest++) _rests[rest].Fill(this, columns.Length + rest, _bagPlaces[rest]);

        static int WholeVectors(int cells) => (cells + Vector256<int>.Count - 1) / Vector256<int>.Count * Vector256<int>.Count;
    }

    public int RowCount { get; }
    public RulePlan Plan { get; }

    /// <summary>The values of each field of the settings.</summary>
    public ValueTable[] Values { get; }

    /// <summary>The values of a row as objects, for explanations.</summary>
    public ReadOnlySpan<Value?> this[int row]
    {
        get
        {
            var values = new Value?[Values.Length];
            for (var field = 0; field < values.Length; field++) values[field] = Values[field].ValueOf(Numbers(row)[field]);
            return values;
        }
    }

    /// <summary>The numbers of a row's values, by field; 0 where a value is not known.</summary>
    public ReadOnlySpan<int> Numbers(int row) => new(_cells + ((nint)row * _stride), Values.Length);

    public uint Word(int row, int place) => (uint)_cells[((nint)row * _stride) + place];

    public void SetWord(int row, int place, uint word) => _cells[((nint)row * _stride) + place] = (int)word;

    /// <summary>All words of a row for a rest of rules, ascending.</summary>
    public ReadOnlySpan<uint> Words(int row, int rest) => _rests[rest].Of(row, ref _cells[((nint)row * _stride) + Values.Length + rest]);

    /// <summary>True when some row has several words for a rest.</summary>
    public bool HasSeveral(int rest) => _rests[rest].HasSeveral;

    /// <summary>The cell with a bit for each word that a row has for a rest (<see cref="RestWords.BagOf"/>), where some row has several.</summary>
    public int BagPlace(int rest) => _bagPlaces[rest];

    /// <summary>The cell with a row's first word for a rest.</summary>
    public int WordPlace(int rest) => Values.Length + rest;

    /// <summary>How many cells a row has.</summary>
    public int Stride => _stride;

    /// <summary>Two rows brought together.</summary>
    public Met Meet(int left, int right)
    {
        int* one = _cells + ((nint)left * _stride), other = _cells + ((nint)right * _stride);
        return new(left, right, one, other, Agreeing(one, other));
    }

    /// <summary>In which fields and first words two rows agree, as bits; what is not known does not agree. Bits beyond those mean nothing.</summary>
    public ulong Agreeing(int* one, int* other)
    {
        ulong agreeing = 0;
        for (var at = 0; at < _compared; at += Vector256<int>.Count)
        {
            var a = Vector256.Load(one + at);
            var same = Vector256.AndNot(Vector256.Equals(a, Vector256.Load(other + at)), Vector256.Equals(a, Vector256<int>.Zero));
            agreeing |= (ulong)same.ExtractMostSignificantBits() << at;
        }
        return agreeing;
    }

    /// <summary>Copies the cells of a row.</summary>
    public void CopyTo(int row, int* cells)
    {
        var own = _cells + ((nint)row * _stride);
        for (var at = 0; at < _stride; at += Vector256<int>.Count) Vector256.LoadAligned(own + at).Store(cells + at);
    }

    /// <summary>Asks for a row's memory ahead of its use.</summary>
    public void Prefetch(int row)
    {
        if (System.Runtime.Intrinsics.X86.Sse.IsSupported) System.Runtime.Intrinsics.X86.Sse.Prefetch0(_cells + ((nint)row * _stride));
    }

    private void Fill(DataColumn[] columns)
    {
        Parallel.For(0, (RowCount + RowsPerPiece - 1) / RowsPerPiece, Cores.All, piece =>
        {
            var end = Math.Min(RowCount, (piece + 1) * RowsPerPiece);
            // What no field and no word fills says "not known".
            new Span<int>(_cells + ((nint)piece * RowsPerPiece * _stride), (end - (piece * RowsPerPiece)) * _stride).Clear();
            for (var field = 0; field < columns.Length; field++)
            {
                var codes = columns[field].CodesSpan;
                var numbers = Values[field].NumberOfText;
                for (var row = piece * RowsPerPiece; row < end; row++) _cells[((nint)row * _stride) + field] = numbers[codes[row]];
            }
        });
        foreach (var values in Values) values.ForgetTexts();
    }
}
