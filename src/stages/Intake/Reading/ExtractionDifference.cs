using System.Globalization;
using Homeward.Intake.Model;
using Homeward.Kernel;

namespace Homeward.Intake.Reading;

/// <summary>One value that a newer extractor draws otherwise.</summary>
/// <param name="What">identifier, person, file, or the report's own field.</param>
/// <param name="Kind">Which kind of identifier, or which field.</param>
/// <param name="Path">Where in the original it stands; empty for a field.</param>
/// <param name="Before">Null: it is new; <paramref name="After"/> null: it is gone.</param>
public sealed record ExtractionChange(string What, string Kind, string Path, string? Before, string? After);

/// <summary>Holds two extractions of the same bytes against each other, row by row. All that either says stands in the changes, so that the older can be told from the newer.</summary>
internal static class ExtractionDifference
{
    public const string Identifier = "identifier", Person = "person", File = "file", Field = "field";

    public static IReadOnlyList<ExtractionChange> Between(ReportVersion before, ReportVersion after) =>
    [
        .. Fields(before, after),
        .. Rows(Person, before.Parts.Persons.Select(row => (row.Role.ToString().ToLowerInvariant(), row.Path, Text(row))), after.Parts.Persons.Select(row => (row.Role.ToString().ToLowerInvariant(), row.Path, Text(row)))),
        .. Rows(Identifier, before.Parts.Identifiers.Select(row => (row.Kind, row.Path, Text(row))), after.Parts.Identifiers.Select(row => (row.Kind, row.Path, Text(row)))),
        .. Rows(File, before.Parts.Files.Select(row => ("", row.Path, Text(row))), after.Parts.Files.Select(row => ("", row.Path, Text(row)))),
    ];

    /// <summary>What stands on both sides is left out; of the rest, one that is gone and one that is new at the same place are one that changed.</summary>
    private static IEnumerable<ExtractionChange> Rows(string what, IEnumerable<(string Kind, string Path, string Text)> before, IEnumerable<(string Kind, string Path, string Text)> after)
    {
        var (gone, news) = (before.ToList(), new List<(string Kind, string Path, string Text)>());
        foreach (var row in after)
            if (!gone.Remove(row)) news.Add(row);
        foreach (var (kind, path, text) in gone)
        {
            var other = news.FindIndex(row => row.Kind == kind && row.Path == path);
            yield return new(what, kind, path, text, other < 0 ? null : news[other].Text);
            if (other >= 0) news.RemoveAt(other);
        }
        foreach (var (kind, path, text) in news) yield return new(what, kind, path, null, text);
    }

    private static IEnumerable<ExtractionChange> Fields(ReportVersion before, ReportVersion after)
    {
        (string Name, string? Before, string? After)[] fields =
        [
            ("provider", before.Provider, after.Provider), ("platform", before.Platform, after.Platform), ("incident type", before.IncidentType, after.IncidentType),
            ("incident time", Iso(before.IncidentAt), Iso(after.IncidentAt)), ("zone of the incident time known", Yes(before.IncidentZoneKnown), Yes(after.IncidentZoneKnown)),
            ("urgency claimed", Yes(before.EscalationClaimed), Yes(after.EscalationClaimed)), ("stands for many copies", Yes(before.IsBatched), Yes(after.IsBatched)),
            ("mark", before.Disposition?.ToString(), after.Disposition?.ToString()), ("priority", Number(before.Priority), Number(after.Priority)),
            ("bundle", before.Bundle, after.Bundle), ("urgent", before.Urgent.ToString(), after.Urgent.ToString()),
        ];
        return fields.Where(field => field.Before != field.After).Select(field => new ExtractionChange(Field, field.Name, "", field.Before, field.After));
    }

    private static string Text(PersonPart row) => Joined(
        ("name", $"{row.Given} {row.Family}".Trim()), ("also", row.OtherNames.Replace('\n', ',')), ("born", row.Born.ToString()), ("age", Number(row.Age)), ("sex", row.Sex),
        ("street", row.Street), ("city", row.City), ("state", row.State), ("ZIP", row.Zip));

    private static string Text(IdentifierPart row) => Joined(("", row.Value), ("person", Number(row.Person + 1)), ("seen", Iso(row.At)));

    private static string Text(FilePart row) => Joined(
        ("", row.FileId ?? "no id"), ("viewed by the provider", row.ViewedByProvider.ToString()), ("publicly available", row.PubliclyAvailable.ToString()), ("class", row.Classification));

    private static string Joined(params (string Name, string? Value)[] parts) =>
        string.Join("; ", parts.Where(part => !string.IsNullOrEmpty(part.Value)).Select(part => part.Name.Length == 0 ? part.Value : $"{part.Name} {part.Value}"));

    private static string? Iso(DateTimeOffset? at) => at is { } instant ? Instants.Truncate(instant).UtcDateTime.ToString("O", CultureInfo.InvariantCulture) : null;
    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);
    private static string Yes(bool holds) => holds ? "yes" : "no";
}
