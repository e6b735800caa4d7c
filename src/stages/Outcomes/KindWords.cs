namespace Homeward.Outcomes;

/// <summary>The field's definitions, as printed on the form and with every number.</summary>
public static class KindWords
{
    /// <summary>FBI release on Operation Independence Day, August 2019; "located" from the releases of 2022 and 2023.</summary>
    public const string Source = "FBI release on Operation Independence Day, August 2019";

    public static string DefinitionOf(OutcomeKind kind) => kind switch
    {
        OutcomeKind.Recovered => "the removal of the child from ongoing, continued victimization",
        OutcomeKind.Identified =>
            "a victim who may not currently be in a sex trafficking situation but one who has been victimized in the past or whose "
            + "prior victimization is unknown or someone who is being trafficked but is afraid to disclose that information to law enforcement",
        OutcomeKind.Located => "a missing child who was found, with no finding of exploitation",
    };
}
