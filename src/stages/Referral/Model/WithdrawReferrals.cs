using Homeward.Foundations.Access;
using Homeward.Foundations.Work;
using Homeward.Review;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Referral.Model;

/// <summary>A lead no longer holds: what rests on it alone is withdrawn, and everybody who holds it is told.</summary>
internal sealed class WithdrawReferrals(ReferralBook book) : IListen<LeadWithdrawn>
{
    public async Task HearAsync(LeadWithdrawn happened, Act act, CancellationToken cancel)
    {
        var joins = await act.Db.Set<ReferralJoin>().Where(row => row.Lead == happened.Lead && row.WithdrawnAt == null)
            .OrderBy(row => row.At).ThenBy(row => row.Id).ToListAsync(cancel);
        foreach (var join in joins) join.WithdrawnAt = act.Now;
        var touched = joins.Select(join => join.Referral).ToList();
        var referrals = await act.Db.Set<LeadReferral>()
            .Where(row => row.State != ReferralState.Closed && row.State != ReferralState.Withdrawn)
            .Where(row => row.Lead == happened.Lead || touched.Contains(row.Id)).OrderBy(row => row.SentAt).ThenBy(row => row.Id).ToListAsync(cancel);
        foreach (var referral in referrals)
        {
            var held = referral.Lead != happened.Lead || await act.Db.Set<ReferralJoin>()
                .AnyAsync(row => row.Referral == referral.Id && row.Lead != happened.Lead && row.WithdrawnAt == null, cancel);
            if (held) act.Trace("referral", referral.Id.Value, "lead-withdrawn;still-held");
            else await book.EndAsync(act, referral, ReferralState.Withdrawn, "withdrawn", cancel);
            Notices.Leave(act, new NoticeTo(User: referral.SentBy), "referral-withdrawn", referral.Link);
            if (referral.OfficeCode is { } office)
                Notices.Leave(act, new NoticeTo(Role.Coordinator, office, referral.TaskForce), "referral-withdrawn", referral.Link);
            if (referral.OwnerOffice is null) Notices.Leave(act, new NoticeTo(Role.National), "referral-withdrawn", referral.Link);
        }
    }
}
