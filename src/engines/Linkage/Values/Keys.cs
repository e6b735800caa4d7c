using Homeward.Kernel;

namespace Homeward.Linkage;

/// <summary>Makes the keys under which a row is found.</summary>
internal sealed class Keys
{
    /// <summary>A record with many names makes no more keys than this for one rule.</summary>
    internal const int PerRuleMax = 48;

    private readonly Part[][] _rules;

    [ThreadStatic]
    private static List<ulong>? _whole;

    private readonly record struct Part(KeyForm Form, int[] Fields);

    public Keys(LinkageSettings settings) : this(settings.Fields, settings.Blocking) { }

    public Keys(IReadOnlyList<Field> fields, IReadOnlyList<BlockingRule> rules)
    {
        var places = fields.Select((field, place) => (field.Name, place)).ToDictionary(field => field.Name, field => field.place);
        _rules = [.. rules.Select(rule => rule.Parts
            .Select(part => new Part(part.Form, [.. part.Fields.Select(name => places[name])])).ToArray())];
    }

    public int RuleCount => _rules.Length;

    /// <summary>The rule by which all rows are found that have a value of this field in common; -1 where there is none.</summary>
    public int RuleOfTheSame(int field) => Array.FindIndex(_rules, parts => parts is [{ Form: KeyForm.Same, Fields: [var only] }] && only == field);

    /// <summary>The keys of all rules in 32 bits, each once, in ascending order.</summary>
    /// <remarks>Two keys that differ may fall into one: then a row more is compared, and nothing else changes.</remarks>
    public void Collect(ReadOnlySpan<Value?> row, List<uint> keys)
    {
        var whole = _whole ??= [];
        whole.Clear();
        for (var rule = 0; rule < _rules.Length; rule++) Collect(rule, row, whole);
        keys.Clear();
        foreach (var key in whole) keys.Add((uint)(key >> 32));
        keys.Sort();
        var kept = 0;
        for (var i = 0; i < keys.Count; i++)
            if (i == 0 || keys[i] != keys[i - 1]) keys[kept++] = keys[i];
        keys.RemoveRange(kept, keys.Count - kept);
    }

    /// <summary>Adds the keys of one rule; a key may come twice.</summary>
    public void Collect(int rule, ReadOnlySpan<Value?> row, List<ulong> keys)
    {
        var start = keys.Count;
        keys.Add(StableHash.Mix((ulong)rule + 1));
        var parts = _rules[rule];
        Span<ulong> forms = stackalloc ulong[PerRuleMax];
        foreach (var part in parts)
        {
            var count = 0;
            foreach (var field in part.Fields)
                if (row[field] is { } value) count = FormsOf(part.Form, value, forms, count);
            var prefixes = keys.Count - start;
            for (var form = 1; form < count; form++)
                for (var i = 0; i < prefixes && keys.Count - start < PerRuleMax; i++)
                    keys.Add(StableHash.Mix(keys[start + i] ^ forms[form]));
            if (count == 0)
            {
                keys.RemoveRange(start, prefixes);
                return;
            }
            for (var i = 0; i < prefixes; i++) keys[start + i] = StableHash.Mix(keys[start + i] ^ forms[0]);
        }
    }

    /// <summary>Adds the forms of a value, of a set those of each member; each once.</summary>
    /// <returns>How many there are then.</returns>
    internal static int FormsOf(KeyForm form, Value value, Span<ulong> forms, int count = 0)
    {
        if (value is not SetValue set) return Forms(form, value, forms, count);
        foreach (var member in set.Members) count = Forms(form, member, forms, count);
        return count;
    }

    private static int Forms(KeyForm form, Value value, Span<ulong> forms, int count)
    {
        switch (form)
        {
            case KeyForm.Same:
                Add(value.Hash, forms);
                break;
            case KeyForm.Prefix:
                if (value.Folded.Length >= 3) Add(StableHash.Of(value.Folded.AsSpan(0, 3)), forms);
                break;
            case KeyForm.Sound:
                foreach (var sound in value.Sounds) Add(StableHash.Mix((ulong)sound), forms);
                break;
            case KeyForm.Word:
                if (!value.IsCompound) Add(value.Hash, forms);
                else foreach (var word in value.Folded.AsSpan().Split(' ')) Add(StableHash.Of(value.Folded.AsSpan(word)), forms);
                break;
            case KeyForm.Nickname:
                foreach (var name in value.FormalNames) Add(StableHash.Mix((ulong)name), forms);
                if (value.FormalNames.Length == 0) Add(value.Hash, forms);
                break;
            case KeyForm.Year when value is DateValue { IsDate: true } date:
                var (first, last) = (DateOnly.FromDayNumber(date.First).Year, DateOnly.FromDayNumber(date.Last).Year);
                if (last - first < 3)
                    for (var year = first; year <= last; year++) Add(StableHash.Mix((ulong)year), forms);
                break;
            case KeyForm.Day when value is DateValue { IsFull: true } date:
                var (less, more) = (Math.Min(date.Month, date.Day), Math.Max(date.Month, date.Day));
                Add(StableHash.Mix((ulong)((date.Year * 10000) + (less * 100) + more)), forms);
                break;
        }
        return count;

        void Add(ulong hash, Span<ulong> forms)
        {
            if (count < forms.Length && !forms[..count].Contains(hash)) forms[count++] = hash;
        }
    }
}
