using Homeward.Exchange.Alerts;
using Homeward.Foundations.Access;
using Homeward.Kernel;

namespace Homeward.Intake.Model;

/// <summary>An AMBER alert: one issuer's message with its updates and its cancel, and what people of the house decided of it.</summary>
/// <remarks>What it says is read from the messages' originals each time; it is kept beside the entry and never written over it.</remarks>
internal sealed class Alert : IScoped
{
    public required AlertId Id { get; init; }
    public required CapStatus Status { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    /// <summary>When its first message was issued.</summary>
    public required DateTimeOffset FirstSentAt { get; set; }
    /// <summary>When the message was issued that says how it stands.</summary>
    public required DateTimeOffset SentAt { get; set; }
    /// <summary>The message that says how it stands: the newest by its own time that is an alert, an update or a cancel.</summary>
    public required Guid Newest { get; set; }
    public required bool IsCancelled { get; set; }
    /// <summary>How many messages there are.</summary>
    public required int Version { get; set; }
    public AlertVerdict Verdict { get; set; }
    /// <summary>The missing child's entry that a person attached it to.</summary>
    public EntryId? EntryId { get; set; }
    /// <summary>The cancel of which a person decided whether the child was located.</summary>
    public Guid? CancelDecided { get; set; }
    /// <summary>The alert that this one turned out to be part of; it has all messages then.</summary>
    public AlertId? PartOf { get; set; }
    /// <summary>A person must decide something. False for what does not count in this house.</summary>
    public bool IsWaiting { get; set; }
    public string? OfficeCode { get; set; }
    public required Guid Revision { get; set; }

    string? IScoped.TaskForce => null;
    string? IScoped.AgencyOri => null;
    UserId? IScoped.AssignedTo => null;
}

/// <summary>One message of an alert, byte for byte. Never changed but in what alert it belongs to. Of one that answers several alerts each has its own.</summary>
internal sealed class AlertMessage
{
    public required Guid Id { get; init; }
    public required AlertId AlertId { get; set; }
    public required CapKind Kind { get; init; }
    public required string Sender { get; init; }
    public required string Identifier { get; init; }
    public required DateTimeOffset SentAt { get; init; }
    /// <summary>The names that it refers to, one a line, as CAP writes them: <c>sender,identifier,sent</c>.</summary>
    public required string RefersTo { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required string Source { get; init; }
    public required string Sha256 { get; init; }
    /// <summary>The bytes as they came, bound to <c>alert-message/…id…</c>.</summary>
    public required byte[] Sealed { get; init; }
}

/// <summary>A message's name, its own or one that it refers to: whichever comes first, the other finds the alert by it.</summary>
/// <remarks>The status is part of it: a test that refers to an actual alert does not touch it.</remarks>
internal sealed class AlertKey
{
    public required string Sender { get; init; }
    public required string Identifier { get; init; }
    public required DateTimeOffset SentAt { get; init; }
    public required CapStatus Status { get; init; }
    /// <summary>From 1: a name may belong to several alerts.</summary>
    public required int Ordinal { get; init; }
    public required AlertId AlertId { get; init; }
}

/// <summary>A vehicle's plate that a message of an alert names: by it the alert is found from reports, and they from it.</summary>
/// <remarks>Drawn from the original, which stays what counts; one that a later message takes back still says where the plate appeared.</remarks>
internal sealed class AlertPlate
{
    public required Guid MessageId { get; init; }
    /// <summary>As in <c>Plates</c>.</summary>
    public required string Plate { get; init; }
    public required AlertId AlertId { get; set; }
}

/// <summary>What a person decided of an alert. A later one stands; earlier ones stay.</summary>
internal sealed class AlertDecision
{
    public required Guid Id { get; init; }
    public required AlertId AlertId { get; set; }
    public required AlertStep Step { get; init; }
    public EntryId? EntryId { get; init; }
    public required UserId By { get; init; }
    public required DateTimeOffset At { get; init; }
    /// <summary>Bound to <c>alert-decision/…id…</c>.</summary>
    public required byte[] Reason { get; init; }
}
