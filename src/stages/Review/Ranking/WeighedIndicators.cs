namespace Homeward.Review.Ranking;

/// <summary>What the rules make of reports, worked out once for all that show the same indicators: among thousands these are a few dozen.</summary>
/// <remarks>For one thread at a time.</remarks>
internal sealed class WeighedIndicators(RiskRuleSet rules)
{
    public RiskRuleSet Rules => rules;

    private readonly Dictionary<Indicators, (double Risk, string Reasons)> _known = [];

    /// <returns>The risk, and every reason with its points, one a line.</returns>
    public (double Risk, string Reasons) Of(Indicators held)
    {
        if (_known.TryGetValue(held, out var known)) return known;
        return _known[held] = (rules.RiskOf(held), string.Join('\n', rules.ReasonsOf(held)));
    }
}
