using System.Numerics;

namespace Homeward.Linkage;

/// <summary>The blocks of every rule, and which rules a pair shares, so that it is compared under the first that holds only.</summary>
/// <remarks>No set of seen pairs is needed: what two rows agree in says it (<see cref="RowTable.Agreeing(int, int)"/>).</remarks>
internal sealed class BlockKeys
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

    /// <summary>For each rule the cells that two rows must agree in, as bits, where that alone tells which rules hold; else null.</summary>
    public ulong[]? Needs => _rulesWithSeveral == 0 ? _needs : null;

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
    /// <param name="asked">The rules that matter; bits of others may be missing.</param>
    public uint SharedRules(int left, int right, uint asked = uint.MaxValue) => SharedRules(left, right, _rows.Agreeing(left, right), asked);

    /// <summary>False where what two rows agree in says at once that they are not to be taken under this rule.</summary>
    public bool MayOwn(int rule, ulong agreeing) => _firstRules.Length == 0 || _firstRules[agreeing] == rule;

    /// <summary>True when a pair of this block is to be taken here: it shares the rule, no earlier rule, and no smaller word of it.</summary>
    public bool Owns(int rule, uint key, int left, int right, ulong agreeing)
    {
        if (_firstRules.Length > 0) return _firstRules[agreeing] == rule;
        for (var earlier = 0; earlier < rule; earlier++)
            if ((agreeing & _needs[earlier]) == _needs[earlier]) return false;
        var asked = (2U << rule) - 1;
        if ((_rulesWithSeveral & asked) == 0) return (agreeing & _needs[rule]) == _needs[rule];
        if ((SharedRules(left, right, agreeing, asked) & asked) != 1U << rule) return false;
        return (_rulesWithSeveral >> rule & 1) == 0 || Key(left, rule, FirstShared(left, right, _rules[rule].Rest)) == key;
    }

    private uint SharedRules(int left, int right, ulong agreeing, uint asked)
    {
        uint shared = 0;
        for (var rule = 0; rule < _needs.Length; rule++)
            if ((agreeing & _needs[rule]) == _needs[rule]) shared |= 1U << rule;
        for (var open = _rulesWithSeveral & asked & ~shared; open != 0; open &= open - 1)
        {
            var rule = BitOperations.TrailingZeroCount(open);
            if ((agreeing & _rules[rule].Fields) == _rules[rule].Fields && FirstShared(left, right, _rules[rule].Rest) != 0) shared |= 1U << rule;
        }
        return shared;
    }

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
        var key = Keys.Mix(word + 1UL);
        for (var fields = _rules[rule].Fields; fields != 0; fields &= fields - 1)
            key = Keys.Mix(key ^ (uint)numbers[BitOperations.TrailingZeroCount(fields)]);
        return (uint)(key >> 32);
    }

    /// <summary>The smallest word that both rows have; 0 where there is none.</summary>
    private uint FirstShared(int left, int right, int rest)
    {
        ReadOnlySpan<uint> one = _rows.Words(left, rest), other = _rows.Words(right, rest);
        for (int i = 0, j = 0; i < one.Length && j < other.Length;)
        {
            if (one[i] == other[j]) return one[i];
            if (one[i] < other[j]) i++;
            else j++;
        }
        return 0;
    }
}
