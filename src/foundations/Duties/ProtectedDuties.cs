using Homeward.Foundations.Access;

namespace Homeward.Foundations.Duties;

/// <summary>Duties whose mere being there says that a victim is in custody: for who may know of that alone .</summary>
public static class ProtectedDuties
{
    /// <summary>The state's safe-harbour rule is asked for a victim in custody.</summary>
    public const string CheckSafeHarbour = "check-safe-harbour";

    public static bool MaySee(Role role, Duty duty) => VictimCustody.MayBeKnownTo(role) || duty.Rule != CheckSafeHarbour;

    public static IQueryable<Duty> Known(Role role, IQueryable<Duty> duties) =>
        VictimCustody.MayBeKnownTo(role) ? duties : duties.Where(duty => duty.Rule != CheckSafeHarbour);
}
