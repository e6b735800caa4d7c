using Homeward.Intake;
using Homeward.Kernel;

namespace Homeward.Review.Ranking;

/// <summary>All that a report's rank may rest on, and nothing else: no name, no sex, no place but whether it lies in the United States.</summary>
/// <param name="TopProbability">Of its best proposed match; null when it matches nobody.</param>
/// <param name="IsSoughtAtRisk">What the entry of that match says, and so the three after it.</param>
/// <param name="YoungestAge">Of the persons named as victims; null when no age is told.</param>
/// <param name="SinceIncident">From the incident to the receipt of the report.</param>
internal sealed record RiskFacts(
    bool ImminenceClaimed, int? Priority, string? Disposition, string IncidentType, bool IsBundled, double? TopProbability,
    bool IsSoughtAtRisk, bool IsSoughtFromCare, bool HasSoughtIndicators, bool IsSoughtEndangered,
    int? YoungestAge, bool NamesVictim, TimeSpan? SinceIncident, bool IsInUnitedStates)
{
    public static RiskFacts Of(ReportGist report, double? topProbability, EntryGist? sought, Nexus nexus)
    {
        int? youngest = null;
        var namesVictim = false;
        foreach (var person in report.Persons)
        {
            if (person.Role != "victim") continue;
            namesVictim |= AbuseClaim.IsIdentifiable(person);
            var age = person.Age ?? person.Born.AgeOn(DateOnly.FromDateTime(report.ReceivedAt.UtcDateTime))?.Max;
            if (age < youngest || youngest is null) youngest = age;
        }
        return new(
            report.EscalationClaimed, report.Priority, report.Disposition, report.IncidentType, report.Bundle is not null, topProbability,
            sought is { AtRisk: true }, sought is { Custody: "foster" }, sought is { Indicators.Count: > 0 }, sought is { Category: "EME" or "EMI" },
            youngest, namesVictim,
            report.IncidentAt is { } at ? report.ReceivedAt - at : null, nexus == Nexus.UnitedStates);
    }

    /// <summary>The published indicators that hold: stored with the report, so that other weights can be tried without reading it again.</summary>
    public Indicators Indicators()
    {
        var bits = 0L;
        for (var place = 0; place < Ranking.Indicators.Codes.Count; place++)
            if (Holds(Ranking.Indicators.Codes[place])) bits |= 1L << place;
        return new(bits);
    }

    private bool Holds(string code) => code switch
    {
        "match-strong" => TopProbability >= 0.95,
        "match-likely" => TopProbability is >= 0.5 and < 0.95,
        "match-possible" => TopProbability < 0.5,
        "sought-at-risk" => IsSoughtAtRisk,
        "sought-from-care" => IsSoughtFromCare,
        "sought-indicators" => HasSoughtIndicators,
        "sought-endangered" => IsSoughtEndangered,
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
        _ => throw new BrokenInvariantException($"no fact answers to the indicator {code}"),
    };
}
