namespace Homeward.Linkage;

/// <summary>A row of the index. It never changes; a changed record is a new row.</summary>
/// <param name="MovedTo">Where the record is now, when it was changed; -1 while this is it.</param>
internal sealed record IndexRow(LinkRecord Record, Value?[] Values, int MovedTo = -1);

/// <summary>What readers look at: a frozen part, what came since, and the rows of both.</summary>
/// <remarks>
/// The rows lie in blocks that are never moved, so that a reader with an old table of blocks still sees them.
/// A removed row is null, and a changed one says where the record moved, until the next freeze: a reader that
/// found the old slot before the new one was there still comes to the record.
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
    public int SlotCount => frozenRows.Length + _freshCount;

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

    /// <summary>Follows a row that moved to where its record is now; null where it was removed.</summary>
    public (IndexRow? Row, int Slot) Follow(IndexRow? row, int slot)
    {
        while (row is { MovedTo: >= 0 })
        {
            slot = row.MovedTo;
            row = this[slot];
        }
        return (row, slot);
    }

    /// <summary>Writer only: the record is gone, or has moved to another slot.</summary>
    public void Leave(int slot, int movedTo = -1)
    {
        var row = movedTo < 0 ? null : this[slot]! with { MovedTo = movedTo };
        if (slot < frozenRows.Length) Volatile.Write(ref frozenRows[slot], row);
        else Volatile.Write(ref _fresh[(slot - frozenRows.Length) / BlockRows][(slot - frozenRows.Length) % BlockRows], row);
    }

    /// <summary>Writer only: the rows as they are now with their slots, in slot order.</summary>
    public (IndexRow[] Rows, int[] Slots) Rows()
    {
        var (rows, slots) = (new List<IndexRow>(SlotCount), new List<int>(SlotCount));
        for (var slot = 0; slot < SlotCount; slot++)
        {
            if (this[slot] is not { MovedTo: < 0 } row) continue;
            rows.Add(row);
            slots.Add(slot);
        }
        return ([.. rows], [.. slots]);
    }
}
