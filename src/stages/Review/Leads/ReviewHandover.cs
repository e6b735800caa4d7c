using Homeward.Foundations.Access;
using Homeward.Foundations.People;
using Homeward.Foundations.Storage;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review.Leads;

/// <summary>What later stages read of Review, from its rows.</summary>
internal sealed class ReviewHandover(LeadBook book) : IReview
{
    public async Task<LeadGist?> LeadAsync(HomewardDb db, LeadId id, CancellationToken cancel) =>
        (await LeadsAsync(db, [id], cancel)).SingleOrDefault();

    public Task<IReadOnlyList<LeadGist>> LeadsAsync(HomewardDb db, IReadOnlyCollection<LeadId> ids, CancellationToken cancel) =>
        GistsAsync(db, db.Set<Lead>().Where(lead => ids.Contains(lead.Id)), cancel);

    public Task<IReadOnlyList<LeadGist>> OpenLeadsOfAsync(
        HomewardDb db, IReadOnlyCollection<PersonRecordId> records, CancellationToken cancel)
    {
        var children = records.Select(record => (PersonRecordId?)record).ToList();
        return GistsAsync(db, db.Set<Lead>().Where(lead => lead.State == LeadState.Open && children.Contains(lead.Child)), cancel);
    }

    public async Task CloseLeadAsync(Act act, LeadId lead, string outcome, CancellationToken cancel)
    {
        var row = await act.Db.Set<Lead>().SingleOrDefaultAsync(one => one.Id == lead, cancel);
        // Closed twice, by two offices that found the child: the first stands.
        if (row is { State: LeadState.Open }) await book.CloseAsync(act, row, outcome, cancel);
    }

    private static async Task<IReadOnlyList<LeadGist>> GistsAsync(HomewardDb db, IQueryable<Lead> query, CancellationToken cancel)
    {
        // Tracked rows are read as they stand in the act: a lead that was just closed is closed.
        var leads = await query.OrderBy(lead => lead.RaisedAt).ThenBy(lead => lead.Id).ToListAsync(cancel);
        if (leads.Count == 0) return [];
        var ids = leads.Select(lead => lead.Id).ToList();
        var evidence = (await db.Set<LeadEvidence>().AsNoTracking()
            .Where(row => ids.Contains(row.Lead) && row.WithdrawnAt == null)
            .OrderBy(row => row.LeadVersion).ThenBy(row => row.Id).Select(row => new { row.Lead, row.Source, IsReport = row.Report != null }).ToListAsync(cancel))
            .ToLookup(row => (row.Lead, row.IsReport), row => row.Source);
        return [.. leads.Select(lead => new LeadGist(
            lead.Id, lead.Number, lead.Origin, lead.State, lead.Child, lead.Entry, lead.Nic, lead.Door, [.. evidence[(lead.Id, true)].Distinct()],
            lead.PlaceList, lead.Risk, lead.ReasonList, lead.ViaReview, lead.Imminent, lead.CurrentAbuse, lead.RaisedAt, lead.Version)
        {
            DoorNumbers = [.. evidence[(lead.Id, false)].Distinct()],
        })];
    }
}
