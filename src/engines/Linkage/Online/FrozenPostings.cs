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

    /// <summary>Of each key the one slot that has it, as most keys have; or else, below 0, where in the slots its list begins: ~place.</summary>
    private readonly int[] _places;

    /// <summary>Lists behind one another, each after its length.</summary>
    private readonly int[] _slots;
    private readonly int[] _directory;
    private readonly int _shift;

    private FrozenPostings(uint[] keys, int[] places, int[] slots)
    {
        (_keys, _places, _slots) = (keys, places, slots);
        var bits = Math.Max(1, BitOperations.Log2((uint)Math.Max(2, keys.Length / KeysPerBucket)));
        (_directory, _shift) = (new int[(1 << bits) + 1], 32 - bits);
        foreach (var key in keys) _directory[(int)(key >> _shift) + 1]++;
        for (var i = 1; i < _directory.Length; i++) _directory[i] += _directory[i - 1];
    }

    public static FrozenPostings Empty { get; } = new([], [], []);

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

        var (distinct, listed) = (new int[Parts + 1], new int[Parts + 1]);
        Parallel.For(0, Parts, Cores.All, part =>
        {
            var span = entries.AsSpan(starts[part]..starts[part + 1]);
            Radix.SortPart(span);
            for (int from = 0, end; from < span.Length; from = end)
            {
                end = EndOfKey(span, from);
                distinct[part + 1]++;
                if (end - from > 1) listed[part + 1] += 1 + end - from;
            }
        });
        for (var part = 0; part < Parts; part++)
        {
            distinct[part + 1] += distinct[part];
            listed[part + 1] = checked(listed[part + 1] + listed[part]);
        }
        var (keys, keyPlaces, slots) = (new uint[distinct[Parts]], new int[distinct[Parts]], GC.AllocateUninitializedArray<int>(listed[Parts]));
        Parallel.For(0, Parts, Cores.All, part =>
        {
            var span = entries.AsSpan(starts[part]..starts[part + 1]);
            var (at, list) = (distinct[part], listed[part]);
            for (int from = 0, end; from < span.Length; from = end)
            {
                end = EndOfKey(span, from);
                keys[at] = (uint)(span[from] >> 32);
                keyPlaces[at++] = end - from == 1 ? (int)(uint)span[from] : ~list;
                if (end - from == 1) continue;
                slots[list++] = end - from;
                foreach (var entry in span[from..end]) slots[list++] = (int)(uint)entry;
            }
        });
        return new(keys, keyPlaces, slots);
    }

    private static int EndOfKey(ReadOnlySpan<ulong> entries, int from)
    {
        var end = from + 1;
        while (end < entries.Length && entries[end] >> 32 == entries[from] >> 32) end++;
        return end;
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(_keys.Length);
        writer.Write(_slots.Length);
        writer.Write(MemoryMarshal.AsBytes<uint>(_keys));
        writer.Write(MemoryMarshal.AsBytes<int>(_places));
        writer.Write(MemoryMarshal.AsBytes<int>(_slots));
    }

    /// <exception cref="InvalidDataException">A slot lies outside of the rows, or a list outside of the lists.</exception>
    public static FrozenPostings Read(BinaryReader reader, int rowCount)
    {
        var (keyCount, slotCount) = (reader.ReadInt32(), reader.ReadInt32());
        if (keyCount < 0 || slotCount < 0) throw new InvalidDataException("a count is below 0");
        var (keys, places, slots) = (new uint[keyCount], new int[keyCount], new int[slotCount]);
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(keys.AsSpan()));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(places.AsSpan()));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(slots.AsSpan()));
        foreach (var place in places)
        {
            if (place < 0 && (~place >= slotCount || (uint)slots[~place] > (uint)(slotCount - ~place - 1))) throw new InvalidDataException("a key names a list that is not there");
            foreach (var slot in place < 0 ? slots.AsSpan(~place + 1, slots[~place]) : [place])
                if ((uint)slot >= (uint)rowCount) throw new InvalidDataException("a key names a row that is not there");
        }
        return new(keys, places, slots);
    }

    /// <summary>The slots under a key, in ascending order; empty where there are none.</summary>
    public ReadOnlySpan<int> this[uint key] => At(PlaceOf(key));

    /// <summary>Where the slots of a key stand; -1 where there are none.</summary>
    public int PlaceOf(uint key)
    {
        var bucket = (int)(key >> _shift);
        for (var i = _directory[bucket]; i < _directory[bucket + 1]; i++)
            if (_keys[i] == key) return i;
        return -1;
    }

    /// <summary>Brings near what looking keys up will look at: each step of all, and not all steps of each, so that looks do not wait for one another.</summary>
    /// <returns>What was looked at, so that the looks are not left out for having no use.</returns>
    public ulong Touch(ReadOnlySpan<uint> keys)
    {
        var seen = 0UL;
        foreach (var key in keys) seen += (ulong)_directory[(int)(key >> _shift)];
        foreach (var key in keys)
            if (_directory[(int)(key >> _shift)] is var at && at < _keys.Length) seen += _keys[at] + (ulong)_places[at];
        foreach (var key in keys)
            if (PlaceOf(key) is >= 0 and var place && _places[place] is < 0 and var list) seen += (ulong)_slots[~list];
        return seen;
    }

    /// <inheritdoc cref="this[uint]"/>
    /// <param name="place">See <see cref="PlaceOf"/>.</param>
    public ReadOnlySpan<int> At(int place) =>
        place < 0 ? [] : _places[place] is < 0 and var list ? _slots.AsSpan(~list + 1, _slots[~list]) : _places.AsSpan(place, 1);
}
