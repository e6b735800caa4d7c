using System.Text.RegularExpressions;

namespace Homeward.Exchange;

/// <summary>Number plates of vehicles: in the form in which they can be compared, and where a text names one.</summary>
/// <remarks>
/// The same plate is written "KS 123-ABC", "123 ABC (Kansas)" and "123abc". What is compared is its letters and digits alone: issuers name
/// the state or leave it out, and a plate that two states gave out is looked at by a person either way. O and 0 stay two signs.
/// </remarks>
public static partial class Plates
{
    /// <summary>Plates of the states have up to eight signs; shorter ones than four are all over any text.</summary>
    private const int SignsMin = 4, SignsMax = 8;
    /// <summary>What NCIC's field takes: a plate of choice may be longer, and have no digit.</summary>
    private const int FieldSignsMax = 10;
    /// <summary>How far a plate may stand behind the word that names it, in characters.</summary>
    private const int TailMax = 40;
    /// <summary>Letters of a plate before its digits, and after them.</summary>
    private const int LettersBefore = 4, LettersAfter = 3;

    private static readonly HashSet<string> _states = new((
        "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA "
        + "WA WV WI WY AS GU MP PR VI").Split(' '), StringComparer.OrdinalIgnoreCase);

    /// <summary>A text that is a plate, with its state or without: letters and digits in capitals. Null when it can be none.</summary>
    public static string? Normal(string text)
    {
        if (text.Length > TailMax) return null;
        var words = Words(StateNames().Replace(text, " "));
        if (words.Exists(word => !word.All(char.IsAsciiLetterOrDigit))) return null;
        // "KS 1234", and not "KS 12": what is left must still be a plate.
        if (words.Count > 1 && _states.Contains(words[0]) && Plate(words[1..]) is { } behind) return behind;
        if (words.Count > 1 && _states.Contains(words[^1]) && Plate(words[..^1]) is { } before) return before;
        return Plate(words);
    }

    /// <summary>Whether a field for a plate can hold this: letters and digits, ten at most, with the state or without. Not each has a form to compare it by.</summary>
    public static bool CanBe(string text) => Normal(text) is not null
        || (text.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is ' ' or '-' or '.') && text.Count(char.IsAsciiLetterOrDigit) is > 0 and <= FieldSignsMax);

    /// <summary>The plates that a text names as such: "plate KS 123 ABC", "license no. 123ABC". Nothing else in it is taken for one.</summary>
    public static IReadOnlyList<string> In(string text)
    {
        List<string>? found = null;
        foreach (Match label in Labels().Matches(text))
        {
            var tail = text.AsSpan(label.Index + label.Length);
            var end = tail.IndexOfAny(",;\r\n");
            tail = tail[..Math.Min(end < 0 ? tail.Length : end, TailMax)];
            if (Beginning(Words(StateNames().Replace(tail.ToString(), " "))) is { } plate) (found ??= []).Add(plate);
        }
        return found is null ? [] : [.. found.Distinct()];
    }

    /// <summary>As much of the words as makes a plate: "KS 123 abc sedan" has letters after its digits only where they are capitals.</summary>
    private static string? Beginning(List<string> words)
    {
        var (plate, hasDigit) = ("", false);
        foreach (var word in words)
        {
            if (plate.Length == 0 && _states.Contains(word)) continue;
            var digits = word.Any(char.IsAsciiDigit);
            if (!word.All(char.IsAsciiLetterOrDigit) || plate.Length + word.Length > SignsMax) break;
            if (!digits && (hasDigit ? word.Length > LettersAfter || word.Any(char.IsAsciiLetterLower) : word.Length > LettersBefore)) break;
            (plate, hasDigit) = (plate + word, hasDigit || digits);
        }
        return hasDigit ? Plate([plate]) : null;
    }

    private static string? Plate(List<string> words)
    {
        var plate = string.Concat(words).ToUpperInvariant();
        return plate.Length is >= SignsMin and <= SignsMax && plate.Any(char.IsAsciiDigit) ? plate : null;
    }

    private static List<string> Words(string text) =>
        [.. text.Split([' ', '\t', '\u00a0', '(', ')', ',', ';', '/', ':', '#', '"'], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => string.Concat(word.Where(sign => sign is not ('-' or '.' or '\'' or '\u2013' or '\u00b7')))).Where(word => word.Length > 0)];

    [GeneratedRegex(@"\b(?:licen[cs]e\s+(?:plate|tag|no|number)|plate|tag|lic|registration)s?\b\.?(?:\s*(?:\b(?:number|no|nr|is)\b\.?|[#:=]))*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Labels();

    [GeneratedRegex(
        @"\b(?:Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|District of Columbia|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming|Guam|Puerto Rico)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex StateNames();
}
