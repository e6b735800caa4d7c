using System.Numerics;
using System.Runtime.InteropServices;

namespace Homeward.Linkage;

/// <summary>Keys and the slots of the rows that have them, sorted once and then only read.</summary>
internal sealed class FrozenPostings
{
    /// <summary>One directory entry for about this many keys: a look-up touches one cache line or two.</summary>
    private const int KeysPerBucket = 4;

    private const int Parts = 1 << Radix.PartBits;
    private const int PartShift = 64 - Radix.PartBits;

    private readonly uint[] _keys;
    private readonly int[] _starts;
    private readonly int[] _slots;
    private readonly int[] _directory;
    private readonly int _shift;

    private FrozenPostings(uint[] keys, int[] starts, int[] slots)
    {
        (_keys, _starts, _slots) = (keys, starts, slots);
        var bits = Math.Max(1, BitOperations.Log2((uint)Math.Max(2, keys.Length / KeysPerBucket)));
        (_directory, _shift) = (new int[(1 << bits) + 1], 32 - bits);
        foreach (var key in keys) _directory[(int)(key >> _shift) + 1]++;
        for (var i = 1; i < _directory.Length; i++) _directory[i] += _directory[i - 1];
    }

    public static FrozenPostings Empty { get; } = new([], [0], []);

    /// <summary>An entry of a key and a slot that has it.</summary>
    public static ulong Entry(uint key, int slot) => ((ulong)key << 32) | (uint)slot;

    /// <summary>Postings of rows that were read in pieces.</summary>
    /// <param name="pieces">Entries in the order of their slots, emptied as they are taken over.</param>
    public static FrozenPostings Of(List<ulong>[] pieces)
    {
        // Keys are hashes: a cut by their upper bits makes parts of about one size, which are sorted side by side.
        var places = new int[pieces.Length][];
        Parallel.For(0, pieces.Length, Cores.All, piece =>
        {
            var counts = places[piece] = new int[Parts];
            foreach (var entry in CollectionsMarshal.AsSpan(pieces[piece])) counts[(int)(entry >> PartShift)]++;
        });
        var starts = new int[Parts + 1];
        for (var (part, sum) = (0, 0); part < Parts; starts[++part] = sum)
            foreach (var counts in places) (counts[part], sum) = (sum, sum + counts[part]);
        var entries = GC.AllocateUninitializedArray<ulong>(starts[Parts]);
        Parallel.For(0, pieces.Length, Cores.All, piece =>
        {
            var at = places[piece];
            foreach (var entry in CollectionsMarshal.AsSpan(pieces[piece])) entries[at[(int)(entry >> PartShift)]++] = entry;
            pieces[piece].Clear();
            pieces[piece].TrimExcess();
        });

        var distinct = new int[Parts + 1];
        Parallel.For(0, Parts, Cores.All, part =>
        {
            var span = entries.AsSpan(starts[part]..starts[part + 1]);
            Radix.SortPart(span);
            var count = 0;
            for (var i = 0; i < span.Length; i++) if (i == 0 || span[i] >> 32 != span[i - 1] >> 32) count++;
            distinct[part + 1] = count;
        });
        for (var part = 0; part < Parts; part++) distinct[part + 1] += distinct[part];
        var (keys, keyStarts, slots) = (new uint[distinct[Parts]], new int[distinct[Parts] + 1], GC.AllocateUninitializedArray<int>(entries.Length));
        keyStarts[^1] = entries.Length;
        Parallel.For(0, Parts, Cores.All, part =>
        {
            var at = distinct[part];
            for (var i = starts[part]; i < starts[part + 1]; i++)
            {
                slots[i] = (int)(uint)entries[i];
                if (i > starts[part] && entries[i] >> 32 == entries[i - 1] >> 32) continue;
                (keys[at], keyStarts[at++]) = ((uint)(entries[i] >> 32), i);
            }
        });
        return new(keys, keyStarts, slots);
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(_keys.Length);
        writer.Write(_slots.Length);
        writer.Write(MemoryMarshal.AsBytes<uint>(_keys));
        writer.Write(MemoryMarshal.AsBytes<int>(_starts));
        writer.Write(MemoryMarshal.AsBytes<int>(_slots));
    }

    /// <exception cref="InvalidDataException">A slot lies outside of the rows.</exception>
    public static FrozenPostings Read(BinaryReader reader, int rowCount)
    {
        var (keyCount, slotCount) = (reader.ReadInt32(), reader.ReadInt32());
        if (keyCount < 0 || slotCount < 0) throw new InvalidDataException("a count is below 0");
        var (keys, starts, slots) = (new uint[keyCount], new int[keyCount + 1], new int[slotCount]);
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(keys.AsSpan()));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(starts.AsSpan()));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(slots.AsSpan()));
        foreach (var slot in slots) if ((uint)slot >= (uint)rowCount) throw new InvalidDataException("a key names a row that is not there");
        return new(keys, starts, slots);
    }

    /// <summary>The slots under a key, in ascending order; empty where there are none.</summary>
    public ReadOnlySpan<int> this[uint key]
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
