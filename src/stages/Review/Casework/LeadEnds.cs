using Homeward.Foundations.Access;
using Homeward.Foundations.Work;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review.Casework;

/// <summary>A lead ended while something was still asked for or to be done: it stays open, is named, and those who hold it are told.</summary>
/// <remarks>A child who was located leaves records that a trial may need: no program takes a preservation back.</remarks>
internal sealed class LeadEnds(RequestBook book)
{
    private const int RowsMax = 500;

    public async Task TellAsync(Act act, Lead lead, CancellationToken cancel)
    {
        var reports = await act.Db.Set<LeadEvidence>().AsNoTracking().Where(row => row.Lead == lead.Id && row.Report != null)
            .Select(row => row.Report!.Value).Distinct().ToListAsync(cancel);
        var subjects = reports.Select(report => report.Value).Append(lead.Id.Value).ToList();
        var requests = await OpenWork.Open(act.Db.Set<LegalRequest>()).Where(row => subjects.Contains(row.Subject))
            .OrderBy(row => row.DraftedAt).ThenBy(row => row.Id).Take(RowsMax).ToListAsync(cancel);
        foreach (var request in requests)
        {
            await book.WriteAsync(act, request, RequestStepKind.LeadEnded, act.Now, new StepDetail(Reference: lead.Number, Note: lead.Outcome), cancel);
            Notices.Leave(act, request.AssignedTo is { } holder ? new NoticeTo(User: holder) : new NoticeTo(Role.Supervisor), "request-lead-ended", $"/review/requests/{request.Id}");
        }
        var ids = reports.Select(report => (Intake.ReportId?)report).ToList();
        var tasks = await act.Db.Set<CaseTask>().AsNoTracking().Where(row => row.State == CaseTaskState.Open && (row.Lead == lead.Id || ids.Contains(row.Report)))
            .OrderBy(row => row.DueAt).ThenBy(row => row.Id).Take(RowsMax).ToListAsync(cancel);
        foreach (var holder in tasks.Select(task => task.AssignedTo ?? task.GivenBy).Distinct())
            Notices.Leave(act, new NoticeTo(User: holder), "task-lead-ended", $"/review/leads/{lead.Id}/casework");
    }
}
