using Homeward.Exchange.Outcomes;
using Homeward.Foundations.Places;
using Homeward.Scenario.World.People;
using Homeward.Scenario.World.Plan;
using Homeward.Scenario.World.Towns;

namespace Homeward.Scenario.World.Truth;

/// <summary>Makes the children of a world: those who are found, to the number and office, and those who are not.</summary>
internal sealed class BuildTruth(WorldPlan plan, InventPeople people, Scenes scenes)
{
    /// <summary>Of the children who are found, how many have a report and an entry that share evidence.</summary>
    private const double MatchableShare = 0.87;
    /// <summary>Of these, how many an exact comparison of name and birth date finds.</summary>
    private const double ExactShare = 0.6;

    private readonly Dice _dice = Dice.Of(plan.Seed).For("truth");
    private readonly SortedDictionary<string, int> _traps = new(StringComparer.Ordinal);

    public WorldTruth Build()
    {
        var found = Found();
        var order = _dice.Shuffled(found, "ways", child => child.Key);
        var matchable = (int)Math.Round(order.Count * MatchableShare);
        foreach (var child in order.Take(matchable)) child.IsMatchable = true;
        LayTraps(found);
        ChooseWaysOut(order, exact: (int)Math.Floor(matchable * ExactShare));
        var after = FoundAfter();
        var entered = found.Where(child => child.Nic is not null).Concat(after).ToList();
        List<TruthChild> children = [.. found, .. after, .. StayMissing(found, plan.Sought - entered.Count), .. InLabor()];

        var entries = new BuildEntries(plan, people, scenes, _dice).Build(children);
        _traps["decoyEntries"] = entries.Decoys;
        _traps["sameNameEntries"] = entries.SameName;
        return new WorldTruth { Children = children, Entries = entries.All, Traps = _traps };
    }

    private List<TruthChild> Found()
    {
        var children = new List<TruthChild>();
        foreach (var office in plan.Offices)
        {
            Add(office, ChildOutcomeKind.Recovered, office.Recovered);
            Add(office, ChildOutcomeKind.Identified, office.Identified);
            Add(office, ChildOutcomeKind.Located, office.Located);
        }
        return children;

        void Add(OfficePlan office, ChildOutcomeKind kind, int count)
        {
            for (var n = 0; n < count; n++)
                children.Add(Child($"{office.Office.Code}-{kind.ToString().ToLowerInvariant()}-{n}", Fate.Found, office, kind));
        }
    }

    private TruthChild Child(string key, Fate fate, OfficePlan office, ChildOutcomeKind kind, Identity? person = null)
    {
        var dice = _dice.For("child", key);
        return new TruthChild
        {
            Key = key, Fate = fate, Office = office, Kind = kind, Dice = dice,
            Person = person ?? people.Child(dice, plan.From, plan.To.AddDays(7)),
            Scene = scenes.At(office.Office.Code, dice), Street = Scene.Street(dice),
        };
    }

    /// <summary>What the reports and the entry tell of each, and when another door opens for those who are not found.</summary>
    private void ChooseWaysOut(List<TruthChild> order, int exact)
    {
        for (var i = 0; i < order.Count; i++)
        {
            var child = order[i];
            // Those who cannot be matched lack the entry, the report, or both.
            var (lacksEntry, lacksReport) = child.IsMatchable ? (false, false) : (i % 3 != 0, i % 3 != 1);
            if (!lacksEntry) child.Nic = BuildEntries.NicOf(_dice, i);
            if (!lacksReport) child.Evidence.AddRange(BuildEvidence.For(child, i, i < exact, _dice));

            child.IsMetByChance = lacksReport && child.Dice.Chance(0.6, "met by chance");
            var (from, to) = child.MustBeFoundEarly ? (0.5, 0.58) : lacksReport && !child.IsMetByChance ? (0.2, 0.9) : (0.85, 0.95);
            child.OtherDoorAt = child.Office.Window.At(child.Dice.Within(from, to, "other door at"));
            child.OtherDoor = child.Dice.Pick([ChildDoor.Patrol, ChildDoor.Agency, ChildDoor.Hotline], "other door");
        }
    }

    private void LayTraps(List<TruthChild> found)
    {
        var order = _dice.Shuffled(found.Where(child => child.Kind != ChildOutcomeKind.Located), "traps", child => child.Key);
        var free = new Queue<TruthChild>(order);

        Lay("claimedByTwoOffices", 1 + (order.Count / 25), child =>
        {
            if (SecondOffice(child) is not { } second) return false;
            child.ClaimedAgainBy = second;
            return true;
        });
        Lay("turnsEighteenAfterTheAct", 1 + (order.Count / 60), child =>
        {
            if (child.Office.Window.To.DayNumber - child.Office.Window.From.DayNumber < 8) return false;
            child.Person = child.Person with { Born = Eighteenth(child).AddYears(-18) };
            return child.TurnsEighteen = true;
        });
        Lay("identifiedThenRecovered", 1 + (order.Count / 20), child =>
            child.IsIdentifiedFirst = child.Kind == ChildOutcomeKind.Recovered && child.Office.Window.Length.TotalDays >= 2);
        Lay("twinStaysMissing", 1 + (order.Count / 40), child => child.IsTwin = child.IsMatchable);

        void Lay(string trap, int count, Func<TruthChild, bool> fits)
        {
            _traps[trap] = 0;
            for (var tries = free.Count; tries > 0 && _traps[trap] < count; tries--)
            {
                var child = free.Dequeue();
                if (fits(child)) _traps[trap]++;
                else free.Enqueue(child);
            }
        }
    }

    /// <summary>Another office that still works when the first has surely found the child.</summary>
    private OfficePlan? SecondOffice(TruthChild child)
    {
        var others = plan.Offices.Where(office => office != child.Office && office.ToFind > 0 && office.TaskForces > 0
            && office.Window.At(0.85) > child.Office.Window.At(0.65)).ToList();
        return others.Count > 0 ? child.Dice.Pick(others, "second office") : null;
    }

    /// <summary>A birthday between the latest finding and the end of the window (T-18).</summary>
    private static DateOnly Eighteenth(TruthChild child)
    {
        var window = child.Office.Window;
        var first = window.From.AddDays((int)Math.Ceiling((window.To.DayNumber - window.From.DayNumber + 1) * 0.7));
        var birthday = first.AddDays(child.Dice.Below(Math.Max(1, window.To.DayNumber - first.DayNumber + 1), "birthday"));
        return birthday is { Month: 2, Day: 29 } ? birthday.AddDays(-1) : birthday;
    }

    private List<TruthChild> FoundAfter()
    {
        var office = plan.Offices.Where(office => office.Window.To == plan.To)
            .OrderByDescending(office => office.ToFind).ThenByDescending(office => office.Weight).FirstOrDefault();
        if (office is null) return [];
        var child = Child("after-0", Fate.FoundAfter, office, ChildOutcomeKind.Recovered);
        child.Nic = BuildEntries.NicOf(_dice, 900_000);
        child.OtherDoor = ChildDoor.Agency;
        child.OtherDoorAt = plan.Ends.AddDays(2).AddHours(14);
        _traps["recoveredAfterTheWindow"] = 1;
        return [child];
    }

    private IEnumerable<TruthChild> StayMissing(List<TruthChild> found, int count)
    {
        var twins = new Queue<TruthChild>(found.Where(child => child.IsTwin));
        for (var n = 0; n < count; n++)
        {
            var key = $"missing-{n}";
            var dice = _dice.For("missing", key);
            var office = plan.Offices[Weighted(dice)];
            var twin = twins.Count > 0 ? twins.Dequeue() : null;
            var person = twin is null ? null : people.Person(dice, twin.Person.Born, twin.Person.Sex,
                twin.Person.Family, people.OtherGiven(dice, twin.Person));
            var child = Child(key, Fate.StaysMissing, twin?.Office ?? office, ChildOutcomeKind.Recovered, person);
            child.Nic = BuildEntries.NicOf(_dice, 100_000 + n);
            yield return child;
        }
    }

    private List<TruthChild> InLabor()
    {
        var offices = plan.Offices.Where(office => office.ToFind > 0).ToList();
        if (offices.Count == 0) return [];
        var count = 1 + (plan.Children / 50);
        _traps["laborTrafficking"] = count;
        return [.. Enumerable.Range(0, count).Select(n =>
        {
            var dice = _dice.For("labor", n);
            var child = Child($"labor-{n}", Fate.FoundInLabor, dice.Pick(offices, "office"), ChildOutcomeKind.Recovered);
            child.OtherDoor = ChildDoor.Agency;
            child.OtherDoorAt = child.Office.Window.At(dice.Within(0.3, 0.9, "door at"));
            return child;
        })];
    }

    private int Weighted(Dice dice)
    {
        var at = dice.Unit("office") * plan.Offices.Sum(office => office.Weight);
        for (var i = 0; i < plan.Offices.Count; i++)
            if ((at -= plan.Offices[i].Weight) < 0) return i;
        return plan.Offices.Count - 1;
    }
}
