using Homeward.Foundations.Access;
using Homeward.Intake;
using Homeward.Kernel;

namespace Homeward.Review;

public readonly record struct CaseTaskId(Guid Value) : IStrongId<CaseTaskId>
{
    public static CaseTaskId From(Guid value) => new(value);
    public override string ToString() => StrongId.Text(Value);
}

public enum CaseTaskState
{
    Open,
    Done,
    /// <summary>It need not be done any more; the reason says why.</summary>
    Dropped,
}

/// <summary>What is to be done, by whom, by when. It may hang on a report, a lead or a request for records.</summary>
internal sealed class CaseTask : IScoped
{
    public required CaseTaskId Id { get; init; }
    public ReportId? Report { get; init; }
    public LeadId? Lead { get; init; }
    public LegalRequestId? Request { get; init; }
    /// <summary>Encrypted, bound to <c>case-task/what/…id…</c>.</summary>
    public required byte[] What { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required CaseTaskState State { get; set; }
    public required UserId GivenBy { get; init; }
    public required DateTimeOffset GivenAt { get; init; }
    public UserId? EndedBy { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    /// <summary>What came of it, or why it was dropped: encrypted, bound to <c>case-task/end/…id…</c>.</summary>
    public byte[]? EndWords { get; set; }
    /// <summary>Whether those whose work it is were told that it is late.</summary>
    public bool ToldLate { get; set; }
    public string? OfficeCode { get; init; }
    public string? TaskForce { get; init; }
    /// <summary>The unit whose work it is: that of <see cref="AssignedTo"/>, or the one that was named.</summary>
    public string? AgencyOri { get; set; }
    /// <summary>Null while it is the whole unit's.</summary>
    public UserId? AssignedTo { get; set; }
    public required Guid Revision { get; set; }
}
