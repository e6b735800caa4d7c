using Homeward.Foundations.Access;
using Homeward.Intake;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review.Casework;

/// <summary>On what casework hangs: one report or one lead.</summary>
/// <param name="Number">The CyberTipline number, or the lead's.</param>
internal sealed record CaseSubject(ReportId? Report, LeadId? Lead, string Number, bool IsOpen)
{
    public Guid Id => Report?.Value ?? Lead!.Value.Value;
    /// <summary>For the trace.</summary>
    public string Type => Report is null ? "lead" : "report";
    public string Words => $"{(Report is null ? "Lead" : "Report")} {Number}";
    public string Page => PageOf(Report, Lead);
    public string Casework => Page + "/casework";

    public static string PageOf(ReportId? report, LeadId? lead) => report is { } one ? $"/review/reports/{one}" : $"/review/leads/{lead}";

    /// <summary>What somebody named, if it is there and theirs to see.</summary>
    public static async Task<Result<CaseSubject>> FindAsync(Act act, ReportId? report, LeadId? lead, CancellationToken cancel)
    {
        if (report is null == lead is null) return Problem.Invalid("subject-unclear", "This names no report and no lead, or both.", "Name one of the two.");
        if (report is { } number)
        {
            var item = await act.Db.Set<QueueItem>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == number, cancel);
            return item is null || !act.Covers(item)
                ? Problem.Missing("There is no such report for you.")
                : new CaseSubject(item.Id, null, item.Number, IsOpen: true);
        }
        var found = await act.Db.Set<Lead>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == lead, cancel);
        return found is null || !act.Covers(found)
            ? Problem.Missing("There is no such lead for you.")
            : new CaseSubject(null, found.Id, found.Number, found.State == LeadState.Open);
    }

    /// <summary>The reports on which it rests: itself, or those of the lead that were not withdrawn.</summary>
    public async Task<IReadOnlyList<ReportId>> ReportsAsync(Act act, CancellationToken cancel)
    {
        if (Report is { } one) return [one];
        return [.. (await act.Db.Set<LeadEvidence>().AsNoTracking()
                .Where(row => row.Lead == Lead && row.Report != null && row.WithdrawnAt == null)
                .OrderBy(row => row.LeadVersion).ThenBy(row => row.Id).Select(row => row.Report!.Value).ToListAsync(cancel)).Distinct()];
    }
}
