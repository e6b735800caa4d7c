using System.Globalization;
using Homeward.Kernel;

namespace Homeward.Review.Ranking;

/// <summary>One published reason why a report ranks higher or lower.</summary>
/// <param name="Says">The reason in words, as the queue shows it.</param>
/// <param name="Source">Where the weight comes from; begins with "Judgement" where it is one.</param>
/// <param name="On">A rule that is off weighs nothing and stays in the list.</param>
public sealed record RiskRule(string Code, double Points, string Says, string Source, bool On = true)
{
    public const string Judgement = "Judgement";

    public bool IsJudgement => Source.StartsWith(Judgement, StringComparison.OrdinalIgnoreCase);
}

/// <summary>One version of the rules.</summary>
/// <param name="ReferralThreshold">Risk from which on a no needs a second reader .</param>
/// <param name="MatchThresholdBits">Match weight from which on a no to a match does.</param>
/// <param name="AbuseTypes">Incident types that claim the abuse of a child: law, not weight, and no part of a proposal.</param>
public sealed record RiskRuleSet(
    string Version, double ReferralThreshold, double MatchThresholdBits, IReadOnlyList<string> AbuseTypes, IReadOnlyList<RiskRule> Rules)
{
    internal const double RiskMax = 100;

    public string ThresholdSays => string.Create(CultureInfo.InvariantCulture,
        $"A match of at least {100 / (1 + Math.Pow(2, -MatchThresholdBits)):0} in 100, or a report ranked {ReferralThreshold:0.##} or higher, is above the referral threshold.");

    /// <summary>The risk from 0 to 100.</summary>
    internal double RiskOf(Indicators held) => Math.Clamp(Rules.Where(rule => rule.On && held.Has(rule.Code)).Sum(rule => rule.Points), 0, RiskMax);

    /// <summary>Every reason with its points, in the order of the rules.</summary>
    internal IReadOnlyList<string> ReasonsOf(Indicators held) =>
        [.. Rules.Where(rule => rule.On && held.Has(rule.Code))
            .Select(rule => string.Create(CultureInfo.InvariantCulture, $"{rule.Says} ({rule.Points:+0.##;-0.##;0})"))];

    internal bool IsAbove(double risk, double? topWeight) => risk >= ReferralThreshold || topWeight >= MatchThresholdBits;
}

/// <summary>The first version, as the program brings it. Later ones are proposed and put in force by people: <see cref="RiskRuleBook"/>.</summary>
/// <remarks>
/// nothing here is learned, nothing filters out. R-16: race, religion, nationality and a neighbourhood's wealth are
/// no inputs; <see cref="RiskFacts"/> has no place for them.
/// </remarks>
internal static class ShippedRules
{
    public static RiskRuleSet First { get; } = Load();

    private static RiskRuleSet Load()
    {
        var first = EmbeddedJson.Read<RiskRuleSet>(typeof(ShippedRules), "Homeward.Review.risk-rules.json");
        foreach (var rule in first.Rules) Ensure.That(Indicators.IsKnown(rule.Code), rule.Code);
        return first;
    }
}
