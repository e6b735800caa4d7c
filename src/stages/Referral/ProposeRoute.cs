using Homeward.Foundations.Access;
using Homeward.Foundations.Partners;
using Homeward.Kernel;
using Homeward.Referral.Model;
using Homeward.Review;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Referral;

/// <summary>Shows every office to which a lead may go, with the reason for each; chooses none (R-19, T-48).</summary>
public static class ProposeRoute
{
    public sealed record Request(LeadId Lead);

    /// <param name="Offices">The distinct offices, in the order of the places; more than one is for a person to choose from.</param>
    /// <param name="TaskForces">Codes of the task forces of each office.</param>
    /// <param name="Open">Referrals of the same child that are open: sending to the same office joins them .</param>
    public sealed record Page(
        LeadId Lead, string Number, bool Imminent, bool CurrentAbuse, IReadOnlyList<PlaceRoute> Places, IReadOnlyList<string> Offices,
        IReadOnlyDictionary<string, IReadOnlyList<string>> TaskForces, IReadOnlyList<ReferralGist> Open)
    {
        public bool IsAmbiguous => Offices.Count > 1;
        /// <summary>No place leads to an office: the national queue has it (T-48).</summary>
        public bool IsForNation => Offices.Count == 0;
    }

    internal sealed class Handler(IReview review, IReferral referrals) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var lead = await review.LeadAsync(act.Db, request.Lead, cancel);
            if (lead is null) return Problem.Missing("There is no such lead.");
            var places = lead.Places.Select(place => Routing.Resolve(place, act.Now)).ToList();
            var offices = Routing.OfficesOf(places);
            var forces = await act.Db.Set<TaskForce>().AsNoTracking().Where(row => offices.Contains(row.OfficeCode))
                .OrderBy(row => row.Code).Select(row => new { row.OfficeCode, row.Code }).ToListAsync(cancel);
            var leads = lead.Child is { } child
                ? (await review.OpenLeadsOfAsync(act.Db, [child], cancel)).Select(one => one.Id).Append(lead.Id).Distinct().ToList()
                : [lead.Id];
            var open = (await referrals.ReferralsOfLeadsAsync(act.Db, leads, cancel))
                .Where(one => one.State is not (ReferralState.Closed or ReferralState.Withdrawn)).ToList();
            act.Trace("lead", lead.Id.Value, $"route;offices={offices.Count}");
            return new Page(lead.Id, lead.Number, lead.Imminent, lead.CurrentAbuse, places, offices,
                forces.GroupBy(row => row.OfficeCode).ToDictionary(
                    group => group.Key, IReadOnlyList<string> (group) => [.. group.Select(row => row.Code)], StringComparer.Ordinal),
                open);
        }
    }
}
