using Homeward.Kernel;

namespace Homeward.Linkage;

/// <summary>Reads plain texts of the usual kinds from their bytes to their record, as <see cref="ValueReader"/> does by way of strings and objects.</summary>
/// <remarks>
/// Most of the distinct texts of a long list are names, dates and addresses in ASCII; for them an object each would be
/// most of the time that reading takes. Whatever is not plain is left to <see cref="ValueReader"/>. A property test holds both together.
/// </remarks>
internal static class PlainText
{
    /// <summary>Longer texts are left to the other reader; no fewer than are compared.</summary>
    public const int LettersMax = JaroWinkler.LettersMax;

    private const int DateLetters = 10;

    /// <summary>Placeholders are no longer than this.</summary>
    private const int PlaceholderLettersMax = 16;

    /// <param name="field">The field; a set only where the text has no separator.</param>
    /// <param name="text">The text, trimmed.</param>
    /// <param name="folded">Room for <see cref="LettersMax"/> letters; takes the folded ones.</param>
    /// <param name="length">How many these are; 0 where the text says nothing.</param>
    /// <param name="record">The record; the place of its letters is not in it yet.</param>
    /// <returns>False where the text is not plain.</returns>
    public static bool TryRead(Field field, ReadOnlySpan<byte> text, Span<byte> folded, out int length, out ValueRecord record)
    {
        (length, record) = (0, default);
        // Shares of names are read from tables by name: the other reader does that.
        if (text.IsEmpty || text.Length > LettersMax || field.Frequency != FrequencySource.Records || !System.Text.Ascii.IsValid(text)) return false;
        switch (field.Kind)
        {
            case FieldKind.Email:
                System.Text.Ascii.ToLower(text, folded, out length);
                break;
            case FieldKind.Date when IsIsoDay(text):
                text[..4].CopyTo(folded);
                text[5..7].CopyTo(folded[4..]);
                text[8..].CopyTo(folded[6..]);
                length = 8;
                break;
            case FieldKind.Text or FieldKind.GivenName or FieldKind.FamilyName or FieldKind.FullName:
                length = Fold(text, folded);
                break;
            default:
                return false;
        }
        Span<char> letters = stackalloc char[LettersMax];
        letters = letters[..System.Text.Encoding.Latin1.GetChars(text, letters)];
        if (ValueReader.SaysNothing(letters)) length = 0;
        letters = letters[..System.Text.Encoding.Latin1.GetChars(folded[..length], letters)];
        if (field.Kind is not (FieldKind.Email or FieldKind.Date or FieldKind.Text) && MayBePlaceholder(letters) && Names.IsPlaceholder(letters.ToString())) length = 0;
        if (length == 0) return true;
        var formalNames = field.Kind == FieldKind.GivenName ? NameTables.FormalNamesOf(letters.IndexOf(' ') is > 0 and var end ? letters[..end] : letters) : [];
        record = new(folded[..length], letters[..length], formalNames, isDay: field.Kind == FieldKind.Date);
        return true;
    }

    /// <summary>As <see cref="Transliteration.Fold"/> does with letters that have no marks.</summary>
    private static int Fold(ReadOnlySpan<byte> text, Span<byte> folded)
    {
        var length = 0;
        foreach (var letter in text)
        {
            if (char.IsAsciiLetter((char)letter)) folded[length++] = (byte)(letter | 0x20);
            else if (char.IsAsciiDigit((char)letter)) folded[length++] = letter;
            else if (letter is <= (byte)' ' or (byte)'-' or (byte)'_' or 0x7F && length > 0 && folded[length - 1] != ' ') folded[length++] = (byte)' ';
        }
        return length > 0 && folded[length - 1] == ' ' ? length - 1 : length;
    }

    private static bool IsIsoDay(ReadOnlySpan<byte> text) => text.Length == DateLetters && text[4] == '-' && text[7] == '-'
        && !text[..4].ContainsAnyExceptInRange((byte)'0', (byte)'9') && !text[5..7].ContainsAnyExceptInRange((byte)'0', (byte)'9') && !text[8..].ContainsAnyExceptInRange((byte)'0', (byte)'9');

    /// <summary>False for most names: what stands where a name should begins with one of few letters ("baby", "doe", "jane doe", "none", "unknown", "withheld").</summary>
    private static bool MayBePlaceholder(ReadOnlySpan<char> folded) =>
        folded.IsEmpty || (folded.Length <= PlaceholderLettersMax && folded[0] is 'b' or 'd' or 'j' or 'n' or 'u' or 'w');
}
