using System.Numerics;

namespace Homeward.Linkage;

/// <summary>Whether a level holds for two values of one field. Symmetric: left and right may change places.</summary>
internal static class Likenesses
{
    /// <summary>The first level that holds, counted from 1; 0 where none does.</summary>
    public static int LevelOf(ReadOnlySpan<Level> levels, Value left, Value right)
    {
        // Several levels ask for the same Jaro–Winkler: bounded once, and computed once if it must be.
        double bound = -1, likeness = -1;
        for (var i = 0; i < levels.Length; i++)
        {
            var level = levels[i];
            if (level.Likeness != Likeness.Similar)
            {
                if (Hold(level, left, right)) return i + 1;
                continue;
            }
            if (bound < 0) bound = Bound(left, right);
            if (bound < level.Threshold) continue;
            if (likeness < 0) likeness = JaroWinkler.Likeness(left.Folded, right.Folded);
            if (likeness >= level.Threshold) return i + 1;
        }
        return 0;
    }

    internal static bool Hold(Level level, Value left, Value right) => level.Likeness switch
    {
        Likeness.Same => Same(left, right),
        Likeness.Nickname => (left.FormalBag & right.FormalBag) != 0 && ShareFormalName(left.FormalNames, right.FormalNames),
        Likeness.Similar => Similar(left, right, level.Threshold),
        Likeness.Edits => CanBeWithin(left.Bag, right.Bag, (int)level.Threshold) && Edits.Within(left.Folded, right.Folded, (int)level.Threshold),
        Likeness.SharedPart => (left.WordBag & right.WordBag) != 0 && (left.IsCompound || right.IsCompound) && SharePart(left.Folded, right.Folded),
        Likeness.Initial => (left.Length == 1 || right.Length == 1) && (char)left.Head == (char)right.Head,
        Likeness.SamePrefix => Math.Min(left.Folded.Length, right.Folded.Length) >= level.Threshold
            && left.Folded.AsSpan(0, (int)level.Threshold).SequenceEqual(right.Folded.AsSpan(0, (int)level.Threshold)),
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
        Likeness.Swapped or Likeness.InOtherField or Likeness.NamesTheOther or Likeness.WithTheSame or Likeness.WithOthers => false,
    };

    /// <summary>False where it can hold for no other value: of a day that is known in part, little can.</summary>
    public static bool MayHold(Likeness likeness, Value left) => left is not DateValue date || likeness switch
    {
        Likeness.Same => !date.IsDate || date.IsFull,
        Likeness.DayMonthSwapped or Likeness.SameAnniversary => date.Day != 0,
        Likeness.SameMonth => date.Month != 0,
        Likeness.SameYear => date.Year != 0,
        _ => true,
    };

    public static bool Same(Value left, Value right) =>
        ReferenceEquals(left, right)
            // Two dates known in part, or two spans, may be the same day and may not.
            ? left is not DateValue { IsDate: true, IsFull: false }
            : left.Bag == right.Bag && left.Folded == right.Folded && left is not DateValue { IsDate: true, IsFull: false };

    public static bool Similar(Value left, Value right, double threshold) =>
        Bound(left, right) >= threshold && JaroWinkler.Likeness(left.Folded, right.Folded) >= threshold;

    /// <summary>What Jaro–Winkler can be at most, from lengths, first letters and letter bags.</summary>
    private static double Bound(Value left, Value right)
    {
        var agreeing = Math.Min(
            left.Length - BitOperations.PopCount(left.Bag & ~right.Bag), right.Length - BitOperations.PopCount(right.Bag & ~left.Bag));
        var prefix = Math.Min(BitOperations.TrailingZeroCount(left.Head ^ right.Head) / 16, Math.Min(left.Length, right.Length));
        return JaroWinkler.Bound(agreeing, left.Length, right.Length, Math.Min(prefix, 4));
    }

    /// <summary>One edit takes at most one letter out of a bag and puts one in.</summary>
    private static bool CanBeWithin(ulong leftBag, ulong rightBag, int edits) =>
        BitOperations.PopCount(leftBag & ~rightBag) <= edits && BitOperations.PopCount(rightBag & ~leftBag) <= edits;

    private static bool ShareFormalName(int[] left, int[] right)
    {
        foreach (var name in left)
            foreach (var other in right) if (name == other) return true;
        return false;
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
    internal static bool SharePart(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        foreach (var part in left.Split(' '))
        {
            var word = left[part];
            if (word.Length < 3) continue;
            foreach (var other in right.Split(' ')) if (word.SequenceEqual(right[other])) return true;
        }
        return false;
    }

    internal static bool SameUser(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        int leftAt = left.IndexOf('@'), rightAt = right.IndexOf('@');
        return leftAt > 0 && rightAt > 0 && left[..leftAt].SequenceEqual(right[..rightAt]);
    }
}
