using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using Homeward.Exchange.CyberTips;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Intake.Model;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Providers;

/// <summary>What the sealed texts of submissions are bound to, and how their documents are packed.</summary>
internal static class SubmissionContent
{
    public const string Purpose = "originals";
    /// <summary>Brotli's fastest: of one document the next quality takes a twentieth less room and half as much time again.</summary>
    private const int Quality = 0;
    private const int WindowBits = 16;

    /// <summary>A document, compressed and sealed. Sealed content does not compress: what is not made small before never is.</summary>
    public static byte[] SealDocument(this Envelope envelope, string context, ReadOnlySpan<byte> document)
    {
        var packed = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(document.Length));
        try
        {
            Ensure.That(BrotliEncoder.TryCompress(document, packed, out var length, Quality, WindowBits));
            return envelope.Seal(Purpose, context, packed.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(packed, clearArray: true);
        }
    }

    /// <returns>The document as it came, byte for byte.</returns>
    /// <exception cref="System.Security.Cryptography.CryptographicException">Wrong key, wrong context, or changed bytes.</exception>
    public static byte[] OpenDocument(this Envelope envelope, string context, ReadOnlySpan<byte> sealedBytes)
    {
        using var packed = new BrotliStream(new MemoryStream(envelope.Open(Purpose, context, sealedBytes), writable: false), CompressionMode.Decompress);
        using var clear = new MemoryStream();
        packed.CopyTo(clear);
        return clear.ToArray();
    }

    /// <summary>How the source of a report begins that came in by this door.</summary>
    public const string Source = "ispws/";

    /// <summary>True for a version that came by this door, and may have files described beside it.</summary>
    public static bool IsOf(ReportVersion version) => version.Form == ReportForm.ProviderXml && version.Source.StartsWith(Source, StringComparison.Ordinal);

    public static string OfDocument(Guid submission) => $"submission/{StrongId.Text(submission)}";
    public static string OfDetails(Guid file, int turn) => string.Create(CultureInfo.InvariantCulture, $"file-details/{StrongId.Text(file)}/{turn}");
    public static string OfName(Guid file) => $"submission-file-name/{StrongId.Text(file)}";
    public static string OfRefused(Guid refusal) => $"refused/{StrongId.Text(refusal)}";
}

/// <summary>The files that came with a report by this door, and what was said of them.</summary>
internal static class ProviderFiles
{
    private const int ReadAtOnce = 500;

    /// <param name="told">All that was said of files, oldest first.</param>
    public static RawFile Raw(Envelope envelope, SubmissionFile file, ILookup<Guid, FileDetails> told) =>
        new(StrongId.Text(file.Id), told[file.Id].LastOrDefault() is { Sealed: not null } newest ? Open(envelope, newest) : null, file.Md5);

    public static byte[] Open(Envelope envelope, FileDetails details) => envelope.Open(SubmissionContent.Purpose, SubmissionContent.OfDetails(details.FileId, details.Turn), details.Sealed!);

    /// <summary>All that was said of the files of reports, of each file oldest first.</summary>
    public static async Task<IReadOnlyList<FileDetails>> ToldAsync(IQueryable<FileDetails> details, IReadOnlyList<long> numbers, CancellationToken cancel) =>
        await details.Where(row => numbers.Contains(row.Number)).OrderBy(row => row.FileId).ThenBy(row => row.Turn).ToListAsync(cancel);

    /// <summary>Of uploads that had a file name: it, as it came.</summary>
    public static async Task<IEnumerable<(Guid Id, string Name)>> NamesAsync(HomewardDb db, Envelope envelope, IReadOnlyList<Guid> files, CancellationToken cancel)
    {
        var named = new List<(Guid, string)>();
        foreach (var some in files.Chunk(ReadAtOnce))
        {
            foreach (var row in await db.Set<SubmissionFile>().Where(row => some.Contains(row.Id) && row.SealedName != null).Select(row => new { row.Id, row.SealedName }).ToListAsync(cancel))
                named.Add((row.Id, envelope.OpenText(SubmissionContent.OfName(row.Id), row.SealedName!)));
        }
        return named;
    }

    /// <summary>Bytes of files that came from an account on a UTC day.</summary>
    public static async Task<long> UploadedOnAsync(HomewardDb db, Guid account, string day, CancellationToken cancel) =>
        await db.Set<SubmissionFile>().Where(file => file.ReceivedOn == day
            && db.Set<Submission>().Any(row => row.Number == file.Number && row.AccountId == account)).SumAsync(file => (long?)file.Bytes, cancel) ?? 0;

    /// <summary>Those of reports that stand in the house by their number, in the order in which they came; none of a report that came by another door.</summary>
    /// <remarks>The database is asked once for many reports, and not at all where none came by this door.</remarks>
    public static async Task<ILookup<string, RawFile>> OfAsync(HomewardDb db, Envelope envelope, IEnumerable<ReportVersion> versions, CancellationToken cancel)
    {
        var numbers = new HashSet<long>();
        foreach (var version in versions.Where(SubmissionContent.IsOf))
            if (long.TryParse(version.Number, out var number)) numbers.Add(number);
        var raw = new List<(long Number, RawFile File)>();
        foreach (var some in numbers.Chunk(ReadAtOnce))
        {
            var files = await db.Set<SubmissionFile>().AsNoTracking().Where(row => some.Contains(row.Number)).OrderBy(row => row.ReceivedAt).ThenBy(row => row.Id).ToListAsync(cancel);
            if (files.Count == 0) continue;
            var told = (await ToldAsync(db.Set<FileDetails>().AsNoTracking(), some, cancel)).ToLookup(row => row.FileId);
            raw.AddRange(files.Select(file => (file.Number, Raw(envelope, file, told))));
        }
        return raw.ToLookup(one => one.Number.ToString(CultureInfo.InvariantCulture), one => one.File);
    }
}

/// <summary>Told when files were withdrawn or have expired with their report: their sealed content goes.</summary>
internal sealed record FilesWithdrawn(IReadOnlyList<string> Blobs);

/// <summary>Ends a report that was never finished: its content goes, its hashes and times stay.</summary>
internal static class SubmissionEnd
{
    public static void Take(Act act, Submission submission, IReadOnlyList<SubmissionFile> files, IEnumerable<FileDetails> told, SubmissionState state)
    {
        Ensure.That(submission.State == SubmissionState.Open);
        (submission.State, submission.EndedAt, submission.Sealed) = (state, act.Now, null);
        foreach (var file in files) file.SealedName = null;
        foreach (var details in told) details.Sealed = null;
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

    public async Task<Turn> RunAsync(Act act, CancellationToken cancel)
    {
        var now = act.Clock.EndingNow();
        var due = act.Db.IsSqlite
            ? act.Db.Set<Submission>().Where(row => row.State == SubmissionState.Open && row.DeadlineAt <= now).OrderBy(row => row.Number).Take(SubmissionsMax)
            : act.Db.Set<Submission>().FromSql(
                $"SELECT * FROM submissions WHERE state = 'Open' AND deadline_at <= {now.UtcDateTime} ORDER BY number LIMIT {SubmissionsMax} FOR UPDATE SKIP LOCKED");
        var overdue = await due.ToListAsync(cancel);
        var numbers = overdue.ConvertAll(row => row.Number);
        var files = (await act.Db.Set<SubmissionFile>().Where(row => numbers.Contains(row.Number)).ToListAsync(cancel)).ToLookup(row => row.Number);
        var told = (await ProviderFiles.ToldAsync(act.Db.Set<FileDetails>(), numbers, cancel)).ToLookup(row => row.Number);
        foreach (var submission in overdue)
        {
            SubmissionEnd.Take(act, submission, [.. files[submission.Number]], told[submission.Number], SubmissionState.Expired);
            act.Trace("provider-account", submission.AccountId, "call=expire");
        }
        blobs.ForgetParts(act.Clock.RealNow - _deadAfter);
        return Turns.After(overdue.Count, SubmissionsMax);
    }
}
