using Homeward.Foundations.Storage;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Foundations.Audit;

/// <summary>A signed statement of how far every chain had come.</summary>
public sealed class AuditCheckpoint
{
    /// <summary>1, 2, 3 …: checkpoints are a chain of their own.</summary>
    public required long Number { get; init; }
    public required DateTimeOffset At { get; init; }
    public required DateTimeOffset RealAt { get; init; }
    /// <summary>One line for each chain: <c>chain seq hash</c>, in order of chain.</summary>
    public required string Heads { get; init; }
    /// <summary>SHA-256 over the previous checkpoint's hash and this one's number, times and heads.</summary>
    public required byte[] Hash { get; init; }
    /// <summary>ECDSA P-384 over <see cref="Hash"/>, IEEE P1363 form.</summary>
    public required byte[] Signature { get; init; }
}

internal sealed class AuditStorage : IStoragePart
{
    public void Shape(ModelBuilder model)
    {
        model.Entity<AuditEntry>(entry =>
        {
            entry.ToTable("audit_entries");
            entry.HasKey(row => new { row.Chain, row.Seq });
            entry.HasIndex(row => new { row.SubjectId, row.At });
            entry.HasIndex(row => row.At);
            entry.HasIndex(row => new { row.ActorId, row.At });
            entry.HasIndex(row => new { row.Action, row.At });
        });
        model.Entity<AuditCheckpoint>(checkpoint =>
        {
            checkpoint.ToTable("audit_checkpoints");
            checkpoint.HasKey(row => row.Number);
            checkpoint.Property(row => row.Number).ValueGeneratedNever();
        });
    }
}
