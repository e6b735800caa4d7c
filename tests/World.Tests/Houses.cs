using Homeward.Exchange;
using Homeward.Foundations.Places;
using Homeward.Scenario.World;
using Homeward.Scenario.World.Field;
using Homeward.Scenario.World.Truth;

namespace Homeward.World.Tests;

/// <summary>How a house works in a test: which operations it has run when the clock stands at an instant.</summary>
internal delegate IEnumerable<OperationRun> House(WorldSession world, DateTimeOffset from, DateTimeOffset to);

internal static class Houses
{
    /// <summary>Does nothing at all.</summary>
    public static House Idle => (_, _, _) => [];

    /// <summary>Knows the truth: seeks every child as soon as a report has arrived, and runs every pledged operation.</summary>
    public static House Perfect
    {
        get
        {
            var sought = new HashSet<TruthChild>();
            var pledged = new HashSet<string>();
            return Run;

            IEnumerable<OperationRun> Run(WorldSession world, DateTimeOffset from, DateTimeOffset to)
            {
                foreach (var child in world.Truth.Children)
                    if (child.Fate == Fate.Found && child.Evidence.Exists(each => each.ArrivesAt < from) && child.Office.Window.HoldsSafely(from) && sought.Add(child))
                        yield return Operation($"{child.Key}/lead", child.Office.Office.Code, from, OperationKind.Lead,
                            new Sought(child.Nic, [.. child.Evidence.Select(each => each.Number)]));
                foreach (var office in world.Plan.Offices)
                    for (var n = 0; n < office.Operations; n++)
                        if (office.Window.ShareOf(from) >= (n + 0.5) / (office.Operations + 1) && office.Window.HoldsSafely(from) && pledged.Add($"{office.Office.Code}/{n}"))
                            yield return Operation($"{office.Office.Code}/{n}", office.Office.Code, from, OperationKind.Proactive);
            }
        }
    }

    /// <summary>Runs whatever comes to mind: wrong children, wrong offices, wrong days, the same reference twice.</summary>
    public static House Erring(int lot) => (world, from, to) =>
    {
        var dice = Dice.Of(lot).For("erring", from.UtcTicks);
        return Enumerable.Range(0, dice.Below(6, "count")).Select(n =>
        {
            var of = dice.For("operation", n);
            var child = of.Pick(world.Truth.Children, "child");
            var office = of.Chance(0.7, "right office") ? child.Office.Office.Code
                : of.Pick(Gazetteer.Default.Offices.All, "office").Code;
            return Operation($"{office}-01/{of.Below(40, "reference")}", office, from.AddHours(of.Within(-40, 60, "hours")),
                of.Chance(0.3, "proactive") ? OperationKind.Proactive : OperationKind.Lead,
                new Sought(of.Chance(0.5, "nic") ? child.Nic : null, [.. child.Evidence.Take(1).Select(each => each.Number)]));
        });
    };

    private static OperationRun Operation(string reference, string office, DateTimeOffset at, OperationKind kind, params Sought[] seeking) =>
        new(reference, office, $"{office}-01", ["MOKPD0000", "XX0000001"], at, at.AddHours(3), Place: null, kind, seeking);
}

/// <summary>All that came of one run of a world.</summary>
internal sealed record Played(WorldSession World, IReadOnlyList<Sent> Sends, IReadOnlyDictionary<string, OperationRun> Ran)
{
    public static Played Through(WorldSession world, House house)
    {
        var (sends, ran) = (new List<Sent>(world.FirstSends), new Dictionary<string, OperationRun>());
        var last = world.Plan.Begins;
        // Six hours at a time, to six days after the end: the contract of RAW.
        for (var at = last.AddHours(6); at <= world.Plan.Ends.AddDays(5); last = at, at = at.AddHours(6))
        {
            sends.AddRange(world.Until(at));
            foreach (var operation in house(world, last, at))
            {
                ran.TryAdd(operation.Reference, operation);
                sends.AddRange(world.Ran(operation));
            }
        }
        return new(world, sends, ran);
    }
}
