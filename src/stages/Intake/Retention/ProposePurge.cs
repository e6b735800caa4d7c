using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Intake.Retention;
using Homeward.Kernel;

namespace Homeward.Intake;

/// <summary>Writes down what is to go, for another person to put in force. Nothing is removed by it.</summary>
public static class ProposePurge
{
    public sealed record Request
    {
        /// <summary>What was due before the act began.</summary>
        internal IReadOnlyList<(RetainedKind Kind, Guid Id)> Found { get; init; } = [];
    }

    /// <param name="Sha256">Of the list; whoever approves names it.</param>
    public sealed record Receipt(Guid Id, int Records, string Sha256);

    internal sealed class Handler(RetentionDesk desk) : IHandle<Request, Receipt>, IGatherBefore<Request>
    {
        private const int RecordsAtOnce = 1_000;

        /// <summary>Looks through all that may be due, which takes a while in a house of millions.</summary>
        public async Task<Request> GatherAsync(Request request, HomewardDb db, DateTimeOffset now, CancellationToken cancel)
        {
            if (await PurgeLists.IsOneOpenAsync(db, cancel)) return request;
            var due = new List<(RetainedKind, Guid)>();
            for (RetentionPlace? from = RetentionPlace.Start; from is not null && due.Count < PurgeLists.RecordsMax;)
            {
                (var verdicts, from) = await desk.LookAsync(db, now, from, cancel);
                due.AddRange(verdicts.Where(verdict => verdict.Stays is null).Take(PurgeLists.RecordsMax - due.Count).Select(verdict => (verdict.Record.Kind, verdict.Record.Id)));
            }
            return request with { Found = due };
        }

        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (await PurgeLists.IsOneOpenAsync(act.Db, cancel))
                return Problem.Conflict("purge-waits", "Another purge is not done yet.", "Have it approved or dropped, and wait until it is done.");
            var due = new List<RetentionVerdict>();
            // Again, and these alone: a hold that was placed since counts.
            foreach (var kind in request.Found.GroupBy(one => one.Kind, one => one.Id))
                foreach (var some in kind.Chunk(RecordsAtOnce))
                    due.AddRange((await desk.JudgeAsync(act.Db, act.Now, kind.Key, some, cancel)).Where(verdict => verdict.Stays is null));
            if (due.Count == 0) return Problem.Of("nothing-due", "Nothing's time is over.", "See under Retention why each stays.");

            var list = act.Ids.Next();
            var items = await PurgeLists.ItemsAsync(act.Db, desk, list, due, cancel);
            var sha256 = PurgeLists.HashOf(items);
            act.Db.Add(new PurgeList
            {
                Id = list, State = PurgeState.Proposed, ProposedBy = act.Actor.Id, ProposedAt = act.Now, Sha256 = sha256, Revision = act.Ids.Next(),
            });
            act.Db.AddRange(items);
            act.Trace("purge", list, $"proposed={items.Count};list={sha256}");
            return new Receipt(list, items.Count, sha256);
        }
    }
}
