using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Foundations.Duties;

public readonly record struct DutyId(Guid Value) : IStrongId<DutyId>
{
    public static DutyId From(Guid value) => new(value);
    public override string ToString() => StrongId.Text(Value);
}

public enum DutyState
{
    Open,
    Met,
    /// <summary>Set aside by a supervisor with a reason; counted apart.</summary>
    Waived,
}

/// <summary>How good the proof is .</summary>
public enum EvidenceGrade
{
    ConfirmedByReceiver,
    Document,
    SelfAttested,
}

/// <summary>What must happen by when, who owes it, and what proves that it happened.</summary>
/// <remarks>There is one for each kind and <see cref="Key"/>: one child, incident and place, not one for each report.</remarks>
public sealed class Duty : IScoped
{
    public required DutyId Id { get; init; }
    /// <summary>The rule that made it: <c>offer-services</c>.</summary>
    public required string Rule { get; init; }
    /// <summary>What makes it one duty: <c>victim/…id…</c>. Unique with <see cref="Rule"/>.</summary>
    public required string Key { get; init; }
    public required string SubjectType { get; init; }
    public required Guid SubjectId { get; init; }
    public required Role OwedBy { get; set; }
    public string? OfficeCode { get; set; }
    public string? TaskForce { get; set; }
    public string? AgencyOri { get; set; }
    public UserId? AssignedTo { get; set; }
    public required DateTimeOffset StartsAt { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public DutyState State { get; set; }
    /// <summary>When the act that proves it happened; the lag to <see cref="EnteredAt"/> is a figure of its own.</summary>
    public DateTimeOffset? MetAt { get; set; }
    public DateTimeOffset? EnteredAt { get; set; }
    public EvidenceGrade? Grade { get; set; }
    /// <summary>Who was reached, when, how, which reference: encrypted, bound to <c>duty/…id…</c>.</summary>
    public byte[]? Proof { get; set; }
    public UserId? ProvedBy { get; set; }
    /// <summary>0 = nobody above was told; each lapse raises it.</summary>
    public int Escalations { get; set; }
    public DateTimeOffset? EscalatedAt { get; set; }
    public required Guid Revision { get; set; }

    public bool IsLate(DateTimeOffset now) => (MetAt ?? now) > DueAt;
}

internal sealed class DutyStorage : IStoragePart
{
    public void Shape(ModelBuilder model) => model.Entity<Duty>(duty =>
    {
        duty.ToTable("duties");
        duty.HasKey(row => row.Id);
        duty.HasIndex(row => new { row.Rule, row.Key }).IsUnique();
        duty.HasIndex(row => new { row.State, row.DueAt });
        duty.HasIndex(row => row.SubjectId);
        duty.Property(row => row.Revision).IsConcurrencyToken();
    });
}
