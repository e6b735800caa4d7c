using System.Globalization;
using Homeward.Kernel;

namespace Homeward.Review.Ranking;

/// <summary>What somebody would change in a version of the rules, as words that can be read, and judged before it is stored.</summary>
internal static class RuleEdits
{
    /// <summary>No single reason may decide a rank alone: the scale ends at 100, and the referral threshold stands at its middle.</summary>
    public const double PointsMax = 50;
    private const int SourceLengthMin = 3;
    private const int SourceLengthMax = 300;
    private const double BitsMin = -4;
    private const double BitsMax = 20;

    /// <returns>The rules as they would be; or every fault at once.</returns>
    public static Result<RiskRuleSet> Apply(RiskRuleSet based, string version, ProposeRules.Request edits)
    {
        var faults = new List<string>();
        if (edits.ReferralThreshold is not (null or (> 0 and <= RiskRuleSet.RiskMax))) faults.Add("The referral threshold lies above 0 and up to 100.");
        if (edits.MatchThresholdBits is not (null or (>= BitsMin and <= BitsMax))) faults.Add($"The threshold of a match lies between {BitsMin:0} and {BitsMax:0} bits.");
        var wanted = edits.Rules ?? new Dictionary<string, ProposeRules.Edit>();
        faults.AddRange(wanted.Keys.Where(code => based.Rules.All(rule => rule.Code != code)).Select(code => $"There is no rule \"{code}\"."));
        var rules = new List<RiskRule>();
        foreach (var rule in based.Rules)
        {
            var edit = wanted.GetValueOrDefault(rule.Code);
            var changed = edit is null ? rule : rule with { Points = edit.Points ?? rule.Points, On = edit.On, Source = edit.Source?.Trim() ?? rule.Source };
            if (!(Math.Abs(changed.Points) <= PointsMax)) faults.Add($"{rule.Says}: points lie between −{PointsMax:0} and {PointsMax:0}.");
            if (changed.Source.Length is < SourceLengthMin or > SourceLengthMax) faults.Add($"{rule.Says}: its source has {SourceLengthMin} to {SourceLengthMax} letters.");
            // Whose weight was moved by judgement may not go on under the name of a study.
            if (changed.Points != rule.Points && changed.Source == rule.Source && !rule.IsJudgement)
                faults.Add($"{rule.Says}: the weight changes, so say where the new one comes from, or begin the source with \"{RiskRule.Judgement}\".");
            rules.Add(changed);
        }
        var set = based with
        {
            Version = version, Rules = rules, ReferralThreshold = edits.ReferralThreshold ?? based.ReferralThreshold,
            MatchThresholdBits = edits.MatchThresholdBits ?? based.MatchThresholdBits,
        };
        if (faults.Count == 0 && Between(based, set).Count == 0) faults.Add("Nothing differs from the version in force.");
        return faults.Count == 0 ? set : Problem.Invalid("rules-invalid", string.Join(' ', faults), "Correct this and propose it again; nothing was stored.");
    }

    /// <summary>What a version changes in another, one sentence each.</summary>
    public static IReadOnlyList<string> Between(RiskRuleSet from, RiskRuleSet to)
    {
        var words = new List<string>();
        if (from.ReferralThreshold != to.ReferralThreshold) words.Add(Say($"Referral threshold: {from.ReferralThreshold:0.##} becomes {to.ReferralThreshold:0.##}"));
        if (from.MatchThresholdBits != to.MatchThresholdBits) words.Add(Say($"Threshold of a match: {from.MatchThresholdBits:0.##} bits become {to.MatchThresholdBits:0.##}"));
        foreach (var rule in to.Rules)
        {
            if (from.Rules.FirstOrDefault(one => one.Code == rule.Code) is not { } before)
            {
                words.Add(Say($"New: {rule.Says} ({rule.Points:+0.##;-0.##;0})"));
                continue;
            }
            if (before.On != rule.On) words.Add(rule.On ? $"On again: {rule.Says}" : $"Off: {rule.Says}");
            if (before.Points != rule.Points) words.Add(Say($"{rule.Says}: {before.Points:+0.##;-0.##;0} becomes {rule.Points:+0.##;-0.##;0}"));
            if (before.Source != rule.Source) words.Add($"{rule.Says}: its source is now \"{rule.Source}\"");
        }
        return words;

        static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }
}
