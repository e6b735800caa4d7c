using Homeward.Exchange.Missing;
using Homeward.Exchange.Outcomes;
using Homeward.Scenario.World.People;
using Homeward.Scenario.World.Plan;
using Homeward.Scenario.World.Truth;

namespace Homeward.Scenario.World.Field;

/// <summary>The lines in which offices tell that a child was found.</summary>
internal sealed class WriteChildren(WorldPlan plan, WorldTruth truth)
{
    private readonly Dice _world = Dice.Of(plan.Seed).For("children found");
    private readonly Dictionary<TruthChild, int> _index = truth.Children.Select((child, i) => (child, i)).ToDictionary(each => each.child, each => each.i);

    /// <summary>Record numbers of the lines that a child may have, first to last: identified or found, recovered, claimed.</summary>
    public IReadOnlyList<string> RecordsOf(TruthChild child) => [Record(child, 0), Record(child, 1), Record(child, 2)];

    /// <summary>The finding; for a child first identified, the removal too. An entry is cleared afterwards.</summary>
    public IEnumerable<Sent> Found(TruthChild child, Circumstance circumstance, DateTimeOffset notBefore)
    {
        var dice = child.Dice.For("found");
        if (!child.IsIdentifiedFirst)
        {
            var only = Line(child, 0, child.Kind, circumstance, dice, notBefore);
            return [Lines.Of(only), .. Cleared(child, only.TypedAt, dice)];
        }
        var first = Line(child, 0, ChildOutcomeKind.Identified, circumstance, dice, notBefore);
        var window = child.Office.Window;
        var share = Math.Max(0, window.ShareOf(circumstance.At));
        var removed = circumstance with { At = window.At(share + ((0.985 - share) * dice.Within(0.2, 0.6, "removed at"))) };
        var second = Line(child, 1, ChildOutcomeKind.Recovered, removed, dice.For("removed"), first.TypedAt);
        return [Lines.Of(first), Lines.Of(second), .. Cleared(child, second.TypedAt, dice)];
    }

    /// <summary>The same child claimed by another office, under the alias; never as the stronger kind.</summary>
    public IEnumerable<Sent> ClaimedAgain(TruthChild child, Circumstance circumstance, DateTimeOffset notBefore)
    {
        var dice = child.Dice.For("claimed again");
        var line = Line(child, 2, dice.Chance(0.5, "weaker") ? ChildOutcomeKind.Identified : child.Kind, circumstance, dice, notBefore) with
        {
            Child = Told.UnderAlias(child.Person, circumstance.Day),
            Sought = null,
        };
        return [Lines.Of(line)];
    }

    private ChildOutcome Line(TruthChild child, int number, ChildOutcomeKind kind, Circumstance how, Dice dice, DateTimeOffset notBefore) =>
        new(Record(child, number), how.Operation, how.Referral, how.Door, how.Office.Office.Code, how.TaskForce, how.Ori,
            how.At, how.TypedAt(dice, plan.LastSend, notBefore), kind,
            child.Fate == Fate.FoundInLabor ? Exploitation.Labor : kind == ChildOutcomeKind.Located ? Exploitation.None : Exploitation.Sex,
            Recognised(child, how, dice),
            Told.ByOfficers(child.Person, how.Day, dice, dateCertain: child.TurnsEighteen),
            child.LeavesPrints ? child.BiometricRef : null,
            new Dictionary<string, string> { [EvidenceOf(kind)] = "narrative withheld" },
            ForeignBorn: child.Dice.Chance(0.04, "foreign born"),
            how.Place ?? child.Scene.Stated(child.Street));

    /// <summary>Officers who went out for an entry know it when they see the child; others often find it by the name.</summary>
    private static string? Recognised(TruthChild child, Circumstance how, Dice dice) =>
        child.Nic is { } nic && (how.Seeking.Any(sought => sought.Nic == nic) || dice.Chance(0.7, "recognised")) ? nic : null;

    private static string EvidenceOf(ChildOutcomeKind kind) => kind switch
    {
        ChildOutcomeKind.Recovered => "removedFrom",
        ChildOutcomeKind.Identified => "knownBy",
        ChildOutcomeKind.Located => "locatedBy",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private IEnumerable<Sent> Cleared(TruthChild child, DateTimeOffset typedAt, Dice dice)
    {
        if (child.Nic is null) yield break;
        var at = typedAt.AddMinutes(dice.Between(120, 2400, "cleared"));
        var latest = plan.LastSend.AddHours(12);
        yield return Lines.Of(Sending.DescribeEntry.Of(truth.EntryByNic[child.Nic], EntryStatus.Cleared, at < latest ? at : latest));
    }

    private string Record(TruthChild child, int number) => Numbers.Short(_world, "C", (_index[child] * 3L) + number);
}
