using Homeward.Foundations.Storage;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review.Model;

/// <summary>Review's part of the storage model.</summary>
internal sealed class ReviewStorage : IStoragePart
{
    public void Shape(ModelBuilder model)
    {
        model.Entity<QueueItem>(item =>
        {
            item.ToTable("queue_items");
            item.HasKey(row => row.Id);
            item.HasIndex(row => row.Number).IsUnique();
            // The queue's order, alone and within each filter that its page offers; what follows the id is only looked at. SQLite takes
            // the narrower of two that serve alike, and the younger of two as wide: the migration makes them by name, that of all first.
            item.HasIndex(row => new { row.State, row.Risk, row.ReceivedAt, row.Id, row.OpenMatches, row.Nexus }, "IX_queue_items_all")
                .IsDescending(false, true, false, false, false, false);
            item.HasIndex(row => new { row.State, row.PlaceState, row.Risk, row.ReceivedAt, row.Id, row.OpenMatches, row.ImminentClaimed }, "IX_queue_items_place")
                .IsDescending(false, false, true, false, false, false, false).HasFilter("place_state IS NOT NULL");
            item.HasIndex(row => new { row.State, row.Risk, row.ReceivedAt, row.Id, row.ImminentClaimed }, "IX_queue_items_matched")
                .IsDescending(false, true, false, false, false).HasFilter("open_matches > 0");
            item.HasIndex(row => new { row.State, row.Risk, row.ReceivedAt, row.Id, row.OpenMatches, row.OpenedAt }, "IX_queue_items_imminent")
                .IsDescending(false, true, false, false, false, false).HasFilter("imminent_claimed");
            // What is counted for home and rail, and what a person has open.
            item.HasIndex(row => new { row.State, row.ReceivedAt }, "IX_queue_items_above_threshold").HasFilter("above_threshold");
            item.HasIndex(row => new { row.LeasedBy, row.LeasedUntil }).HasFilter("leased_by IS NOT NULL");
            // In whose hands what is parked lies, and what people did of late.
            item.HasIndex(row => new { row.AssignedTo, row.State }).HasFilter("assigned_to IS NOT NULL");
            item.HasIndex(row => new { row.DecidedAt, row.DecidedBy, row.State }).HasFilter("decided_at IS NOT NULL");
            // Whose own short term may be over, in the order in which a purge looks through reports.
            item.HasIndex(row => new { row.Id, row.DecidedAt }, "IX_queue_items_no_nexus").HasFilter("nexus = 'NoneProposed' AND decided_at IS NOT NULL");
            item.HasIndex(row => new { row.Priority, row.ReceivedAt }).HasFilter("abuse_key IS NOT NULL AND opened_at IS NULL");
            // The queue's order among those that are about another country: most of a nation's reports, or hardly any.
            item.HasIndex(row => new { row.State, row.Risk, row.ReceivedAt, row.Id }, "IX_queue_items_abroad").IsDescending(false, true, false, false).HasFilter("nexus = 'NoneProposed'");
            item.Property(row => row.Revision).IsConcurrencyToken();
            item.Property(row => row.NexusTo).HasMaxLength(ReturnReports.ToCharsMax);
            item.Ignore(row => row.ReasonList);
        });
        model.Entity<MatchProposal>(match =>
        {
            match.ToTable("match_proposals");
            match.HasKey(row => row.Id);
            match.HasIndex(row => new { row.ReportId, row.Person, row.Rank });
            match.HasIndex(row => row.Entry);
            match.HasIndex(row => row.State);
            match.Property(row => row.Revision).IsConcurrencyToken();
            match.Ignore(row => row.IsUndecided);
        });
        model.Entity<MatchDecision>(decision =>
        {
            decision.ToTable("match_decisions");
            decision.HasKey(row => row.Id);
            decision.HasIndex(row => new { row.Match, row.Ordinal });
        });
        model.Entity<SecondReading>(reading =>
        {
            reading.ToTable("second_readings");
            reading.HasKey(row => row.Id);
            reading.HasIndex(row => new { row.SubjectId, row.State });
            reading.HasIndex(row => new { row.State, row.AssignedTo });
            reading.Property(row => row.Revision).IsConcurrencyToken();
        });
        ShapeLeads(model);
        ShapeDesk(model);
        ShapePackages(model);
        CaseworkStorage.Shape(model);
        ShapeRanking(model);
    }

    /// <summary>The rules by which the queue is ranked, and what is measured of them.</summary>
    private static void ShapeRanking(ModelBuilder model)
    {
        model.Entity<RuleVersion>(version =>
        {
            version.ToTable("rule_versions");
            version.HasKey(row => row.Id);
            version.HasIndex(row => row.Ordinal).IsUnique();
            // Of two who put two changes of one version in force at the same instant, one does.
            version.HasIndex(row => row.Based).IsUnique().HasFilter("state = 'Approved'");
            version.Property(row => row.Revision).IsConcurrencyToken();
            version.Ignore(row => row.Name);
            version.Ignore(row => row.Set);
        });
        model.Entity<Reranking>(run =>
        {
            run.ToTable("rerankings");
            run.HasKey(row => row.Id);
            run.HasIndex(row => row.StartedAt);
        });
        model.Entity<BackTest>(test =>
        {
            test.ToTable("back_tests");
            test.HasKey(row => row.Id);
            test.HasIndex(row => row.AskedAt);
        });
    }

    /// <summary>What leaves the house by people's hands, of reports of no nexus.</summary>
    private static void ShapePackages(ModelBuilder model)
    {
        model.Entity<NexusPackage>(package =>
        {
            package.ToTable("nexus_packages");
            package.HasKey(row => row.Id);
            package.HasIndex(row => row.Number).IsUnique();
            package.HasIndex(row => new { row.State, row.DueAt });
            package.HasIndex(row => row.Agreement).HasFilter("agreement IS NOT NULL");
            package.Property(row => row.Revision).IsConcurrencyToken();
        });
        model.Entity<AgreementVersion>(agreement =>
        {
            agreement.ToTable("agreement_versions");
            // Two who change it at once: the second fails and reads it again.
            agreement.HasKey(row => new { row.Id, row.Version });
        });
        model.Entity<NexusPackageReport>(report =>
        {
            report.ToTable("nexus_package_reports");
            report.HasKey(row => new { row.Package, row.Report });
            report.HasIndex(row => row.Report);
        });
        model.Entity<NexusPackageCounter>(counter =>
        {
            counter.ToTable("nexus_package_counters");
            counter.HasKey(row => row.Year);
            counter.Property(row => row.Year).ValueGeneratedNever();
        });
    }

    /// <summary>What analysts keep for their own work.</summary>
    private static void ShapeDesk(ModelBuilder model)
    {
        model.Entity<SavedSearch>(search =>
        {
            search.ToTable("saved_searches");
            search.HasKey(row => row.Id);
            search.HasIndex(row => row.User);
            search.Ignore(row => row.OfficeCode);
            search.Ignore(row => row.TaskForce);
            search.Ignore(row => row.AgencyOri);
            search.Ignore(row => row.AssignedTo);
        });
        model.Entity<HandOver>(handOver =>
        {
            handOver.ToTable("hand_overs");
            handOver.HasKey(row => row.Id);
            handOver.HasIndex(row => new { row.Taker, row.At });
            handOver.HasIndex(row => new { row.Giver, row.At });
        });
        model.Entity<HandOverReport>(report =>
        {
            report.ToTable("hand_over_reports");
            report.HasKey(row => new { row.HandOver, row.Report });
        });
        model.Entity<HandOverWork>(work =>
        {
            work.ToTable("hand_over_work");
            work.HasKey(row => new { row.HandOver, row.Work });
        });
    }

    private static void ShapeLeads(ModelBuilder model)
    {
        model.Entity<Lead>(lead =>
        {
            lead.ToTable("leads");
            lead.HasKey(row => row.Id);
            lead.HasIndex(row => row.Number).IsUnique();
            // R-23 holds against two who confirm at the same instant, too.
            lead.HasIndex(row => row.Child).IsUnique().HasFilter("state = 'Open' AND child IS NOT NULL");
            lead.HasIndex(row => row.Entry);
            lead.HasIndex(row => row.Door);
            lead.HasIndex(row => new { row.State, row.Risk });
            lead.Property(row => row.Revision).IsConcurrencyToken();
            lead.Ignore(row => row.PlaceList);
            lead.Ignore(row => row.ReasonList);
        });
        model.Entity<LeadEvidence>(evidence =>
        {
            evidence.ToTable("lead_evidence");
            evidence.HasKey(row => row.Id);
            evidence.HasIndex(row => row.Lead);
            evidence.HasIndex(row => row.Match);
        });
        model.Entity<LeadCounter>(counter =>
        {
            counter.ToTable("lead_counters");
            counter.HasKey(row => row.Year);
            counter.Property(row => row.Year).ValueGeneratedNever();
        });
    }
}
