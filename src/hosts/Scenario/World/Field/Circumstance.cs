using Homeward.Exchange;
using Homeward.Exchange.Outcomes;
using Homeward.Foundations.Places;
using Homeward.Kernel;
using Homeward.Scenario.World.Plan;

namespace Homeward.Scenario.World.Field;

/// <summary>When, where and by whom an act was done: the same for a child found and for a case opened.</summary>
/// <param name="Referral">Number of the agency referral or tip that led there, where no operation did.</param>
internal sealed record Circumstance(
    string? Operation, string? Referral, ChildDoor Door, OfficePlan Office, string? TaskForce, string Ori,
    DateTimeOffset At, StatedPlace? Place, IReadOnlyList<Sought> Seeking)
{
    /// <summary>The day on the office's calendar.</summary>
    public DateOnly Day => Zones.LocalDay(At, Zones.ZoneOf(Office.Office));

    /// <summary>When the office sends it in: mostly within a day, some a week later, never after the last day.</summary>
    public DateTimeOffset TypedAt(Dice dice, DateTimeOffset latest, DateTimeOffset notBefore)
    {
        var hours = dice.Chance(LateShare, "typed late") ? dice.Within(72, 300, "typed") : dice.Within(0.5, 26, "typed");
        var typed = At.AddSeconds(Math.Floor(hours * 3600));
        if (typed < notBefore) typed = notBefore.AddMinutes(dice.Between(1, 50, "typed minutes"));
        if (typed > latest)
        {
            var earliest = At > notBefore ? At : notBefore;
            typed = earliest.AddSeconds(Math.Max(1, Math.Floor((latest - earliest).TotalSeconds * dice.Within(0.2, 1, "typed at last"))));
        }
        Ensure.That(typed > At);
        return typed;
    }

    private const double LateShare = 0.07;
}
