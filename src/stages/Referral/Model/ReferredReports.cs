using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Intake;
using Homeward.Review;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Referral.Model;

/// <summary>A report whose lead is on its way to an office, or in its hands, stays .</summary>
/// <remarks>Referral keeps nothing of a report itself. What was sent to whom is the record of a dissemination (28 CFR 23.20(g)) and outlives it.</remarks>
internal sealed class ReferredReports(IReview review) : IReportUse
{
    public async Task<IReadOnlyList<ReportStanding>> StandingsAsync(
        HomewardDb db, IReadOnlyDictionary<ReportId, string> reports, DateTimeOffset now, CancellationToken cancel)
    {
        var open = db.Set<LeadReferral>().AsNoTracking().Where(row => row.State != ReferralState.Closed && row.State != ReferralState.Withdrawn);
        var leads = await open.Select(row => row.Lead).ToListAsync(cancel);
        leads.AddRange(await db.Set<ReferralJoin>().AsNoTracking().Where(join => join.WithdrawnAt == null && open.Any(row => row.Id == join.Referral))
            .Select(join => join.Lead).ToListAsync(cancel));
        if (leads.Count == 0) return [];
        var referred = (await review.LeadsAsync(db, leads, cancel)).SelectMany(lead => lead.ReportNumbers).ToHashSet(StringComparer.Ordinal);
        return [.. reports.Where(report => referred.Contains(report.Value)).Select(report => new ReportStanding(report.Key, null, null, "open-referral", []))];
    }

    public Task ForgetAsync(Act act, IReadOnlyCollection<ReportId> reports, CancellationToken cancel) => Task.CompletedTask;

    public Task<IReadOnlyList<PurgeFinding>> FindLeftAsync(HomewardDb db, IReadOnlyCollection<ReportId> reports, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<PurgeFinding>>([]);
}
