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

    private static readonly SearchValues<char> _marks = SearchValues.Create(
    [
        .. Between('\u202A', '\u202E'), .. Between('\u2066', '\u2069'), '\u200E', '\u200F', '\u061C', '\u200B', '\u2060', '\uFEFF', '\u00AD',
        .. Between('\u0000', '\u001F').Where(letter => letter is not ('\t' or '\n' or '\r')), .. Between('\u007F', '\u009F'),
    ]);

    private static IEnumerable<char> Between(char first, char last) => Enumerable.Range(first, last - first + 1).Select(code => (char)code);
}
