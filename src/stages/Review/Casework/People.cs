using Homeward.Foundations.Access;
using Homeward.Foundations.Storage;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Review.Casework;

/// <summary>Those who do casework: their names, and to whom a task may be given.</summary>
internal static class People
{
    public static readonly Role[] CaseworkRoles = [Role.Analyst, Role.Supervisor, Role.National];

    /// <summary>Names by id; the house's own acts carry its name.</summary>
    public static async Task<IReadOnlyDictionary<UserId, string>> NamesAsync(HomewardDb db, IEnumerable<UserId> ids, CancellationToken cancel)
    {
        var wanted = ids.Distinct().ToList();
        var names = await db.Set<User>().AsNoTracking().Where(user => wanted.Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.Name, cancel);
        foreach (var id in wanted) names.TryAdd(id, Actor.House.Name);
        return names;
    }

    public static async Task<IReadOnlyList<User>> ActiveAsync(HomewardDb db, DateTimeOffset now, CancellationToken cancel) =>
        [.. (await db.Set<User>().AsNoTracking().Where(user => CaseworkRoles.Contains(user.Role) && user.EndedAt == null).ToListAsync(cancel))
            .Where(user => user.IsActive(now)).OrderBy(user => user.Name, StringComparer.Ordinal).ThenBy(user => user.Id.Value)];

    /// <summary>Whether somebody may change a row: their permission reaches it, or it lies in their hands.</summary>
    /// <remarks>Everybody who reviews sees all casework; to change it is for its unit, its holder, and those who lead.</remarks>
    public static bool MayChange(Act act, IScoped row) => act.Covers(row) || row.AssignedTo == act.Actor.Id;

    /// <summary>The same, asked while only looking: the look's own permission reaches further than that of the change.</summary>
    public static bool MayChange(AuthorizationTable table, Actor actor, string action, IScoped row) =>
        table.Covers(actor, action, row) || (table.Allows(actor.Role, action) && row.AssignedTo == actor.Id);
}
