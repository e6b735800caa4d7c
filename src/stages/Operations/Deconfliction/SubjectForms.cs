using Homeward.Exchange.CyberTips;
using Homeward.Kernel;

namespace Homeward.Operations;

/// <summary>A subject as somebody typed it, in the forms in which two that are written otherwise are equal.</summary>
internal static class SubjectForms
{
    private const string PhoneSigns = "+()-./ ,;&|";

    /// <returns>Each number of a phone field; else an address or a name. Empty where the text names nobody.</returns>
    public static IReadOnlyList<string> Of(string typed)
    {
        var text = TypedText.Bare(typed);
        if (NormalForms.Email(text) is { } address) return [address];
        if (text.All(sign => char.IsAsciiDigit(sign) || PhoneSigns.Contains(sign, StringComparison.Ordinal)))
        {
            var digits = string.Concat(text.Where(char.IsAsciiDigit));
            // A local number, or one of no plan: by its digits.
            return NormalForms.Phones(text) is { Count: > 0 } phones ? phones : digits.Length > 0 ? [digits] : [];
        }
        var name = Names.Fold(GivenFirst(text));
        return name.Length > 0 ? [name] : [];
    }

    /// <summary><c>Doe, John</c> is John Doe; what stands behind a second comma, <c>Jr.</c>, stays behind.</summary>
    private static string GivenFirst(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return parts.Length < 2 ? text : string.Join(' ', [parts[1], parts[0], .. parts[2..]]);
    }
}
