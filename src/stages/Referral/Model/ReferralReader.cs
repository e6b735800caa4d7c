using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Kernel;
using Homeward.Review;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Referral.Model;

/// <summary>What later stages read of Referral, and give back to it.</summary>
internal sealed class ReferralReader(ReferralBook book) : IReferral
{
    public async Task<ReferralGist?> ReferralAsync(HomewardDb db, ReferralId id, CancellationToken cancel) =>
        (await GistsAsync(db, db.Set<LeadReferral>().Where(row => row.Id == id), cancel)).SingleOrDefault();

    public Task<IReadOnlyList<ReferralGist>> AcceptedAsync(HomewardDb db, string taskForce, CancellationToken cancel) =>
        GistsAsync(db, db.Set<LeadReferral>().Where(row => row.TaskForce == taskForce && row.State == ReferralState.Accepted && row.TakenUpAt == null), cancel);

    public async Task<IReadOnlyList<ReferralGist>> ReferralsOfLeadsAsync(HomewardDb db, IReadOnlyCollection<LeadId> leads, CancellationToken cancel)
    {
        if (leads.Count == 0) return [];
        var wanted = leads.ToList();
        var joined = db.Set<ReferralJoin>().Where(join => wanted.Contains(join.Lead)).Select(join => join.Referral);
        return await GistsAsync(db, db.Set<LeadReferral>().Where(row => wanted.Contains(row.Lead) || joined.Contains(row.Id)), cancel);
    }

    public async Task CloseReferralAsync(Act act, ReferralId referral, string outcome, CancellationToken cancel)
    {
        var row = await act.Db.Set<LeadReferral>().AsTracking().SingleOrDefaultAsync(one => one.Id == referral, cancel);
        if (row is null || !row.IsOpen) return;
        await book.EndAsync(act, row, ReferralState.Closed, outcome, cancel);
    }

    public async Task NoteActedAsync(Act act, ReferralId referral, CancellationToken cancel)
    {
        var row = await act.Db.Set<LeadReferral>().AsTracking().SingleAsync(one => one.Id == referral, cancel);
        if (row.TakenUpAt is null) (row.TakenUpAt, row.Revision) = (act.Now, act.Ids.Next());
        await book.ProveActedAsync(act, row, cancel);
        act.Trace("referral", row.Id.Value, "acted");
    }

    public async Task LetGoAsync(Act act, ReferralId referral, CancellationToken cancel)
    {
        var row = await act.Db.Set<LeadReferral>().AsTracking().SingleAsync(one => one.Id == referral, cancel);
        (row.TakenUpAt, row.Revision) = (null, act.Ids.Next());
        act.Trace("referral", row.Id.Value, "let-go");
    }

    private static async Task<IReadOnlyList<ReferralGist>> GistsAsync(HomewardDb db, IQueryable<LeadReferral> rows, CancellationToken cancel)
    {
        var found = await rows.AsNoTracking().OrderBy(row => row.SentAt).ThenBy(row => row.Id).ToListAsync(cancel);
        if (found.Count == 0) return [];
        var ids = found.Select(row => row.Id).ToList();
        var joins = (await db.Set<ReferralJoin>().AsNoTracking().Where(join => ids.Contains(join.Referral) && join.WithdrawnAt == null)
            .OrderBy(join => join.At).ThenBy(join => join.Id).Select(join => new { join.Referral, join.Lead }).ToListAsync(cancel)).ToLookup(join => join.Referral);
        return [.. found.Select(row => new ReferralGist(
            row.Id, row.Number, row.Lead, row.State, row.OfficeCode ?? "", row.TaskForce, row.OwnerOffice, row.SentAt, row.AcceptedAt,
            [.. joins[row.Id].Select(join => join.Lead).Where(lead => lead != row.Lead).Distinct()]))];
    }
}
