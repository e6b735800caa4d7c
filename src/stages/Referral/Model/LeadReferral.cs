using Homeward.Foundations.Access;
using Homeward.Foundations.People;
using Homeward.Review;

namespace Homeward.Referral.Model;

/// <summary>One lead on its way to, or in the hands of, one office. It has one accountable owner at every moment .</summary>
internal sealed class LeadReferral : IScoped
{
    public required ReferralId Id { get; init; }
    public required string Number { get; init; }
    public required LeadId Lead { get; init; }
    public required string LeadNumber { get; init; }
    public PersonRecordId? Child { get; init; }
    public required ReferralState State { get; set; }
    /// <summary>The recipient, or who has it; null in the national queue.</summary>
    public string? OfficeCode { get; set; }
    public string? TaskForce { get; set; }
    public string? AgencyOri => null;
    public UserId? AssignedTo => null;
    /// <summary>Who is accountable now; null is the national unit.</summary>
    public string? OwnerOffice { get; set; }
    /// <summary>Who sent it last and answers for the hand-over until it is accepted.</summary>
    public required UserId SentBy { get; set; }
    /// <summary>County of the candidate that was chosen: it says who follows when territories change (T-08).</summary>
    public string? CountyFips { get; set; }
    public required bool CurrentAbuse { get; set; }
    public required bool Imminent { get; set; }
    public required DateTimeOffset SentAt { get; set; }
    /// <summary>By when the receiver must answer; null when nobody is asked.</summary>
    public DateTimeOffset? AnswerDueAt { get; set; }
    public DateTimeOffset? AcceptedAt { get; set; }
    /// <summary>When an operation took it up; null while it waits for one.</summary>
    public DateTimeOffset? TakenUpAt { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }
    /// <summary>A code: <c>child-found</c>, <c>not-there</c>.</summary>
    public string? Outcome { get; set; }
    public required int Steps { get; set; }
    public required int Refusals { get; set; }
    /// <summary>How often ownership has moved: each hand-over is a duty of its own.</summary>
    public required int HandOvers { get; set; }
    public required Guid Revision { get; set; }

    public bool IsOpen => State is not (ReferralState.Closed or ReferralState.Withdrawn);
    public string Link => $"/referral/{Id}";
    /// <summary>The sender's duty of R-70. One for each change of owner: a return does not start its clock again.</summary>
    public string HandOverKey => $"referral/{Id}/{HandOvers}";
    public string AnswerKey => $"referral/{Id}/step/{Steps}";
    public static string AbuseKey(ReferralId referral, LeadId lead) => $"referral/{referral}/lead/{lead}";
}

/// <summary>One sending from a holder to a recipient, with what was shown, what was sent and how it ended.</summary>
internal sealed class ReferralStep
{
    public required Guid Id { get; init; }
    public required ReferralId Referral { get; init; }
    /// <summary>From 1.</summary>
    public required int Ordinal { get; init; }
    /// <summary>Null is the national unit.</summary>
    public string? FromOffice { get; init; }
    public string? ToOffice { get; init; }
    public string? ToTaskForce { get; init; }
    public required UserId SentBy { get; init; }
    public required DateTimeOffset SentAt { get; init; }
    /// <summary>The candidates as they were shown, JSON .</summary>
    public required string Shown { get; init; }
    /// <summary>Why this office: the sentence that was chosen.</summary>
    public required string Basis { get; init; }
    /// <summary>Why an office outside of what was proposed; encrypted, bound to <c>referral/step/…id…/reason</c>.</summary>
    public byte[]? Reason { get; init; }
    public required RecipientCheck Recipient { get; init; }
    public DateTimeOffset? VoiceAt { get; set; }
    public UserId? VoiceBy { get; set; }
    /// <summary>Who was reached, and how; encrypted, bound to <c>referral/step/…id…/voice</c>.</summary>
    public byte[]? Voice { get; set; }
    public DateTimeOffset? ReceiptAt { get; set; }
    public UserId? ReceiptBy { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public StepEnd? End { get; set; }
    /// <summary>Why it came back; encrypted, bound to <c>referral/step/…id…/return</c>.</summary>
    public byte[]? Return { get; set; }
    /// <summary>Who should have it instead: an office code, or <c>national</c>.</summary>
    public string? ProposedOwner { get; set; }
    public required Guid Revision { get; set; }
}

internal enum StepEnd { Accepted, Returned, Lapsed, Withdrawn, Closed }

/// <summary>A further lead about the same child that joined an open referral .</summary>
internal sealed class ReferralJoin
{
    public required Guid Id { get; init; }
    public required ReferralId Referral { get; init; }
    public required LeadId Lead { get; init; }
    public required string LeadNumber { get; init; }
    public required int LeadVersion { get; init; }
    public required bool CurrentAbuse { get; init; }
    public required UserId By { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? WithdrawnAt { get; set; }
}

/// <summary>One sending of fields to somebody: who, what, why, on what basis, when. Never changed.</summary>
internal sealed class Dissemination
{
    public required Guid Id { get; init; }
    public required ReferralId Referral { get; init; }
    public required LeadId Lead { get; init; }
    public required int LeadVersion { get; init; }
    public string? ToOffice { get; init; }
    public string? ToTaskForce { get; init; }
    /// <summary>Names of the fields, one a line; the values are in the package.</summary>
    public required string Fields { get; init; }
    public required string Purpose { get; init; }
    public required DisclosureBasis LegalBasis { get; init; }
    /// <summary>What was sent, JSON; encrypted, bound to <c>referral/package/…id…</c>.</summary>
    public required byte[] Package { get; init; }
    public required UserId By { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>The last number given out in a year.</summary>
internal sealed class ReferralCounter
{
    public required int Year { get; init; }
    public required int Last { get; set; }
}
