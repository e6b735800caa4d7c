using System.Globalization;
using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Retention;

/// <summary>What a hold lies on.</summary>
public enum HoldOn
{
    Report,
    /// <summary>All reports, tips and alerts that were ever brought together with a missing child.</summary>
    Child,
    /// <summary>A hotline tip or an agency's referral.</summary>
    Tip,
    /// <summary>What came in and could not be taken.</summary>
    Reject,
    /// <summary>The receipt of dropped files, with the reports and files that came by it: purged of them it would be another.</summary>
    Receipt,
    /// <summary>An AMBER alert, with what turns out to be part of it.</summary>
    Alert,
}

/// <summary>A named person's word that something must stay. It wins over every rule while it stands.</summary>
internal sealed class Hold
{
    public required Guid Id { get; init; }
    public required HoldOn On { get; init; }
    /// <summary>Id of what is held, or the child's record in the ledger of persons.</summary>
    public required Guid SubjectId { get; init; }
    /// <summary>The report's or the tip's number, or the entry's NIC number; of what has none its id.</summary>
    public required string Number { get; init; }
    /// <summary>Encrypted, bound to <c>hold/…id…</c>.</summary>
    public required byte[] Reason { get; init; }
    /// <summary>The last day; null: until it is lifted.</summary>
    public DateOnly? Until { get; init; }
    public required UserId PlacedBy { get; init; }
    public required DateTimeOffset PlacedAt { get; init; }
    public UserId? LiftedBy { get; set; }
    public DateTimeOffset? LiftedAt { get; set; }
    /// <summary>Encrypted, bound to <c>hold-lifted/…id…</c>.</summary>
    public byte[]? LiftReason { get; set; }
}

public enum PurgeState
{
    /// <summary>The house is still looking for what belongs on it.</summary>
    Gathering,
    Proposed,
    Running,
    Done,
    /// <summary>Somebody said no: nothing was removed.</summary>
    Dropped,
}

/// <summary>A list of records whose time is over, put in force by two persons, then carried out.</summary>
/// <remarks>Who proposes it is one of the two. What the house proposes by itself needs two who approve.</remarks>
internal sealed class PurgeList
{
    public required Guid Id { get; init; }
    public required PurgeState State { get; set; }
    public required UserId ProposedBy { get; init; }
    public required DateTimeOffset ProposedAt { get; set; }
    /// <summary>The first of two who approved what the house proposed.</summary>
    public UserId? SecondedBy { get; set; }
    public DateTimeOffset? SecondedAt { get; set; }
    public UserId? ApprovedBy { get; set; }
    public DateTimeOffset? ApprovedAt { get; set; }
    public DateTimeOffset? DoneAt { get; set; }
    public UserId? DroppedBy { get; set; }
    public DateTimeOffset? DroppedAt { get; set; }
    /// <summary>Encrypted, bound to <c>purge-dropped/…id…</c>.</summary>
    public byte[]? DropReason { get; set; }
    /// <summary>Hash of the list as it was proposed; it is named with the approval and in the certificate.</summary>
    public required string Sha256 { get; set; }
    /// <summary>A <see cref="PurgeCertificate"/>, JSON, once it is done.</summary>
    public string? Certificate { get; set; }
    /// <summary>Of the certificate's text; the trace names it.</summary>
    public string? CertificateSha256 { get; set; }
    public required Guid Revision { get; set; }
}

/// <summary>How far a record on a purge list is.</summary>
public enum PurgeItemState
{
    Pending,
    Purged,
    /// <summary>When its turn came something spoke against it.</summary>
    Kept,
}

/// <summary>A record on a purge list. Purged, it is the record's tombstone: nothing in it tells of a person.</summary>
internal sealed class PurgeItem
{
    public required Guid ListId { get; init; }
    public required RetainedKind Kind { get; init; }
    public required Guid SubjectId { get; init; }
    /// <summary>A report's or a tip's; empty where there is none.</summary>
    public required string Number { get; init; }
    /// <summary>Of each version's or message's original, oldest first, one a line.</summary>
    public required string Sha256 { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    /// <summary>Name of the rule, with the day from which it holds: a later rule of the name changes nothing here.</summary>
    public required string Rule { get; init; }
    public required DateOnly RuleFrom { get; init; }
    public required string RuleTerm { get; init; }
    /// <summary>The last day of its term.</summary>
    public required DateOnly EndedOn { get; init; }
    public required PurgeItemState State { get; set; }
    /// <summary>Why it was kept, as a code.</summary>
    public string? Kept { get; set; }
    public DateTimeOffset? PurgedAt { get; set; }
    /// <summary>The blocks and the sealed files that it lay in, one a line: looked for afterwards.</summary>
    public string Blocks { get; set; } = "";
    public string Blobs { get; set; } = "";
    /// <summary>How many persons a report named: nodes forget them by that.</summary>
    public int Persons { get; set; }
}

internal sealed class RetentionStorage : IStoragePart
{
    public void Shape(ModelBuilder model)
    {
        model.Entity<Hold>(hold =>
        {
            hold.ToTable("holds");
            hold.HasKey(row => row.Id);
            hold.HasIndex(row => row.SubjectId).HasFilter("lifted_at IS NULL");
        });
        model.Entity<PurgeList>(list =>
        {
            list.ToTable("purge_lists");
            list.HasKey(row => row.Id);
            list.HasIndex(row => new { row.ProposedAt, row.Id });
            list.Property(row => row.Revision).IsConcurrencyToken();
        });
        model.Entity<PurgeItem>(item =>
        {
            item.ToTable("purge_items");
            item.HasKey(row => new { row.ListId, row.SubjectId });
            item.HasIndex(row => row.SubjectId).HasFilter("state = 'Purged'");
            item.HasIndex(row => row.Number).HasFilter("state = 'Purged'");
            item.HasIndex(row => row.PurgedAt).HasFilter("purged_at IS NOT NULL");
        });
    }
}

/// <summary>An earlier report of the same number that was purged.</summary>
/// <param name="List">The purge that did it; those who may look at purges find it there with its hashes.</param>
public sealed record PurgedBefore(Guid List, DateTimeOffset At, string Rule)
{
    internal const int Max = 20;
    public string Says => string.Create(CultureInfo.InvariantCulture, $"A report with this number was purged on {At.UtcDateTime:yyyy-MM-dd} under rule {Rule}.");
}

/// <summary>What is left of purged reports.</summary>
internal static class Tombstones
{
    public static async Task<IReadOnlyDictionary<ReportId, PurgedReport>> OfAsync(HomewardDb db, IReadOnlyCollection<ReportId> ids, CancellationToken cancel)
    {
        var subjects = ids.Select(id => id.Value).ToList();
        return (await db.Set<PurgeItem>().AsNoTracking()
                .Where(row => row.State == PurgeItemState.Purged && row.Kind == RetainedKind.Report && subjects.Contains(row.SubjectId)).ToListAsync(cancel))
            .ToDictionary(row => ReportId.From(row.SubjectId), row => new PurgedReport(ReportId.From(row.SubjectId), row.Number, row.Rule, row.PurgedAt!.Value));
    }

    /// <summary>Reports of the number that were purged, the last first: what comes again under it is a new report, and whoever reads it is told.</summary>
    public static async Task<IReadOnlyList<PurgedBefore>> OfNumberAsync(HomewardDb db, string number, CancellationToken cancel) =>
        await db.Set<PurgeItem>().AsNoTracking().Where(row => row.State == PurgeItemState.Purged && row.Number == number && row.Kind == RetainedKind.Report)
            .OrderByDescending(row => row.PurgedAt).ThenBy(row => row.SubjectId).Take(PurgedBefore.Max)
            .Select(row => new PurgedBefore(row.ListId, row.PurgedAt!.Value, row.Rule)).ToListAsync(cancel);

    public static IAsyncEnumerable<PurgedPersons> SinceAsync(HomewardDb db, DateTimeOffset since) =>
        db.Set<PurgeItem>().AsNoTracking().Where(row => row.PurgedAt >= since && row.Kind == RetainedKind.Report)
            .Select(row => new { row.SubjectId, row.Persons }).AsAsyncEnumerable().Select(row => new PurgedPersons(ReportId.From(row.SubjectId), row.Persons));
}
