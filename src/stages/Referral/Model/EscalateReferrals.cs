using Homeward.Foundations.Access;
using Homeward.Foundations.Places;
using Homeward.Foundations.Work;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Referral.Model;

/// <summary>A referral that nobody answered in time goes to the national unit: none is ever ownerless .</summary>
internal sealed class EscalateReferrals(ReferralBook book) : ISchedule
{
    private const int BatchMax = 500;

    public string Name => "escalate-referrals";
    public TimeSpan Every => TimeSpan.FromMinutes(30);

    public async Task<Turn> RunAsync(Act act, CancellationToken cancel)
    {
        var lapsed = await act.Db.Set<LeadReferral>().Where(row => row.State == ReferralState.Sent && row.AnswerDueAt < act.Now)
            .OrderBy(row => row.AnswerDueAt).ThenBy(row => row.Id).Take(BatchMax).ToListAsync(cancel);
        foreach (var referral in lapsed) await book.LapseAsync(act, referral, cancel);
        return Turns.After(lapsed.Count, BatchMax);
    }
}

/// <summary>Open referrals of an office that ceased follow the territory (T-08).</summary>
internal sealed class FollowTerritory(ReferralBook book) : ISchedule
{
    private const int BatchMax = 500;
    private static readonly string[] _ceasing =
        [.. Gazetteer.Default.Offices.All.Where(office => office.ValidTo is not null).Select(office => office.Code)];

    public string Name => "follow-territory";
    public TimeSpan Every => TimeSpan.FromMinutes(15);

    public async Task<Turn> RunAsync(Act act, CancellationToken cancel)
    {
        var open = await act.Db.Set<LeadReferral>()
            .Where(row => row.State != ReferralState.Closed && row.State != ReferralState.Withdrawn)
            .Where(row => _ceasing.Contains(row.OfficeCode) || _ceasing.Contains(row.OwnerOffice))
            .OrderBy(row => row.Id).Take(BatchMax).ToListAsync(cancel);
        foreach (var referral in open) await book.FollowTerritoryAsync(act, referral, cancel);
        // One that no other office takes over is found again: more of them are no reason to come back at once.
        return Turn.Done;
    }
}
