using System.Numerics;
using Homeward.Kernel;

namespace Homeward.Linkage;

/// <summary>The blocks of every rule, and which rules a pair shares, so that it is compared under the first that holds only.</summary>
/// <remarks>No set of seen pairs is needed: what two rows agree in says it (<see cref="RowTable.Agreeing"/>).</remarks>
internal sealed unsafe class BlockKeys
{
    private const int AgreeingBitsMax = 14;

    private readonly RowTable _rows;
    private readonly RulePlan.Rule[] _rules;
    private readonly ulong[] _needs;
    private readonly uint _rulesWithSeveral;

    /// <summary>For what two rows may agree in, the first rule that holds; empty where that would be too long a list, or where more must be asked.</summary>
    private readonly byte[] _firstRules = [];
    private ulong[]?[] _kept;
    private readonly long _keptMax;
    private long _keptCount;

    public BlockKeys(RowTable rows, LinkageSettings settings)
    {
        (_rows, _rules, _kept) = (rows, rows.Plan.Rules, new ulong[]?[settings.Blocking.Count]);
        _needs = [.. _rules.Select(rule => rule.Fields | (rule.Rest < 0 ? 0 : 1UL << (settings.Fields.Count + rule.Rest)))];
        for (var rule = 0; rule < _rules.Length; rule++)
            if (_rules[rule].Rest is >= 0 and var rest && rows.HasSeveral(rest)) _rulesWithSeveral |= 1U << rule;
        if (_rulesWithSeveral == 0 && settings.Fields.Count + rows.Plan.Rests.Length <= AgreeingBitsMax)
        {
            _firstRules = new byte[1 << (settings.Fields.Count + rows.Plan.Rests.Length)];
            for (var agreeing = 0; agreeing < _firstRules.Length; agreeing++)
                _firstRules[agreeing] = (byte)(Array.FindIndex(_needs, need => ((ulong)agreeing & need) == need) is >= 0 and var first ? first : byte.MaxValue);
        }
        // Blocks are looked at three times. They are kept in an eighth of the memory, else made again.
        _keptMax = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8 / sizeof(ulong);
    }

    /// <summary>For each rule the cells that two rows must agree in, as bits; of rules with several words that is enough, and not needed.</summary>
    public ulong[] Needs => _needs;

    /// <summary>The fields alone of a rule, as bits.</summary>
    public ulong FieldsOf(int rule) => _rules[rule].Fields;

    /// <summary>The rest of a rule of which some row has several words; else -1.</summary>
    public int SeveralOf(int rule) => (_rulesWithSeveral >> rule & 1) != 0 ? _rules[rule].Rest : -1;

    public int RuleCount => _rules.Length;
    public int RowCount => _rows.RowCount;

    /// <summary>Key and row of each entry under a rule that shares its key with another, sorted: a run of equal keys is a block.</summary>
    public ulong[] Entries(int rule)
    {
        if (_kept[rule] is { } kept) return kept;
        var lent = System.Buffers.ArrayPool<ulong>.Shared.Rent(CountEntries(rule));
        var entries = Radix.SharedOnly(lent.AsSpan(0, AllEntries(rule, lent)));
        System.Buffers.ArrayPool<ulong>.Shared.Return(lent);
        if (Interlocked.Add(ref _keptCount, entries.Length) <= _keptMax) _kept[rule] = entries;
        else Interlocked.Add(ref _keptCount, -entries.Length);
        return entries;
    }

    /// <summary>Gives back the blocks; they are made again should anybody ask.</summary>
    public void Forget() => (_kept, _keptCount) = (new ulong[]?[_kept.Length], 0);

    /// <summary>The rules under which two rows share a key, as bits.</summary>
    public uint SharedRules(int left, int right)
    {
        var (met, shared) = (_rows.Meet(left, right), 0U);
        for (var rule = 0; rule < _needs.Length; rule++) if (Holds(rule, met)) shared |= 1U << rule;
        return shared;
    }

    /// <summary>False where what two rows agree in says at once that they are not to be taken under this rule.</summary>
    public bool MayOwn(int rule, ulong agreeing) => _firstRules.Length == 0 || _firstRules[agreeing] == rule;

    /// <summary>True when a pair of this block is to be taken here: it shares the rule, no earlier rule, and no smaller word of it.</summary>
    public bool Owns(int rule, uint key, in Met met)
    {
        if (_firstRules.Length > 0) return _firstRules[met.Agreeing] == rule;
        for (var earlier = 0; earlier < rule; earlier++)
            if (Holds(earlier, met)) return false;
        if ((_rulesWithSeveral >> rule & 1) == 0) return (met.Agreeing & _needs[rule]) == _needs[rule];
        return (met.Agreeing & _rules[rule].Fields) == _rules[rule].Fields
            && FirstShared(met, _rules[rule].Rest) is not 0 and var word && Key(met.Left, rule, word) == key;
    }

    /// <summary>The word by which a row is in a block, and the bag of its smaller ones; 0 where it has no such word.</summary>
    public (uint Word, int Smaller) WordIn(int rule, uint key, int row)
    {
        var smaller = 0;
        foreach (var word in _rows.Words(row, _rules[rule].Rest))
        {
            if (Key(row, rule, word) == key) return (word, smaller);
            smaller |= RestWords.BagOf(word);
        }
        return default;
    }

    private bool Holds(int rule, in Met met) => (met.Agreeing & _needs[rule]) == _needs[rule]
        || ((_rulesWithSeveral >> rule & 1) != 0 && (met.Agreeing & _rules[rule].Fields) == _rules[rule].Fields && FirstShared(met, _rules[rule].Rest) != 0);

    private int CountEntries(int rule)
    {
        if ((_rulesWithSeveral >> rule & 1) == 0) return RowCount;
        var count = 0;
        for (var row = 0; row < RowCount; row++) count += _rows.Words(row, _rules[rule].Rest).Length;
        return count;
    }

    private int AllEntries(int rule, ulong[] entries)
    {
        var (rest, at) = (_rules[rule].Rest, 0);
        for (var row = 0; row < RowCount; row++)
        {
            if (!Knows(row, _rules[rule].Fields)) continue;
            if (rest < 0) entries[at++] = ((ulong)Key(row, rule, 0) << 32) | (uint)row;
            else foreach (var word in _rows.Words(row, rest)) entries[at++] = ((ulong)Key(row, rule, word) << 32) | (uint)row;
        }
        return at;
    }

    private bool Knows(int row, ulong fields)
    {
        var numbers = _rows.Numbers(row);
        for (; fields != 0; fields &= fields - 1) if (numbers[BitOperations.TrailingZeroCount(fields)] == 0) return false;
        return true;
    }

    /// <summary>The key of a row under a rule: its values and the word of the rest, mixed.</summary>
    private uint Key(int row, int rule, uint word)
    {
        var numbers = _rows.Numbers(row);
        var key = StableHash.Mix(word + 1UL);
        for (var fields = _rules[rule].Fields; fields != 0; fields &= fields - 1)
            key = StableHash.Mix(key ^ (uint)numbers[BitOperations.TrailingZeroCount(fields)]);
        return (uint)(key >> 32);
    }

    /// <summary>The smallest word that both rows have; 0 where there is none.</summary>
    private uint FirstShared(in Met met, int rest)
    {
        var (first, bag) = (_rows.WordPlace(rest), _rows.BagPlace(rest));
        if (met.LeftCells[first] == met.RightCells[first]) return (uint)met.LeftCells[first];
        if ((met.LeftCells[bag] & met.RightCells[bag]) == 0) return 0;
        ReadOnlySpan<uint> one = _rows.Words(met.Left, rest), other = _rows.Words(met.Right, rest);
        for (int i = 0, j = 0; i < one.Length && j < other.Length;)
        {
            if (one[i] == other[j]) return one[i];
            if (one[i] < other[j]) i++;
            else j++;
        }
        return 0;
    }
}
