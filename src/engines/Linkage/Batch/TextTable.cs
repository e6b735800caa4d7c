using System.Buffers.Binary;
using System.Collections;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace Homeward.Linkage;

/// <summary>Distinct texts, numbered in the order in which they came; number 0 is the empty one. Kept as UTF-8.</summary>
/// <remarks>
/// A string for each of the tens of millions of distinct texts of a long list would cost more than the records
/// themselves, and each garbage collection would walk over all. Texts lie in pages, found by a table of hash and
/// place. Strings are made when somebody asks.
/// </remarks>
internal sealed class TextTable : IReadOnlyList<string>
{
    private const int PageBytes = 1 << 18;
    private const int Unit = 4;
    private const int UnitsPerPage = PageBytes / Unit;

    /// <summary>Texts whose places are asked for at once, so that memory answers for all of them together.</summary>
    private const int AtOnce = 64;
    private const int SlotsMin = 1 << 10;

    // A text starts at a unit: its number, its length in bytes, then the bytes. No text starts at the very first.
    private const int HeadBytes = 2 * sizeof(int);
    private readonly List<byte[]> _pages = [];
    private readonly List<uint> _starts = [0];
    private int _used = PageBytes;

    // Hash and start of each text.
    private ulong[] _slots = new ulong[SlotsMin];

    public TextTable()
    {
    }

    /// <param name="expected">About how many texts will come: growing is most of what adding them costs.</param>
    public TextTable(int expected)
    {
        _starts.EnsureCapacity(expected);
        _slots = new ulong[Math.Max(SlotsMin, BitOperations.RoundUpToPowerOf2((uint)(expected * 8L / 5)))];
    }

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
        return page.Slice(HeadBytes, MemoryMarshal.Read<int>(page[sizeof(int)..]));
    }

    /// <returns>The number of a text, which is added when it is new.</returns>
    public int Add(ReadOnlySpan<char> text)
    {
        if (text.Length > 256) return Add(Encoding.UTF8.GetBytes(text.ToString()));
        Span<byte> bytes = stackalloc byte[text.Length * 3];
        return Add((ReadOnlySpan<byte>)bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    /// <returns>The number of a text, which is added when it is new.</returns>
    public int Add(ReadOnlySpan<byte> text) => Add(text, Hash(text));

    /// <param name="hash">The text's: see <see cref="Hash"/>.</param>
    public int Add(ReadOnlySpan<byte> text, uint hash)
    {
        if (text.IsEmpty) return 0;
        if (_slots.Length == 0) Reopen();
        var mask = _slots.Length - 1;
        for (var at = (int)hash & mask; ; at = (at + 1) & mask)
        {
            var slot = _slots[at];
            if (slot == 0)
            {
                var number = _starts.Count;
                _slots[at] = ((ulong)hash << 32) | Append(text, number);
                if (number > _slots.Length * 5L / 8) Grow();
                return number;
            }
            if ((uint)(slot >> 32) == hash && At((uint)slot).SequenceEqual(text)) return NumberAt((uint)slot);
        }
    }

    /// <returns>For each number of another table the number here, where its texts are added when they are new.</returns>
    public int[] AddAll(TextTable others)
    {
        var numbers = new int[others.Count];
        Span<uint> hashes = stackalloc uint[AtOnce];
        for (var from = 1; from < numbers.Length; from += AtOnce)
        {
            var count = Math.Min(AtOnce, numbers.Length - from);
            for (var i = 0; i < count; i++) PrefetchSlot(hashes[i] = Hash(others.Bytes(from + i)));
            for (var i = 0; i < count; i++) PrefetchText(hashes[i]);
            for (var i = 0; i < count; i++) numbers[from + i] = Add(others.Bytes(from + i), hashes[i]);
        }
        return numbers;
    }

    /// <summary>Asks for the memory where a text of this hash is looked up first.</summary>
    public unsafe void PrefetchSlot(uint hash)
    {
        if (!Sse.IsSupported || _slots.Length == 0) return;
        fixed (ulong* slot = &_slots[(int)hash & (_slots.Length - 1)]) Sse.Prefetch0(slot);
    }

    /// <summary>Asks for the memory of the text that is found there, once the place itself is near.</summary>
    public unsafe void PrefetchText(uint hash)
    {
        if (!Sse.IsSupported || _slots.Length == 0) return;
        var slot = _slots[(int)hash & (_slots.Length - 1)];
        if (slot == 0 || (uint)(slot >> 32) != hash) return;
        var (page, place) = ((int)((uint)slot / UnitsPerPage), (int)((uint)slot % UnitsPerPage) * Unit);
        fixed (byte* text = &_pages[page][place]) Sse.Prefetch0(text);
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
        _slots = new ulong[BitOperations.RoundUpToPowerOf2((uint)Math.Max(SlotsMin, Count * 2))];
        for (var number = 1; number < Count; number++) Place(_slots, ((ulong)Hash(Bytes(number)) << 32) | StartOf(number));
    }

    private static void Place(ulong[] slots, ulong slot)
    {
        var mask = slots.Length - 1;
        var at = (int)(uint)(slot >> 32) & mask;
        while (slots[at] != 0) at = (at + 1) & mask;
        slots[at] = slot;
    }

    private int NumberAt(uint start) => MemoryMarshal.Read<int>(_pages[(int)(start / UnitsPerPage)].AsSpan((int)(start % UnitsPerPage) * Unit));

    /// <returns>Where the text starts.</returns>
    private uint Append(ReadOnlySpan<byte> text, int number)
    {
        var size = (HeadBytes + text.Length + Unit - 1) / Unit * Unit;
        if (_pages.Count == 0) size += Unit;
        if (_used + size > PageBytes)
        {
            // A text longer than a page has pages of its own: one array in the place of the first, none in the others.
            _pages.Add(GC.AllocateUninitializedArray<byte>(Math.Max(PageBytes, size)));
            for (var more = PageBytes; more < size; more += PageBytes) _pages.Add([]);
            _used = 0;
        }
        var page = _pages.Count - 1 - Math.Max(0, (size - 1) / PageBytes);
        var from = number == 1 ? Unit : _used;
        var start = checked((uint)(((long)page * UnitsPerPage) + (from / Unit)));
        _starts.Add(start);
        var place = _pages[page].AsSpan(from);
        MemoryMarshal.Write(place, number);
        MemoryMarshal.Write(place[sizeof(int)..], text.Length);
        text.CopyTo(place[HeadBytes..]);
        _used = Math.Min(PageBytes, _used + size);
        return start;
    }

    private void Grow()
    {
        var larger = new ulong[_slots.Length * 2];
        foreach (var slot in _slots) if (slot != 0) Place(larger, slot);
        _slots = larger;
    }

    /// <summary>Eight bytes at a time, multiplied and folded; the last eight may overlap those before.</summary>
    public static uint Hash(ReadOnlySpan<byte> text)
    {
        var hash = (ulong)text.Length * 0x9E3779B97F4A7C15UL;
        ulong last;
        if (text.Length >= sizeof(ulong))
        {
            last = BinaryPrimitives.ReadUInt64LittleEndian(text[^sizeof(ulong)..]);
            for (; text.Length > sizeof(ulong); text = text[sizeof(ulong)..]) hash = Fold(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(text));
        }
        else if (text.Length >= sizeof(uint))
        {
            last = ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(text) << 32) | BinaryPrimitives.ReadUInt32LittleEndian(text[^sizeof(uint)..]);
        }
        else
        {
            last = text.IsEmpty ? 0 : text[0] | ((ulong)text[text.Length / 2] << 8) | ((ulong)text[^1] << 16);
        }
        return (uint)(Fold(hash ^ BitOperations.RotateLeft(last, 19)) >> 32);
    }

    private static ulong Fold(ulong bits)
    {
        var high = Math.BigMul(bits ^ 0xA0761D6478BD642FUL, 0xE7037ED1A0B428DBUL, out var low);
        return high ^ low;
    }
}
