using Homeward.Exchange.Outcomes;
using Homeward.Exchange.Referrals;
using Homeward.Exchange.Tips;
using Homeward.Scenario.World.Partners;
using Homeward.Scenario.World.People;
using Homeward.Scenario.World.Plan;
using Homeward.Scenario.World.Towns;
using Homeward.Scenario.World.Truth;

namespace Homeward.Scenario.World.Field;

/// <summary>The field: answers what operations find, and opens another door for what they do not.</summary>
/// <remarks>
/// Everything due is told exactly once. A right lead finds the child; whom no operation found by a certain instant,
/// an agency or a caller finds, and says so first (a referral, a tip), some hours before the office's own line.
/// </remarks>
internal sealed class FieldWork
{
    private const string Withheld = "narrative withheld";
    private const int ReferralOfChild = 100_000, ReferralOfOffice = 300_000;

    private readonly WorldPlan _plan;
    private readonly WorldTruth _truth;
    private readonly PartnerRolls _partners;
    private readonly Scenes _scenes;
    private readonly WriteChildren _children;
    private readonly Dice _world;
    private readonly Dictionary<string, OfficeDesk> _desks;
    private readonly Dictionary<TruthChild, DateTimeOffset> _foundAt = [];
    private readonly HashSet<TruthChild> _claimedAgain = [];
    private readonly HashSet<string> _ran = new(StringComparer.Ordinal);
    private readonly Queue<(DateTimeOffset At, Func<DateTimeOffset, IEnumerable<Sent>> Open)> _doors;

    public FieldWork(WorldPlan plan, WorldTruth truth, PartnerRolls partners, InventPeople people, Scenes scenes)
    {
        (_plan, _truth, _partners, _scenes) = (plan, truth, partners, scenes);
        _children = new(plan, truth);
        _world = Dice.Of(plan.Seed).For("field");
        var draw = new DrawActs(plan, people, partners, truth);
        _desks = plan.Offices.ToDictionary(office => office.Office.Code, office => new OfficeDesk(office, draw.Of(office),
            [.. _world.Shuffled(truth.Children.Where(child => child.Office == office && child.IsMetByChance), "met", child => child.Key)]), StringComparer.Ordinal);
        _doors = new(Doors().OrderBy(door => door.At).ThenBy(door => door.Key, StringComparer.Ordinal).Select(door => (door.At, door.Open)));
    }

    /// <summary>Record numbers of a child's possible lines.</summary>
    public IReadOnlyList<string> RecordsOf(TruthChild child) => _children.RecordsOf(child);

    /// <summary>What an operation found. The same reference is answered once.</summary>
    public IReadOnlyList<Sent> Ran(OperationRun operation)
    {
        if (!_desks.TryGetValue(operation.Office, out var desk) || !desk.Office.Window.HoldsSafely(operation.StartsAt)
            || !_ran.Add(operation.Reference)) return [];
        var answers = new List<Sent>();
        var sought = operation.Seeking.SelectMany(Meant).Distinct();
        foreach (var child in operation.Kind == OperationKind.Proactive ? sought.Concat(desk.Meet()) : sought)
            if (child.Office == desk.Office && MayBeFoundBy(child, operation)) answers.AddRange(Find(child, By(operation, desk, child.Dice)));
        answers.AddRange(Claims(desk, operation));
        foreach (var act in desk.Take(operation)) answers.AddRange(Do(act, By(operation, desk, _world.For("act", act.Key))));
        return answers;
    }

    /// <summary>The doors that opened up to an instant, in their order; what they send may arrive hours later.</summary>
    public IEnumerable<Sent> Until(DateTimeOffset at)
    {
        while (_doors.TryPeek(out var door) && door.At <= at)
        {
            _doors.Dequeue();
            foreach (var sent in door.Open(door.At)) yield return sent;
        }
    }

    private IEnumerable<TruthChild> Meant(Sought sought)
    {
        if (sought.Nic is { } nic && _truth.ByNic.TryGetValue(nic, out var entered)) yield return entered;
        foreach (var report in sought.Reports)
            if (_truth.ByReport.TryGetValue(report, out var reported)) yield return reported;
    }

    // An operation planned for later than the other door comes too late, even if the house tells of it before.
    private bool MayBeFoundBy(TruthChild child, OperationRun operation) =>
        child.Fate == Fate.Found && !_foundAt.ContainsKey(child) && operation.StartsAt < child.OtherDoorAt;

    private IEnumerable<Sent> Find(TruthChild child, Circumstance how)
    {
        _foundAt.Add(child, how.At);
        return _children.Found(child, how, how.At);
    }

    private IEnumerable<Sent> Claims(OfficeDesk desk, OperationRun operation)
    {
        foreach (var child in _truth.Children)
            if (child.ClaimedAgainBy == desk.Office && _foundAt.TryGetValue(child, out var first) && operation.StartsAt > first
                && _claimedAgain.Add(child))
                foreach (var sent in _children.ClaimedAgain(child, By(operation, desk, child.Dice.For("second")), operation.StartsAt))
                    yield return sent;
    }

    private static IEnumerable<Sent> Do(DueAct act, Circumstance how, DateTimeOffset? notBefore = null)
    {
        Kernel.Ensure.That(!act.IsDone);
        act.IsDone = true;
        return act.Write(how, notBefore ?? how.At);
    }

    private Circumstance By(OperationRun operation, OfficeDesk desk, Dice dice)
    {
        var at = operation.At(dice.Within(0.05, 0.95, "in operation"));
        if (!desk.Office.Window.HoldsSafely(at)) at = operation.At(0);
        return new(operation.Reference, Referral: null, ChildDoor.Operation, desk.Office, operation.TaskForce,
            _partners.Acting(operation.Agencies, desk.Office.Office.Code, dice), at, operation.Place, operation.Seeking);
    }

    private IEnumerable<(DateTimeOffset At, string Key, Func<DateTimeOffset, IEnumerable<Sent>> Open)> Doors()
    {
        for (var i = 0; i < _truth.Children.Count; i++)
        {
            var (child, index) = (_truth.Children[i], i);
            if (child.Fate != Fate.StaysMissing) yield return (child.OtherDoorAt, child.Key, at => OtherDoor(child, index, at));
            if (child.ClaimedAgainBy is { } second)
                yield return (second.Window.At(child.Dice.Within(0.9, 0.95, "claim door at")), $"{child.Key}-again", at => ClaimDoor(child, second, index, at));
        }
        foreach (var desk in _desks.Values)
            yield return (desk.ClosesAt, desk.Office.Office.Code, at => Close(desk, at));
    }

    private IEnumerable<Sent> OtherDoor(TruthChild child, int index, DateTimeOffset at)
    {
        if (_foundAt.ContainsKey(child)) return [];
        var dice = child.Dice.For("other door");
        var how = Elsewhere(child.Office, child.OtherDoor, Number(child.OtherDoor, (index * 2) + ReferralOfChild), at, dice)
            with { Place = child.Scene.Stated(child.Street) };
        var told = child.OtherDoor == ChildDoor.Hotline
            ? Lines.Of(new HotlineTip(at, how.Referral!, Imminent: dice.Chance(0.3, "imminent"), CallerNamed: dice.Chance(0.3, "named"),
                Told.BySight(child.Person, how.Day, dice), child.Scene.Stated(child.Street), Withheld))
            : Lines.Of(new AgencyReferral(at, how.Referral!, how.Ori, ReferralKind.ChildFound,
                Told.ByOfficers(child.Person, how.Day, dice, child.TurnsEighteen), child.Scene.Stated(child.Street), Withheld));
        return Find(child, how).Prepend(told);
    }

    private IEnumerable<Sent> ClaimDoor(TruthChild child, OfficePlan second, int index, DateTimeOffset at)
    {
        if (!_claimedAgain.Add(child)) return [];
        var dice = child.Dice.For("claim door");
        var how = Elsewhere(second, ChildDoor.Agency, Number(ChildDoor.Agency, (index * 2) + 1 + ReferralOfChild), at, dice);
        return _children.ClaimedAgain(child, how, at).Prepend(Lines.Of(new AgencyReferral(at, how.Referral!, how.Ori, ReferralKind.ChildFound,
            Told.UnderAlias(child.Person, how.Day), how.Place, Withheld)));
    }

    /// <summary>What the office still owes: told of its last operation, or of an agency's request where none ran.</summary>
    private List<Sent> Close(OfficeDesk desk, DateTimeOffset at)
    {
        var rest = desk.TakeRest();
        var sent = new List<Sent>();
        if (rest.Count == 0) return sent;
        var code = desk.Office.Office.Code;
        var dice = _world.For("close", code);
        var elsewhere = Elsewhere(desk.Office, ChildDoor.Agency, Number(ChildDoor.Agency, ReferralOfOffice + _plan.Offices.Index().First(o => o.Item == desk.Office).Index), at, dice);
        if (desk.LastOperation is null)
            sent.Add(Lines.Of(new AgencyReferral(at, elsewhere.Referral!, elsewhere.Ori, ReferralKind.OperationRequest, Child: null, elsewhere.Place, Withheld)));
        foreach (var act in rest)
        {
            var own = _world.For("act", act.Key);
            sent.AddRange(Do(act, desk.LastOperation is { } last ? By(last, desk, own)
                : elsewhere with { At = After(at, desk.Office, own) }, notBefore: at));
        }
        return sent;
    }

    private Circumstance Elsewhere(OfficePlan office, ChildDoor door, string number, DateTimeOffset at, Dice dice)
    {
        var code = office.Office.Code;
        return new(Operation: null, number, door, office, _partners.ForceOf(code, dice), _partners.AgencyOf(code, dice),
            After(at, office, dice), _scenes.At(code, dice).Stated(Scene.Street(dice)), Seeking: []);
    }

    /// <summary>Some hours after word came, still inside the window; after it, just some hours.</summary>
    private static DateTimeOffset After(DateTimeOffset at, OfficePlan office, Dice dice)
    {
        var hours = Math.Min(dice.Within(1, 9, "hours later"), office.Window.Length.TotalHours * dice.Within(0.005, 0.025, "share later"));
        return at.AddSeconds(Math.Max(60, Math.Floor(hours * 3600)));
    }

    private string Number(ChildDoor door, int index) => Numbers.Short(_world, door == ChildDoor.Hotline ? "HT" : "AR", index);
}
