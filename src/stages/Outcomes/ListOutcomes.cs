using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Kernel;
using Homeward.Operations;
using Homeward.Outcomes.Model;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Outcomes;

/// <summary>The facts that an office has on record for the initiative, newest first.</summary>
public static class ListOutcomes
{
    public const int RowsMax = 200;

    /// <param name="Initiative">The current one when left out.</param>
    /// <param name="From">Number of facts that are passed over.</param>
    public sealed record Request(InitiativeId? Initiative = null, [Range(0, int.MaxValue)] int From = 0);

    /// <param name="What">In words: "recovered", "arrest, trafficking".</param>
    /// <param name="Late">Typed more than a day after the act.</param>
    public sealed record Row(FactId Id, string Record, string What, string Office, DateTimeOffset At, DateTimeOffset EnteredAt, bool Late, string? Link);
    /// <param name="More">Whether the list goes on.</param>
    public sealed record Page(string? Initiative, IReadOnlyList<Row> Rows, bool More);

    internal sealed class Handler(IOperations operations) : IHandle<Request, Page>
    {
        private static readonly TimeSpan _lateAfter = TimeSpan.FromDays(1);

        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var initiative = request.Initiative is { } id
                ? await operations.InitiativeAsync(act.Db, id, cancel)
                : await operations.CurrentAsync(act.Db, cancel);
            if (initiative is null) return new Page(null, [], false);
            var facts = await act.Seen(act.Db.Set<Fact>()).Where(row => row.Initiative == initiative.Id && row.SupersededAt == null)
                .OrderByDescending(row => row.At).ThenByDescending(row => row.Id).Skip(request.From).Take(RowsMax + 1).ToListAsync(cancel);
            var seen = facts.Take(RowsMax).Where(fact => FactWords.MaySee(act.Actor.Role, fact)).ToList();
            foreach (var fact in seen) act.Trace("outcome", fact.Id.Value, "listed");
            return new Page(initiative.Name, [.. seen.Select(fact => new Row(fact.Id, fact.Record, FactWords.Of(fact), fact.OfficeCode!, fact.At,
                fact.EnteredAt, fact.EnteredAt - fact.At > _lateAfter, $"/outcomes/findings/{fact.Id}"))], facts.Count > RowsMax);
        }
    }
}
