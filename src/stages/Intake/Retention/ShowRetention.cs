using System.Text.Json;
using Homeward.Foundations.Access;
using Homeward.Foundations.Rules;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Work;
using Homeward.Intake.Retention;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>What goes when and by which rule, what is held, and past purges: the preview, which changes nothing .</summary>
public static class ShowRetention
{
    /// <summary>Reports that one look judges; the next begins behind them.</summary>
    private const int ReportsMax = 100_000;
    private const int RowsMax = 200;

    /// <param name="After">Begins behind this report.</param>
    public sealed record Request(ReportId? After = null);
    /// <param name="Due">Reports whose time is over by the rule.</param>
    /// <param name="OldestAt">When the oldest of them was received.</param>
    public sealed record RuleRow(string Name, string Says, string Source, int Due, DateTimeOffset? OldestAt);
    /// <param name="Why">A code; see <c>IntakeWords.Stays</c>.</param>
    public sealed record StayRow(string Why, int Reports);
    /// <param name="Reason">Why it was placed; with <paramref name="LiftReason"/> in the words of those who did.</param>
    public sealed record HoldRow(
        Guid Id, HoldOn On, string Number, string Reason, DateOnly? Until, string PlacedBy, DateTimeOffset PlacedAt, string? LiftedBy, DateTimeOffset? LiftedAt,
        string? LiftReason);
    /// <param name="Mine">The one who looks proposed it, and another approves it.</param>
    public sealed record PurgeRow(
        Guid Id, PurgeState State, string ProposedBy, DateTimeOffset ProposedAt, string? ApprovedBy, DateTimeOffset? DoneAt, string Sha256, int Reports,
        int Purged, int Kept, bool Mine, string? CertificateSha256, PurgeCertificate? Certificate);
    /// <param name="LookedAt">Reports past their preservation that were judged; when there are more, the next look begins behind <paramref name="Next"/>.</param>
    public sealed record Page(
        IReadOnlyList<RuleRow> Rules, IReadOnlyList<StayRow> Stays, IReadOnlyList<HoldRow> Holds, IReadOnlyList<PurgeRow> Purges, int LookedAt, ReportId? Next);

    internal sealed class Handler(RuleBook rules, RetentionDesk desk, Envelope envelope) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var (due, stays) = (new Dictionary<string, (int Count, DateTimeOffset Oldest)>(), new Dictionary<string, int>());
            var (lookedAt, next) = (0, (ReportId?)null);
            await foreach (var verdict in desk.WalkAsync(act.Db, act.Now, request.After, cancel))
            {
                if (lookedAt == ReportsMax) break;
                (lookedAt, next) = (lookedAt + 1, verdict.Report.Id);
                if (verdict.Stays is { } why) stays[why] = stays.GetValueOrDefault(why) + 1;
                else
                {
                    var before = due.TryGetValue(verdict.Rule!.Name, out var known) ? known : (Count: 0, Oldest: verdict.Report.ReceivedAt);
                    due[verdict.Rule.Name] = (before.Count + 1, before.Oldest < verdict.Report.ReceivedAt ? before.Oldest : verdict.Report.ReceivedAt);
                }
            }
            var names = await act.Db.Set<User>().ToDictionaryAsync(user => user.Id, user => user.Name, cancel);
            var today = DateOnly.FromDateTime(act.Now.UtcDateTime);
            act.Trace("retention", Guid.Empty, $"shown;looked-at={lookedAt}");
            return new Page(
                [.. Enum.GetValues<ReportEnd>().Select(end => rules.On(RetentionRule.NameOf(end), today)).Select(rule => new RuleRow(
                    rule.Name, rule.Says, rule.Source, due.GetValueOrDefault(rule.Name).Count, due.TryGetValue(rule.Name, out var row) ? row.Oldest : null))],
                [.. stays.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new StayRow(pair.Key, pair.Value))],
                await HoldsAsync(act, names, cancel), await PurgesAsync(act, names, cancel), lookedAt, lookedAt == ReportsMax ? next : null);
        }

        private async Task<IReadOnlyList<HoldRow>> HoldsAsync(Act act, Dictionary<UserId, string> names, CancellationToken cancel)
        {
            var holds = await act.Db.Set<Hold>().AsNoTracking().OrderBy(row => row.LiftedAt != null).ThenByDescending(row => row.PlacedAt).ThenBy(row => row.Id)
                .Take(RowsMax).ToListAsync(cancel);
            foreach (var hold in holds) act.Trace("hold", hold.Id, "shown");
            return holds.ConvertAll(hold => new HoldRow(
                hold.Id, hold.On, hold.Number, envelope.OpenText($"hold/{StrongId.Text(hold.Id)}", hold.Reason), hold.Until, NameOf(names, hold.PlacedBy), hold.PlacedAt,
                hold.LiftedBy is { } lifter ? NameOf(names, lifter) : null, hold.LiftedAt,
                hold.LiftReason is { } reason ? envelope.OpenText($"hold-lifted/{StrongId.Text(hold.Id)}", reason) : null));
        }

        private static async Task<IReadOnlyList<PurgeRow>> PurgesAsync(Act act, Dictionary<UserId, string> names, CancellationToken cancel)
        {
            var lists = await act.Db.Set<PurgeList>().AsNoTracking().OrderByDescending(row => row.ProposedAt).ThenBy(row => row.Id).Take(RowsMax).ToListAsync(cancel);
            var ids = lists.ConvertAll(list => list.Id);
            var counts = (await act.Db.Set<PurgeItem>().Where(row => ids.Contains(row.ListId)).GroupBy(row => new { row.ListId, row.State })
                .Select(group => new { group.Key.ListId, group.Key.State, Count = group.Count() }).ToListAsync(cancel)).ToLookup(row => row.ListId);
            return lists.ConvertAll(list => new PurgeRow(
                list.Id, list.State, NameOf(names, list.ProposedBy), list.ProposedAt, list.ApprovedBy is { } approver ? NameOf(names, approver) : null, list.DoneAt,
                list.Sha256, counts[list.Id].Sum(row => row.Count), Of(list, PurgeItemState.Purged), Of(list, PurgeItemState.Kept), list.ProposedBy == act.Actor.Id,
                list.CertificateSha256, list.Certificate is { } text ? JsonSerializer.Deserialize<PurgeCertificate>(text, WorkItem.Json) : null));

            int Of(PurgeList list, PurgeItemState state) => counts[list.Id].Where(row => row.State == state).Sum(row => row.Count);
        }

        private static string NameOf(Dictionary<UserId, string> names, UserId id) => names.GetValueOrDefault(id, "the house");
    }
}
