using Homeward.Foundations.Access;
using Homeward.Foundations.People;
using Homeward.Foundations.Places;
using Homeward.Foundations.Storage;
using Homeward.Intake;
using Homeward.Kernel;

namespace Homeward.Review;

public readonly record struct LeadId(Guid Value) : IStrongId<LeadId>
{
    public static LeadId From(Guid value) => new(value);
    public override string ToString() => StrongId.Text(Value);
}

/// <summary>How a lead was born.</summary>
public enum LeadOrigin
{
    /// <summary>Two people confirmed that a report speaks of a missing child.</summary>
    ConfirmedMatch,
    /// <summary>A hotline tip.</summary>
    Hotline,
    /// <summary>An agency's referral.</summary>
    AgencyReferral,
}

public enum LeadState { Open, Withdrawn, Closed }

/// <summary>Told when a lead is ready for Referral.</summary>
public sealed record LeadRaised(LeadId Lead);

/// <summary>Told when a lead no longer holds: its match was undone, its report retracted, its child found elsewhere.</summary>
public sealed record LeadWithdrawn(LeadId Lead, string Reason);

/// <summary>Told when a further report or tip joined an open lead: its owner has a new version to read.</summary>
/// <param name="Worse">What joined claims worse than was known: it starts its own clock .</param>
public sealed record LeadGrew(LeadId Lead, int Version, bool Worse);

/// <summary>A reviewed reason to act for a child.</summary>
/// <param name="Number">For people: <c>L-2019-00012</c>.</param>
/// <param name="Child">The child's record in the ledger; null for a child that nobody has entered.</param>
/// <param name="Places">Where the child may be now, best founded first; from the reports, not from the last contact.</param>
/// <param name="Risk">0 to 100, by the published rules of Review.</param>
/// <param name="ViaReview">Born of a confirmed match of a report.</param>
/// <param name="Imminent">Danger is claimed or seen as imminent.</param>
/// <param name="CurrentAbuse">Abuse that goes on now is claimed: R-69 starts.</param>
public sealed record LeadGist(
    LeadId Id, string Number, LeadOrigin Origin, LeadState State, PersonRecordId? Child, EntryId? Entry, string? Nic, DoorId? Door,
    IReadOnlyList<string> ReportNumbers, IReadOnlyList<PlaceQuery> Places, double Risk, IReadOnlyList<string> RiskReasons,
    bool ViaReview, bool Imminent, bool CurrentAbuse, DateTimeOffset RaisedAt, int Version)
{
    /// <summary>Numbers of all tips and agencies' referrals that it rests on: the one that it was raised on and those that joined it.</summary>
    public IReadOnlyList<string> DoorNumbers { get; init; } = [];
}

/// <summary>What later stages may read of Review, and what they may give back to it.</summary>
public interface IReview
{
    Task<LeadGist?> LeadAsync(HomewardDb db, LeadId id, CancellationToken cancel);
    Task<IReadOnlyList<LeadGist>> LeadsAsync(HomewardDb db, IReadOnlyCollection<LeadId> ids, CancellationToken cancel);

    /// <summary>Open leads about a child's records: who else is looking for the same child.</summary>
    Task<IReadOnlyList<LeadGist>> OpenLeadsOfAsync(HomewardDb db, IReadOnlyCollection<PersonRecordId> records, CancellationToken cancel);

    /// <summary>The lead's course is run: the child was found, or the place was searched in vain.</summary>
    /// <param name="outcome">A code: <c>child-found</c>, <c>not-there</c>.</param>
    Task CloseLeadAsync(Act act, LeadId lead, string outcome, CancellationToken cancel);
}

/// <summary>A named effort whose outcomes a later stage keeps.</summary>
public sealed record PastInitiative(Guid Id, string Name, DateOnly From, DateOnly To);

/// <summary>What the field made of a lead.</summary>
/// <param name="Kind">recovered, identified or located.</param>
public sealed record LeadOutcome(LeadId Lead, string Kind);

/// <summary>A later stage says which leads led to a child. Review asks, for back-tests, and knows no outcome itself.</summary>
public interface ITellOutcomes
{
    /// <summary>All initiatives, the newest first.</summary>
    Task<IReadOnlyList<PastInitiative>> InitiativesAsync(HomewardDb db, CancellationToken cancel);
    /// <summary>Leads that led to a child, as the facts stand at an instant.</summary>
    Task<IReadOnlyList<LeadOutcome>> FoundAsync(HomewardDb db, Guid initiative, DateTimeOffset asOf, CancellationToken cancel);
}
