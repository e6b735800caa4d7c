namespace Homeward.Linkage;

/// <summary>How the blocking rules are told from two rows: by fields that agree, and by words that stand for the rest of a rule.</summary>
/// <remarks>
/// Of <c>same(surname) + year(born)</c> the first part is a field that agrees; <c>year(born)</c> is a rest, of
/// which each row keeps a word of 32 bits. Rules that have a rest in common share its word.
/// </remarks>
internal sealed class RulePlan
{
    public RulePlan(LinkageSettings settings)
    {
        var (rests, rules) = (new List<KeyPart[]>(), new List<Rule>());
        foreach (var blocking in settings.Blocking)
        {
            ulong fields = 0;
            var rest = new List<KeyPart>();
            foreach (var part in blocking.Parts)
            {
                if (part.Form == KeyForm.Same && part.Fields.Count == 1 && settings.IndexOf(part.Fields[0]) is var field && !settings.Fields[field].IsSet)
                    fields |= 1UL << field;
                else rest.Add(part);
            }
            rules.Add(new(fields, rest.Count == 0 ? -1 : Place(rests, [.. rest])));
        }
        (Rests, Rules) = ([.. rests], [.. rules]);
        // The row's fields and words are told apart by 64 bits.
        if (settings.Fields.Count + Rests.Length > 64)
            throw new LinkageException($"{settings.Fields.Count} fields and {Rests.Length} kinds of keys; together 64 are allowed. Name only fields that are compared.");
    }

    /// <summary>The fields that must agree, as bits, and the number of the rest; -1 where there is none.</summary>
    public readonly record struct Rule(ulong Fields, int Rest);

    public KeyPart[][] Rests { get; }
    public Rule[] Rules { get; }

    /// <summary>The forms that are asked of a field's values.</summary>
    public IEnumerable<KeyForm> FormsOf(string field) =>
        Rests.SelectMany(rest => rest).Where(part => part.Fields.Contains(field)).Select(part => part.Form).Distinct();

    private static int Place(List<KeyPart[]> rests, KeyPart[] rest)
    {
        var name = string.Join(" + ", (object[])rest);
        var known = rests.FindIndex(other => string.Join(" + ", (object[])other) == name);
        if (known >= 0) return known;
        rests.Add(rest);
        return rests.Count - 1;
    }
}
