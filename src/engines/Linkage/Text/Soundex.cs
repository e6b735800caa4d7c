namespace Homeward.Linkage;

/// <summary>American Soundex, as the National Archives describe it. For blocking only: it never adds weight alone.</summary>
public static class Soundex
{
    private const string Codes = "01230120022455012623010202";

    /// <summary>The codes of the words of a folded text; words without a letter have none.</summary>
    internal static int[] CodesOf(ReadOnlySpan<char> folded)
    {
        var codes = new List<int>(2);
        foreach (var word in folded.Split(' ')) if (Code(folded[word]) is not 0 and var code) codes.Add(code);
        return [.. codes];
    }

    /// <param name="folded">A folded word; other signs than a to z are passed over.</param>
    /// <returns>Letter and three digits packed in an int ("r163" as 'r', 1, 6, 3), or 0 where there is no letter.</returns>
    public static int Code(ReadOnlySpan<char> folded)
    {
        int code = 0, length = 0;
        var last = '0';
        foreach (var letter in folded)
        {
            if (letter is < 'a' or > 'z') continue;
            var digit = Codes[letter - 'a'];
            if (length == 0) (code, length) = (letter, 1);
            else if (digit != '0' && digit != last) (code, length) = ((code << 8) | digit, length + 1);
            // h and w do not part two letters of one code; vowels do.
            if (letter is not ('h' or 'w')) last = digit;
            if (length == 4) return code;
        }
        for (; length is > 0 and < 4; length++) code = (code << 8) | '0';
        return code;
    }
}
