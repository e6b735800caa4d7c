using Homeward.Exchange.Initiatives;

namespace Homeward.Scenario.World.Plan;

/// <summary>Every number of one invented world: those of the file, and those that the file leaves open.</summary>
/// <remarks>What is due is due exactly, however the house works. <see cref="ChooseNumbers"/> makes it.</remarks>
internal sealed record WorldPlan
{
    public required InitiativePlan Initiative { get; init; }
    public required long Seed { get; init; }

    /// <summary>How much is sent beside what matters; 1 is the size of the contract. Totals do not scale.</summary>
    public required double Scale { get; init; }

    public required int TaskForces { get; init; }
    /// <summary>Distinct agencies with a seat in a task force.</summary>
    public required int Agencies { get; init; }
    public required int Operations { get; init; }

    /// <summary>Every office that is open on a day of the initiative, by code.</summary>
    public required IReadOnlyList<OfficePlan> Offices { get; init; }

    /// <summary>Children at risk who are on a missing-child entry or will be found.</summary>
    public required int Sought { get; init; }
    /// <summary>Distinct CyberTipline reports.</summary>
    public required int Reports { get; init; }
    /// <summary>Distinct missing-child entries.</summary>
    public required int Entries { get; init; }

    public DateOnly From => Initiative.From;
    public DateOnly To => Initiative.To;

    /// <summary>First instant of the first day, UTC: the stream begins here.</summary>
    public DateTimeOffset Begins => new(From.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    /// <summary>End of the last day, UTC. Offices west of Greenwich have some hours more.</summary>
    public DateTimeOffset Ends => new(To.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    /// <summary>Nothing is sent later than this.</summary>
    public DateTimeOffset LastSend => Ends.AddDays(4);

    public int Recovered => Offices.Sum(office => office.Recovered);
    public int Identified => Offices.Sum(office => office.Identified);
    public int Located => Offices.Sum(office => office.Located);
    public int Children => Recovered + Identified;
    public int Adults => Offices.Sum(office => office.Adults);
    public int Arrests => Offices.Sum(office => office.Arrests);
    public int Investigations => Offices.Sum(office => office.Investigations);

    public OfficePlan? Office(string code) => Offices.FirstOrDefault(office => office.Office.Code == code);
}
