using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Homeward.Foundations.Access;
using Homeward.Foundations.Pages;
using Homeward.Foundations.Places;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Review.Casework;
using Homeward.Review.Files;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>Drafts a request: who is asked, by what process, for which accounts of the report, and who signs.</summary>
/// <remarks>
/// Accounts are picked from what the reports hold, with where it stands there; nobody retypes one. What a process does not
/// reach is refused here and not by the court. Homeward tracks, and permits nothing.
/// </remarks>
public static partial class RequestRecords
{
    internal const int AccountsMax = 200;

    /// <param name="Holder">The provider or other holder; for a warrant for a file the court that is asked.</param>
    /// <param name="Accounts">Marks of identifiers, as the page offers them.</param>
    /// <param name="File">For a warrant for a file: its hash (MD5, SHA-1 or SHA-256), or its place in the original.</param>
    public sealed record Request(
        LegalRequestKind Kind, [Required, MinLength(2), MaxLength(200)] string Holder, [Required, MinLength(3), MaxLength(120)] string Signatory,
        [Required, MinLength(3), MaxLength(120)] string SignatoryTitle, ReportId? Report = null, LeadId? Lead = null,
        [MaxLength(500)] string? HolderAddress = null, [MaxLength(AccountsMax)] IReadOnlyList<string>? Accounts = null,
        [MaxLength(8)] IReadOnlyList<RecordKind>? Asks = null, [MaxLength(200)] string? File = null, [MaxLength(4000)] string? Note = null);

    /// <param name="Reference">As it stands on letters.</param>
    public sealed record Receipt(LegalRequestId Id, string Reference);

    internal sealed class Handler(IIntake intake, RequestBook book) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (!(await CaseSubject.FindAsync(act, request.Report, request.Lead, cancel)).TryGet(out var subject, out var problem)) return problem;
            if (!subject.IsOpen) return Problem.Conflict("lead-ended", "This lead is not open any more.", "Ask on the report, if there is still reason to.");
            var zone = ViewerZone.Of(act.Actor);
            var day = Zones.LocalDay(act.Now, zone);
            if (ProcessRules.On(request.Kind, day) is not { } rule)
                return Problem.Of("no-such-process", $"The table of legal process holds no {CaseworkWords.Of(request.Kind).ToLowerInvariant()} on this day.", "Ask counsel.");
            var reports = await intake.ReportsAsync(act.Db, await subject.ReportsAsync(act, cancel), cancel);
            if (FaultOf(request, rule, reports) is { } fault) return fault;

            var id = act.Ids.Next<LegalRequestId>();
            var ordinal = await act.Db.Set<LegalRequest>().CountAsync(row => row.Subject == subject.Id, cancel) + 1;
            var terms = new RequestTerms(
                request.Holder.Trim(), request.HolderAddress, Chosen(reports, request.Accounts ?? []), [.. (request.Asks ?? []).Distinct().Order()],
                rule.IsForFile ? request.File!.Trim() : null, rule.IsForFile ? AdviceFor(reports, day) : null,
                request.Signatory.Trim(), request.SignatoryTitle.Trim(), request.Note);
            var row = new LegalRequest
            {
                Id = id, Reference = $"{subject.Number}-R{ordinal.ToString(System.Globalization.CultureInfo.InvariantCulture)}", Kind = request.Kind,
                State = LegalRequestState.Draft, Subject = subject.Id, Report = subject.Report, Lead = subject.Lead, Ordinal = ordinal,
                RuleVersion = ProcessRules.Version, RuleOn = day, Zone = zone.Id, Terms = book.Seal(id, terms), DraftedAt = act.Now, DraftedBy = act.Actor.Id,
                OfficeCode = act.Actor.Office, AgencyOri = act.Actor.Agency, AssignedTo = act.Actor.Id, Revision = act.Ids.Next(),
            };
            act.Db.Add(row);
            await book.WriteAsync(act, row, RequestStepKind.Drafted, act.Now, new StepDetail(Note: request.Note), cancel);
            act.Trace(subject.Type, subject.Id, $"request={ordinal};kind={request.Kind}");
            return new Receipt(id, row.Reference);
        }
    }

    private static Problem? FaultOf(Request request, ProcessRule rule, IReadOnlyList<ReportGist> reports)
    {
        if (rule.IsForFile)
            return request.File is { } file && FileMark().IsMatch(file.Trim())
                ? null
                : Problem.Invalid("file-unclear", "A warrant is for one file, and this names none.", "Enter its hash (MD5, SHA-1 or SHA-256), or its place in the original, which begins with /.");
        if (request.Accounts is not { Count: > 0 })
            return Problem.Invalid("no-account", "No account is chosen.", "Choose at least one of the report's identifiers.");
        if (request.Asks is not { Count: > 0 })
            return Problem.Invalid("nothing-asked", "It is not said what is asked for.", "Choose at least one kind of records.");
        var beyond = request.Asks.Where(kind => !rule.Asks.Contains(kind)).Distinct().ToList();
        if (beyond.Count > 0)
            return Problem.Of("beyond-the-process", $"{rule.Authority} does not reach: {Letters.Asked(beyond)}. {rule.Says}", "Ask for less, or choose another process.");
        var known = reports.SelectMany(report => report.Identifiers.Select(one => CaseAccounts.MarkOf(report.Id, one.Path))).ToHashSet(StringComparer.Ordinal);
        return request.Accounts.All(known.Contains)
            ? null
            : Problem.Conflict("account-gone", "An identifier that was chosen is not in the report as it is now.", "Open the page again and choose from what is there.");
    }

    private static IReadOnlyList<RequestedAccount> Chosen(IReadOnlyList<ReportGist> reports, IReadOnlyList<string> marks)
    {
        var wanted = marks.ToHashSet(StringComparer.Ordinal);
        return [.. from report in reports
            from one in report.Identifiers
            where wanted.Contains(CaseAccounts.MarkOf(report.Id, one.Path))
            select new RequestedAccount(one.Kind, one.Value, report.Number, one.Path)];
    }

    /// <summary>The gate's advice as of the day, for a file of which nobody says that it was viewed: kept, whatever the table says later (T-06).</summary>
    private static FileAccessAdvice AdviceFor(IReadOnlyList<ReportGist> reports, DateOnly day) =>
        FileAccessTable.Advise(Viewed.Unknown, Viewed.Unknown, [.. reports.SelectMany(ReportCircuits.Of).Distinct().Order(StringComparer.Ordinal)], day);

    [GeneratedRegex("^(/[^\\s]+|[0-9A-Fa-f]{32}|[0-9A-Fa-f]{40}|[0-9A-Fa-f]{64})$")]
    private static partial Regex FileMark();
}
