using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Kernel;
using Homeward.Review.Casework;
using Homeward.Review.Files;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>One request for records: who was asked for what on which authority, everything that happened, and what runs out when.</summary>
public static class ShowRequest
{
    private const int StepsMax = 500;
    private const int TasksMax = 100;

    public sealed record Request(LegalRequestId Id);

    /// <param name="Words">What happened.</param>
    /// <param name="At">When it happened; <paramref name="EnteredAt"/> is when it was entered.</param>
    public sealed record Step(
        string Words, DateTimeOffset At, DateTimeOffset EnteredAt, string By, string? How, string? Outcome, string? Records, string? Reference, string? Note,
        DateTimeOffset? DueAt);

    /// <param name="Next">The states into which the table lets it go from here.</param>
    /// <param name="MayRenew">It is a preservation in force that can be prolonged.</param>
    /// <param name="Advice">For a file: what the gate advised when the warrant was drafted.</param>
    public sealed record Page(
        LegalRequestId Id, string Reference, LegalRequestKind Kind, string KindWords, LegalRequestState State, string StateWords, bool IsOpen, string On, string OnLink,
        string? LeadEnded, string Holder, string? HolderAddress, IReadOnlyList<RequestedAccount> Accounts, string Asks, IReadOnlyList<RecordKind> CanReturn, string? File,
        FileAccessAdvice? Advice, string Signatory, string SignatoryTitle, string Authority, string Says, string Source, bool Confirmed, string RuleVersion, bool NeedsDue,
        DateTimeOffset? DueAt, string ClockTo, int Renewals, string Zone, string? HeldBy, bool MayChange, bool HasLetter, string? LetterHash,
        IReadOnlyList<LegalRequestState> Next, bool MayRenew, IReadOnlyList<Step> Steps, IReadOnlyList<TaskRow> Tasks, IReadOnlyList<ShowCasework.Person> People);

    internal sealed class Handler(RequestBook book, OpenWork work, AuthorizationTable table) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var row = await act.Db.Set<LegalRequest>().SingleOrDefaultAsync(one => one.Id == request.Id, cancel);
            if (row is null) return Problem.Missing("There is no such request for you.");
            var (rule, terms) = (ProcessRules.Of(row), book.TermsOf(row));
            var steps = await act.Db.Set<LegalRequestStep>().Where(step => step.Request == row.Id).OrderBy(step => step.Ordinal).Take(StepsMax).ToListAsync(cancel);
            var names = await Casework.People.NamesAsync(act.Db, steps.Select(step => step.By).Concat(row.AssignedTo is { } holder ? [holder] : []), cancel);
            var lead = row.Lead is { } id ? await act.Db.Set<Lead>().SingleAsync(one => one.Id == id, cancel) : null;
            var people = await Casework.People.ActiveAsync(act.Db, act.Now, cancel);
            var mayChange = Casework.People.MayChange(table, act.Actor, "review.move-request", row);
            act.Trace("legal-request", row.Id.Value, "shown");
            return new Page(
                row.Id, row.Reference, row.Kind, CaseworkWords.Of(row.Kind), row.State, CaseworkWords.Of(row.State, row.Kind), row.IsOpen,
                $"{(lead is null ? "Report" : "Lead")} {row.Reference[..row.Reference.LastIndexOf('-')]}", CaseSubject.PageOf(row.Report, row.Lead),
                lead is { State: not LeadState.Open } ? lead.Outcome : null, terms.Holder, terms.HolderAddress, terms.Accounts, Letters.Asked(terms.Asks), rule.Asks, terms.File,
                terms.Advice, terms.Signatory, terms.SignatoryTitle, rule.Authority, rule.Says, rule.Source, rule.Confirmed, row.RuleVersion, rule.NeedsDue,
                row.IsOpen ? row.DueAt : null, CaseworkWords.ClockOf(row.State, row.Kind), row.Renewals, row.Zone,
                row.AssignedTo is { } held ? names[held] : row.AgencyOri, mayChange, !row.LetterIsPurged && Letters.Write(row, terms, act.Now, null) is not null, row.LetterHash,
                mayChange ? [.. Enum.GetValues<LegalRequestState>().Where(to => rule.Allows(row.State, to))] : [],
                mayChange && row.State == LegalRequestState.Served && rule.KeepsDays is not null && row.Renewals < rule.Renewals && act.Now < row.DueAt,
                [.. steps.Select(step => Shown(step, row.Kind, names[step.By], book.DetailOf(step)))],
                await work.TasksAsync(act, act.Db.Set<CaseTask>().Where(task => task.Request == row.Id), TasksMax, cancel),
                [.. people.Select(ShowCasework.Person.Of)]);
        }

        private static Step Shown(LegalRequestStep step, LegalRequestKind kind, string by, StepDetail detail) => new(
            CaseworkWords.Of(step.Kind, kind), step.At, step.EnteredAt, by, detail.How is { } how ? CaseworkWords.Of(how) : null,
            detail.Outcome is { } outcome ? CaseworkWords.Of(outcome) : null, detail.Records is { Count: > 0 } records ? Letters.Asked(records) : null,
            detail.Reference, detail.Note, detail.DueAt);
    }
}

/// <summary>The letter of a request: as it would go out while it is a draft, as it went out afterwards.</summary>
public static class ShowLetter
{
    public sealed record Request(LegalRequestId Id);

    /// <param name="Hash">SHA-256 of the letter that went out; null for a draft.</param>
    public sealed record Page(LegalRequestId Id, Letter Letter, bool IsDraft, string? Hash);

    internal sealed class Handler(RequestBook book, Envelope envelope) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var row = await act.Db.Set<LegalRequest>().SingleOrDefaultAsync(one => one.Id == request.Id, cancel);
            if (row is null) return Problem.Missing("There is no such request for you.");
            if (row.LetterIsPurged) return Problem.Missing("This letter was purged with the report whose accounts it named; its hash stands in the request.");
            if ((Letters.Kept(envelope, row) ?? Letters.Write(row, book.TermsOf(row), act.Now, null)) is not { } letter)
                return Problem.Missing("This process knows no letter of the house.");
            act.Trace("legal-request", row.Id.Value, row.Letter is null ? "letter-draft" : "letter");
            return new Page(row.Id, letter, row.Letter is null, row.LetterHash);
        }
    }
}
