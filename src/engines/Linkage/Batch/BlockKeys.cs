using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Homeward.Linkage;

/// <summary>The keys of every row under every rule, so that a pair is compared under the first rule that holds only.</summary>
/// <remarks>
/// The first key of each row and rule lies in one matrix, row after row: what rules a pair shares is a run of
/// equal words, compared by vectors. The few rows with several keys under one rule (compound names) keep the
/// rest in a list. No set of seen pairs is needed.
/// </remarks>
internal sealed class BlockKeys
{
    private readonly uint[] _first;
    private readonly Dictionary<(int Row, int Rule), uint[]> _several = [];
    private readonly uint[] _rowsWithSeveral;

    public BlockKeys(RowTable rows, LinkageSettings settings)
    {
        var keys = new Keys(settings);
        RuleCount = keys.RuleCount;
        RowCount = rows.RowCount;
        _first = new uint[checked(RowCount * RuleCount)];
        _rowsWithSeveral = new uint[RowCount];
        var found = new List<ulong>();
        for (var row = 0; row < RowCount; row++)
        {
            for (var rule = 0; rule < RuleCount; rule++)
            {
                found.Clear();
                keys.Collect(rule, rows[row], found);
                if (found.Count == 0) continue;
                _first[(row * RuleCount) + rule] = Word(found[0]);
                if (found.Count == 1) continue;
                _several[(row, rule)] = [.. found.Select(Word).Distinct().Order()];
                _rowsWithSeveral[row] |= 1U << rule;
            }
        }
    }

    public int RuleCount { get; }
    public int RowCount { get; }

    /// <summary>Key and row of each entry under a rule, sorted: a run of equal keys is a block.</summary>
    public ulong[] Entries(int rule)
    {
        var entries = new List<ulong>(RowCount);
        for (var row = 0; row < RowCount; row++)
        {
            foreach (var key in KeysOf(row, rule)) entries.Add(((ulong)key << 32) | (uint)row);
        }
        var sorted = CollectionsMarshal.AsSpan(entries).ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    /// <summary>The rules under which two rows share a key, as bits.</summary>
    public uint SharedRules(int left, int right)
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
        var open = (_rowsWithSeveral[left] | _rowsWithSeveral[right]) & ~shared;
        for (; open != 0; open &= open - 1)
        {
            rule = BitOperations.TrailingZeroCount(open);
            if (FirstShared(left, right, rule) != 0) shared |= 1U << rule;
        }
        return shared;
    }

    /// <summary>True when the pair belongs to this block: no earlier rule holds, and no smaller key of this one is shared.</summary>
    public bool Owns(int rule, uint key, int left, int right, uint shared) =>
        BitOperations.TrailingZeroCount(shared) == rule
        && (((_rowsWithSeveral[left] & _rowsWithSeveral[right]) >> rule & 1) == 0 || FirstShared(left, right, rule) == key);

    private ReadOnlySpan<uint> KeysOf(int row, int rule) =>
        (_rowsWithSeveral[row] >> rule & 1) != 0 ? _several[(row, rule)]
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
