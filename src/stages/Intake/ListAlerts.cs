using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Intake.Alerts;
using Homeward.Intake.Model;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>AMBER alerts that the actor may see: what waits for a decision first, then the newest.</summary>
public static class ListAlerts
{
    private const int RowsMax = 50;

    public sealed record Request([Range(0, int.MaxValue)] int From = 0);
    /// <param name="Nic">Of the entry that it is attached to.</param>
    /// <param name="Headline">The issuer's own; two alerts of one hour are told apart by it.</param>
    /// <param name="Counts">Whether this house acts on it.</param>
    /// <param name="ExpiresAt">When the last of what it says expires, for each language and event has an end of its own; null where one has none.</param>
    public sealed record Row(
        AlertId Id, string Status, bool Counts, bool IsWaiting, bool IsCancelled, AlertVerdict Verdict, string? Nic, string? Issuer, string? Headline, string? Event, string? Areas,
        DateTimeOffset SentAt, DateTimeOffset? ExpiresAt, bool IsExpired, int Messages);
    public sealed record Page(IReadOnlyList<Row> Rows, int Total, int Waiting, int From);

    internal sealed class Handler(AlertShelf shelf, AlertReading reading) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var alerts = act.Seen(act.Db.Set<Alert>().AsNoTracking()).Where(row => row.PartOf == null);
            var (total, waiting) = (await alerts.CountAsync(cancel), await alerts.CountAsync(row => row.IsWaiting, cancel));
            var rows = await alerts.OrderByDescending(row => row.IsWaiting).ThenByDescending(row => row.SentAt).ThenBy(row => row.Id)
                .Skip(request.From).Take(RowsMax).ToListAsync(cancel);
            var ids = rows.ConvertAll(row => row.Id);
            var messages = (await act.Db.Set<AlertMessage>().AsNoTracking().Where(row => ids.Contains(row.AlertId)).OrderBy(row => row.SentAt).ThenBy(row => row.Id)
                .ToListAsync(cancel)).ToLookup(row => row.AlertId);
            var entries = rows.Select(row => row.EntryId).OfType<EntryId>().ToList();
            var nics = await act.Db.Set<Entry>().Where(row => entries.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Nic, cancel);
            foreach (var row in rows) act.Trace("alert", row.Id.Value, "listed");
            return new Page([.. rows.Select(Shown)], total, waiting, request.From);

            Row Shown(Alert row)
            {
                var facts = reading.Facts([.. messages[row.Id]]);
                var info = facts.Infos.Count > 0 ? facts.Infos[0] : null;
                var expiresAt = facts.Infos.Any(one => one.ExpiresAt is null) ? null : facts.Infos.Max(one => one.ExpiresAt);
                return new(
                    row.Id, row.Status.ToString(), shelf.Counts(row.Status), row.IsWaiting, row.IsCancelled, row.Verdict,
                    row.EntryId is { } entry ? nics.GetValueOrDefault(entry) : null, info?.SenderName ?? facts.Key.Sender, info?.Headline, info?.Event,
                    info is null ? null : string.Join("; ", info.Areas.Select(area => area.Description)), row.SentAt, expiresAt, expiresAt < act.Now, row.Version);
            }
        }
    }
}
