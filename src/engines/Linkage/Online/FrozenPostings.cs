using System.Runtime.InteropServices;

namespace Homeward.Linkage;

/// <summary>Keys and the slots of the rows that have them, sorted once and then only read.</summary>
internal sealed class FrozenPostings
{
    public static readonly FrozenPostings Empty = new([], []);

    /// <summary>One directory entry for about this many keys: a look-up touches one cache line or two.</summary>
    private const int KeysPerBucket = 4;

    private const int PartBits = 10;
    private const int Parts = 1 << PartBits;
    private const int PartShift = 64 - PartBits;

    private readonly ulong[] _keys;
    private readonly int[] _starts;
    private readonly int[] _slots;
    private readonly int[] _directory;
    private readonly int _shift;

    /// <summary>Postings of rows that were read in pieces, in the order of their slots.</summary>
    public static FrozenPostings Of(IReadOnlyList<(List<ulong> Keys, List<int> Slots)> pieces)
    {
        // Keys are hashes: a cut by their upper bits makes parts of one size, which are sorted side by side.
        var starts = new int[Parts + 1];
        foreach (var (keys, _) in pieces) foreach (var key in keys) starts[(int)(key >> PartShift) + 1]++;
        for (var part = 0; part < Parts; part++) starts[part + 1] += starts[part];
        var (at, allKeys, allSlots) = (starts.AsSpan(0, Parts).ToArray(), new ulong[starts[Parts]], new int[starts[Parts]]);
        foreach (var (keys, slots) in pieces)
        {
            for (var i = 0; i < keys.Count; i++)
            {
                var place = at[(int)(keys[i] >> PartShift)]++;
                (allKeys[place], allSlots[place]) = (keys[i], slots[i]);
            }
        }
        Parallel.For(0, Parts, part => Array.Sort(allKeys, allSlots, starts[part], starts[part + 1] - starts[part]));
        return new(allKeys, allSlots);
    }

    /// <param name="keys">One entry for each key of each row, sorted.</param>
    /// <param name="slots">The row of each entry.</param>
    private FrozenPostings(ulong[] keys, int[] slots)
    {
        var distinct = 0;
        for (var i = 0; i < keys.Length; i++) if (i == 0 || keys[i] != keys[i - 1]) distinct++;
        (_keys, _starts, _slots) = (new ulong[distinct], new int[distinct + 1], slots);
        var at = 0;
        for (var i = 0; i < keys.Length; i++)
            if (i == 0 || keys[i] != keys[i - 1]) (_keys[at], _starts[at++]) = (keys[i], i);
        _starts[distinct] = keys.Length;
        for (var i = 0; i < distinct; i++)
            if (_starts[i + 1] - _starts[i] > 1) slots.AsSpan(_starts[i], _starts[i + 1] - _starts[i]).Sort();

        (_directory, _shift) = Directory(_keys);
    }

    private FrozenPostings(ulong[] keys, int[] starts, int[] slots)
    {
        (_keys, _starts, _slots) = (keys, starts, slots);
        (_directory, _shift) = Directory(keys);
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(_keys.Length);
        writer.Write(_slots.Length);
        writer.Write(MemoryMarshal.AsBytes<ulong>(_keys));
        writer.Write(MemoryMarshal.AsBytes<int>(_starts));
        writer.Write(MemoryMarshal.AsBytes<int>(_slots));
    }

    /// <exception cref="InvalidDataException">A slot lies outside of the rows.</exception>
    public static FrozenPostings Read(BinaryReader reader, int rowCount)
    {
        var (keyCount, slotCount) = (reader.ReadInt32(), reader.ReadInt32());
        if (keyCount < 0 || slotCount < 0) throw new InvalidDataException("a count is below 0");
        var (keys, starts, slots) = (new ulong[keyCount], new int[keyCount + 1], new int[slotCount]);
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(keys.AsSpan()));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(starts.AsSpan()));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(slots.AsSpan()));
        foreach (var slot in slots) if ((uint)slot >= (uint)rowCount) throw new InvalidDataException("a key names a row that is not there");
        return new(keys, starts, slots);
    }

    private static (int[] Directory, int Shift) Directory(ulong[] keys)
    {
        var bits = Math.Max(1, (int)Math.Ceiling(Math.Log2(Math.Max(2, keys.Length / KeysPerBucket))));
        var (directory, shift) = (new int[(1 << bits) + 1], 64 - bits);
        foreach (var key in keys) directory[(int)(key >> shift) + 1]++;
        for (var i = 1; i < directory.Length; i++) directory[i] += directory[i - 1];
        return (directory, shift);
    }

    /// <summary>The slots under a key, in ascending order; empty where there are none.</summary>
    public ReadOnlySpan<int> this[ulong key]
    {
        get
        {
            var bucket = (int)(key >> _shift);
            for (var i = _directory[bucket]; i < _directory[bucket + 1]; i++)
                if (_keys[i] == key) return _slots.AsSpan(_starts[i], _starts[i + 1] - _starts[i]);
            return [];
        }
    }
}
