using System.Buffers;
using System.Globalization;
using System.Text;

namespace Homeward.Foundations.Pages;

/// <summary>Shows names that others gave as they are: marks that turn or hide letters are written out.</summary>
/// <remarks>U+202E before "gpj.exe" shows it as "exe.jpg". The list: Unicode's Bidi_Control and Default_Ignorable signs without a use in names, and controls. Unicode TR 36, section 2.10.2.</remarks>
public static class MarkWords
{
    /// <returns>The text, with <c>‹U+202E›</c> in the place of such a mark; null of null.</returns>
    public static string? Visible(string? text)
    {
        if (text is null || !text.AsSpan().ContainsAny(_marks)) return text;
        var shown = new StringBuilder(text.Length + 16);
        foreach (var letter in text)
        {
            if (_marks.Contains(letter)) shown.Append(CultureInfo.InvariantCulture, $"‹U+{(int)letter:X4}›");
            else shown.Append(letter);
        }
        return shown.ToString();
    }

    /// <summary>The longest word, in letters, that a column must be as wide as; and the pieces between which a longer one may break.</summary>
    /// <remarks>Long enough for a hash's half and a common file name, short enough for a phone. To let every cell break anywhere
    /// squeezes short words to a letter a line, and what cannot break is cut off on paper.</remarks>
    private const int WordLettersMax = 24, PieceLetters = 12;

    /// <returns>The text as <see cref="Visible"/> shows it, in pieces between which it may break: one, unless a word of it is long.</returns>
    public static IReadOnlyList<string> Parts(string text)
    {
        var shown = Visible(text)!;
        if (shown.Length <= WordLettersMax) return [shown];
        var (parts, from) = (new List<string>(), 0);
        for (var at = 0; at < shown.Length;)
        {
            var end = at;
            while (end < shown.Length && !char.IsWhiteSpace(shown[end])) end++;
            if (end - at > WordLettersMax)
            {
                for (var cut = at + PieceLetters; cut < end; cut += PieceLetters)
                {
                    // Not between the halves of one sign.
                    if (char.IsLowSurrogate(shown[cut])) cut++;
                    if (cut >= end) break;
                    parts.Add(shown[from..cut]);
                    from = cut;
                }
            }
            at = end + 1;
        }
        parts.Add(shown[from..]);
        return parts;
    }

    private static readonly SearchValues<char> _marks = SearchValues.Create(
    [
        .. Between('\u202A', '\u202E'), .. Between('\u2066', '\u2069'), '\u200E', '\u200F', '\u061C', '\u200B', '\u2060', '\uFEFF', '\u00AD',
        .. Between('\u0000', '\u001F').Where(letter => letter is not ('\t' or '\n' or '\r')), .. Between('\u007F', '\u009F'),
    ]);

    private static IEnumerable<char> Between(char first, char last) => Enumerable.Range(first, last - first + 1).Select(code => (char)code);
}
