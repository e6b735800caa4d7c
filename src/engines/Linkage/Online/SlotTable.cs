using System.Runtime.InteropServices;

namespace Homeward.Linkage;

/// <summary>At which slot the record of an id is. In shards, so that all processors can fill it.</summary>
internal sealed class SlotTable
{
    private const int ShardCount = 16;

    private readonly Dictionary<string, int>[] _shards = [.. Enumerable.Range(0, ShardCount).Select(_ => new Dictionary<string, int>(StringComparer.Ordinal))];

    public int Count => _shards.Sum(shard => shard.Count);

    /// <summary>The slots of many ids at once: each at its place.</summary>
    /// <param name="earlier">Places whose id comes again later, ascending; mostly none.</param>
    public static SlotTable Of(int count, Func<int, string> id, out int[] earlier)
    {
        var (table, shardOf, again) = (new SlotTable(), new byte[count], new List<int>[ShardCount]);
        Parallel.For(0, ShardCount, Cores.All, part =>
        {
            var end = (int)((long)count * (part + 1) / ShardCount);
            for (var i = (int)((long)count * part / ShardCount); i < end; i++) shardOf[i] = (byte)ShardOf(id(i));
        });
        Parallel.For(0, ShardCount, Cores.All, number =>
        {
            var shard = table._shards[number];
            shard.EnsureCapacity(count / ShardCount * 9 / 8);
            again[number] = [];
            for (var i = 0; i < count; i++)
            {
                if (shardOf[i] != number) continue;
                ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(shard, id(i), out var known);
                if (known) again[number].Add(slot);
                slot = i;
            }
        });
        earlier = [.. again.SelectMany(list => list).Order()];
        return table;
    }

    public bool TryGet(string id, out int slot) => _shards[ShardOf(id)].TryGetValue(id, out slot);

    public void Set(string id, int slot) => _shards[ShardOf(id)][id] = slot;

    public bool Remove(string id, out int slot) => _shards[ShardOf(id)].Remove(id, out slot);

    // Upper bits: the dictionary goes by the lower ones.
    private static int ShardOf(string id) => (int)((uint)string.GetHashCode(id.AsSpan(), StringComparison.Ordinal) >> 28);
}
