using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Sealing;
using Homeward.Foundations.Work;
using Homeward.Intake;
using Homeward.Kernel;
using Homeward.Review.Casework;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>Gives a task to a person or to a unit: what is to be done, by when, and on what it hangs.</summary>
public static class GiveTask
{
    /// <param name="Person">Whose it is; or else <paramref name="Unit"/>, of which anybody may do it.</param>
    /// <param name="Unit">The agency of the unit.</param>
    public sealed record Request(
        [Required, MinLength(3), MaxLength(4000)] string What, DateTimeOffset DueAt, UserId? Person = null, [MaxLength(20)] string? Unit = null,
        ReportId? Report = null, LeadId? Lead = null, LegalRequestId? LegalRequest = null);

    public sealed record Receipt(CaseTaskId Id, string Address);

    internal sealed class Handler(Envelope envelope) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            if (!(await OnWhatAsync(request, act, cancel)).TryGet(out var on, out var problem)) return problem;
            if (request.DueAt <= act.Now) return Problem.Invalid("due-in-past", "A task is due in the future, and this is not.", "Enter by when it is to be done.");
            if (request.Person is null == request.Unit is null)
                return Problem.Invalid("nobody-named", "A task is for one person or for one unit.", "Choose one of the two.");
            var people = await People.ActiveAsync(act.Db, act.Now, cancel);
            var person = people.FirstOrDefault(user => user.Id == request.Person);
            if (request.Person is not null && person is null)
                return Problem.Of("no-such-person", "This is nobody who does casework here now.", "Choose one of those that the page offers.");
            if (request.Unit is { } unit && people.All(user => user.AgencyOri != unit))
                return Problem.Of("no-such-unit", "Nobody of this unit does casework here now.", "Choose one of those that the page offers.");
            var id = act.Ids.Next<CaseTaskId>();
            act.Db.Add(new CaseTask
            {
                Id = id, Report = on.Report, Lead = on.Lead, Request = request.LegalRequest, What = envelope.SealText(WhatContext(id), request.What.Trim()),
                DueAt = request.DueAt.ToUniversalTime(), State = CaseTaskState.Open, GivenBy = act.Actor.Id, GivenAt = act.Now, AssignedTo = person?.Id,
                AgencyOri = person is null ? request.Unit : person.AgencyOri, Revision = act.Ids.Next(),
            });
            act.Trace("case-task", id.Value, person is null ? $"given;unit={request.Unit}" : $"given;to={person.Id}");
            if (person is not null && person.Id != act.Actor.Id) Notices.Leave(act, new NoticeTo(User: person.Id), "task-given", MyTasks);
            return new Receipt(id, on.Address);
        }

        private sealed record On(ReportId? Report, LeadId? Lead, string Address);

        /// <summary>A task on a request hangs on the request's report or lead as well; one on nothing is the desk's.</summary>
        private static async Task<Result<On>> OnWhatAsync(Request request, Act act, CancellationToken cancel)
        {
            if (request.LegalRequest is { } id)
            {
                var row = await act.Db.Set<LegalRequest>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, cancel);
                return row is null ? Problem.Missing("There is no such request for you.") : new On(row.Report, row.Lead, $"/review/requests/{id}");
            }
            if (request.Report is null && request.Lead is null) return new On(null, null, MyTasks);
            return (await CaseSubject.FindAsync(act, request.Report, request.Lead, cancel)).TryGet(out var subject, out var problem)
                ? new On(subject.Report, subject.Lead, subject.Casework)
                : problem;
        }
    }

    /// <summary>The page of one's own tasks.</summary>
    internal const string MyTasks = "/review/casework?mine=true";

    internal static string WhatContext(CaseTaskId id) => $"case-task/what/{id}";
    internal static string EndContext(CaseTaskId id) => $"case-task/end/{id}";
}

/// <summary>A task is done, or it need not be done any more, which has a reason.</summary>
public static class EndTask
{
    /// <param name="Words">What came of it; why it was dropped.</param>
    public sealed record Request(CaseTaskId Id, TaskEnd End, [MaxLength(4000)] string? Words = null);
    public sealed record Receipt(CaseTaskId Id, string Address);

    internal sealed class Handler(Envelope envelope) : IHandle<Request, Receipt>
    {
        public async Task<Result<Receipt>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var task = await act.Db.Set<CaseTask>().SingleOrDefaultAsync(row => row.Id == request.Id, cancel);
            if (task is null) return Problem.Missing("There is no such task for you.");
            if (!People.MayChange(act, task) && task.GivenBy != act.Actor.Id)
                return Problem.Of("not-your-unit", "This task is another unit's.", "Ask the one who has it, or a supervisor.");
            if (task.State != CaseTaskState.Open) return Problem.Conflict("task-ended", "This task is done or dropped already.", "Read it as it is now.");
            if (request.End == TaskEnd.Dropped && string.IsNullOrWhiteSpace(request.Words))
                return Problem.Invalid("reason-missing", "A task that is dropped has a reason, and it is not entered.", "Say why it need not be done.");
            (task.State, task.EndedBy, task.EndedAt, task.Revision) =
                (request.End == TaskEnd.Done ? CaseTaskState.Done : CaseTaskState.Dropped, act.Actor.Id, act.Now, act.Ids.Next());
            if (!string.IsNullOrWhiteSpace(request.Words)) task.EndWords = envelope.SealText(GiveTask.EndContext(task.Id), request.Words);
            act.Trace("case-task", task.Id.Value, $"state={task.State}");
            return new Receipt(task.Id, task.Request is { } on ? $"/review/requests/{on}"
                : task.Report is null && task.Lead is null ? GiveTask.MyTasks : CaseSubject.PageOf(task.Report, task.Lead) + "/casework");
        }
    }
}

public enum TaskEnd { Done, Dropped }
