using Homeward.Foundations.Access;
using Homeward.Referral;
using Homeward.Review;

namespace Homeward.Operations.Model;

internal sealed class Initiative
{
    public required InitiativeId Id { get; init; }
    public required string Name { get; init; }
    /// <summary>Folded: two initiatives are not told apart by case or accents.</summary>
    public required string NameKey { get; init; }
    public required DateOnly From { get; init; }
    public required DateOnly To { get; init; }
    public string? After { get; init; }
    public string? Programme { get; init; }
    public required string File { get; init; }
    public required bool Exercise { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public required UserId OpenedBy { get; init; }

    public InitiativeGist Gist => new(Id, Name, From, To, After, Programme, File, Exercise, OpenedAt);
}

internal sealed class Operation : IScoped
{
    public required OperationId Id { get; init; }
    public required string Reference { get; init; }
    public InitiativeId? Initiative { get; init; }
    public required OperationKind Kind { get; init; }
    public required OperationState State { get; set; }
    public string? OfficeCode { get; init; }
    public string? TaskForce { get; init; }
    public string? AgencyOri => null;
    public UserId? AssignedTo { get; init; }
    /// <summary>Codes of further offices that take part, one a line; the lead is <see cref="OfficeCode"/> (T-44).</summary>
    public required string OtherOffices { get; init; }
    /// <summary>JSON of a place; encrypted, bound to <c>operation/…id…/place</c>.</summary>
    public required byte[] Place { get; set; }
    public required BasisKind Basis { get; set; }
    /// <summary>What the basis rests on, JSON; encrypted, bound to <c>operation/…id…/basis</c>.</summary>
    public required byte[] BasisText { get; set; }
    public required DateTimeOffset PlannedFrom { get; set; }
    public required DateTimeOffset PlannedTo { get; set; }
    public UserId? VictimSpecialist { get; set; }
    /// <summary>Why none; encrypted, bound to <c>operation/…id…/exception</c>.</summary>
    public byte[]? SpecialistException { get; set; }
    /// <summary>For the team and the approver alone; encrypted, bound to <c>operation/…id…/undercover</c>.</summary>
    public byte[]? Undercover { get; set; }
    public DateTimeOffset? VerifiedAt { get; set; }
    public UserId? VerifiedBy { get; set; }
    /// <summary>A source disagrees on the place: it stops the operation until it is moved or verified anew by a named person.</summary>
    public bool PlaceDisputed { get; set; }
    public required UserId PlannedBy { get; init; }
    public required DateTimeOffset PlannedAt { get; init; }
    /// <summary>Who moved it last in time or place: the plan is this person's as much as the planner's. Null while nobody did.</summary>
    public UserId? MovedBy { get; set; }
    public UserId? ApprovedBy { get; set; }
    public DateTimeOffset? ApprovedAt { get; set; }
    /// <summary>Why it was approved over a hard stop; encrypted, bound to <c>operation/…id…/exigency</c>.</summary>
    public byte[]? Exigency { get; set; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }
    public DateTimeOffset? CalledOffAt { get; set; }
    /// <summary>Encrypted, bound to <c>operation/…id…/after</c>.</summary>
    public byte[]? AfterAction { get; set; }
    /// <summary>Rises with each move; a check, an approval, a regional answer hold for one version.</summary>
    public required int Version { get; set; }
    public required Guid Revision { get; set; }

    public string Link => $"/operations/{Id}";

    /// <summary>Whether the plan, as it stands, is this person's own: who planned it, or moved it last.</summary>
    public bool IsPlanOf(UserId person) => PlannedBy == person || MovedBy == person;
}

/// <summary>An agency on the roster.</summary>
internal sealed class OperationAgency
{
    public required OperationId Operation { get; init; }
    public required string AgencyOri { get; init; }
}

/// <summary>A lead that the operation follows, by the referral that brought it.</summary>
internal sealed class OperationLead
{
    public required OperationId Operation { get; init; }
    public required LeadId Lead { get; init; }
    public required ReferralId Referral { get; init; }
}

/// <summary>One of the team: sees undercover details.</summary>
internal sealed class OperationMember
{
    public required OperationId Operation { get; init; }
    public required UserId User { get; init; }
}

/// <summary>The field log: added to, never changed. A correction is a further entry that names the one it corrects.</summary>
internal sealed class LogLine
{
    public required Guid Id { get; init; }
    public required OperationId Operation { get; init; }
    public required int Ordinal { get; init; }
    /// <summary>Given by the device, so that what is sent twice is stored once .</summary>
    public required Guid Key { get; init; }
    public required DateTimeOffset At { get; init; }
    public required DateTimeOffset EnteredAt { get; init; }
    public required UserId By { get; init; }
    /// <summary>Encrypted, bound to <c>operation/log/…id…</c>.</summary>
    public required byte[] Text { get; init; }
    /// <summary>The entry that this one corrects; a text has one line of corrections.</summary>
    public Guid? Corrects { get; init; }
}

/// <summary>The last ordinal given out for a task force and day.</summary>
internal sealed class OperationCounter
{
    public required string Key { get; init; }
    public required int Last { get; set; }
}
