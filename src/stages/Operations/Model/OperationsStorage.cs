using Homeward.Foundations.Storage;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Operations.Model;

internal sealed class OperationsStorage : IStoragePart
{
    public void Shape(ModelBuilder model)
    {
        model.Entity<Initiative>(initiative =>
        {
            initiative.ToTable("initiatives");
            initiative.HasKey(row => row.Id);
            initiative.HasIndex(row => row.NameKey).IsUnique();
            initiative.Ignore(row => row.Gist);
        });
        model.Entity<Operation>(operation =>
        {
            operation.ToTable("operations");
            operation.HasKey(row => row.Id);
            operation.HasIndex(row => row.Reference).IsUnique();
            operation.HasIndex(row => new { row.Initiative, row.PlannedFrom });
            operation.HasIndex(row => new { row.TaskForce, row.State });
            operation.Property(row => row.Revision).IsConcurrencyToken();
            operation.Ignore(row => row.AgencyOri).Ignore(row => row.Link);
        });
        model.Entity<OperationAgency>(agency =>
        {
            agency.ToTable("operation_agencies");
            agency.HasKey(row => new { row.Operation, row.AgencyOri });
        });
        model.Entity<OperationLead>(lead =>
        {
            lead.ToTable("operation_leads");
            lead.HasKey(row => new { row.Operation, row.Lead });
            lead.HasIndex(row => row.Referral);
        });
        model.Entity<OperationMember>(member =>
        {
            member.ToTable("operation_members");
            member.HasKey(row => new { row.Operation, row.User });
        });
        model.Entity<LogLine>(line =>
        {
            line.ToTable("operation_log");
            line.HasKey(row => row.Id);
            line.HasIndex(row => new { row.Operation, row.Ordinal }).IsUnique();
            line.HasIndex(row => row.Key).IsUnique();
            // Two who correct the same entry at once: one of them meets the other's text.
            line.HasIndex(row => row.Corrects).IsUnique();
        });
        model.Entity<OperationCounter>(counter =>
        {
            counter.ToTable("operation_counters");
            counter.HasKey(row => row.Key);
        });
        ShapeDeconfliction(model);
    }

    private static void ShapeDeconfliction(ModelBuilder model)
    {
        model.Entity<DeconflictionEvent>(planned =>
        {
            planned.ToTable("deconfliction_events");
            planned.HasKey(row => row.Id);
            planned.HasIndex(row => new { row.Operation, row.Type }).IsUnique();
            planned.HasIndex(row => row.SubmittedAt).HasFilter("check_owed");
            planned.Property(row => row.Revision).IsConcurrencyToken();
            planned.Ignore(row => row.AgencyOri);
        });
        model.Entity<EventCell>(cell =>
        {
            cell.ToTable("deconfliction_cells");
            cell.HasKey(row => new { row.Key, row.Event });
            cell.HasIndex(row => row.Event);
        });
        model.Entity<EventSubject>(subject =>
        {
            subject.ToTable("deconfliction_subjects");
            subject.HasKey(row => new { row.Key, row.Event });
            subject.HasIndex(row => row.Event);
        });
        model.Entity<EventConflict>(conflict =>
        {
            conflict.ToTable("deconfliction_conflicts");
            conflict.HasKey(row => row.Id);
            conflict.HasIndex(row => new { row.One, row.OneVersion, row.Other, row.OtherVersion }).IsUnique();
            conflict.HasIndex(row => row.Other);
            conflict.HasIndex(row => row.State);
            conflict.Property(row => row.Revision).IsConcurrencyToken();
        });
    }
}
