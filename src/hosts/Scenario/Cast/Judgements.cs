using Homeward.Foundations.People;
using Homeward.Review;

namespace Homeward.Scenario.Cast;

/// <summary>How a scripted person judges a match: from what the page shows, by and large right, and now and then wrong.</summary>
/// <remarks>They know no truth. A blind reader sees no score, so goes by which fields agree.</remarks>
public sealed class Judgements(Chance chance)
{
    private const double SlipRate = 0.02;
    private const double SureFrom = 0.97;
    private const double UnlikelyBelow = 0.80;
    private static readonly string[] _exact = ["e-mail", "email", "phone", "screen name", "screenName", "identifier"];

    public Judgement Of(ShowMatch.Page page, string reader)
    {
        var seen = page.Probability is { } probability ? ByScore(probability) : ByFields(page);
        if (!chance.Happens(SlipRate, "slip/" + reader, $"{page.ReportNumber}/{page.Nic}")) return seen;
        return seen == Judgement.Same ? Judgement.NotSame : Judgement.Unsure;
    }

    private static Judgement ByScore(double probability) =>
        probability >= SureFrom ? Judgement.Same : probability < UnlikelyBelow ? Judgement.NotSame : Judgement.Unsure;

    private static Judgement ByFields(ShowMatch.Page page)
    {
        var agree = page.For.Select(bar => bar.Field).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (agree.Overlaps(_exact)) return Judgement.Same;
        if (page.Against.Count >= 2) return Judgement.NotSame;
        return agree.Count >= 3 ? Judgement.Same : page.Against.Count > 0 ? Judgement.NotSame : Judgement.Unsure;
    }
}
