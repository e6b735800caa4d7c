using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Intake.Reading;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Retention;

/// <summary>What a purge removed, what it kept and why, and what was looked for afterwards.</summary>
/// <param name="List">Hash of the list as proposed and approved.</param>
/// <param name="Purged">Hash of what is left of the purged ones: an outsider with the tombstones reckons it again.</param>
/// <param name="LookedFor">Tables of the database and the blob folder, with how much of the purged records was found in each.</param>
/// <param name="Files">What is so of the files below the tables; null in a certificate that was written before this was said.</param>
public sealed record PurgeCertificate(
    Guid Purge, string List, string ProposedBy, string? SecondedBy, string ApprovedBy, DateTimeOffset DoneAt, IReadOnlyDictionary<string, int> PurgedByRule,
    IReadOnlyDictionary<string, int> KeptByReason, string Purged, IReadOnlyList<PurgeFinding> LookedFor, PurgedFiles? Files)
{
    /// <summary>No row and no sealed file was found of what went. Of the database's own files <see cref="Files"/> speaks.</summary>
    public bool Holds => LookedFor.All(place => place.Found == 0);
}

/// <summary>What became of the database's own files, in which a row that is deleted may be read on.</summary>
public enum PurgedFiles
{
    /// <summary>SQLite: after the last row had gone the file was written anew and its log emptied.</summary>
    Rewritten,
    /// <summary>PostgreSQL: what its files and its log keep of rows that are gone is beyond the house.</summary>
    NotReached,
}

/// <summary>Work: every record of a purge had its turn.</summary>
internal sealed record PurgeEnds(Guid List);

/// <summary>Has the database's file written anew, reads database and blob folder again, and writes the certificate into the trace.</summary>
/// <remarks>While somebody is at the file it is tried again, and the purge is not done: a certificate says only what is so by then.</remarks>
internal sealed class PurgeProof(RetentionDesk desk, SealedBlobs blobs, DatabaseFile file) : IPrepare<PurgeEnds>
{
    private const int RecordsAtOnce = 1_000;

    public Task PrepareAsync(PurgeEnds happened, CancellationToken cancel) => file.IsOurs ? file.RewriteAsync(cancel) : Task.CompletedTask;

    public async Task HearAsync(PurgeEnds happened, Act act, CancellationToken cancel)
    {
        var list = await act.Db.Set<PurgeList>().SingleAsync(row => row.Id == happened.List, cancel);
        // The order came twice.
        if (list.State != PurgeState.Running) return;
        var items = await act.Db.Set<PurgeItem>().AsNoTracking().Where(row => row.ListId == list.Id).OrderBy(row => row.SubjectId).ToListAsync(cancel);
        var purged = items.Where(item => item.State == PurgeItemState.Purged).ToList();
        var found = new Dictionary<string, int>();
        foreach (var kind in purged.GroupBy(item => item.Kind))
            foreach (var some in kind.Chunk(RecordsAtOnce))
                foreach (var place in await LookAsync(act, kind.Key, some, cancel))
                    found[place.Place] = found.GetValueOrDefault(place.Place) + place.Found;
        var certificate = new PurgeCertificate(
            list.Id, list.Sha256, list.ProposedBy.ToString(), list.SecondedBy?.ToString(), list.ApprovedBy!.Value.ToString(), act.Now, Count(purged, item => item.Rule),
            Count(items.Where(item => item.State == PurgeItemState.Kept), item => item.Kept!), HashOf(purged),
            [.. found.Select(place => new PurgeFinding(place.Key, place.Value)).OrderBy(place => place.Place, StringComparer.Ordinal)],
            file.IsOurs ? PurgedFiles.Rewritten : PurgedFiles.NotReached);
        (list.State, list.DoneAt, list.Revision) = (PurgeState.Done, act.Now, act.Ids.Next());
        list.Certificate = JsonSerializer.Serialize(certificate, WorkItem.Json);
        list.CertificateSha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(list.Certificate)));
        act.Trace("purge", list.Id, $"done;purged={purged.Count};kept={items.Count - purged.Count};found={found.Values.Sum()};certificate={list.CertificateSha256}");
    }

    private async Task<IReadOnlyList<PurgeFinding>> LookAsync(Act act, RetainedKind kind, PurgeItem[] purged, CancellationToken cancel) =>
    [
        .. await desk.Of(kind).FindLeftAsync(act.Db, purged, cancel),
        new("sealed blobs and their recipients' keys", purged.SelectMany(item => Lists.Split(item.Blobs)).Count(blobs.Has)),
    ];

    /// <summary>Of a line for each tombstone, in the order of ids.</summary>
    private static string HashOf(IEnumerable<PurgeItem> purged) => PurgeLists.HashOf(purged.Select(item => string.Create(
        CultureInfo.InvariantCulture, $"{item.SubjectId:N} {item.Kind} {item.Rule} {item.PurgedAt:O} {item.Sha256.Replace('\n', ',')}\n")));

    private static SortedDictionary<string, int> Count(IEnumerable<PurgeItem> items, Func<PurgeItem, string> by) =>
        new(items.CountBy(by).ToDictionary(), StringComparer.Ordinal);
}
