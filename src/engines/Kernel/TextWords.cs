using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

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

    [ThreadStatic]
    private static List<ulong>? _hashes;

    /// <summary>Each word once, in the order of the text.</summary>
    public static IReadOnlyList<string> Of(string text) => [.. Split(text).Distinct(StringComparer.Ordinal)];

    /// <summary>True when a text holds every one of some words, as <see cref="Of"/> gives them, anywhere and in any order.</summary>
    public static bool AllIn(string text, IEnumerable<string> words) => Split(text).ToHashSet(StringComparer.Ordinal).IsSupersetOf(words);

    /// <summary>The words of some texts as <see cref="StableHash"/>es, each once.</summary>
    public static ulong[] HashesOf(IEnumerable<string> texts)
    {
        var hashes = _hashes ??= [];
        hashes.Clear();
        foreach (var text in texts)
            for (var run = NextRun(text, 0); run.Start < text.Length; run = NextRun(text, run.Next))
                if (HashOf(text.AsSpan(run.Start..run.End)) is { } hash) hashes.Add(hash);
        return StableHash.Once(CollectionsMarshal.AsSpan(hashes)).ToArray();
    }

    /// <summary>Null where it is no word. Of a plain run nothing is made but its hash: a report has a hundred.</summary>
    private static ulong? HashOf(ReadOnlySpan<char> run)
    {
        if (!Ascii.IsValid(run)) return Folded(run) is { } word ? StableHash.Of(word) : null;
        Span<char> folded = stackalloc char[LettersMax];
        var length = 0;
        foreach (var letter in run)
            if (letter != '\'') folded[length++] = char.ToLowerInvariant(letter);
        return length < LettersMin ? null : StableHash.Of(folded[..length]);
    }

    private static IEnumerable<string> Split(string text)
    {
        for (var run = NextRun(text, 0); run.Start < text.Length; run = NextRun(text, run.Next))
            if (Folded(text.AsSpan(run.Start..run.End)) is { } word) yield return word;
    }

    private static string? Folded(ReadOnlySpan<char> run) => Names.Fold(run.ToString()) is { Length: >= LettersMin } word ? word : null;

    /// <summary>Where the next run begins and ends, of a long one only as much as stands for it, and where to look on. At the end of the text when there is none.</summary>
    private static (int Start, int End, int Next) NextRun(string text, int from)
    {
        var start = from;
        while (start < text.Length && !Belongs(text, start)) start++;
        var next = start;
        while (next < text.Length && Belongs(text, next)) next++;
        return (start, Math.Min(next, start + LettersMax), next);
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
