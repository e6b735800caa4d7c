using Homeward.Foundations.Access;
using Homeward.Foundations.Places;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Homeward.Referral;
using Homeward.Review;

namespace Homeward.Operations;

public readonly record struct InitiativeId(Guid Value) : IStrongId<InitiativeId>
{
    public static InitiativeId From(Guid value) => new(value);
    public override string ToString() => StrongId.Text(Value);
}

public readonly record struct OperationId(Guid Value) : IStrongId<OperationId>
{
    public static OperationId From(Guid value) => new(value);
    public override string ToString() => StrongId.Text(Value);
}

public enum OperationState { Planned, Approved, Running, Closed, CalledOff }

public enum OperationKind
{
    /// <summary>Follows leads: somebody is sought.</summary>
    Lead,
    /// <summary>Looks where exploitation is known to happen; nobody in particular is sought.</summary>
    Proactive,
}

/// <summary>Told when an operation has begun in the field.</summary>
public sealed record OperationStarted(OperationId Operation);

/// <summary>Told when an operation is over, after-action included.</summary>
public sealed record OperationClosed(OperationId Operation);

/// <summary>A named national effort with its window.</summary>
/// <param name="From">First day, in each office's own zone; <paramref name="To"/> the last.</param>
/// <param name="File">The initiative file as it was given, JSON: what is published and what is not.</param>
public sealed record InitiativeGist(
    InitiativeId Id, string Name, DateOnly From, DateOnly To, string? After, string? Programme, string File, bool Exercise, DateTimeOffset OpenedAt);

/// <param name="Reference">For people and other systems: <c>KC-01/2019-07-12/1</c>, task force, local day, ordinal of that day.</param>
/// <param name="Agencies">ORIs of the agencies on its roster.</param>
/// <param name="OtherOffices">Codes of the offices that take part across the line (T-44).</param>
/// <param name="StartedAt">When it really began; null before. Its local day decides the window .</param>
public sealed record OperationGist(
    OperationId Id, string Reference, InitiativeId? Initiative, OperationKind Kind, OperationState State, string OfficeCode, string TaskForce,
    PlaceQuery Place, DateTimeOffset PlannedFrom, DateTimeOffset PlannedTo, DateTimeOffset? StartedAt, DateTimeOffset? ClosedAt,
    IReadOnlyList<string> Agencies, IReadOnlyList<ReferralId> Referrals, IReadOnlyList<LeadId> Leads, UserId? VictimSpecialist,
    IReadOnlyList<string> OtherOffices);

public interface IOperations
{
    Task<InitiativeGist?> InitiativeAsync(HomewardDb db, InitiativeId id, CancellationToken cancel);
    Task<InitiativeGist?> InitiativeByNameAsync(HomewardDb db, string name, CancellationToken cancel);
    /// <summary>The one that is open now, or the newest.</summary>
    Task<InitiativeGist?> CurrentAsync(HomewardDb db, CancellationToken cancel);
    Task<IReadOnlyList<InitiativeGist>> InitiativesAsync(HomewardDb db, CancellationToken cancel);
    Task<OperationGist?> OperationAsync(HomewardDb db, OperationId id, CancellationToken cancel);
    Task<OperationGist?> ByReferenceAsync(HomewardDb db, string reference, CancellationToken cancel);
    Task<IReadOnlyList<OperationGist>> OfInitiativeAsync(HomewardDb db, InitiativeId id, CancellationToken cancel);
}
