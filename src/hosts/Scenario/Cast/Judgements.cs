using Homeward.Foundations.People;
using Homeward.Review;

namespace Homeward.Scenario.Cast;

/// <summary>How a scripted person judges a match: from what the page shows, by and large right, and now and then wrong.</summary>
/// <remarks>
/// They know no truth. Like a careful reader they want something that few people share: an account or number, or a whole
/// birth date with the names. A name and a town are not enough, for there are others of that name. An account that is only
/// written alike is another's; a number alone, seen in another place, may have a new holder; a birth date with a wrong digit
/// needs the very names, in no other place, and no second child whom they fit; and another family name beside the same date in the same town may
/// be a slip of the pen. A hurried first reader slips more often than one who reads again because somebody asks; a supervisor
/// with both views before them does not slip.
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

    /// <summary>True where a yes rests on a date with a wrong digit: then the report's other candidates are looked at first.</summary>
    public static bool RestsOnSlip(ShowMatch.Page page) => page.For.Any(IsOneDigitOff) && !page.For.Any(IsSharedAccount);

    /// <summary>True where the names may be this child's as well, by the same date or one that is nearly the same.</summary>
    public static bool FitsAsWell(ShowMatch.Page page) =>
        DoNamesAgree(page) && (page.For.Any(IsWholeBirthDate) || page.For.Any(IsOneDigitOff) || page.For.Any(IsSharedAccount));

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
            return (namesDiffer && bornDiffers) || (isNumberAlone && elsewhere) ? Judgement.Unsure : Judgement.Same;
        }
        var isWhole = page.For.Any(IsWholeBirthDate);
        if (bornDiffers) return Judgement.NotSame;
        if (namesDiffer) return isWhole && page.For.Any(bar => bar.Field == "place") ? Judgement.Unsure : Judgement.NotSame;
        if (!namesAgree) return Judgement.NotSame;
        // Two names that are only alike, and seen elsewhere: a whole birth date is not enough.
        var verySame = page.For.Count(IsSameName);
        if (isWhole) return verySame == 0 && elsewhere && !page.For.Any(IsSwapped) ? Judgement.Unsure : Judgement.Same;
        return verySame >= 2 && !elsewhere && page.For.Any(IsOneDigitOff) ? Judgement.Same : Judgement.Unsure;
    }

    /// <summary>Given and family name swapped is one bar that speaks for both.</summary>
    private static bool DoNamesAgree(ShowMatch.Page page) =>
        page.For.Count(bar => _names.Contains(bar.Field)) >= 2 || page.For.Any(bar => bar.Field == "given name" && IsSwapped(bar));

    private static bool IsSwapped(ShowMatch.Bar bar) => bar.Why.Contains("swapped", StringComparison.OrdinalIgnoreCase);

    private static bool IsSharedAccount(ShowMatch.Bar bar) =>
        _accounts.Any(account => bar.Field.Contains(account, StringComparison.OrdinalIgnoreCase)) && bar.Why.Contains("is shared", StringComparison.OrdinalIgnoreCase);

    private static bool IsWholeBirthDate(ShowMatch.Bar bar) => bar.Field == "birth date"
        && (bar.Why.StartsWith("same birth date", StringComparison.OrdinalIgnoreCase) || IsSwapped(bar));

    private static bool IsSameName(ShowMatch.Bar bar) =>
        bar.Why.StartsWith("same given name", StringComparison.OrdinalIgnoreCase) || bar.Why.StartsWith("same family name", StringComparison.OrdinalIgnoreCase);

    private static bool IsOneDigitOff(ShowMatch.Bar bar) => bar.Field == "birth date" && bar.Why.Contains("one digit", StringComparison.OrdinalIgnoreCase);
}
