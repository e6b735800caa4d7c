using Homeward.Foundations.Access;
using Microsoft.EntityFrameworkCore;

namespace Homeward.Foundations.Duties;

/// <summary>Duties whose mere being there says that a victim is in custody: for who may know of that alone .</summary>
public static class ProtectedDuties
{
    /// <summary>The state's safe-harbour rule is asked for a victim in custody.</summary>
    public const string CheckSafeHarbour = "check-safe-harbour";

    /// <summary>The duty, if the actor reaches it and may know of it.</summary>
    public static async Task<Duty?> FindAsync(Act act, DutyId id, CancellationToken cancel) =>
        await Known(act.Actor.Role, act.Db.Set<Duty>()).SingleOrDefaultAsync(row => row.Id == id, cancel) is { } duty && act.Covers(duty) ? duty : null;

    public static IQueryable<Duty> Known(Role role, IQueryable<Duty> duties) =>
        VictimCustody.MayBeKnownTo(role) ? duties : duties.Where(duty => duty.Rule != CheckSafeHarbour);
}
