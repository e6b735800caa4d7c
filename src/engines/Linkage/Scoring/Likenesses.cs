namespace Homeward.Linkage;

/// <summary>Whether a level holds for two values of one field. Symmetric: left and right may change places.</summary>
internal static class Likenesses
{
    public static bool Hold(Level level, Value left, Value right) => level.Likeness switch
    {
        Likeness.Same => Same(left, right),
        Likeness.Nickname => left.FormalNames.AsSpan().IndexOfAny(right.FormalNames) >= 0,
        Likeness.Similar => Similar(left, right, level.Threshold),
        Likeness.Edits => Edits.Within(left.Folded, right.Folded, (int)level.Threshold),
        Likeness.SharedPart => (left.IsCompound || right.IsCompound) && SharePart(left.Folded, right.Folded),
        Likeness.Initial => IsInitial(left.Folded, right.Folded) || IsInitial(right.Folded, left.Folded),
        Likeness.SoundsAlike => Soundex.Code(left.Folded) is not 0 and var code && code == Soundex.Code(right.Folded),
        Likeness.SameUser => SameUser(left.Folded, right.Folded),
        Likeness.SameState => left is PlaceValue { State.Length: > 0 } place && right is PlaceValue other && place.State == other.State,
        Likeness.Apart => left switch
        {
            NumberValue number => right is NumberValue other && number.DistanceFrom(other) <= level.Threshold,
            PlaceValue place => right is PlaceValue other && place.KilometresFrom(other) <= level.Threshold,
            _ => false,
        },
        Likeness.DayMonthSwapped or Likeness.MayBeSameDay or Likeness.SameMonth or Likeness.SameAnniversary
            or Likeness.SameYear or Likeness.DaysApart =>
            left is DateValue date && right is DateValue other && Hold(level, date, other),
        Likeness.Else => true,
        // These look at other fields too: RowComparer.
        Likeness.Swapped or Likeness.InOtherField or Likeness.NamesTheOther or Likeness.WithTheSame => false,
    };

    public static bool Same(Value left, Value right) =>
        ReferenceEquals(left, right)
            // Two dates known in part, or two spans, may be the same day and may not.
            ? left is not DateValue { IsDate: true, IsFull: false }
            : left.Bag == right.Bag && left.Folded == right.Folded && left is not DateValue { IsDate: true, IsFull: false };

    public static bool Similar(Value left, Value right, double threshold)
    {
        var agreeing = LetterBag.AgreeingMax(left.Bag, left.Folded.Length, right.Bag, right.Folded.Length);
        return JaroWinkler.Bound(agreeing, Length(left), Length(right), JaroWinkler.CommonPrefix(left.Folded, right.Folded))
                >= threshold
            && JaroWinkler.Likeness(left.Folded, right.Folded) >= threshold;

        static int Length(Value value) => Math.Min(value.Folded.Length, JaroWinkler.LettersMax);
    }

    private static bool Hold(Level level, DateValue left, DateValue right) => level.Likeness switch
    {
        Likeness.DayMonthSwapped => left.Year == right.Year && left.Day != 0 && left.Month == right.Day
            && left.Day == right.Month && left.Day != left.Month,
        Likeness.MayBeSameDay => (!left.IsFull || !right.IsFull) && left.DaysFrom(right) == 0,
        Likeness.SameMonth => left.Year != 0 && left.Month != 0 && left.Year == right.Year && left.Month == right.Month,
        Likeness.SameAnniversary => left.Day != 0 && left.Month == right.Month && left.Day == right.Day,
        Likeness.SameYear => left.Year != 0 && left.Year == right.Year,
        _ => left.DaysFrom(right) is >= 0 and var days && days <= level.Threshold,
    };

    /// <summary>"garcia lopez" and "lopez" share a part; parts of one or two letters are particles, not names.</summary>
    private static bool SharePart(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        foreach (var part in left.Split(' '))
        {
            var word = left[part];
            if (word.Length < 3) continue;
            foreach (var other in right.Split(' ')) if (word.SequenceEqual(right[other])) return true;
        }
        return false;
    }

    private static bool IsInitial(string initial, string name) => initial.Length == 1 && name.Length > 0 && name[0] == initial[0];

    private static bool SameUser(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        int leftAt = left.IndexOf('@'), rightAt = right.IndexOf('@');
        return leftAt > 0 && rightAt > 0 && left[..leftAt].SequenceEqual(right[..rightAt]);
    }
}
