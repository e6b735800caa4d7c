using Homeward.Foundations.Access;
using Homeward.Foundations.Pages;
using Homeward.Foundations.Places;
using Homeward.Foundations.Sealing;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Review.Casework;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>The casework of one report or lead: its notes, its tasks, and who was asked for what.</summary>
public static class ShowCasework
{
    private const int RowsMax = 200;

    /// <summary>One of the two is named.</summary>
    public sealed record Request(ReportId? Report = null, LeadId? Lead = null);

    public sealed record Person(UserId Id, string Name, string? Unit)
    {
        internal static Person Of(User user) => new(user.Id, user.Name, user.AgencyOri);
    }

    /// <summary>A process that may be chosen, with what it reaches.</summary>
    public sealed record Process(LegalRequestKind Kind, string Words, string Authority, string Says, bool IsForFile, bool Confirmed);

    /// <param name="People">To whom a task may be given.</param>
    /// <param name="Units">Their units.</param>
    /// <param name="Accounts">Identifiers of the reports for which a holder may be asked.</param>
    public sealed record Page(
        ReportId? Report, LeadId? Lead, string Number, bool IsOpen, IReadOnlyList<ReadNote> Notes, IReadOnlyList<TaskRow> Tasks,
        IReadOnlyList<RequestRow> Requests, IReadOnlyList<Person> People, IReadOnlyList<string> Units, IReadOnlyList<ChoosableAccount> Accounts,
        IReadOnlyList<Process> Processes, string TableVersion);

    internal sealed class Handler(IIntake intake, Envelope envelope, OpenWork work) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (!(await CaseSubject.FindAsync(act, request.Report, request.Lead, cancel)).TryGet(out var subject, out var problem)) return problem;
            act.Trace(subject.Type, subject.Id, "casework");
            var people = await Casework.People.ActiveAsync(act.Db, act.Now, cancel);
            var reports = await intake.ReportsAsync(act.Db, await subject.ReportsAsync(act, cancel), cancel);
            var day = Zones.LocalDay(act.Now, ViewerZone.Of(act.Actor));
            return new Page(
                subject.Report, subject.Lead, subject.Number, subject.IsOpen, await CaseNotes.ReadAsync(act, envelope, subject.Id, cancel),
                await work.TasksAsync(act, act.Db.Set<CaseTask>().Where(row => row.Report == subject.Report && row.Lead == subject.Lead), RowsMax, cancel),
                await work.RequestsAsync(act, act.Db.Set<LegalRequest>().Where(row => row.Subject == subject.Id), RowsMax, cancel),
                [.. people.Select(Person.Of)],
                [.. people.Select(user => user.AgencyOri).OfType<string>().Distinct().Order(StringComparer.Ordinal)],
                CaseAccounts.Of(reports),
                [.. Enum.GetValues<LegalRequestKind>().Select(kind => ProcessRules.On(kind, day)).OfType<ProcessRule>()
                    .Select(rule => new Process(rule.Kind, CaseworkWords.Of(rule.Kind), rule.Authority, rule.Says, rule.IsForFile, rule.Confirmed))],
                ProcessRules.Version);
        }
    }
}
