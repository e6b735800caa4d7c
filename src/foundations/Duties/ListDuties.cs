using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Foundations.Duties;

/// <summary>The duties that the actor may see, most pressing first, and how they were kept.</summary>
public static class ListDuties
{
    public const int RowsMax = 100;

    /// <param name="Subject">Only duties about this thing; all when left out.</param>
    /// <param name="Rule">Only of this rule: <c>alert-imminent</c>.</param>
    /// <param name="About">Only about things of this kind: <c>door</c>.</param>
    /// <param name="Late">Only those met, or still open, after they were due; or only the others.</param>
    /// <param name="Raised">Only those of which somebody above was told; or only the others.</param>
    /// <param name="From">Number of rows that are passed over.</param>
    public sealed record Request(
        Guid? Subject = null, DutyState? State = null, [MaxLength(40)] string? Rule = null, [MaxLength(40)] string? About = null, bool? Late = null, bool? Raised = null,
        EvidenceGrade? Grade = null, [Range(0, int.MaxValue)] int From = 0);
    /// <param name="Name">What the thing is called that it is about; null where the actor may not open it, or it has no name.</param>
    public sealed record Row(
        DutyId Id, string Rule, string SubjectType, Guid SubjectId, Role OwedBy, string? Office, string? TaskForce,
        DateTimeOffset StartsAt, DateTimeOffset DueAt, DutyState State, DateTimeOffset? MetAt, EvidenceGrade? Grade, int Escalations, string? Name = null);
    /// <param name="Totals">Of all that the actor may see of the subject.</param>
    /// <param name="Total">How many fit all that was asked.</param>
    public sealed record Page(IReadOnlyList<Row> Rows, DutyTotals Totals, int Total);

    public sealed class Handler(DutyRows duties) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var seen = ProtectedDuties.Known(act.Actor.Role, act.Seen(act.Db.Set<Duty>()));
            if (request.Subject is { } subject) seen = seen.Where(duty => duty.SubjectId == subject);
            var totals = await DutyTotals.OfAsync(seen, cancel);
            var asked = Asked(seen, request, act.Now);
            var rows = await asked.OrderBy(duty => duty.State == DutyState.Open ? 0 : 1).ThenBy(duty => duty.DueAt).ThenBy(duty => duty.Id).Skip(request.From).Take(RowsMax)
                .Select(duty => new Row(duty.Id, duty.Rule, duty.SubjectType, duty.SubjectId, duty.OwedBy, duty.OfficeCode,
                    duty.TaskForce, duty.StartsAt, duty.DueAt, duty.State, duty.MetAt, duty.Grade, duty.Escalations, null))
                .ToListAsync(cancel);
            var names = await duties.NamesAsync(act.Actor, act.Db, rows.Select(row => (row.SubjectType, row.SubjectId)), cancel);
            return new Page([.. rows.Select(row => row with { Name = names.GetValueOrDefault(row.SubjectId) })], totals, await asked.CountAsync(cancel));
        }

        private static IQueryable<Duty> Asked(IQueryable<Duty> duties, Request request, DateTimeOffset now)
        {
            if (request.State is { } state) duties = duties.Where(duty => duty.State == state);
            if (request.Rule is { Length: > 0 } rule) duties = duties.Where(duty => duty.Rule == rule);
            if (request.About is { Length: > 0 } about) duties = duties.Where(duty => duty.SubjectType == about);
            if (request.Grade is { } grade) duties = duties.Where(duty => duty.Grade == grade);
            if (request.Raised is { } raised) duties = duties.Where(duty => duty.Escalations > 0 == raised);
            // As the totals count it: late is what was met after it was due, and what is open past that instant.
            return request.Late switch
            {
                true => duties.Where(duty => duty.MetAt == null ? duty.DueAt <= now : duty.MetAt > duty.DueAt),
                false => duties.Where(duty => duty.MetAt == null ? duty.DueAt > now : duty.MetAt <= duty.DueAt),
                null => duties,
            };
        }
    }
}

/// <summary>How duties were kept: a figure like any other.</summary>
/// <param name="Open">Not yet met; those past their time included.</param>
public sealed record DutyTotals(int Due, int MetInTime, int MetLate, int Open, int Waived, int WithoutEvidence, int SelfAttested)
{
    public static async Task<DutyTotals> OfAsync(IQueryable<Duty> duties, CancellationToken cancel)
    {
        var counted = await duties.GroupBy(_ => 1).Select(all => new DutyTotals(
            all.Count(), all.Count(duty => duty.State == DutyState.Met && duty.MetAt <= duty.DueAt), all.Count(duty => duty.State == DutyState.Met && duty.MetAt > duty.DueAt),
            all.Count(duty => duty.State == DutyState.Open), all.Count(duty => duty.State == DutyState.Waived),
            all.Count(duty => duty.State == DutyState.Met && duty.Proof == null), all.Count(duty => duty.State == DutyState.Met && duty.Grade == EvidenceGrade.SelfAttested)))
            .SingleOrDefaultAsync(cancel);
        return counted ?? new DutyTotals(0, 0, 0, 0, 0, 0, 0);
    }
}
