using Homeward.Intake;
using Homeward.Kernel;

namespace Homeward.Review.Ranking;

/// <summary>Whether a report claims the abuse of a child who can be known, and which duty that makes .</summary>
internal static class AbuseClaim
{
    public static bool IsIdentifiable(ReportPerson person) =>
        person.Phones.Count > 0 || person.Emails.Count > 0 || person.ScreenNames.Count > 0
        || !Names.IsPlaceholder($"{person.Given} {person.Family}");

    /// <summary>One duty for each child, incident and place, not for each report. Hashed: a key holds no name.</summary>
    /// <returns>Null when no identifiable child is named, or the incident is no abuse.</returns>
    public static string? KeyOf(ReportGist report, RiskRuleSet rules)
    {
        if (!rules.AbuseTypes.Contains(report.IncidentType)) return null;
        if (report.Persons.FirstOrDefault(person => person.Role == "victim" && IsIdentifiable(person)) is not { } child) return null;
        var who = Names.IsPlaceholder($"{child.Given} {child.Family}")
            ? string.Join('|', Matching.Probes.IdentifierWordsOf(child))
            : $"{Names.Fold(child.Given)}|{Names.Fold(child.Family)}|{child.Born}";
        var what = $"{report.IncidentType}|{Names.Fold(child.Place?.City)}|{Names.Fold(child.Place?.State)}";
        var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{who}|{what}"));
        return $"abuse/{Convert.ToHexStringLower(hash.AsSpan(0, 12))}";
    }
}
