using Homeward.Foundations.Storage;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Referral.Model;

internal sealed class ReferralStorage : IStoragePart
{
    public void Shape(ModelBuilder model)
    {
        model.Entity<LeadReferral>(referral =>
        {
            referral.ToTable("referrals");
            referral.HasKey(row => row.Id);
            referral.HasIndex(row => row.Number).IsUnique();
            referral.HasIndex(row => row.Lead);
            // R-23 holds against two who refer at the same instant, too.
            referral.HasIndex(row => new { row.Child, row.OfficeCode }).IsUnique()
                .HasFilter("child IS NOT NULL AND office_code IS NOT NULL AND state NOT IN ('Closed', 'Withdrawn')");
            referral.HasIndex(row => new { row.TaskForce, row.State, row.TakenUpAt });
            referral.HasIndex(row => new { row.OfficeCode, row.State });
            referral.HasIndex(row => new { row.State, row.AnswerDueAt });
            referral.Property(row => row.Revision).IsConcurrencyToken();
            referral.Ignore(row => row.AgencyOri).Ignore(row => row.AssignedTo).Ignore(row => row.IsOpen).Ignore(row => row.Link)
                .Ignore(row => row.HandOverKey).Ignore(row => row.AnswerKey);
        });
        model.Entity<ReferralStep>(step =>
        {
            step.ToTable("referral_steps");
            step.HasKey(row => row.Id);
            step.HasIndex(row => new { row.Referral, row.Ordinal }).IsUnique();
            step.Property(row => row.Revision).IsConcurrencyToken();
        });
        model.Entity<ReferralJoin>(join =>
        {
            join.ToTable("referral_joins");
            join.HasKey(row => row.Id);
            join.HasIndex(row => row.Referral);
            join.HasIndex(row => row.Lead);
        });
        model.Entity<Dissemination>(sent =>
        {
            sent.ToTable("disseminations");
            sent.HasKey(row => row.Id);
            sent.HasIndex(row => row.Referral);
        });
        model.Entity<ReferralCounter>(counter =>
        {
            counter.ToTable("referral_counters");
            counter.HasKey(row => row.Year);
            counter.Property(row => row.Year).ValueGeneratedNever();
        });
    }
}
