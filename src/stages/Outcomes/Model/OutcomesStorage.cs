using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Outcomes.Model;

internal enum FactType { Child, Adult, Arrest, Investigation, Court }

internal enum CorrectionState
{
    /// <summary>Crosses the line between child and adult: waits for a second person (T-22).</summary>
    AwaitsApproval,
    Done,
    Refused,
}

/// <summary>Why one fact took the place of another, or of nothing.</summary>
internal sealed class FactCorrection
{
    public required Guid Id { get; init; }
    public required FactId Fact { get; init; }
    /// <summary>What stands now instead; null where the fact was withdrawn, or while it waits.</summary>
    public FactId? Replacement { get; set; }
    public required CorrectionState State { get; set; }
    public required UserId By { get; init; }
    public required DateTimeOffset At { get; init; }
    public UserId? DecidedBy { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
    /// <summary>Encrypted, bound to <c>correction/…id…</c>.</summary>
    public required byte[] Reason { get; init; }
    /// <summary>The whole request as JSON, encrypted, while it waits for approval.</summary>
    public byte[]? Request { get; set; }
    public required Guid Revision { get; set; }
}

internal sealed class OutcomesStorage : IStoragePart
{
    public void Shape(ModelBuilder model)
    {
        model.Entity<Fact>(fact =>
        {
            fact.ToTable("outcome_facts");
            fact.HasKey(row => row.Id);
            fact.HasDiscriminator<FactType>("Type")
                .HasValue<ChildFinding>(FactType.Child).HasValue<AdultFinding>(FactType.Adult).HasValue<Arrest>(FactType.Arrest)
                .HasValue<Investigation>(FactType.Investigation).HasValue<CourtStep>(FactType.Court);
            fact.HasIndex(row => new { row.OfficeCode, row.Record, row.Version }).IsUnique();
            fact.HasIndex(row => new { row.Initiative, row.EnteredAt });
            fact.HasIndex(row => row.Person);
            fact.Property(row => row.Revision).IsConcurrencyToken();
            fact.Ignore(row => row.Base);
        });
        model.Entity<Arrest>().HasIndex(row => row.FbiNumber);
        model.Entity<FactCorrection>(correction =>
        {
            correction.ToTable("outcome_corrections");
            correction.HasKey(row => row.Id);
            correction.HasIndex(row => row.Fact);
            correction.HasIndex(row => row.State);
            correction.Property(row => row.Revision).IsConcurrencyToken();
        });
    }
}
