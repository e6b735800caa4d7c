using Homeward.Exchange.CyberTips;
using Homeward.Scenario.World.Truth;

namespace Homeward.Scenario.World.Sending;

/// <summary>What a report is about, as only the world knows it.</summary>
internal enum ReportKind
{
    /// <summary>Speaks of a child at risk.</summary>
    Evidence,
    /// <summary>Another country's.</summary>
    Foreign,
    /// <summary>An account and nothing of a person.</summary>
    NoPerson,
    /// <summary>A person in the nation who is not missing.</summary>
    NotMissing,
    /// <summary>Bears the name of a missing child and means somebody else.</summary>
    Namesake,
    /// <summary>One of many copies of one viral file.</summary>
    Viral,
}

/// <summary>How a sending differs from a plain one.</summary>
internal enum Manner
{
    Plain,
    /// <summary>The same bytes once more (T-46).</summary>
    Repeat,
    /// <summary>The same number, corrected.</summary>
    Corrected,
    /// <summary>Cut off, or with a broken element.</summary>
    Malformed,
}

/// <summary>One sending of a report; its text is made when it is sent.</summary>
internal sealed record ReportPlan(
    string Number, DateTimeOffset ArrivesAt, ReportForm Form, ReportKind Kind, Manner Manner, Dice Dice)
{
    public TruthChild? Child { get; init; }
    public Evidence? Evidence { get; init; }
    /// <summary>For a namesake: the entry whose name it bears.</summary>
    public EntryPlan? Namesake { get; init; }
    /// <summary>For a viral one: which event.</summary>
    public int Bundle { get; init; }
    /// <summary>When it happened, before it arrived; days before for a late one.</summary>
    public required DateTimeOffset HappenedAt { get; init; }
    /// <summary>The provider's clock stands in another zone than it says.</summary>
    public bool HasWrongZone { get; init; }
}
