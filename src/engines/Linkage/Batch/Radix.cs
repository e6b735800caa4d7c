namespace Homeward.Linkage;

/// <summary>Sorts by counting digits: no comparisons, and as fast for fifty million as for one.</summary>
internal static class Radix
{
    private const int DigitBits = 8;
    private const int SmallMax = 96;

    /// <summary>Bits of the first cut: each part then fits a core's own cache.</summary>
    public const int PartBits = 11;

    /// <summary>Sorts entries of <c>hash32 &lt;&lt; 32 | row</c> that come in the order of rows, by hash and then row.</summary>
    /// <returns>The sorted entries; only those whose hash is shared by another.</returns>
    public static ulong[] SharedOnly(ReadOnlySpan<ulong> entries)
    {
        // Rule after rule needs the same room: it is lent, not taken.
        var parted = System.Buffers.ArrayPool<ulong>.Shared.Rent(entries.Length);
        var starts = new int[(1 << PartBits) + 1];
        foreach (var entry in entries) starts[(int)(entry >> (64 - PartBits)) + 1]++;
        for (var i = 1; i < starts.Length; i++) starts[i] += starts[i - 1];
        var at = starts.AsSpan(0, 1 << PartBits).ToArray();
        foreach (var entry in entries) parted[at[(int)(entry >> (64 - PartBits))]++] = entry;

        var kept = new int[1 << PartBits];
        Parallel.For(0, 1 << PartBits, Cores.All, part =>
        {
            var span = parted.AsSpan(starts[part], starts[part + 1] - starts[part]);
            SortPart(span);
            kept[part] = KeepShared(span);
        });
        var all = GC.AllocateUninitializedArray<ulong>(kept.Sum());
        for (int part = 0, to = 0; part < kept.Length; to += kept[part++])
            parted.AsSpan(starts[part], kept[part]).CopyTo(all.AsSpan(to));
        System.Buffers.ArrayPool<ulong>.Shared.Return(parted);
        return all;
    }

    /// <summary>Sorts keys, ascending, and carries the items along; equal keys keep their order.</summary>
    public static void Sort<T>(ulong[] keys, T[] items)
    {
        var (keysOut, itemsOut) = (GC.AllocateUninitializedArray<ulong>(keys.Length), new T[keys.Length]);
        var (from, to, itemsFrom, itemsTo) = (keys, keysOut, items, itemsOut);
        const int bits = 11;
        Span<int> counts = stackalloc int[1 << bits];
        for (var shift = 0; shift < 64; shift += bits)
        {
            counts.Clear();
            foreach (var key in from) counts[(int)(key >> shift) & ((1 << bits) - 1)]++;
            if (from.Length > 0 && counts[(int)(from[0] >> shift) & ((1 << bits) - 1)] == from.Length) continue;
            var sum = 0;
            for (var i = 0; i < counts.Length; i++) (counts[i], sum) = (sum, sum + counts[i]);
            for (var i = 0; i < from.Length; i++)
            {
                var place = counts[(int)(from[i] >> shift) & ((1 << bits) - 1)]++;
                (to[place], itemsTo[place]) = (from[i], itemsFrom[i]);
            }
            (from, to, itemsFrom, itemsTo) = (to, from, itemsTo, itemsFrom);
        }
        if (from == keys) return;
        from.CopyTo(keys, 0);
        itemsFrom.CopyTo(items, 0);
    }

    /// <summary>Sorts entries whose upper <see cref="PartBits"/> are the same and that come in the order of rows, by hash and then row.</summary>
    public static void SortPart(Span<ulong> entries)
    {
        if (entries.Length <= SmallMax)
        {
            entries.Sort();
            return;
        }
        var spare = System.Buffers.ArrayPool<ulong>.Shared.Rent(entries.Length);
        Span<ulong> from = entries, to = spare.AsSpan(0, entries.Length);
        Span<int> counts = stackalloc int[1 << DigitBits];
        // Three digits for the 21 bits that the first cut left; an odd number of passes ends in the spare.
        for (var shift = 32; shift < 64 - PartBits; shift += DigitBits)
        {
            counts.Clear();
            foreach (var entry in from) counts[(int)(entry >> shift) & 255]++;
            var sum = 0;
            for (var i = 0; i < counts.Length; i++) (counts[i], sum) = (sum, sum + counts[i]);
            foreach (var entry in from) to[counts[(int)(entry >> shift) & 255]++] = entry;
            var swap = from;
            from = to;
            to = swap;
        }
        from.CopyTo(entries);
        System.Buffers.ArrayPool<ulong>.Shared.Return(spare);
    }

    private static int KeepShared(Span<ulong> sorted)
    {
        var kept = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            var hash = sorted[i] >> 32;
            if ((i > 0 && sorted[i - 1] >> 32 == hash) || (i + 1 < sorted.Length && sorted[i + 1] >> 32 == hash)) sorted[kept++] = sorted[i];
        }
        return kept;
    }
}
