using Homeward.Foundations.Places;

namespace Homeward.Referral;

/// <summary>Whether a suspected person works or lives at the recipient: an officer, a foster home, a parent .</summary>
public enum RecipientCheck
{
    /// <summary>Asked, and nobody suspected is there.</summary>
    No,
    /// <summary>Asked, and it is not known.</summary>
    NotKnown,
    /// <summary>Somebody is: this recipient is not used.</summary>
    Yes,
}

/// <summary>On what legal ground a package leaves the sender .</summary>
public enum DisclosureBasis
{
    /// <summary>Need to know and right to know of a law-enforcement agency: 28 CFR 23.20(d) and (e).</summary>
    LawEnforcementNeed,
    /// <summary>An assessment to avoid imminent danger: 28 CFR 23.20(f)(2).</summary>
    ImminentDanger,
    CourtOrder,
}

/// <summary>One office that a place may mean, and why, as of its local day.</summary>
/// <param name="Basis">A sentence: "ZIP … → … County → …, territory since …".</param>
public sealed record RouteCandidate(
    string Office, string OfficeName, string? CountyFips, string? County, string State, string? District, string? Circuit, string Basis,
    PlacePrecision Precision, double? Share, IReadOnlyList<string> TribalLands, DateOnly AsOf);

/// <summary>All that one place of the lead may mean. Several candidates stay several.</summary>
public sealed record PlaceRoute(string Place, IReadOnlyList<RouteCandidate> Candidates, IReadOnlyList<string> Remarks);
