namespace Homeward.Exchange.Initiatives;

/// <summary>An initiative as its file gives it: what was published, for which days, by whom.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day, itself included.</param>
/// <param name="After">The initiative that it follows, or null.</param>
/// <param name="Programme">The programme that it belongs to, or null.</param>
/// <param name="Offices">In the order of the file.</param>
/// <param name="OthersAreNone">
/// Office measures of which the listed offices make up the whole nation's: every other office has none of it.
/// </param>
public sealed record InitiativePlan(
    string Name, DateOnly From, DateOnly To, string? After, string? Programme,
    Measure TaskForces, Measure Agencies, Measure Operations, Measure TraffickersArrested,
    Measure InvestigationsOpened, Measure AdultsIdentified,
    PlannedChildren Children, IReadOnlyList<PlannedOffice> Offices, IReadOnlySet<OfficeMeasure> OthersAreNone);

/// <summary>What an office may be given a count of, and which national measure it adds up to.</summary>
public enum OfficeMeasure
{
    /// <summary>Recovered and identified children.</summary>
    Children,
    /// <summary>Adults identified.</summary>
    Adults,
    /// <summary>Traffickers arrested.</summary>
    Arrests,
    Operations,
}

/// <summary>The children of the initiative.</summary>
/// <param name="Total">Recovered and identified, never located.</param>
/// <param name="Recovered">Not given where the file states the total alone: then the split is free.</param>
/// <param name="Identified">As <paramref name="Recovered"/>.</param>
/// <param name="Located">Found without exploitation; not in the total.</param>
public sealed record PlannedChildren(Measure Total, Measure Recovered, Measure Identified, Measure Located)
{
    /// <summary>The file states the total alone.</summary>
    public bool SplitIsFree => !Recovered.IsGiven && !Identified.IsGiven;
}

/// <summary>One office of the file.</summary>
/// <param name="WrittenAs">As the file names it; printed so.</param>
/// <param name="Code">The office's code on the dates of the initiative.</param>
/// <param name="Partners">ORIs of agencies to be named as partners.</param>
public sealed record PlannedOffice(
    string WrittenAs, string Code, Measure Children, Measure Adults, Measure Arrests, Measure Operations,
    IReadOnlyList<string> Partners)
{
    public Measure Of(OfficeMeasure measure) => measure switch
    {
        OfficeMeasure.Children => Children,
        OfficeMeasure.Adults => Adults,
        OfficeMeasure.Arrests => Arrests,
        OfficeMeasure.Operations => Operations,
        _ => throw new ArgumentOutOfRangeException(nameof(measure)),
    };
}
