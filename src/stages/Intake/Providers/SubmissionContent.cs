using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Intake.Model;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Providers;

/// <summary>What the sealed texts of submissions are bound to.</summary>
internal static class SubmissionContent
{
    public const string Purpose = "originals";
    /// <summary>How the source of a report begins that came in by this door.</summary>
    public const string Source = "ispws/";

    public static string OfDocument(Guid submission) => $"submission/{StrongId.Text(submission)}";
    public static string OfDetails(Guid file) => $"submission-file/{StrongId.Text(file)}";
    public static string OfName(Guid file) => $"submission-file-name/{StrongId.Text(file)}";
    public static string OfRefused(Guid refusal) => $"refused/{StrongId.Text(refusal)}";
}

/// <summary>The files that came with a report by this door.</summary>
internal static class ProviderFiles
{
    public static RawFile Raw(Envelope envelope, SubmissionFile file) => new(StrongId.Text(file.Id),
        file.Details is { } details ? envelope.Open(SubmissionContent.Purpose, SubmissionContent.OfDetails(file.Id), details) : null);

    /// <summary>Bytes of files that came from an account on a UTC day.</summary>
    public static async Task<long> UploadedOnAsync(HomewardDb db, Guid account, string day, CancellationToken cancel) =>
        await db.Set<SubmissionFile>().Where(file => file.ReceivedOn == day
            && db.Set<Submission>().Any(row => row.Number == file.Number && row.AccountId == account)).SumAsync(file => (long?)file.Bytes, cancel) ?? 0;

    /// <summary>Those of a report that stands in the house, in the order in which they came; none for a report that came by another door.</summary>
    public static async Task<IReadOnlyList<RawFile>> OfAsync(HomewardDb db, Envelope envelope, ReportVersion version, CancellationToken cancel)
    {
        if (!version.Source.StartsWith(SubmissionContent.Source, StringComparison.Ordinal) || !long.TryParse(version.Number, out var number)) return [];
        var files = await db.Set<SubmissionFile>().AsNoTracking().Where(row => row.Number == number).OrderBy(row => row.ReceivedAt).ThenBy(row => row.Id).ToListAsync(cancel);
        return [.. files.Select(file => Raw(envelope, file))];
    }
}

/// <summary>Told when files were withdrawn or have expired with their report: their sealed content goes.</summary>
internal sealed record FilesWithdrawn(IReadOnlyList<string> Blobs);

/// <summary>Ends a report that was never finished: its content goes, its hashes and times stay.</summary>
internal static class SubmissionEnd
{
    public static void Take(Act act, Submission submission, IReadOnlyList<SubmissionFile> files, SubmissionState state)
    {
        Ensure.That(submission.State == SubmissionState.Open);
        (submission.State, submission.EndedAt, submission.Sealed) = (state, act.Now, null);
        foreach (var file in files) (file.SealedName, file.Details) = (null, null);
        // By the queue and not here: content goes once the withdrawal stands, and goes even if the house stops in between.
        if (files.Count > 0) act.Tell(new FilesWithdrawn([.. files.Select(file => file.Blob)]));
    }
}

/// <summary>Takes the sealed content of withdrawn files off the disk. Doing it twice does no harm.</summary>
internal sealed class RemoveWithdrawnFiles(SealedBlobs blobs) : IListen<FilesWithdrawn>
{
    public Task HearAsync(FilesWithdrawn happened, Act act, CancellationToken cancel)
    {
        foreach (var blob in happened.Blobs) blobs.Forget(blob);
        return Task.CompletedTask;
    }
}

/// <summary>Ends reports whose time is up, some thousand at a turn, and clears away uploads that were cut off.</summary>
/// <remarks>A call past the deadline is answered as such to the second; this only takes away what nobody calls about.</remarks>
internal sealed class ExpireSubmissions(SealedBlobs blobs) : ISchedule
{
    private const int SubmissionsMax = 5_000;
    private static readonly TimeSpan _deadAfter = TimeSpan.FromHours(1);

    public string Name => "intake.expire-submissions";
    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task RunAsync(Act act, CancellationToken cancel)
    {
        var now = act.Clock.EndingNow();
        var due = act.Db.IsSqlite
            ? act.Db.Set<Submission>().Where(row => row.State == SubmissionState.Open && row.DeadlineAt <= now).OrderBy(row => row.Number).Take(SubmissionsMax)
            : act.Db.Set<Submission>().FromSql(
                $"SELECT * FROM submissions WHERE state = 'Open' AND deadline_at <= {now.UtcDateTime} ORDER BY number LIMIT {SubmissionsMax} FOR UPDATE SKIP LOCKED");
        var overdue = await due.ToListAsync(cancel);
        var numbers = overdue.ConvertAll(row => row.Number);
        var files = (await act.Db.Set<SubmissionFile>().Where(row => numbers.Contains(row.Number)).ToListAsync(cancel)).ToLookup(row => row.Number);
        foreach (var submission in overdue)
        {
            SubmissionEnd.Take(act, submission, [.. files[submission.Number]], SubmissionState.Expired);
            act.Trace("provider-account", submission.AccountId, "call=expire");
        }
        blobs.ForgetParts(act.Clock.RealNow - _deadAfter);
    }
}
