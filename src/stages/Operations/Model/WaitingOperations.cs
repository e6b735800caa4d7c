using Homeward.Foundations;
using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Operations.Model;

/// <summary>What of Operations waits for a person.</summary>
internal sealed class WaitingOperations : IWaiting
{
    private const int RowsMax = 50;
    public string Stage => "operations";

    public async Task<IReadOnlyList<WaitingRow>> ForAsync(Actor actor, HomewardDb db, DateTimeOffset now, CancellationToken cancel)
    {
        if (actor.Role == Role.Deconfliction)
        {
            var conflicts = await db.Set<EventConflict>().CountAsync(row => row.State == ConflictState.Open && row.ReleasedAt == null, cancel);
            return conflicts == 0 ? [] : [new WaitingRow("Give both parties of a conflict their contacts", "/operations/desk", Count: conflicts)];
        }
        var rows = db.Set<Operation>().AsNoTracking();
        rows = actor.Role switch
        {
            Role.Coordinator => rows.Where(row => row.TaskForce == actor.TaskForce
                && (row.State == OperationState.Planned || row.State == OperationState.Approved || row.State == OperationState.Running)),
            Role.Officer => rows.Where(row => row.TaskForce == actor.TaskForce && (row.State == OperationState.Approved || row.State == OperationState.Running)),
            Role.Supervisor => rows.Where(row => row.State == OperationState.Planned),
            _ => rows.Where(_ => false),
        };
        var found = await rows.OrderBy(row => row.PlannedFrom).ThenBy(row => row.Id).Take(RowsMax)
            .Select(row => new { row.Id, row.Reference, row.State, row.PlannedFrom, row.PlannedTo }).ToListAsync(cancel);
        return [.. found.Select(row => row.State switch
        {
            OperationState.Planned => new WaitingRow($"Make {row.Reference} ready, or approve it", $"/operations/{row.Id}", row.PlannedFrom),
            OperationState.Approved => new WaitingRow($"Start {row.Reference}", $"/operations/{row.Id}", row.PlannedFrom),
            _ => new WaitingRow($"Close {row.Reference}", $"/operations/{row.Id}", row.PlannedTo),
        })];
    }
}

/// <summary>Finds an operation by its reference, for those who may see it.</summary>
internal sealed class FindOperation : IFindByNumber
{
    public string Action => "operations.show";

    public async Task<Found?> FindAsync(string number, Act act, CancellationToken cancel)
    {
        var row = await act.Db.Set<Operation>().AsNoTracking().SingleOrDefaultAsync(one => one.Reference == number, cancel);
        if (row is null || !act.Covers(row)) return null;
        act.Trace("operation", row.Id.Value, "found");
        return new Found("Operation", row.Reference, row.Link);
    }
}
