namespace Homeward.Outcomes.Pages;

/// <summary>Outcomes as pages say them.</summary>
internal static class OutcomeWords
{
    /// <summary>A phrase at the start of a line or cell.</summary>
    public static string Capital(string words) => words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];

    /// <summary>Where a record of a person comes from, in words: <c>missing-child/M230233843</c> is "entry M230233843".</summary>
    public static string Source(string source) => source.Split('/', 2) is [var kind, var number]
        ? $"{kind switch { "missing-child" => "entry", "finding" or "adult" or "arrest" or "custody" => "record", _ => kind.Replace('-', ' ') }} {number}"
        : source;
}
