using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Homeward.Review;

namespace Homeward.Referral;

public readonly record struct ReferralId(Guid Value) : IStrongId<ReferralId>
{
    public static ReferralId From(Guid value) => new(value);
    public override string ToString() => StrongId.Text(Value);
}

public enum ReferralState
{
    /// <summary>Sent; the sender owes it until voice contact and receipt are both on record and it is accepted .</summary>
    Sent,
    Accepted,
    /// <summary>Came back with a reason and a proposed owner; the sender has it again.</summary>
    Returned,
    /// <summary>Two refusals or no answer: the national unit holds it .</summary>
    WithNation,
    Closed,
    Withdrawn,
}

/// <summary>Told when an office has taken a lead on.</summary>
public sealed record ReferralAccepted(ReferralId Referral);

/// <param name="OfficeCode">Field office that has it, or to which it was sent; empty while it lies in the national queue (T-48).</param>
/// <param name="OwnerOffice">Who is accountable at this moment; null is the national unit. Never nobody.</param>
/// <param name="Joined">Further leads about the same child that joined it .</param>
public sealed record ReferralGist(
    ReferralId Id, string Number, LeadId Lead, ReferralState State, string OfficeCode, string? TaskForce, string? OwnerOffice,
    DateTimeOffset SentAt, DateTimeOffset? AcceptedAt, IReadOnlyList<LeadId>? Joined = null)
{
    /// <summary>All leads that it carries, the first one first.</summary>
    public IEnumerable<LeadId> Leads => (Joined ?? []).Prepend(Lead);
}

public interface IReferral
{
    Task<ReferralGist?> ReferralAsync(HomewardDb db, ReferralId id, CancellationToken cancel);
    /// <summary>Accepted referrals of a task force that no operation has taken up yet, oldest first.</summary>
    Task<IReadOnlyList<ReferralGist>> AcceptedAsync(HomewardDb db, string taskForce, CancellationToken cancel);
    Task<IReadOnlyList<ReferralGist>> ReferralsOfLeadsAsync(HomewardDb db, IReadOnlyCollection<LeadId> leads, CancellationToken cancel);
    /// <summary>What came of it: <c>child-found</c>, <c>not-there</c>. The first act on it also proves R-69.</summary>
    Task CloseReferralAsync(Act act, ReferralId referral, string outcome, CancellationToken cancel);
    /// <summary>Somebody takes it up and acts on it now; proves the duty to respond .</summary>
    Task NoteActedAsync(Act act, ReferralId referral, CancellationToken cancel);
    /// <summary>What had taken it up will not happen: it waits for its task force again.</summary>
    Task LetGoAsync(Act act, ReferralId referral, CancellationToken cancel);
}
