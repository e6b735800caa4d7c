using Homeward.Foundations.Access;
using Homeward.Foundations.Rules;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Storage;
using Homeward.Intake.Model;
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
    /// <summary>Of a hundred thousand a look asks the database some hundred times, and not a thousand.</summary>
    private const int RecordsAtOnce = 10_000;
    private const int RowsMax = 200;

    /// <param name="Kind">Begins with this kind of record, behind <paramref name="After"/>.</param>
    /// <param name="Named">Names each record that was judged, with its end or why it stays.</param>
    public sealed record Request(RetainedKind Kind = RetainedKind.Report, Guid? After = null, bool Named = false);
    /// <param name="Due">Records whose time is over by the rule.</param>
    /// <param name="OldestAt">When the oldest of them was received.</param>
    public sealed record RuleRow(string Name, string Says, string Source, int Due, DateTimeOffset? OldestAt);
    /// <summary>A rule of the table that nothing which is purged here falls under.</summary>
    /// <param name="Where">What would fall under it, and what becomes of that.</param>
    public sealed record OtherRow(string Name, string Says, string Source, bool Confirmed, string Where);
    /// <param name="Why">A code; see <c>IntakeWords.Stays</c>.</param>
    /// <param name="Says">The same in words.</param>
    public sealed record StayRow(RetainedKind Kind, string Why, int Records, string Says);
    /// <param name="Reason">Why it was placed; with <paramref name="LiftReason"/> in the words of those who did.</param>
    /// <param name="ReceivedAt">When that came which has no number for people; null for all else, and for what is gone.</param>
    public sealed record HoldRow(
        Guid Id, HoldOn On, string Number, string Reason, DateOnly? Until, string PlacedBy, DateTimeOffset PlacedAt, string? LiftedBy, DateTimeOffset? LiftedAt,
        string? LiftReason, DateTimeOffset? ReceivedAt = null);
    /// <summary>A record that was judged. Nothing in it tells of a person.</summary>
    /// <param name="Number">As people know it; empty where it has none.</param>
    /// <param name="Rule">Under which its time is over or runs; null where something else keeps it.</param>
    /// <param name="Stays">Null: its time is over.</param>
    public sealed record RecordRow(
        RetainedKind Kind, Guid Id, string Number, DateTimeOffset ReceivedAt, string? Rule, DateOnly? EndsOn, string? Stays);
    /// <param name="LookedAt">Records that were judged, of reports those past their preservation or, of no nexus, past their own term; when there are more, the next look begins at <paramref name="Next"/>.</param>
    /// <param name="Others">Rules that the house carries out in no purge.</param>
    /// <param name="Records">All of them, where they were asked for.</param>
    public sealed record Page(
        IReadOnlyList<RuleRow> Rules, IReadOnlyList<OtherRow> Others, IReadOnlyList<StayRow> Stays, IReadOnlyList<HoldRow> Holds, IReadOnlyList<PurgeRow> Purges, int LookedAt, RetentionPlace? Next,
        IReadOnlyList<RecordRow>? Records = null);

    internal sealed class Handler(RuleBook rules, RetentionDesk desk, PurgeShelf shelf, Envelope envelope) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var (due, stays) = (new Dictionary<string, (int Count, DateTimeOffset Oldest)>(), new Dictionary<(RetainedKind Kind, string Why), int>());
            var records = request.Named ? new List<RecordRow>() : null;
            var (lookedAt, next) = (0, (RetentionPlace?)new RetentionPlace(request.Kind, request.After ?? Guid.Empty));
            while (next is not null && lookedAt < RecordsMax)
            {
                (var verdicts, next) = await desk.LookAsync(act.Db, act.Now, next, cancel, RecordsAtOnce);
                lookedAt += verdicts.Count;
                records?.AddRange(verdicts.Select(one => new RecordRow(
                    one.Record.Kind, one.Record.Id, one.Record.Number, one.Record.ReceivedAt, one.Rule?.Name, one.EndsOn, one.Stays)));
                foreach (var verdict in verdicts)
                {
                    var at = verdict.Record.ReceivedAt;
                    if (verdict.Stays is { } why) stays[(verdict.Record.Kind, why)] = stays.GetValueOrDefault((verdict.Record.Kind, why)) + 1;
                    else due[verdict.Rule!.Name] = due.TryGetValue(verdict.Rule.Name, out var known) ? (known.Count + 1, at < known.Oldest ? at : known.Oldest) : (1, at);
                }
            }
            var names = await act.Db.Set<User>().ToDictionaryAsync(user => user.Id, user => user.Name, cancel);
            var today = DateOnly.FromDateTime(act.Now.UtcDateTime);
            act.Trace("retention", Guid.Empty, request.Named ? $"named={lookedAt}" : $"shown;looked-at={lookedAt}");
            return new Page(
                [.. RetentionRule.All.Select(name => rules.On(name, today)).Select(rule => new RuleRow(
                    rule.Name, rule.Says, rule.Source, due.GetValueOrDefault(rule.Name).Count, due.TryGetValue(rule.Name, out var row) ? row.Oldest : null))],
                [Other(rules.On(RetentionRule.Intelligence, today))],
                [.. stays.OrderBy(pair => pair.Key.Kind).ThenBy(pair => pair.Key.Why, StringComparer.Ordinal).Select(pair => new StayRow(pair.Key.Kind, pair.Key.Why, pair.Value,
                    $"{IntakeWords.Stays(pair.Key.Why)}: {pair.Value} {IntakeWords.Of(pair.Key.Kind, pair.Value)}"))],
                await HoldsAsync(act, names, cancel), await shelf.LatestAsync(act, names, from: 0, RowsMax, withReasons: true, cancel), lookedAt, next, records);
        }

        private static OtherRow Other(Rule rule) => new(rule.Name, rule.Says, rule.Source, rule.Confirmed, IntakeWords.IntelligenceHere);

        private async Task<IReadOnlyList<HoldRow>> HoldsAsync(Act act, Dictionary<UserId, string> names, CancellationToken cancel)
        {
            var holds = await act.Db.Set<Hold>().AsNoTracking().OrderBy(row => row.LiftedAt != null).ThenByDescending(row => row.PlacedAt).ThenBy(row => row.Id)
                .Take(RowsMax).ToListAsync(cancel);
            foreach (var hold in holds) act.Trace("hold", hold.Id, "shown");
            var received = await ReceivedAsync(act.Db, holds, cancel);
            return holds.ConvertAll(hold => new HoldRow(
                hold.Id, hold.On, hold.Number, envelope.OpenText($"hold/{StrongId.Text(hold.Id)}", hold.Reason), hold.Until, PurgeShelf.NameOf(names, hold.PlacedBy), hold.PlacedAt,
                hold.LiftedBy is { } lifter ? PurgeShelf.NameOf(names, lifter) : null, hold.LiftedAt,
                hold.LiftReason is { } reason ? envelope.OpenText($"hold-lifted/{StrongId.Text(hold.Id)}", reason) : null,
                received.TryGetValue(hold.SubjectId, out var at) ? at : null));
        }

        /// <summary>A receipt, a reject or an alert is known to people by when it came, and not by its id.</summary>
        private static async Task<Dictionary<Guid, DateTimeOffset>> ReceivedAsync(HomewardDb db, List<Hold> holds, CancellationToken cancel)
        {
            List<Guid> Held(HoldOn on) => [.. holds.Where(hold => hold.On == on).Select(hold => hold.SubjectId).Distinct()];
            var (receipts, rejects, alerts) = (Held(HoldOn.Receipt), Held(HoldOn.Reject), Held(HoldOn.Alert).ConvertAll(AlertId.From));
            var received = new Dictionary<Guid, DateTimeOffset>();
            if (receipts.Count > 0)
                foreach (var row in await db.Set<Arrival>().Where(row => receipts.Contains(row.Id)).Select(row => new { row.Id, row.At }).ToListAsync(cancel)) received[row.Id] = row.At;
            if (rejects.Count > 0)
                foreach (var row in await db.Set<Reject>().Where(row => rejects.Contains(row.Id)).Select(row => new { row.Id, row.At }).ToListAsync(cancel)) received[row.Id] = row.At;
            if (alerts.Count > 0)
                foreach (var row in await db.Set<Alert>().Where(row => alerts.Contains(row.Id)).Select(row => new { row.Id, row.ReceivedAt }).ToListAsync(cancel)) received[row.Id.Value] = row.ReceivedAt;
            return received;
        }
    }
}
