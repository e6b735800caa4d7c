using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Foundations.Partners;

/// <summary>A law-enforcement agency, known by its ORI (nine characters).</summary>
public sealed class Agency
{
    public required string Ori { get; init; }
    public required string Name { get; set; }
    public required string Type { get; set; }
    public required string State { get; set; }
    public string? CountyFips { get; set; }
    /// <summary>Made up for an exercise .</summary>
    public required bool Invented { get; init; }
}

/// <summary>An FBI-led Child Exploitation and Human Trafficking Task Force.</summary>
public sealed class TaskForce
{
    public required string Code { get; init; }
    public required string Name { get; set; }
    public required string OfficeCode { get; set; }
    /// <summary>Operations that it pledged to the initiative; null when it pledged no number.</summary>
    public int? PledgedOperations { get; set; }
}

/// <summary>A seat of an agency in a task force, with its dates. One agency may hold several.</summary>
public sealed class Membership
{
    public required Guid Id { get; init; }
    public required string TaskForce { get; init; }
    public required string AgencyOri { get; init; }
    public required DateOnly From { get; init; }
    public DateOnly? To { get; set; }

    public bool IsIn(DateOnly from, DateOnly to) => From <= to && (To is not { } ended || from <= ended);
}

internal sealed class PartnerStorage : IStoragePart
{
    public void Shape(ModelBuilder model)
    {
        model.Entity<Agency>(agency =>
        {
            agency.ToTable("agencies");
            agency.HasKey(row => row.Ori);
        });
        model.Entity<TaskForce>(force =>
        {
            force.ToTable("task_forces");
            force.HasKey(row => row.Code);
            force.HasIndex(row => row.OfficeCode);
        });
        model.Entity<Membership>(seat =>
        {
            seat.ToTable("memberships");
            seat.HasKey(row => row.Id);
            seat.HasIndex(row => new { row.TaskForce, row.AgencyOri, row.From }).IsUnique();
        });
    }
}
