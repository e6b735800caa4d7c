using Homeward.Foundations.Storage;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Providers;

/// <summary>A provider that sends for itself: how it signs in, and what is agreed with it.</summary>
internal sealed class ProviderAccount
{
    public required Guid Id { get; init; }
    /// <summary>The name that it signs in with: <c>test-esp</c>. Unique, also among those that were ended.</summary>
    public required string Name { get; init; }
    /// <summary>As reports name their provider.</summary>
    public required string Company { get; init; }
    /// <summary>Salted hash of the password: see <see cref="Passwords"/>.</summary>
    public required string Secret { get; set; }
    /// <summary>Value rules that public clients break in their own tests only warn (SCHEMA, section 4).</summary>
    public required bool IsLenient { get; set; }
    /// <summary>Null: no limit.</summary>
    public int? CallsPerMinute { get; set; }
    /// <summary>Of uploaded files, in bytes by UTC day. Null: no limit.</summary>
    public long? UploadBytesPerDay { get; set; }
    public required DateTimeOffset FromAt { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>How far a provider's report is. Nothing but <see cref="Finished"/> is a report received.</summary>
internal enum SubmissionState { Open, Finished, Retracted, Expired }

/// <summary>A report as a provider opened it: until it is finished only its sender knows of it.</summary>
/// <remarks>Content is here while it is open. Finished, it lies with all other originals; withdrawn or expired, only its hash stays.</remarks>
internal sealed class Submission
{
    public required Guid Id { get; init; }
    /// <summary>The report's number, as its sender and later everybody knows it. Unique.</summary>
    public required long Number { get; init; }
    public required Guid AccountId { get; init; }
    public required SubmissionState State { get; set; }
    public required bool IsBatched { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    /// <summary>The UTC day of opening, for the provider's page.</summary>
    public required string OpenedOn { get; init; }
    /// <summary>When an open one is deleted: the later of 24 hours after it was opened and an hour after its last change.</summary>
    public required DateTimeOffset DeadlineAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public required string Sha256 { get; init; }
    public required int Bytes { get; init; }
    /// <summary>The document as it came, bound to <c>submission/…id…</c>.</summary>
    public byte[]? Sealed { get; set; }
    /// <summary>Value rules that a lenient account broke, one a line, without content.</summary>
    public required string Warnings { get; set; }
    public static IReadOnlyList<string> WarningsOf(string warnings) => warnings.Length == 0 ? [] : warnings.Split('\n');
    /// <summary>The client's address.</summary>
    public required string Remote { get; init; }
    /// <summary>The Request-ID of the answer to its opening.</summary>
    public required string RequestId { get; init; }
    /// <summary>The answer to finish, byte for byte: it is the provider's notice under 18 USC 2258A(h)(1).</summary>
    public byte[]? Receipt { get; set; }
    public string? ReceiptRequestId { get; set; }
    /// <summary>The report that it became.</summary>
    public ReportId? ReportId { get; set; }
}

/// <summary>A file uploaded with a report: sealed to the clearing unit, and what its sender says of it.</summary>
internal sealed class SubmissionFile
{
    /// <summary>The file id, 32 hex digits on the line; opaque.</summary>
    public required Guid Id { get; init; }
    public required long Number { get; init; }
    public required string Blob { get; init; }
    public required string Sha256 { get; init; }
    /// <summary>Of the bytes in clear: the line's receipt for an upload.</summary>
    public required string Md5 { get; init; }
    public required long Bytes { get; init; }
    public required string MediaType { get; init; }
    public required string RecipientThumbprint { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required string ReceivedOn { get; init; }
    public required string RequestId { get; init; }
    /// <summary>The client's address.</summary>
    public required string Remote { get; init; }
    /// <summary>The file's name as it came, bound to <c>submission-file-name/…id…</c>. Never a path of ours.</summary>
    public byte[]? SealedName { get; set; }
}

/// <summary>A <c>fileDetails</c> as it came. Of several of one file the newest counts; none is written over.</summary>
internal sealed class FileDetails
{
    public required Guid FileId { get; init; }
    /// <summary>The how-manieth of its file, from 1.</summary>
    public required int Turn { get; init; }
    public required long Number { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required string RequestId { get; init; }
    /// <summary>The client's address.</summary>
    public required string Remote { get; init; }
    public required string Sha256 { get; init; }
    /// <summary>The document, bound to <c>file-details/…file…/…turn…</c>; null once its report was withdrawn, has expired or was purged.</summary>
    public byte[]? Sealed { get; set; }
}

/// <summary>A call that was refused: what the provider's page and its support need to know.</summary>
internal sealed class RefusedCall
{
    public required Guid Id { get; init; }
    public required Guid AccountId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string RefusedOn { get; init; }
    /// <summary>submit, upload, fileinfo, finish, retract.</summary>
    public required string Call { get; init; }
    public required int Code { get; init; }
    public long? Number { get; init; }
    public required string RequestId { get; init; }
    public required string Remote { get; init; }
    public required int Faults { get; init; }
    /// <summary>How many calls it stands for: those of one minute that were refused alike share a row, and it names the first.</summary>
    public required int Calls { get; init; }
    /// <summary>The first fault, with line and column where there are any; never content.</summary>
    public required string Reason { get; init; }
    public string? Sha256 { get; init; }
    /// <summary>The document as it came, bound to <c>refused/…id…</c>; null where there was none, and once its term is over.</summary>
    public byte[]? Sealed { get; init; }
}

/// <summary>The next block of numbers: a node takes some hundred at a time.</summary>
internal sealed class NumberBlock
{
    public required string Name { get; init; }
    public required long Next { get; set; }
}

internal sealed class ProviderStorage : IStoragePart
{
    public void Shape(ModelBuilder model)
    {
        model.Entity<ProviderAccount>(account =>
        {
            account.ToTable("provider_accounts");
            account.HasKey(row => row.Id);
            account.HasIndex(row => row.Name).IsUnique();
        });
        model.Entity<Submission>(submission =>
        {
            submission.ToTable("submissions");
            submission.HasKey(row => row.Number);
            submission.HasIndex(row => row.DeadlineAt).HasFilter("state = 'Open'");
            submission.HasIndex(row => new { row.AccountId, row.OpenedOn });
        });
        model.Entity<SubmissionFile>(file =>
        {
            file.ToTable("submission_files");
            file.HasKey(row => row.Id);
            file.HasIndex(row => row.Number);
        });
        model.Entity<FileDetails>(details =>
        {
            details.ToTable("file_details");
            details.HasKey(row => new { row.FileId, row.Turn });
            details.HasIndex(row => row.Number);
        });
        model.Entity<RefusedCall>(refused =>
        {
            refused.ToTable("refused_calls");
            refused.HasKey(row => row.Id);
            refused.HasIndex(row => new { row.AccountId, row.At });
            refused.HasIndex(row => row.At).HasFilter("sealed IS NOT NULL");
        });
        model.Entity<NumberBlock>(block =>
        {
            block.ToTable("number_blocks");
            block.HasKey(row => row.Name);
        });
    }
}
