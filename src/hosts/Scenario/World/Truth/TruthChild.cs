using Homeward.Exchange.Outcomes;
using Homeward.Scenario.World.People;
using Homeward.Scenario.World.Plan;
using Homeward.Scenario.World.Towns;

namespace Homeward.Scenario.World.Truth;

/// <summary>What becomes of a child, whatever the house does.</summary>
internal enum Fate
{
    /// <summary>Found inside the initiative: by the house, or by another door.</summary>
    Found,
    /// <summary>Nothing that is sent leads to where the child is.</summary>
    StaysMissing,
    /// <summary>Found when the initiative is over: counts nowhere.</summary>
    FoundAfter,
    /// <summary>Found in labor trafficking: on a line of its own, outside the totals (T-39).</summary>
    FoundInLabor,
}

/// <summary>How a report puts the child whom it means.</summary>
internal enum Telling
{
    /// <summary>Name and birth date as in the entry.</summary>
    Exact,
    Nickname, Misspelt, NamesSwapped, DateSwapped, AgeOnly,
    /// <summary>Another name altogether, and a number or address that the entry has too.</summary>
    Alias,
    /// <summary>No name: a number or an account.</summary>
    IdentifierOnly,
}

/// <summary>One report that speaks of a child.</summary>
/// <param name="Number">CyberTipline number.</param>
/// <param name="Clue">Which of phone, e-mail and screen name it carries, where it carries one.</param>
internal sealed record Evidence(string Number, DateTimeOffset ArrivesAt, Telling Telling, Clue Clue, PlaceTelling Place, Dice Dice);

[Flags]
internal enum Clue { None = 0, Phone = 1, Email = 2, ScreenName = 4 }

/// <summary>How a report tells where the child is.</summary>
internal enum PlaceTelling { ZipAndCity, CityAndState, CityAlone }

/// <summary>A child at risk as the world knows it. The house never sees this.</summary>
internal sealed class TruthChild
{
    /// <summary>Stable key within one world, e.g. <c>KC-recovered-0</c>.</summary>
    public required string Key { get; init; }
    public required Fate Fate { get; init; }
    public required Identity Person { get; set; }
    public required OfficePlan Office { get; init; }
    public required Scene Scene { get; init; }
    public required string Street { get; init; }
    public required ChildOutcomeKind Kind { get; init; }
    public required Dice Dice { get; init; }

    /// <summary>The NIC number of the child's entry; null where nobody entered the child.</summary>
    public string? Nic { get; set; }
    public List<Evidence> Evidence { get; } = [];

    /// <summary>A report and an entry share evidence: a match can be made.</summary>
    public bool IsMatchable { get; set; }
    /// <summary>Without a match, an operation that goes out by itself may come upon the child.</summary>
    public bool IsMetByChance { get; set; }
    /// <summary>Until then the house may find the child; then another door opens.</summary>
    public DateTimeOffset OtherDoorAt { get; set; }
    public ChildDoor OtherDoor { get; set; }

    /// <summary>First identified, removed days later: one child, counted as recovered (T-16).</summary>
    public bool IsIdentifiedFirst { get; set; }
    /// <summary>The office that finds the same child again, under the alias (T-13, T-14).</summary>
    public OfficePlan? ClaimedAgainBy { get; set; }
    public bool TurnsEighteen { get; set; }
    public bool IsTwin { get; set; }
    /// <summary>What comes after the finding needs its time inside the window.</summary>
    public bool MustBeFoundEarly => ClaimedAgainBy is not null || TurnsEighteen;

    /// <summary>Opaque reference of prints; the same child has the same.</summary>
    public string BiometricRef => $"B-{Dice.Digits(9, "prints")}";
    public bool LeavesPrints => IsIdentifiedFirst || ClaimedAgainBy is not null || Dice.Chance(0.85, "prints taken");
}
