using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using Homeward.Foundations.Access;
using Homeward.Kernel;
using Homeward.Referral.Model;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Referral;

/// <summary>The referrals of the actor's side: what waits first, then what is on its way and what is held.</summary>
public static class ListReferrals
{
    internal const int RowsMax = 100;

    /// <param name="State">Only these; all that are open, when left out.</param>
    /// <param name="From">How many of the list are passed over.</param>
    public sealed record Request(ReferralState? State = null, [Range(0, int.MaxValue)] int From = 0);

    /// <param name="Office">The recipient or holder; null in the national queue.</param>
    public sealed record Row(
        ReferralId Id, string Number, string LeadNumber, ReferralState State, string? Office, string? TaskForce, string? OwnerOffice,
        DateTimeOffset SentAt, DateTimeOffset? AnswerDueAt, bool CurrentAbuse, bool Imminent, bool TakenUp, bool WaitsForMe);

    /// <param name="Counts">How many there are of each state, of those that the actor may see.</param>
    /// <param name="Total">How many the whole list has.</param>
    public sealed record Page(IReadOnlyList<Row> Rows, int Total, IReadOnlyDictionary<ReferralState, int> Counts);

    internal sealed class Handler : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var seen = Sight.Seen(act, act.Db.Set<LeadReferral>());
            var counts = await seen.GroupBy(row => row.State).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(one => one.Key, one => one.Count, cancel);
            var rows = request.State is { } state
                ? seen.Where(row => row.State == state)
                : seen.Where(row => row.State != ReferralState.Closed && row.State != ReferralState.Withdrawn);
            var waiting = WaitingFor(act.Actor);
            // Over the whole list, and not over what is shown of it: else it would stand on a page that nobody turns to.
            var found = await rows.OrderByDescending(waiting).ThenByDescending(row => row.Imminent).ThenBy(row => row.AnswerDueAt == null).ThenBy(row => row.AnswerDueAt)
                .ThenByDescending(row => row.SentAt).ThenBy(row => row.Id).Skip(request.From).Take(RowsMax).ToListAsync(cancel);
            foreach (var row in found) act.Trace("referral", row.Id.Value, "listed");
            var waitsForMe = waiting.Compile();
            var shown = found.Select(row => new Row(
                row.Id, row.Number, row.LeadNumber, row.State, row.OfficeCode, row.TaskForce, row.OwnerOffice, row.SentAt, row.AnswerDueAt,
                row.CurrentAbuse, row.Imminent, row.TakenUpAt is not null, waitsForMe(row))).ToList();
            var total = request.State is { } one ? counts.GetValueOrDefault(one)
                : counts.Where(count => count.Key is not (ReferralState.Closed or ReferralState.Withdrawn)).Sum(count => count.Value);
            return new Page(shown, total, counts);
        }

        /// <summary>Whose turn it is: the receiver's where one was sent or accepted, the sender's where it came back, the nation's where nobody took it.</summary>
        private static Expression<Func<LeadReferral, bool>> WaitingFor(Actor actor)
        {
            var (office, force, me, role) = (actor.Office, actor.TaskForce, actor.Id, actor.Role);
            var (receives, coordinates, isNation) = (role is Role.Coordinator or Role.Officer, role == Role.Coordinator, role == Role.National);
            return row =>
                (row.SentBy == me && (row.State == ReferralState.Returned || (row.State == ReferralState.Sent && !receives)))
                || (row.OfficeCode != null && row.OfficeCode == office && (row.TaskForce == null || row.TaskForce == force)
                    && ((row.State == ReferralState.Sent && receives) || (row.State == ReferralState.Accepted && coordinates && row.TakenUpAt == null)))
                || (row.State == ReferralState.WithNation && isNation);
        }
    }
}
