using System.Globalization;

namespace Homeward.Kernel;

/// <summary>The words of a text, folded as names are, so that a text can be searched for them.</summary>
/// <remarks>
/// A word is a run of letters and digits with their marks and apostrophes; all else parts words. One letter or digit alone is
/// no word: it stands in every text.
/// </remarks>
public static class TextWords
{
    private const int LettersMin = 2;

    /// <summary>Longer runs are no words that anybody types; their beginning stands for them.</summary>
    private const int LettersMax = 64;

    /// <summary>Each word once, in the order of the text.</summary>
    public static IReadOnlyList<string> Of(string text) => [.. Split(text).Distinct(StringComparer.Ordinal)];

    /// <summary>True when a text holds every one of some words, as <see cref="Of"/> gives them, anywhere and in any order.</summary>
    public static bool AllIn(string text, IEnumerable<string> words) => Split(text).ToHashSet(StringComparer.Ordinal).IsSupersetOf(words);

    /// <summary>The words of some texts as <see cref="StableHash"/>es, each once, in ascending order.</summary>
    public static ulong[] HashesOf(IEnumerable<string> texts)
    {
        var hashes = new HashSet<ulong>();
        foreach (var text in texts)
            foreach (var word in Split(text)) hashes.Add(StableHash.Of(word));
        return [.. hashes.Order()];
    }

    private static IEnumerable<string> Split(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            if (!Belongs(text, start))
            {
                start++;
                continue;
            }
            var end = start;
            while (end < text.Length && Belongs(text, end)) end++;
            if (Names.Fold(text[start..Math.Min(end, start + LettersMax)]) is { Length: >= LettersMin } word) yield return word;
            start = end;
        }
    }

    // Both halves of a pair of surrogates are asked for the letter that they are together.
    private static bool Belongs(string text, int at)
    {
        var letter = text[at];
        if (char.IsAsciiLetterOrDigit(letter) || letter is '\'' or '’') return true;
        if (char.IsAscii(letter)) return false;
        var category = char.IsLowSurrogate(letter) && at > 0 ? CharUnicodeInfo.GetUnicodeCategory(text, at - 1) : CharUnicodeInfo.GetUnicodeCategory(text, at);
        return category is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
            or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber;
    }
}
