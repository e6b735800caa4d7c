namespace Homeward.Release.Counting;

/// <summary>The names of what is counted, as addresses and files carry them.</summary>
public static class Measures
{
    public const string Total = "children.total";
    public const string Recovered = "children.recovered";
    public const string Identified = "children.identified";
    public const string Located = "children.located";
    public const string ViaReview = "children.viaReview";
    /// <summary>Counted children of whom the house also knew that they were missing (T-40).</summary>
    public const string ReportedMissing = "children.reportedMissing";
    public const string Episodes = "children.episodes";
    /// <summary>Exploited for labor alone: on a line of its own .</summary>
    public const string Labor = "children.labor";
    /// <summary>Of an age not yet determined: listed, not counted .</summary>
    public const string Undetermined = "children.undetermined";
    public const string Traffickers = "traffickersArrested";
    public const string Buyers = "buyersArrested";
    public const string OtherArrests = "otherArrests";
    public const string VictimsInCustody = "victimsInCustody";
    public const string Operations = "operations";
    public const string TaskForces = "taskForces";
    public const string Agencies = "agencies";
    public const string AgenciesActed = "agenciesActed";
    public const string Investigations = "investigationsOpened";
    public const string Adults = "adultsIdentified";
    public const string Encounters = "adultEncounters";
    public const string Sought = "sought";
    public const string StillMissing = "stillMissing";
    /// <summary>Children credited to another office whom this office found too.</summary>
    public const string Shared = "shared";

    /// <summary>All that is counted for the nation.</summary>
    public static IReadOnlyList<string> OfNation { get; } =
    [
        Total, Recovered, Identified, Located, ViaReview, ReportedMissing, Episodes, Labor, Undetermined, Traffickers, Buyers, OtherArrests,
        VictimsInCustody, Operations, TaskForces, Agencies, AgenciesActed, Investigations, Adults, Encounters, Sought, StillMissing,
    ];

    /// <summary>What is counted for each office.</summary>
    public static IReadOnlyList<string> OfOffice { get; } = [Total, Adults, Traffickers, Operations, Shared, Investigations];

    /// <summary>The measure as a heading.</summary>
    public static string Title(string measure) => measure switch
    {
        Total => "Children recovered or identified",
        Recovered => "Children recovered",
        Identified => "Children identified",
        Located => "Missing children located",
        ViaReview => "Children found by a confirmed match",
        ReportedMissing => "Of the counted children, those who had been reported missing",
        Episodes => "Recoveries, repeated ones included",
        Labor => "Children exploited for labor (outside the total)",
        Undetermined => "Of undetermined age (listed, not counted)",
        Traffickers => "Traffickers arrested",
        Buyers => "Buyers arrested",
        OtherArrests => "Other arrests",
        VictimsInCustody => "Victims in custody",
        Operations => "Operations",
        TaskForces => "Task forces",
        Agencies => "Agencies in task forces",
        AgenciesActed => "Agencies that acted",
        Investigations => "Federal investigations opened",
        Adults => "Adult victims identified",
        Encounters => "Adults encountered (no finding)",
        Sought => "Children sought",
        StillMissing => "Children still missing",
        Shared => "Children shared with another office",
        _ => measure,
    };

    /// <summary>The counting rule's name in the rule book.</summary>
    public static string RuleOf(string measure) => measure switch
    {
        Located => "count-located",
        Labor => "count-labor",
        Traffickers or Buyers or OtherArrests or VictimsInCustody => "count-traffickers",
        Operations => "count-operations",
        TaskForces => "count-task-forces",
        Agencies => "count-agencies",
        AgenciesActed => "count-agencies-acted",
        Investigations => "count-investigations",
        Adults or Encounters => "count-adults",
        Sought or StillMissing => "count-sought",
        _ => "count-children",
    };

    /// <summary>Whether children are counted in it. Those of undetermined age are only listed until it is known.</summary>
    public static bool CountsChildren(string measure) => measure.StartsWith("children.", StringComparison.Ordinal) && measure != Undetermined;

    /// <summary>Seen by the nation, counsel and the auditor only; never released .</summary>
    public static bool IsProtected(string measure) => measure is VictimsInCustody or OtherArrests;
}
