using Homeward.Scenario.World.Plan;

namespace Homeward.Scenario.World.Field;

/// <summary>Something that an office will do inside its window, whatever the house does: an arrest, a case opened.</summary>
/// <param name="Office">The office whose figure it is.</param>
/// <param name="Write">The lines in which it is told, given how it came about. Called once.</param>
internal sealed record DueAct(string Key, OfficePlan Office, Func<Circumstance, DateTimeOffset, IEnumerable<Sent>> Write)
{
    public bool IsDone { get; set; }
}
