namespace Homeward.Exchange;

/// <summary>Originating agency identifiers, as the FBI gives them out.</summary>
public static class Oris
{
    /// <summary>Nine characters, capital letters and digits, of which the first two are letters: a state or <c>XX</c>.</summary>
    public static bool IsWellFormed(string? ori)
    {
        if (ori is not { Length: 9 } || !char.IsAsciiLetterUpper(ori[0]) || !char.IsAsciiLetterUpper(ori[1])) return false;
        foreach (var c in ori)
        {
            if (!char.IsAsciiLetterUpper(c) && !char.IsAsciiDigit(c)) return false;
        }
        return true;
    }
}
