using System.ComponentModel.DataAnnotations;
using Homeward.Foundations.Access;
using Homeward.Kernel;
using Homeward.Review.Casework;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review;

/// <summary>All open tasks and requests, what runs out first on top. Filters stand in the address.</summary>
public static class ListCasework
{
    private const int RowsMax = 500;

    /// <param name="Mine">Only what lies in my hands, and tasks of my unit that are nobody's yet.</param>
    /// <param name="Unit">Only what is a unit's, by its agency.</param>
    /// <param name="Late">Only what has run out.</param>
    /// <param name="Kind">Only requests of a kind; then no tasks.</param>
    /// <param name="Ended">What is at its end, instead of what is open.</param>
    public sealed record Request(
        bool Mine = false, [MaxLength(20)] string? Unit = null, bool Late = false, LegalRequestKind? Kind = null, bool Ended = false, [Range(1, RowsMax)] int Rows = 200);

    /// <param name="Late">How many of what is open have run out, the filters apart.</param>
    /// <param name="People">To whom a task may be given.</param>
    /// <param name="IsCut">There is more than is shown.</param>
    public sealed record Page(
        IReadOnlyList<TaskRow> Tasks, IReadOnlyList<RequestRow> Requests, int OpenTasks, int OpenRequests, int Late, IReadOnlyList<ShowCasework.Person> People, bool IsCut);

    internal sealed class Handler(OpenWork work) : IHandle<Request, Page>
    {
        public async Task<Result<Page>> HandleAsync(Request request, Act act, CancellationToken cancel)
        {
            var (now, me) = (act.Now, act.Actor.Id);
            var openTasks = act.Db.Set<CaseTask>().Where(row => row.State == CaseTaskState.Open);
            var openRequests = OpenWork.Open(act.Db.Set<LegalRequest>());
            var tasks = request.Mine ? OpenWork.OpenOf(act.Db, act.Actor) : openTasks;
            var requests = openRequests;
            if (request.Ended)
            {
                tasks = act.Db.Set<CaseTask>().Where(row => row.State != CaseTaskState.Open && (!request.Mine || row.AssignedTo == me));
                requests = act.Db.Set<LegalRequest>().Where(row => row.EndedAt != null);
            }
            if (request.Mine) requests = requests.Where(row => row.AssignedTo == me);
            if (request.Unit is { Length: > 0 } unit) (tasks, requests) = (tasks.Where(row => row.AgencyOri == unit), requests.Where(row => row.AgencyOri == unit));
            if (request.Late) (tasks, requests) = (tasks.Where(row => row.DueAt <= now), requests.Where(row => row.DueAt <= now));
            if (request.Kind is { } kind) (tasks, requests) = (tasks.Where(_ => false), requests.Where(row => row.Kind == kind));
            var people = await Casework.People.ActiveAsync(act.Db, now, cancel);
            var page = new Page(
                await work.TasksAsync(act, tasks, request.Rows, cancel), await work.RequestsAsync(act, requests, request.Rows, cancel),
                await openTasks.CountAsync(cancel), await openRequests.CountAsync(cancel),
                await openTasks.CountAsync(row => row.DueAt <= now, cancel) + await openRequests.CountAsync(row => row.DueAt <= now, cancel),
                [.. people.Select(ShowCasework.Person.Of)], IsCut: false);
            act.Trace("casework", Guid.Empty, $"listed={page.Tasks.Count + page.Requests.Count}");
            return page with { IsCut = page.Tasks.Count == request.Rows || page.Requests.Count == request.Rows };
        }
    }
}
