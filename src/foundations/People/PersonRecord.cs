using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Foundations.People;

/// <summary>One source's word on a person. Who is the same as whom is decided beside it, never by merging.</summary>
public readonly record struct PersonRecordId(Guid Value) : IStrongId<PersonRecordId>
{
    public static PersonRecordId From(Guid value) => new(value);
    public override string ToString() => StrongId.Text(Value);
}

/// <summary>What a record says that a person is. It never changes by linking.</summary>
public enum PersonKind { Child, Adult, Suspect }

/// <summary>A record about a person, as one source gave it.</summary>
public sealed class PersonRecord
{
    public required PersonRecordId Id { get; init; }
    public required PersonKind Kind { get; init; }
    /// <summary>Where it came from: <c>missing-child/M123456789</c>, <c>finding/C-000001</c>. Unique.</summary>
    public required string Source { get; init; }
    public string Given { get; init; } = "";
    public string Family { get; init; } = "";
    /// <summary>Other names, one a line, given and family parted by a tab.</summary>
    public string Aliases { get; init; } = "";
    public PartialDate Born { get; init; }
    public string? Sex { get; init; }
    /// <summary>Marks that only one person has, one a line: <c>biometric:B-1</c>, <c>fbi:F-1</c>, <c>ncmec:123</c>.</summary>
    public string Marks { get; init; } = "";
    public required DateTimeOffset CreatedAt { get; init; }

    public IEnumerable<string> MarkList => Marks.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

public enum Judgement
{
    /// <summary>The two records are one person.</summary>
    Same,
    NotSame,
    /// <summary>Not enough to say.</summary>
    Unsure,
}

/// <summary>A named person's word on two records. A later one closes the earlier and never overwrites it.</summary>
public sealed class IdentityDecision
{
    public required Guid Id { get; init; }
    /// <summary>The smaller id of the two; a pair has one order.</summary>
    public required PersonRecordId Left { get; init; }
    public required PersonRecordId Right { get; init; }
    public required Judgement Judgement { get; init; }
    /// <summary>Free text, encrypted, bound to <c>identity/…id…</c>.</summary>
    public required byte[] Reason { get; init; }
    public required UserId By { get; init; }
    public required DateTimeOffset At { get; init; }
    /// <summary>When a later decision took its place; null while it holds.</summary>
    public DateTimeOffset? ClosedAt { get; set; }
}

/// <summary>The program's suggestion that two records may be one person; a person decides.</summary>
public sealed class IdentityProposal
{
    public required Guid Id { get; init; }
    public required PersonRecordId Left { get; init; }
    public required PersonRecordId Right { get; init; }
    /// <summary>What speaks for it and against it, in sentences, one a line.</summary>
    public required string Why { get; init; }
    public required double Weight { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? DecidedAt { get; set; }
}

internal sealed class PeopleStorage : IStoragePart
{
    public void Shape(ModelBuilder model)
    {
        model.Entity<PersonRecord>(record =>
        {
            record.ToTable("person_records");
            record.HasKey(row => row.Id);
            record.HasIndex(row => row.Source).IsUnique();
            record.Ignore(row => row.MarkList);
        });
        model.Entity<IdentityDecision>(decision =>
        {
            decision.ToTable("identity_decisions");
            decision.HasKey(row => row.Id);
            decision.HasIndex(row => new { row.Left, row.Right });
            // One word stands on a pair: of two who decide at once, the second is told so.
            decision.HasIndex(row => new { row.Left, row.Right }, "ix_identity_decisions_standing")
                .IsUnique().HasFilter("closed_at IS NULL");
        });
        model.Entity<IdentityProposal>(proposal =>
        {
            proposal.ToTable("identity_proposals");
            proposal.HasKey(row => row.Id);
            proposal.HasIndex(row => new { row.Left, row.Right }).IsUnique();
        });
    }
}
