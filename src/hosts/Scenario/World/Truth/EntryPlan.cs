using Homeward.Exchange.Missing;
using Homeward.Scenario.World.People;

namespace Homeward.Scenario.World.Truth;

/// <summary>How much of the birth date the entry knows.</summary>
internal enum BirthKnown { Full, Month, Year, AgeOnly }

/// <summary>A missing-child entry and what lies behind it.</summary>
/// <param name="Child">The child at risk whom it is about; null for decoys and for all the others who are missing.</param>
/// <param name="Clues">Numbers and accounts that the entry has.</param>
internal sealed record EntryPlan(
    string Nic, DateTimeOffset ReceivedAt, Identity Person, TruthChild? Child, BirthKnown Birth, Clue Clues,
    EntryPlace LastSeen, Dice Dice)
{
    /// <summary>When a change of the entry arrives, if one does.</summary>
    public DateTimeOffset? ModifiedAt { get; init; }
    /// <summary>When the child is reported back by itself; never for a child at risk.</summary>
    public DateTimeOffset? ClearedAt { get; init; }
}
