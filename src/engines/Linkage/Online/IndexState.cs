namespace Homeward.Linkage;

/// <summary>A row that came after the last freeze. Record and values never change; a changed record is a new row.</summary>
internal sealed record FreshRow(LinkRecord Record, Value?[] Values);

/// <summary>What readers look at: a frozen part, what came since, and the rows of both.</summary>
/// <remarks>
/// Fresh rows lie in blocks that are never moved, so that a reader with an old table of blocks still sees them.
/// A slot says whether its record was removed or where it moved, until the next freeze: a reader that
/// found the old slot before the new one was there still comes to the record.
/// </remarks>
internal sealed class IndexState(FrozenPostings frozen, FrozenRows rows, RowSigns? signs)
{
    private const int BlockRows = 1024;

    // What became of a slot's record: it is here, it is gone, or from here on where it moved.
    private const int Here = 0;
    private const int Gone = 1;
    private const int Moved = 2;

    // Of most blocks nothing becomes ever: they have no fates.
    private readonly int[]?[] _frozenFates = new int[]?[(rows.Count + BlockRows - 1) / BlockRows];
    private Block[] _fresh = [];
    private int _freshCount;

    private sealed class Block
    {
        public FreshRow?[] Rows { get; } = new FreshRow?[BlockRows];
        public int[] Fates { get; } = new int[BlockRows];
    }

    public FrozenPostings Frozen { get; } = frozen;
    public FreshPostings Fresh { get; } = new();
    public FrozenRows FrozenRows => rows;
    public RowSigns? Signs => signs;
    public int FrozenCount => rows.Count;
    public int FreshCount => _freshCount;
    public int SlotCount => rows.Count + _freshCount;

    public string Id(int slot) => slot < rows.Count ? rows.Id(slot) : FreshAt(slot).Record.Id;

    public LinkRecord Record(int slot) => slot < rows.Count ? rows.Record(slot) : FreshAt(slot).Record;

    /// <param name="slot">The slot.</param>
    /// <param name="room">Where the values of a frozen row are put, one place for each field.</param>
    /// <param name="needed">A bit for each field whose value is looked at; those beyond the bits all are.</param>
    public ReadOnlySpan<Value?> Values(int slot, Value?[] room, ulong needed = ulong.MaxValue)
    {
        if (slot >= rows.Count) return FreshAt(slot).Values;
        rows.Spread(slot, room, needed);
        return room;
    }

    /// <summary>Writer only: takes the next slot. The row must be there before any posting names it.</summary>
    public int Append(FreshRow row)
    {
        if (_freshCount == _fresh.Length * BlockRows)
            Volatile.Write(ref _fresh, [.. _fresh, new()]);
        Volatile.Write(ref _fresh[_freshCount / BlockRows].Rows[_freshCount % BlockRows], row);
        return rows.Count + _freshCount++;
    }

    /// <summary>The slot where the record of a slot is now, mostly this one; -1 where it was removed.</summary>
    public int Follow(int slot)
    {
        while (true)
        {
            var fate = FateOf(slot);
            if (fate == Here) return slot;
            if (fate == Gone) return -1;
            slot = fate - Moved;
        }
    }

    /// <summary>Writer only: the record is gone, or has moved to another slot.</summary>
    public void Leave(int slot, int movedTo = -1)
    {
        var fate = movedTo < 0 ? Gone : movedTo + Moved;
        if (slot >= rows.Count)
        {
            Volatile.Write(ref FreshBlock(slot).Fates[(slot - rows.Count) % BlockRows], fate);
            return;
        }
        ref var block = ref _frozenFates[slot / BlockRows];
        if (block is null) Volatile.Write(ref block, new int[BlockRows]);
        Volatile.Write(ref block![slot % BlockRows], fate);
    }

    /// <summary>Writer only: the slots whose records are there, ascending.</summary>
    public int[] Slots()
    {
        var slots = new List<int>(SlotCount);
        for (var slot = 0; slot < SlotCount; slot++)
            if (FateOf(slot) == Here) slots.Add(slot);
        return [.. slots];
    }

    /// <summary>The rows of some slots with their keys, frozen.</summary>
    public (FrozenRows Rows, FrozenPostings Postings) Freeze(int[] slots, LinkageSettings settings, Keys keys) =>
        FrozenRows.Of(slots.Length, settings, keys, (from, to, piece) =>
        {
            for (var i = from; i < to; i++) piece.Add(Record(slots[i]));
        });

    private FreshRow FreshAt(int slot) => Volatile.Read(ref FreshBlock(slot).Rows[(slot - rows.Count) % BlockRows])!;

    private Block FreshBlock(int slot) => Volatile.Read(ref _fresh)[(slot - rows.Count) / BlockRows];

    private int FateOf(int slot) => slot >= rows.Count
        ? Volatile.Read(ref FreshBlock(slot).Fates[(slot - rows.Count) % BlockRows])
        : Volatile.Read(ref _frozenFates[slot / BlockRows]) is { } block ? Volatile.Read(ref block[slot % BlockRows]) : Here;
}
