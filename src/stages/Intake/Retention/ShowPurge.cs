using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Intake.Pages;
using Homeward.Intake.Retention;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>A purge record by record: what its approval destroys, and what is left of it afterwards.</summary>
public static class ShowPurge
{
    internal const int RowsMax = 100;

    /// <param name="State">Only those that wait, went or were kept.</param>
    public sealed record Request(Guid Id, [Range(0, int.MaxValue)] int From = 0, PurgeItemState? State = null);

    /// <summary>A record on the list; once it is purged, its tombstone. Nothing in it tells of a person.</summary>
    /// <param name="Number">As people know it; empty where it has none.</param>
    /// <param name="Term">How long the rule keeps such a record: "2 years".</param>
    /// <param name="EndedOn">The last day of its term.</param>
    /// <param name="Stays">Why it was kept or, while it waits, would be if its turn came now; a code. Null: it goes, or it went.</param>
    /// <param name="Says">The same in words.</param>
    public sealed record Row(
        RetainedKind Kind, Guid Id, string Number, DateTimeOffset ReceivedAt, string Rule, string Term, DateOnly EndedOn, PurgeItemState State,
        DateTimeOffset? PurgedAt, string? Stays, string? Says);

    /// <param name="Rows">In the order of kind, number and id, from the one that was asked for.</param>
    /// <param name="Total">Records that were asked for, on all pages.</param>
    public sealed record Page(PurgeRow Purge, IReadOnlyList<Row> Rows, int Total);

    internal sealed class Handler(PurgeShelf shelf, RetentionDesk desk) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var names = await act.Db.Set<User>().ToDictionaryAsync(user => user.Id, user => user.Name, cancel);
            if (await shelf.FindAsync(act, names, request.Id, cancel) is not { } purge) return Problem.Missing("There is no such purge.");
            var asked = act.Db.Set<PurgeItem>().AsNoTracking().Where(row => row.ListId == request.Id);
            if (request.State is { } state) asked = asked.Where(row => row.State == state);
            var items = await asked.OrderBy(row => row.Kind).ThenBy(row => row.Number).ThenBy(row => row.SubjectId).Skip(request.From).Take(RowsMax).ToListAsync(cancel);
            var stays = purge.State is PurgeState.Proposed or PurgeState.Running ? await StayNowAsync(act, items, cancel) : [];
            act.Trace("purge", purge.Id, $"shown;from={request.From};rows={items.Count}");
            return new Page(purge, [.. items.Select(item =>
            {
                var why = item.State == PurgeItemState.Pending ? stays.GetValueOrDefault(item.SubjectId) : item.Kept;
                return new Row(
                    item.Kind, item.SubjectId, item.Number, item.ReceivedAt, item.Rule, item.RuleTerm, item.EndedOn, item.State, item.PurgedAt, why,
                    why is null ? null : IntakeWords.Stays(why));
            })], await asked.CountAsync(cancel));
        }

        /// <summary>Those that wait and would be kept if their turn came now, with why.</summary>
        private async Task<Dictionary<Guid, string?>> StayNowAsync(Act act, List<PurgeItem> items, CancellationToken cancel)
        {
            var stays = new Dictionary<Guid, string?>();
            foreach (var kind in items.Where(item => item.State == PurgeItemState.Pending).GroupBy(item => item.Kind))
            {
                var ids = kind.Select(item => item.SubjectId).ToList();
                foreach (var id in ids) stays[id] = "not-there";
                foreach (var verdict in await desk.JudgeAsync(act.Db, act.Now, kind.Key, ids, cancel)) stays[verdict.Record.Id] = verdict.Stays;
            }
            return stays;
        }
    }
}
