using Homeward.Foundations.People;

namespace Homeward.Foundations.Access;

/// <summary>A victim's own custody is known to counsel, victim staff, the nation and the auditor, and to nobody else .</summary>
public static class VictimCustody
{
    /// <summary>What the sources of records of arrested persons begin with: <c>arrest/KC/R-000001</c>.</summary>
    public const string ArrestSource = "arrest";

    public static bool MayBeKnownTo(Role role) =>
        role is Role.Counsel or Role.VictimSpecialist or Role.National or Role.Auditor or Role.House;

    /// <summary>The records without those of victims in custody, where the role may not know of them. An arrested child is one.</summary>
    public static IQueryable<PersonRecord> Known(Role role, IQueryable<PersonRecord> records) =>
        MayBeKnownTo(role) ? records : records.Where(row => row.Kind != PersonKind.Child || !row.Source.StartsWith(ArrestSource + "/"));
}
