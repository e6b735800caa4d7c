using Homeward.Foundations.Access;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Foundations.Duties;

/// <summary>The duties that the actor may see, most pressing first, and how they were kept.</summary>
public static class ListDuties
{
    private const int RowsMax = 200;

    /// <param name="Subject">Only duties about this thing; all when left out.</param>
    public sealed record Request(Guid? Subject = null, DutyState? State = null);
    public sealed record Row(
        DutyId Id, string Rule, string SubjectType, Guid SubjectId, Role OwedBy, string? Office, string? TaskForce,
        DateTimeOffset StartsAt, DateTimeOffset DueAt, DutyState State, DateTimeOffset? MetAt, EvidenceGrade? Grade, int Escalations);
    public sealed record Page(IReadOnlyList<Row> Rows, DutyTotals Totals);

    public sealed class Handler : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var seen = act.Seen(act.Db.Set<Duty>());
            if (request.Subject is { } subject) seen = seen.Where(duty => duty.SubjectId == subject);
            var totals = await DutyTotals.OfAsync(seen, act.Now, cancel);
            if (request.State is { } state) seen = seen.Where(duty => duty.State == state);
            var rows = await seen.OrderBy(duty => duty.State == DutyState.Open ? 0 : 1).ThenBy(duty => duty.DueAt).ThenBy(duty => duty.Id).Take(RowsMax)
                .Select(duty => new Row(duty.Id, duty.Rule, duty.SubjectType, duty.SubjectId, duty.OwedBy, duty.OfficeCode,
                    duty.TaskForce, duty.StartsAt, duty.DueAt, duty.State, duty.MetAt, duty.Grade, duty.Escalations))
                .ToListAsync(cancel);
            return new Page(rows, totals);
        }
    }
}

/// <summary>How duties were kept: a figure like any other.</summary>
/// <param name="Open">Not yet met; those past their time included.</param>
public sealed record DutyTotals(int Due, int MetInTime, int MetLate, int Open, int Waived, int WithoutEvidence, int SelfAttested)
{
    public static async Task<DutyTotals> OfAsync(IQueryable<Duty> duties, DateTimeOffset now, CancellationToken cancel)
    {
        var rows = await duties.Select(duty => new { duty.State, duty.MetAt, duty.DueAt, duty.Grade, Proved = duty.Proof != null })
            .ToListAsync(cancel);
        var met = rows.Where(row => row.State == DutyState.Met).ToList();
        return new DutyTotals(
            rows.Count, met.Count(row => row.MetAt <= row.DueAt), met.Count(row => row.MetAt > row.DueAt),
            rows.Count(row => row.State == DutyState.Open), rows.Count(row => row.State == DutyState.Waived),
            met.Count(row => !row.Proved), met.Count(row => row.Grade == EvidenceGrade.SelfAttested));
    }
}
