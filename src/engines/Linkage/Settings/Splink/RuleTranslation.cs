namespace Homeward.Linkage.Splink;

/// <summary>Turns Splink's blocking rules into keys.</summary>
internal static class RuleTranslation
{
    /// <summary>Letters of <see cref="KeyForm.Prefix"/>.</summary>
    private const int PrefixLetters = 3;

    private const int YearDigits = 4;

    /// <param name="sql">A condition over <c>l.</c> and <c>r.</c>.</param>
    /// <param name="kindOf">What a column holds.</param>
    /// <param name="say">Takes what differs from the original.</param>
    /// <returns>Null where no key can be made of it.</returns>
    public static BlockingRule? Of(Sql sql, Func<string, FieldKind> kindOf, Action<string> say)
    {
        var parts = new List<KeyPart>();
        foreach (var part in LevelTranslation.Parts(sql))
        {
            if (part is Sql.Call { Name: "=", Arguments: [var left, var right] }
                && Key(left, right, kindOf, say) is { } key) parts.Add(key);
            else say("a part that is no equality of columns was left out: the rule brings more pairs together.");
        }
        return parts.Count == 0 ? null : new(parts);
    }

    private static KeyPart? Key(Sql left, Sql right, Func<string, FieldKind> kindOf, Action<string> say)
    {
        if (LevelTranslation.ColumnUnder(left) is { } one && LevelTranslation.ColumnUnder(right) is { } other)
        {
            if (one.Table == other.Table) return null;
            if (one.Name == other.Name) return new(KeyForm.Same, [one.Name]);
            say($"{one.Name} and {other.Name} stand for one another in both directions.");
            return new(KeyForm.Same, [one.Name, other.Name]);
        }
        if (left is not Sql.Call { Arguments: [var inner, ..] } call || right is not Sql.Call { Arguments: [var otherInner, ..] } otherCall
            || call.Name != otherCall.Name || LevelTranslation.ColumnUnder(inner) is not { } column
            || LevelTranslation.ColumnUnder(otherInner) is not { } otherColumn || column.Name != otherColumn.Name)
            return null;
        if (call.Name is "soundex" or "dmetaphone" or "metaphone") return new(KeyForm.Sound, [column.Name]);
        if (LevelTranslation.PrefixLength(call) is not (> 0 and var letters)) return null;
        if (kindOf(column.Name) == FieldKind.Date && letters == YearDigits) return new(KeyForm.Year, [column.Name]);
        if (letters < PrefixLetters) say($"the first {letters} letters of {column.Name} became its first {PrefixLetters}: the rule finds fewer pairs.");
        if (letters > PrefixLetters) say($"the first {letters} letters of {column.Name} became its first {PrefixLetters}: the rule brings more pairs together.");
        return new(KeyForm.Prefix, [column.Name]);
    }
}
