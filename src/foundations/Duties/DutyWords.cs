namespace Homeward.Foundations.Duties;

/// <summary>What a duty asks, in the words of the person who owes it.</summary>
public static class DutyWords
{
    /// <summary>Also told by what it is about: a caller's claim is answered otherwise than a report's.</summary>
    public static string Of(string rule, string subjectType) => (rule, subjectType) switch
    {
        ("alert-imminent", "door") => "Answer a caller's claim of imminent danger",
        ("alert-imminent", "report") => "Answer a report's claim of imminent danger",
        _ => Of(rule),
    };

    public static string Of(string rule) => rule switch
    {
        "report-abuse" => "Tell child protection and local police",
        "respond-current-abuse" => "Answer a report of abuse that is going on now",
        "hand-over" => "Speak with the receiving office and have receipt confirmed",
        "offer-services" => "Offer services to a victim",
        "clear-entry" => "Tell the entering agency and NCMEC: located, safe",
        "enter-missing" => "Have the agency enter the missing child that an AMBER alert names",
        "tell-ncmec" => "Tell NCMEC of a child missing from foster care",
        "notify-hhs" => "Tell HHS of a foreign-born minor",
        "alert-imminent" => "Answer a claim of imminent danger",
        "verify-place" => "Verify an operation's place again",
        "check-age" => "Verify an age that is claimed as 18 to 20",
        "check-safe-harbour" => "Ask the state's safe-harbour rule for a victim in custody",
        "referral-answer" => "Answer a referral",
        _ => rule,
    };
}
