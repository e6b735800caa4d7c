namespace Homeward.Linkage;

/// <summary>How one comparison's ceiling is told from a row's value of its field.</summary>
/// <param name="Comparison">The comparison.</param>
/// <param name="Field">The field that it compares; no other plan has it.</param>
/// <param name="With">The field that may stand in its place; -1 where there is none.</param>
/// <param name="Letters">What letters alone tell; null where that is nothing.</param>
/// <param name="IsOpen">It may say something where one side does not know the field.</param>
/// <param name="Swaps">It may say something where each row has the other's value in the other field.</param>
/// <param name="NamesTheOther">It looks at more of both rows than can be told from one value.</param>
internal sealed record CeilingPlan(int Comparison, int Field, int With, LetterScreen? Letters, bool IsOpen, bool Swaps, bool NamesTheOther)
{
    /// <summary>The plans of a scorer's comparisons, in their order. Where a field is compared twice, or there are more than bits to count them by, nothing is told of it.</summary>
    public static CeilingPlan[] Of(Scorer scorer)
    {
        var comparisons = Enumerable.Range(0, scorer.ComparisonCount).Select(number => (Number: number, Fields: scorer.Comparer.FieldsOf(number))).ToList();
        return scorer.Settings.Fields.Count > 64 ? [] :
        [
            .. comparisons.Where(one => comparisons.Count(other => other.Fields.Field == one.Fields.Field) == 1).Select(one => new CeilingPlan(
                one.Number, one.Fields.Field, one.Fields.With is [var with, ..] ? with : -1, scorer.LettersOf(one.Number),
                scorer.Comparer.TakesUnknown(one.Number), Has(scorer, one.Number, Likeness.Swapped), Has(scorer, one.Number, Likeness.NamesTheOther))),
        ];
    }

    /// <summary>A bit for each field without which nothing is told of a row at all.</summary>
    public static ulong Needed(Scorer scorer)
    {
        var needed = 0UL;
        for (var number = 0; number < scorer.ComparisonCount; number++)
            if (Has(scorer, number, Likeness.InOtherField) && scorer.Comparer.FieldsOf(number) is var (field, with)) needed |= (1UL << field) | (1UL << with[0]);
        return needed;
    }

    private static bool Has(Scorer scorer, int comparison, Likeness likeness)
    {
        foreach (var level in scorer.LevelsOf(comparison))
            if (level.Likeness == likeness) return true;
        return false;
    }
}
