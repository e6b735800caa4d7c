namespace Homeward.Foundations.Access;

/// <summary>What a person is to the house. One person holds one role at a time; design section 5 names them.</summary>
public enum Role
{
    /// <summary>Reads what came in and says who it may be.</summary>
    Analyst,
    /// <summary>Gives the second decision and settles disagreement.</summary>
    Supervisor,
    /// <summary>Runs a task force: takes referrals, plans operations.</summary>
    Coordinator,
    /// <summary>Investigator in the field, on a phone.</summary>
    Officer,
    /// <summary>The deconfliction desk.</summary>
    Deconfliction,
    /// <summary>Government victim specialist, behind the wall.</summary>
    VictimSpecialist,
    /// <summary>Prosecutor or liaison.</summary>
    Prosecutor,
    /// <summary>Coordinates the initiative for the nation.</summary>
    National,
    /// <summary>Writes what the public is told.</summary>
    PublicAffairs,
    /// <summary>Reads the trace and the proof of duties, not the wall.</summary>
    Auditor,
    /// <summary>Counsel of the Department of Justice.</summary>
    Counsel,
    /// <summary>Community victim advocate: a room of its own.</summary>
    Advocate,
    /// <summary>People and partners, no case content.</summary>
    Administrator,
    /// <summary>A machine that sends reports; write-only.</summary>
    Provider,
    /// <summary>The house itself: deliveries and schedules. Nobody signs in as it.</summary>
    House,
}

/// <summary>The names of roles in addresses and files.</summary>
public static class Roles
{
    public static IReadOnlyList<Role> SignIn { get; } =
        [.. Enum.GetValues<Role>().Where(role => role is not (Role.Provider or Role.House))];

    public static string Slug(this Role role) => role switch
    {
        Role.VictimSpecialist => "victim-specialist",
        Role.PublicAffairs => "public-affairs",
        _ => role.ToString().ToLowerInvariant(),
    };

    /// <summary>The role as a person would say it.</summary>
    public static string Title(this Role role) => role switch
    {
        Role.Coordinator => "Task force coordinator",
        Role.Officer => "Investigator",
        Role.Deconfliction => "Deconfliction desk",
        Role.VictimSpecialist => "Victim specialist",
        Role.National => "National coordinator",
        Role.PublicAffairs => "Public affairs",
        Role.Advocate => "Community advocate",
        _ => role.ToString(),
    };

    public static bool TryParse(string? slug, out Role role)
    {
        foreach (var candidate in Enum.GetValues<Role>())
        {
            if (candidate.Slug() != slug) continue;
            role = candidate;
            return true;
        }
        role = default;
        return false;
    }
}
