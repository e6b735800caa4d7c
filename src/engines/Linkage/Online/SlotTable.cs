using Homeward.Kernel;

namespace Homeward.Linkage;

/// <summary>At which slot the record of an id is. It knows ids by hashes and asks the rows whether one is meant. In shards, so that all processors can fill it.</summary>
/// <param name="isAt">Whether the record of a slot has an id.</param>
internal sealed class SlotTable(Func<int, string, bool> isAt)
{
    private const int ShardBits = 4;
    private const int ShardCount = 1 << ShardBits;

    private readonly Shard[] _shards = [.. Enumerable.Range(0, ShardCount).Select(_ => new Shard())];

    public int Count => _shards.Sum(shard => shard.Count);

    /// <summary>Thirty-two bits of an id, under a key of this process.</summary>
    public static uint HashOf(string id) => (uint)(StableHash.Mix((uint)string.GetHashCode(id.AsSpan(), StringComparison.Ordinal)) >> 32);

    /// <summary>The slots of frozen rows, each at its place.</summary>
    /// <param name="earlier">Places whose id comes again later, ascending; mostly none.</param>
    public static SlotTable Of(FrozenRows rows, Func<int, string, bool> isAt, out int[] earlier)
    {
        var (table, again) = (new SlotTable(isAt), new List<int>[ShardCount]);
        Parallel.For(0, ShardCount, Cores.All, number =>
        {
            var (shard, slot) = (table._shards[number], 0);
            shard.Reserve(rows.Count / ShardCount);
            again[number] = [];
            foreach (var piece in rows.Pieces)
                for (var row = 0; row < piece.Count; row++, slot++)
                {
                    var hash = piece.IdHashes[row];
                    if (hash >> (32 - ShardBits) != number) continue;
                    var before = shard.Find(hash, other => rows.IdBytes(other).SequenceEqual(rows.IdBytes(slot)));
                    if (before >= 0) again[number].Add(before);
                    shard.Set(hash, slot, before);
                }
        });
        foreach (var piece in rows.Pieces) piece.ForgetHashes();
        earlier = [.. again.SelectMany(list => list).Order()];
        return table;
    }

    public bool TryGet(string id, out int slot) => (slot = Find(id, HashOf(id))) >= 0;

    public void Set(string id, int slot)
    {
        var hash = HashOf(id);
        ShardOf(hash).Set(hash, slot, Find(id, hash));
    }

    public bool Remove(string id, out int slot)
    {
        var hash = HashOf(id);
        slot = Find(id, hash);
        if (slot < 0) return false;
        ShardOf(hash).Remove(hash, slot);
        return true;
    }

    private int Find(string id, uint hash) => ShardOf(hash).Find(hash, at => isAt(at, id));

    private Shard ShardOf(uint hash) => _shards[hash >> (32 - ShardBits)];

    /// <summary>Open addressing, one step at a time. An entry is the hash and the slot: what has another hash is passed over without a look at its row.</summary>
    private sealed class Shard
    {
        private const ulong Free = 0;
        private const ulong Left = uint.MaxValue;

        private ulong[] _entries = new ulong[16];
        private int _used;

        public int Count { get; private set; }

        public void Reserve(int count) => Array.Resize(ref _entries, Math.Max(_entries.Length, count * 3 / 2));

        /// <returns>-1 where there is none.</returns>
        public int Find(uint hash, Func<int, bool> isIt)
        {
            for (var at = PlaceOf(hash); _entries[at] != Free; at = Next(at))
                if (_entries[at] >> 32 == hash && _entries[at] != Left && isIt(SlotOf(_entries[at]))) return SlotOf(_entries[at]);
            return -1;
        }

        /// <param name="before">The slot that the id had; -1 where it is new.</param>
        public void Set(uint hash, int slot, int before)
        {
            if (before >= 0)
            {
                _entries[PlaceOf(hash, before)] = Entry(hash, slot);
                return;
            }
            if ((_used + 1) * 4L > _entries.Length * 3L) Grow();
            Add(Entry(hash, slot));
            _used++;
            Count++;
        }

        public void Remove(uint hash, int slot)
        {
            _entries[PlaceOf(hash, slot)] = Left;
            Count--;
        }

        private void Grow()
        {
            var before = _entries;
            _entries = new ulong[Math.Max(before.Length, Count * 2L + 16)];
            foreach (var entry in before) if (entry is not (Free or Left)) Add(entry);
            _used = Count;
        }

        private void Add(ulong entry)
        {
            var at = PlaceOf((uint)(entry >> 32));
            while (_entries[at] != Free) at = Next(at);
            _entries[at] = entry;
        }

        private int PlaceOf(uint hash, int slot)
        {
            var at = PlaceOf(hash);
            while (_entries[at] != Entry(hash, slot)) at = Next(at);
            return at;
        }

        // The upper bits chose the shard: within it the rest tell.
        private int PlaceOf(uint hash) => (int)((ulong)(hash << ShardBits) * (ulong)_entries.Length >> 32);

        private int Next(int at) => ++at == _entries.Length ? 0 : at;

        private static ulong Entry(uint hash, int slot) => ((ulong)hash << 32) | ((uint)slot + 1);

        private static int SlotOf(ulong entry) => (int)((uint)entry - 1);
    }
}
