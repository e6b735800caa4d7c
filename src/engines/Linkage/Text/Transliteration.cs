using System.Collections.Frozen;
using System.Text;
using Homeward.Kernel;

namespace Homeward.Linkage;

/// <summary>Writes Cyrillic and Greek letters in Latin ones, so that a name in a passport and the same name in a report meet.</summary>
/// <remarks>
/// Cyrillic after BGN/PCGN 1947 (Russian) and 2019 (Ukrainian) as United States agencies write it, Greek after ELOT 743;
/// both without signs, since marks are folded away on either side. Scripts that leave vowels unwritten (Arabic, Hebrew)
/// or do not spell (Chinese) stay as they are: a guess would make strangers look alike.
/// </remarks>
internal static class Transliteration
{
    /// <summary>No letter below this one is written anew: the common case is told by one comparison a letter.</summary>
    private const char FirstWritten = '\u0370';

    private static readonly FrozenDictionary<char, string> Letters = new Dictionary<char, string>
    {
        ['а'] = "a", ['б'] = "b", ['в'] = "v", ['г'] = "g", ['д'] = "d", ['е'] = "e", ['ж'] = "zh", ['з'] = "z", ['и'] = "i",
        ['к'] = "k", ['л'] = "l", ['м'] = "m", ['н'] = "n", ['о'] = "o", ['п'] = "p", ['р'] = "r", ['с'] = "s", ['т'] = "t",
        ['у'] = "u", ['ф'] = "f", ['х'] = "kh", ['ц'] = "ts", ['ч'] = "ch", ['ш'] = "sh", ['щ'] = "shch", ['ъ'] = "", ['ы'] = "y",
        ['ь'] = "", ['э'] = "e", ['ю'] = "yu", ['я'] = "ya", ['є'] = "ye", ['і'] = "i", ['ґ'] = "g", ['ђ'] = "dj", ['ј'] = "j",
        ['љ'] = "lj", ['њ'] = "nj", ['ћ'] = "c", ['џ'] = "dz", ['ѕ'] = "dz",
        ['α'] = "a", ['β'] = "v", ['γ'] = "g", ['δ'] = "d", ['ε'] = "e", ['ζ'] = "z", ['η'] = "i", ['θ'] = "th", ['ι'] = "i",
        ['κ'] = "k", ['λ'] = "l", ['μ'] = "m", ['ν'] = "n", ['ξ'] = "x", ['ο'] = "o", ['π'] = "p", ['ρ'] = "r", ['σ'] = "s",
        ['ς'] = "s", ['τ'] = "t", ['υ'] = "y", ['φ'] = "f", ['χ'] = "ch", ['ψ'] = "ps", ['ω'] = "o",
    }.ToFrozenDictionary();

    /// <summary>Folds a name, and writes its Cyrillic and Greek letters in Latin ones.</summary>
    public static string Fold(string? name)
    {
        var folded = Names.Fold(name);
        return folded.AsSpan().ContainsAnyInRange(FirstWritten, '\u04FF') ? Written(folded) : folded;
    }

    private static string Written(string folded)
    {
        var latin = new StringBuilder(folded.Length + 8);
        for (var i = 0; i < folded.Length; i++)
        {
            // Greek writes the sound "ou" with two letters.
            if (folded[i] == 'ο' && i + 1 < folded.Length && folded[i + 1] == 'υ')
            {
                latin.Append("ou");
                i++;
            }
            else if (Letters.TryGetValue(folded[i], out var letters)) latin.Append(letters);
            else latin.Append(folded[i]);
        }
        return latin.ToString();
    }
}
