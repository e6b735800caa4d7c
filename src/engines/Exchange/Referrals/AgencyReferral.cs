namespace Homeward.Exchange.Referrals;

/// <summary>An agency tells the house of a child, or asks for an operation.</summary>
/// <param name="Received">UTC.</param>
/// <param name="Number"><c>AR-000001</c>.</param>
/// <param name="Ori">The agency, nine characters.</param>
/// <param name="Note">Free text.</param>
public sealed record AgencyReferral(
    DateTimeOffset Received, string Number, string Ori, ReferralKind Kind,
    StatedPerson? Child, StatedPlace? Place, string? Note);

public enum ReferralKind { ChildFound, ChildAtRisk, OperationRequest }
