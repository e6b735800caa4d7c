namespace Homeward.Exchange;

/// <summary>Vehicle identification numbers: which texts can be one, and whether the ninth sign checks the others.</summary>
/// <remarks>49 CFR 565.15: 17 signs since model year 1981. Only North America asks for the check digit; elsewhere any sign stands there.</remarks>
public static class Vins
{
    private const int Signs = 17, CheckAt = 8;
    /// <summary>The first model year whose numbers have one form.</summary>
    private const int OneFormSince = 1981;
    private const int OldSignsMin = 5, OldSignsMax = 20;

    /// <summary>What each letter counts, from A on; 0 for those that no number has.</summary>
    private const string LetterCounts = "12345678012345070923456789";
    private static readonly int[] _weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

    /// <param name="year">Of the vehicle: what was built before 1981 has a number in its maker's own form. Null when not stated.</param>
    public static bool IsWellFormed(string text, int? year) => year < OneFormSince
        ? text.Length is >= OldSignsMin and <= OldSignsMax && text.All(char.IsAsciiLetterOrDigit)
        : text.Length == Signs && text.All(sign => char.IsAsciiDigit(sign) || CountOf(sign) > 0);

    /// <summary>False: mistyped, or made for a market without check digits. Null for a number of another form, which has none.</summary>
    public static bool? Checks(string vin)
    {
        if (!IsWellFormed(vin, null)) return null;
        var rest = vin.Select((sign, index) => CountOf(sign) * _weights[index]).Sum() % 11;
        return char.ToUpperInvariant(vin[CheckAt]) == (rest == 10 ? 'X' : (char)('0' + rest));
    }

    private static int CountOf(char sign) =>
        char.IsAsciiDigit(sign) ? sign - '0' : char.IsAsciiLetter(sign) ? LetterCounts[char.ToUpperInvariant(sign) - 'A'] - '0' : 0;
}
