using System.Text.Json;
using Homeward.Kernel;

namespace Homeward.Review.Ranking;

/// <summary>One published reason why a report ranks higher or lower.</summary>
/// <param name="Says">The reason in words, as the queue shows it.</param>
/// <param name="Source">Where the weight comes from; "Judgement" where it is one.</param>
public sealed record RiskRule(string Code, double Points, string Says, string Source);

/// <summary>The rules that held in a span of days.</summary>
/// <param name="ReferralThreshold">Risk from which on a no needs a second reader .</param>
/// <param name="MatchThresholdBits">Match weight from which on a no to a match does.</param>
/// <param name="AbuseTypes">Incident types that claim the abuse of a child .</param>
public sealed record RiskRuleSet(
    string Version, DateOnly From, DateOnly? To, double ReferralThreshold, double MatchThresholdBits, string MatchThresholdSays,
    IReadOnlyList<string> AbuseTypes, IReadOnlyList<RiskRule> Rules)
{
    private const double RiskMax = 100;

    /// <summary>The risk from 0 to 100, and every reason with its points.</summary>
    internal (double Risk, IReadOnlyList<string> Reasons) Rank(RiskFacts facts)
    {
        var risk = 0.0;
        var reasons = new List<string>();
        foreach (var rule in Rules)
        {
            if (!facts.Holds(rule.Code)) continue;
            risk += rule.Points;
            reasons.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{rule.Says} ({rule.Points:+0;-0})"));
        }
        return (Math.Clamp(risk, 0, RiskMax), reasons);
    }
}

/// <summary>Dated, published rules by which the queue is ranked. Nothing here is learned, nothing filters out.</summary>
/// <remarks>Race, religion, nationality and a neighbourhood's wealth are no inputs: <see cref="RiskFacts"/> has no place for them.</remarks>
public static class RiskRules
{
    private static readonly RiskRuleSet[] _sets = Load();

    public static IReadOnlyList<RiskRuleSet> All => _sets;

    public static RiskRuleSet On(DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(at.UtcDateTime);
        var found = _sets.SingleOrDefault(set => set.From <= day && (set.To is null || day <= set.To));
        Ensure.That(found is not null);
        return found;
    }

    private static RiskRuleSet[] Load()
    {
        using var stream = typeof(RiskRules).Assembly.GetManifestResourceStream("Homeward.Review.risk-rules.json");
        Ensure.That(stream is not null);
        var sets = JsonSerializer.Deserialize<RiskRuleSet[]>(stream, JsonSerializerOptions.Web)!;
        // A rule that no fact answers would silently weigh nothing.
        foreach (var rule in sets.SelectMany(set => set.Rules)) RiskFacts.None.Holds(rule.Code);
        return sets;
    }
}
