using Homeward.Foundations.Access;

namespace Homeward.Referral.Model;

/// <summary>Who sees a referral: the recipient's side, and the office that still owns it.</summary>
internal static class Sight
{
    public static bool Covers(Act act, LeadReferral referral) =>
        act.Covers(referral) || (act.Actor.Office is { } office && office == referral.OwnerOffice);

    public static IQueryable<LeadReferral> Seen(Act act, IQueryable<LeadReferral> rows)
    {
        if (act.Reach == Scope.Nation) return rows;
        var office = act.Actor.Office;
        return rows.Where(row => office != null && (row.OfficeCode == office || row.OwnerOffice == office));
    }

    /// <summary>Only the recipient confirms, accepts and returns: the office, and the task force where one is named.</summary>
    public static bool IsReceiver(Act act, LeadReferral referral) =>
        referral.OfficeCode is not null && referral.OfficeCode == act.Actor.Office
        && (referral.TaskForce is null || referral.TaskForce == act.Actor.TaskForce);

    /// <summary>The accountable side: the national unit's people, or those of the owning office.</summary>
    public static bool IsOwner(Act act, LeadReferral referral) => referral.OwnerOffice == act.Actor.Office;
}
