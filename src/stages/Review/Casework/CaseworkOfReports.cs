using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Intake;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review.Casework;

/// <summary>What casework says when reports are to be purged, and what becomes of it .</summary>
/// <remarks>
/// Notes and tasks on a purged report go with it. A request on it or on its lead stays, for it is the record of who was asked
/// for what on which authority, and of what went out; the accounts' values, notes and letter in it go, and the letter's hash
/// still proves what was sent. What hangs on a lead is the lead's own.
/// </remarks>
internal sealed class CaseworkOfReports(RequestBook book)
{
    /// <summary>What stands in the place of a value that was purged.</summary>
    public const string Purged = "purged";

    /// <summary>How casework stands on reports.</summary>
    /// <param name="Stays">Why each that must stay does, by the weightiest thing that is open.</param>
    /// <param name="EndedAt">When the last task or request of each came to its end: nobody's last word on it is earlier.</param>
    public sealed record Standing(IReadOnlyDictionary<ReportId, string> Stays, IReadOnlyDictionary<ReportId, DateTimeOffset> EndedAt);

    /// <param name="led">The leads that rest on the reports, withdrawn pieces too: what is open on a lead is open on its reports.</param>
    public static async Task<Standing> OfAsync(HomewardDb db, IReadOnlyCollection<ReportId> ids, ILookup<LeadId, ReportId> led, CancellationToken cancel)
    {
        var leads = led.Select(group => group.Key).ToList();
        var subjects = ids.Select(id => id.Value).Concat(leads.Select(lead => lead.Value)).ToList();
        var requests = await db.Set<LegalRequest>().AsNoTracking().Where(row => subjects.Contains(row.Subject))
            .Select(row => new { row.Report, row.Lead, row.Kind, row.State, row.EndedAt }).ToListAsync(cancel);
        var tasks = await db.Set<CaseTask>().AsNoTracking()
            .Where(row => (row.Report != null && ids.Contains(row.Report.Value)) || (row.Lead != null && leads.Contains(row.Lead.Value)))
            .Select(row => new { row.Report, row.Lead, row.State, row.EndedAt }).ToListAsync(cancel);
        var work = requests.Select(row => (row.Report, row.Lead, Stays: StaysFor(row.Kind, row.State), row.EndedAt))
            .Concat(tasks.Select(row => (row.Report, row.Lead, Stays: row.State == CaseTaskState.Open ? Reasons.Task : null, row.EndedAt)))
            .SelectMany(row => (row.Report is { } report ? [report] : led[row.Lead!.Value]).Select(report => (Report: report, row.Stays, row.EndedAt))).ToList();
        return new Standing(
            work.Where(row => row.Stays is not null).GroupBy(row => row.Report)
                .ToDictionary(group => group.Key, group => group.Select(row => row.Stays!).MinBy(stays => Array.IndexOf(Reasons.Weightiest, stays))!),
            work.Where(row => row.EndedAt is not null).GroupBy(row => row.Report).ToDictionary(group => group.Key, group => group.Max(row => row.EndedAt)!.Value));
    }

    public async Task ForgetAsync(Act act, IReadOnlyCollection<ReportId> reports, CancellationToken cancel)
    {
        var db = act.Db;
        var tasks = db.Set<CaseTask>().Where(row => row.Report != null && reports.Contains(row.Report.Value));
        var ids = (await tasks.Select(row => row.Id).ToListAsync(cancel)).ConvertAll(id => id.Value);
        await db.Set<HandOverWork>().Where(row => row.IsTask && ids.Contains(row.Work)).ExecuteDeleteAsync(cancel);
        await tasks.ExecuteDeleteAsync(cancel);
        await db.Set<CaseNote>().Where(row => row.Report != null && reports.Contains(row.Report.Value)).ExecuteDeleteAsync(cancel);
        foreach (var request in await RequestsAsync(db, reports, cancel))
        {
            var ofReport = request.Row.Report is not null;
            var stripped = request.Terms with
            {
                Accounts = [.. request.Terms.Accounts.Select(one => request.Purged(one) ? one with { Value = Purged, Path = "" } : one)],
                Note = ofReport ? null : request.Terms.Note,
            };
            var terms = book.Seal(request.Row.Id, stripped);
            await db.Set<LegalRequest>().Where(row => row.Id == request.Row.Id).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Terms, terms).SetProperty(row => row.Letter, (byte[]?)null).SetProperty(row => row.Revision, act.Ids.Next()), cancel);
            if (ofReport) await StripStepsAsync(db, request.Row.Id, cancel);
            act.Trace("legal-request", request.Row.Id.Value, "purged-of-its-report");
        }
    }

    public async Task<IReadOnlyList<PurgeFinding>> FindLeftAsync(HomewardDb db, IReadOnlyCollection<ReportId> reports, CancellationToken cancel)
    {
        var requests = await RequestsAsync(db, reports, cancel);
        return
        [
            new("case_notes", await db.Set<CaseNote>().CountAsync(row => row.Report != null && reports.Contains(row.Report.Value), cancel)),
            new("case_tasks", await db.Set<CaseTask>().CountAsync(row => row.Report != null && reports.Contains(row.Report.Value), cancel)),
            new("legal_requests: accounts and letters", requests.Count(request =>
                request.Row.Letter is not null || request.Terms.Accounts.Any(one => request.Purged(one) && one.Value != Purged))),
        ];
    }

    /// <param name="Purged">Whether an account stood in one of the purged reports.</param>
    private sealed record Touched(LegalRequest Row, RequestTerms Terms, Func<RequestedAccount, bool> Purged);

    /// <summary>The requests on the reports, and those on their leads that name an account of one.</summary>
    private async Task<IReadOnlyList<Touched>> RequestsAsync(HomewardDb db, IReadOnlyCollection<ReportId> reports, CancellationToken cancel)
    {
        var evidence = await db.Set<LeadEvidence>().AsNoTracking().Where(row => row.Report != null && reports.Contains(row.Report.Value))
            .Select(row => new { row.Lead, row.Source }).ToListAsync(cancel);
        var numbers = evidence.Select(row => row.Source).ToHashSet(StringComparer.Ordinal);
        var subjects = reports.Select(report => report.Value).Concat(evidence.Select(row => row.Lead.Value)).Distinct().ToList();
        return [.. (await db.Set<LegalRequest>().AsNoTracking().Where(row => subjects.Contains(row.Subject)).OrderBy(row => row.Id).ToListAsync(cancel))
            .Select(row => new Touched(row, book.TermsOf(row), one => row.Report is not null || numbers.Contains(one.Number)))
            .Where(request => request.Row.Report is not null || request.Terms.Accounts.Any(request.Purged))];
    }

    private async Task StripStepsAsync(HomewardDb db, LegalRequestId request, CancellationToken cancel)
    {
        foreach (var step in await db.Set<LegalRequestStep>().AsNoTracking().Where(row => row.Request == request).ToListAsync(cancel))
        {
            if (book.DetailOf(step) is not { Note: not null } detail) continue;
            var stripped = book.Seal(step.Id, detail with { Note = null });
            await db.Set<LegalRequestStep>().Where(row => row.Id == step.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Detail, stripped), cancel);
        }
    }

    private static string? StaysFor(LegalRequestKind kind, LegalRequestState state) => (kind, state) switch
    {
        (_, LegalRequestState.Answered or LegalRequestState.Denied or LegalRequestState.Withdrawn) => null,
        (LegalRequestKind.FileWarrant, _) => Reasons.FileWarrant,
        // Served, it is in force until somebody closes it: past its last day the holder may still keep what a trial needs.
        (LegalRequestKind.Preservation, LegalRequestState.Served) => Reasons.Preservation,
        _ => Reasons.Request,
    };

    private static class Reasons
    {
        public const string FileWarrant = "open-file-warrant", Preservation = "preservation-request", Request = "open-request", Task = "open-task";
        public static readonly string[] Weightiest = [FileWarrant, Preservation, Request, Task];
    }
}
