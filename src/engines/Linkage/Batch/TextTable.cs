using System.Buffers.Binary;
using System.Collections;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Homeward.Linkage;

/// <summary>Distinct texts, numbered in the order in which they came; number 0 is the empty one. Kept as UTF-8.</summary>
/// <remarks>
/// A string for each of the tens of millions of distinct texts of a long list would cost more than the records
/// themselves, and each garbage collection would walk over all. Texts lie in pages, found by a table of hash and
/// number. Strings are made when somebody asks.
/// </remarks>
internal sealed class TextTable : IReadOnlyList<string>
{
    private const int PageBytes = 1 << 18;
    private const int Unit = 4;
    private const int UnitsPerPage = PageBytes / Unit;

    // A text starts at a unit: its length in bytes, then the bytes.
    private readonly List<byte[]> _pages = [];
    private readonly List<uint> _starts = [0];
    private int _used = PageBytes;
    private ulong[] _slots = new ulong[1 << 10];

    public int Count => _starts.Count;

    public string this[int number] => number == 0 ? "" : Encoding.UTF8.GetString(Bytes(number));

    /// <summary>The UTF-8 of a text.</summary>
    public ReadOnlySpan<byte> Bytes(int number)
    {
        return number == 0 ? [] : At(StartOf(number));
    }

    /// <summary>Where a text lies, for those who keep the place and save the look-up.</summary>
    public uint StartOf(int number) => CollectionsMarshal.AsSpan(_starts)[number];

    /// <summary>The UTF-8 of the text that lies at a place.</summary>
    public ReadOnlySpan<byte> At(uint start)
    {
        var page = _pages[(int)(start / UnitsPerPage)].AsSpan((int)(start % UnitsPerPage) * Unit);
        return page.Slice(sizeof(int), MemoryMarshal.Read<int>(page));
    }

    /// <returns>The number of a text, which is added when it is new.</returns>
    public int Add(ReadOnlySpan<char> text)
    {
        if (text.Length > 256) return Add(Encoding.UTF8.GetBytes(text.ToString()));
        Span<byte> bytes = stackalloc byte[text.Length * 3];
        return Add((ReadOnlySpan<byte>)bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    /// <returns>The number of a text, which is added when it is new.</returns>
    public int Add(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return 0;
        if (_slots.Length == 0) Reopen();
        var hash = Hash(text);
        var mask = _slots.Length - 1;
        for (var at = (int)hash & mask; ; at = (at + 1) & mask)
        {
            var slot = _slots[at];
            if (slot == 0)
            {
                var number = _starts.Count;
                Append(text);
                _slots[at] = ((ulong)hash << 32) | (uint)number;
                if (number > _slots.Length * 5L / 8) Grow();
                return number;
            }
            if ((uint)(slot >> 32) == hash && Bytes((int)(uint)slot).SequenceEqual(text)) return (int)(uint)slot;
        }
    }

    /// <summary>No more texts are expected: gives back what finding them took. Should one come after all, it is made again.</summary>
    public void Close()
    {
        _slots = [];
        _starts.TrimExcess();
    }

    public IEnumerator<string> GetEnumerator()
    {
        for (var number = 0; number < Count; number++) yield return this[number];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Reopen()
    {
        _slots = new ulong[BitOperations.RoundUpToPowerOf2((uint)Math.Max(1 << 10, Count * 2))];
        for (var number = 1; number < Count; number++) Place(_slots, ((ulong)Hash(Bytes(number)) << 32) | (uint)number);
    }

    private static void Place(ulong[] slots, ulong slot)
    {
        var mask = slots.Length - 1;
        var at = (int)(uint)(slot >> 32) & mask;
        while (slots[at] != 0) at = (at + 1) & mask;
        slots[at] = slot;
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        var size = (sizeof(int) + text.Length + Unit - 1) / Unit * Unit;
        if (_used + size > PageBytes)
        {
            // A text longer than a page has pages of its own: one array in the place of the first, none in the others.
            _pages.Add(GC.AllocateUninitializedArray<byte>(Math.Max(PageBytes, size)));
            for (var more = PageBytes; more < size; more += PageBytes) _pages.Add([]);
            _used = 0;
        }
        var page = _pages.Count - 1 - Math.Max(0, (size - 1) / PageBytes);
        _starts.Add(checked((uint)(((long)page * UnitsPerPage) + (_used / Unit))));
        var place = _pages[page].AsSpan(_used);
        MemoryMarshal.Write(place, text.Length);
        text.CopyTo(place[sizeof(int)..]);
        _used = Math.Min(PageBytes, _used + size);
    }

    private void Grow()
    {
        var larger = new ulong[_slots.Length * 2];
        foreach (var slot in _slots) if (slot != 0) Place(larger, slot);
        _slots = larger;
    }

    /// <summary>Eight bytes at a time, multiplied and folded; never 0 together with number 0, which is no slot.</summary>
    private static uint Hash(ReadOnlySpan<byte> text)
    {
        var hash = (ulong)text.Length * 0x9E3779B97F4A7C15UL;
        while (text.Length >= sizeof(ulong))
        {
            hash = Fold(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(text));
            text = text[sizeof(ulong)..];
        }
        ulong rest = 0;
        for (var i = 0; i < text.Length; i++) rest |= (ulong)text[i] << (8 * i);
        return (uint)(Fold(hash ^ BitOperations.RotateLeft(rest, 19)) >> 32);
    }

    private static ulong Fold(ulong bits)
    {
        var high = Math.BigMul(bits ^ 0xA0761D6478BD642FUL, 0xE7037ED1A0B428DBUL, out var low);
        return high ^ low;
    }
}
