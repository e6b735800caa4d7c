namespace Homeward.Linkage;

/// <summary>Room for the cells of one row after another; for one query at a time.</summary>
internal sealed class RowRoom
{
    [ThreadStatic]
    private static RowRoom? _spare;

    private byte[] _fields = [];
    private FrozenRows.Cell[] _cells = [];
    private LateValue[] _late = [];

    private RowRoom() { }

    public static RowRoom Rent(int fieldCount)
    {
        var room = _spare ?? new();
        _spare = null;
        if (room._cells.Length < fieldCount)
            (room._fields, room._cells, room._late) = (new byte[fieldCount], new FrozenRows.Cell[fieldCount], [.. Enumerable.Range(0, fieldCount).Select(_ => new LateValue())]);
        return room;
    }

    /// <summary>A spare room must not hold on to the values of an index that is gone.</summary>
    public void Return()
    {
        Array.Clear(_cells);
        foreach (var late in _late) late.Clear();
        _spare = this;
    }

    public ReadOnlySpan<byte> Fields(int count) => _fields.AsSpan(0, count);

    public ReadOnlySpan<FrozenRows.Cell> Cells(int count) => _cells.AsSpan(0, count);

    public LateValue Late(int place, RowPiece piece, int at, int field) => _late[Math.Min(place, _late.Length - 1)].Of(piece, at, field);

    /// <returns>False where the row has given the field before.</returns>
    public bool Add(ref int count, int field, in FrozenRows.Cell cell)
    {
        for (var i = 0; i < count; i++) if (_fields[i] == field) return false;
        (_fields[count], _cells[count]) = ((byte)field, cell);
        count++;
        return true;
    }
}

/// <summary>A value whose texts stand in a row, read when somebody looks at it.</summary>
internal sealed class LateValue
{
    private RowPiece? _piece;
    private int _at;
    private int _field;
    private Value? _value;

    public Value Value => _value ??= _piece!.ValueAt(_at, _field);

    public LateValue Of(RowPiece piece, int at, int field)
    {
        (_piece, _at, _field, _value) = (piece, at, field, null);
        return this;
    }

    public void Clear() => (_piece, _value) = (null, null);
}
