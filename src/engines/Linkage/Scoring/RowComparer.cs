using Homeward.Kernel;

namespace Homeward.Linkage;

/// <summary>Compares two rows into a pattern: one level number for each comparison, 0 for "not known" or "said elsewhere".</summary>
/// <remarks>Immutable; safe for many threads. Symmetric in its two rows.</remarks>
internal sealed class RowComparer
{
    /// <summary>Names in each other's place may have a slip as well.</summary>
    internal const double CrossLikenessMin = 0.92;

    private readonly Compared[] _comparisons;

    private readonly record struct Compared(int Field, int[] With, Level[] Levels, bool LooksAcross, bool TakesUnknown, Level[][] WithLevels);

    public RowComparer(LinkageSettings settings) => _comparisons = [.. settings.Comparisons.Select(comparison => new Compared(
        settings.IndexOf(comparison.Field),
        [.. (comparison.With ?? []).Select(settings.IndexOf)],
        [.. comparison.Levels],
        comparison.Levels.Any(level => LooksAcross(level.Likeness)),
        comparison.Levels.Any(level => level.Likeness is Likeness.InOtherField or Likeness.NamesTheOther),
        [.. (comparison.With ?? []).Select(name => settings.Comparisons.FirstOrDefault(other => other.Field == name)?.Levels.ToArray() ?? [])]))];

    public int Count => _comparisons.Length;

    /// <summary>True when a comparison looks at other fields too.</summary>
    public bool LooksAcross(int number) => _comparisons[number].LooksAcross;

    /// <summary>True when a comparison may say something where its own field is not known.</summary>
    public bool TakesUnknown(int number) => _comparisons[number].TakesUnknown;

    /// <summary>The field of a comparison, and the others that it looks at.</summary>
    public (int Field, int[] With) FieldsOf(int number) => (_comparisons[number].Field, _comparisons[number].With);

    /// <summary>Whether a level that looks at other fields may hold, as far as one value of a row tells whose others are known too.</summary>
    /// <param name="number">The comparison.</param>
    /// <param name="likeness">That of the level.</param>
    /// <param name="left">The whole row on the left; it knows the field.</param>
    /// <param name="right">The other row's value of the field.</param>
    public bool MayHold(int number, Likeness likeness, ReadOnlySpan<Value?> left, Value right) => likeness switch
    {
        Likeness.Swapped => AreAlike(left[_comparisons[number].With[0]], right),
        Likeness.InOtherField => left[_comparisons[number].With[0]] is null,
        _ => LooksAcross(likeness),
    };

    public void Compare(ReadOnlySpan<Value?> left, ReadOnlySpan<Value?> right, Span<byte> pattern)
    {
        for (var i = 0; i < _comparisons.Length; i++) pattern[i] = (byte)Compare(i, left, right);
    }

    /// <summary>The level of one comparison, counted from 1; 0 for "not known" or "said elsewhere".</summary>
    public int Compare(int number, ReadOnlySpan<Value?> left, ReadOnlySpan<Value?> right)
    {
        ref readonly var comparison = ref _comparisons[number];
        var level = LevelOf(comparison.Levels, left[comparison.Field], right[comparison.Field]);
        return comparison.LooksAcross && (level != 0 || comparison.TakesUnknown || IsOpenEnded(comparison, left, right))
            ? LevelAcross(comparison, left, right, level)
            : level;
    }

    /// <summary>The first level that holds for two values, counted from 1; 0 where one is unknown or none holds.</summary>
    public static int LevelOf(ReadOnlySpan<Level> levels, Value? left, Value? right)
    {
        if (left is null || right is null) return 0;
        if (left is not SetValue && right is not SetValue) return Likenesses.LevelOf(levels, left, right);
        return BestOf(levels, left, right).Level;
    }

    /// <summary>The best pair of two sets' members, with its level.</summary>
    public static (int Level, Value Left, Value Right) BestOf(ReadOnlySpan<Level> levels, Value left, Value right)
    {
        (int Level, Value Left, Value Right) best = (0, left, right);
        foreach (var one in MembersOf(in left))
        {
            foreach (var other in MembersOf(in right))
            {
                var level = Likenesses.LevelOf(levels, one, other);
                if (level == 0 || (best.Level != 0 && level >= best.Level)) continue;
                best = (level, one, other);
                if (level == 1) return best;
            }
        }
        return best;
    }

    internal static bool LooksAcross(Likeness likeness) =>
        likeness is Likeness.Swapped or Likeness.InOtherField or Likeness.NamesTheOther or Likeness.WithTheSame
            or Likeness.WithOthers;

    // Without an Else a level across may still hold where no plain level did.
    private static bool IsOpenEnded(in Compared comparison, ReadOnlySpan<Value?> left, ReadOnlySpan<Value?> right) =>
        left[comparison.Field] is not null && right[comparison.Field] is not null;

    private static int LevelAcross(in Compared comparison, ReadOnlySpan<Value?> left, ReadOnlySpan<Value?> right, int plain)
    {
        for (var i = 0; i < comparison.Levels.Length; i++)
        {
            if (i + 1 == plain) break;
            var holds = comparison.Levels[i].Likeness switch
            {
                Likeness.Swapped => IsSwapped(comparison, left, right),
                Likeness.InOtherField => IsInOtherField(comparison, left, right) || IsInOtherField(comparison, right, left),
                Likeness.NamesTheOther => NamesTheOther(comparison, left, right, comparison.Levels[i].Threshold != 0)
                    || NamesTheOther(comparison, right, left, comparison.Levels[i].Threshold != 0),
                Likeness.WithTheSame => left[comparison.Field] is not null && right[comparison.Field] is not null
                    && AllSame(comparison.With, left, right),
                Likeness.WithOthers => left[comparison.Field] is not null && right[comparison.Field] is not null
                    && AllDiffer(comparison, left, right),
                _ => false,
            };
            if (holds) return comparison.Levels[i].IsSilent ? 0 : i + 1;
        }
        return plain != 0 && comparison.Levels[plain - 1].IsSilent ? 0 : plain;
    }

    private static bool IsSwapped(in Compared comparison, ReadOnlySpan<Value?> left, ReadOnlySpan<Value?> right) =>
        AreAlike(left[comparison.Field], right[comparison.With[0]]) && AreAlike(left[comparison.With[0]], right[comparison.Field]);

    private static bool IsInOtherField(in Compared comparison, ReadOnlySpan<Value?> one, ReadOnlySpan<Value?> other)
    {
        var (field, with) = (comparison.Field, comparison.With[0]);
        return (one[field] is null) != (one[with] is null)
            && (one[field] is { } name ? other[field] is not { } its || !AreAlike(name, its) : true)
            && (one[field] is not null ? AreAlike(one[field], other[with]) : AreAlike(one[with], other[field]) && !AreAlike(one[with], other[with]));
    }

    private static bool NamesTheOther(in Compared comparison, ReadOnlySpan<Value?> one, ReadOnlySpan<Value?> other, bool oneWord)
    {
        if (one[comparison.Field] is not { } aliases) return false;
        Ensure.That(comparison.With.Length == 2);
        var (given, family) = (other[comparison.With[0]], other[comparison.With[1]]);
        // Where the names themselves agree, an alias that agrees too says nothing new.
        if (AllSame(comparison.With, one, other)) return false;
        foreach (var alias in MembersOf(in aliases))
        {
            if (oneWord ? AreAlike(alias, given) && !AreAlike(one[comparison.With[0]], given) : IsWhole(alias.Folded, given, family))
                return true;
        }
        return false;
    }

    /// <summary>"mia cruz", "cruz mia": the two names and a blank, in either order.</summary>
    private static bool IsWhole(ReadOnlySpan<char> alias, Value? given, Value? family)
    {
        if (given is null || family is null || alias.Length != given.Folded.Length + family.Folded.Length + 1) return false;
        return Is(alias, given.Folded, family.Folded) || Is(alias, family.Folded, given.Folded);

        static bool Is(ReadOnlySpan<char> alias, string first, string last) =>
            alias.StartsWith(first, StringComparison.Ordinal) && alias[first.Length] == ' '
            && alias.EndsWith(last, StringComparison.Ordinal);
    }

    private static bool AllSame(int[] fields, ReadOnlySpan<Value?> left, ReadOnlySpan<Value?> right)
    {
        foreach (var field in fields)
            if (left[field] is not { } one || right[field] is not { } other || !Likenesses.Same(one, other)) return false;
        return true;
    }

    /// <summary>Each other field is known on both sides, and nothing but its last level holds.</summary>
    private static bool AllDiffer(in Compared comparison, ReadOnlySpan<Value?> left, ReadOnlySpan<Value?> right)
    {
        for (var i = 0; i < comparison.With.Length; i++)
        {
            var (field, levels) = (comparison.With[i], comparison.WithLevels[i]);
            if (LevelOf(levels, left[field], right[field]) is not (> 0 and var level) || levels[level - 1].Likeness != Likeness.Else) return false;
        }
        return true;
    }

    private static bool AreAlike(Value? left, Value? right) =>
        left is not null && right is not null
        && (Likenesses.Same(left, right) || Likenesses.Similar(left, right, CrossLikenessMin));

    private static ReadOnlySpan<Value> MembersOf(in Value value) => value is SetValue set ? set.Members : new ReadOnlySpan<Value>(in value);
}
