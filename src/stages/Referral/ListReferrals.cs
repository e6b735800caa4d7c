using Homeward.Foundations.Access;
using Homeward.Kernel;
using Homeward.Referral.Model;
using Homeward.Review;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Referral;

/// <summary>The referrals of the actor's side: what waits first, then what is on its way and what is held.</summary>
public static class ListReferrals
{
    private const int RowsMax = 200;

    /// <param name="State">Only these; all that are open, when left out.</param>
    public sealed record Request(ReferralState? State = null);

    /// <param name="Office">The recipient or holder; null in the national queue.</param>
    public sealed record Row(
        ReferralId Id, string Number, string LeadNumber, ReferralState State, string? Office, string? TaskForce, string? OwnerOffice,
        DateTimeOffset SentAt, DateTimeOffset? AnswerDueAt, bool CurrentAbuse, bool Imminent, bool TakenUp, bool WaitsForMe);

    /// <param name="IsCut">More stand in the house than are shown.</param>
    public sealed record Page(IReadOnlyList<Row> Rows, bool IsCut);

    internal sealed class Handler : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var rows = Sight.Seen(act, act.Db.Set<LeadReferral>());
            rows = request.State is { } state
                ? rows.Where(row => row.State == state)
                : rows.Where(row => row.State != ReferralState.Closed && row.State != ReferralState.Withdrawn);
            var found = await rows.OrderByDescending(row => row.Imminent).ThenBy(row => row.AnswerDueAt == null).ThenBy(row => row.AnswerDueAt)
                .ThenByDescending(row => row.SentAt).ThenBy(row => row.Id).Take(RowsMax + 1).ToListAsync(cancel);
            foreach (var row in found.Take(RowsMax)) act.Trace("referral", row.Id.Value, "listed");
            var page = found.Take(RowsMax).Select(row => new Row(
                row.Id, row.Number, row.LeadNumber, row.State, row.OfficeCode, row.TaskForce, row.OwnerOffice, row.SentAt, row.AnswerDueAt,
                row.CurrentAbuse, row.Imminent, row.TakenUpAt is not null, WaitsFor(act, row)));
            return new Page([.. page.OrderByDescending(row => row.WaitsForMe)], found.Count > RowsMax);
        }

        private static bool WaitsFor(Act act, LeadReferral row) => row.State switch
        {
            ReferralState.Sent => act.Actor.Role is Role.Coordinator or Role.Officer ? Sight.IsReceiver(act, row) : row.SentBy == act.Actor.Id,
            ReferralState.Returned => row.SentBy == act.Actor.Id,
            ReferralState.WithNation => act.Actor.Role == Role.National,
            ReferralState.Accepted => act.Actor.Role == Role.Coordinator && Sight.IsReceiver(act, row) && row.TakenUpAt is null,
            _ => false,
        };
    }
}
