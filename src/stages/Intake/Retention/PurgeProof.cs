using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Work;
using Homeward.Intake.Reading;
using Homeward.Kernel;

namespace Homeward.Intake.Retention;

/// <summary>What a purge removed, what it kept and why, and what was looked for afterwards.</summary>
/// <param name="List">Hash of the list as proposed and approved.</param>
/// <param name="Purged">Hash of what is left of the purged ones: an outsider with the tombstones reckons it again.</param>
/// <param name="LookedFor">Places in database and blob folder, with how much of the purged reports was found in each.</param>
public sealed record PurgeCertificate(
    Guid Purge, string List, string ProposedBy, string? SecondedBy, string ApprovedBy, DateTimeOffset DoneAt, IReadOnlyDictionary<string, int> PurgedByRule,
    IReadOnlyDictionary<string, int> KeptByReason, string Purged, IReadOnlyList<PurgeFinding> LookedFor)
{
    /// <summary>Nothing was found of what went.</summary>
    public bool Holds => LookedFor.All(place => place.Found == 0);
}

/// <summary>Reads database and blob folder again when a purge is through, and writes the certificate into the trace.</summary>
internal sealed class PurgeProof(RetentionDesk desk, SealedBlobs blobs)
{
    private const int RecordsAtOnce = 1_000;

    public async Task WriteAsync(Act act, PurgeList list, List<PurgeItem> items, CancellationToken cancel)
    {
        var purged = items.Where(item => item.State == PurgeItemState.Purged).ToList();
        var found = new Dictionary<string, int>();
        foreach (var kind in purged.GroupBy(item => item.Kind))
            foreach (var some in kind.Chunk(RecordsAtOnce))
                foreach (var place in await LookAsync(act, kind.Key, some, cancel))
                    found[place.Place] = found.GetValueOrDefault(place.Place) + place.Found;
        var certificate = new PurgeCertificate(
            list.Id, list.Sha256, list.ProposedBy.ToString(), list.SecondedBy?.ToString(), list.ApprovedBy!.Value.ToString(), act.Now, Count(purged, item => item.Rule),
            Count(items.Where(item => item.State == PurgeItemState.Kept), item => item.Kept!), HashOf(purged),
            [.. found.Select(place => new PurgeFinding(place.Key, place.Value)).OrderBy(place => place.Place, StringComparer.Ordinal)]);
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
