using Homeward.Foundations.Access;
using Homeward.Foundations.People;
using Homeward.Kernel;

namespace Homeward.Review;

/// <summary>A blind second reading that the house drew for somebody.</summary>
public readonly record struct ReadingId(Guid Value) : IStrongId<ReadingId>
{
    public static ReadingId From(Guid value) => new(value);
    public override string ToString() => StrongId.Text(Value);
}

internal enum DecisionKind
{
    First,
    /// <summary>Read without score and without the first view.</summary>
    Second,
    /// <summary>A supervisor's word on a disagreement.</summary>
    Settlement,
    /// <summary>Takes earlier decisions back; they stay on record.</summary>
    Undo,
}

/// <summary>A named person's word on a proposed match, with what was shown. Never overwritten.</summary>
internal sealed class MatchDecision
{
    public required Guid Id { get; init; }
    public required MatchId Match { get; init; }
    /// <summary>1, 2, 3 … for each match; its concurrency token keeps two people who decide at once apart.</summary>
    public required int Ordinal { get; init; }
    public required DecisionKind Kind { get; init; }
    public required Judgement Judgement { get; init; }
    public required UserId By { get; init; }
    public required DateTimeOffset At { get; init; }
    /// <summary>Encrypted, bound to <c>match-decision/…id…</c>.</summary>
    public required byte[] Reason { get; init; }
    /// <summary>Hash of what was shown.</summary>
    public required string SnapshotId { get; init; }
    /// <summary>What was shown, JSON, encrypted, bound to <c>match-shown/…id…</c>.</summary>
    public required byte[] Snapshot { get; init; }
    /// <summary>When a later word took its place; null while it stands.</summary>
    public DateTimeOffset? ClosedAt { get; set; }
}

internal enum ReadingSubject { Report, Match }

internal enum ReadingCause
{
    AboveThreshold,
    /// <summary>One of the 2 in 100 drawn by lot.</summary>
    Lot,
}

public enum ReadingState { Waiting, Upheld, Overturned, Unsure, Lapsed }

/// <summary>Somebody else reads a no again without knowing why it was said. Drawn by the house, never chosen.</summary>
internal sealed class SecondReading : IScoped
{
    public required ReadingId Id { get; init; }
    public required ReadingSubject Subject { get; init; }
    /// <summary>Id of the report or of the match.</summary>
    public required Guid SubjectId { get; init; }
    public required ReadingCause Cause { get; init; }
    public required UserId FirstReader { get; init; }
    /// <summary>Null when there was nobody else to draw: any supervisor reads it.</summary>
    public required UserId? AssignedTo { get; init; }
    public required DateTimeOffset DrawnAt { get; init; }
    public required ReadingState State { get; set; }
    public UserId? ReadBy { get; set; }
    public DateTimeOffset? ReadAt { get; set; }
    /// <summary>Encrypted, bound to <c>reading/…id…</c>.</summary>
    public byte[]? Reason { get; set; }
    public string? OfficeCode { get; init; }
    public string? TaskForce { get; init; }
    public string? AgencyOri { get; init; }
    public required Guid Revision { get; set; }
}
