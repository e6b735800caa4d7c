using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Homeward.Foundations.Work;
using Homeward.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Operations.Model;

/// <summary>The two sides of a conflict.</summary>
internal static class ConflictParties
{
    public static Problem Missing { get; } = Problem.Missing("There is no such conflict for you.");
    public static Problem Over { get; } = Problem.Conflict("conflict-over", "This conflict is no longer open.", "Look at it as it is now.");

    public static async Task<(EventConflict Conflict, DeconflictionEvent One, DeconflictionEvent Other)?> FindAsync(Act act, Guid id, CancellationToken cancel)
    {
        var conflict = await act.Db.Set<EventConflict>().AsTracking().SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (conflict is null) return null;
        var sides = await act.Db.Set<DeconflictionEvent>().AsNoTracking()
            .Where(row => row.Id == conflict.One || row.Id == conflict.Other).ToDictionaryAsync(row => row.Id, cancel);
        return (conflict, sides[conflict.One], sides[conflict.Other]);
    }

    /// <summary>Whether the contact works now and is on the operation's team: contacts go to nobody else.</summary>
    public static async Task<bool> IsAssignedAsync(HomewardDb db, DeconflictionEvent side, DateTimeOffset now, CancellationToken cancel)
    {
        var user = await db.Set<User>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == side.Contact, cancel);
        return user is not null && user.IsActive(now)
            && await db.Set<OperationMember>().AnyAsync(row => row.Operation == side.Operation && row.User == side.Contact, cancel);
    }

    public static void End(Act act, EventConflict conflict, ConflictState state, DeconflictionEvent one, DeconflictionEvent other)
    {
        (conflict.State, conflict.EndedAt, conflict.Revision) = (state, act.Now, act.Ids.Next());
        foreach (var side in new[] { one, other })
            Notices.Leave(act, new NoticeTo(Role.Coordinator, TaskForce: side.TaskForce), "conflict-settled", $"/operations/{side.Operation}");
    }
}
