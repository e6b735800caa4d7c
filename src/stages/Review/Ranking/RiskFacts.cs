using Homeward.Intake;
using Homeward.Kernel;

namespace Homeward.Review.Ranking;

/// <summary>All that a report's rank may rest on, and nothing else .</summary>
/// <param name="TopProbability">Of its best proposed match; null when it matches nobody.</param>
/// <param name="Sought">The entry of that match.</param>
/// <param name="YoungestAge">Of the persons named as victims; null when no age is told.</param>
/// <param name="SinceIncident">From the incident to the receipt of the report.</param>
internal sealed record RiskFacts(
    bool ImminenceClaimed, int? Priority, string? Disposition, string IncidentType, bool IsBundled, double? TopProbability, EntryGist? Sought,
    int? YoungestAge, bool NamesVictim, TimeSpan? SinceIncident, bool IsInUnitedStates)
{
    public static readonly RiskFacts None = new(false, null, null, "", false, null, null, null, false, null, false);

    public static RiskFacts Of(ReportGist report, double? topProbability, EntryGist? sought, Nexus nexus)
    {
        var victims = report.Persons.Where(person => person.Role == "victim").ToList();
        var ages = victims.Select(person => person.Age ?? person.Born.AgeOn(DateOnly.FromDateTime(report.ReceivedAt.UtcDateTime))?.Max)
            .OfType<int>().ToList();
        return new(
            report.EscalationClaimed, report.Priority, report.Disposition, report.IncidentType, report.Bundle is not null,
            topProbability, sought, ages.Count > 0 ? ages.Min() : null, victims.Exists(AbuseClaim.IsIdentifiable),
            report.IncidentAt is { } at ? report.ReceivedAt - at : null, nexus == Nexus.UnitedStates);
    }

    public bool Holds(string code) => code switch
    {
        "match-strong" => TopProbability >= 0.95,
        "match-likely" => TopProbability is >= 0.5 and < 0.95,
        "match-possible" => TopProbability < 0.5,
        "sought-at-risk" => Sought is { AtRisk: true },
        "sought-from-care" => Sought is { Custody: "foster" },
        "sought-indicators" => Sought is { Indicators.Count: > 0 },
        "sought-endangered" => Sought is { Category: "EME" or "EMI" },
        "imminence-claimed" => ImminenceClaimed,
        "ncmec-priority-1" => Priority == 1,
        "ncmec-priority-2" => Priority == 2,
        "ncmec-referral" => Disposition == "referral",
        "type-trafficking" => IncidentType.Contains("Trafficking", StringComparison.Ordinal),
        "type-enticement" => IncidentType.Contains("Enticement", StringComparison.Ordinal),
        "type-molestation" => IncidentType.Contains("Molestation", StringComparison.Ordinal),
        "age-under-13" => YoungestAge < 13,
        "age-13-to-17" => YoungestAge is >= 13 and <= 17,
        "names-a-victim" => NamesVictim,
        "incident-fresh" => SinceIncident <= TimeSpan.FromDays(2),
        "incident-recent" => SinceIncident > TimeSpan.FromDays(2) && SinceIncident <= TimeSpan.FromDays(14),
        "in-united-states" => IsInUnitedStates,
        "one-of-a-bundle" => IsBundled,
        _ => throw new BrokenInvariantException($"no fact answers to the risk rule {code}"),
    };
}

/// <summary>Whether a report claims the abuse of a child who can be known, and which duty that makes .</summary>
internal static class AbuseClaim
{
    public static bool IsIdentifiable(ReportPerson person) =>
        !Names.IsPlaceholder($"{person.Given} {person.Family}")
        || person.Phones.Count > 0 || person.Emails.Count > 0 || person.ScreenNames.Count > 0;

    /// <summary>One duty for each child, incident and place, not for each report. Hashed: a key holds no name.</summary>
    /// <returns>Null when no identifiable child is named, or the incident is no abuse.</returns>
    public static string? KeyOf(ReportGist report, RiskRuleSet rules)
    {
        if (!rules.AbuseTypes.Contains(report.IncidentType)) return null;
        if (report.Persons.FirstOrDefault(person => person.Role == "victim" && IsIdentifiable(person)) is not { } child) return null;
        var who = Names.IsPlaceholder($"{child.Given} {child.Family}")
            ? string.Join('|', Matching.Probes.IdentifiersOf(child))
            : $"{Names.Fold(child.Given)}|{Names.Fold(child.Family)}|{child.Born}";
        var what = $"{report.IncidentType}|{Names.Fold(child.Place?.City)}|{Names.Fold(child.Place?.State)}";
        var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{who}|{what}"));
        return $"abuse/{Convert.ToHexStringLower(hash.AsSpan(0, 12))}";
    }
}
