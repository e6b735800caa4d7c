using System.Globalization;
using Homeward.Exchange.Partners;
using Homeward.Foundations.Places;
using Homeward.Kernel;
using Homeward.Scenario.World.Plan;

namespace Homeward.Scenario.World.Partners;

/// <summary>The lists of agencies, task forces and seats: as many as the plan says, to the last one.</summary>
/// <remarks>
/// Real are only the agencies that the initiative's file names as partners; all others are invented and say so
/// for what an exercise makes an agency do must fall on none that exists.
/// </remarks>
internal sealed class PartnerRolls
{
    /// <summary>One agency in so many sits in two task forces of its office: one agency, two seats (T-43).</summary>
    private const double SecondSeat = 0.12;

    private static readonly (string Name, string Type)[] Kinds =
        [("Police Department", "City"), ("Sheriff's Office", "County"), ("State Police Detachment", "State Police"),
         ("Public Safety Office", "City"), ("Tribal Police", "Tribal"), ("Investigations Bureau", "Other State Agency")];

    private readonly ILookup<string, TaskForceRecord> _byOffice;
    private readonly ILookup<string, string> _invented;

    public PartnerRolls(WorldPlan plan, Gazetteer places)
    {
        var dice = Dice.Of(plan.Seed).For("partners");
        TaskForces = [.. plan.Offices.SelectMany(Forces)];
        _byOffice = TaskForces.ToLookup(force => force.Office, StringComparer.Ordinal);

        var agencies = new List<(string Office, AgencyRecord Agency)>();
        foreach (var office in plan.Offices)
            foreach (var ori in office.Partners.Distinct(StringComparer.OrdinalIgnoreCase))
                if (places.Agencies.WithOri(ori) is { } real && !agencies.Exists(each => each.Agency.Ori == real.Ori))
                    agencies.Add((office.Office.Code, new(real.Ori, real.Name, real.Type, real.State, real.Fips, IsInvented: false)));
        var host = plan.Offices.Where(office => office.TaskForces > 0).ToList();
        var shares = Apportion.WithFloor(plan.Agencies - agencies.Count,
            [.. host.Select(office => office.TaskForces * dice.For("agencies", office.Office.Code).Within(0.7, 1.3, "share"))], _ => true);
        var number = 0;
        for (var i = 0; i < host.Count; i++)
            for (var n = 0; n < shares[i]; n++)
                agencies.Add((host[i].Office.Code, Invented(++number, host[i], places, dice.For("agency", $"{host[i].Office.Code}/{n}"))));

        Agencies = [.. agencies.Select(each => each.Agency)];
        Members = [.. Seats(plan, agencies, dice)];
        _invented = agencies.Where(each => each.Agency.IsInvented).ToLookup(each => each.Office, each => each.Agency.Ori, StringComparer.Ordinal);
        SecondSeats = Members.Count - Members.DistinctBy(member => member.Ori).Count();
    }

    public IReadOnlyList<AgencyRecord> Agencies { get; }
    public IReadOnlyList<TaskForceRecord> TaskForces { get; }
    public IReadOnlyList<MemberRecord> Members { get; }
    public int SecondSeats { get; }

    /// <summary>A task force of the office; null where it has none.</summary>
    public string? ForceOf(string office, Dice dice) =>
        _byOffice[office].ToList() is { Count: > 0 } forces ? dice.Pick(forces, "force").Code : null;

    /// <summary>An invented agency of the office, or of any where the office has none.</summary>
    public string AgencyOf(string office, Dice dice)
    {
        var local = _invented[office].ToList();
        if (local.Count == 0) local = [.. _invented.SelectMany(each => each)];
        // A nation without an invented agency is a file that lists each of its few partners.
        return local.Count > 0 ? dice.Pick(local, "agency") : Agencies.Count > 0 ? dice.Pick(Agencies, "agency").Ori : "XX0000000";
    }

    /// <summary>Who acted: an invented agency of those that took part, if there is one.</summary>
    public string Acting(IReadOnlyList<string> agencies, string office, Dice dice)
    {
        var invented = agencies.Where(ori => ori.StartsWith("XX", StringComparison.Ordinal)).ToList();
        return invented.Count > 0 ? dice.Pick(invented, "acting")
            : agencies.Count > 0 ? dice.Pick(agencies, "acting") : AgencyOf(office, dice);
    }

    private static IEnumerable<TaskForceRecord> Forces(OfficePlan office)
    {
        for (var i = 0; i < office.TaskForces; i++)
        {
            var pledged = (office.Operations / office.TaskForces) + (i < office.Operations % office.TaskForces ? 1 : 0);
            yield return new(string.Create(CultureInfo.InvariantCulture, $"{office.Office.Code}-{i + 1:00}"),
                string.Create(CultureInfo.InvariantCulture, $"{office.Office.Name} Child Exploitation and Human Trafficking Task Force {i + 1}"),
                office.Office.Code, pledged);
        }
    }

    private static AgencyRecord Invented(int number, OfficePlan office, Gazetteer places, Dice dice)
    {
        var county = dice.Pick(places.Territory.CountiesOf(office.Office.Code, office.Window.From), "county");
        var (name, type) = dice.Pick(Kinds, "kind");
        Ensure.That(number < 10_000_000);
        return new(string.Create(CultureInfo.InvariantCulture, $"XX{number:0000000}"),
            string.Create(CultureInfo.InvariantCulture, $"Exercise {name} {number} (invented)"),
            type, county.State, county.Fips, IsInvented: true);
    }

    private IEnumerable<MemberRecord> Seats(WorldPlan plan, List<(string Office, AgencyRecord Agency)> agencies, Dice dice)
    {
        var turn = new Dictionary<string, int>(StringComparer.Ordinal);
        var seated = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (office, agency) in agencies)
        {
            var forces = _byOffice[office].ToList();
            // The file names partners of an office that got no task force: they sit in the nearest there is.
            if (forces.Count == 0) forces = [.. TaskForces.Take(1)];
            if (forces.Count == 0) yield break;
            var own = dice.For("seat", agency.Ori);
            var at = turn[office] = turn.GetValueOrDefault(office) + 1;
            var from = plan.From.AddYears(-1 - own.Below(8, "years")).AddDays(own.Below(300, "days"));
            var first = forces[at % forces.Count];
            seated.Add(first.Code);
            yield return new(first.Code, agency.Ori, from, To: null);
            if (forces.Count <= 1 || !own.Chance(SecondSeat, "second seat")) continue;
            var second = forces[(at + 1) % forces.Count];
            seated.Add(second.Code);
            yield return new(second.Code, agency.Ori, from.AddDays(30), To: null);
        }
        // A force counts by its members; where there are fewer agencies than forces, one sits in several.
        foreach (var force in TaskForces.Where(force => !seated.Contains(force.Code)))
            if (MemberOf(force, agencies, dice.For("only seat", force.Code)) is { } ori)
                yield return new(force.Code, ori, plan.From.AddYears(-1), To: null);
    }

    /// <summary>An agency of the force's office, if there is one, and an invented one before a real.</summary>
    private static string? MemberOf(TaskForceRecord force, List<(string Office, AgencyRecord Agency)> agencies, Dice dice)
    {
        var near = agencies.Where(each => each.Office == force.Office).ToList();
        var invented = (near.Count > 0 ? near : agencies).Where(each => each.Agency.IsInvented).ToList();
        var fitting = invented.Count > 0 ? invented : near.Count > 0 ? near : agencies;
        return fitting.Count > 0 ? dice.Pick(fitting, "agency").Agency.Ori : null;
    }
}
