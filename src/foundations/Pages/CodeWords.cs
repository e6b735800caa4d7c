using Homeward.Foundations.Places;

namespace Homeward.Foundations.Pages;

/// <summary>Codes of NCIC and of the field's other lists (data/codes.csv) in words, the code in brackets: "Brown (BRO)".</summary>
public static class CodeWords
{
    /// <param name="set">The list: <c>hair_color</c>.</param>
    /// <returns>What is on no list as it was written; null of null.</returns>
    public static string? Of(string set, string? code) =>
        code is not null && Gazetteer.Default.Codes.LabelOf(set, code.Trim()) is { } label ? $"{label} ({code.Trim()})" : code;

    /// <summary>Beside a name: "female".</summary>
    public static string? Sex(string? code) => code switch
    {
        "F" => "female",
        "M" => "male",
        _ => code,
    };
}
