namespace Homeward.Linkage;

/// <summary>Some thousand rows that one thread fills, in their order, as bytes behind one another.</summary>
/// <remarks>
/// A row is its cells, its source and its id. A cell is the name of a field and a number of the <see cref="Lexicon"/>; or else the
/// texts themselves, and in front of them their letters, by which they are mostly told from another's without being read.
/// </remarks>
internal sealed class RowPiece(int first, int capacity, Lexicon lexicon, Keys? keys)
{
    private const int BytesUsual = 64;

    // What stands in a cell: a number of the lexicon, texts with a value, or texts that say nothing.
    private const uint Numbered = 0;
    private const uint Written = 1;
    private const uint Nothing = 2;

    private readonly List<uint> _ofRow = [];
    private readonly int[] _ends = new int[capacity];
    private readonly Value?[] _row = new Value?[lexicon.FieldCount];
    private RowWriter _writer = new(capacity * BytesUsual);
    private RowWriter _cell = new(BytesUsual);
    private byte[] _bytes = [];

    public int Count { get; private set; }

    public int ByteCount => _bytes.Length;

    /// <summary>See <see cref="FrozenPostings.Entry"/>.</summary>
    public List<ulong> Entries { get; } = [];

    /// <summary>A hash of each id, until a <see cref="SlotTable"/> has taken them.</summary>
    public uint[] IdHashes { get; private set; } = new uint[capacity];

    public void Add(LinkRecord record)
    {
        Array.Clear(_row);
        var values = record.Values;
        var cells = 0u;
        for (var at = 0; at < values.Length; at = EndOf(values, at)) cells++;
        _writer.Number(cells);
        for (int at = 0, end; at < values.Length; at = end)
        {
            end = EndOf(values, at);
            Add(values[at].Field, values[at..end]);
        }
        _writer.Number((uint)lexicon.NumberOfName(record.Source));
        _writer.Id(record.Id);
        if (keys is not null)
        {
            keys.Collect(_row, _ofRow);
            foreach (var key in _ofRow) Entries.Add(FrozenPostings.Entry(key, first + Count));
        }
        IdHashes[Count] = SlotTable.HashOf(record.Id);
        _ends[Count++] = _writer.Length;
    }

    private void Add(string name, ReadOnlySpan<(string Field, string Text)> texts)
    {
        var field = lexicon.NumberOfName(name);
        var isKnown = field < lexicon.FieldCount;
        var number = isKnown ? lexicon.NumberOf(field, texts) : -1;
        var value = number >= 0 ? lexicon[number].ValueOrNull : isKnown ? lexicon.Read(field, texts) : null;
        _writer.Number((uint)field);
        if (number >= 0) _writer.Number(((uint)number << 2) | Numbered);
        else
        {
            _cell.Clear();
            _cell.Number((uint)texts.Length);
            foreach (var (_, text) in texts) _cell.Text(text);
            _writer.Number(((uint)_cell.Length << 2) | (value is null ? Nothing : Written));
            if (value is not null) _writer.Bits(value.Bag);
            _writer.Bytes(_cell.Written);
        }
        if (value is not null) _row[field] = _row[field] is { } before ? lexicon.Joined(field, before, value) : value;
    }

    /// <summary>Nothing comes any more.</summary>
    public void Close()
    {
        _bytes = _writer.Take();
        (_writer, _cell) = (default, default);
        Entries.TrimExcess();
    }

    public void ForgetHashes() => IdHashes = [];

    /// <summary>Looks at both ends of a row; says something of what is there, so that the look has a use.</summary>
    public int Touch(int row) => _bytes[Start(row)] + _bytes[_ends[row] - 1];

    /// <summary>Looks at what the cells of a row stand for; says something of what is there, so that the look has a use.</summary>
    /// <param name="row">One that was touched.</param>
    /// <param name="looked">See <see cref="Ceilings.Looked"/>.</param>
    public ulong TouchCells(int row, ulong looked)
    {
        var reader = new RowReader(Bytes(row));
        var seen = 0UL;
        for (var left = reader.Number(); left > 0; left--)
        {
            var (field, head) = ((int)reader.Number(), reader.Number());
            if ((head & 3) != Numbered) SkipTexts(ref reader, head);
            else if ((looked >> field & 1) != 0) seen |= lexicon[(int)(head >> 2)].Bag;
        }
        return seen;
    }

    /// <summary>Whether a row's weight may be as much as asked for.</summary>
    public bool Reaches(int row, Ceilings ceilings, double weightMin, RowRoom room) =>
        Cells(row, ceilings.Looked, room) is var count and >= 0 ? ceilings.Reach(weightMin, room.Fields(count), room.Cells(count)) : true;

    /// <summary>Puts a row's cells into the room.</summary>
    /// <param name="looked">See <see cref="Ceilings.Looked"/>.</param>
    /// <returns>How many; -1 where a field comes again after another: the row is compared, whatever it may weigh.</returns>
    public int Cells(int row, ulong looked, RowRoom room)
    {
        var reader = new RowReader(Bytes(row));
        var count = 0;
        for (var left = reader.Number(); left > 0; left--)
        {
            var (field, head) = ((int)reader.Number(), reader.Number());
            var number = (int)(head >> 2);
            switch (head & 3)
            {
                case Numbered:
                    if ((looked >> field & 1) == 0) continue;
                    ref readonly var cell = ref lexicon[number];
                    if (cell.ValueOrNull is null) continue;
                    if (!room.Add(ref count, field, cell)) return -1;
                    continue;
                case Written:
                    var bag = reader.Bits();
                    if (!room.Add(ref count, field, new(room.Late(count, this, Start(row) + reader.At, field), bag))) return -1;
                    break;
            }
            reader.Skip(number);
        }
        return count;
    }

    /// <summary>Puts the values of a row into their places.</summary>
    /// <param name="needed">A bit for each field whose value is looked at; those beyond the bits all are.</param>
    public void Spread(int row, Span<Value?> values, ulong needed)
    {
        values.Clear();
        var reader = new RowReader(Bytes(row));
        for (var left = reader.Number(); left > 0; left--)
        {
            var (field, head) = ((int)reader.Number(), reader.Number());
            var number = (int)(head >> 2);
            Value? value = null;
            if ((head & 3) == Numbered) value = lexicon[number].ValueOrNull;
            else
            {
                if ((head & 3) == Written)
                {
                    reader.Skip(sizeof(ulong));
                    if (field >= 64 || (needed >> field & 1) != 0) value = ValueAt(Start(row) + reader.At, field);
                }
                reader.Skip(number);
            }
            if (value is not null) values[field] = values[field] is { } before ? lexicon.Joined(field, before, value) : value;
        }
    }

    /// <summary>Reads the value of texts that stand in a cell.</summary>
    public Value ValueAt(int at, int field)
    {
        var reader = new RowReader(_bytes.AsSpan(at));
        var texts = new (string Field, string Text)[reader.Number()];
        for (var i = 0; i < texts.Length; i++) texts[i] = ("", reader.Text());
        return lexicon.Read(field, texts)!;
    }

    public LinkRecord Record(int row)
    {
        var values = new List<(string Field, string Text)>();
        var reader = new RowReader(Bytes(row));
        for (var left = reader.Number(); left > 0; left--)
        {
            var (name, head) = (lexicon.Name((int)reader.Number()), reader.Number());
            if ((head & 3) == Numbered)
            {
                var one = "";
                foreach (var text in lexicon.Texts((int)(head >> 2), ref one)) values.Add((name, text));
                continue;
            }
            if ((head & 3) == Written) reader.Skip(sizeof(ulong));
            for (var texts = reader.Number(); texts > 0; texts--) values.Add((name, reader.Text()));
        }
        var source = lexicon.Name((int)reader.Number());
        return LinkRecord.Of(reader.Id(), source, [.. values]);
    }

    public string Id(int row) => AtId(row).Id();

    /// <summary>The id as it is written: the same bytes are the same id.</summary>
    public ReadOnlySpan<byte> IdBytes(int row) => AtId(row).Rest;

    private RowReader AtId(int row)
    {
        var reader = new RowReader(Bytes(row));
        for (var left = reader.Number(); left > 0; left--)
        {
            reader.Number();
            var head = reader.Number();
            if ((head & 3) != Numbered) SkipTexts(ref reader, head);
        }
        reader.Number();
        return reader;
    }

    /// <summary>Passes over a cell that holds its texts, and the letters in front of them.</summary>
    private static void SkipTexts(ref RowReader reader, uint head) => reader.Skip((int)(head >> 2) + ((head & 3) == Written ? sizeof(ulong) : 0));

    private int Start(int row) => row == 0 ? 0 : _ends[row - 1];

    private ReadOnlySpan<byte> Bytes(int row) => _bytes.AsSpan(Start(row).._ends[row]);

    private static int EndOf(ReadOnlySpan<(string Field, string Text)> values, int at)
    {
        var end = at + 1;
        while (end < values.Length && values[end].Field == values[at].Field) end++;
        return end;
    }
}
