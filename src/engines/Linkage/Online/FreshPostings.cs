using System.Collections.Concurrent;

namespace Homeward.Linkage;

/// <summary>Keys of rows that came after the last freeze. One writer at a time; readers never wait.</summary>
internal sealed class FreshPostings
{
    private readonly ConcurrentDictionary<uint, Posting> _postings = new();

    /// <summary>A list that only grows: a reader takes the array and the count as they are at that moment.</summary>
    private sealed class Posting
    {
        private int[] _slots = new int[2];
        private int _count;

        public void Add(int slot)
        {
            if (_count == _slots.Length)
            {
                var larger = new int[_count * 2];
                _slots.CopyTo(larger, 0);
                Volatile.Write(ref _slots, larger);
            }
            _slots[_count] = slot;
            Volatile.Write(ref _count, _count + 1);
        }

        public ReadOnlySpan<int> Slots
        {
            get
            {
                // The count first: the array read after it is at least as long.
                var count = Volatile.Read(ref _count);
                return Volatile.Read(ref _slots).AsSpan(0, count);
            }
        }
    }

    public void Add(uint key, int slot) => _postings.GetOrAdd(key, static _ => new Posting()).Add(slot);

    public ReadOnlySpan<int> this[uint key] => _postings.TryGetValue(key, out var posting) ? posting.Slots : [];
}
