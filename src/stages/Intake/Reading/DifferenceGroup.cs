using System.Globalization;
using System.Text.RegularExpressions;
using Homeward.Foundations.Pages;

namespace Homeward.Intake.Reading;

/// <summary>Of whom or what a value is that two versions have otherwise.</summary>
public enum DifferenceOf
{
    /// <summary>Of the report, or of somebody or something in both versions.</summary>
    Both,
    /// <summary>Of a person or a file in the newer alone.</summary>
    New,
    /// <summary>Of a person or a file in the version before alone.</summary>
    Gone,
}

/// <summary>The differences that speak of one thing: a person, a file, or what is said of the report itself.</summary>
/// <param name="Of">The thing's place, as a path (<c>/report/personOrUserReported[2]</c>) or in words (<c>Victim 1</c>); empty for the report itself.</param>
internal sealed partial record DifferenceGroup(string Of, IReadOnlyList<ShowReport.Difference> Rows)
{
    /// <summary>Whether both documents have the thing.</summary>
    /// <remarks>Where no places tell: one field that only one side states is a change of the report; a thing all of whose fields are so came or went.</remarks>
    public bool IsChanged => Of.Length == 0 || Rows[0].Of == DifferenceOf.Both && (Of.StartsWith('/') || Rows.Count == 1 || !(IsAdded || IsRemoved));

    private bool IsAdded => Rows.All(row => row.Before is null);
    private bool IsRemoved => Rows.All(row => row.After is null);

    public string Title => Of.Length == 0 ? "The report itself" : Words(Of);

    /// <summary>"no longer there, with 12 values"; "3 differences".</summary>
    public string Told => IsChanged ? ListWords.Counted(Rows.Count, "difference", "differences")
        : $"{(IsAdded ? "new" : "no longer there")}, with {ListWords.Counted(Rows.Count, "value", "values")}";

    /// <summary>A field in words, without the thing that its group names already.</summary>
    public string Bare(string field) => Words(Of.Length > 0 && field.Length > Of.Length ? field[Of.Length..].TrimStart('/', ':', ' ') : field);

    /// <summary>In the order in which their first difference stands.</summary>
    public static IReadOnlyList<DifferenceGroup> ThingsOf(IReadOnlyList<ShowReport.Difference> differences) =>
        [.. differences.GroupBy(one => (Of: Place(one.Field), one.Of)).Select(group => new DifferenceGroup(group.Key.Of, [.. group]))];

    /// <summary>Down to the first thing of which there may be several: what has a number in its path, or before its colon in words.</summary>
    private static string Place(string field) => Numbered().Match(field) is { Success: true } found ? found.Value : "";

    /// <summary>A path as words: "/reportedPersons/0/emails/emails/1/value" is "Reported person 1, email 2, value". What is no path stays.</summary>
    private static string Words(string path)
    {
        if (!path.Contains('/', StringComparison.Ordinal) && !path.Contains('[', StringComparison.Ordinal) && !IsName(path)) return path;
        var parts = new List<(string Name, int? Number)>();
        foreach (var segment in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var bracket = segment.IndexOf('[', StringComparison.Ordinal);
            if (int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && parts.Count > 0) parts[^1] = (parts[^1].Name, index + 1);
            else if (bracket > 0 && int.TryParse(segment.AsSpan(bracket + 1).TrimEnd(']'), NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal))
                parts.Add((segment[..bracket], ordinal));
            // A list inside the thing of its name says the name twice.
            else if (parts.Count == 0 || parts[^1].Name != segment || parts[^1].Number is not null) parts.Add((segment, null));
        }
        // The wrappers around everything say nothing.
        var told = parts.Where(part => part.Name is not ("report" or "reportedInformation" or "reportedPeople") || parts.Count == 1).Select(Told).ToList();
        return told.Count == 0 ? path : char.ToUpperInvariant(told[0][0]) + string.Join(", ", told)[1..];

        static string Told((string Name, int? Number) part)
        {
            var words = Humps().Replace(part.Name, match => $" {match.Value.ToLowerInvariant()}").Trim();
            return part.Number is not { } number ? words
                : string.Create(CultureInfo.InvariantCulture, $"{(words.EndsWith('s') && !words.EndsWith("ss", StringComparison.Ordinal) ? words[..^1] : words)} {number}");
        }
    }

    private static bool IsName(string text) => text.Length > 0 && text.All(char.IsAsciiLetter) && char.IsAsciiLetterLower(text[0]);

    [GeneratedRegex(@"^(?:/[A-Za-z]\w*)+?/\d+(?=/|$)|^[^\[]*\[\d+\]|^[^,:/]+? \d+(?=:)|^File [^:]+(?=:)")]
    private static partial Regex Numbered();

    [GeneratedRegex("(?<=[a-z])[A-Z]")]
    private static partial Regex Humps();
}
