using Microsoft.EntityFrameworkCore;

namespace Homeward.Review.Model;

/// <summary>Notes, tasks and requests for records, in the storage model.</summary>
internal static class CaseworkStorage
{
    public static void Shape(ModelBuilder model)
    {
        model.Entity<CaseNote>(note =>
        {
            note.ToTable("case_notes");
            note.HasKey(row => row.Id);
            note.HasIndex(row => new { row.Subject, row.Ordinal }).IsUnique();
        });
        model.Entity<CaseTask>(task =>
        {
            task.ToTable("case_tasks");
            task.HasKey(row => row.Id);
            task.HasIndex(row => new { row.State, row.DueAt });
            task.HasIndex(row => row.Report).HasFilter("report IS NOT NULL");
            task.HasIndex(row => row.Lead).HasFilter("lead IS NOT NULL");
            task.HasIndex(row => row.Request).HasFilter("request IS NOT NULL");
            task.Property(row => row.Revision).IsConcurrencyToken();
        });
        model.Entity<LegalRequest>(request =>
        {
            request.ToTable("legal_requests");
            request.HasKey(row => row.Id);
            request.HasIndex(row => row.Reference).IsUnique();
            request.HasIndex(row => new { row.Subject, row.Ordinal }).IsUnique();
            request.HasIndex(row => new { row.State, row.DueAt });
            request.Property(row => row.Revision).IsConcurrencyToken();
            request.Ignore(row => row.IsOpen);
            request.Ignore(row => row.LetterIsPurged);
        });
        model.Entity<LegalRequestStep>(step =>
        {
            step.ToTable("legal_request_steps");
            step.HasKey(row => row.Id);
            step.HasIndex(row => new { row.Request, row.Ordinal }).IsUnique();
        });
    }
}
