using Homeward.Foundations.Access;
using Homeward.Foundations.Work;
using Homeward.Review;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Referral.Model;

/// <summary>A lead that was referred says more than what was sent of it: whoever sent it is told.</summary>
/// <remarks>What leaves for an office is a person's choice and logged, so that nothing is sent by itself: referred again, the lead joins its referral.</remarks>
internal sealed class TellOfGrownLead : IListen<LeadGrew>
{
    private const string Code = "referral-lead-grew";

    public async Task HearAsync(LeadGrew happened, Act act, CancellationToken cancel)
    {
        var joined = act.Db.Set<ReferralJoin>().Where(row => row.Lead == happened.Lead && row.WithdrawnAt == null).Select(row => row.Referral);
        var referrals = await act.Db.Set<LeadReferral>().AsNoTracking()
            .Where(row => row.State != ReferralState.Closed && row.State != ReferralState.Withdrawn)
            .Where(row => row.Lead == happened.Lead || joined.Contains(row.Id)).OrderBy(row => row.SentAt).ThenBy(row => row.Id).ToListAsync(cancel);
        foreach (var referral in referrals)
        {
            var (id, link) = (referral.Id, referral.Link);
            // News may come late, and a notice that nobody has seen says it for all that follow.
            if (await act.Db.Set<Dissemination>().AnyAsync(row => row.Referral == id && row.Lead == happened.Lead && row.LeadVersion >= happened.Version, cancel)) continue;
            if (await act.Db.Set<Notice>().AnyAsync(row => row.SeenAt == null && row.Code == Code && row.Link == link, cancel)) continue;
            Notices.Leave(act, new NoticeTo(User: referral.SentBy), Code, link);
        }
    }
}
