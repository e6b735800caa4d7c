using Homeward.Foundations.Access;
using Homeward.Foundations.Places;
using Homeward.Foundations.Work;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review.Casework;

/// <summary>Tells those who hold a request or a task that its clock runs out, and those who lead that it has. It closes nothing.</summary>
internal sealed class WarnOfDeadlines : ISchedule
{
    internal const int BatchMax = 500;
    /// <summary>No warning of the table comes earlier.</summary>
    private static readonly TimeSpan _ahead = TimeSpan.FromDays(ProcessRules.All.Max(rule => rule.WarnDays.Max()) + 1);

    public string Name => "review-warn-of-deadlines";
    /// <summary>Clocks are counted in days, and pages show them at every look: a notice may be some hours old.</summary>
    public TimeSpan Every => TimeSpan.FromHours(4);

    public async Task<Turn> RunAsync(Act act, CancellationToken cancel)
    {
        var (requests, tasks) = (await WarnOfRequestsAsync(act, cancel), await TellOfTasksAsync(act, cancel));
        return requests == Turn.MoreWaits || tasks == Turn.MoreWaits ? Turn.MoreWaits : Turn.Done;
    }

    private static async Task<Turn> WarnOfRequestsAsync(Act act, CancellationToken cancel)
    {
        var until = act.Now + _ahead;
        var running = OpenWork.Open(act.Db.Set<LegalRequest>()).Where(row => row.DueAt < until).OrderBy(row => row.DueAt).ThenBy(row => row.Id);
        // Those that were warned of stand among them until they end: no number of them may hide the next.
        for (var (passed, warned) = (0, 0); ;)
        {
            var some = await running.Skip(passed).Take(BatchMax).ToListAsync(cancel);
            foreach (var request in some)
            {
                if (!Warn(act, request)) continue;
                if (++warned == BatchMax) return Turn.MoreWaits;
            }
            if (some.Count < BatchMax) return Turn.Done;
            passed += some.Count;
        }
    }

    private static bool Warn(Act act, LegalRequest request)
    {
        var due = Deadlines.WarningsDue(request.DueAt!.Value, act.Now, ProcessRules.Of(request).WarnDays, Zones.Of(request.Zone));
        if (due <= request.Warned) return false;
        var isLate = act.Now >= request.DueAt;
        (request.Warned, request.Revision) = (due, act.Ids.Next());
        act.Trace("legal-request", request.Id.Value, isLate ? "told-late" : $"warned={due}");
        Tell(act, request.AssignedTo, isLate ? "request-late" : "request-due", $"/review/requests/{request.Id}");
        if (isLate) Notices.Leave(act, new NoticeTo(Role.Supervisor), "request-late", $"/review/requests/{request.Id}");
        return true;
    }

    private static async Task<Turn> TellOfTasksAsync(Act act, CancellationToken cancel)
    {
        var late = await act.Db.Set<CaseTask>().Where(row => row.State == CaseTaskState.Open && !row.ToldLate && row.DueAt <= act.Now)
            .OrderBy(row => row.DueAt).ThenBy(row => row.Id).Take(BatchMax).ToListAsync(cancel);
        foreach (var task in late)
        {
            (task.ToldLate, task.Revision) = (true, act.Ids.Next());
            act.Trace("case-task", task.Id.Value, "told-late");
            Tell(act, task.AssignedTo, "task-late", GiveTask.MyTasks);
            if (task.GivenBy != task.AssignedTo) Notices.Leave(act, new NoticeTo(User: task.GivenBy), "task-late", "/review/casework?late=true");
        }
        return Turns.After(late.Count, BatchMax);
    }

    /// <summary>What is nobody's in particular goes to those who lead.</summary>
    private static void Tell(Act act, UserId? person, string code, string link) =>
        Notices.Leave(act, person is { } one ? new NoticeTo(User: one) : new NoticeTo(Role.Supervisor), code, link);
}
