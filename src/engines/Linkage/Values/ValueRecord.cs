using System.Numerics;
using System.Runtime.InteropServices;
using Homeward.Kernel;

namespace Homeward.Linkage;

/// <summary>What comparisons ask of a value first, in half a cache line: most end here, without a look at the letters.</summary>
[StructLayout(LayoutKind.Sequential, Size = 32)]
internal readonly struct ValueRecord
{
    /// <summary>Which letters: see <see cref="LetterBag"/>.</summary>
    public readonly ulong Bag;

    /// <summary>The first four letters; of a date its year, month and day.</summary>
    public readonly ulong Head;

    /// <summary>One bit for each word of three letters or more.</summary>
    public readonly uint WordBag;

    /// <summary>One bit for each formal name that a given name may stand for; of an e-mail address a hash of what stands before the @.</summary>
    public readonly uint FormalBag;

    /// <summary>Where the folded letters lie: see <see cref="TextTable.At"/>.</summary>
    public readonly uint Letters;

    /// <summary>How many letters, at most 64.</summary>
    public readonly byte Length;
    private readonly Traits _traits;

    [Flags]
    private enum Traits : byte
    {
        Compound = 1,
        /// <summary>Every letter fits a byte, and there are no more than are compared: the table's UTF-8 is the letters.</summary>
        Plain = 2,
        /// <summary>A date of eight digits, which are its head.</summary>
        Digits = 4,
        /// <summary>A date known in part, which is not sure to be the same as itself.</summary>
        Doubtful = 8,
        /// <summary>Several values in one, or a date without its eight digits: only the value itself knows.</summary>
        Odd = 16,
    }

    /// <param name="folded">Letters of a byte each, no more than are compared.</param>
    /// <param name="letters">The same letters.</param>
    /// <param name="isDay">True for the eight digits of a day.</param>
    public ValueRecord(ReadOnlySpan<byte> folded, ReadOnlySpan<char> letters, ReadOnlySpan<int> formalNames, bool isDay)
    {
        (Bag, Length, _traits) = (LetterBag.Of(letters), (byte)letters.Length, Traits.Plain);
        Head = isDay ? MemoryMarshal.Read<ulong>(folded) : Value.HeadOf(letters);
        var words = Value.WordBagOf(letters);
        WordBag = (uint)words | (uint)(words >> 32);
        foreach (var name in formalNames) FormalBag |= 1U << (name & 31);
        if (FormalBag == 0 && letters.IndexOf('@') is > 0 and var at) FormalBag = (uint)StableHash.Of(letters[..at]);
        if (letters.Contains(' ')) _traits |= Traits.Compound;
        if (isDay) _traits |= Traits.Digits;
    }

    public ValueRecord(Value value)
    {
        (Bag, Head, Length) = (value.Bag, value.Head, (byte)value.Length);
        WordBag = (uint)value.WordBag | (uint)(value.WordBag >> 32);
        FormalBag = (uint)value.FormalBag | (uint)(value.FormalBag >> 32);
        if (FormalBag == 0 && value.Folded.IndexOf('@', StringComparison.Ordinal) is > 0 and var at) FormalBag = (uint)StableHash.Of(value.Folded.AsSpan(0, at));
        if (value.IsCompound) _traits |= Traits.Compound;
        if (value.Folded.Length <= JaroWinkler.LettersMax && System.Text.Ascii.IsValid(value.Folded)) _traits |= Traits.Plain;
        if (value is SetValue) _traits |= Traits.Odd;
        if (value is not DateValue date) return;
        _traits |= date.Folded.Length == sizeof(ulong) && IsPlain ? Traits.Digits : Traits.Odd;
        if (date is { IsDate: true, IsFull: false }) _traits |= Traits.Doubtful | Traits.Odd;
        Head = 0;
        for (var i = 0; HasDigits && i < sizeof(ulong); i++) Head |= (ulong)date.Folded[i] << (8 * i);
    }

    /// <summary>The same record, with the place of its letters.</summary>
    public ValueRecord(in ValueRecord record, uint letters)
    {
        this = record;
        Letters = letters;
    }

    public bool IsCompound => (_traits & Traits.Compound) != 0;
    public bool IsPlain => (_traits & Traits.Plain) != 0;
    public bool HasDigits => (_traits & Traits.Digits) != 0;
    public bool IsDoubtful => (_traits & Traits.Doubtful) != 0;
    public bool IsOdd => (_traits & Traits.Odd) != 0;

    /// <summary>What Jaro–Winkler can be at most, from lengths, first letters and letter bags.</summary>
    public static double Bound(in ValueRecord left, in ValueRecord right)
    {
        var agreeing = Math.Min(
            left.Length - BitOperations.PopCount(left.Bag & ~right.Bag), right.Length - BitOperations.PopCount(right.Bag & ~left.Bag));
        // The heads of dates are no letters: there the prefix is taken for as long as it can be.
        var prefix = left.HasDigits || right.HasDigits ? 4
            : Math.Min(BitOperations.TrailingZeroCount(left.Head ^ right.Head) / 16, Math.Min(left.Length, right.Length));
        return JaroWinkler.Bound(agreeing, left.Length, right.Length, Math.Min(prefix, 4));
    }

    /// <summary>False where so many edits cannot make the one out of the other: an edit takes one letter out of a bag and puts one in.</summary>
    public static bool MayBeWithin(in ValueRecord left, in ValueRecord right, int edits) =>
        BitOperations.PopCount(left.Bag & ~right.Bag) <= edits && BitOperations.PopCount(right.Bag & ~left.Bag) <= edits;
}
