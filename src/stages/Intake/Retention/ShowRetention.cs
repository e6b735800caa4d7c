using System.Text.Json;
using Homeward.Foundations.Access;
using Homeward.Foundations.Rules;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Work;
using Homeward.Intake.Pages;
using Homeward.Intake.Retention;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>What goes when and by which rule, what is held, and past purges: the preview, which changes nothing .</summary>
public static class ShowRetention
{
    /// <summary>Records that one look judges; the next begins behind them.</summary>
    private const int RecordsMax = 100_000;
    private const int RowsMax = 200;

    /// <param name="Kind">Begins with this kind of record, behind <paramref name="After"/>.</param>
    public sealed record Request(RetainedKind Kind = RetainedKind.Report, Guid? After = null);
    /// <param name="Due">Records whose time is over by the rule.</param>
    /// <param name="OldestAt">When the oldest of them was received.</param>
    public sealed record RuleRow(string Name, string Says, string Source, int Due, DateTimeOffset? OldestAt);
    /// <param name="Why">A code; see <c>IntakeWords.Stays</c>.</param>
    /// <param name="Says">The same in words.</param>
    public sealed record StayRow(RetainedKind Kind, string Why, int Records, string Says);
    /// <param name="Reason">Why it was placed; with <paramref name="LiftReason"/> in the words of those who did.</param>
    public sealed record HoldRow(
        Guid Id, HoldOn On, string Number, string Reason, DateOnly? Until, string PlacedBy, DateTimeOffset PlacedAt, string? LiftedBy, DateTimeOffset? LiftedAt,
        string? LiftReason);
    /// <param name="Kinds">How many of each kind are on the list.</param>
    /// <param name="SecondedBy">The first of two who approved what the house proposed.</param>
    /// <param name="Mine">The one who looks proposed or seconded it, and another approves it.</param>
    /// <param name="NeedsTwo">The house proposed it, and nobody has approved it yet.</param>
    public sealed record PurgeRow(
        Guid Id, PurgeState State, string ProposedBy, DateTimeOffset ProposedAt, string? SecondedBy, string? ApprovedBy, DateTimeOffset? DoneAt, string? DroppedBy,
        DateTimeOffset? DroppedAt, string? DropReason, string Sha256, IReadOnlyDictionary<RetainedKind, int> Kinds, int Records, int Purged, int Kept, bool Mine,
        bool NeedsTwo, string? CertificateSha256, PurgeCertificate? Certificate);
    /// <param name="LookedAt">Records that were judged, of reports those past their preservation; when there are more, the next look begins at <paramref name="Next"/>.</param>
    public sealed record Page(
        IReadOnlyList<RuleRow> Rules, IReadOnlyList<StayRow> Stays, IReadOnlyList<HoldRow> Holds, IReadOnlyList<PurgeRow> Purges, int LookedAt, RetentionPlace? Next);

    internal sealed class Handler(RuleBook rules, RetentionDesk desk, Envelope envelope) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var (due, stays) = (new Dictionary<string, (int Count, DateTimeOffset Oldest)>(), new Dictionary<(RetainedKind Kind, string Why), int>());
            var (lookedAt, next) = (0, (RetentionPlace?)new RetentionPlace(request.Kind, request.After ?? Guid.Empty));
            while (next is not null && lookedAt < RecordsMax)
            {
                (var verdicts, next) = await desk.LookAsync(act.Db, act.Now, next, cancel);
                lookedAt += verdicts.Count;
                foreach (var verdict in verdicts)
                {
                    var at = verdict.Record.ReceivedAt;
                    if (verdict.Stays is { } why) stays[(verdict.Record.Kind, why)] = stays.GetValueOrDefault((verdict.Record.Kind, why)) + 1;
                    else due[verdict.Rule!.Name] = due.TryGetValue(verdict.Rule.Name, out var known) ? (known.Count + 1, at < known.Oldest ? at : known.Oldest) : (1, at);
                }
            }
            var names = await act.Db.Set<User>().ToDictionaryAsync(user => user.Id, user => user.Name, cancel);
            var today = DateOnly.FromDateTime(act.Now.UtcDateTime);
            act.Trace("retention", Guid.Empty, $"shown;looked-at={lookedAt}");
            return new Page(
                [.. RetentionRule.All.Select(name => rules.On(name, today)).Select(rule => new RuleRow(
                    rule.Name, rule.Says, rule.Source, due.GetValueOrDefault(rule.Name).Count, due.TryGetValue(rule.Name, out var row) ? row.Oldest : null))],
                [.. stays.OrderBy(pair => pair.Key.Kind).ThenBy(pair => pair.Key.Why, StringComparer.Ordinal).Select(pair => new StayRow(pair.Key.Kind, pair.Key.Why, pair.Value,
                    $"{IntakeWords.Stays(pair.Key.Why)}: {pair.Value} {IntakeWords.Of(pair.Key.Kind, pair.Value)}"))],
                await HoldsAsync(act, names, cancel), await PurgesAsync(act, names, cancel), lookedAt, next);
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

        private async Task<IReadOnlyList<PurgeRow>> PurgesAsync(Act act, Dictionary<UserId, string> names, CancellationToken cancel)
        {
            var lists = await act.Db.Set<PurgeList>().AsNoTracking().Where(row => row.State != PurgeState.Gathering)
                .OrderByDescending(row => row.ProposedAt).ThenBy(row => row.Id).Take(RowsMax).ToListAsync(cancel);
            var ids = lists.ConvertAll(list => list.Id);
            var counts = (await act.Db.Set<PurgeItem>().Where(row => ids.Contains(row.ListId)).GroupBy(row => new { row.ListId, row.State, row.Kind })
                .Select(group => new { group.Key.ListId, group.Key.State, group.Key.Kind, Count = group.Count() }).ToListAsync(cancel)).ToLookup(row => row.ListId);
            return lists.ConvertAll(list => new PurgeRow(
                list.Id, list.State, NameOf(names, list.ProposedBy), list.ProposedAt, Name(list.SecondedBy), Name(list.ApprovedBy), list.DoneAt,
                Name(list.DroppedBy), list.DroppedAt, list.DropReason is { } reason ? envelope.OpenText(DropPurge.ReasonContext(list.Id), reason) : null, list.Sha256,
                counts[list.Id].GroupBy(row => row.Kind).OrderBy(group => group.Key).ToDictionary(group => group.Key, group => group.Sum(row => row.Count)),
                counts[list.Id].Sum(row => row.Count), Of(list, PurgeItemState.Purged), Of(list, PurgeItemState.Kept),
                list.ProposedBy == act.Actor.Id || list.SecondedBy == act.Actor.Id, list.ProposedBy == Actor.House.Id && list.SecondedBy is null,
                list.CertificateSha256, list.Certificate is { } text ? JsonSerializer.Deserialize<PurgeCertificate>(text, WorkItem.Json) : null));

            string? Name(UserId? id) => id is { } person ? NameOf(names, person) : null;
            int Of(PurgeList list, PurgeItemState state) => counts[list.Id].Where(row => row.State == state).Sum(row => row.Count);
        }

        private static string NameOf(Dictionary<UserId, string> names, UserId id) => names.GetValueOrDefault(id, "the house");
    }
}
