using System.Globalization;
using Homeward.Kernel;

namespace Homeward.Linkage;

/// <summary>Reads the text of one field. What says nothing ("unknown", a name that is a placeholder) becomes null.</summary>
internal static class ValueReader
{
    public static Value? Read(Field field, string text)
    {
        if (SaysNothing(text)) return null;
        return field.Kind switch
        {
            FieldKind.Text => OfFolded(text, Transliteration.Fold(text)),
            FieldKind.GivenName => Name(text, folded => new Value(text, folded)
            {
                FormalNames = NameTables.FormalNamesOf(FirstWord(folded)).ToArray(),
                Share = Share(field.Frequency, folded),
            }),
            FieldKind.FamilyName => Name(text, folded => new Value(text, folded) { Share = Share(field.Frequency, folded) }),
            FieldKind.FullName => Name(text, folded => new Value(text, folded)),
            FieldKind.Date => DateReader.Read(text, field.DateOrder),
            FieldKind.Place => Place(text),
            FieldKind.Phone => OfFolded(text, PhoneDigits(text)),
            FieldKind.Email => OfFolded(text, text.Trim().ToLowerInvariant()),
            FieldKind.ScreenName => OfFolded(text, text.Trim().TrimStart('@').ToLowerInvariant()),
            FieldKind.Identifier => OfFolded(text, Kept(text, char.IsLetterOrDigit)),
            FieldKind.Number => Number(text),
            FieldKind.Code => OfFolded(text, Names.Fold(text) is { Length: > 0 } folded ? folded : text.Trim()),
        };
    }

    /// <summary>Empty, or a word that lists use for "we do not know".</summary>
    public static bool SaysNothing(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.IsEmpty) return true;
        // Most texts begin otherwise, and need not be compared with each.
        return (text[0] | 0x20) is 'u' or 'n' or '-' or '?' && (Is(text, "unknown") || Is(text, "null") || Is(text, "nan") || Is(text, "none")
            || Is(text, "n/a") || Is(text, "not known") || Is(text, "-") || Is(text, "?"));

        static bool Is(ReadOnlySpan<char> text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);
    }

    private static Value? OfFolded(string text, string folded) => folded.Length == 0 ? null : new Value(text, folded);

    private static Value? Name(string text, Func<string, Value> make)
    {
        var folded = Transliteration.Fold(text);
        return Names.IsPlaceholder(folded) ? null : make(folded);
    }

    private static double Share(FrequencySource source, string folded) => source switch
    {
        FrequencySource.GivenNames => NameTables.GivenShare(FirstWord(folded)),
        FrequencySource.FamilyNames => NameTables.FamilyShare(folded),
        FrequencySource.Records => double.NaN,
    };

    private static string FirstWord(string folded) =>
        folded.IndexOf(' ', StringComparison.Ordinal) is > 0 and var end ? folded[..end] : folded;

    private static string PhoneDigits(string text)
    {
        var digits = Kept(text, char.IsAsciiDigit);
        return digits.Length == 11 && digits[0] == '1' ? digits[1..] : digits;
    }

    private static string Kept(string text, Func<char, bool> keeps) =>
        string.Concat(text.Where(keeps)).ToLowerInvariant();

    private static NumberValue? Number(string text)
    {
        var dots = text.IndexOf("..", StringComparison.Ordinal);
        if (!Parse(dots < 0 ? text : text[..dots], out var low)) return null;
        var high = low;
        if (dots >= 0 && (!Parse(text[(dots + 2)..], out high) || high < low)) return null;
        return new(text, string.Create(CultureInfo.InvariantCulture, $"{low}..{high}"), low, high);

        static bool Parse(string part, out double number) =>
            double.TryParse(part.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }

    private static PlaceValue? Place(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var named = at < 0 ? text : text[..at];
        var comma = named.LastIndexOf(',');
        var state = comma < 0 ? "" : Names.Fold(named[(comma + 1)..]);
        var town = Transliteration.Fold(comma < 0 ? named : named[..comma]);
        var (latitude, longitude) = at < 0 ? (double.NaN, double.NaN) : Point(text[(at + 1)..]);
        if (town.Length == 0 && state.Length == 0 && double.IsNaN(latitude)) return null;
        return new(named.Trim(), $"{town}, {state}") { State = state, Latitude = latitude, Longitude = longitude };
    }

    private static (double Latitude, double Longitude) Point(string text)
    {
        var parts = text.Split(',');
        return parts.Length == 2
            && double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var latitude)
            && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var longitude)
            && latitude is >= -90 and <= 90 && longitude is >= -180 and <= 180
                ? (latitude, longitude)
                : (double.NaN, double.NaN);
    }
}
