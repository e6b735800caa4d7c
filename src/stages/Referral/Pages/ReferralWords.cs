using Homeward.Foundations.Places;

namespace Homeward.Referral.Pages;

/// <summary>Referrals in the words of the people who hand them over.</summary>
internal static class ReferralWords
{
    public static string Of(ReferralState state) => state switch
    {
        ReferralState.Sent => "sent, not yet accepted",
        ReferralState.Accepted => "accepted",
        ReferralState.Returned => "came back",
        ReferralState.WithNation => "with the national unit",
        ReferralState.Closed => "closed",
        ReferralState.Withdrawn => "withdrawn",
    };

    public static string Outcome(string? outcome) => outcome switch
    {
        "child-found" => "The child was found.",
        "not-there" => "The place was searched in vain.",
        "withdrawn" => "The lead no longer holds.",
        null => "Nothing yet.",
        _ => outcome,
    };

    public static string Of(DisclosureBasis basis) => basis switch
    {
        DisclosureBasis.LawEnforcementNeed => "need and right to know (28 CFR 23.20(d), (e))",
        DisclosureBasis.ImminentDanger => "imminent danger (28 CFR 23.20(f)(2))",
        DisclosureBasis.CourtOrder => "court order",
    };

    public static string Of(RecipientCheck check) => check switch
    {
        RecipientCheck.No => "nobody suspected works or lives there",
        RecipientCheck.NotKnown => "not known",
        RecipientCheck.Yes => "somebody suspected works or lives there",
    };

    public static string Office(string? code) => code is null ? "National unit" : Gazetteer.Default.Offices.WithCode(code)?.Name ?? code;
}
