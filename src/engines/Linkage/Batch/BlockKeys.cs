using System.Numerics;
using System.Runtime.Intrinsics;

namespace Homeward.Linkage;

/// <summary>The keys of every row under every rule, so that a pair is compared under the first rule that holds only.</summary>
/// <remarks>
/// The first key of each row and rule lies in one matrix, row after row: what rules a pair shares is a run of
/// equal words, compared by vectors. Rules under which some row has several keys (compound names, nicknames)
/// keep all keys in a list beside it. No set of seen pairs is needed.
/// </remarks>
internal sealed class BlockKeys
{
    private readonly uint[] _first;
    private readonly Several?[] _several;
    private readonly uint _rulesWithSeveral;

    /// <summary>All keys under one rule: those of a row are sorted, from its start to the next row's.</summary>
    private sealed record Several(int[] Starts, uint[] Keys)
    {
        public ReadOnlySpan<uint> this[int row] => Keys.AsSpan(Starts[row], Starts[row + 1] - Starts[row]);
    }

    public BlockKeys(RowTable rows, LinkageSettings settings)
    {
        var keys = new Keys(settings);
        RuleCount = keys.RuleCount;
        RowCount = rows.RowCount;
        _first = new uint[checked(RowCount * RuleCount)];
        _several = new Several?[RuleCount];
        Parallel.For(0, RuleCount, rule => _several[rule] = Collect(keys, rows, rule));
        for (var rule = 0; rule < RuleCount; rule++) if (_several[rule] is not null) _rulesWithSeveral |= 1U << rule;
    }

    public int RuleCount { get; }
    public int RowCount { get; }

    /// <summary>Key and row of each entry under a rule, sorted: a run of equal keys is a block.</summary>
    public ulong[] Entries(int rule)
    {
        var count = 0;
        for (var row = 0; row < RowCount; row++) count += KeysOf(row, rule).Length;
        var (entries, at) = (new ulong[count], 0);
        for (var row = 0; row < RowCount; row++)
            foreach (var key in KeysOf(row, rule)) entries[at++] = ((ulong)key << 32) | (uint)row;
        Array.Sort(entries);
        return entries;
    }

    /// <summary>The rules under which two rows share a key, as bits.</summary>
    /// <param name="asked">The rules that matter; bits of others may be missing.</param>
    public uint SharedRules(int left, int right, uint asked = uint.MaxValue)
    {
        ReadOnlySpan<uint> one = _first.AsSpan(left * RuleCount, RuleCount), other = _first.AsSpan(right * RuleCount, RuleCount);
        uint shared = 0;
        var rule = 0;
        for (; rule + Vector256<uint>.Count <= RuleCount; rule += Vector256<uint>.Count)
        {
            var (a, b) = (Vector256.Create(one[rule..]), Vector256.Create(other[rule..]));
            var same = Vector256.Equals(a, b) & ~Vector256.Equals(a, Vector256<uint>.Zero);
            shared |= same.ExtractMostSignificantBits() << rule;
        }
        for (; rule < RuleCount; rule++) if (one[rule] != 0 && one[rule] == other[rule]) shared |= 1U << rule;
        for (var open = _rulesWithSeveral & asked & ~shared; open != 0; open &= open - 1)
        {
            rule = BitOperations.TrailingZeroCount(open);
            if (FirstShared(left, right, rule) != 0) shared |= 1U << rule;
        }
        return shared;
    }

    /// <summary>True when a pair of this block is to be taken here: no earlier rule holds, and no smaller key of this one is shared.</summary>
    public bool Owns(int rule, uint key, int left, int right)
    {
        var earlier = (1U << rule) - 1;
        return (SharedRules(left, right, earlier) & earlier) == 0
            && ((_rulesWithSeveral >> rule & 1) == 0 || FirstShared(left, right, rule) == key);
    }

    private Several? Collect(Keys keys, RowTable rows, int rule)
    {
        var (starts, all, found, hasSeveral) = (new int[RowCount + 1], new List<uint>(RowCount), new List<ulong>(), false);
        for (var row = 0; row < RowCount; row++)
        {
            found.Clear();
            keys.Collect(rule, rows[row], found);
            if (found.Count > 0)
            {
                uint[] words = found.Count == 1 ? [Word(found[0])] : [.. found.Select(Word).Distinct().Order()];
                all.AddRange(words);
                _first[(row * RuleCount) + rule] = words[0];
                hasSeveral |= words.Length > 1;
            }
            starts[row + 1] = all.Count;
        }
        return hasSeveral ? new(starts, [.. all]) : null;
    }

    private ReadOnlySpan<uint> KeysOf(int row, int rule) =>
        _several[rule] is { } several ? several[row]
        : _first[(row * RuleCount) + rule] != 0 ? _first.AsSpan((row * RuleCount) + rule, 1)
        : [];

    /// <summary>The smallest key that both rows have; 0 where there is none.</summary>
    private uint FirstShared(int left, int right, int rule)
    {
        ReadOnlySpan<uint> one = KeysOf(left, rule), other = KeysOf(right, rule);
        for (int i = 0, j = 0; i < one.Length && j < other.Length;)
        {
            if (one[i] == other[j]) return one[i];
            if (one[i] < other[j]) i++;
            else j++;
        }
        return 0;
    }

    /// <summary>The upper half of the hash; 0 is kept for "no key".</summary>
    private static uint Word(ulong hash) => Math.Max(1, (uint)(hash >> 32));
}
