using Homeward.Exchange.Initiatives;
using Homeward.Foundations.Places;
using Homeward.Kernel;

namespace Homeward.Scenario.World.Plan;

/// <summary>Fills in, by seed, every number that the initiative's file leaves open.</summary>
/// <remarks>
/// A floor becomes a number a little above it; a measure that was not published gets a plausible number, for the
/// world must have one, and nobody may print it as published. What the listed offices do not account for falls on
/// offices that do not give the measure, by their people and their days in the initiative; where none is left to have it,
/// the number is what the offices give.
/// </remarks>
internal sealed class ChooseNumbers(InitiativePlan initiative, long seed, double scale, Gazetteer places)
{
    /// <summary>Children at risk for each child of the totals; the contract asks for three at least.</summary>
    private const double SoughtPerChild = 3.0;
    private const int ReportsPerChild = 195, ReportsMin = 1500;
    private const int EntriesPerChild = 49, EntriesMin = 400;
    /// <summary>A floor of 400 becomes 401 to 430.</summary>
    private const double AboveFloor = 0.075;

    private readonly Dice _dice = Dice.Of(seed).For("numbers");

    public WorldPlan Choose()
    {
        var offices = OpenOffices();
        var (recovered, identified, located) = Kinds();
        var children = Share(offices, OfficeMeasure.Children, recovered + identified, office => office.Weight);
        offices = ByKind(offices, children, identified);

        var finds = offices.Select(office => office.Children).ToArray();
        var locatedAt = Apportion.ByWeight(located, Jitter(offices, "located", o => o.Weight * (1 + (2 * o.Children))));
        var arrests = Share(offices, OfficeMeasure.Arrests,
            Number(initiative.TraffickersArrested, OfficeMeasure.Arrests, finds.Sum() * 0.6, "arrests"),
            office => office.Weight + (office.Children * 0.02));
        var adults = Share(offices, OfficeMeasure.Adults,
            Number(initiative.AdultsIdentified, OfficeMeasure.Adults, finds.Sum() * 0.25, "adults"),
            office => office.Weight + (office.Children * 0.01));
        offices = [.. offices.Select((office, i) => office with { Located = locatedAt[i], Arrests = arrests[i], Adults = adults[i] })];

        var investigations = Number(initiative.InvestigationsOpened, null, finds.Sum() * 0.55, "investigations");
        var opened = Apportion.ByWeight(investigations, Jitter(offices, "opened", o => 0.01 + o.Weight + (o.Children * 0.05) + (o.Arrests * 0.05)));
        offices = [.. offices.Select((office, i) => office with { Investigations = opened[i] })];

        var (operations, forces) = OperationsAndForces(offices);
        offices = Forces(offices, forces, operations);
        offices = Pledges(offices, operations);

        var partners = offices.SelectMany(o => o.Partners).Distinct().Count();
        var total = recovered + identified;
        return new WorldPlan
        {
            Initiative = initiative, Seed = seed, Scale = scale, Offices = offices,
            TaskForces = forces, Operations = operations,
            Agencies = Math.Max(partners, Number(initiative.Agencies, null, (forces * 4.5) + partners, "agencies")),
            Sought = (int)Math.Max(10, Math.Ceiling(SoughtPerChild * (total + located)) + _dice.Between(1, 3 + (total / 12), "sought")),
            Reports = (int)Math.Ceiling(Math.Max(ReportsMin, ReportsPerChild * total) * scale),
            Entries = (int)Math.Ceiling(Math.Max(EntriesMin, EntriesPerChild * total) * scale),
        };
    }

    /// <summary>Every operation is one of a task force, and each of these is one of an office.</summary>
    private (int Operations, int Forces) OperationsAndForces(List<OfficePlan> offices)
    {
        var finds = offices.Sum(office => office.Children);
        var listed = Listed(OfficeMeasure.Operations);
        var operations = Number(initiative.Operations, OfficeMeasure.Operations, (finds * 1.5) + offices.Count(o => o.HasDues), "operations");
        var pledging = offices.Count(office => Given(office, OfficeMeasure.Operations) > 0);
        // With no force beside those of the offices that give their number, nobody could run more.
        if (!initiative.Operations.IsExact && initiative.TaskForces.IsExact && initiative.TaskForces.Count <= pledging) operations = listed;
        var forces = Number(initiative.TaskForces, null, Math.Max(offices.Count(o => o.HasDues), operations * 0.5), "task forces");
        if (initiative.TaskForces.IsExact) return (operations, forces);
        var needed = operations > listed ? pledging + 1 : pledging;
        return (operations, Math.Max(forces, initiative.Agencies.AtLeast > 0 ? Math.Max(1, needed) : needed));
    }

    private List<OfficePlan> OpenOffices()
    {
        var plans = new List<OfficePlan>();
        foreach (var office in places.Offices.All.OrderBy(office => office.Code, StringComparer.Ordinal))
        {
            if (OfficeWindow.Of(office, initiative.From, initiative.To) is not { } window) continue;
            var people = places.Territory.CountiesOf(office.Code, window.To).Sum(county => (long)(county.Population ?? 0));
            var listed = initiative.Offices.FirstOrDefault(listed => listed.Code == office.Code);
            var days = (window.To.DayNumber - window.From.DayNumber + 1.0) / (initiative.To.DayNumber - initiative.From.DayNumber + 1);
            plans.Add(new OfficePlan(office, window)
            {
                Name = listed?.WrittenAs ?? office.Name,
                IsListed = listed is not null,
                Partners = listed?.Partners ?? [],
                Weight = people / 300e6 * days * days,
            });
        }
        return plans;
    }

    private (int Recovered, int Identified, int Located) Kinds()
    {
        var given = initiative.Children;
        var listed = Listed(OfficeMeasure.Children);
        var located = Number(given.Located, null, 0, "located");
        if (given.SplitIsFree)
        {
            var total = Number(given.Total, OfficeMeasure.Children, 0, "children");
            var recovered = (int)Math.Round(total * _dice.Within(0.72, 0.86, "split"));
            return (recovered, total - recovered, located);
        }
        var (r, i) = EveryoneGives(OfficeMeasure.Children) ? (given.Recovered.AtLeast, given.Identified.AtLeast)
            : (Number(given.Recovered, null, 0, "recovered"), Number(given.Identified, null, 0, "identified"));
        // Floors may lie below what the offices already account for; an exact figure may not, the reader refuses it.
        var short_ = Math.Max(0, listed - r - i);
        return given.Recovered.IsFloor ? (r + short_, i, located) : (r, i + short_, located);
    }

    private int Number(Measure measure, OfficeMeasure? byOffice, double invented, string purpose)
    {
        var listed = byOffice is { } of ? Listed(of) : 0;
        if (measure.IsExact) return measure.Count;
        if (byOffice is { } every && EveryoneGives(every)) return listed;
        if (measure.IsFloor)
            return Math.Max(listed, measure.AtLeast + _dice.Below(Math.Max(1, (int)(measure.Count * AboveFloor)), purpose));
        return listed + (int)Math.Round(invented * _dice.Within(0.85, 1.15, purpose));
    }

    private int Listed(OfficeMeasure measure) => initiative.Offices.Sum(office => office.Of(measure).AtLeast);

    /// <summary>No office of these days is left to have what the listed ones do not give; the reader refuses a nation that has more.</summary>
    private bool EveryoneGives(OfficeMeasure measure) => initiative.Offices.Count(office => office.Of(measure).IsGiven)
        == places.Offices.All.Count(office => office.IsOpenWithin(initiative.From, initiative.To));

    /// <summary>What an office gives, it gets; the rest by weight over those that do not give the measure.</summary>
    private int[] Share(List<OfficePlan> offices, OfficeMeasure measure, int total, Func<OfficePlan, double> weight)
    {
        var given = offices.Select(office => Given(office, measure)).ToArray();
        var rest = total - given.Sum(count => count ?? 0);
        Ensure.That(rest >= 0);
        var shared = Apportion.ByWeight(rest, Jitter(offices, measure.ToString(), o => Given(o, measure) is null ? weight(o) : 0));
        return [.. offices.Select((_, i) => given[i] ?? shared[i])];
    }

    private int? Given(OfficePlan plan, OfficeMeasure measure) =>
        initiative.Offices.FirstOrDefault(office => office.Code == plan.Office.Code)?.Of(measure) is { IsGiven: true } given
            ? given.AtLeast
            : null;

    /// <summary>Which of an office's children are the identified ones: by lot over the whole nation.</summary>
    private List<OfficePlan> ByKind(List<OfficePlan> offices, int[] children, int identified)
    {
        var slots = offices.SelectMany((office, i) => Enumerable.Range(0, children[i]).Select(n => (i, key: $"{office.Office.Code}{n}")));
        var chosen = _dice.Shuffled(slots, "identified", slot => slot.key).Take(identified)
            .CountBy(slot => slot.i).ToDictionary();
        return [.. offices.Select((office, i) => office with
        {
            Identified = chosen.GetValueOrDefault(i),
            Recovered = children[i] - chosen.GetValueOrDefault(i),
        })];
    }

    /// <summary>A weight that no other sum of weights reaches, whatever the lot.</summary>
    private const double BeforeAllOthers = 10_000;

    private List<OfficePlan> Forces(List<OfficePlan> offices, int forces, int operations)
    {
        var open = operations > Listed(OfficeMeasure.Operations);
        bool IsOpen(OfficePlan office) => open && Given(office, OfficeMeasure.Operations) is null;
        // An office that pledges operations by the file, and one that must find children, cannot be without a force.
        var weights = Jitter(offices, "forces", o => 0.02 + Math.Sqrt(o.Weight) + (o.ToFind > 0 ? 10 + (o.ToFind * 0.02) : 0)
            + (Given(o, OfficeMeasure.Operations) > 0 ? BeforeAllOthers : IsOpen(o) ? 5 : 0)
            + (o.HasDues ? 2 : 0));
        // Nor can all of those be without one on whom the nation's other operations fall.
        if (offices.Exists(IsOpen)) weights[Enumerable.Range(0, offices.Count).Where(i => IsOpen(offices[i])).MaxBy(i => weights[i])] += BeforeAllOthers;
        var floor = Apportion.WithFloor(Math.Min(forces, offices.Count), weights, _ => true);
        var more = Apportion.ByWeight(forces - floor.Sum(),
            Jitter(offices, "more forces", o => Math.Sqrt(o.Weight) + (o.ToFind * 0.03) + (o.Partners.Count * 0.05)));
        return [.. offices.Select((office, i) => office with { TaskForces = floor[i] + more[i] })];
    }

    private List<OfficePlan> Pledges(List<OfficePlan> offices, int operations)
    {
        var given = offices.Select(o => Given(o, OfficeMeasure.Operations) ?? 0).ToArray();
        Ensure.That(offices.Zip(given).All(office => office.Second == 0 || office.First.TaskForces > 0));
        bool MayPledge(OfficePlan office) => office.TaskForces > 0 && Given(office, OfficeMeasure.Operations) is null;
        var weights = Jitter(offices, "pledges", o => MayPledge(o)
            ? 0.3 + (o.TaskForces * 0.3) + (o.ToFind * 1.4) + (o.Arrests * 0.3) + (o.Adults * 0.1) : 0);
        var shared = Apportion.WithFloor(operations - given.Sum(), weights, i => weights[i] > 0 && offices[i].HasDues);
        Ensure.That(given.Sum() + shared.Sum() == operations);
        return [.. offices.Select((office, i) => office with { Operations = given[i] + shared[i] })];
    }

    private double[] Jitter(List<OfficePlan> offices, string purpose, Func<OfficePlan, double> weight) =>
        [.. offices.Select(office => weight(office) * _dice.For(purpose, office.Office.Code).Within(0.6, 1.4, "jitter"))];
}
