using System.Numerics;

namespace Homeward.Linkage;

/// <summary>Which letters a string has, in one word: bounds Jaro–Winkler from above without a look at the string.</summary>
/// <remarks>
/// Two bits for each of 32 classes of letters, set by the first and the second occurrence. What one side has
/// and the other lacks cannot agree; letters that share a class or occur more often only loosen the bound.
/// </remarks>
internal static class LetterBag
{
    public static ulong Of(ReadOnlySpan<char> text)
    {
        if (text.Length > JaroWinkler.LettersMax) text = text[..JaroWinkler.LettersMax];
        ulong bag = 0;
        foreach (var letter in text)
        {
            var first = 1UL << ((letter & 31) * 2);
            bag |= first | ((bag & first) << 1);
        }
        return bag;
    }

    /// <summary>How many letters can agree at most.</summary>
    public static int AgreeingMax(ulong left, int leftLength, ulong right, int rightLength) => Math.Min(
        Math.Min(leftLength, JaroWinkler.LettersMax) - BitOperations.PopCount(left & ~right),
        Math.Min(rightLength, JaroWinkler.LettersMax) - BitOperations.PopCount(right & ~left));
}
