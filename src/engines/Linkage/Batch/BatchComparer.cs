using System.Runtime.CompilerServices;
using Homeward.Kernel;

namespace Homeward.Linkage;

/// <summary>Compares rows of a table as <see cref="RowComparer"/> compares records, with the same levels, but by numbers first.</summary>
/// <remarks>
/// Values that are the same have the same number. Of those that differ, records of 32 bytes rule out most levels;
/// what they cannot rule out is looked up among the pairs of values met before, and only then compared letter by
/// letter. Immutable but for the cache, which each thread has to itself: see <see cref="ValuePairs"/>.
/// </remarks>
internal sealed unsafe class BatchComparer
{
    /// <summary>No level: the values differ and must be looked at.</summary>
    public const byte Open = byte.MaxValue;

    private const int FirstMax = 2;

    private readonly RowTable _rows;
    private readonly RowComparer _exact;
    private readonly Compared[] _comparisons;
    private readonly (int Field, ValueTable Values)[] _first;

    private readonly record struct Step(Likeness Likeness, double Threshold, int Number);

    /// <param name="Steps">The levels that two different values may have, in order.</param>
    /// <param name="SameFirst">The first level is "the same": equal numbers need no more.</param>
    /// <param name="Across">Levels that look at other fields: 0 none, 1 swapped names only, 2 others.</param>
    private sealed record Compared(int Field, int With, Level[] Levels, Step[] Steps, bool SameFirst, int Across, bool FirstIsSilent, ValueTable Values, ValueTable? WithValues)
    {
        /// <summary>True when some step looks at more than likeness and heads.</summary>
        public bool ReadsChars { get; } = Array.Exists(Steps, step => step.Likeness is not (Likeness.Similar or Likeness.Else));

        /// <summary>True when two dates of eight digits need no more than these.</summary>
        public bool ReadsDigits { get; } = Array.TrueForAll(Steps, step => step.Likeness is Likeness.Else or Likeness.DayMonthSwapped
            or Likeness.SameMonth or Likeness.SameAnniversary or Likeness.SameYear || (step.Likeness == Likeness.Edits && step.Threshold < 3));
    }

    public BatchComparer(RowTable rows, LinkageSettings settings)
    {
        (_rows, _exact) = (rows, new(settings));
        _comparisons = [.. settings.Comparisons.Select(comparison =>
        {
            var field = settings.IndexOf(comparison.Field);
            var with = comparison.With is { Count: > 0 } others ? settings.IndexOf(others[0]) : -1;
            var across = comparison.Levels.Where(level => RowComparer.LooksAcross(level.Likeness)).Select(level => level.Likeness).Distinct().ToArray();
            return new Compared(field, with, [.. comparison.Levels],
                [.. comparison.Levels.Select((level, i) => new Step(level.Likeness, level.Threshold, i + 1)).Where(step => !RowComparer.LooksAcross(step.Likeness) && step.Likeness != Likeness.Same)],
                comparison.Levels is [{ Likeness: Likeness.Same }, ..],
                across.Length == 0 ? 0 : across is [Likeness.Swapped] ? 1 : 2,
                comparison.Levels is [{ IsSilent: true }, ..], rows.Values[field], with < 0 ? null : rows.Values[with]);
        })];
        Ensure.That(_comparisons.Length <= 16);
        _first = [.. CheapestFirst().Where(i => !_comparisons[i].ReadsDigits).Take(FirstMax).Select(i => (_comparisons[i].Field, _comparisons[i].Values))];
    }

    public int Count => _comparisons.Length;

    /// <summary>The comparisons in the order of what they cost where values differ: dates and strict likenesses before lax ones.</summary>
    public int[] CheapestFirst() => [.. Enumerable.Range(0, Count).OrderBy(i => _comparisons[i].Across)
        .ThenByDescending(i => _comparisons[i].Steps.Where(step => step.Likeness == Likeness.Similar).Select(step => step.Threshold).DefaultIfEmpty(1).Min())];

    /// <summary>True when two dates of eight digits need no more than these.</summary>
    public bool ReadsDigits(int number) => _comparisons[number].ReadsDigits;

    /// <param name="met">The two rows.</param>
    /// <param name="known">The thread's own cache.</param>
    public void Compare(in Met met, ValuePairs known, Span<byte> pattern)
    {
        for (var i = 0; i < _comparisons.Length; i++)
        {
            var level = AtOnce(i, met);
            pattern[i] = level == Open ? Differing(i, met, known) : level;
        }
    }

    /// <summary>True where equal numbers are the first level of a comparison and a missing value is none, whatever other fields hold.</summary>
    public bool TellsSame(int number) => _comparisons[number] is { Across: < 2, SameFirst: true, FirstIsSilent: false, Values.HasDoubtful: false };

    /// <summary>The level, where that is plain from the numbers; else <see cref="Open"/>.</summary>
    public byte AtOnce(int number, in Met met)
    {
        var comparison = _comparisons[number];
        if (comparison.Across == 2) return Open;
        var (left, right) = (met.LeftCells[comparison.Field], met.RightCells[comparison.Field]);
        if (left == 0 || right == 0) return 0;
        return left == right && comparison.SameFirst && !comparison.FirstIsSilent && !(comparison.Values.HasDoubtful && comparison.Values[left].IsDoubtful) ? (byte)1 : Open;
    }

    /// <summary>The level of a comparison that numbers alone do not tell.</summary>
    public byte Differing(int number, in Met met, ValuePairs known)
    {
        var comparison = _comparisons[number];
        if (comparison.Across == 2 || (comparison.Across == 1 && MayBeSwapped(comparison, met.LeftCells, met.RightCells))) return Exactly(number, met.Left, met.Right);
        var level = LevelOf(number, comparison, met.LeftCells[comparison.Field], met.RightCells[comparison.Field], known);
        return comparison.Across == 1 ? Spoken(comparison, level) : level;
    }

    /// <summary>Asks for what comparisons of a row will look at, once the row itself is near.</summary>
    public void Prefetch(int row)
    {
        var numbers = _rows.Numbers(row);
        foreach (var comparison in _comparisons) comparison.Values.Prefetch(numbers[comparison.Field]);
    }

    /// <summary>The same for the first comparisons only: most pairs of a block go no further.</summary>
    /// <param name="agreeing">Fields that are the same in all rows of the block, as bits.</param>
    public void PrefetchFirst(int row, ulong agreeing)
    {
        var numbers = _rows.Numbers(row);
        foreach (var (field, values) in _first)
            if ((agreeing >> field & 1) == 0) values.Prefetch(numbers[field]);
    }

    /// <summary>The level of two rows that no sweep brought together.</summary>
    public void Compare(int left, int right, ValuePairs known, Span<byte> pattern) =>
        Compare(_rows.Meet(left, right), known, pattern);

    private static byte Spoken(Compared comparison, byte level) =>
        level != 0 && comparison.Levels[level - 1].IsSilent ? (byte)0 : level;

    private byte Exactly(int comparison, int left, int right) => (byte)_exact.Compare(comparison, _rows[left], _rows[right]);

    /// <summary>Swapped names must be alike crosswise; most are ruled out by their records.</summary>
    private static bool MayBeSwapped(Compared comparison, int* one, int* other)
    {
        var (a, b) = (one[comparison.With], other[comparison.With]);
        if (a == 0 || b == 0) return false;
        var (values, with) = (comparison.Values, comparison.WithValues!);
        return ValueRecord.Bound(values[one[comparison.Field]], with[b]) >= RowComparer.CrossLikenessMin
            && ValueRecord.Bound(with[a], values[other[comparison.Field]]) >= RowComparer.CrossLikenessMin;
    }

    private static byte LevelOf(int number, Compared comparison, int left, int right, ValuePairs known)
    {
        if (comparison.ReadsDigits && left != right && comparison.Values.Digits(left) is not 0 and var digits && comparison.Values.Digits(right) is not 0 and var others)
            return OfDigits(comparison.Steps, digits, others);
        ref readonly var one = ref comparison.Values[left];
        ref readonly var other = ref comparison.Values[right];
        if (left == right || one.IsOdd || other.IsOdd) return OfPair(number, comparison, 0, left, right, known);
        double bound = -1;
        for (var i = 0; i < comparison.Steps.Length; i++)
        {
            ref readonly var step = ref comparison.Steps[i];
            switch (step.Likeness)
            {
                case Likeness.Else:
                    return (byte)step.Number;
                case Likeness.Similar:
                    if (bound < 0) bound = ValueRecord.Bound(one, other);
                    if (bound < step.Threshold) continue;
                    break;
                case Likeness.Edits:
                    if (!ValueRecord.MayBeWithin(one, other, (int)step.Threshold)) continue;
                    if (!one.HasDigits || !other.HasDigits || step.Threshold >= 3) break;
                    if (!Digits.Within(one.Head, other.Head, (int)step.Threshold)) continue;
                    return (byte)step.Number;
                case Likeness.SameUser:
                    if (one.FormalBag != other.FormalBag) continue;
                    break;
                case Likeness.Nickname:
                    if ((one.FormalBag & other.FormalBag) == 0) continue;
                    break;
                case Likeness.SharedPart:
                    if ((one.WordBag & other.WordBag) == 0 || !(one.IsCompound || other.IsCompound)) continue;
                    break;
                case Likeness.Initial:
                    if ((one.Length != 1 && other.Length != 1) || (char)one.Head != (char)other.Head) continue;
                    break;
                case Likeness.DayMonthSwapped or Likeness.SameMonth or Likeness.SameAnniversary or Likeness.SameYear when one.HasDigits && other.HasDigits:
                    if (!Digits.Hold(step.Likeness, one.Head, other.Head)) continue;
                    return (byte)step.Number;
            }
            return OfPair(number, comparison, i, left, right, known);
        }
        return 0;
    }

    private static byte OfDigits(Step[] steps, ulong left, ulong right)
    {
        var edits = -1;
        foreach (ref readonly var step in steps.AsSpan())
        {
            var holds = step.Likeness switch
            {
                Likeness.Else => true,
                Likeness.Edits => (edits < 0 ? edits = Digits.EditsBetween(left, right) : edits) <= step.Threshold,
                _ => Digits.Hold(step.Likeness, left, right),
            };
            if (holds) return (byte)step.Number;
        }
        return 0;
    }

    /// <summary>From this step on: by the cache, else letter by letter.</summary>
    private static byte OfPair(int number, Compared comparison, int step, int left, int right, ValuePairs known)
    {
        if (left > right) (left, right) = (right, left);
        if (known.TryGet(number, left, right, out var level)) return level;
        level = left != right && IsPlain(comparison.Values[left]) && IsPlain(comparison.Values[right])
            ? OfLetters(comparison, step, left, right)
            : (byte)RowComparer.LevelOf(comparison.Levels, comparison.Values.ValueOf(left), comparison.Values.ValueOf(right));
        known.Put(number, left, right, level);
        return level;
    }

    private static bool IsPlain(in ValueRecord value) => value is { IsPlain: true, IsOdd: false };

    [SkipLocalsInit]
    private static byte OfLetters(Compared comparison, int from, int left, int right)
    {
        ref readonly var one = ref comparison.Values[left];
        ref readonly var other = ref comparison.Values[right];
        ReadOnlySpan<byte> letters = comparison.Values.Letters(one), others = comparison.Values.Letters(other);
        Span<char> wide = stackalloc char[JaroWinkler.LettersMax], otherWide = stackalloc char[JaroWinkler.LettersMax];
        if (comparison.ReadsChars)
        {
            System.Text.Ascii.ToUtf16(letters, wide, out _);
            System.Text.Ascii.ToUtf16(others, otherWide, out _);
        }
        wide = wide[..letters.Length];
        otherWide = otherWide[..others.Length];
        double likeness = -1;
        for (var i = from; i < comparison.Steps.Length; i++)
        {
            ref readonly var step = ref comparison.Steps[i];
            switch (step.Likeness)
            {
                case Likeness.Else:
                    break;
                case Likeness.Similar:
                    if (likeness < 0) likeness = JaroWinkler.Likeness(letters, others);
                    if (likeness < step.Threshold) continue;
                    break;
                case Likeness.Edits:
                    if (!ValueRecord.MayBeWithin(one, other, (int)step.Threshold) || !Edits.Within(wide, otherWide, (int)step.Threshold)) continue;
                    break;
                case Likeness.SharedPart:
                    if ((one.WordBag & other.WordBag) == 0 || !(one.IsCompound || other.IsCompound) || !Likenesses.SharePart(wide, otherWide)) continue;
                    break;
                case Likeness.SameUser:
                    if (!Likenesses.SameUser(wide, otherWide)) continue;
                    break;
                case Likeness.SoundsAlike:
                    if (Soundex.Code(wide) == 0 || Soundex.Code(wide) != Soundex.Code(otherWide)) continue;
                    break;
                default:
                    if (!Likenesses.Hold(comparison.Levels[step.Number - 1], comparison.Values.ValueOf(left)!, comparison.Values.ValueOf(right)!)) continue;
                    break;
            }
            return (byte)step.Number;
        }
        return 0;
    }
}

/// <summary>The levels of value pairs met before, for one thread. An entry gives way to the next that falls on its place.</summary>
internal sealed class ValuePairs
{
    /// <summary>A quarter of a mebibyte: about half of a core's own cache.</summary>
    private const int PlaceBits = 15;
    private const int NumberBits = 28;

    private readonly ulong[] _pairs = new ulong[1 << PlaceBits];

    public bool TryGet(int comparison, int left, int right, out byte level)
    {
        var key = Key(comparison, left, right);
        var entry = _pairs[Place(key)];
        level = (byte)(entry & 15);
        return entry >> 4 == key && key != 0;
    }

    public void Put(int comparison, int left, int right, byte level)
    {
        if (Key(comparison, left, right) is not 0 and var key) _pairs[Place(key)] = (key << 4) | level;
    }

    /// <summary>0 where the numbers are too large to be kept.</summary>
    private static ulong Key(int comparison, int left, int right) => ((uint)left | (uint)right) >> NumberBits != 0
        ? 0
        : ((ulong)comparison << (2 * NumberBits)) | ((ulong)left << NumberBits) | (uint)right;

    private static int Place(ulong key) => (int)((key * 0x9E3779B97F4A7C15UL) >> (64 - PlaceBits));
}
