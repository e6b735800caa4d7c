using Homeward.Foundations.People;
using Homeward.Review;

namespace Homeward.Scenario.Cast;

/// <summary>How a scripted person judges a match: from what the page shows, by and large right, and now and then wrong.</summary>
/// <remarks>
/// They know no truth. Like a careful reader they want something that few people share: an account or number, or a whole
/// birth date with the names. A name and a town are not enough, for there are others of that name. An account that is only
/// written alike is another's. A number alone, or a birth date with a wrong digit beside the very names, is enough in the same
/// region, and elsewhere where NCMEC marks the child at risk and the report is of that kind. Where the names fit a second
/// candidate nearly as well nobody can say, and whoever was found to be one child is not taken for another. Another family name
/// beside the same date in the same town may be a slip of the pen. A hurried first reader slips more often than one who reads
/// again because somebody asks; a supervisor with both views before them does not slip.
/// </remarks>
public sealed class Judgements(Chance chance)
{
    private const double SlipRate = 0.02, SlipRateAgain = 0.005;
    private const string First = "first", Settles = "settles";
    private static readonly string[] _accounts = ["phone", "mail", "screen", "identifier"];
    private static readonly string[] _names = ["given name", "family name", "alias"];

    /// <param name="reader">In which place: first, second, reading (a no again), settles.</param>
    public Judgement Of(ShowMatch.Page page, string reader)
    {
        var seen = Seen(page);
        var rate = reader switch { First => SlipRate, Settles => 0, _ => SlipRateAgain };
        if (!chance.Happens(rate, "slip/" + reader, $"{page.ReportNumber}/{page.Nic}")) return seen;
        return seen == Judgement.Same ? Judgement.NotSame : Judgement.Unsure;
    }

    /// <summary>True where the same names may mean another of the report's candidates, so that nobody can say which of them.</summary>
    /// <remarks>An account that is shared, or both names and the whole date the very same, no other candidate can contest.</remarks>
    public static bool IsContestedBy(ShowMatch.Page page, ShowMatch.Page other)
    {
        if (!CanBeContested(page)) return false;
        if (other.For.Any(IsSharedAccount)) return true;
        var isNear = other.For.Any(IsWholeBirthDate) || other.For.Any(IsOneDigitOff);
        return isNear && (page.For.Any(IsOneDigitOff) ? DoNamesAgree(other) : other.For.Count(IsSameName) >= 2);
    }

    /// <summary>A yes was said before and waits for another's word: who holds the person for one child looks for no second one.</summary>
    public static bool IsHeldForTheChild(ShowMatch.Page page) => page.State is MatchState.AwaitsSecond or MatchState.Disputed;

    public static bool CanBeContested(ShowMatch.Page page) =>
        !page.For.Any(IsSharedAccount) && !(page.For.Count(IsSameName) >= 2 && page.For.Any(IsSameBirthDate));

    private static Judgement Seen(ShowMatch.Page page)
    {
        var namesAgree = DoNamesAgree(page);
        var namesDiffer = page.Against.Any(bar => _names.Contains(bar.Field));
        var bornDiffers = page.Against.Any(bar => bar.Field == "birth date");
        var elsewhere = page.Against.Any(bar => bar.Field == "place");
        var shared = page.For.Where(IsSharedAccount).ToList();
        if (shared.Count > 0)
        {
            var isNumberAlone = shared.TrueForAll(bar => bar.Field == "phone") && !page.For.Any(bar => bar.Field == "birth date" || _names.Contains(bar.Field));
            return (namesDiffer && bornDiffers) || (isNumberAlone && elsewhere && !IsOfOneKind(page)) ? Judgement.Unsure : Judgement.Same;
        }
        var isWhole = page.For.Any(IsWholeBirthDate);
        if (bornDiffers) return Judgement.NotSame;
        if (namesDiffer) return isWhole && page.For.Any(bar => bar.Field == "place") ? Judgement.Unsure : Judgement.NotSame;
        if (!namesAgree) return Judgement.NotSame;
        // A name that is another with a slip in it is the very same only as it is written.
        var verySame = page.For.Count(bar => IsSameName(bar) && !page.Cautions.Any(caution => caution.Field == bar.Field));
        // One thing may be off, or two: a name that is only alike, day and month swapped, another place, another account. Three are too many.
        if (isWhole) return Off(!elsewhere, !page.Against.Any(IsOtherAccount), verySame >= 2 || page.For.Any(bar => bar.Field == "given name" && IsSwapped(bar)),
                verySame >= 1, page.For.Any(IsSameBirthDate)) < 3
            ? Judgement.Same : Judgement.Unsure;
        return verySame >= 2 && page.For.Any(IsOneDigitOff) && (page.For.Any(bar => bar.Field == "place") || (elsewhere && IsOfOneKind(page)))
            ? Judgement.Same : Judgement.Unsure;
    }

    private static int Off(params ReadOnlySpan<bool> asItShould)
    {
        var off = 0;
        foreach (var one in asItShould) if (!one) off++;
        return off;
    }

    /// <summary>NCMEC marks the child as one who may be sexually exploited, and the report is about that: then another place is what is to be expected.</summary>
    private static bool IsOfOneKind(ShowMatch.Page page) => page.Lines.Any(line => line.Field == "Risk / kind of incident" && line.Known.Length > 0
        && (line.CameIn.Contains("Trafficking", StringComparison.Ordinal) || line.CameIn.Contains("Enticement", StringComparison.Ordinal)));

    /// <summary>Given and family name swapped is one bar that speaks for both.</summary>
    private static bool DoNamesAgree(ShowMatch.Page page) =>
        page.For.Count(bar => _names.Contains(bar.Field)) >= 2 || page.For.Any(bar => bar.Field == "given name" && IsSwapped(bar));

    private static bool IsSwapped(ShowMatch.Bar bar) => bar.Why.Contains("swapped", StringComparison.OrdinalIgnoreCase);

    private static bool IsSharedAccount(ShowMatch.Bar bar) =>
        _accounts.Any(account => bar.Field.Contains(account, StringComparison.OrdinalIgnoreCase)) && bar.Why.Contains("is shared", StringComparison.OrdinalIgnoreCase);

    /// <summary>Both sides name an account, an address or a number, and none is the same: people have several, so it is one thing off and no proof.</summary>
    private static bool IsOtherAccount(ShowMatch.Bar bar) => _accounts.Any(account => bar.Field.Contains(account, StringComparison.OrdinalIgnoreCase));

    private static bool IsWholeBirthDate(ShowMatch.Bar bar) => bar.Field == "birth date"
        && (bar.Why.StartsWith("same birth date", StringComparison.OrdinalIgnoreCase) || IsSwapped(bar));

    private static bool IsSameBirthDate(ShowMatch.Bar bar) => bar.Why.StartsWith("same birth date", StringComparison.OrdinalIgnoreCase);

    private static bool IsSameName(ShowMatch.Bar bar) =>
        bar.Why.StartsWith("same given name", StringComparison.OrdinalIgnoreCase) || bar.Why.StartsWith("same family name", StringComparison.OrdinalIgnoreCase);

    private static bool IsOneDigitOff(ShowMatch.Bar bar) => bar.Field == "birth date" && bar.Why.Contains("one digit", StringComparison.OrdinalIgnoreCase);
}
