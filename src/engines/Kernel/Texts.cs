namespace Homeward.Kernel;

/// <summary>Texts as every encoding and every database takes them.</summary>
public static class Texts
{
    /// <summary>The text with U+FFFD in place of each half of a surrogate pair: a cut text may end in one, UTF-8 has none, and who is asked to normalise or to send it throws.</summary>
    public static string WellFormed(string text) =>
        text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? text : string.Concat(text.EnumerateRunes());
}
