using Homeward.Foundations.Access;
using Homeward.Foundations.People;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Homeward.Outcomes;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Care.Model;

/// <summary>A finding whose victim has no plan yet: what waits for the office's specialist.</summary>
internal sealed class CareNeed : IScoped
{
    public required FactId Finding { get; init; }
    public required PersonRecordId Victim { get; init; }
    public required bool IsChild { get; init; }
    public string? OfficeCode { get; init; }
    public string? TaskForce { get; init; }
    public string? AgencyOri { get; init; }
    public UserId? AssignedTo { get; set; }
    public required DateTimeOffset Since { get; init; }
    public CarePlanId? Plan { get; set; }
}

/// <summary>The government specialist's plan for one victim.</summary>
internal sealed class CarePlan : IScoped
{
    public required CarePlanId Id { get; init; }
    public required FactId Finding { get; init; }
    public required PersonRecordId Victim { get; init; }
    public required bool IsChild { get; init; }
    public string? OfficeCode { get; init; }
    public string? TaskForce { get; init; }
    public string? AgencyOri { get; init; }
    public UserId? AssignedTo { get; set; }
    public required DateTimeOffset OpenedAt { get; init; }
    /// <summary>Sealed under the victim's key.</summary>
    public byte[]? SafetyPlan { get; set; }
    public ServiceAnswer? Answer { get; set; }
    public DateTimeOffset? OfferedAt { get; set; }
    public required Guid Revision { get; set; }
}

/// <summary>What was offered, in which language, and what the victim said.</summary>
internal sealed class ServiceOffer
{
    public required Guid Id { get; init; }
    public required CarePlanId Plan { get; init; }
    /// <summary>Codes, one a line: <c>medical</c>, <c>shelter</c>.</summary>
    public required string Services { get; init; }
    public required string Language { get; init; }
    public required ServiceAnswer Answer { get; init; }
    public required DateTimeOffset OfferedAt { get; init; }
    public required UserId By { get; init; }
}

/// <summary>A note in the government room: added, never changed.</summary>
internal sealed class CareNote
{
    public required Guid Id { get; init; }
    public required CarePlanId Plan { get; init; }
    public required byte[] Text { get; init; }
    public required UserId By { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>A notice that the victim is owed: given on a channel that is safe.</summary>
internal sealed class VictimNotice
{
    public required Guid Id { get; init; }
    public required CarePlanId Plan { get; init; }
    public required string Kind { get; init; }
    public required string Channel { get; init; }
    public required DateTimeOffset GivenAt { get; init; }
    public required UserId By { get; init; }
}

/// <summary>Consent to tell something to somebody, in writing and for a time .</summary>
internal sealed class ConsentRelease
{
    public required Guid Id { get; init; }
    public required CarePlanId Plan { get; init; }
    /// <summary>What, to whom, for what: sealed under the victim's key.</summary>
    public required byte[] Terms { get; init; }
    public required DateTimeOffset SignedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? WithdrawnAt { get; set; }
    public required UserId By { get; init; }
}

/// <summary>The community advocate's file: a room of its own, opened by the advocate alone.</summary>
internal sealed class AdvocateFile : IScoped
{
    public required AdvocateFileId Id { get; init; }
    public string? OfficeCode => null;
    public string? TaskForce => null;
    public string? AgencyOri => null;
    public UserId? AssignedTo { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
}

internal sealed class AdvocateNote
{
    public required Guid Id { get; init; }
    public required AdvocateFileId File { get; init; }
    public required byte[] Text { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>The key of one victim's texts in one room, wrapped under the room's key.</summary>
internal sealed class VictimKey
{
    public required string Room { get; init; }
    public required Guid Owner { get; init; }
    /// <summary>Null once destroyed: the texts are gone, in backups too.</summary>
    public byte[]? Wrapped { get; set; }
}

internal sealed class CareStorage : IStoragePart
{
    public void Shape(ModelBuilder model)
    {
        model.Entity<CareNeed>(need =>
        {
            need.ToTable("care_needs");
            need.HasKey(row => row.Finding);
            need.HasIndex(row => new { row.OfficeCode, row.Plan });
        });
        model.Entity<CarePlan>(plan =>
        {
            plan.ToTable("care_plans");
            plan.HasKey(row => row.Id);
            plan.HasIndex(row => row.Finding).IsUnique();
            plan.HasIndex(row => row.OfficeCode);
            plan.Property(row => row.Revision).IsConcurrencyToken();
        });
        Child<ServiceOffer>("care_offers", row => row.Id, row => row.Plan);
        Child<CareNote>("care_notes", row => row.Id, row => row.Plan);
        Child<VictimNotice>("care_notices", row => row.Id, row => row.Plan);
        Child<ConsentRelease>("care_consents", row => row.Id, row => row.Plan);
        model.Entity<AdvocateFile>(file =>
        {
            file.ToTable("advocate_files");
            file.HasKey(row => row.Id);
            file.Ignore(row => row.OfficeCode).Ignore(row => row.TaskForce).Ignore(row => row.AgencyOri);
            file.HasIndex(row => row.AssignedTo);
        });
        Child<AdvocateNote>("advocate_notes", row => row.Id, row => row.File);
        model.Entity<VictimKey>(key =>
        {
            key.ToTable("victim_keys");
            key.HasKey(row => new { row.Room, row.Owner });
        });

        void Child<TRow>(string table, System.Linq.Expressions.Expression<Func<TRow, object?>> key,
            System.Linq.Expressions.Expression<Func<TRow, object?>> parent) where TRow : class => model.Entity<TRow>(row =>
        {
            row.ToTable(table);
            row.HasKey(key);
            row.HasIndex(parent);
        });
    }
}
