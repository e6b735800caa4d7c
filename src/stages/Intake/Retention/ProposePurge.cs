using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Homeward.Foundations.Access;
using Homeward.Intake.Model;
using Homeward.Intake.Retention;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Intake;

/// <summary>Writes down which reports are to go, for another person to put in force. Nothing is removed by it.</summary>
public static class ProposePurge
{
    /// <summary>More wait for the next list: one that a person can be asked to stand for.</summary>
    internal const int ReportsMax = 10_000;

    /// <param name="After">Begins behind this report, for a next list beside one that is still waiting.</param>
    public sealed record Request(ReportId? After = null);
    /// <param name="Sha256">Of the list; whoever approves names it.</param>
    public sealed record Receipt(Guid Id, int Reports, string Sha256);

    internal sealed class Handler(RetentionDesk desk) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (await act.Db.Set<PurgeList>().AnyAsync(row => row.State != PurgeState.Done, cancel))
                return Problem.Conflict("purge-waits", "Another purge is not done yet.", "Have it approved, and wait until it is done.");
            var due = new List<RetentionVerdict>();
            await foreach (var verdict in desk.WalkAsync(act.Db, act.Now, request.After, cancel))
            {
                if (verdict.Stays is null) due.Add(verdict);
                if (due.Count == ReportsMax) break;
            }
            if (due.Count == 0) return Problem.Of("nothing-due", "No report's time is over.", "See under Retention why each stays.");

            var list = act.Ids.Next();
            var items = new List<PurgeItem>(due.Count);
            foreach (var some in due.Chunk(1_000)) items.AddRange(await ItemsAsync(act, list, some, cancel));
            var sha256 = HashOf(items);
            act.Db.Add(new PurgeList
            {
                Id = list, State = PurgeState.Proposed, ProposedBy = act.Actor.Id, ProposedAt = act.Now, Sha256 = sha256, Revision = act.Ids.Next(),
            });
            act.Db.AddRange(items);
            act.Trace("purge", list, $"proposed={items.Count};list={sha256}");
            return new Receipt(list, items.Count, sha256);
        }

        private static async Task<IEnumerable<PurgeItem>> ItemsAsync(Act act, Guid list, RetentionVerdict[] due, CancellationToken cancel)
        {
            var ids = due.Select(one => one.Report.Id).ToList();
            var hashes = (await act.Db.Set<ReportVersion>().AsNoTracking().Where(row => ids.Contains(row.Id)).OrderBy(row => row.Version)
                .Select(row => new { row.Id, row.Sha256 }).ToListAsync(cancel)).ToLookup(row => row.Id, row => row.Sha256);
            return due.Select(one => new PurgeItem
            {
                ListId = list, ReportId = one.Report.Id, Number = one.Report.Number, Versions = hashes[one.Report.Id].Count(),
                Sha256 = string.Join('\n', hashes[one.Report.Id]), ReceivedAt = one.Report.ReceivedAt, Rule = one.Rule!.Name, RuleFrom = one.Rule.From,
                RuleTerm = string.Create(CultureInfo.InvariantCulture, $"{one.Rule.Value} {one.Rule.Unit}"), EndedOn = one.EndsOn!.Value,
                State = PurgeItemState.Pending,
            });
        }
    }

    /// <summary>Of a line for each report, in the order of ids: id, rule, the last day of its term, the hashes of its originals.</summary>
    internal static string HashOf(IEnumerable<PurgeItem> items)
    {
        var lines = items.Select(item => string.Create(CultureInfo.InvariantCulture,
            $"{item.ReportId} {item.Rule} {item.RuleFrom:yyyy-MM-dd} {item.EndedOn:yyyy-MM-dd} {item.Sha256.Replace('\n', ',')}\n")).Order(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(lines))));
    }
}

/// <summary>A second person puts a purge in force: from here it is carried out until it is done.</summary>
public static class ApprovePurge
{
    /// <param name="Sha256">Of the list that the person looked at.</param>
    public sealed record Request(Guid Id, string Sha256);
    public sealed record Receipt(Guid Id);

    internal sealed class Handler : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var list = await act.Db.Set<PurgeList>().SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            if (list is null) return Problem.Missing("There is no such purge.");
            if (list.State != PurgeState.Proposed) return Problem.Conflict("already-approved", "This purge is in force already.", "");
            if (list.ProposedBy == act.Actor.Id) return Problem.Of("author-approves", "You proposed this purge.", "Another person approves it.");
            var items = await act.Db.Set<PurgeItem>().AsNoTracking().Where(row => row.ListId == list.Id).ToListAsync(cancel);
            // Both: what the person saw is what was proposed, and what was proposed is what is stored.
            if (request.Sha256 != list.Sha256 || ProposePurge.HashOf(items) != list.Sha256)
                return Problem.Conflict("list-changed", "This is not the list that was proposed.", "Look at it again.");
            (list.State, list.ApprovedBy, list.ApprovedAt, list.Revision) = (PurgeState.Running, act.Actor.Id, act.Now, act.Ids.Next());
            act.Tell(new PurgeGoesOn(list.Id, []));
            act.Trace("purge", list.Id, $"approved;list={list.Sha256}");
            return new Receipt(list.Id);
        }
    }
}

/// <summary>Work: the next step of a purge.</summary>
/// <param name="Blobs">The sealed files of the step before, whose rows are gone for good by now.</param>
internal sealed record PurgeGoesOn(Guid List, IReadOnlyList<string> Blobs);
