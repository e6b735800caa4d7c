using Homeward.Kernel;

namespace Homeward.Foundations.Access;

/// <summary>The id of one who acts in the house.</summary>
public readonly record struct UserId(Guid Value) : IStrongId<UserId>
{
    public static UserId From(Guid value) => new(value);
    public override string ToString() => StrongId.Text(Value);
}

/// <summary>Who acts: the person, in one role, for one agency, as of now.</summary>
/// <param name="Agency">ORI of the home agency; null for the national unit and the house.</param>
/// <param name="TaskForce">Code of the task force worked in; null outside of one.</param>
/// <param name="Office">Code of the field office; null for the nation.</param>
public sealed record Actor(UserId Id, string Name, Role Role, string? Agency, string? TaskForce, string? Office)
{
    /// <summary>The house itself, for deliveries and schedules.</summary>
    public static readonly Actor House = new(
        new UserId(new Guid("00000000-0000-7000-8000-000000000001")), "Homeward", Role.House, null, null, null);

    /// <summary>Whether a permission of this reach covers the row. A mark that neither has is no match.</summary>
    internal bool Reaches(Scope reach, IScoped row) => reach switch
    {
        Scope.Nation => true,
        Scope.Office => row.OfficeCode is not null && row.OfficeCode == Office,
        Scope.TaskForce => row.TaskForce is not null && row.TaskForce == TaskForce,
        Scope.Agency => row.AgencyOri is not null && row.AgencyOri == Agency,
        Scope.Assigned => row.AssignedTo == Id,
        _ => throw new BrokenInvariantException($"scope {reach}"),
    };
}

/// <summary>What a row must carry so that the authorization table, and row-level security behind it, can judge it.</summary>
public interface IScoped
{
    /// <summary>Field office that holds it; null when only the nation does.</summary>
    string? OfficeCode { get; }
    string? TaskForce { get; }
    /// <summary>ORI of the agency that holds it.</summary>
    string? AgencyOri { get; }
    /// <summary>The one person whose work it is.</summary>
    UserId? AssignedTo { get; }
}

/// <summary>How far a permission reaches.</summary>
public enum Scope
{
    /// <summary>Only what is assigned to the person.</summary>
    Assigned,
    Agency,
    TaskForce,
    Office,
    Nation,
}
