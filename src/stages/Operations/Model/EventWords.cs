namespace Homeward.Operations.Model;

/// <summary>Deconfliction in words. None of them says clear .</summary>
internal static class EventWords
{
    public static string Of(DeconflictionEvent planned) => planned switch
    {
        { Withdrawn: true } => "Called off.",
        { CheckOwed: true } => "Received.",
        { RegionalAt: null } => "Checked among Homeward's events only.",
        { RegionalAnswer: RegionalAnswer.Conflict } => $"Conflict at {planned.System}, event {planned.RegionalNumber}.",
        _ => $"Checked among Homeward's events; {planned.System} answered \"no conflict known\", event {planned.RegionalNumber}.",
    };

    public static string Of(ConflictState state) => state switch
    {
        ConflictState.Open => "not settled",
        ConflictState.Settled => "settled by both parties",
        ConflictState.Overridden => "decided by a supervisor",
        ConflictState.Lapsed => "lapsed: one of the events moved or was called off",
    };
}
