using System.Globalization;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
using Homeward.Intake.Providers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Homeward.Intake.Retention;

/// <summary>Holds every sealed file's row against the blob folder: it is there, of its size, and whoever it was sealed to has a line.</summary>
/// <remarks>What is inside shows only to its holder's key, which is not here. Files of reports that providers have not finished are looked at too.</remarks>
internal sealed class SealedFilesCheck(IServiceProvider services, SealedBlobs blobs)
{
    private const int FilesAtOnce = 1_000;

    // Set by name: through a constructor EF would not ask for some of them.
    private sealed record Row
    {
        public required Guid Id { get; init; }
        public required string Blob { get; init; }
        public required long Bytes { get; init; }
        public required string Recipient { get; init; }
        public ReportId? Report { get; init; }
        /// <summary>Of a report that is not finished; 0 for another.</summary>
        public long Number { get; init; }
    }

    public async Task RunAsync(ContentFaults faults, Action<string> tell, CancellationToken cancel)
    {
        foreach (var isOpen in new[] { false, true })
        {
            var last = Guid.Empty;
            while (await StepAsync(isOpen, last, faults, cancel) is { } next)
            {
                last = next;
                tell($"{faults.SealedFiles} sealed files, {faults.Broken} faults");
            }
        }
    }

    private async Task<Guid?> StepAsync(bool isOpen, Guid after, ContentFaults faults, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HomewardDb>();
        // Plain SQL: EF knows no order of ids by which to go on.
        var ids = await (isOpen
            ? db.Database.SqlQuery<Guid>($"""SELECT id AS "Value" FROM submission_files WHERE id > {db.Stored(after)} ORDER BY id LIMIT {FilesAtOnce}""")
            : db.Database.SqlQuery<Guid>($"""SELECT id AS "Value" FROM sealed_files WHERE id > {db.Stored(after)} ORDER BY id LIMIT {FilesAtOnce}""")).ToListAsync(cancel);
        foreach (var row in await Rows(db, isOpen).Where(row => ids.Contains(row.Id)).OrderBy(row => row.Blob).ToListAsync(cancel))
        {
            var says = await blobs.FaultOfAsync(row.Blob, row.Bytes, row.Recipient, cancel);
            // Rows go before their files: what was purged or withdrawn meanwhile has none any more.
            if (says is not null && !await Rows(db, isOpen).AnyAsync(one => one.Id == row.Id, cancel)) continue;
            faults.SealedFiles++;
            if (says is not null)
                faults.Add(new($"sealed file {SealedBlobs.FileNameOf(row.Blob)} of {await WhoseAsync(db, row, cancel)}", says, "Restore it, with its .recipients, into the blob folder from a backup."));
        }
        return ids.Count == 0 ? null : ids[^1];
    }

    private static IQueryable<Row> Rows(HomewardDb db, bool isOpen) => isOpen
        ? db.Set<SubmissionFile>().AsNoTracking().Where(row => db.Set<Submission>().Any(one => one.Number == row.Number && one.State == SubmissionState.Open))
            .Select(row => new Row { Id = row.Id, Blob = row.Blob, Bytes = row.Bytes, Recipient = row.RecipientThumbprint, Number = row.Number })
        : db.Set<SealedFileRow>().AsNoTracking().Select(row => new Row { Id = row.Id, Blob = row.Blob, Bytes = row.Bytes, Recipient = row.RecipientThumbprint, Report = row.ReportId });

    private static async Task<string> WhoseAsync(HomewardDb db, Row row, CancellationToken cancel) => row switch
    {
        { Report: { } report } => $"report {await db.Set<ReportVersion>().Where(one => one.Id == report).Select(one => one.Number).FirstOrDefaultAsync(cancel)}",
        { Number: > 0 } => string.Create(CultureInfo.InvariantCulture, $"report {row.Number}, which its provider has not finished"),
        _ => "no report",
    };
}
