using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Intake;
using Homeward.Review;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Referral.Model;

/// <summary>A report or tip whose lead is on its way to an office, or in its hands, stays .</summary>
/// <remarks>Referral keeps nothing of a report itself. What was sent to whom is the record of a dissemination (28 CFR 23.20(g)) and outlives it.</remarks>
internal sealed class ReferredReports(IReview review) : IReportUse, IDoorUse
{
    private const string Stays = "open-referral";

    public async Task<IReadOnlyList<ReportStanding>> StandingsAsync(
        HomewardDb db, IReadOnlyDictionary<ReportId, string> reports, DateTimeOffset now, CancellationToken cancel)
    {
        var referred = (await OpenAsync(db, cancel)).SelectMany(lead => lead.ReportNumbers).ToHashSet(StringComparer.Ordinal);
        return [.. reports.Where(report => referred.Contains(report.Value)).Select(report => new ReportStanding(report.Key, null, null, Stays, []))];
    }

    /// <remarks>By number: a tip that joined a lead is no less behind its referral than the one on which the lead was raised.</remarks>
    public async Task<IReadOnlyList<DoorStanding>> StandingsAsync(HomewardDb db, IReadOnlyDictionary<DoorId, string> doors, CancellationToken cancel)
    {
        var referred = (await OpenAsync(db, cancel)).SelectMany(lead => lead.DoorNumbers).ToHashSet(StringComparer.Ordinal);
        return [.. doors.Where(door => referred.Contains(door.Value)).Select(door => new DoorStanding(door.Key, null, Stays, []))];
    }

    /// <summary>The leads of referrals that are neither closed nor withdrawn.</summary>
    private async Task<IReadOnlyList<LeadGist>> OpenAsync(HomewardDb db, CancellationToken cancel)
    {
        var open = db.Set<LeadReferral>().AsNoTracking().Where(row => row.State != ReferralState.Closed && row.State != ReferralState.Withdrawn);
        var leads = await open.Select(row => row.Lead).ToListAsync(cancel);
        leads.AddRange(await db.Set<ReferralJoin>().AsNoTracking().Where(join => join.WithdrawnAt == null && open.Any(row => row.Id == join.Referral))
            .Select(join => join.Lead).ToListAsync(cancel));
        return leads.Count == 0 ? [] : await review.LeadsAsync(db, leads, cancel);
    }

    public Task ForgetAsync(Act act, IReadOnlyCollection<ReportId> reports, CancellationToken cancel) => Task.CompletedTask;

    public Task<IReadOnlyList<PurgeFinding>> FindLeftAsync(HomewardDb db, IReadOnlyCollection<ReportId> reports, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<PurgeFinding>>([]);
}
