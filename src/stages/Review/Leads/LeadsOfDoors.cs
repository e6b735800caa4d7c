using Homeward.Foundations.People;
using Homeward.Foundations.Storage;
using Homeward.Intake;
using Homeward.Review.Casework;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review.Leads;

/// <summary>What Review says when tips and agencies' referrals are to be purged: the lead that was raised on one, and what is open on that lead; and which of them a lead was raised on.</summary>
/// <remarks>The lead outlives them: it names a tip by its number, and holds nothing else of it.</remarks>
internal sealed class LeadsOfDoors : IDoorUse, IActOnDoors
{
    public IQueryable<string> NumbersActedOn(HomewardDb db) => db.Set<LeadEvidence>().Where(row => row.Report == null).Select(row => row.Source);

    public async Task<IReadOnlyList<DoorStanding>> StandingsAsync(HomewardDb db, IReadOnlyDictionary<DoorId, string> doors, CancellationToken cancel)
    {
        var numbers = doors.Values.ToList();
        var raised = await db.Set<LeadEvidence>().AsNoTracking().Where(row => row.Report == null && numbers.Contains(row.Source))
            .Join(db.Set<Lead>(), row => row.Lead, lead => lead.Id, (row, lead) => new { row.Source, lead.Id, lead.State, lead.EndedAt, lead.Child }).ToListAsync(cancel);
        var leads = raised.ConvertAll(row => row.Id);
        var tasks = (await db.Set<CaseTask>().AsNoTracking().Where(row => row.State == CaseTaskState.Open && row.Lead != null && leads.Contains(row.Lead.Value))
            .Select(row => row.Lead!.Value).ToListAsync(cancel)).ToHashSet();
        var requests = (await OpenWork.Open(db.Set<LegalRequest>().AsNoTracking()).Where(row => row.Lead != null && leads.Contains(row.Lead.Value))
            .Select(row => row.Lead!.Value).ToListAsync(cancel)).ToHashSet();
        var doorOf = doors.ToDictionary(door => door.Value, door => door.Key, StringComparer.Ordinal);
        return [.. raised.Select(row => new DoorStanding(
            doorOf[row.Source], row.EndedAt,
            row.State == LeadState.Open ? "open-lead" : requests.Contains(row.Id) ? "open-request" : tasks.Contains(row.Id) ? "open-task" : null,
            row.Child is PersonRecordId child ? [child] : []))];
    }
}
