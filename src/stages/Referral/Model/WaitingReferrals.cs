using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Referral.Model;

/// <summary>What of Referral waits for a person.</summary>
internal sealed class WaitingReferrals : IWaiting
{
    private const int RowsMax = 50;
    public string Stage => "referral";

    public async Task<IReadOnlyList<WaitingRow>> ForAsync(Actor actor, HomewardDb db, DateTimeOffset now, CancellationToken cancel)
    {
        var rows = db.Set<LeadReferral>().AsNoTracking();
        rows = actor.Role switch
        {
            Role.Coordinator => rows.Where(row => row.OfficeCode == actor.Office && (row.TaskForce == null || row.TaskForce == actor.TaskForce)
                && (row.State == ReferralState.Sent || (row.State == ReferralState.Accepted && row.TakenUpAt == null))),
            Role.Officer => rows.Where(row => row.OfficeCode == actor.Office && (row.TaskForce == null || row.TaskForce == actor.TaskForce)
                && row.State == ReferralState.Sent),
            Role.National => rows.Where(row => row.State == ReferralState.WithNation),
            Role.Analyst or Role.Supervisor => rows.Where(row => row.SentBy == actor.Id && row.State == ReferralState.Returned),
            _ => rows.Where(_ => false),
        };
        var found = await rows.OrderByDescending(row => row.Imminent).ThenBy(row => row.AnswerDueAt == null).ThenBy(row => row.AnswerDueAt).ThenBy(row => row.Id)
            .Take(RowsMax).Select(row => new { row.Id, row.Number, row.State, row.AnswerDueAt, row.Imminent }).ToListAsync(cancel);
        return [.. found.Select(row => new WaitingRow(Words(row.State, row.Number), $"/referral/{row.Id}", row.AnswerDueAt, row.Imminent))];
    }

    private static string Words(ReferralState state, string number) => state switch
    {
        ReferralState.Sent => $"Answer referral {number}",
        ReferralState.Accepted => $"Plan an operation for referral {number}",
        ReferralState.Returned => $"Referral {number} came back",
        ReferralState.WithNation => $"Find an office for referral {number}",
        _ => number,
    };
}

/// <summary>Finds a referral by its number, for those who may see it.</summary>
internal sealed class FindReferral : IFindByNumber
{
    public string Action => "referral.show";

    public async Task<Found?> FindAsync(string number, Act act, CancellationToken cancel)
    {
        var row = await act.Db.Set<LeadReferral>().AsNoTracking().SingleOrDefaultAsync(one => one.Number == number, cancel);
        if (row is null || !Sight.Covers(act, row)) return null;
        act.Trace("referral", row.Id.Value, "found");
        return new Found("Referral", row.Number, row.Link);
    }
}
