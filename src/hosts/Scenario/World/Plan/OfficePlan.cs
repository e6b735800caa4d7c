using Homeward.Foundations.Places;

namespace Homeward.Scenario.World.Plan;

/// <summary>What is due at one field office, to the last figure.</summary>
internal sealed record OfficePlan(FieldOffice Office, OfficeWindow Window)
{
    /// <summary>As the file calls the office, or its own name where the file does not list it.</summary>
    public required string Name { get; init; }
    public bool IsListed { get; init; }

    public int Recovered { get; init; }
    public int Identified { get; init; }
    public int Located { get; init; }
    public int Adults { get; init; }
    public int Arrests { get; init; }
    public int Investigations { get; init; }
    public int Operations { get; init; }
    public int TaskForces { get; init; }

    /// <summary>ORIs that the file names as its partners.</summary>
    public IReadOnlyList<string> Partners { get; init; } = [];

    /// <summary>How much of the nation's unpublished figures falls here, by people and days.</summary>
    public double Weight { get; init; }

    /// <summary>Children that count: recovered or identified.</summary>
    public int Children => Recovered + Identified;

    /// <summary>Children to be found in all, those only located included.</summary>
    public int ToFind => Children + Located;

    public bool HasDues => ToFind + Adults + Arrests + Investigations > 0;
}
