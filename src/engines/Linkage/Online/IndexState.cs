namespace Homeward.Linkage;

/// <summary>A row of the index. It never changes; a changed record is a new row.</summary>
internal sealed record IndexRow(LinkRecord Record, Value?[] Values);

/// <summary>What readers look at: a frozen part, what came since, and the rows of both.</summary>
/// <remarks>
/// The rows lie in blocks that are never moved, so that a reader with an old table of blocks still sees them.
/// A removed row is null; its slot stays empty until the next freeze.
/// </remarks>
internal sealed class IndexState(FrozenPostings frozen, IndexRow?[] frozenRows)
{
    private const int BlockRows = 1024;

    private IndexRow?[][] _fresh = [];
    private int _freshCount;

    public FrozenPostings Frozen { get; } = frozen;
    public FreshPostings Fresh { get; } = new();
    public int FrozenCount => frozenRows.Length;
    public int FreshCount => _freshCount;

    public IndexRow? this[int slot]
    {
        get
        {
            if (slot < frozenRows.Length) return Volatile.Read(ref frozenRows[slot]);
            slot -= frozenRows.Length;
            return Volatile.Read(ref Volatile.Read(ref _fresh)[slot / BlockRows][slot % BlockRows]);
        }
    }

    /// <summary>Writer only: takes the next slot. The row must be there before any posting names it.</summary>
    public int Append(IndexRow row)
    {
        if (_freshCount == _fresh.Length * BlockRows)
            Volatile.Write(ref _fresh, [.. _fresh, new IndexRow?[BlockRows]]);
        Volatile.Write(ref _fresh[_freshCount / BlockRows][_freshCount % BlockRows], row);
        return frozenRows.Length + _freshCount++;
    }

    /// <summary>Writer only.</summary>
    public void Clear(int slot)
    {
        if (slot < frozenRows.Length) Volatile.Write(ref frozenRows[slot], null);
        else Volatile.Write(ref _fresh[(slot - frozenRows.Length) / BlockRows][(slot - frozenRows.Length) % BlockRows], null);
    }

    /// <summary>Writer only: the rows that are not removed, in slot order.</summary>
    public IEnumerable<IndexRow> Rows()
    {
        for (var slot = 0; slot < frozenRows.Length + _freshCount; slot++)
            if (this[slot] is { } row) yield return row;
    }
}
