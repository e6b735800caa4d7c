using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Homeward.Operations;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Release.Model;

/// <summary>An office's word, or the nation's, that all figures of a measure are in: what is not there is 0, not unknown .</summary>
internal sealed class OfficeCertification
{
    public required Guid Id { get; init; }
    public required InitiativeId Initiative { get; init; }
    /// <summary>Null for the nation's word.</summary>
    public string? OfficeCode { get; init; }
    public required string Measure { get; init; }
    public required DateTimeOffset At { get; init; }
    public required UserId By { get; init; }
    public DateTimeOffset? WithdrawnAt { get; set; }
}

/// <summary>The record set behind a release, frozen: figures, rule versions and records, as one document.</summary>
internal sealed class CountSnapshot
{
    public required SnapshotId Id { get; init; }
    public required InitiativeId Initiative { get; init; }
    public required DateTimeOffset AsOf { get; init; }
    public required DateTimeOffset FrozenAt { get; init; }
    public required UserId By { get; init; }
    /// <summary>Canonical JSON; ids and numbers, no names. Regenerated from the facts it is the same, byte for byte .</summary>
    public required byte[] Document { get; init; }
    /// <summary>SHA-256 of the document, hex.</summary>
    public required string Hash { get; init; }
}

/// <summary>An office looked at its own lines before they go out .</summary>
internal sealed class OfficePreview
{
    public required Guid Id { get; init; }
    public required SnapshotId Snapshot { get; init; }
    public required string OfficeCode { get; init; }
    /// <summary>What the office itself would say; null when it agrees.</summary>
    public int? ClaimedChildren { get; init; }
    /// <summary>Why that differs, encrypted, bound to <c>preview/…id…</c>; needed where it does (T-38).</summary>
    public byte[]? Explanation { get; init; }
    public required UserId By { get; init; }
    public required DateTimeOffset At { get; init; }
}

internal sealed class Announcement
{
    public required AnnouncementId Id { get; init; }
    public required InitiativeId Initiative { get; init; }
    /// <summary>Null for the nation's.</summary>
    public string? OfficeCode { get; init; }
    public required SnapshotId Snapshot { get; init; }
    public required SmallCellPolicy SmallCells { get; init; }
    public required AnnouncementState State { get; set; }
    public required UserId Author { get; init; }
    public required DateTimeOffset DraftedAt { get; init; }
    public UserId? Approver { get; set; }
    public DateTimeOffset? ApprovedAt { get; set; }
    public DateTimeOffset? EmbargoUntil { get; init; }
    public DateTimeOffset? PublishedAt { get; set; }
    /// <summary>The earlier announcement that this one corrects.</summary>
    public AnnouncementId? Corrects { get; init; }
    /// <summary>Heading and text, encrypted, bound to <c>announcement/…id…</c>.</summary>
    public required byte[] Text { get; init; }
    public required Guid Revision { get; set; }
}

internal sealed class ReleaseStorage : IStoragePart
{
    public void Shape(ModelBuilder model)
    {
        model.Entity<OfficeCertification>(row =>
        {
            row.ToTable("office_certifications");
            row.HasKey(one => one.Id);
            row.HasIndex(one => new { one.Initiative, one.OfficeCode, one.Measure });
        });
        model.Entity<CountSnapshot>(row =>
        {
            row.ToTable("count_snapshots");
            row.HasKey(one => one.Id);
            row.HasIndex(one => new { one.Initiative, one.FrozenAt });
        });
        model.Entity<OfficePreview>(row =>
        {
            row.ToTable("office_previews");
            row.HasKey(one => one.Id);
            row.HasIndex(one => new { one.Snapshot, one.OfficeCode });
        });
        model.Entity<Announcement>(row =>
        {
            row.ToTable("announcements");
            row.HasKey(one => one.Id);
            row.HasIndex(one => new { one.Initiative, one.State });
            row.Property(one => one.Revision).IsConcurrencyToken();
        });
    }
}
