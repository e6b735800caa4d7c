using Homeward.Foundations.Storage;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Model;

/// <summary>Intake's part of the storage model.</summary>
internal sealed class IntakeStorage : IStoragePart
{
    public void Shape(ModelBuilder model)
    {
        ShapeReports(model);
        ShapeEntries(model);
        ShapeAlerts(model);
        model.Entity<Door>(door =>
        {
            door.ToTable("doors");
            door.HasKey(row => row.Id);
            door.HasIndex(row => row.Number).IsUnique();
        });
        model.Entity<DoorMessage>(message =>
        {
            message.ToTable("door_messages");
            // Two that bring the same number at once: the second fails and is tried again.
            message.HasKey(row => new { row.DoorId, row.Version });
        });
        model.Entity<Reject>(reject =>
        {
            reject.ToTable("rejects");
            reject.HasKey(row => row.Id);
            reject.HasIndex(row => new { row.Source, row.Sha256 }).IsUnique();
            reject.HasIndex(row => new { row.At, row.Id });
        });
        model.Entity<Batch>(batch =>
        {
            batch.ToTable("intake_batches");
            batch.HasKey(row => row.Id);
            batch.HasIndex(row => row.ReceivedOn);
        });
        model.Entity<Arrival>(arrival =>
        {
            arrival.ToTable("arrivals");
            arrival.HasKey(row => row.Id);
            arrival.HasIndex(row => new { row.At, row.Id });
        });
        model.Entity<ArrivalPart>(part =>
        {
            part.ToTable("arrival_parts");
            part.HasKey(row => new { row.ArrivalId, row.PartId });
            part.HasIndex(row => row.PartId);
        });
        model.Entity<SealedFileRow>(file =>
        {
            file.ToTable("sealed_files");
            file.HasKey(row => row.Id);
            file.HasIndex(row => row.ReportId);
            // The same file again, in another report.
            file.HasIndex(row => new { row.Sha256, row.ReportId });
        });
    }

    private static void ShapeReports(ModelBuilder model)
    {
        model.Entity<ReportVersion>(report =>
        {
            report.ToTable("reports");
            report.HasKey(row => new { row.Id, row.Version });
            report.HasIndex(row => new { row.Number, row.Version }).IsUnique();
            report.HasIndex(row => new { row.ReceivedOn, row.Form, row.Version });
            report.HasIndex(row => row.PreserveUntil);
            report.HasIndex(row => row.PreserveUntil, "IX_reports_may_end_earlier").HasFilter("submitted_at IS NULL");
            report.HasIndex(row => new { row.Bundle, row.Id }).HasFilter("bundle IS NOT NULL");
            report.Ignore(row => row.Parts);
        });
        model.Entity<ReportIdentifierRow>(identifier =>
        {
            identifier.ToTable("report_identifiers");
            // Where else it appears.
            identifier.HasKey(row => new { row.Look, row.ReportId, row.Version });
            // Only to prove that nothing of a purged report is left. On PostgreSQL it may be small and coarse: ids grow with time, as the table does.
            // SQLite goes without (HomewardDb): every import would write it in the order of the identifiers, which is none of the reports. There the
            // proof looks through the table, as a purge does through the reports for what lies in a block.
            identifier.HasIndex(row => row.ReportId).HasAnnotation("Npgsql:IndexMethod", "brin")
                .HasAnnotation("Npgsql:StorageParameter:pages_per_range", 32).HasAnnotation("Npgsql:StorageParameter:autosummarize", true);
        });
        model.Entity<ReportExtraction>(extraction =>
        {
            extraction.ToTable("report_extractions");
            extraction.HasKey(row => new { row.ReportId, row.Version, row.Extractor });
        });
        model.Entity<OriginalBlock>(block =>
        {
            block.ToTable("original_blocks");
            block.HasKey(row => row.Id);
        });
        model.Entity<OriginalWords>(words =>
        {
            words.ToTable("original_words");
            words.HasKey(row => row.Id);
        });
        model.Entity<ReportOpening>(opening =>
        {
            opening.ToTable("report_openings");
            opening.HasKey(row => row.ReportId);
        });
    }

    private static void ShapeEntries(ModelBuilder model)
    {
        model.Entity<Entry>(entry =>
        {
            entry.ToTable("entries");
            entry.HasKey(row => row.Id);
            entry.HasIndex(row => row.Nic).IsUnique();
            entry.HasIndex(row => row.Record);
            entry.HasIndex(row => new { row.State, row.OfficeCode });
            entry.Property(row => row.Revision).IsConcurrencyToken();
            // What changed since somebody looked.
            entry.HasIndex(row => new { row.Revision, row.Version });
        });
        model.Entity<EntryMessage>(message =>
        {
            message.ToTable("entry_messages");
            message.HasKey(row => new { row.EntryId, row.Version });
        });
        model.Entity<AgencyTold>(told =>
        {
            told.ToTable("agency_told");
            told.HasKey(row => new { row.EntryId, row.Ordinal });
        });
        model.Entity<EntryPlate>(plate =>
        {
            plate.ToTable("entry_plates");
            plate.HasKey(row => new { row.EntryId, row.Version, row.Plate });
            plate.HasIndex(row => row.Plate);
        });
        model.Entity<ClearingMessage>(message =>
        {
            message.ToTable("clearing_messages");
            message.HasKey(row => new { row.EntryId, row.Version });
            message.Property(row => row.Revision).IsConcurrencyToken();
        });
    }

    private static void ShapeAlerts(ModelBuilder model)
    {
        model.Entity<Alert>(alert =>
        {
            alert.ToTable("alerts");
            alert.HasKey(row => row.Id);
            alert.HasIndex(row => new { row.IsWaiting, row.SentAt });
            alert.HasIndex(row => row.EntryId);
            alert.Property(row => row.Revision).IsConcurrencyToken();
        });
        model.Entity<AlertMessage>(message =>
        {
            message.ToTable("alert_messages");
            message.HasKey(row => row.Id);
            message.HasIndex(row => row.AlertId);
            message.HasIndex(row => new { row.Sender, row.Identifier, row.SentAt });
        });
        model.Entity<AlertKey>(key =>
        {
            key.ToTable("alert_keys");
            // Two that bring the same message at once: the second fails and is tried again.
            key.HasKey(row => new { row.Sender, row.Identifier, row.SentAt, row.Status, row.Ordinal });
            key.HasIndex(row => row.AlertId);
        });
        model.Entity<AlertPlate>(plate =>
        {
            plate.ToTable("alert_plates");
            plate.HasKey(row => new { row.MessageId, row.Plate });
            plate.HasIndex(row => row.Plate);
            plate.HasIndex(row => row.AlertId);
        });
        model.Entity<AlertDecision>(decision =>
        {
            decision.ToTable("alert_decisions");
            decision.HasKey(row => row.Id);
            decision.HasIndex(row => row.AlertId);
        });
    }
}
