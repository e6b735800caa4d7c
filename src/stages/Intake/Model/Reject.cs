namespace Homeward.Intake.Model;

/// <summary>What came in and cannot be taken: kept, counted, and told where and why, so that its sender can mend it.</summary>
internal sealed class Reject
{
    public required Guid Id { get; init; }
    /// <summary>What it was to be: <c>report</c>, <c>entry</c>, <c>tip</c>, <c>referral</c>.</summary>
    public required string Kind { get; init; }
    public required string Source { get; init; }
    public required string Sha256 { get; init; }
    public required DateTimeOffset At { get; init; }
    public required int Faults { get; init; }
    /// <summary>Of the first fault; 0 where it has no line.</summary>
    public required int FaultLine { get; init; }
    public required int FaultColumn { get; init; }
    public required string Field { get; init; }
    public required string Reason { get; init; }
    public required string Mend { get; init; }
    /// <summary>The bytes as they came, bound to <c>reject/…id…</c>.</summary>
    public required byte[] Sealed { get; init; }
}

/// <summary>What one batch brought, for the day's list: repeats leave no other mark.</summary>
internal sealed class Batch
{
    public required Guid Id { get; init; }
    public required string Kind { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string ReceivedOn { get; init; }
    public required int New { get; init; }
    public required int Versions { get; init; }
    public required int Repeats { get; init; }
    public required int Rejected { get; init; }
}

/// <summary>A file that was sealed on arrival to the clearing unit. The house cannot open it.</summary>
internal sealed class SealedFileRow
{
    public required Guid Id { get; init; }
    public ReportId? ReportId { get; init; }
    /// <summary>Name of the blob in the blob folder.</summary>
    public required string Blob { get; init; }
    /// <summary>Of the file in clear, made while it passed.</summary>
    public required string Sha256 { get; init; }
    public required long Bytes { get; init; }
    /// <summary>As the sender says: <c>image/jpeg</c>. Never looked at.</summary>
    public required string MediaType { get; init; }
    public required string RecipientThumbprint { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    /// <summary>The name under which it came, bound to <c>sealed-file-name/…id…</c>; null where its sender's call holds it (<see cref="Providers.SubmissionFile"/>).</summary>
    public byte[]? SealedName { get; init; }
}
