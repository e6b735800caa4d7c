using Homeward.Foundations.Places;

namespace Homeward.Foundations.Pages;

/// <summary>Field offices by name: a code is for programs and for those who must type one.</summary>
public static class OfficeWords
{
    /// <param name="code">Null is said as <paramref name="otherwise"/>; a code that is no office's stays as it is.</param>
    public static string Of(string? code, string otherwise = "the nation") =>
        code is null ? otherwise : Gazetteer.Default.Offices.WithCode(code)?.Name ?? code;

    /// <summary>All offices of a day by name, for a choice.</summary>
    public static IReadOnlyList<FieldOffice> On(DateOnly day) =>
        [.. Gazetteer.Default.OfficesOn(day).OrderBy(office => office.Name, StringComparer.Ordinal)];
}
