using Homeward.Foundations.Access;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Review.Files;

namespace Homeward.Review;

public readonly record struct LegalRequestId(Guid Value) : IStrongId<LegalRequestId>
{
    public static LegalRequestId From(Guid value) => new(value);
    public override string ToString() => StrongId.Text(Value);
}

/// <summary>By what process records are asked for. What each reaches, and by when: <c>Casework/legal-process.json</c>.</summary>
public enum LegalRequestKind
{
    Preservation,
    AdministrativeSubpoena,
    GrandJurySubpoena,
    CourtOrder,
    SearchWarrant,
    EmergencyDisclosure,
    Consent,
    /// <summary>For one reported file that nobody may open without it.</summary>
    FileWarrant,
}

public enum LegalRequestState
{
    Draft,
    /// <summary>It lies before a judge.</summary>
    Applied,
    Granted,
    Denied,
    /// <summary>The holder has it; a warrant for a file was executed.</summary>
    Served,
    /// <summary>All came that will come; a warrant for a file was returned.</summary>
    Answered,
    /// <summary>Taken back, or no longer needed.</summary>
    Withdrawn,
}

/// <summary>What is asked for, narrowest first.</summary>
public enum RecordKind
{
    /// <summary>Name, address, how long, how paid.</summary>
    Subscriber,
    /// <summary>When the account was used and from which address.</summary>
    Connections,
    /// <summary>Further records about the account that are no contents.</summary>
    OtherRecords,
    Contents,
}

public enum ServedBy { Portal, Email, Fax, Mail, InPerson }

/// <summary>What came back.</summary>
public enum ReturnOutcome
{
    Complete,
    /// <summary>More is to come: the clock runs on.</summary>
    Partial,
    Refused,
    /// <summary>The holder has nothing of the kind.</summary>
    Nothing,
}

internal enum RequestStepKind
{
    Drafted, Applied, Granted, Denied, Served, Renewed, Returned, Withdrawn,
    /// <summary>The lead ended on which it hangs; it stays open until somebody closes it.</summary>
    LeadEnded,
    HandedOver,
}

/// <summary>A request to a provider, another holder or a court. Its history is in its steps; here is how it stands.</summary>
internal sealed class LegalRequest : IScoped
{
    public required LegalRequestId Id { get; init; }
    /// <summary>As it stands on letters: the number of its report or lead, then <c>-R1</c>.</summary>
    public required string Reference { get; init; }
    public required LegalRequestKind Kind { get; init; }
    public required LegalRequestState State { get; set; }
    /// <summary>The id of the report or of the lead: with <see cref="Ordinal"/> unique.</summary>
    public required Guid Subject { get; init; }
    public ReportId? Report { get; init; }
    public LeadId? Lead { get; init; }
    public required int Ordinal { get; init; }
    /// <summary>The table by which it was drafted; a later table does not change it.</summary>
    public required string RuleVersion { get; init; }
    /// <summary>The day as of which its rule was read.</summary>
    public required DateOnly RuleOn { get; init; }
    /// <summary>IANA name of the zone in which its days run: that of the office that drafted it.</summary>
    public required string Zone { get; init; }
    /// <summary>Who is asked, for what, and who signs: <see cref="RequestTerms"/> as JSON, encrypted, bound to <c>legal-request/terms/…id…</c>.</summary>
    public required byte[] Terms { get; init; }
    public required DateTimeOffset DraftedAt { get; init; }
    public required UserId DraftedBy { get; init; }
    public DateTimeOffset? ServedAt { get; set; }
    /// <summary>How often it was renewed.</summary>
    public int Renewals { get; set; }
    /// <summary>When the clock of the present state runs out; null where none runs.</summary>
    public DateTimeOffset? DueAt { get; set; }
    /// <summary>How many of the warnings before <see cref="DueAt"/>, and of its end, were given.</summary>
    public int Warned { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    /// <summary>The letter as it was served: JSON, encrypted, bound to <c>legal-request/letter/…id…</c>.</summary>
    public byte[]? Letter { get; set; }
    /// <summary>SHA-256 of that letter, hexadecimal.</summary>
    public string? LetterHash { get; set; }
    public string? OfficeCode { get; init; }
    public string? TaskForce { get; init; }
    public string? AgencyOri { get; set; }
    public UserId? AssignedTo { get; set; }
    public required Guid Revision { get; set; }

    /// <summary>A letter went out, and was purged with a report whose accounts it named.</summary>
    public bool LetterIsPurged => Letter is null && LetterHash is not null;
    public bool IsOpen => State is not (LegalRequestState.Denied or LegalRequestState.Answered or LegalRequestState.Withdrawn);
}

/// <summary>One thing that happened to a request, with when it happened and when it was entered. Never overwritten.</summary>
internal sealed class LegalRequestStep
{
    public required Guid Id { get; init; }
    public required LegalRequestId Request { get; init; }
    public required int Ordinal { get; init; }
    public required RequestStepKind Kind { get; init; }
    public required DateTimeOffset At { get; init; }
    public required DateTimeOffset EnteredAt { get; init; }
    public required UserId By { get; init; }
    /// <summary><see cref="StepDetail"/> as JSON, encrypted, bound to <c>legal-request/step/…id…</c>.</summary>
    public required byte[] Detail { get; init; }
}

/// <summary>An account, number or address for which records are asked, and where it stands.</summary>
/// <param name="Number">The report's.</param>
/// <param name="Path">In the report's original.</param>
public sealed record RequestedAccount(string Kind, string Value, string Number, string Path);

/// <summary>What a request asks, as it was drafted.</summary>
/// <param name="Holder">The provider or other holder; for a warrant for a file the court.</param>
/// <param name="File">The file's hash, or its place in the report's original.</param>
/// <param name="Advice">The gate's advice as it was then (T-06).</param>
internal sealed record RequestTerms(
    string Holder, string? HolderAddress, IReadOnlyList<RequestedAccount> Accounts, IReadOnlyList<RecordKind> Asks, string? File,
    FileAccessAdvice? Advice, string Signatory, string SignatoryTitle, string? Note);

/// <param name="Reference">A receipt's, docket's or shipment's number, or the hash of what came.</param>
internal sealed record StepDetail(
    ServedBy? How = null, ReturnOutcome? Outcome = null, IReadOnlyList<RecordKind>? Records = null, string? Reference = null,
    string? Note = null, DateTimeOffset? DueAt = null);
