using System.Globalization;
using System.Text;

namespace Homeward.Kernel;

/// <summary>Folding of names and other words, so that they can be compared and indexed. The original is kept.</summary>
public static class Names
{
    /// <summary>Longer texts are no names, and not worth room on the stack.</summary>
    private const int PlainMax = 256;

    /// <summary>Lower case without marks, apostrophes or doubled blanks; hyphens become blanks.</summary>
    /// <remarks>
    /// NFKD, then combining marks dropped: <c>José</c> and <c>JOSE</c> fold alike. Letters that do not decompose
    /// (ø, ł, ß …) are written out as people do. Folded in C#, because databases disagree about lower case.
    /// </remarks>
    public static string Fold(string? name)
    {
        if (string.IsNullOrWhiteSpace(name)) return "";
        if (name.Length <= PlainMax && Ascii.IsValid(name)) return FoldPlain(name);
        var folded = new StringBuilder(name.Length);
        foreach (var rune in Texts.WellFormed(name).Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark:
                    continue;
                case UnicodeCategory.DashPunctuation or UnicodeCategory.SpaceSeparator
                    or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.Control:
                    if (folded.Length > 0 && folded[^1] != ' ') folded.Append(' ');
                    continue;
            }
            var lower = Rune.ToLowerInvariant(rune);
            if (Written(lower.Value) is { } written) folded.Append(written);
            else if (Rune.IsLetterOrDigit(lower)) folded.Append(lower);
        }
        if (folded.Length > 0 && folded[^1] == ' ') folded.Length--;
        return folded.ToString();
    }

    /// <summary>The same for ASCII, where nothing decomposes. What is folded already comes back as it is.</summary>
    private static string FoldPlain(string name)
    {
        Span<char> folded = stackalloc char[PlainMax];
        var length = 0;
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterOrDigit(letter)) folded[length++] = (char)(char.IsAsciiLetterUpper(letter) ? letter | 0x20 : letter);
            else if (letter is ' ' or '-' or '_' || char.IsControl(letter))
            {
                if (length > 0 && folded[length - 1] != ' ') folded[length++] = ' ';
            }
        }
        if (length > 0 && folded[length - 1] == ' ') length--;
        return folded[..length].SequenceEqual(name) ? name : folded[..length].ToString();
    }

    /// <summary>True for what stands where a name should: "Unknown", "Baby", "Jane Doe". It never agrees.</summary>
    public static bool IsPlaceholder(string? name) => Fold(name) is
        "" or "unknown" or "unk" or "unknown female" or "unknown male" or "baby" or "baby girl" or "baby boy"
        or "jane doe" or "john doe" or "doe" or "none" or "na" or "n a" or "no name" or "not known" or "withheld";

    private static string? Written(int rune) => rune switch
    {
        // Lower case of the last Σ of a word; the upper case does not know that it is the last.
        'ς' => "σ",
        'ß' => "ss", 'æ' => "ae", 'œ' => "oe", 'ø' => "o", 'ł' => "l", 'đ' => "d", 'ð' => "d", 'þ' => "th", 'ı' => "i",
        _ => null,
    };
}
