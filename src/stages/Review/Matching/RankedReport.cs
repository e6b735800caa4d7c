using Homeward.Foundations.Places;
using Homeward.Intake;
using Homeward.Review.Ranking;

namespace Homeward.Review.Matching;

/// <summary>What the rules say of one report with the matches that were found for it.</summary>
/// <param name="Reasons">One a line.</param>
internal sealed record Ranking(Nexus Nexus, Indicators Held, double Risk, string Reasons);

/// <summary>A report with what was found for it, and its place in the queue by the rules in force. Nothing in it waits for the database.</summary>
internal sealed record RankedReport(ReportGist Gist, IReadOnlyList<Hit> Hits, Ranking Ranking, RiskRuleSet Rules)
{
    public double? TopWeight { get; } = Hits.Count == 0 ? null : Hits.Max(hit => hit.Weight);
    public PlaceQuery? Place { get; } = ReportPlaces.FirstOf(Gist);
    public string? PlaceTold { get; } = ReportPlaces.Told(Gist);
    public string? AbuseKey { get; } = AbuseClaim.KeyOf(Gist, Rules);
    public bool IsAboveThreshold => Rules.IsAbove(Ranking.Risk, TopWeight);
    public bool ImminentClaimed => Gist.EscalationClaimed || Gist.Priority == 1;
}
