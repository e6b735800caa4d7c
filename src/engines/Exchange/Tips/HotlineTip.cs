namespace Homeward.Exchange.Tips;

/// <summary>A call to the hotline, as its operator passed it on.</summary>
/// <param name="Received">UTC.</param>
/// <param name="Number"><c>HT-000001</c>.</param>
/// <param name="Imminent">The caller's claim that a child is in danger now: a claim, not a finding .</param>
/// <param name="CallerNamed">False for an anonymous caller.</param>
/// <param name="Claim">Free text.</param>
public sealed record HotlineTip(
    DateTimeOffset Received, string Number, bool Imminent, bool CallerNamed,
    StatedPerson? Child, StatedPlace? Place, string? Claim);
