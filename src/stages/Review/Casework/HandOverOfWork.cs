using Homeward.Foundations.Access;
using Homeward.Intake;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review.Casework;

/// <summary>The tasks and requests that go with the reports at the end of a shift.</summary>
internal sealed class HandOverOfWork(RequestBook book)
{
    private const int RowsMax = 500;

    /// <param name="Request">Null for a task.</param>
    internal sealed record Piece(CaseTask? Task, LegalRequest? Request, string Number, string Link)
    {
        public bool IsTask => Task is not null;
        public DateTimeOffset? DueAt => Task?.DueAt ?? Request?.DueAt;
    }

    /// <summary>What lies in somebody's hands and may go to the taker; to nobody in particular when it is only looked at.</summary>
    public async Task<IReadOnlyList<Piece>> OfAsync(Act act, UserId giver, UserId? taker, CancellationToken cancel)
    {
        var tasks = await act.Db.Set<CaseTask>().Where(row => row.State == CaseTaskState.Open && row.AssignedTo == giver)
            .OrderBy(row => row.DueAt).ThenBy(row => row.Id).Take(RowsMax).ToListAsync(cancel);
        var requests = await OpenWork.Open(act.Db.Set<LegalRequest>()).Where(row => row.AssignedTo == giver)
            .OrderBy(row => row.DraftedAt).ThenBy(row => row.Id).Take(RowsMax).ToListAsync(cancel);
        if (tasks.Count + requests.Count == 0) return [];
        var blind = await BlindAsync(act, taker, cancel);
        var (reportNumbers, leadNumbers) = await OpenWork.NumbersAsync(act.Db, tasks, cancel);
        return [
            .. tasks.Where(row => row.Report is not { } report || !blind.Contains(report.Value)).Select(row => new Piece(row, null,
                row.Report is { } report ? $"report {reportNumbers[report]}" : row.Lead is { } lead ? $"lead {leadNumbers[lead]}" : "",
                row.Report is null && row.Lead is null ? GiveTask.MyTasks : CaseSubject.PageOf(row.Report, row.Lead) + "/casework")),
            .. requests.Where(row => !blind.Contains(row.Subject)).Select(row => new Piece(null, row, row.Reference, $"/review/requests/{row.Id}")),
        ];
    }

    public async Task GiveAsync(Act act, HandOverId handOver, User taker, IReadOnlyList<Piece> pieces, CancellationToken cancel)
    {
        foreach (var piece in pieces)
        {
            var id = piece.Task?.Id.Value ?? piece.Request!.Id.Value;
            if (piece.Task is { } task)
            {
                (task.AssignedTo, task.AgencyOri, task.Revision) = (taker.Id, taker.AgencyOri, act.Ids.Next());
                act.Trace("case-task", id, $"handed-over;to={taker.Id}");
            }
            else if (piece.Request is { } request)
            {
                (request.AssignedTo, request.AgencyOri) = (taker.Id, taker.AgencyOri);
                await book.WriteAsync(act, request, RequestStepKind.HandedOver, act.Now, new StepDetail(Note: $"To {taker.Name}."), cancel);
            }
            act.Db.Add(new HandOverWork { HandOver = handOver, Work = id, IsTask = piece.IsTask, Number = piece.Number, Link = piece.Link });
        }
    }

    /// <summary>Reports that the taker is to read again without knowing why.</summary>
    private static async Task<HashSet<Guid>> BlindAsync(Act act, UserId? taker, CancellationToken cancel) => taker is null ? []
        : [.. await act.Db.Set<SecondReading>().AsNoTracking().Where(row => row.AssignedTo == taker && row.State == ReadingState.Waiting)
            .Select(row => row.SubjectId).ToListAsync(cancel)];
}
