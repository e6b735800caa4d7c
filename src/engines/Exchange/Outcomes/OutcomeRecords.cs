namespace Homeward.Exchange.Outcomes;

/// <summary>What every answer of the field has in common.</summary>
public interface IFieldOutcome
{
    /// <summary>The record's own number: <c>C-000001</c>.</summary>
    string Record { get; }
    /// <summary>The operation it came from, <c>KC-01/2019-07-12/1</c>, or null.</summary>
    string? Operation { get; }
    /// <summary>Code of the field office.</summary>
    string Office { get; }
    /// <summary>When it was done, UTC.</summary>
    DateTimeOffset At { get; }
    /// <summary>When the office sent it in, UTC; may be days later.</summary>
    DateTimeOffset TypedAt { get; }
}

/// <summary>A child was found: recovered, identified or located.</summary>
/// <param name="Referral">The agency referral or hotline tip that led there, or null.</param>
/// <param name="Door">By which way the child came.</param>
/// <param name="Ori">The agency that acted.</param>
/// <param name="Sought">NIC number of the entry that the officers recognised, or null.</param>
/// <param name="BiometricRef">Opaque reference of prints: the same child has the same one.</param>
/// <param name="Evidence">What supports the finding, by name: <c>removedFrom</c>. Free text.</param>
public sealed record ChildOutcome(
    string Record, string? Operation, string? Referral, ChildDoor Door, string Office, string? TaskForce, string Ori,
    DateTimeOffset At, DateTimeOffset TypedAt, ChildOutcomeKind Kind, Exploitation Exploitation, string? Sought,
    StatedPerson? Child, string? BiometricRef, IReadOnlyDictionary<string, string> Evidence,
    bool ForeignBorn, StatedPlace? Place) : IFieldOutcome;

public enum ChildDoor { Operation, Patrol, Hotline, Agency }
public enum ChildOutcomeKind { Recovered, Identified, Located }
public enum Exploitation { None, Sex, Labor }

/// <summary>An adult was met; identified as a victim where force, fraud or coercion was shown.</summary>
public sealed record AdultOutcome(
    string Record, string? Operation, string? Referral, string Office, string? TaskForce, string? Ori,
    DateTimeOffset At, DateTimeOffset TypedAt, AdultOutcomeKind Kind, TraffickingMeans? Means,
    StatedPerson? Person, string? BiometricRef) : IFieldOutcome;

public enum AdultOutcomeKind { Identified, Encounter }
public enum TraffickingMeans { Force, Fraud, Coercion }

/// <summary>An arrest. A victim taken into custody is told apart from all others.</summary>
/// <param name="Offence">Charge at arrest, <c>18 USC 1591</c>; null when not stated.</param>
/// <param name="FbiNumber">The same person has the same number; null when not known.</param>
public sealed record ArrestOutcome(
    string Record, string? Operation, string? Referral, string Office, string? TaskForce, string? Ori,
    DateTimeOffset At, DateTimeOffset TypedAt, ArrestKind Kind, string? Offence,
    StatedPerson? Person, string? FbiNumber) : IFieldOutcome;

public enum ArrestKind { Trafficking, Buyer, Other, VictimCustody }

/// <summary>A federal investigation was opened.</summary>
public sealed record InvestigationOutcome(
    string Record, string? Operation, string? Referral, string Office,
    DateTimeOffset At, DateTimeOffset TypedAt, string CaseNumber) : IFieldOutcome;

/// <summary>A court's step against an arrested person.</summary>
public sealed record CourtOutcome(
    string Record, string FbiNumber, string Office,
    DateTimeOffset At, DateTimeOffset TypedAt, CourtEvent Event, string? CaseNumber) : IFieldOutcome
{
    string? IFieldOutcome.Operation => null;
}

public enum CourtEvent { Charge, Indictment, Plea, Conviction, Dismissal }
