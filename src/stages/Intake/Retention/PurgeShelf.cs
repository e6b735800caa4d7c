using System.Text.Json;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Work;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake.Retention;

/// <summary>A purge as people see it: who decided on it, how far it is, and what was proved.</summary>
/// <param name="Kinds">How many of each kind are on the list.</param>
/// <param name="SecondedBy">The first of two who approved what the house proposed.</param>
/// <param name="Mine">The one who looks proposed or seconded it, and another approves it.</param>
/// <param name="NeedsTwo">The house proposed it, and nobody has approved it yet.</param>
public sealed record PurgeRow(
    Guid Id, PurgeState State, string ProposedBy, DateTimeOffset ProposedAt, string? SecondedBy, string? ApprovedBy, DateTimeOffset? DoneAt, string? DroppedBy,
    DateTimeOffset? DroppedAt, string? DropReason, string Sha256, IReadOnlyDictionary<RetainedKind, int> Kinds, int Records, int Purged, int Kept, bool Mine,
    bool NeedsTwo, string? CertificateSha256, PurgeCertificate? Certificate)
{
    /// <summary>Every record had its turn; the database's file is still to be written anew, and nothing is proved yet.</summary>
    public bool AwaitsProof => State == PurgeState.Running && Purged + Kept == Records;
}

/// <summary>Purges that were proposed, with what came of them.</summary>
internal sealed class PurgeShelf(Envelope envelope)
{
    /// <param name="withReasons">Whether it is told in people's words why one was dropped.</param>
    public async Task<IReadOnlyList<PurgeRow>> LatestAsync(
        Act act, Dictionary<UserId, string> names, int from, int max, bool withReasons, CancellationToken cancel) => await RowsAsync(
        act, names, await Shown(act).OrderByDescending(row => row.ProposedAt).ThenBy(row => row.Id).Skip(from).Take(max).ToListAsync(cancel), withReasons, cancel);

    /// <returns>Null when there is no such purge, or it is still being gathered.</returns>
    public async Task<PurgeRow?> FindAsync(Act act, Dictionary<UserId, string> names, Guid id, CancellationToken cancel) => (await RowsAsync(
        act, names, await Shown(act).Where(row => row.Id == id).ToListAsync(cancel), withReasons: false, cancel)).SingleOrDefault();

    public static IQueryable<PurgeList> Shown(Act act) => act.Db.Set<PurgeList>().AsNoTracking().Where(row => row.State != PurgeState.Gathering);

    public static string NameOf(Dictionary<UserId, string> names, UserId id) => names.GetValueOrDefault(id, "the house");

    private async Task<IReadOnlyList<PurgeRow>> RowsAsync(
        Act act, Dictionary<UserId, string> names, List<PurgeList> lists, bool withReasons, CancellationToken cancel)
    {
        var ids = lists.ConvertAll(list => list.Id);
        var counts = (await act.Db.Set<PurgeItem>().Where(row => ids.Contains(row.ListId)).GroupBy(row => new { row.ListId, row.State, row.Kind })
            .Select(group => new { group.Key.ListId, group.Key.State, group.Key.Kind, Count = group.Count() }).ToListAsync(cancel)).ToLookup(row => row.ListId);
        return lists.ConvertAll(list => new PurgeRow(
            list.Id, list.State, NameOf(names, list.ProposedBy), list.ProposedAt, Name(list.SecondedBy), Name(list.ApprovedBy), list.DoneAt,
            Name(list.DroppedBy), list.DroppedAt,
            withReasons && list.DropReason is { } reason ? envelope.OpenText(DropPurge.ReasonContext(list.Id), reason) : null, list.Sha256,
            counts[list.Id].GroupBy(row => row.Kind).OrderBy(group => group.Key).ToDictionary(group => group.Key, group => group.Sum(row => row.Count)),
            counts[list.Id].Sum(row => row.Count), Of(list, PurgeItemState.Purged), Of(list, PurgeItemState.Kept),
            list.ProposedBy == act.Actor.Id || list.SecondedBy == act.Actor.Id, list.ProposedBy == Actor.House.Id && list.SecondedBy is null,
            list.CertificateSha256, list.Certificate is { } text ? JsonSerializer.Deserialize<PurgeCertificate>(text, WorkItem.Json) : null));

        string? Name(UserId? id) => id is { } person ? NameOf(names, person) : null;
        int Of(PurgeList list, PurgeItemState state) => counts[list.Id].Where(row => row.State == state).Sum(row => row.Count);
    }
}
